//! What happened to a session: history, journal and mails are all derived from it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::id::StagiaireId;
use crate::numero::Numero;

/// One move of a session, as its history tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evenement {
    /// When.
    pub le: Timestamp,
    /// Who.
    pub par: Numero,
    /// What.
    pub quoi: Quoi,
    /// The words that went with it; never blank.
    pub commentaire: Option<String>,
    /// At a new submission: what was corrected since the last one.
    pub changements: Vec<Changement>,
}

/// The moves that a history tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quoi {
    /// Declared.
    Creee,
    /// Changed by its author's side.
    Modifiee,
    /// Handed to the formateur.
    Soumise,
    /// Taken back from the formateur.
    Reprise,
    /// Sent back by the formateur.
    Retournee,
    /// Results handed over.
    ResultatsTransmis,
    /// Sent back to the formateur after his results.
    Renvoyee,
    /// Certificates issued, or closed without any.
    CertificatsGeneres,
}

impl Quoi {
    /// All of them.
    pub const TOUS: [Self; 8] = [
        Self::Creee,
        Self::Modifiee,
        Self::Soumise,
        Self::Reprise,
        Self::Retournee,
        Self::ResultatsTransmis,
        Self::Renvoyee,
        Self::CertificatsGeneres,
    ];

    /// Its code, as in JSON and in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Creee => "creee",
            Self::Modifiee => "modifiee",
            Self::Soumise => "soumise",
            Self::Reprise => "reprise",
            Self::Retournee => "retournee",
            Self::ResultatsTransmis => "resultats_transmis",
            Self::Renvoyee => "renvoyee",
            Self::CertificatsGeneres => "certificats_generes",
        }
    }

    /// The move with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUS.into_iter().find(|quoi| quoi.code() == code)
    }
}

/// One value corrected between two submissions: old value, new value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changement {
    /// Code of the field: `date_fin`, `lieu.commune`, `nom_naissance`, `stagiaire` for a line added or removed.
    pub champ: String,
    /// Which trainee, when it is about one.
    pub stagiaire: Option<StagiaireCite>,
    /// The value as submitted before; `None`: there was none.
    pub avant: Option<String>,
    /// The value as submitted now; `None`: removed.
    pub apres: Option<String>,
}

/// A trainee as a correction names him.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StagiaireCite {
    /// His line.
    pub id: uuid::Uuid,
    /// « Prénom NOM », as known now.
    pub nom: String,
}

impl StagiaireCite {
    /// Cites a line by its name.
    #[must_use]
    pub fn new(id: StagiaireId, nom: String) -> Self {
        Self { id: id.0, nom }
    }
}

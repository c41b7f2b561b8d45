//! A trainee of one session: who he is, and whether he passed.

use serde::{Deserialize, Serialize};

pub use crate::id::StagiaireId;
use crate::identite::IdentiteSaisie;
use crate::numero::Numero;

/// One line of a session's list of trainees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stagiaire {
    /// Identifies the line.
    pub id: StagiaireId,
    /// Numéro FORPREV; `None` as long as the identity is incomplete.
    pub numero: Option<Numero>,
    /// As typed; with a numéro, the register's names and date and the e-mail of this line.
    pub identite: IdentiteSaisie,
    /// What the formateur recorded; counts only once handed over (R12).
    pub resultat: Option<Resultat>,
}

/// Réussite or échec.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Resultat {
    /// Passed: one certificate.
    Reussite,
    /// Failed: none.
    Echec,
}

impl Resultat {
    /// Its code, as in JSON and in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Reussite => "reussite",
            Self::Echec => "echec",
        }
    }

    /// The result with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Reussite, Self::Echec].into_iter().find(|resultat| resultat.code() == code)
    }
}

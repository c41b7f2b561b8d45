//! A session de certification: what was entered, who is in it, and where it stands.

mod champ;
mod changements;
mod echeance;
mod etat;
mod manques;
pub mod moves;
mod saisie;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use self::champ::ChampDeSession;
pub use self::changements::{ContenuSoumis, StagiaireSoumis};
pub use self::echeance::{Attendu, Echeance, Perte};
pub use self::etat::{Etat, NomEtat};
pub use self::manques::{avertissements, manquements};
pub use self::moves::{Geste, NouvelleSession, Suite};
pub use self::saisie::{EntrepriseCliente, Lieu, Saisie};
use crate::compte::CompteId;
use crate::dispositif::{CodeDispositif, Dispositif, Niveau};
use crate::formateur::Qualification;
use crate::habilitation::Habilitation;
pub use crate::id::SessionId;
use crate::numero::{Numero, NumeroSession};
use crate::regles::duree_de_vie;
use crate::stagiaire::{Resultat, Stagiaire};

/// A session de certification. Its moves are in `moves`: each consumes it and gives it back,
/// with the [`crate::evenement::Evenement`] to write in the same transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its identifier.
    pub id: SessionId,
    /// Its number, drawn at random: a counter would tell what others declare (R10).
    pub numero: NumeroSession,
    /// Grows by one with each change; guards each move.
    pub version: i64,
    /// Who declares it.
    pub compte: CompteId,
    /// The person who declared it.
    pub auteur: Numero,
    /// What was entered.
    pub saisie: Saisie,
    /// Who is in it, in the order of entry.
    pub stagiaires: Vec<Stagiaire>,
    /// Where it stands.
    pub etat: Etat,
    /// What the formateur was last given to check; `None`: never submitted.
    pub contenu_soumis: Option<ContenuSoumis>,
}

/// Initiale, or maintien et actualisation des compétences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Formation initiale.
    Initiale,
    /// Maintien et actualisation des compétences.
    Mac,
}

impl Action {
    /// Its code, as in JSON and in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Initiale => "initiale",
            Self::Mac => "mac",
        }
    }

    /// The action with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Initiale, Self::Mac].into_iter().find(|action| action.code() == code)
    }
}

/// What the register knows and a session is judged with, read in the same transaction.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faits {
    /// The compte's habilitations of this dispositif and niveau, whatever their dates.
    pub habilitations: Vec<Habilitation>,
    /// What the declared formateur holds; empty when nobody has the number.
    pub qualifications: Vec<Qualification>,
    /// The catalogue's values in force on `date_fin`; `None`: no such dispositif that day.
    pub dispositif: Option<Dispositif>,
    /// What the trainees hold, by person.
    pub acquis: Vec<(Numero, Qualification)>,
}

impl Session {
    /// True once a formateur was given it: what follows is no longer bound by R3.
    #[must_use]
    pub fn deja_soumise(&self) -> bool {
        self.contenu_soumis.is_some()
    }

    /// The day from which it is gone for everybody (R5, R6, R6b).
    #[must_use]
    pub fn disparait_le(&self) -> Date {
        duree_de_vie::disparait_le(&self.etat, self.saisie.date_fin)
    }

    /// The trainees who passed, in their order.
    pub fn reussites(&self) -> impl Iterator<Item = &Stagiaire> {
        self.stagiaires.iter().filter(|stagiaire| stagiaire.resultat == Some(Resultat::Reussite))
    }

    /// True as long as nobody passed: then there is no certificate to issue or to download (R13).
    #[must_use]
    pub fn sans_reussite(&self) -> bool {
        self.reussites().next().is_none()
    }

    /// The line with this identifier.
    #[must_use]
    pub fn stagiaire(&self, id: crate::stagiaire::StagiaireId) -> Option<&Stagiaire> {
        self.stagiaires.iter().find(|stagiaire| stagiaire.id == id)
    }

    /// Its dispositif.
    #[must_use]
    pub fn dispositif(&self) -> &CodeDispositif {
        &self.saisie.dispositif
    }

    /// Its niveau.
    #[must_use]
    pub fn niveau(&self) -> Niveau {
        self.saisie.niveau
    }
}

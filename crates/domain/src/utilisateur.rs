//! A user: a person who signs in, with his profiles.

use serde::Serialize;

use crate::compte::CompteId;

/// What a person is for Forprev; one person has any number of profiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(tag = "profil", rename_all = "snake_case")]
pub enum Profil {
    /// Declares and sees every session of the compte, manages its users.
    Gestionnaire {
        /// Of which compte.
        compte: CompteId,
    },
    /// Declares sessions and sees those only.
    Delegataire {
        /// Of which compte.
        compte: CompteId,
    },
    /// Checks the sessions submitted to him.
    Formateur,
    /// Runs the network: comptes, habilitations, catalogue.
    Administrateur,
}

impl Profil {
    /// Its code, as in JSON and in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Gestionnaire { .. } => "gestionnaire",
            Self::Delegataire { .. } => "delegataire",
            Self::Formateur => "formateur",
            Self::Administrateur => "administrateur",
        }
    }

    /// The compte that it is of, if any.
    #[must_use]
    pub fn compte(self) -> Option<CompteId> {
        match self {
            Self::Gestionnaire { compte } | Self::Delegataire { compte } => Some(compte),
            Self::Formateur | Self::Administrateur => None,
        }
    }
}

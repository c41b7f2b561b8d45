//! A compte: the organisation that declares sessions, never a user.

use serde::{Deserialize, Serialize};

pub use crate::id::CompteId;

/// An organisme de formation or an entreprise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Compte {
    /// Its identifier.
    pub id: CompteId,
    /// Its legal name.
    pub raison_sociale: String,
    /// Fourteen digits.
    pub siret: String,
    /// What it is.
    pub genre: Genre,
}

/// What a compte is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Genre {
    /// Sells training.
    OrganismeDeFormation,
    /// Trains its own people.
    Entreprise,
}

impl Genre {
    /// Its code, as in JSON and in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::OrganismeDeFormation => "organisme_de_formation",
            Self::Entreprise => "entreprise",
        }
    }

    /// The genre with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::OrganismeDeFormation, Self::Entreprise].into_iter().find(|genre| genre.code() == code)
    }
}

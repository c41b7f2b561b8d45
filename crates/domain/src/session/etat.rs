//! The five states. Each variant holds only what is true in it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::numero::Numero;

/// Where a session stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Etat {
    /// Being entered; seen by nobody but the compte.
    Brouillon,
    /// With the formateur.
    Soumise {
        /// To whom.
        a: Numero,
    },
    /// Sent back by the formateur, to be corrected.
    Retournee {
        /// By whom.
        par: Numero,
    },
    /// Results handed over, to be checked and generated.
    ATraiter {
        /// By whom.
        par: Numero,
    },
    /// Certificates issued, or closed without any.
    Terminee {
        /// Who recorded the results.
        par: Numero,
        /// Paris day of generation.
        generee_le: Date,
    },
}

/// The name of a state, without what it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NomEtat {
    /// Being entered.
    Brouillon,
    /// With the formateur.
    Soumise,
    /// Sent back.
    Retournee,
    /// To be generated.
    ATraiter,
    /// Generated.
    Terminee,
}

impl NomEtat {
    /// All of them, in the order of the course.
    pub const TOUS: [Self; 5] =
        [Self::Brouillon, Self::Soumise, Self::Retournee, Self::ATraiter, Self::Terminee];

    /// Its code, as in JSON and in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Brouillon => "brouillon",
            Self::Soumise => "soumise",
            Self::Retournee => "retournee",
            Self::ATraiter => "a_traiter",
            Self::Terminee => "terminee",
        }
    }

    /// The state with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUS.into_iter().find(|etat| etat.code() == code)
    }
}

impl Etat {
    /// Its name.
    #[must_use]
    pub fn nom(&self) -> NomEtat {
        match self {
            Self::Brouillon => NomEtat::Brouillon,
            Self::Soumise { .. } => NomEtat::Soumise,
            Self::Retournee { .. } => NomEtat::Retournee,
            Self::ATraiter { .. } => NomEtat::ATraiter,
            Self::Terminee { .. } => NomEtat::Terminee,
        }
    }

    /// The formateur whom it was last submitted to, unless it is a draft (again).
    #[must_use]
    pub fn soumise_a(&self) -> Option<&Numero> {
        match self {
            Self::Brouillon => None,
            Self::Soumise { a } => Some(a),
            Self::Retournee { par } | Self::ATraiter { par } | Self::Terminee { par, .. } => Some(par),
        }
    }

    /// Paris day of generation, once generated.
    #[must_use]
    pub fn generee_le(&self) -> Option<Date> {
        match self {
            Self::Terminee { generee_le, .. } => Some(*generee_le),
            Self::Brouillon | Self::Soumise { .. } | Self::Retournee { .. } | Self::ATraiter { .. } => None,
        }
    }
}

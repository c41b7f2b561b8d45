//! The editions of the drawing: once a file was handed out, the same record gives the same bytes for ever.

use serde::{Deserialize, Serialize};

/// How a record is drawn. A change of the drawing that changes bytes is a new edition: the files of the earlier
/// ones stay as they were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub enum Edition {
    /// Edition 1.
    #[default]
    Premiere,
}

impl Edition {
    /// All of them, the oldest first.
    pub const TOUTES: [Self; 1] = [Self::Premiere];
    /// The one that new certificates are drawn in.
    pub const COURANTE: Self = Self::Premiere;

    /// Its number, from 1.
    #[must_use]
    pub fn numero(self) -> u16 {
        match self {
            Self::Premiere => 1,
        }
    }
}

impl From<Edition> for u16 {
    fn from(edition: Edition) -> Self {
        edition.numero()
    }
}

impl TryFrom<u16> for Edition {
    type Error = String;

    /// # Errors
    /// A number that this program does not draw: the record was written by a later one.
    fn try_from(numero: u16) -> Result<Self, String> {
        let trouvee = Self::TOUTES.into_iter().find(|edition| edition.numero() == numero);
        trouvee.ok_or_else(|| format!("edition {numero} of the drawing is unknown to this program"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn une_edition_se_relit_par_son_numero() {
        for edition in Edition::TOUTES {
            assert_eq!(Edition::try_from(edition.numero()), Ok(edition));
        }
        for inconnu in [0, 2, u16::MAX] {
            assert!(Edition::try_from(inconnu).is_err(), "{inconnu}");
        }
    }
}

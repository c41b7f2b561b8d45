//! The catalogue: dispositifs as dated data, never as code.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Niveau of a certificate or of a session. Ordered: each one is above the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Niveau {
    /// Who acts at his workplace.
    Acteur,
    /// Who trains the acteurs.
    Formateur,
    /// Who trains the formateurs; only held, never the niveau of a session.
    FormateurDeFormateurs,
}

impl Niveau {
    /// All of them, lowest first.
    pub const TOUS: [Self; 3] = [Self::Acteur, Self::Formateur, Self::FormateurDeFormateurs];
    /// Those that sessions and habilitations are of.
    pub const DES_SESSIONS: [Self; 2] = [Self::Acteur, Self::Formateur];

    /// Its code, as in JSON and in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Acteur => "acteur",
            Self::Formateur => "formateur",
            Self::FormateurDeFormateurs => "formateur_de_formateurs",
        }
    }

    /// The niveau with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUS.into_iter().find(|niveau| niveau.code() == code)
    }

    /// The letter of the niveau in a certificate's number.
    #[must_use]
    pub fn lettre(self) -> char {
        match self {
            Self::Acteur => 'A',
            Self::Formateur => 'F',
            Self::FormateurDeFormateurs => 'G',
        }
    }
}

/// Code of a dispositif: 2 to 12 capitals, digits and hyphens, `PRAP-2S`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct CodeDispositif(String);

impl CodeDispositif {
    /// Reads a code, whatever its letter case; `None` when it cannot be one.
    #[must_use]
    pub fn parse(texte: &str) -> Option<Self> {
        let code = texte.trim().to_ascii_uppercase();
        let forme = (2..=12).contains(&code.len())
            && code.starts_with(|c: char| c.is_ascii_uppercase())
            && !code.ends_with('-')
            && code.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-');
        forme.then_some(Self(code))
    }

    /// The code itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CodeDispositif {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A dispositif with its values from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dispositif {
    /// Its code.
    pub code: CodeDispositif,
    /// Its full name.
    pub libelle: String,
    /// First day on which these values are in force.
    pub a_partir_du: Date,
    /// Values for each niveau that it has.
    pub niveaux: Vec<NiveauDuCatalogue>,
}

/// What the catalogue says of one niveau of a dispositif.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NiveauDuCatalogue {
    /// Which niveau.
    pub niveau: Niveau,
    /// Below this number of trainees: a warning.
    pub groupe_min: u16,
    /// Above this number: a refusal (R15).
    pub groupe_max: u16,
    /// Months of validity of its certificate; `None`: no end.
    pub validite_mois: Option<u16>,
    /// Hours of the formation initiale, when known.
    #[serde(default)]
    pub heures_initiale: Option<u16>,
    /// Hours of the MAC, when known.
    #[serde(default)]
    pub heures_mac: Option<u16>,
}

impl Dispositif {
    /// The values of one niveau, if the dispositif has it.
    #[must_use]
    pub fn niveau(&self, niveau: Niveau) -> Option<&NiveauDuCatalogue> {
        self.niveaux.iter().find(|n| n.niveau == niveau)
    }
}

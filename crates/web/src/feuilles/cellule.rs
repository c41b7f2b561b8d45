//! What one cell holds.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The value of a cell, as its file gives it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Cellule {
    /// A text, blanks at its ends included.
    Texte(String),
    /// A number that is no day.
    Nombre(f64),
    /// A real date cell.
    Jour(Date),
    /// A cell whose value cannot be known.
    Fautive(FauteDeCellule),
}

/// Why the value of a cell cannot be known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FauteDeCellule {
    /// A formula that was saved without its result.
    FormuleSansValeur,
    /// A formula that ended in an error: `#N/A`…
    Erreur(String),
    /// A date that no calendar has, or a time of day, or a duration: as its file writes it.
    PasUnJour(String),
    /// « Vrai » or « faux », as a spreadsheet keeps them: nobody is called so.
    Booleen(bool),
    /// A text longer than any value of a list.
    TropLong {
        /// How it begins.
        debut: String,
        /// All of its characters.
        longueur: usize,
    },
}

/// Characters of a text that are kept: more than any value of a list may have.
const CARACTERES: usize = 500;

impl Cellule {
    /// A text; one that is too long is known by its beginning.
    #[must_use]
    pub fn de(texte: &str) -> Self {
        match texte.char_indices().nth(CARACTERES) {
            None => Self::Texte(texte.to_owned()),
            Some((fin, _)) => Self::Fautive(FauteDeCellule::TropLong {
                debut: texte[..fin].to_owned(),
                longueur: texte.trim().chars().count(),
            }),
        }
    }

    /// A number; an infinity, which no spreadsheet shows, is an error.
    #[must_use]
    pub fn nombre(nombre: f64) -> Self {
        if nombre.is_finite() {
            Self::Nombre(nombre)
        } else {
            Self::Fautive(FauteDeCellule::Erreur("#NOMBRE!".to_owned()))
        }
    }

    /// Bytes that it takes, roughly.
    #[must_use]
    pub(super) fn poids(&self) -> usize {
        let texte = match self {
            Self::Texte(texte) => texte.len(),
            Self::Fautive(FauteDeCellule::TropLong { debut, .. }) => debut.len(),
            Self::Nombre(_) | Self::Jour(_) => 0,
            Self::Fautive(_) => 32,
        };
        64 + texte
    }

    /// True when nobody would see anything in it.
    #[must_use]
    pub fn est_vide(&self) -> bool {
        matches!(self, Self::Texte(texte) if texte.trim().is_empty())
    }

    /// What the cell says, as text: a whole number without decimals, a day as `JJ/MM/AAAA`; of a faulty one what it
    /// shows, if it is no value that could be taken for one.
    #[must_use]
    pub fn texte(&self) -> String {
        match self {
            Self::Texte(texte) => texte.trim().to_owned(),
            Self::Nombre(nombre) => format!("{nombre}"),
            Self::Jour(jour) => format!("{:02}/{:02}/{:04}", jour.day(), jour.month(), jour.year()),
            Self::Fautive(FauteDeCellule::Erreur(texte) | FauteDeCellule::PasUnJour(texte)) => texte.clone(),
            Self::Fautive(FauteDeCellule::TropLong { debut, .. }) => format!("{debut}…"),
            Self::Fautive(FauteDeCellule::FormuleSansValeur | FauteDeCellule::Booleen(_)) => String::new(),
        }
    }
}

/// The name that a spreadsheet gives to the column of this rank, from 0: `A`, `Z`, `AA`…
#[must_use]
pub fn lettre(rang: u32) -> String {
    let mut reste = rang;
    let mut lettres = Vec::new();
    loop {
        lettres.push(char::from(b'A' + u8::try_from(reste % 26).unwrap_or_default()));
        if reste < 26 {
            break;
        }
        reste = reste / 26 - 1;
    }
    lettres.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn une_colonne_porte_le_nom_que_le_tableur_lui_donne() {
        for (rang, nom) in
            [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")]
        {
            assert_eq!(lettre(rang), nom);
        }
    }

    #[test]
    fn une_cellule_se_lit_comme_un_texte() {
        let jour = Cellule::Jour(jiff::civil::date(1990, 2, 28));
        for (cellule, texte) in [
            (Cellule::Texte(" Zoé\u{a0} ".to_owned()), "Zoé"),
            (Cellule::Nombre(1990.0), "1990"),
            (Cellule::Nombre(0.5), "0.5"),
            (jour, "28/02/1990"),
            (Cellule::nombre(f64::INFINITY), "#NOMBRE!"),
            (Cellule::Fautive(FauteDeCellule::Booleen(true)), ""),
        ] {
            assert_eq!(cellule.texte(), texte);
        }
    }

    #[test]
    fn un_texte_trop_long_dit_sa_longueur() {
        let longueur = |combien| match Cellule::de(&"é".repeat(combien)) {
            Cellule::Fautive(FauteDeCellule::TropLong { longueur, .. }) => Some(longueur),
            _ => None,
        };
        assert_eq!([500, 501, 200_000].map(longueur), [None, Some(501), Some(200_000)]);
    }
}

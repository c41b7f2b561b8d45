//! What was decided about a line that known persons resemble (R17): on the page, beside the file, or in the list itself.

use std::collections::BTreeMap;

use forprev_domain::regles::doublons::forme_normale;
use serde_json::Value;

use crate::error::Error;
use crate::feuilles::Cellule;

/// What was decided about a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// « C’est cette personne. »
    CettePersonne(String),
    /// « C’est quelqu’un d’autre. »
    AutrePersonne,
}

/// Decisions by line, as the spreadsheet numbers it.
pub type Decisions = BTreeMap<u32, Decision>;

/// What the column « Numéro FORPREV » says of somebody who is none of those proposed.
const QUELQU_UN_D_AUTRE: &str = "Quelqu’un d’autre";

/// Whether a cell of the column « Numéro FORPREV » says so, without case, blanks or apostrophes.
#[must_use]
pub fn est_une_autre_personne(texte: &str) -> bool {
    let lettres =
        |texte: &str| forme_normale(texte).chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    lettres(texte) == lettres(QUELQU_UN_D_AUTRE)
}

impl Decision {
    /// The cell « Numéro FORPREV » that says the same, so that the decision travels with the list.
    #[must_use]
    pub fn en_cellule(&self) -> Cellule {
        match self {
            Self::CettePersonne(numero) => Cellule::de(numero),
            Self::AutrePersonne => Cellule::de(QUELQU_UN_D_AUTRE),
        }
    }
}

/// The decisions of a program: `{ "4": { "numero": "JKA37899" }, "9": { "autre_personne": true } }`.
///
/// # Errors
///
/// *Malformed* for anything else.
pub fn decisions(texte: &str) -> Result<Decisions, Error> {
    let illisibles = || {
        Error::Malformed("« decisions » est un objet JSON dont chaque clé est une ligne et chaque valeur { \"numero\": \"JKA37899\" } ou { \"autre_personne\": true }.".to_owned())
    };
    if texte.trim().is_empty() {
        return Ok(Decisions::new());
    }
    let lu: BTreeMap<String, Value> = serde_json::from_str(texte).map_err(|_| illisibles())?;
    lu.iter()
        .map(|(ligne, decision)| {
            let ligne = ligne.parse().map_err(|_| illisibles())?;
            let numero = decision.get("numero").and_then(Value::as_str);
            let autre = decision.get("autre_personne") == Some(&Value::Bool(true));
            match (numero, autre) {
                (Some(numero), false) => Ok((ligne, Decision::CettePersonne(numero.to_owned()))),
                (None, true) => Ok((ligne, Decision::AutrePersonne)),
                _ => Err(illisibles()),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quelqu_un_d_autre_se_dit_comme_on_l_ecrit() {
        for (texte, dit) in [
            ("Quelqu’un d’autre", true),
            ("quelqu'un d'autre", true),
            ("  QUELQU‘UN  D´AUTRE. ", true),
            ("Quelquʼun dʼautre", true),
            ("quelquun d autre", true),
            ("", false),
            ("quelqu’un", false),
            ("autre", false),
            ("JKA37899", false),
        ] {
            assert_eq!(est_une_autre_personne(texte), dit, "{texte}");
        }
        assert!(est_une_autre_personne(&Decision::AutrePersonne.en_cellule().texte()));
    }
}

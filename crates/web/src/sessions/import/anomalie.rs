//! What is wrong, or deserves a look, in one place of a list.

use std::borrow::Cow;

use forprev_domain::identite::ChampIdentite;
use forprev_domain::regles::doublons::Proposition;
use serde::Serialize;
use serde_json::{Value, json};

use super::colonnes::entete;
use crate::personnes::propositions_json;

/// Whether the list can be imported with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Gravite {
    /// Nothing is imported as long as it stands.
    Bloquante,
    /// It deserves a look.
    Avertissement,
}

/// One anomaly.
#[derive(Debug, Clone, PartialEq)]
pub struct Anomalie {
    /// The row, as the spreadsheet shows it; none: the whole list.
    pub ligne: Option<u32>,
    /// The header of the column: the model's, or that of a column that the model does not have.
    pub colonne: Option<Cow<'static, str>>,
    /// Whether it stops the import.
    pub gravite: Gravite,
    /// Stable code.
    pub code: &'static str,
    /// French sentence: what was received, what to do.
    pub message: String,
    /// Known persons to choose from (R17).
    pub propositions: Vec<Proposition>,
    /// Whether it is decided by saying who it is, without changing the list.
    pub a_trancher: bool,
}

impl Anomalie {
    /// What stops the import, in a cell of the model's columns.
    #[must_use]
    pub fn bloquante(ligne: u32, champ: ChampIdentite, code: &'static str, message: String) -> Self {
        let colonne = Some(Cow::Borrowed(entete(champ)));
        Self { colonne, ..Self::de_la_ligne(ligne, code, message) }
    }

    /// What stops the import, somewhere in a line.
    #[must_use]
    pub fn de_la_ligne(ligne: u32, code: &'static str, message: String) -> Self {
        let generale = Self::de_la_liste(code, message);
        Self { ligne: Some(ligne), gravite: Gravite::Bloquante, ..generale }
    }

    /// What deserves a look in the whole list.
    #[must_use]
    pub fn de_la_liste(code: &'static str, message: String) -> Self {
        Self {
            ligne: None,
            colonne: None,
            gravite: Gravite::Avertissement,
            code,
            message,
            propositions: Vec::new(),
            a_trancher: false,
        }
    }

    /// The same, which stops nothing.
    #[must_use]
    pub fn sans_bloquer(self) -> Self {
        Self { gravite: Gravite::Avertissement, ..self }
    }

    /// Whether it stops the import.
    #[must_use]
    pub fn est_bloquante(&self) -> bool {
        self.gravite == Gravite::Bloquante
    }

    /// The rule that it breaks: of identities (R16), or of known persons and doubles (R17).
    #[must_use]
    pub fn regle(&self) -> &'static str {
        match self.code {
            "doublon_a_trancher" | "stagiaire_en_double" | "identite_differente" | "personne_deja_connue" => {
                "R17"
            }
            _ => "R16",
        }
    }

    /// As a point that stands in the way, among others.
    #[must_use]
    pub fn point(&self) -> Value {
        json!({
            "regle": self.regle(), "code": self.code, "message": self.message,
            "ligne": self.ligne, "colonne": self.colonne,
        })
    }

    /// As programs read it.
    #[must_use]
    pub fn json(&self) -> Value {
        let mut objet = json!({
            "ligne": self.ligne, "colonne": self.colonne, "gravite": self.gravite,
            "code": self.code, "message": self.message,
        });
        if self.a_trancher {
            objet["propositions"] = propositions_json(&self.propositions);
        }
        objet
    }
}

//! Lists: `?limite=` (100 at most) and `?apres=` (opaque) → `{ elements, total, suivant }`.

use axum::Json;
use forprev_store::{Liste, Pagination};
use serde_json::{Value, json};

use crate::error::Error;

/// How many elements a page of a list holds when nothing is asked.
const LIMITE: u16 = 50;

/// The query of a list, its own filters apart: pairs in the order received.
#[derive(Debug, Clone, Default)]
pub struct Requete(pub Vec<(String, String)>);

impl Requete {
    /// Reads the query of an address.
    #[must_use]
    pub fn lire(requete: Option<&str>) -> Self {
        Self(crate::saisie::form_pairs(requete.unwrap_or_default().as_bytes()))
    }

    /// The last value of a name; `None` when absent or blank.
    #[must_use]
    pub fn valeur(&self, nom: &str) -> Option<&str> {
        self.0.iter().rev().find(|(n, _)| n == nom).map(|(_, v)| v.trim()).filter(|v| !v.is_empty())
    }

    /// What is said clearly of a choice between two; `None` when nothing is said of it.
    ///
    /// # Errors
    ///
    /// *Malformed* for anything but one `true` or one `false`, a blank included: nothing is done in earnest by mistake.
    pub fn vrai_ou_faux(&self, nom: &str) -> Result<Option<bool>, Error> {
        let dites: Vec<&str> = self.0.iter().filter(|(n, _)| n == nom).map(|(_, v)| v.as_str()).collect();
        match dites.as_slice() {
            [] => Ok(None),
            ["true"] => Ok(Some(true)),
            ["false"] => Ok(Some(false)),
            _ => Err(Error::Malformed(format!("« {nom} » vaut true ou false."))),
        }
    }

    /// The words looked for, `?q=`; `None` when there are none.
    ///
    /// # Errors
    ///
    /// *Malformed* when they hold a control character, or are longer than a line.
    pub fn mots(&self) -> Result<Option<String>, Error> {
        let Some(mots) = self.valeur("q") else { return Ok(None) };
        if mots.chars().any(char::is_control) || mots.chars().count() > 200 {
            return Err(Error::Malformed("« q » compte 200 caractères au plus, sur une ligne.".to_owned()));
        }
        Ok(Some(mots.to_owned()))
    }

    /// All values of a name, those joined by commas apart.
    pub fn valeurs<'a>(&'a self, nom: &'a str) -> impl Iterator<Item = &'a str> {
        let dites = self.0.iter().filter(move |(n, _)| n == nom);
        dites.flat_map(|(_, v)| v.split(',')).map(str::trim).filter(|v| !v.is_empty())
    }

    /// Which page is asked for.
    ///
    /// # Errors
    ///
    /// *Malformed* for a limit that is no number or a cursor that is none of ours.
    pub fn pagination(&self) -> Result<Pagination, Error> {
        let limite = match self.valeur("limite") {
            None => LIMITE,
            Some(texte) => texte
                .parse::<u16>()
                .ok()
                .filter(|n| (1..=Pagination::MAXIMUM).contains(n))
                .ok_or_else(|| Error::Malformed("« limite » est un nombre de 1 à 100.".to_owned()))?,
        };
        Pagination::new(limite, self.valeur("apres"))
            .ok_or_else(|| Error::Malformed("« apres » ne vient pas d’une liste de ce service.".to_owned()))
    }
}

/// A page of a list as programs read it.
pub fn liste(page: Liste<Value>) -> Json<Value> {
    Json(json!({ "elements": page.elements, "total": page.total, "suivant": page.suivant }))
}

/// A whole list that is never long, as programs read it.
pub fn entiere(elements: Vec<Value>) -> Json<Value> {
    Json(json!({ "total": elements.len(), "elements": elements, "suivant": null }))
}

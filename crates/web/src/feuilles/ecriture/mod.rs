//! From rows to bytes. Days and numbers are real cells, so that a spreadsheet sorts and adds them; what it would take
//! for a formula is a text. A cell whose value is not known stays one: no file says less than what it was made from.

mod csv;
mod ods;
mod xlsx;

use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use super::{Cellule, FauteDeCellule, Format};
use crate::error::Error;

/// Narrowest and widest column, in characters.
const LARGEURS: std::ops::RangeInclusive<usize> = 10..=60;

/// One sheet to be written.
#[derive(Debug, Clone, Default)]
pub struct Tableau {
    /// Its name.
    pub nom: String,
    /// Its rows from the first one, headers included; no cell is a blank one.
    pub rangees: Vec<Vec<Option<Cellule>>>,
    /// Columns in which days are to be typed.
    pub jours: Vec<usize>,
}

impl Tableau {
    /// A sheet with these headers.
    #[must_use]
    pub fn new(nom: &str, entetes: &[&str]) -> Self {
        let titres = entetes.iter().map(|titre| Some(Cellule::de(titre))).collect();
        Self { nom: nom.to_owned(), rangees: vec![titres], jours: Vec::new() }
    }

    /// The row of headers: the first that is not blank.
    fn titres(&self) -> usize {
        let remplie = |rangee: &Vec<Option<Cellule>>| rangee.iter().any(Option::is_some);
        self.rangees.iter().position(remplie).unwrap_or(0)
    }

    /// The width of each column, in characters.
    fn largeurs(&self) -> Vec<usize> {
        let colonnes = self.rangees.iter().map(Vec::len).max().unwrap_or(0);
        let texte = |rangee: &Vec<Option<Cellule>>, colonne: usize| {
            rangee.get(colonne).and_then(Option::as_ref).map_or(0, |cellule| cellule.texte().chars().count())
        };
        let large = |colonne| self.rangees.iter().map(|rangee| texte(rangee, colonne) + 2).max().unwrap_or(0);
        (0..colonnes).map(|colonne| large(colonne).clamp(*LARGEURS.start(), *LARGEURS.end())).collect()
    }
}

/// Writes a sheet as a file.
///
/// # Errors
///
/// *Internal* when it cannot be written.
pub fn ecrire(format: Format, tableau: &Tableau) -> Result<Vec<u8>, Error> {
    match format {
        Format::Csv => Ok(csv::ecrire(tableau)),
        Format::Xlsx => xlsx::ecrire(tableau).map_err(Error::internal),
        Format::Ods => ods::ecrire(tableau).map_err(Error::internal),
    }
}

/// Answers with a sheet as a file of this name, to which the extension is added.
///
/// # Errors
///
/// As [`ecrire`].
pub fn telecharger(format: Format, nom: &str, tableau: &Tableau) -> Result<Response, Error> {
    let mut reponse = ecrire(format, tableau)?.into_response();
    let headers = reponse.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(format.media_type()));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let disposition = format!("attachment; filename=\"{nom}.{}\"", format.extension());
    headers.insert(CONTENT_DISPOSITION, HeaderValue::from_str(&disposition).map_err(Error::internal)?);
    Ok(reponse)
}

/// What is written, as text, of a cell whose value is not known: what it shows, if that could not be taken for a value.
fn en_texte(faute: &FauteDeCellule, cellule: &Cellule) -> String {
    let montre = cellule.texte();
    match faute {
        FauteDeCellule::Erreur(_) | FauteDeCellule::TropLong { .. } => montre,
        FauteDeCellule::PasUnJour(_) if montre.contains(|c: char| c.is_ascii_digit()) => montre,
        FauteDeCellule::PasUnJour(_) | FauteDeCellule::FormuleSansValeur | FauteDeCellule::Booleen(_) => {
            "#VALEUR!".to_owned()
        }
    }
}

/// Whether a spreadsheet would take a text for a formula.
fn est_une_formule(texte: &str) -> bool {
    texte.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

#[cfg(test)]
mod tests;

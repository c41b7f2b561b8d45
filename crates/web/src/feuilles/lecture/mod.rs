//! From bytes to rows. What a file is is told by its bytes, never by its name.
//!
//! Nothing that arrives can exhaust the memory: the size of the file, the bytes that an archive really unpacks to,
//! its entries, the rows and cells of a sheet are all bounded before they are held.

mod archive;
mod csv;
mod illisible;
mod masquees;
mod nature;
mod ods;
mod texte;
mod xlsx;

pub use illisible::Illisible;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::{Cellule, Format};
use nature::Nature;

/// Largest file, in bytes.
pub const OCTETS: usize = 5 * 1024 * 1024;
/// Rows of a sheet that are read, blank ones not counted; one more than a list and its headers may have.
pub const RANGEES: usize = 1_002;
/// Sheets of a workbook.
const FEUILLES: usize = 50;
/// Bytes that all cells read may hold together: some twenty times a full list.
const TENU: usize = 8 * 1024 * 1024;

/// A file as read: its sheets in their order; a text file has one.
#[derive(Debug, Clone, PartialEq)]
pub struct Classeur {
    /// What it was.
    pub format: Format,
    /// Its sheets.
    pub feuilles: Vec<Feuille>,
}

/// A sheet: its rows that are not wholly blank.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Feuille {
    /// Its name; empty for a text file.
    pub nom: String,
    /// False when the spreadsheet does not show it.
    pub cachee: bool,
    /// Its rows, from the top, the first [`RANGEES`] of them.
    pub rangees: Vec<Rangee>,
    /// Merged cells, from the top.
    pub fusions: Vec<Fusion>,
    /// Columns that the spreadsheet does not show, from 0, of those with something in the first row.
    #[serde(default)]
    pub colonnes_masquees: BTreeSet<u32>,
}

/// A row that is not wholly blank.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rangee {
    /// Its number, as the spreadsheet shows it: the first row is 1. A text file counts as the spreadsheet that opens
    /// it would: one for each record, whatever lines its quoted cells are written on, and one for each blank line.
    pub ligne: u32,
    /// Its cells that are not blank, by their rank from 0.
    pub cellules: BTreeMap<u32, Cellule>,
    /// Whether the spreadsheet does not show it: hidden, or filtered away.
    #[serde(default)]
    pub masquee: bool,
}

/// Cells merged into one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fusion {
    /// First and last row, as the spreadsheet shows them.
    pub lignes: (u32, u32),
    /// First and last column, from 0.
    pub colonnes: (u32, u32),
}

/// Reads a file, whatever it is.
///
/// # Errors
///
/// What it is instead of a list, in words ([`Illisible`]).
pub fn lire(octets: &[u8]) -> Result<Classeur, Illisible> {
    if octets.len() > OCTETS {
        return Err(Illisible::TropVolumineux);
    }
    match nature::reconnaitre(octets)? {
        Nature::Texte => coller(&texte::decoder(octets)?),
        Nature::Xlsx => Ok(Classeur { format: Format::Xlsx, feuilles: xlsx::lire(octets)?.feuilles }),
        Nature::Ods => Ok(Classeur { format: Format::Ods, feuilles: ods::lire(octets)?.feuilles }),
    }
}

/// Reads lines pasted from a spreadsheet, or the text of a file.
///
/// # Errors
///
/// Nothing in it, or a quotation mark that nothing closes.
pub fn coller(texte: &str) -> Result<Classeur, Illisible> {
    Ok(Classeur { format: Format::Csv, feuilles: csv::lire(texte)?.feuilles })
}

/// Sheets as they are being read, with what they may still hold.
struct Moisson {
    feuilles: Vec<Feuille>,
    reste: usize,
}

impl Default for Moisson {
    fn default() -> Self {
        Self { feuilles: Vec::new(), reste: TENU }
    }
}

impl Moisson {
    /// Opens a sheet.
    ///
    /// # Errors
    ///
    /// More of them than are read: those left out would be lost in silence.
    fn feuille(&mut self, nom: String, cachee: bool) -> Result<(), Illisible> {
        if self.feuilles.len() == FEUILLES {
            return Err(Illisible::TropVolumineuxOuvert);
        }
        self.feuilles.push(Feuille { nom, cachee, ..Feuille::default() });
        Ok(())
    }

    fn fusion(&mut self, fusion: Fusion) {
        if let Some(feuille) = self.feuilles.last_mut()
            && feuille.fusions.len() < RANGEES
        {
            feuille.fusions.push(fusion);
        }
    }

    /// Adds a cell to the row with this number of the last sheet; blank cells make no row. False once the sheet is
    /// full: the rest is not read.
    ///
    /// # Errors
    ///
    /// More than what may be held; a cell where one stands already, which would be lost in silence, and a row that
    /// comes back to one before it.
    fn poser(&mut self, ligne: u32, colonne: u32, cellule: Cellule) -> Result<bool, Illisible> {
        let Some(feuille) = self.feuilles.last_mut().filter(|_| !cellule.est_vide()) else { return Ok(true) };
        let derniere = feuille.rangees.last().map(|derniere| derniere.ligne);
        if derniere.is_some_and(|derniere| ligne < derniere) {
            return Err(Illisible::Abime);
        }
        if derniere != Some(ligne) {
            if feuille.rangees.len() == RANGEES {
                return Ok(false);
            }
            feuille.rangees.push(Rangee { ligne, cellules: BTreeMap::new(), masquee: false });
        }
        self.reste = self.reste.checked_sub(cellule.poids()).ok_or(Illisible::TropVolumineuxOuvert)?;
        let ecrasee = feuille.rangees.last_mut().and_then(|rangee| rangee.cellules.insert(colonne, cellule));
        if ecrasee.is_some() { Err(Illisible::Abime) } else { Ok(true) }
    }
}

impl Feuille {
    /// Notes that a row is not shown, if something is in it.
    fn masquer_la_ligne(&mut self, ligne: u32) {
        if let Ok(rang) = self.rangees.binary_search_by_key(&ligne, |rangee| rangee.ligne) {
            self.rangees[rang].masquee = true;
        }
    }

    /// Notes that columns, from 0, are not shown, those that have something in the first row.
    fn masquer_les_colonnes(&mut self, colonnes: &RangeInclusive<u32>) {
        let titres = self.rangees.first().into_iter().flat_map(|premiere| premiere.cellules.keys());
        self.colonnes_masquees.extend(titres.filter(|colonne| colonnes.contains(colonne)));
    }
}

#[cfg(test)]
mod tests;

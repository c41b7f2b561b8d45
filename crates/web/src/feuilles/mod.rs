//! Files that spreadsheets open, CSV, XLSX and ODS: read into rows of cells, whatever is in them, and written from
//! rows of cells.
//!
//! What such a file means is its reader's business ([`crate::sessions::import`]): here nothing knows of trainees.

pub mod cellule;
pub mod ecriture;
pub mod lecture;

pub use cellule::{Cellule, FauteDeCellule, lettre};

use serde::{Deserialize, Serialize};

/// The formula that is written for one that came without its value: it never has one.
const SANS_VALEUR: &str = "NA()";

/// A kind of file that is read and written here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Format {
    /// Text with separators.
    Csv,
    /// Workbook of Excel, since 2007.
    Xlsx,
    /// Workbook of LibreOffice.
    Ods,
}

impl Format {
    /// All of them, in the order of the pages.
    pub const TOUS: [Self; 3] = [Self::Xlsx, Self::Ods, Self::Csv];

    /// What its files' names end with, without the dot; its name in addresses.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Ods => "ods",
        }
    }

    /// The format with this extension.
    #[must_use]
    pub fn from_extension(extension: &str) -> Option<Self> {
        Self::TOUS.into_iter().find(|format| format.extension() == extension)
    }

    /// Its media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
        }
    }
}

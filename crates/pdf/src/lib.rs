//! The certificate as a PDF file: one A4 page, laid out from the record of all that is printed.
//!
//! The same record gives the same bytes, on every machine: no clock, no randomness, one level of
//! compression, the fonts in the program.

mod carte;
mod certificat;
mod common;
mod deflate;
mod document;
mod embed;
#[cfg(test)]
mod exemple;
mod fonts;
mod frozen;
mod guilloche;
mod icc;
mod layout;
mod lettering;
mod logo;
mod marks;
#[doc(hidden)]
pub mod mesure;
mod metadata;
mod ornament;
mod page;
mod pairs;
mod phrases;
mod qr;
pub mod sceau;
mod scelle;
mod shape;
mod sheet;
mod specimen;
mod structure;
mod text;

use forprev_domain::certificat::Imprime;

pub use logo::{LOGO_MAX, LOGO_POIDS_MAX, LogoRefuse, lire_logo};
pub use scelle::{ASceller, PLACE, Scelle, TropLong};
pub use specimen::MENTION as MENTION_SPECIMEN;

/// The file of one certificate: one page.
#[must_use]
pub fn certificat(imprime: &Imprime) -> Vec<u8> {
    certificat::document(std::slice::from_ref(imprime)).finish()
}

/// All in one file: one page each, in this order, with a bookmark for each when there are several.
/// Fonts and drawings are shared.
#[must_use]
pub fn certificats(imprimes: &[Imprime]) -> Vec<u8> {
    certificat::document(imprimes).finish()
}

/// The file of one certificate, which waits for its seal.
#[must_use]
pub fn a_sceller(imprime: &Imprime) -> ASceller {
    certificat::document(std::slice::from_ref(imprime)).awaiting_seal()
}

/// All in one file, as [`certificats`] makes it, which waits for one seal over the whole.
#[must_use]
pub fn tous_a_sceller(imprimes: &[Imprime]) -> ASceller {
    certificat::document(imprimes).awaiting_seal()
}

/// The pocket cards of these certificates (85.6 × 54 mm), ten on an A4 sheet, with crop marks.
#[must_use]
pub fn cartes(imprimes: &[Imprime]) -> Vec<u8> {
    carte::planches(imprimes).finish()
}

/// The same, which waits for one seal over the whole.
#[must_use]
pub fn cartes_a_sceller(imprimes: &[Imprime]) -> ASceller {
    carte::planches(imprimes).awaiting_seal()
}

/// The pocket card of one certificate, alone on its page.
#[must_use]
pub fn carte(imprime: &Imprime) -> Vec<u8> {
    carte::carte(imprime).finish()
}

/// The same, which waits for its seal.
#[must_use]
pub fn carte_a_sceller(imprime: &Imprime) -> ASceller {
    carte::carte(imprime).awaiting_seal()
}

//! What an installation shows of itself on its certificates: a colour, a logo.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A colour of the screen: red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Couleur(pub [u8; 3]);

impl Couleur {
    /// Reads `#0a5c66`, or the same without its `#`; `None` for anything else.
    #[must_use]
    pub fn parse(texte: &str) -> Option<Self> {
        let chiffres = texte.trim().trim_start_matches('#');
        if chiffres.len() != 6 || !chiffres.bytes().all(|c| c.is_ascii_hexdigit()) {
            return None;
        }
        let nombre = u32::from_str_radix(chiffres, 16).ok()?;
        let [_, rouge, vert, bleu] = nombre.to_be_bytes();
        Some(Self([rouge, vert, bleu]))
    }

    /// Contrast of a text of this colour on white, from 1 to 21, after WCAG 2.2.
    #[must_use]
    pub fn contraste_sur_blanc(self) -> f64 {
        let [rouge, vert, bleu] = self.0.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        1.05 / (0.2126 * rouge + 0.7152 * vert + 0.0722 * bleu + 0.05)
    }
}

/// The picture of an issuing service.
///
/// A record names it by its digest; the store keeps its pixels once, and gives them back with the
/// records that a file is made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logo {
    /// SHA-256 of the pixels, in hexadecimal.
    pub empreinte: String,
    /// Pixels in a line.
    pub largeur: u16,
    /// Lines.
    pub hauteur: u16,
    /// Three bytes a pixel, on white, in zlib; empty when only the name of the picture is known.
    #[serde(skip)]
    pub pixels: Arc<[u8]>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_six_hexadecimal_digits() {
        let check = |texte: &str, attendu| assert_eq!(Couleur::parse(texte), attendu, "{texte}");
        check("#0a5c66", Some(Couleur([10, 92, 102])));
        check(" 0A5C66 ", Some(Couleur([10, 92, 102])));
        check("#0a5", None);
        check("+a5c66", None);
        check("pétrole", None);
        check("", None);
    }

    #[test]
    fn black_has_the_most_contrast_and_white_none() {
        let check = |texte: &str, attendu: f64| {
            let contraste = Couleur::parse(texte).expect("a colour").contraste_sur_blanc();
            assert!((contraste - attendu).abs() < 0.01, "{texte}: {contraste}");
        };
        check("#000000", 21.0);
        check("#ffffff", 1.0);
        check("#767676", 4.54);
        check("#0a5c66", 7.68);
    }
}

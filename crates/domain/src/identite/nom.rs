//! A name, as typed.

use std::fmt;

use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

use super::FauteIdentite;

/// Longest name, in characters after NFC and trimming.
pub const LONGUEUR_NOM: usize = 80;

/// A valid name, as typed: NFC, trimmed, single spaces.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Nom(String);

impl Nom {
    /// Reads a name: letters of every Latin script, spaces, hyphens, apostrophes `'` and `’`,
    /// 1 to 80 characters, one letter at least.
    ///
    /// # Errors
    /// `Vide`, `CaractereInterdit`, `TropLong` or `SansLettre`.
    pub fn parse(texte: &str) -> Result<Self, FauteIdentite> {
        let mut nom = String::new();
        let mut apres_lettre = false;
        let mut lettre = false;
        for c in texte.trim().nfc() {
            let c = match c {
                '\u{2010}' | '\u{2011}' => '-',
                c if c.is_whitespace() && !c.is_control() => ' ',
                c => c,
            };
            apres_lettre = lettre_latine(c) || (apres_lettre && signe_combinant(c));
            if !apres_lettre && !matches!(c, ' ' | '-' | '\'' | '’') {
                return Err(FauteIdentite::CaractereInterdit { caractere: c });
            }
            lettre |= apres_lettre;
            if c != ' ' || !nom.ends_with(' ') {
                nom.push(c);
            }
        }
        let longueur = nom.chars().count();
        match (longueur, lettre) {
            (0, _) => Err(FauteIdentite::Vide),
            (_, false) => Err(FauteIdentite::SansLettre),
            (longueur, true) if longueur > LONGUEUR_NOM => Err(FauteIdentite::TropLong { longueur }),
            (_, true) => Ok(Self(nom)),
        }
    }

    /// The name as typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Nom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Says whether a character is a letter of the Latin script (Unicode property `Script=Latin`,
/// compatibility forms such as ligatures and full-width letters left out), which no certificate would fail to print: those
/// that Unicode has had since 2021 are in no font yet.
pub(super) fn lettre_latine(c: char) -> bool {
    let latin = matches!(c,
        'A'..='Z' | 'a'..='z' | 'ª' | 'º'
        | '\u{c0}'..='\u{2af}'
        | '\u{1e00}'..='\u{1eff}'
        | '\u{2c60}'..='\u{2c7f}'
        | '\u{a722}'..='\u{a787}' | '\u{a78b}'..='\u{a7ff}'
        | '\u{ab30}'..='\u{ab5a}' | '\u{ab5c}'..='\u{ab64}');
    let trop_recente =
        matches!(c, '\u{a7cb}'..='\u{a7cf}' | '\u{a7d2}' | '\u{a7d4}' | '\u{a7da}'..='\u{a7f1}');
    latin && !trop_recente && c.is_alphabetic()
}

/// Says whether a character is an accent that NFC could not join to its letter. The grapheme
/// joiner, which nobody can see, is not.
fn signe_combinant(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{34e}' | '\u{350}'..='\u{36f}')
}

//! The numbers that FORPREV gives: to persons, to sessions, to certificates. All are drawn at
//! random: the caller brings the randomness.

use std::fmt;

use serde::Serialize;

mod certificat;

pub use certificat::{FauteNumero, NumeroCertificat};

/// Letters of a new numéro FORPREV, without those that are read as digits.
const LETTRES: &[u8; 23] = b"ABCDEFGHJKLMNPRSTUVWXYZ";
/// Crockford's base 32: neither I, L, O nor U.
const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Numéro FORPREV of a person: three capitals and five digits, `JKA37899`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Numero(String);

impl Numero {
    /// The numéro that a random draw gives.
    #[must_use]
    pub fn from_random(tirage: u64) -> Self {
        let mut reste = tirage;
        let mut lettre = || {
            let rang = (reste % 23) as usize;
            reste /= 23;
            char::from(LETTRES[rang])
        };
        let lettres: String = [lettre(), lettre(), lettre()].into_iter().collect();
        Self(format!("{lettres}{:05}", reste % 100_000))
    }

    /// Reads a numéro as people type it: small letters and spaces are allowed.
    #[must_use]
    pub fn parse(texte: &str) -> Option<Self> {
        let numero = majuscules(texte, |c| c.is_whitespace())?;
        let (lettres, chiffres) = numero.split_at_checked(3)?;
        let valide = chiffres.len() == 5
            && lettres.bytes().all(|c| c.is_ascii_uppercase())
            && chiffres.bytes().all(|c| c.is_ascii_digit());
        valide.then_some(Self(numero))
    }

    /// The numéro itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Numero {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Number of a session: `S-2026-7F3K9Q`. A counter would tell what others declare (R10).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct NumeroSession(String);

impl NumeroSession {
    /// The number that a random draw gives to a session of this year.
    #[must_use]
    pub fn from_random(annee: i16, tirage: u64) -> Self {
        let hasard: String = symboles(tirage, 6).into_iter().map(char::from).collect();
        Self(format!("S-{annee:04}-{hasard}"))
    }

    /// Reads a number as people type it: small letters, no dashes, O for 0, I or L for 1.
    #[must_use]
    pub fn parse(texte: &str) -> Option<Self> {
        let numero = majuscules(texte, separateur)?;
        let (annee, hasard) = numero.strip_prefix('S')?.split_at_checked(4)?;
        let annee: String = annee.chars().map(sans_confusion).collect();
        let hasard: String = hasard.chars().map(sans_confusion).collect();
        let valide = hasard.len() == 6
            && annee.bytes().all(|c| c.is_ascii_digit())
            && hasard.bytes().all(|c| CROCKFORD.contains(&c));
        valide.then(|| Self(format!("S-{annee}-{hasard}")))
    }

    /// The number itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for NumeroSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Letters and digits in capitals, without what `ignore` says; `None` when another character is in it.
fn majuscules(texte: &str, ignore: impl Fn(char) -> bool) -> Option<String> {
    texte
        .chars()
        .filter(|c| !ignore(*c))
        .map(|c| c.is_ascii_alphanumeric().then(|| c.to_ascii_uppercase()))
        .collect()
}

/// What may stand between the groups of a number: spaces, those without width included, dashes of every kind,
/// and what people type in their place.
fn separateur(c: char) -> bool {
    c.is_whitespace()
        || tiret(c)
        || matches!(c, '.' | ',' | ':' | ';' | '/' | '\\' | '_' | '|' | '·' | '•' | '+')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

fn tiret(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{ad}' | '\u{2010}'
            ..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}'
    )
}

/// The digit that stands in base 32 for a letter that looks like it.
fn sans_confusion(c: char) -> char {
    match c {
        'O' => '0',
        'I' | 'L' => '1',
        c => c,
    }
}

/// The low bits of a draw, five a symbol.
fn symboles(tirage: u64, nombre: u32) -> Vec<u8> {
    (0..nombre).rev().map(|rang| CROCKFORD[(tirage >> (5 * rang) & 31) as usize]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_numero_forprev_a_trois_capitales_et_cinq_chiffres() {
        let check = |texte: &str, attendu: Option<&str>| {
            assert_eq!(Numero::parse(texte).as_ref().map(Numero::as_str), attendu, "{texte}");
        };
        check("JKA37899", Some("JKA37899"));
        check(" jka 378 99 ", Some("JKA37899"));
        check("JKA\u{a0}37899", Some("JKA37899"));
        check("OIQ00000", Some("OIQ00000"));
        check("JKA3789", None);
        check("JKA378999", None);
        check("JK137899", None);
        check("JKA3789O", None);
        check("JKÉ37899", None);
        check("JKA-37899", None);
        check("ﬀA37899", None);
        check("", None);
    }

    #[test]
    fn un_tirage_donne_un_numero_lisible() {
        for graine in 0..20_000_u64 {
            let tirage = graine.wrapping_mul(0x9E37_79B9_7F4A_7C15);
            let numero = Numero::from_random(tirage);
            assert_eq!(Numero::parse(numero.as_str()).as_ref(), Some(&numero));
            assert!(!numero.as_str().contains(['I', 'O', 'Q']), "{numero}");
        }
        assert_eq!(Numero::from_random(0).as_str(), "AAA00000");
        assert_eq!(Numero::from_random(23 * 23 * 23 * 100_000 - 1).as_str(), "ZZZ99999");
    }

    #[test]
    fn un_numero_de_session_se_lit_comme_on_le_tape() {
        let check = |texte: &str, attendu: Option<&str>| {
            assert_eq!(NumeroSession::parse(texte).as_ref().map(NumeroSession::as_str), attendu, "{texte}");
        };
        check("S-2026-7F3K9Q", Some("S-2026-7F3K9Q"));
        check("s20267f3k9q", Some("S-2026-7F3K9Q"));
        check(" s 2026 7f3 k9q ", Some("S-2026-7F3K9Q"));
        check("S–2O26–oIlk9q", Some("S-2026-011K9Q"));
        check("S-2026-7F3K9", None);
        check("S-2026-7F3K9QQ", None);
        check("S-2026-7F3K9U", None);
        check("T-2026-7F3K9Q", None);
        check("S-20X6-7F3K9Q", None);
        check("", None);
    }

    #[test]
    fn le_tirage_remplit_tout_le_numero_de_session() {
        assert_eq!(NumeroSession::from_random(2026, 0).as_str(), "S-2026-000000");
        assert_eq!(NumeroSession::from_random(2026, u64::MAX).as_str(), "S-2026-ZZZZZZ");
        assert_eq!(NumeroSession::from_random(2027, 1 << 25).as_str(), "S-2027-100000");
    }
}

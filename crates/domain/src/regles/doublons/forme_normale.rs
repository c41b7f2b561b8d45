//! The one normal form in which names are compared.

use any_ascii::any_ascii_char;

/// Words that may stand before or inside a birth name and are often left out, in normal form.
const PARTICULES: [&str; 48] = [
    "af", "ait", "al", "ben", "bent", "bin", "bint", "d", "da", "dal", "dalla", "das", "de", "degli", "dei",
    "del", "della", "delle", "dello", "den", "der", "des", "di", "do", "dos", "du", "e", "el", "ibn", "l",
    "la", "las", "le", "les", "los", "ould", "s", "t", "te", "ten", "ter", "van", "vom", "von", "y", "zu",
    "zum", "zur",
];

/// The normal form of a name: every Latin letter as its base letters (Ł → l, œ → oe, ß → ss),
/// lower case, hyphens, apostrophes and runs of spaces as one space.
#[must_use]
pub fn forme_normale(nom: &str) -> String {
    let mut forme = String::with_capacity(nom.len());
    for c in nom.chars() {
        match c {
            c if c.is_whitespace() || matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\'' | '’') => {
                if !forme.is_empty() && !forme.ends_with(' ') {
                    forme.push(' ');
                }
            }
            c => {
                let base = any_ascii_char(c).chars().filter(char::is_ascii_alphanumeric);
                let longueur = forme.len();
                forme.extend(base.map(|c| c.to_ascii_lowercase()));
                // A letter without a base letter, such as a click, is compared as it is.
                if forme.len() == longueur && c.is_alphabetic() {
                    forme.extend(c.to_lowercase());
                }
            }
        }
    }
    forme.truncate(forme.trim_end().len());
    forme
}

/// Says whether `court` is `long` without some of its particles, or with all of them.
pub(super) fn sans_particule(long: &str, court: &str) -> bool {
    let mut reste = court.split(' ').peekable();
    for mot in long.split(' ') {
        if reste.peek() == Some(&mot) {
            reste.next();
        } else if !est_particule(mot) {
            return false;
        }
    }
    reste.peek().is_none()
}

/// The name without any particle; empty when it is made of them.
pub(super) fn sans_particules(nom: &str) -> String {
    nom.split(' ').filter(|mot| !est_particule(mot)).collect::<Vec<_>>().join(" ")
}

pub(super) fn est_particule(mot: &str) -> bool {
    PARTICULES.contains(&mot)
}

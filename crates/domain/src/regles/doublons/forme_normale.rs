//! The one normal form in which names are compared.

use any_ascii::any_ascii_char;
use strsim::osa_distance;

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
        } else if !PARTICULES.contains(&mot) {
            return false;
        }
    }
    reste.peek().is_none()
}

/// The name without any particle; empty when it is made of them.
pub(super) fn sans_particules(nom: &str) -> String {
    nom.split(' ').filter(|mot| !PARTICULES.contains(mot)).collect::<Vec<_>>().join(" ")
}

/// Given names: the first counts. A space parts two given names, a hyphen the parts of one; as
/// both are written for each other, « Jean Pierre » is read as one given name and as two.
pub(super) struct Prenoms {
    /// What the first given name may be, the shortest first: « marie », « marie claire »….
    lectures: Vec<String>,
}

impl Prenoms {
    pub(super) fn new(prenom: &str) -> Self {
        let mut lectures: Vec<String> = Vec::new();
        for mot in prenom.split_whitespace().filter(|mot| mot.contains(char::is_alphabetic)) {
            let mot = forme_normale(mot);
            let suite = lectures.last().map_or_else(|| mot.clone(), |debut| format!("{debut} {mot}"));
            lectures.push(suite);
        }
        Self { lectures }
    }

    /// The first given name as written.
    pub(super) fn premier(&self) -> &str {
        self.lectures.first().map_or("", String::as_str)
    }

    /// Says whether a name is the first given name in one of its readings.
    pub(super) fn contient(&self, nom: &str) -> bool {
        self.lectures.iter().any(|lecture| lecture == nom)
    }

    /// Same first given name: « Jean-Pierre » and « Jean Pierre », « Anne » and « Anne Lise ».
    pub(super) fn meme_premier(&self, autre: &Self) -> bool {
        self.contient(autre.premier()) || autre.contient(self.premier())
    }

    /// One edit parts the first given names.
    pub(super) fn une_faute(&self, autre: &Self) -> bool {
        let faute = |premier: &str, lectures: &[String]| {
            lectures.iter().any(|lecture| osa_distance(premier, lecture) == 1)
        };
        faute(self.premier(), &autre.lectures) || faute(autre.premier(), &self.lectures)
    }

    /// One is the first part of the other's compound given name: « Jean » and « Jean-Pierre ».
    pub(super) fn compose_et_premier(&self, autre: &Self) -> bool {
        let premiere_part =
            |compose: &str, simple: &str| compose.split_once(' ').is_some_and(|(debut, _)| debut == simple);
        premiere_part(self.premier(), autre.premier()) || premiere_part(autre.premier(), self.premier())
    }
}

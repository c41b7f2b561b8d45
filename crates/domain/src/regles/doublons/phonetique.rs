//! How a French name sounds, for finding those that are written otherwise.

use self::Suite::{Fin, Lettre, Libre, SansVoyelle, Voyelle};
use super::forme_normale;

/// What must follow the letters of a sound.
#[derive(Clone, Copy)]
enum Suite {
    Libre,
    /// The end of the word.
    Fin,
    /// A vowel.
    Voyelle,
    /// No vowel: `an` is a nasal in `andre`, not in `anais`.
    SansVoyelle,
    /// One of these letters.
    Lettre(&'static str),
}

/// Endings of which more than the last consonants is mute, and what is left of them; the longest first.
const FINALES: [(&str, &str); 13] = [
    ("aults", "au"),
    ("aulds", "au"),
    ("ault", "au"),
    ("auld", "au"),
    ("aulx", "au"),
    ("oult", "ou"),
    ("ould", "ou"),
    ("ercq", "ere"),
    ("ancq", "an"),
    ("erc", "ere"),
    ("anc", "an"),
    ("ers", "e"),
    ("er", "e"),
];

/// Letters, what follows them, and their sound; of two that fit, the first. The sounds are `A` (an), `I` (in, un),
/// `O` (on), `E` (eu), `C` (ch), `w` (ou, oi), else letters.
const SONS: [(&str, Suite, &str); 72] = [
    ("ebure", Fin, "evr"),
    ("regn", Libre, "ren"),
    ("ault", Libre, "ot"),
    ("chae", Libre, "ke"),
    ("tion", Libre, "siO"),
    ("eau", Libre, "o"),
    ("oeu", Libre, "E"),
    ("sch", Libre, "C"),
    ("oin", SansVoyelle, "wI"),
    ("ien", SansVoyelle, "iI"),
    ("yen", SansVoyelle, "iI"),
    ("ain", SansVoyelle, "I"),
    ("aim", SansVoyelle, "I"),
    ("ein", SansVoyelle, "I"),
    ("eim", SansVoyelle, "I"),
    ("ayn", SansVoyelle, "I"),
    ("eyn", SansVoyelle, "I"),
    ("aen", SansVoyelle, "A"),
    ("ail", Libre, "ei"),
    ("eil", Libre, "ei"),
    ("an", SansVoyelle, "A"),
    ("am", SansVoyelle, "A"),
    ("en", SansVoyelle, "A"),
    ("em", SansVoyelle, "A"),
    ("in", SansVoyelle, "I"),
    ("im", SansVoyelle, "I"),
    ("yn", SansVoyelle, "I"),
    ("ym", SansVoyelle, "I"),
    ("un", SansVoyelle, "I"),
    ("um", SansVoyelle, "I"),
    ("on", SansVoyelle, "O"),
    ("om", SansVoyelle, "O"),
    ("oi", Voyelle, "wai"),
    ("oy", Voyelle, "wai"),
    ("oi", Libre, "wa"),
    ("oy", Libre, "wa"),
    ("ai", Voyelle, "ei"),
    ("ay", Voyelle, "ei"),
    ("ei", Voyelle, "ei"),
    ("ey", Voyelle, "ei"),
    ("ai", Libre, "e"),
    ("ay", Libre, "e"),
    ("ei", Libre, "e"),
    ("ey", Libre, "e"),
    ("au", Libre, "o"),
    ("ou", Libre, "w"),
    ("eu", Libre, "E"),
    ("ae", Libre, "e"),
    ("oe", Libre, "o"),
    ("ue", Libre, "u"),
    ("ph", Libre, "f"),
    ("ch", Lettre("lnrt"), "k"),
    ("ch", Libre, "C"),
    ("sh", Libre, "C"),
    ("gn", Libre, "ni"),
    ("gh", Libre, "g"),
    ("ge", Lettre("aou"), "j"),
    ("gu", Lettre("eiy"), "g"),
    ("g", Lettre("eiy"), "j"),
    ("qu", Libre, "k"),
    ("q", Libre, "k"),
    ("ck", Libre, "k"),
    ("sc", Lettre("eiy"), "s"),
    ("c", Lettre("eiy"), "s"),
    ("c", Libre, "k"),
    ("bv", Libre, "v"),
    ("pt", Libre, "t"),
    ("x", Libre, "ks"),
    ("w", Libre, "v"),
    ("y", Libre, "i"),
    ("z", Libre, "s"),
    ("h", Libre, ""),
];

/// Returns how a name sounds: the same for « Thibault », « Thibaut » and « Tibo ».
///
/// Rules of French spelling over the normal form: `eau` and `au` as `o`, `ph` as `f`, `qu` and `c` as `k`, nasals,
/// mute `h` and endings, double letters as one. As the normal form has no accents, a last `é` (also written `er`, `ez`,
/// `et`, `ey`) is left out as the mute `e` is. Names that are the same in the normal form sound the same.
#[must_use]
pub fn phonetique(nom: &str) -> String {
    let entier: String = forme_normale(nom).split(' ').map(mot).collect();
    let son = sans_lettres_doubles(&entier);
    let sans_e = son.trim_end_matches('e');
    if sans_e.is_empty() { son } else { sans_e.to_owned() }
}

/// How one word sounds.
fn mot(ecrit: &str) -> String {
    let mot = sans_finale_muette(sans_lettres_doubles(ecrit));
    let mut reste = mot.as_str();
    let mut son = String::with_capacity(reste.len());
    while let Some(lettre) = reste.chars().next() {
        let regle = SONS.iter().find(|(lettres, suite, _)| {
            reste.strip_prefix(lettres).is_some_and(|apres| suite.accepte(apres))
        });
        match regle {
            Some((lettres, _, entendu)) => {
                son.push_str(entendu);
                reste = &reste[lettres.len()..];
            }
            None => {
                son.push(lettre);
                reste = &reste[lettre.len_utf8()..];
            }
        }
    }
    son
}

impl Suite {
    fn accepte(self, apres: &str) -> bool {
        let voyelle = apres.starts_with(['a', 'e', 'i', 'o', 'u', 'y']);
        match self {
            Self::Libre => true,
            Self::Fin => apres.is_empty(),
            Self::Voyelle => voyelle,
            Self::SansVoyelle => !voyelle,
            Self::Lettre(lettres) => apres.starts_with(|lettre| lettres.contains(lettre)),
        }
    }
}

fn sans_lettres_doubles(mot: &str) -> String {
    let mut simple = String::with_capacity(mot.len());
    for lettre in mot.chars() {
        if !simple.ends_with(lettre) {
            simple.push(lettre);
        }
    }
    simple
}

/// Leaves out the consonants that are mute at the end: « Dupont », « Petits », « Champ », « Leclercq ».
fn sans_finale_muette(mut mot: String) -> String {
    if let Some((finale, reste)) = FINALES.iter().find(|(finale, _)| mot.ends_with(finale)) {
        mot.truncate(mot.len() - finale.len());
        mot.push_str(reste);
        return mot;
    }
    while 2 < mot.len()
        && (mot.ends_with(['t', 'd', 's', 'x', 'z']) || mot.ends_with("mp") || mot.ends_with("up"))
    {
        mot.pop();
    }
    mot
}

//! R17 « En cas de doublon, les utilisateurs identifiés vous seront proposés. »
//!
//! One graded rule for forms, files and the API: candidates that share one of the [`cles`] are
//! looked up first, then graded by [`verdict`]. The table:
//!
//! | Pair | Verdict |
//! |---|---|
//! | same birth name, first given name and birth day in the normal form | certain |
//! | given names and birth name swapped, same day | possible |
//! | one edit in either name, same day | possible |
//! | usage name of one is the birth name of the other, same given name and day | possible |
//! | compound given name against its first part, same name and day | possible |
//! | particle present or not, same rest, same given name and day | possible |
//! | birth name in one word or in several (de La Fontaine, Delafontaine), same given name and day | possible |
//! | same names, day and month swapped or one digit of the birth day different | possible |
//! | anything else, two of these differences at once included | non |

use jiff::civil::Date;
use serde::Serialize;
use strsim::osa_distance;

use crate::identite::Identite;

mod cles;
mod forme_normale;
mod proposition;

pub use cles::cles;
pub use forme_normale::forme_normale;
pub use proposition::{Proposition, proposition};

use forme_normale::{Prenoms, sans_particule};

/// How sure it is that two identities are of one person; the surest comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The same identity, written differently at most.
    Certain,
    /// One difference of the table: a person decides.
    Possible,
    /// Two persons.
    Non,
}

impl Verdict {
    /// Its code in JSON.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Possible => "possible",
            Self::Non => "non",
        }
    }
}

/// Grades two identities; the order of the two does not matter.
#[must_use]
pub fn verdict(a: &Identite, b: &Identite) -> Verdict {
    let (a, b) = (Forme::new(a), Forme::new(b));
    let meme_nom = a.nom == b.nom;
    let meme_prenom = a.prenoms.meme_premier(&b.prenoms);
    let possible = if a.date == b.date {
        if meme_nom && meme_prenom {
            return Verdict::Certain;
        }
        meme_nom && (a.prenoms.une_faute(&b.prenoms) || a.prenoms.compose_et_premier(&b.prenoms))
            || meme_prenom && (osa_distance(&a.nom, &b.nom) == 1 || noms_voisins(&a, &b))
            || a.prenoms.contient(&b.nom) && b.prenoms.contient(&a.nom)
    } else {
        meme_nom && meme_prenom && dates_voisines(a.date, b.date)
    };
    if possible { Verdict::Possible } else { Verdict::Non }
}

/// An identity in its normal form.
struct Forme {
    nom: String,
    usage: Option<String>,
    prenoms: Prenoms,
    date: Date,
}

impl Forme {
    fn new(identite: &Identite) -> Self {
        Self {
            nom: forme_normale(identite.nom_naissance.as_str()),
            usage: identite.nom_usage.as_ref().map(|nom| forme_normale(nom.as_str())),
            prenoms: Prenoms::new(identite.prenom.as_str()),
            date: identite.date_naissance,
        }
    }

    /// Says whether a name in its normal form is one of the names, the first given names included.
    fn contient(&self, nom: &str) -> bool {
        self.nom == nom || self.usage.as_deref() == Some(nom) || self.prenoms.contient(nom)
    }
}

/// One's usage name is the other's birth name, or only particles or spaces part the birth names.
fn noms_voisins(a: &Forme, b: &Forme) -> bool {
    let lettres = |nom: &str| nom.replace(' ', "");
    lettres(&a.nom) == lettres(&b.nom)
        || a.usage.as_ref() == Some(&b.nom)
        || b.usage.as_ref() == Some(&a.nom)
        || sans_particule(&a.nom, &b.nom)
        || sans_particule(&b.nom, &a.nom)
}

/// Day and month swapped, or one digit of the eight different.
fn dates_voisines(a: Date, b: Date) -> bool {
    let inversees = a.year() == b.year() && a.month() == b.day() && a.day() == b.month();
    let (a, b) = (a.strftime("%Y%m%d").to_string(), b.strftime("%Y%m%d").to_string());
    inversees || a.len() == b.len() && a.bytes().zip(b.bytes()).filter(|(a, b)| a != b).count() == 1
}

#[cfg(test)]
mod tests;

//! R17 « En cas de doublon, les utilisateurs identifiés vous seront proposés. »
//!
//! One graded rule for forms, files and the API: candidates who have one of the
//! [`cles_cherchees`] among their [`cles`] are looked up first, then graded by [`verdict`]. The table:
//!
//! | Pair | Verdict |
//! |---|---|
//! | same birth name, first given name and birth day in the normal form | certain |
//! | given names and birth name swapped, same day | possible |
//! | one edit in either name, same day | possible |
//! | usage name of one is the birth name of the other, same given name and day | possible |
//! | compound given name against its first part, same name and day | possible |
//! | given names that a space leaves open (Jean Pierre and Jean, Marie Claude and Marie Sophie), same name and day | possible |
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
mod phonetique;
mod prenoms;
mod proposition;

pub use cles::{cles, cles_cherchees};
pub use forme_normale::forme_normale;
pub use phonetique::phonetique;
pub use proposition::{Proposition, propositions};

use forme_normale::sans_particule;
use prenoms::Prenoms;

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
    Forme::new(a).verdict(&Forme::new(b))
}

/// Says whether two identities of one day sound the same: « Thibault, Éric » and « Thibo, Érick ». They may be
/// graded `Non`, and are then for the administrateur to compare, not for whoever enters a name.
#[must_use]
pub fn meme_son(a: &Identite, b: &Identite) -> bool {
    let (a, b) = (Forme::new(a), Forme::new(b));
    let son = |a: &str, b: &str| phonetique(a) == phonetique(b);
    a.date == b.date && son(&a.nom, &b.nom) && son(a.prenoms.premier(), b.prenoms.premier())
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

    /// The table of this module.
    fn verdict(&self, autre: &Self) -> Verdict {
        let (a, b) = (self, autre);
        let meme_nom = a.nom == b.nom;
        let meme_prenom = a.prenoms.meme_premier(&b.prenoms);
        let possible = if a.date == b.date {
            if meme_nom && meme_prenom {
                return Verdict::Certain;
            }
            meme_nom && (a.prenoms.une_faute(&b.prenoms) || a.prenoms.compose_et_premier(&b.prenoms))
                || meme_prenom && (osa_distance(&a.nom, &b.nom) == 1 || noms_voisins(a, b))
                || a.prenoms.contient(&b.nom) && b.prenoms.contient(&a.nom)
        } else {
            meme_nom && meme_prenom && jours_voisins(a.date).any(|jour| jour == b.date)
        };
        if possible { Verdict::Possible } else { Verdict::Non }
    }

    /// Birth name and usage name.
    fn noms(&self) -> impl Iterator<Item = &str> {
        [Some(self.nom.as_str()), self.usage.as_deref()].into_iter().flatten()
    }

    /// The first word of the given names: whose first given name is the same has it too.
    fn premier_mot(&self) -> &str {
        self.prenoms.premier().split(' ').next().unwrap_or_default()
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

/// The days that are written as this one with day and month swapped, or with one digit of the eight different.
fn jours_voisins(jour: Date) -> impl Iterator<Item = Date> {
    let (annee, mois, quantieme) = (i32::from(jour.year()), jour.month(), jour.day());
    let ecrit = annee * 10_000 + i32::from(mois) * 100 + i32::from(quantieme);
    let chiffres = (0..8).map(|rang| 10_i32.pow(rang)).flat_map(move |unite| {
        let chiffre = ecrit / unite % 10;
        (0..10).filter(move |autre| *autre != chiffre).map(move |autre| ecrit + (autre - chiffre) * unite)
    });
    let echange = (mois != quantieme).then(|| Date::new(jour.year(), quantieme, mois).ok()).flatten();
    chiffres.filter_map(lu).chain(echange)
}

/// The day written as these eight digits, where there is one.
fn lu(ecrit: i32) -> Option<Date> {
    let [annee, mois, jour] = [ecrit / 10_000, ecrit / 100 % 100, ecrit % 100];
    Date::new(annee.try_into().ok()?, mois.try_into().ok()?, jour.try_into().ok()?).ok()
}

#[cfg(test)]
mod tests;

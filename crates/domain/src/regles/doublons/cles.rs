//! The keys by which candidates are found in the register, whatever its size.
//!
//! | Keys of a known person | Who is found by them |
//! |---|---|
//! | day, birth name as it sounds, without particles | who has another given name, a particle more or less, names swapped |
//! | day, usage name as it sounds | whose birth name it is |
//! | day, given name, two letters of the birth name at either end | who has an edit in it, or writes it in one word |
//! | names, day | who was born on a neighbouring day |
//!
//! Names are in their normal form. A look-up asks for the keys that a known person would have who is not graded `Non`:
//! the last one on each neighbouring day, the first one with the given names for swapped names.

use jiff::civil::Date;

use super::forme_normale::sans_particules;
use super::phonetique::phonetique;
use super::{Forme, jours_voisins};
use crate::identite::Identite;

/// One edit may change both ends of a name of this many letters or fewer.
const COURT: usize = 4;
/// Letters of an end.
const BOUT: usize = 2;

/// The keys under which a known person is kept, at most seven.
#[must_use]
pub fn cles(identite: &Identite) -> Vec<String> {
    let forme = Forme::new(identite);
    let mut cles: Vec<String> = forme.noms().map(|nom| par_le_son(forme.date, nom)).collect();
    cles.extend(par_les_bouts(&forme));
    cles.push(par_les_noms(&forme, forme.date));
    sans_doubles(cles)
}

/// The keys to look for: every known person who is not graded `Non` against this identity has one of them.
#[must_use]
pub fn cles_cherchees(identite: &Identite) -> Vec<String> {
    let forme = Forme::new(identite);
    let noms = forme.noms().chain(forme.prenoms.lectures());
    let mut cles: Vec<String> = noms.map(|nom| par_le_son(forme.date, nom)).collect();
    cles.extend(par_les_bouts(&forme));
    cles.extend(jours_voisins(forme.date).map(|jour| par_les_noms(&forme, jour)));
    sans_doubles(cles)
}

fn par_le_son(jour: Date, nom: &str) -> String {
    format!("{}|{}", ecrit(jour), phonetique(&sans_particules(nom)))
}

/// An edit changes one end of a name, unless the name is short; spaces do not count.
fn par_les_bouts(forme: &Forme) -> Vec<String> {
    let lettres: Vec<char> = forme.nom.chars().filter(|c| *c != ' ').collect();
    let bout = |lettres: &[char]| lettres.iter().collect::<String>();
    let (debut, fin) = (lettres.len().min(BOUT), lettres.len().saturating_sub(BOUT));
    let mut bouts = vec![format!("{}-", bout(&lettres[..debut])), format!("-{}", bout(&lettres[fin..]))];
    if lettres.len() <= COURT {
        bouts.push(String::new());
    }
    let (jour, prenom) = (ecrit(forme.date), forme.premier_mot());
    bouts.into_iter().map(|bout| format!("{jour}|{prenom}|{bout}")).collect()
}

fn par_les_noms(forme: &Forme, jour: Date) -> String {
    format!("{}|{}|{}", forme.nom, forme.premier_mot(), ecrit(jour))
}

fn ecrit(jour: Date) -> String {
    jour.strftime("%Y%m%d").to_string()
}

fn sans_doubles(mut cles: Vec<String>) -> Vec<String> {
    cles.sort_unstable();
    cles.dedup();
    cles
}

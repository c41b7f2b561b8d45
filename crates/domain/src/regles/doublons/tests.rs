//! The table of R17, pair by pair, and its properties over generated mutations.

use super::*;
use crate::identite::{Civilite, Nom};

mod proprietes;
mod sons;
mod table;

/// « Nom (Nom d'usage), Prénom, 1990-02-28 »; usage name and day may be left out.
pub(in crate::regles::doublons) fn identite(texte: &str) -> Identite {
    let mut parts = texte.split(',').map(str::trim);
    let noms = parts.next().unwrap_or_default().trim_end_matches(')');
    let (nom, usage) = noms.split_once('(').map_or((noms, None), |(nom, usage)| (nom, Some(usage)));
    let nom_valide = |nom: &str| Nom::parse(nom).expect("a name");
    Identite {
        civilite: Some(Civilite::Madame),
        nom_naissance: nom_valide(nom),
        nom_usage: usage.map(nom_valide),
        prenom: nom_valide(parts.next().unwrap_or_default()),
        date_naissance: parts.next().unwrap_or("1987-05-13").parse().expect("a day"),
    }
}

/// Grades « a ~ b » both ways and sees that who is graded is found.
fn check(paire: &str, attendu: Verdict) {
    let (a, b) = paire.split_once('~').expect("two identities");
    let (a, b) = (identite(a), identite(b));
    assert_eq!(verdict(&a, &b), attendu, "{paire}");
    assert_eq!(verdict(&b, &a), attendu, "{paire}, the other way round");
    check_cles(&a, &b);
    check_cles(&b, &a);
}

fn check_cles(a: &Identite, b: &Identite) {
    let (cherchees, connues) = (cles_cherchees(a), cles(b));
    assert!((3..=7).contains(&connues.len()), "{connues:?}");
    if verdict(a, b) != Verdict::Non {
        assert!(cherchees.iter().any(|cle| connues.contains(cle)), "{cherchees:?} {connues:?}");
    }
}

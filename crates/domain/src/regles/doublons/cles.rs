//! The keys by which candidates are found in the register, whatever its size.

use super::Forme;
use crate::identite::Identite;

/// The index keys of an identity, at most four: two identities that are not graded `Non` share
/// at least one.
///
/// Every pair of the same birth day has the first word of the birth name or of the given names in
/// common, maybe swapped; every pair of neighbouring days has both names, and the year or the day
/// and month.
#[must_use]
pub fn cles(identite: &Identite) -> Vec<String> {
    let forme = Forme::new(identite);
    let date = forme.date;
    let nom = premier_mot(&forme.nom);
    let prenom = premier_mot(forme.prenoms.premier());
    let mut cles = vec![
        format!("{date}|{nom}"),
        format!("{date}|{prenom}"),
        format!("{}|{prenom}|{:04}", forme.nom, date.year()),
        format!("{}|{prenom}|{:02}-{:02}", forme.nom, date.month(), date.day()),
    ];
    cles.dedup();
    cles
}

fn premier_mot(nom: &str) -> &str {
    nom.split(' ').next().unwrap_or_default()
}

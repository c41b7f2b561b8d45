//! The keys by which candidates are found in the register, whatever its size.

use super::forme_normale::sans_particules;
use super::{Forme, forme_normale};
use crate::identite::Identite;

/// Names of this many letters or fewer: one edit may change both their ends.
const COURT: usize = 3;

/// The index keys of an identity, at most twelve: two identities that are not graded `Non` share
/// at least one, and few people share one, however many there are.
///
/// Born the same day, two such people have the birth name in common, or the first given name with
/// one end of the other name (an edit changes one end, usage name and particle come with theirs), or
/// both names swapped. Born on neighbouring days, they have both names in common, with the year, or
/// with day, month and one of the last two digits of the year.
#[must_use]
pub fn cles(identite: &Identite) -> Vec<String> {
    let forme = Forme::new(identite);
    let jour = forme.date.strftime("%Y%m%d").to_string();
    let (nom, prenom) = (forme.nom.as_str(), premier_mot(forme.prenoms.premier()));
    let usage = identite.nom_usage.as_ref().map(|nom| forme_normale(nom.as_str()));
    let mut mots = [premier_mot(nom), prenom];
    mots.sort_unstable();
    let [mois_et_jour, dizaine, unite] = [&jour[4..], &jour[2..3], &jour[3..4]];
    let mut cles = vec![
        format!("{jour}|{nom}"),
        format!("{jour}|{}/{}", mots[0], mots[1]),
        format!("{nom}|{prenom}|{}", &jour[..4]),
        format!("{nom}|{prenom}|{mois_et_jour}|{dizaine}."),
        format!("{nom}|{prenom}|{mois_et_jour}|.{unite}"),
    ];
    let debuts = [Some(nom), Some(&sans_particules(nom)), usage.as_deref()];
    cles.extend(debuts.iter().flatten().map(|nom| format!("{jour}|{prenom}|{}-", bout(nom.chars().next()))));
    cles.push(format!("{jour}|{prenom}|-{}", bout(nom.chars().next_back())));
    if nom.chars().filter(|c| *c != ' ').count() <= COURT {
        cles.push(format!("{jour}|{prenom}|"));
    }
    cles.sort_unstable();
    cles.dedup();
    cles
}

fn bout(lettre: Option<char>) -> String {
    lettre.map(String::from).unwrap_or_default()
}

fn premier_mot(nom: &str) -> &str {
    nom.split(' ').next().unwrap_or_default()
}

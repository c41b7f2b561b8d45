//! Rows and columns that the spreadsheet does not show: they are in the list as the others, and nobody has seen them.

use super::anomalie::Anomalie;
use super::colonnes::{Colonnes, citer, entete};
use crate::feuilles::lecture::Feuille;
use crate::typographie::{liste, pluriel};

/// Runs of row numbers that are named; of those after them, only how many rows they are is said.
const SUITES: usize = 8;

/// What is to be said of them: one sentence for the rows, one for the columns that are read.
pub(super) fn masquees(feuille: &Feuille, colonnes: &Colonnes) -> Vec<Anomalie> {
    let lignes = feuille.rangees.iter().skip(1).filter(|rangee| rangee.masquee).map(|rangee| rangee.ligne);
    let lignes: Vec<u32> = lignes.collect();
    let lues = colonnes.champs.iter().filter(|(colonne, _)| feuille.colonnes_masquees.contains(colonne));
    let titres: Vec<String> = lues.map(|(_, champ)| citer(entete(*champ))).collect();
    let des_lignes = match lignes.as_slice() {
        [] => None,
        [ligne] => Some(format!(
            "La ligne {ligne} est masquée ou filtrée dans le classeur ; elle fait pourtant partie de la liste. Vérifiez-la, ou retirez-la."
        )),
        _ => Some(format!(
            "Les lignes {} sont masquées ou filtrées dans le classeur ; elles font pourtant partie de la liste. Vérifiez-les, ou retirez-les.",
            en_mots(&lignes)
        )),
    };
    let des_colonnes = match titres.as_slice() {
        [] => None,
        [titre] => Some(format!(
            "La colonne {titre} est masquée dans le classeur ; elle est lue comme les autres. Vérifiez-la."
        )),
        _ => Some(format!(
            "Les colonnes {} sont masquées dans le classeur ; elles sont lues comme les autres. Vérifiez-les.",
            liste(&titres)
        )),
    };
    let des_lignes = des_lignes.map(|phrase| Anomalie::de_la_liste("lignes_masquees", phrase));
    let des_colonnes = des_colonnes.map(|phrase| Anomalie::de_la_liste("colonnes_masquees", phrase));
    des_lignes.into_iter().chain(des_colonnes).collect()
}

/// « 4 et 9 », « 4, 7 à 12 et 40 », « 2, 4, 6, 8, 10, 12, 14, 16 et 492 autres »
fn en_mots(lignes: &[u32]) -> String {
    let suites: Vec<&[u32]> = lignes.chunk_by(|avant, apres| avant + 1 == *apres).collect();
    let mut mots = Vec::new();
    for suite in suites.iter().take(SUITES) {
        match suite {
            [premiere, .., derniere] if premiere + 1 < *derniere => {
                mots.push(format!("{premiere} à {derniere}"))
            }
            peu => mots.extend(peu.iter().map(u32::to_string)),
        }
    }
    let tues: usize = suites.iter().skip(SUITES).map(|suite| suite.len()).sum();
    if 0 < tues {
        mots.push(pluriel(tues, "autre", "autres"));
    }
    liste(&mots)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn les_lignes_se_nomment_en_peu_de_mots() {
        let check = |lignes: &[u32], attendu: &str| assert_eq!(en_mots(lignes), attendu);
        check(&[4, 9], "4 et 9");
        check(&[4, 5], "4 et 5");
        check(&[4, 7, 8, 9, 10, 11, 12, 40], "4, 7 à 12 et 40");
        check(&[2, 3, 4], "2 à 4");
        let une_sur_deux: Vec<u32> = (1..=500).map(|rang| rang * 2).collect();
        check(&une_sur_deux, "2, 4, 6, 8, 10, 12, 14, 16 et 492\u{a0}autres");
        check(&une_sur_deux[..9], "2, 4, 6, 8, 10, 12, 14, 16 et 1\u{a0}autre");
    }
}

use std::collections::HashMap;

use super::*;

/// Names under their sound.
const SONS: &str = include_str!("sons.txt");

#[test]
fn les_noms_qui_se_prononcent_pareil_ont_le_meme_son_et_les_autres_non() {
    let mut lignes = HashMap::new();
    for ligne in SONS.lines().filter(|ligne| !ligne.starts_with('#')) {
        let (son, noms) = ligne.split_once(" : ").expect("a sound and its names");
        for nom in noms.split(", ") {
            assert_eq!(phonetique(nom), son, "{nom}");
        }
        assert_eq!(lignes.insert(son, ligne), None, "{son}");
    }
}

#[test]
fn qui_se_prononce_pareil_est_candidat_meme_loin_par_l_ecriture() {
    let check = |saisie: &str, connue: &str, attendu: bool| {
        let (saisie, connue) = (identite(saisie), identite(connue));
        assert_eq!(meme_son(&saisie, &connue), attendu, "{saisie:?}");
        assert_eq!(verdict(&saisie, &connue), Verdict::Non, "{saisie:?}");
        let connues = cles(&connue);
        assert!(!attendu || cles_cherchees(&saisie).iter().any(|cle| connues.contains(cle)), "{connues:?}");
    };
    check("Thibo, Éric", "Thibault, Érick", true);
    check("Filip, Marie", "Philippe, Marrie", true);
    check("Lefébure, Anaïs", "Lefebvre, Annaïs", true);
    check("Quervella, Yann", "Kervella, Yan", true);
    check("Thibo, Éric", "Thibon, Érick", false);
    check("Thibo, Éric", "Thibault, Frédéric", false);
    check("Thibo, Éric", "Thibault, Éric, 1987-06-13", false);
}

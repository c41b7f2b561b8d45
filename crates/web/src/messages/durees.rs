//! The delays of the rules, in words: a change in the domain changes every sentence that tells them.

use forprev_domain::regles::delai_de_saisie::MOIS;
use forprev_domain::regles::duree_de_vie::{
    JOURS_DE_TELECHARGEMENT, MOIS_AU_REGISTRE, MOIS_AU_REGISTRE_SANS_FIN, MOIS_SANS_GENERATION,
};
use forprev_domain::regles::habilitation_valide::JOURS_D_ALERTE;

use crate::typographie::nombre;

/// R3: « trois mois », before and after `date_fin`.
pub(crate) fn de_saisie() -> String {
    mois(MOIS)
}

/// R5, R6: « 15 jours », from generation on.
pub(crate) fn de_telechargement() -> String {
    format!("{JOURS_DE_TELECHARGEMENT} jours")
}

/// R6b: « six mois » after `date_fin`, for a session never generated.
pub(crate) fn sans_generation() -> String {
    mois(MOIS_SANS_GENERATION)
}

/// R6b: « trois ans » after the end of a certificate.
pub(crate) fn au_registre() -> String {
    mois(MOIS_AU_REGISTRE)
}

/// R6b: « dix ans » after the issue of a certificate without end.
pub(crate) fn au_registre_sans_fin() -> String {
    mois(MOIS_AU_REGISTRE_SANS_FIN)
}

/// « 90 jours » before the end of a right, from which it is told.
pub(crate) fn d_alerte() -> String {
    format!("{JOURS_D_ALERTE} jours")
}

/// « trois mois », « dix ans »: in years when they are whole, and more than one.
fn mois(mois: i32) -> String {
    let mois = usize::try_from(mois).unwrap_or_default();
    if mois > 12 && mois.is_multiple_of(12) {
        return format!("{} ans", nombre(mois / 12));
    }
    format!("{} mois", nombre(mois))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    #[test]
    fn une_duree_se_dit_en_mois_ou_en_annees_entieres() {
        for (duree, attendu) in
            [(3, "trois mois"), (12, "douze mois"), (18, "18 mois"), (36, "trois ans"), (120, "dix ans")]
        {
            assert_eq!(mois(duree), attendu);
        }
    }

    #[test]
    fn aucune_page_ni_message_n_ecrit_une_duree_des_regles_a_la_main() {
        let mut fautes = Vec::new();
        visiter(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut |fichier, ligne, texte| {
            let dit = ["trois mois", "six mois", "15 jours", "quinze jours", "36 mois", "90 jours"];
            let commentaire = texte.trim_start().starts_with("//");
            if !commentaire && dit.iter().any(|duree| texte.contains(duree)) {
                fautes.push(format!("{}:{ligne}: {}", fichier.display(), texte.trim()));
            }
        });
        assert!(fautes.is_empty(), "say it with messages::durees:\n{}", fautes.join("\n"));
    }

    fn visiter(dossier: &Path, voir: &mut impl FnMut(&Path, usize, &str)) {
        for entree in fs::read_dir(dossier).expect("a folder").map(|entree| entree.expect("an entry").path())
        {
            if entree.is_dir() {
                visiter(&entree, voir);
            } else if !entree.ends_with("messages/durees.rs") {
                let texte = fs::read_to_string(&entree).unwrap_or_default();
                texte.lines().enumerate().for_each(|(i, ligne)| voir(&entree, i + 1, ligne));
            }
        }
    }
}

//! R5, R6, R6b. How long a session, its files and what survives of it last.
//!
//! « Le téléchargement des certificats est possible pendant 15 jours à compter de la date de génération
//! des certificats. » · « Les sessions de certification sont supprimées de l'application 15 jours après la
//! génération des certificats. »

use jiff::civil::Date;

use super::Regle;
use crate::calendrier::{plus_jours, plus_mois};
use crate::session::Etat;

/// Days during which the files of a generated session are handed out.
pub const JOURS_DE_TELECHARGEMENT: i32 = 15;
/// Months after `date_fin` at which a session never generated is deleted.
pub const MOIS_SANS_GENERATION: i32 = 6;
// A draft does not vanish while it may still be entered.
const _: () = assert!(super::delai_de_saisie::MOIS < MOIS_SANS_GENERATION);
/// Months after the end of its validity at which a certificate leaves the register.
pub const MOIS_AU_REGISTRE: i32 = 36;
/// Months after its issue at which a certificate without end leaves the register.
pub const MOIS_AU_REGISTRE_SANS_FIN: i32 = 120;

/// R5, for the table of rules.
pub const REGLE_TELECHARGEMENT: Regle = Regle {
    numero: "R5",
    phrase: "Le téléchargement des certificats est possible pendant 15 jours à compter de la date de génération des certificats.",
    sens: "La session disparaît 15 jours après le jour de génération ; les fichiers se téléchargent tant que ce jour n’est pas venu.",
    fonction: "duree_de_vie::apres_generation",
    codes: &["telechargement_termine"],
    bornes: &["générée le 1er mars : dernier téléchargement le 15 mars", "le 16 mars : plus rien"],
};

/// R6, for the table of rules.
pub const REGLE_SUPPRESSION: Regle = Regle {
    numero: "R6",
    phrase: "Les sessions de certification sont supprimées de l’application 15 jours après la génération des certificats.",
    sens: "À partir de ce jour, la session n’existe plus pour personne, que le balayage soit passé ou non.",
    fonction: "duree_de_vie::est_disparue",
    codes: &[],
    bornes: &["ce jour-là, balayage non passé : toute adresse répond 404"],
};

/// R6b, for the table of rules.
pub const REGLE_CONSERVATION: Regle = Regle {
    numero: "R6b",
    phrase: "(décision)",
    sens: "Restent l’inscription au registre, et pour les niveaux formateur et au-dessus tout ce qui est imprimé. Une session jamais générée est supprimée 6 mois après son jour de fin ; son auteur et les gestionnaires sont prévenus 30 et 7 jours avant. Une inscription est effacée 36 mois après la fin de validité, 10 ans après la délivrance quand il n’y en a pas.",
    fonction: "duree_de_vie::sort_du_registre_le",
    codes: &[],
    bornes: &["fin le 31/08/2026, jamais générée : disparaît le 28/02/2027"],
};

/// The day from which a session generated on `generee_le` is gone: the one function of R5 and R6.
#[must_use]
pub fn apres_generation(generee_le: Date) -> Date {
    plus_jours(generee_le, JOURS_DE_TELECHARGEMENT)
}

/// The day from which a session is gone for everybody, generated or not.
#[must_use]
pub fn disparait_le(etat: &Etat, date_fin: Date) -> Date {
    etat.generee_le().map_or_else(|| plus_mois(date_fin, MOIS_SANS_GENERATION), apres_generation)
}

/// True from `disparait_le` on.
#[must_use]
pub fn est_disparue(disparait_le: Date, aujourdhui: Date) -> bool {
    disparait_le <= aujourdhui
}

/// The day from which a certificate's entry is erased from the register.
#[must_use]
pub fn sort_du_registre_le(delivre_le: Date, valable_jusqu_au: Option<Date>) -> Date {
    match valable_jusqu_au {
        Some(fin) => plus_mois(fin, MOIS_AU_REGISTRE),
        None => plus_mois(delivre_le, MOIS_AU_REGISTRE_SANS_FIN),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::numero::Numero;

    #[test]
    fn les_certificats_se_telechargent_quinze_jours() {
        for (generee_le, disparait, dernier) in [
            (date(2026, 3, 1), date(2026, 3, 16), date(2026, 3, 15)),
            (date(2028, 2, 14), date(2028, 2, 29), date(2028, 2, 28)),
            (date(2026, 2, 14), date(2026, 3, 1), date(2026, 2, 28)),
            (date(2026, 12, 20), date(2027, 1, 4), date(2027, 1, 3)),
            (date(2026, 3, 20), date(2026, 4, 4), date(2026, 4, 3)),
            (date(2026, 10, 20), date(2026, 11, 4), date(2026, 11, 3)),
        ] {
            assert_eq!(apres_generation(generee_le), disparait);
            assert!(!est_disparue(disparait, dernier), "{dernier}");
            assert!(est_disparue(disparait, disparait), "{disparait}");
        }
    }

    #[test]
    fn une_session_jamais_generee_disparait_six_mois_apres_sa_fin() {
        let par = Numero::parse("KLM00042").expect("a number");
        for (etat, date_fin, attendu) in [
            (Etat::Brouillon, date(2026, 8, 31), date(2027, 2, 28)),
            (Etat::Soumise { a: par.clone() }, date(2026, 11, 20), date(2027, 5, 20)),
            (Etat::Terminee { par, generee_le: date(2026, 3, 1) }, date(2026, 2, 1), date(2026, 3, 16)),
        ] {
            assert_eq!(disparait_le(&etat, date_fin), attendu, "{etat:?}");
        }
    }

    #[test]
    fn une_inscription_sort_du_registre_a_son_jour() {
        for (delivre, fin, attendu) in [
            (date(2026, 3, 1), Some(date(2028, 2, 29)), date(2031, 2, 28)),
            (date(2026, 3, 1), None, date(2036, 3, 1)),
        ] {
            assert_eq!(sort_du_registre_le(delivre, fin), attendu);
        }
    }
}

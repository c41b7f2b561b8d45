//! R4. « Les certificats ne peuvent être générés qu'à partir de la date de fin de session de certification. »

use jiff::civil::Date;

use super::Regle;
use crate::refus::Manquement;

/// R4, for the table of rules.
pub const REGLE: Regle = Regle {
    numero: "R4",
    phrase: "Les certificats ne peuvent être générés qu’à partir de la date de fin de session de certification.",
    sens: "Générer : à partir du jour de fin, à 00:00 à Paris. Enregistrer et transmettre les résultats : à partir du jour de début ; avant le jour de fin, la transmission se confirme en toutes lettres.",
    fonction: "generation_apres_fin::generation_apres_fin",
    codes: &["avant_la_date_de_fin", "avant_la_date_de_debut"],
    bornes: &[
        "la veille à 23:59, à Paris : non",
        "le jour de fin à 00:00, à Paris : oui, même si l’heure universelle dit encore la veille",
    ],
};

/// Refuses to generate before the session's last day.
///
/// # Errors
///
/// [`Manquement::AvantLaDateDeFin`].
pub fn generation_apres_fin(date_fin: Date, aujourdhui: Date) -> Result<(), Manquement> {
    if aujourdhui < date_fin { Err(Manquement::AvantLaDateDeFin { date_fin }) } else { Ok(()) }
}

/// Refuses results before the session's first day; without a first day, its last one counts.
///
/// # Errors
///
/// [`Manquement::AvantLaDateDeDebut`].
pub fn resultats_apres_debut(
    date_debut: Option<Date>,
    date_fin: Date,
    aujourdhui: Date,
) -> Result<(), Manquement> {
    let date_debut = date_debut.unwrap_or(date_fin);
    if aujourdhui < date_debut { Err(Manquement::AvantLaDateDeDebut { date_debut }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::calendrier::Moment;

    #[test]
    fn les_certificats_se_generent_a_partir_de_la_date_de_fin_a_paris() {
        for (date_fin, instant, attendu) in [
            (date(2026, 5, 31), "2026-05-30T21:59:59Z", false),
            (date(2026, 5, 31), "2026-05-30T22:00:00Z", true),
            (date(2026, 12, 31), "2026-12-30T22:59:59Z", false),
            (date(2026, 12, 31), "2026-12-30T23:00:00Z", true),
            (date(2026, 3, 29), "2026-03-28T22:59:59Z", false),
            (date(2026, 3, 29), "2026-03-28T23:00:00Z", true),
            (date(2026, 10, 25), "2026-10-24T21:59:59Z", false),
            (date(2026, 10, 25), "2026-10-24T22:00:00Z", true),
            (date(2028, 2, 29), "2028-02-28T22:59:59Z", false),
            (date(2028, 2, 29), "2028-02-28T23:00:00Z", true),
            (date(2027, 1, 1), "2026-12-31T23:00:00Z", true),
        ] {
            let moment = Moment::de(instant.parse().expect("an instant"));
            assert_eq!(generation_apres_fin(date_fin, moment.aujourdhui).is_ok(), attendu, "{instant}");
        }
    }

    #[test]
    fn les_resultats_s_enregistrent_a_partir_de_la_date_de_debut() {
        let (debut, fin) = (date(2026, 5, 4), date(2026, 5, 5));
        for (debut, jour, attendu) in [
            (Some(debut), date(2026, 5, 3), false),
            (Some(debut), date(2026, 5, 4), true),
            (None, date(2026, 5, 4), false),
            (None, date(2026, 5, 5), true),
        ] {
            assert_eq!(resultats_apres_debut(debut, fin, jour).is_ok(), attendu, "{debut:?} {jour}");
        }
    }
}

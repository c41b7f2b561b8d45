//! R3. « A condition que l'habilitation soit valide, une session peut être saisie trois mois après la
//! date de fin de session ou trois mois avant la date de fin de session. »

use jiff::civil::Date;

use super::Regle;
use crate::calendrier::{plus_jours, plus_mois};
use crate::refus::Manquement;

/// Months before and after `date_fin` within which a session is entered.
pub const MOIS: i32 = 3;

/// R3, for the table of rules.
pub const REGLE: Regle = Regle {
    numero: "R3",
    phrase: "A condition que l’habilitation soit valide, une session peut être saisie trois mois après la date de fin de session ou trois mois avant la date de fin de session.",
    sens: "Créer, modifier un brouillon, soumettre une première fois et changer le jour de fin : de trois mois avant à trois mois après le jour de fin, bornes comprises. Ce qui suit une saisie faite à temps n’y est plus tenu.",
    fonction: "delai_de_saisie::delai_de_saisie",
    codes: &["hors_delai_de_saisie"],
    bornes: &[
        "fin le 31/05/2026 : du 28/02/2026 au 31/08/2026",
        "fin le 30/11/2026 : du 30/08/2026 au 28/02/2027",
        "un jour avant, un jour après : non",
    ],
};

/// First and last day on which a session that ends on `date_fin` may be entered.
#[must_use]
pub fn fenetre(date_fin: Date) -> (Date, Date) {
    (plus_mois(date_fin, -MOIS), plus_mois(date_fin, MOIS))
}

/// First and last `date_fin` of the sessions that may be entered today.
///
/// Months are not symmetric: on 28 February a session that ends on 31 May may be entered, since the window is
/// counted from its `date_fin`.
#[must_use]
pub fn dates_de_fin_possibles(aujourdhui: Date) -> (Date, Date) {
    let possible = |date_fin: &Date| delai_de_saisie(*date_fin, aujourdhui).is_ok();
    let autour = |centre: Date| (-4..=4).map(move |ecart| plus_jours(centre, ecart));
    let premiere = autour(plus_mois(aujourdhui, -MOIS)).find(possible);
    let derniere = autour(plus_mois(aujourdhui, MOIS)).rfind(possible);
    (premiere.unwrap_or(aujourdhui), derniere.unwrap_or(aujourdhui))
}

/// Refuses an entry outside of the window.
///
/// # Errors
///
/// [`Manquement::HorsDelaiDeSaisie`] with the first and the last possible day.
pub fn delai_de_saisie(date_fin: Date, aujourdhui: Date) -> Result<(), Manquement> {
    let (premier_jour, dernier_jour) = fenetre(date_fin);
    if premier_jour <= aujourdhui && aujourdhui <= dernier_jour {
        return Ok(());
    }
    Err(Manquement::HorsDelaiDeSaisie { date_fin, premier_jour, dernier_jour })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn les_dates_de_fin_possibles_sont_toutes_celles_dont_le_delai_court() {
        for aujourdhui in [
            date(2026, 11, 23),
            date(2026, 2, 28),
            date(2027, 11, 30),
            date(2028, 2, 29),
            date(2026, 5, 31),
            date(2026, 12, 31),
        ] {
            let (premiere, derniere) = dates_de_fin_possibles(aujourdhui);
            for (date_fin, attendu) in [
                (plus_jours(premiere, -1), false),
                (premiere, true),
                (derniere, true),
                (plus_jours(derniere, 1), false),
            ] {
                assert_eq!(
                    delai_de_saisie(date_fin, aujourdhui).is_ok(),
                    attendu,
                    "{aujourdhui}: {date_fin}"
                );
            }
        }
        assert_eq!(dates_de_fin_possibles(date(2026, 11, 23)), (date(2026, 8, 23), date(2027, 2, 23)));
        assert_eq!(dates_de_fin_possibles(date(2026, 2, 28)).1, date(2026, 5, 31));
    }

    #[test]
    fn une_session_se_saisit_de_trois_mois_avant_a_trois_mois_apres() {
        for (date_fin, premier, dernier) in [
            (date(2026, 5, 31), date(2026, 2, 28), date(2026, 8, 31)),
            (date(2026, 11, 30), date(2026, 8, 30), date(2027, 2, 28)),
            (date(2027, 11, 30), date(2027, 8, 30), date(2028, 2, 29)),
            (date(2028, 5, 29), date(2028, 2, 29), date(2028, 8, 29)),
            (date(2028, 2, 29), date(2027, 11, 29), date(2028, 5, 29)),
            (date(2026, 12, 31), date(2026, 9, 30), date(2027, 3, 31)),
            (date(2026, 3, 29), date(2025, 12, 29), date(2026, 6, 29)),
            (date(2026, 10, 25), date(2026, 7, 25), date(2027, 1, 25)),
        ] {
            assert_eq!(fenetre(date_fin), (premier, dernier), "fin {date_fin}");
            for (jour, attendu) in [
                (plus_jours(premier, -1), false),
                (premier, true),
                (dernier, true),
                (plus_jours(dernier, 1), false),
            ] {
                assert_eq!(delai_de_saisie(date_fin, jour).is_ok(), attendu, "fin {date_fin}, le {jour}");
            }
        }
    }
}

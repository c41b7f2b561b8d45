//! R16 « Seules les informations suivantes sont requises » (acteurs).
//!
//! The guide's screenshot is lost. Acteur: birth name, given names, birth day; from formateur on
//! the same and an e-mail address. Civilité and usage name are optional everywhere, and nothing
//! else is asked for.

use jiff::civil::Date;

use crate::dispositif::Niveau;
use crate::identite::{ChampIdentite, IdentiteSaisie, age};

/// Below this age on `date_fin` a warning is given.
pub const AGE_HABITUEL: i16 = 16;

/// The fields that the niveau requires and that are still missing, in the order of the form.
#[must_use]
pub fn champs_manquants(saisie: &IdentiteSaisie, niveau: Niveau) -> Vec<ChampIdentite> {
    let email_requis = match niveau {
        Niveau::Acteur => false,
        Niveau::Formateur | Niveau::FormateurDeFormateurs => true,
    };
    [
        (ChampIdentite::NomNaissance, saisie.nom_naissance.is_none()),
        (ChampIdentite::Prenom, saisie.prenom.is_none()),
        (ChampIdentite::DateNaissance, saisie.date_naissance.is_none()),
        (ChampIdentite::Email, email_requis && saisie.email.is_none()),
    ]
    .into_iter()
    .filter_map(|(champ, manque)| manque.then_some(champ))
    .collect()
}

/// Says whether somebody is younger on `date_fin` than people of these actions are: a warning.
#[must_use]
pub fn age_inhabituel(date_naissance: Date, date_fin: Date) -> bool {
    age(date_naissance, date_fin) < AGE_HABITUEL
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::identite::IdentiteBrute;

    #[test]
    fn un_acteur_donne_trois_informations_un_formateur_quatre() {
        use ChampIdentite::{DateNaissance, Email, NomNaissance, Prenom};
        let check = |donnees: [&str; 4], niveau: Niveau, attendu: &[ChampIdentite]| {
            let [nom, prenom, jour, email] = donnees.map(|texte| Some(texte.to_owned()));
            let brute = IdentiteBrute {
                nom_naissance: nom,
                prenom,
                date_naissance: jour,
                email,
                ..IdentiteBrute::default()
            };
            let saisie = brute.lire(date(2026, 5, 31)).expect("valid");
            assert_eq!(champs_manquants(&saisie, niveau), attendu, "{saisie:?}");
        };
        check(["Durand", "Léa", "1990-02-28", ""], Niveau::Acteur, &[]);
        check(["Durand", "Léa", "1990-02-28", ""], Niveau::Formateur, &[Email]);
        check(["Durand", "Léa", "1990-02-28", ""], Niveau::FormateurDeFormateurs, &[Email]);
        check(["Durand", "Léa", "1990-02-28", "a@b.fr"], Niveau::Formateur, &[]);
        check(["Durand", "Léa", "1990-02-28", "a@b.fr"], Niveau::FormateurDeFormateurs, &[]);
        check(["Durand", "", "1990-02-28", ""], Niveau::Acteur, &[Prenom]);
        check(["", "Léa", "", "a@b.fr"], Niveau::Formateur, &[NomNaissance, DateNaissance]);
        check(["", "", "", ""], Niveau::Acteur, &[NomNaissance, Prenom, DateNaissance]);
        check(["", "", "", ""], Niveau::Formateur, &[NomNaissance, Prenom, DateNaissance, Email]);
    }

    #[test]
    fn avant_seize_ans_l_age_est_inhabituel() {
        let fin = date(2026, 5, 31);
        assert!(age_inhabituel(date(2010, 6, 1), fin));
        assert!(!age_inhabituel(date(2010, 5, 31), fin));
        assert!(!age_inhabituel(date(1960, 1, 1), fin));
    }
}

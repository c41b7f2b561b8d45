//! Communes by code postal: what the program knows without asking anybody.
//!
//! `communes.txt` holds one code postal a line with its communes, from the Code officiel géographique (Insee)
//! and the table of codes postaux of the DGFiP, as packaged by the Base adresse nationale (`codes-postaux`
//! 4.1.2, MIT; data under Licence Ouverte 2.0). Arrondissements are given as their commune. Codes that are
//! not in it (Cedex, overseas collectivities) are taken as typed.

use std::collections::HashMap;
use std::sync::LazyLock;

use forprev_domain::regles::doublons::forme_normale;

static COMMUNES: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    include_str!("communes.txt").lines().filter_map(|ligne| ligne.split_once(' ')).collect()
});

/// The communes of a code postal, by name; none when it is not in the list.
pub(super) fn du_code_postal(code: &str) -> Vec<&'static str> {
    COMMUNES.get(code.trim()).map(|noms| noms.split('|').collect()).unwrap_or_default()
}

/// The commune as the list writes it, when what was typed is one of the code postal's.
pub(super) fn reconnaitre(code: &str, tapee: &str) -> Option<&'static str> {
    let tapee = forme(tapee);
    du_code_postal(code).into_iter().find(|nom| forme(nom) == tapee)
}

fn forme(nom: &str) -> String {
    let mots: Vec<String> = forme_normale(nom)
        .split(' ')
        .take_while(|mot| *mot != "cedex")
        .map(|mot| match mot {
            "st" => "saint".to_owned(),
            "ste" => "sainte".to_owned(),
            mot => mot.to_owned(),
        })
        .collect();
    mots.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn une_commune_est_reconnue_comme_on_l_ecrit() {
        for (code, tapee, attendue) in [
            ("49100", "ANGERS", Some("Angers")),
            ("49000", "angers cedex 01", Some("Angers")),
            ("75011", "paris", Some("Paris")),
            ("35400", "st malo", Some("Saint-Malo")),
            ("97400", "Saint Denis", Some("Saint-Denis")),
            ("98000", "Monaco", Some("Monaco")),
            ("49100", "Nantes", None),
            ("00000", "Angers", None),
        ] {
            assert_eq!(reconnaitre(code, tapee), attendue, "{code} {tapee}");
        }
        assert_eq!(du_code_postal(" 49100 "), ["Angers"]);
        assert!(du_code_postal("98800").is_empty());
    }
}

use jiff::civil::date;

use super::*;
use crate::feuilles::lecture::{coller, lire};

fn tableau() -> Tableau {
    let mut tableau = Tableau::new("Stagiaires", &["Nom d'usage", "Date", "Nombre", "Numéro"]);
    let texte = |texte: &str| Some(Cellule::de(texte));
    tableau.rangees.push(vec![
        texte("=1+1"),
        Some(Cellule::Jour(date(1990, 2, 28))),
        Some(Cellule::Nombre(12.0)),
        texte("dit « \"oui\" »; <a> & b"),
    ]);
    tableau.rangees.push(Vec::new());
    tableau.rangees.push(vec![texte("-D’Août"), Some(Cellule::Jour(date(1904, 1, 1))), None, texte("@x")]);
    tableau
}

#[test]
fn ce_qui_est_ecrit_se_relit() {
    for format in Format::TOUS {
        let lu = lire(&ecrire(format, &tableau()).expect("writes")).expect("reads");
        assert_eq!(lu.format, format);
        let rangees: Vec<(u32, Vec<String>)> = lu.feuilles[0]
            .rangees
            .iter()
            .map(|rangee| (rangee.ligne, rangee.cellules.values().map(Cellule::texte).collect()))
            .collect();
        let attendues = [
            (1, vec!["Nom d'usage", "Date", "Nombre", "Numéro"]),
            (2, vec!["=1+1", "28/02/1990", "12", "dit « \"oui\" »; <a> & b"]),
            (4, vec!["-D’Août", "01/01/1904", "@x"]),
        ];
        assert_eq!(rangees.len(), attendues.len(), "{format:?}");
        for ((ligne, cellules), (attendue, textes)) in rangees.iter().zip(attendues) {
            assert_eq!(
                (*ligne, cellules.iter().map(String::as_str).collect()),
                (attendue, textes),
                "{format:?}"
            );
        }
    }
}

#[test]
fn les_jours_et_les_nombres_sont_de_vraies_cellules() {
    for format in [Format::Xlsx, Format::Ods] {
        let lu = lire(&ecrire(format, &tableau()).expect("writes")).expect("reads");
        let cellules = &lu.feuilles[0].rangees[1].cellules;
        assert_eq!(cellules[&1], Cellule::Jour(date(1990, 2, 28)), "{format:?}");
        assert_eq!(cellules[&2], Cellule::Nombre(12.0), "{format:?}");
    }
}

#[test]
fn une_cellule_n_est_jamais_une_formule() {
    let check = |cellule: &str, attendu: &str| {
        let tableau = Tableau { rangees: vec![vec![Some(Cellule::de(cellule))]], ..Tableau::default() };
        let ecrit = String::from_utf8(csv::ecrire(&tableau)).expect("UTF-8");
        assert_eq!(ecrit, format!("\u{feff}{attendu}\r\n"));
        let relu = coller(&ecrit).expect("reads");
        assert_eq!(relu.feuilles[0].rangees[0].cellules[&0].texte(), cellule.trim());
    };
    check("=1+1", "'=1+1");
    check("+33", "'+33");
    check("-2", "'-2");
    check("@a", "'@a");
    check("\r=1", "\"'\r=1\"");
    check("N’Guessan", "N’Guessan");
    check("a;b", "\"a;b\"");
    check("dit \"oui\"", "\"dit \"\"oui\"\"\"");
}

#[test]
fn une_cellule_sans_valeur_connue_le_reste() {
    let fautes = [
        FauteDeCellule::FormuleSansValeur,
        FauteDeCellule::Booleen(true),
        FauteDeCellule::Booleen(false),
        FauteDeCellule::PasUnJour("NaN".to_owned()),
    ];
    let ecrites: Vec<Cellule> = fautes.into_iter().map(Cellule::Fautive).collect();
    let titres = vec![Some(Cellule::de("A")), Some(Cellule::de("B"))];
    let rangees = vec![titres, ecrites.iter().cloned().map(Some).collect()];
    let tableau = Tableau { nom: "F".to_owned(), rangees, ..Tableau::default() };
    for format in Format::TOUS {
        let lu = lire(&ecrire(format, &tableau).expect("writes")).expect("reads");
        let lues = &lu.feuilles[0].rangees[1].cellules;
        let erreur = Cellule::Texte("#VALEUR!".to_owned());
        for (rang, ecrite) in (0..).zip(&ecrites) {
            let attendue = if format == Format::Csv || rang == 3 { &erreur } else { ecrite };
            assert_eq!(&lues[&rang], attendue, "{format:?}");
        }
    }
}

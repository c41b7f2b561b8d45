//! 200 lines with twelve faults: exactly these are found, on their lines and in their columns, whatever the format,
//! the encoding and the separator.

use encoding_rs::WINDOWS_1252;
use forprev_web::feuilles::ecriture::{Tableau, ecrire};
use forprev_web::feuilles::{Cellule, Format};
use jiff::ToSpan as _;
use jiff::civil::date;
use serde_json::json;

use super::super::acteurs::Reseau;
use super::anomalies;

const TITRES: [&str; 7] = [
    "Civilité",
    "Nom de naissance",
    "Nom d'usage",
    "Prénom",
    "Date de naissance",
    "E-mail",
    "Numéro FORPREV",
];

/// What each faulty line has in place of what it should: line, column from 0, value.
pub(crate) const FAUTES: [(usize, usize, &str); 12] = [
    (5, 4, "31/02/1990"),
    (17, 3, ""),
    (23, 1, "Dup0nt"),
    (42, 0, "Docteur"),
    (58, 5, "nom@exemple"),
    (77, 6, "ABC12"),
    (90, 1, "comme la ligne 12"),
    (111, 4, "05/06/2020"),
    (120, 1, "un nom trop long"),
    (133, 4, "février 90"),
    (149, 1, "comme la ligne 148, à une lettre près"),
    (177, 1, "connue du registre"),
];

fn nom(rang: usize) -> String {
    const SYLLABES: [&str; 15] =
        ["ba", "co", "du", "fé", "gi", "lo", "ma", "né", "pi", "ro", "su", "ta", "vé", "zo", "ch"];
    let (a, b, c) = (SYLLABES[rang % 15], SYLLABES[rang / 15 % 15], SYLLABES[(rang * 7 + 3) % 15]);
    format!("M{a}{b}{c}eau")
}

fn jour(rang: usize) -> jiff::civil::Date {
    date(1960, 1, 1) + i64::try_from(rang * 41).expect("small").days()
}

/// The list as cells, headers included, without a fault.
pub(crate) fn sans_faute() -> Tableau {
    const PRENOMS: [&str; 6] = ["Anaïs", "Jean-Pierre", "Linh", "Inês", "Yacine", "Zoé"];
    let mut tableau = Tableau::new("Stagiaires", &TITRES);
    for rang in 0..200 {
        tableau.rangees.push(vec![
            texte(["Madame", "Monsieur", ""][rang % 3]),
            texte(&nom(rang)),
            None,
            texte(PRENOMS[rang % 6]),
            Some(Cellule::Jour(jour(rang))),
            texte(if rang % 4 == 0 { "quelqu.un@exemple.fr" } else { "" }),
            None,
        ]);
    }
    tableau
}

/// The same, with its twelve faults; the one of line 177 is known to the register.
pub(crate) fn avec_ses_fautes() -> Tableau {
    let mut tableau = sans_faute();
    for (ligne, colonne, valeur) in FAUTES {
        let rangee = ligne - 1;
        match ligne {
            90 => tableau.rangees[rangee] = tableau.rangees[11].clone(),
            149 => {
                tableau.rangees[rangee] = tableau.rangees[147].clone();
                tableau.rangees[rangee][1] = texte(&format!("{}x", nom(146)));
            }
            120 => tableau.rangees[rangee][colonne] = texte(&"Long".repeat(21)),
            177 => {
                tableau.rangees[rangee][1] = texte("Lefèvre");
                tableau.rangees[rangee][3] = texte("Anaïs");
                tableau.rangees[rangee][4] = Some(Cellule::Jour(date(1990, 2, 28)));
            }
            _ => tableau.rangees[rangee][colonne] = texte(valeur),
        }
    }
    tableau
}

fn texte(texte: &str) -> Option<Cellule> {
    Some(Cellule::de(texte)).filter(|cellule| !cellule.est_vide())
}

/// The list as a text, each row ended as Windows does.
pub(crate) fn lignes(tableau: &Tableau, separateur: &str) -> String {
    let cellule = |cellule: &Option<Cellule>| cellule.as_ref().map(Cellule::texte).unwrap_or_default();
    let ligne = |rangee: &Vec<Option<Cellule>>| {
        rangee.iter().map(cellule).collect::<Vec<_>>().join(separateur) + "\r\n"
    };
    tableau.rangees.iter().map(ligne).collect()
}

/// The list in every format, encoding and separator.
fn fichiers(tableau: &Tableau) -> Vec<(String, Vec<u8>)> {
    let mut fichiers: Vec<(String, Vec<u8>)> = Format::TOUS
        .into_iter()
        .map(|f| (format!("liste.{}", f.extension()), ecrire(f, tableau).expect("writes")))
        .collect();
    for (nom, separateur) in [("point-virgule", ";"), ("virgule", ","), ("tabulation", "\t")] {
        let texte = lignes(tableau, separateur);
        let windows = WINDOWS_1252.encode(&texte).0.into_owned();
        fichiers.push((format!("{nom}-utf8.csv"), texte.clone().into_bytes()));
        fichiers.push((format!("{nom}-marque.csv"), format!("\u{feff}{texte}").into_bytes()));
        fichiers.push((format!("{nom}-windows.csv"), windows));
    }
    fichiers
}

#[tokio::test]
async fn douze_fautes_en_200_lignes_sont_ces_douze_la() {
    let reseau = Reseau::ouvrir().await;
    let alix = reseau.gestionnaire("Alix").await;
    let ailleurs = alix.session_a_remplir().await;
    let connue = json!({ "nom_naissance": "Lefevre", "prenom": "Anaïs", "date_naissance": "1990-02-28" });
    alix.post(&format!("/sessions/{ailleurs}/stagiaires"), connue).await.expect(201);
    let session = alix.session_a_remplir().await;
    let chemin = format!("/sessions/{session}/import");
    let mut premier = None;
    for (nom, fichier) in fichiers(&avec_ses_fautes()) {
        let bilan =
            alix.importer(&format!("{chemin}?essai=true"), &nom, &fichier, &[]).await.expect(200).json();
        assert_eq!(bilan["lignes"], 200);
        assert_eq!(
            anomalies(&bilan),
            [
                "- - trop_de_stagiaires",
                "5 Date de naissance identite_invalide",
                "17 Prénom identite_incomplete",
                "23 Nom de naissance identite_invalide",
                "42 Civilité identite_invalide",
                "58 E-mail identite_invalide",
                "77 Numéro FORPREV identite_invalide",
                "90 Nom de naissance stagiaire_en_double",
                "111 Date de naissance identite_invalide",
                "120 Nom de naissance identite_invalide",
                "133 Date de naissance identite_invalide",
                "149 Numéro FORPREV doublon_a_trancher",
                "177 Numéro FORPREV doublon_a_trancher",
            ],
            "{nom}"
        );
        // In the same words, whatever the file.
        assert_eq!(&bilan["anomalies"], premier.get_or_insert(bilan["anomalies"].clone()), "{nom}");
        let refus = alix.importer(&chemin, &nom, &fichier, &[]).await.refuse(422, "liste_a_corriger").json();
        assert_eq!(refus["anomalies"], bilan["anomalies"], "{nom}");
    }
    let vue = alix.get(&format!("/sessions/{session}")).await.expect(200).json();
    assert_eq!(vue["stagiaires"], json!([]));
}

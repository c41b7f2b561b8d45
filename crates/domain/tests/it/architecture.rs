//! The walls between the crates, read from the sources themselves.

use std::fs;
use std::path::{Path, PathBuf};

use crate::documents::racine;

/// What the domain may stand on: crates that neither read nor write anything.
const PURES: [&str; 6] = ["any_ascii", "jiff", "serde", "strsim", "unicode-normalization", "uuid"];
/// Lines that a file has at most.
const LONGUEUR: usize = 400;
/// Those that are longer: tables of data, and what is still to be parted.
const PLUS_LONGS: [&str; 6] = [
    "crates/store/src/certificats.rs",
    "crates/web/src/api/openapi/objets.rs",
    "crates/web/src/api/openapi/routes.rs",
    "crates/web/src/demo/sessions.rs",
    "crates/web/src/error.rs",
    "crates/web/tests/it/certificats.rs",
];

/// All sources of the crates, as (path from the root, text).
pub(crate) fn sources(dossier: &str, extension: &str) -> Vec<(String, String)> {
    let mut fichiers = Vec::new();
    parcourir(&racine().join(dossier), extension, &mut fichiers);
    fichiers.sort();
    let relatif = |fichier: &Path| {
        let relatif = fichier.strip_prefix(racine()).unwrap_or(fichier);
        relatif.to_string_lossy().replace('\\', "/")
    };
    fichiers
        .iter()
        .map(|fichier| (relatif(fichier), fs::read_to_string(fichier).unwrap_or_default()))
        .collect()
}

fn parcourir(dossier: &Path, extension: &str, fichiers: &mut Vec<PathBuf>) {
    for entree in fs::read_dir(dossier).into_iter().flatten().flatten() {
        let chemin = entree.path();
        if chemin.is_dir() {
            let passe = chemin.file_name().is_some_and(|nom| nom == "target" || nom == "node_modules");
            if !passe {
                parcourir(&chemin, extension, fichiers);
            }
        } else if chemin.extension().is_some_and(|trouvee| trouvee == extension) {
            fichiers.push(chemin);
        }
    }
}

fn check(quoi: &str, fautes: Vec<String>) {
    assert!(fautes.is_empty(), "{quoi} :\n{}", fautes.join("\n"));
}

/// The lines of these sources of which `faute` is true, comments left out.
fn lignes(sources: &[(String, String)], faute: impl Fn(&str) -> bool) -> Vec<String> {
    let mut trouvees = Vec::new();
    for (chemin, texte) in sources {
        for (rang, ligne) in texte.lines().enumerate() {
            if !ligne.trim_start().starts_with("//") && faute(ligne) {
                trouvees.push(format!("{chemin}:{}: {}", rang + 1, ligne.trim()));
            }
        }
    }
    trouvees
}

#[test]
fn le_domaine_ne_depend_que_de_crates_purs() {
    let manifeste = fs::read_to_string(racine().join("crates/domain/Cargo.toml")).expect("a manifest");
    let dependances =
        manifeste.split("[dependencies]").nth(1).expect("dependencies").split("\n[").next().unwrap_or("");
    let noms = dependances
        .lines()
        .filter_map(|ligne| ligne.split(['.', '=', ' ']).next())
        .filter(|nom| !nom.is_empty());
    let etrangers = noms.filter(|nom| !PURES.contains(nom)).map(str::to_owned).collect();
    check("le domaine dépend de", etrangers);
}

#[test]
fn le_domaine_n_a_ni_horloge_ni_entree_ni_sortie() {
    let interdits = [
        "std::fs",
        "std::net",
        "std::env",
        "std::io",
        "std::thread",
        "std::time",
        "async fn",
        "println!",
        "::now(",
    ];
    let fautes =
        lignes(&sources("crates/domain/src", "rs"), |ligne| interdits.iter().any(|mot| ligne.contains(mot)));
    check("le domaine lit ou écrit", fautes);
}

#[test]
fn le_sql_ne_se_trouve_que_dans_store() {
    let verbes =
        ["SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM ", "CREATE TABLE ", "ALTER TABLE ", "PRAGMA "];
    let debut = |ligne: &str, verbe: &str| {
        ligne.contains(&format!("\"{verbe}")) || ligne.trim_start().starts_with(verbe)
    };
    let mut hors_de_store = Vec::new();
    for dossier in ["crates/domain/src", "crates/web/src", "crates/pdf/src"] {
        hors_de_store.extend(sources(dossier, "rs"));
    }
    let fautes = lignes(&hors_de_store, |ligne| verbes.iter().any(|verbe| debut(ligne, verbe)));
    check("du SQL hors de crates/store", fautes);
    let pilotes =
        lignes(&hors_de_store, |ligne| ligne.contains("rusqlite::") || ligne.contains("postgres::"));
    check("un pilote hors de crates/store", pilotes);
}

#[test]
fn l_horloge_ne_se_lit_qu_a_un_endroit() {
    let mut tout = Vec::new();
    for dossier in ["crates/domain/src", "crates/store/src", "crates/web/src", "crates/pdf/src"] {
        tout.extend(sources(dossier, "rs"));
    }
    tout.retain(|(chemin, _)| chemin != "crates/web/src/clock.rs");
    let horloges = ["Timestamp::now", "Zoned::now", "SystemTime::now"];
    let fautes = lignes(&tout, |ligne| horloges.iter().any(|horloge| ligne.contains(horloge)));
    check("l’horloge est lue hors de web/src/clock.rs", fautes);
    let sql = lignes(&sources("crates/store", "sql"), |ligne| {
        let ligne = ligne.to_uppercase();
        ["NOW()", "CURRENT_TIMESTAMP", "CURRENT_DATE", "DATETIME('NOW"]
            .iter()
            .any(|horloge| ligne.contains(horloge))
    });
    check("l’horloge est lue en SQL", sql);
}

#[test]
fn rien_n_est_tu_sans_raison() {
    let fautes = lignes(&sources("crates", "rs"), |ligne| {
        let ligne = ligne.trim_start();
        ligne.starts_with("#[allow(") || ligne.starts_with("#![allow(") || ligne.starts_with("#[ignore")
    });
    check("un avertissement tu, un test passé", fautes);
}

#[test]
fn seuls_les_fichiers_nommes_sont_longs() {
    let longs = sources("crates", "rs").into_iter().filter(|(_, texte)| texte.lines().count() > LONGUEUR);
    let mut chemins = longs.map(|(chemin, _)| chemin).collect::<Vec<_>>();
    chemins.sort();
    assert_eq!(chemins, PLUS_LONGS, "un second sujet est-il entré dans un fichier ?");
}

//! Every word of the public names is in `GLOSSAIRE.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::architecture::sources;
use crate::documents::racine;

/// The crates whose public names are read.
const CRATES: [&str; 4] = ["crates/domain/src", "crates/store/src", "crates/pdf/src", "crates/web/src"];
/// What makes a name public.
const DEBUTS: [&str; 9] = [
    "pub async fn ",
    "pub const fn ",
    "pub fn ",
    "pub struct ",
    "pub enum ",
    "pub trait ",
    "pub mod ",
    "pub const ",
    "pub type ",
];

/// The words of a name, in small letters: parted at `_` and before each capital.
fn mots(nom: &str) -> Vec<String> {
    let mut mots = Vec::new();
    for part in nom.split(|c: char| !c.is_ascii_alphabetic()).filter(|part| !part.is_empty()) {
        if part.bytes().all(|c| c.is_ascii_uppercase()) {
            mots.push(part.to_ascii_lowercase());
            continue;
        }
        let mut mot = String::new();
        for c in part.chars() {
            if c.is_ascii_uppercase() && !mot.is_empty() {
                mots.push(std::mem::take(&mut mot));
            }
            mot.push(c.to_ascii_lowercase());
        }
        mots.push(mot);
    }
    mots
}

fn nom_au_debut(texte: &str) -> &str {
    let fin = texte.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(texte.len());
    &texte[..fin]
}

/// The public names of a source, the variants of public enums included.
fn noms_publics(texte: &str) -> Vec<&str> {
    let mut noms = Vec::new();
    let mut variantes: Option<usize> = None;
    for ligne in texte.lines() {
        let debut = ligne.trim_start();
        let marge = ligne.len() - debut.len();
        if let Some(reste) = DEBUTS.iter().find_map(|mot| debut.strip_prefix(mot)) {
            noms.push(nom_au_debut(reste));
            if debut.starts_with("pub enum ") && debut.ends_with('{') {
                variantes = Some(marge);
            }
        } else if let Some(enumeration) = variantes {
            if marge == enumeration && debut.starts_with('}') {
                variantes = None;
            } else if marge == enumeration + 4 && debut.starts_with(|c: char| c.is_ascii_uppercase()) {
                noms.push(nom_au_debut(debut));
            }
        }
    }
    noms
}

fn mots_du_glossaire() -> BTreeSet<String> {
    let texte = fs::read_to_string(racine().join("GLOSSAIRE.md")).expect("the glossary");
    texte.split('`').skip(1).step_by(2).flat_map(mots).collect()
}

/// True when the word is known as it is, or without the mark of a plural, a feminine or an infinitive.
fn est_connu(mot: &str, connus: &BTreeSet<String>) -> bool {
    let marques = ["", "s", "e", "es", "x", "r"];
    marques.iter().filter_map(|marque| mot.strip_suffix(marque)).any(|racine| connus.contains(racine))
}

#[test]
fn chaque_mot_des_noms_publics_est_au_glossaire() {
    let connus = mots_du_glossaire();
    let mut manquent: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (chemin, texte) in CRATES.iter().flat_map(|dossier| sources(dossier, "rs")) {
        for nom in noms_publics(&texte) {
            for mot in mots(nom).into_iter().filter(|mot| !est_connu(mot, &connus)) {
                manquent.entry(mot).or_default().insert(format!("{nom} ({chemin})"));
            }
        }
    }
    let lignes: Vec<_> = manquent
        .iter()
        .map(|(mot, noms)| format!("  `{mot}` : {}", noms.iter().next().expect("a name")))
        .collect();
    assert!(
        manquent.is_empty(),
        "words that are not in GLOSSAIRE.md (a row for a French word; the list at its end for an English one):\n{}",
        lignes.join("\n")
    );
}

#[test]
fn un_nom_se_coupe_en_mots() {
    for (nom, attendu) in [
        ("delai_de_saisie", "delai de saisie"),
        ("AvantLaDateDeFin", "avant la date de fin"),
        ("JOURS_D_ALERTE", "jours d alerte"),
        ("R2", "r"),
        ("NumeroCertificat", "numero certificat"),
    ] {
        assert_eq!(mots(nom).join(" "), attendu);
    }
    let source = "pub enum Etat {\n    /// Une.\n    Soumise {\n        a: Numero,\n    },\n    Brouillon,\n}\nfn prive() {}\n";
    assert_eq!(noms_publics(source), ["Etat", "Soumise", "Brouillon"]);
}

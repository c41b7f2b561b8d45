use super::*;

#[test]
fn la_forme_normale_ramene_chaque_lettre_latine_a_ses_lettres_de_base() {
    let check = |nom: &str, attendu: &str| assert_eq!(forme_normale(nom), attendu, "{nom}");
    check("Lefèvre", "lefevre");
    check("LEFÈVRE", "lefevre");
    check("Jean-Pierre", "jean pierre");
    check("  Jean   Pierre ", "jean pierre");
    check("Jean - Pierre", "jean pierre");
    check("D’Angelo", "d angelo");
    check("d'Angelo", "d angelo");
    check("Cœur", "coeur");
    check("ŒUVRARD", "oeuvrard");
    check("Lætitia", "laetitia");
    check("Strauß", "strauss");
    check("STRAUẞ", "strauss");
    check("Łukasz", "lukasz");
    check("Søren", "soren");
    check("Şahin", "sahin");
    check("Erdoğan", "erdogan");
    check("Işık", "isik");
    check("İpek", "ipek");
    check("Ðorđević", "dordevic");
    check("Þór", "thor");
    check("Núñez", "nunez");
    check("Kovács-Szőke", "kovacs szoke");
    check("Nguyễn", "nguyen");
    check("Dvořák", "dvorak");
    check("Țepeș", "tepes");
    check("Ɔkɔ", "oko");
    check("M\u{303}ara", "mara");
    check("'-", "");
    check("Ƹ", "ƹ");
}

/// The pairs, each under the heading of its verdict and kind.
const PAIRES: &str = include_str!("paires.txt");

#[test]
fn chaque_paire_de_la_table_a_son_verdict() {
    let mut attendu = Verdict::Non;
    for ligne in PAIRES.lines() {
        if let Some((code, _)) = ligne.strip_prefix("== ").and_then(|titre| titre.split_once(" : ")) {
            attendu = [Verdict::Certain, Verdict::Possible, Verdict::Non]
                .into_iter()
                .find(|verdict| verdict.code() == code)
                .expect("a verdict");
        } else if !ligne.is_empty() && !ligne.starts_with('#') {
            check(ligne, attendu);
        }
    }
}

#[test]
fn ce_qui_ne_se_voit_pas_ne_change_rien() {
    check("Lefe\u{300}vre, Anai\u{308}s ~ Lefèvre, Anaïs", Verdict::Certain);
    check("Lefèvre,\u{a0}Anaïs ~ Lefèvre, Anaïs", Verdict::Certain);
    check("Jean\u{202f}Pierre, Zoé ~ Jean-Pierre, Zoé", Verdict::Certain);
    check("Jean\u{2011}Pierre, Zoé ~ Jean-Pierre, Zoé", Verdict::Certain);
}

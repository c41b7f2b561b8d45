//! The text of a file, as it is extracted.

use forprev_domain::certificat::Imprime;

use crate::exemple;
use crate::lecteurs::flat;
use crate::titulaires::titulaires;

#[test]
fn le_texte_se_relit_dans_l_ordre() {
    let texte = flat(&forprev_pdf::certificat(&exemple::acteur()));
    let mut rest = texte.as_str();
    for attendu in [
        "Service des certifications de prévention",
        "Certificat",
        "Sauveteur secouriste du travail",
        "SST, niveau acteur",
        "Madame",
        "Anaïs Lefèvre-Quintard",
        "née le 12 mars 1984, numéro FORPREV JKA37899",
        "a suivi la formation initiale de 14 heures, les 19 et 20 novembre 2026 à Angers, et satisfait aux épreuves",
        "Valable jusqu’au 20 novembre 2028",
        "Organisme de formation Ardoise Formation habilitation n° H-4907",
        "Formateur Karim BENALI n° BNL40217",
        "Délivré le 23 novembre 2026",
        "Pour le service, la directrice Hélène Marchand",
        "Scellé électroniquement",
        "Certificat n° SST-A-26-7F3K9-QXMW2",
        "À vérifier sur forprev.example/verifier",
        "Aucun duplicata ne sera délivré pour le niveau acteur.",
        "forprev.example/donnees",
    ] {
        let at =
            rest.find(attendu).unwrap_or_else(|| panic!("« {attendu} » missing or out of order in {texte}"));
        rest = &rest[at + attendu.len()..];
    }
    assert!(!texte.contains("SPÉCIMEN"));
}

#[test]
fn les_variantes_disent_ce_qu_elles_doivent() {
    let check = |imprime, oui: &[&str], non: &[&str]| {
        let texte = flat(&forprev_pdf::certificat(&imprime));
        oui.iter().for_each(|s| assert!(texte.contains(s), "« {s} » missing in {texte}"));
        non.iter().for_each(|s| assert!(!texte.contains(s), "« {s} » found in {texte}"));
    };
    let formateur = [
        "Sans limite de durée",
        "niveau formateur",
        "né(e) le",
        "nom d’usage d’Aubigné",
        "(MAC)",
        "au Mans",
        "le 1er mars 2026",
        "Nguyễn",
    ];
    check(
        exemple::formateur(),
        &formateur,
        &["duplicata", "Valable jusqu’au", "Pour le service", "habilitation"],
    );
    check(exemple::noms_longs(), &["SPÉCIMEN – sans valeur", "Œnone Łucja Gülşen"], &["Scellé"]);
    check(
        exemple::lettres(),
        &["Łucja Nguyễn Phạm Ǆemal ș ț ẞ Ĩĵǚ M̄ea̪ Żółć-D’Artagnan Œşőñ", "Ðorđe Ɖå Ⅳ 漢"],
        &[],
    );
}

#[test]
fn every_latin_letter_reads_as_itself() {
    let letters = ('\u{c0}'..='\u{24f}').chain('\u{1e00}'..='\u{1eff}').chain('\u{2c60}'..='\u{2c7f}');
    let letters: Vec<char> = letters.chain('\u{a722}'..='\u{a76f}').filter(|c| c.is_alphabetic()).collect();
    let imprimes: Vec<_> = letters
        .chunks(30)
        .map(|chunk| {
            let mut prenom: String = chunk.iter().flat_map(|c| [*c, ' ']).collect();
            prenom.truncate(prenom.trim_end().len());
            Imprime { prenom, ..exemple::acteur() }
        })
        .collect();
    let texte = flat(&forprev_pdf::certificats(&imprimes));
    for imprime in &imprimes {
        assert!(texte.contains(&imprime.prenom), "« {} » missing in {texte}", imprime.prenom);
    }
}

#[test]
fn the_names_read_as_they_were_typed_however_they_are_set() {
    let imprimes: Vec<_> = titulaires().take(400).collect();
    let texte = flat(&forprev_pdf::certificats(&imprimes));
    let mut rest = texte.as_str();
    for imprime in &imprimes {
        let names = format!("{} {}", imprime.prenom, imprime.nom_naissance);
        let expected = [Some(names), imprime.nom_usage.as_ref().map(|nom| format!("nom d’usage {nom},"))];
        for expected in expected.into_iter().flatten() {
            let at = rest.find(&expected);
            let at =
                at.unwrap_or_else(|| panic!("« {expected} » missing in {}", &rest[..rest.len().min(1500)]));
            rest = &rest[at + expected.len()..];
        }
    }
}

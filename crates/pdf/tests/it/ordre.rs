//! The order in which other programs read a page: title, name, dates, number.

use forprev_domain::certificat::Imprime;
use unicode_normalization::UnicodeNormalization;

use crate::exemple;
use crate::lecteurs::{Fichier, run};
use crate::titulaires::titulaires;

/// The text of one page read in this way, on one line.
fn read(file: &Fichier, mode: &[&str]) -> String {
    let text = run("pdftotext", &[mode, &["-enc", "UTF-8"]].concat(), &file.chemin(), &["-"]);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn check_order(text: &str, expected: &[String], case: &str) {
    let mut rest = text;
    for expected in expected {
        let at = rest.find(expected.as_str());
        let at = at.unwrap_or_else(|| panic!("{case}: « {expected} » is missing or too early in {text}"));
        rest = &rest[at + expected.len()..];
    }
}

/// First word of the title, names, end of validity, number: in each way of reading.
fn check(imprime: &Imprime) {
    let file = Fichier::new(&forprev_pdf::certificat(imprime));
    let titre = imprime.libelle.split(' ').next().unwrap_or_default().to_owned();
    let noms = format!("{} {}", imprime.prenom, imprime.nom_naissance);
    let fin = imprime.valable_jusqu_au.map_or("Sans limite", |_| "Valable jusqu’au").to_owned();
    let numero = &imprime.numero_certificat;
    for mode in [&[][..], &["-raw"]] {
        let expected = [titre.clone(), noms.clone(), fin.clone(), numero.clone()];
        check_order(&read(&file, mode), &expected, &format!("{numero} {mode:?}"));
    }
    // As it stands on the page, what is beside a name of several lines is between them.
    let premier = imprime.prenom.split([' ', '-']).next().unwrap_or_default().to_owned();
    if premier.chars().count() < 20 {
        let expected = [titre, premier, fin, numero.clone()];
        check_order(&read(&file, &["-layout"]), &expected, &format!("{numero} layout"));
    }
}

#[test]
fn title_name_dates_and_number_come_in_this_order_however_a_page_is_read() {
    for (_, imprime) in exemple::variantes() {
        check(&imprime);
    }
    titulaires().take(16).for_each(|imprime| check(&imprime));
}

/// What the structure says, on one line, without what is not seen.
fn structure(imprime: &Imprime) -> String {
    let file = Fichier::new(&forprev_pdf::certificat(imprime));
    let said = run("pdfinfo", &["-struct-text", "-enc", "UTF-8"], &file.chemin(), &[]);
    let texts = said.lines().filter_map(|line| line.trim().strip_prefix('"')?.strip_suffix('"'));
    let texts: String = texts.collect::<Vec<_>>().concat();
    texts.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').nfc().collect()
}

#[test]
fn the_structure_loses_no_word() {
    for imprime in exemple::variantes().into_iter().map(|(_, imprime)| imprime).chain(titulaires().take(16)) {
        let tight = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).nfc().collect() };
        let usage = imprime.nom_usage.as_deref().map(|nom| tight(&format!("nom d’usage {nom},")));
        let expected = [
            Some(tight(&imprime.libelle)),
            Some(tight(&format!("{} {}", imprime.prenom, imprime.nom_naissance))),
            usage,
            Some(tight(&format!("numéro FORPREV {}", imprime.numero_forprev))),
            Some("satisfaitauxépreuvesdecertification.".to_owned()),
            Some(tight(&imprime.numero_certificat)),
        ];
        let expected: Vec<String> = expected.into_iter().flatten().collect();
        check_order(&structure(&imprime), &expected, &imprime.numero_certificat);
    }
}

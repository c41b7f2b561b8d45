//! The files as others read them: Poppler, qpdf, zbar.

use forprev_domain::certificat::Imprime;

use crate::exemple;
use crate::lecteurs::{Fichier, run};
use crate::titulaires::titulaires;

#[test]
fn every_file_is_sound_and_its_fonts_embedded() {
    for (name, imprime) in exemple::variantes() {
        let file = Fichier::new(&forprev_pdf::certificat(&imprime));
        run("qpdf", &["--check"], &file.chemin(), &[]);
        let fonts = run("pdffonts", &[], &file.chemin(), &[]);
        let fonts: Vec<&str> = fonts.lines().skip(2).collect();
        assert!(fonts.len() >= 2, "{name}");
        for font in fonts {
            let columns: Vec<&str> = font.split_whitespace().rev().collect();
            assert_eq!(columns[2..5], ["yes"; 3], "{name}: embedded, subset, readable: {font}");
        }
        let info = run("pdfinfo", &[], &file.chemin(), &[]);
        for expected in ["Pages:           1", "A4", "Title:           Certificat "] {
            assert!(info.contains(expected), "{name}: {expected} in {info}");
        }
        assert!(info.contains(&imprime.service), "{name}");
    }
}

/// Reads the code of a page drawn at 100 dots an inch in grey.
fn check_code(name: &str, imprime: &Imprime) {
    let file = Fichier::new(&forprev_pdf::certificat(imprime));
    let picture = file.dossier.join("page");
    let target = picture.to_string_lossy();
    run("pdftoppm", &["-r", "100", "-gray", "-singlefile"], &file.chemin(), &[&target]);
    let read = run("zbarimg", &["-q", "--raw", "--nodbus"], &picture.with_extension("pgm"), &[]);
    let enonce = imprime.enonce.as_deref().map(|enonce| format!("#{enonce}")).unwrap_or_default();
    let expected = format!("https://{}/{}{enonce}", imprime.adresse_verification, imprime.numero_certificat);
    assert_eq!(read.trim(), expected, "{name}");
}

#[test]
fn the_code_is_read_at_100_dots_an_inch_in_grey() {
    for (name, imprime) in exemple::variantes() {
        check_code(name, &imprime);
    }
}

/// Up to 77 modules on a side.
#[test]
fn a_code_that_says_much_is_read_as_well() {
    for length in [150, 200, 250, 280, 300, 330, 370] {
        let said: String = ('a'..='z').chain('A'..='Z').cycle().step_by(7).take(length).collect();
        let adresse_verification = format!("forprev.example/verifier#{said}");
        check_code(&length.to_string(), &Imprime { adresse_verification, ..exemple::acteur() });
    }
}

#[test]
fn several_certificates_are_one_file_with_bookmarks() {
    let imprimes: Vec<_> = exemple::variantes().into_iter().map(|(_, imprime)| imprime).collect();
    let bytes = forprev_pdf::certificats(&imprimes);
    let one: usize = imprimes.iter().map(|imprime| forprev_pdf::certificat(imprime).len()).sum();
    assert!(bytes.len() < one / 2, "fonts and drawings are shared");
    let file = Fichier::new(&bytes);
    run("qpdf", &["--check"], &file.chemin(), &[]);
    let info = run("pdfinfo", &[], &file.chemin(), &[]);
    assert!(info.contains(&format!("Pages:           {}", imprimes.len())), "{info}");
    let page = run("pdftotext", &["-raw", "-f", "2", "-l", "2"], &file.chemin(), &["-"]);
    assert!(page.contains("Nguyễn"), "in order: {page}");
    let json = run("qpdf", &["--json", "--json-key=outlines"], &file.chemin(), &[]);
    assert_eq!(json.matches("\"title\"").count(), imprimes.len());
    assert!(json.contains("Zoé Marie NGUYỄN, PRAP-IBC-F-26-2B8D0-ZT4Y7"), "{json}");

    let none = Fichier::new(&forprev_pdf::certificats(&[]));
    run("qpdf", &["--check"], &none.chemin(), &[]);
}

#[test]
fn ten_cards_are_on_a_sheet_and_each_code_is_read() {
    let names = titulaires().take(11);
    let imprimes: Vec<_> = names.map(|imprime| Imprime { specimen: false, ..imprime }).collect();
    let file = Fichier::new(&forprev_pdf::cartes(&imprimes));
    let info = run("pdfinfo", &["-f", "1", "-l", "2"], &file.chemin(), &[]);
    assert!(info.contains("Pages:           2") && info.matches("(A4)").count() == 2, "{info}");
    let picture = file.dossier.join("page");
    run("pdftoppm", &["-r", "150", "-gray", "-singlefile"], &file.chemin(), &[&picture.to_string_lossy()]);
    let read = run("zbarimg", &["-q", "--raw", "--nodbus"], &picture.with_extension("pgm"), &[]);
    for imprime in &imprimes[..10] {
        assert!(read.contains(&imprime.numero_certificat), "{} in {read}", imprime.numero_certificat);
    }
    let alone = run("pdfinfo", &[], &Fichier::new(&forprev_pdf::carte(&imprimes[0])).chemin(), &[]);
    assert!(alone.contains("Pages:           1"), "{alone}");
}

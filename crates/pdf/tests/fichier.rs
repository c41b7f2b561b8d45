//! The files as others read them: Poppler, qpdf, zbar. And a golden of their bytes.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use sha2::{Digest, Sha256};

#[path = "../src/exemple.rs"]
mod exemple;

/// A file in a folder of its own, erased at the end.
struct Fichier {
    dossier: PathBuf,
}

impl Fichier {
    fn new(bytes: &[u8]) -> Self {
        static LAST: AtomicU32 = AtomicU32::new(0);
        let rank = LAST.fetch_add(1, Ordering::Relaxed);
        let dossier = std::env::temp_dir().join(format!("forprev-pdf-{}-{rank}", std::process::id()));
        std::fs::create_dir_all(&dossier).unwrap();
        std::fs::write(dossier.join("f.pdf"), bytes).unwrap();
        Self { dossier }
    }

    fn chemin(&self) -> PathBuf {
        self.dossier.join("f.pdf")
    }
}

impl Drop for Fichier {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.dossier);
    }
}

fn run(command: &str, args: &[&str], file: &Path, last: &[&str]) -> String {
    let done = Command::new(command).args(args).arg(file).args(last).output();
    let done = done.unwrap_or_else(|e| panic!("{command} is needed by this test: {e}"));
    let (out, err) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success(), "{command}: {out}{err}");
    out.into_owned()
}

fn text(bytes: &[u8]) -> String {
    run("pdftotext", &["-raw", "-enc", "UTF-8"], &Fichier::new(bytes).chemin(), &["-"])
}

/// The text on one line, whatever the lines of the page.
fn flat(bytes: &[u8]) -> String {
    text(bytes).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A change here changes the bytes of every certificate: say so in the changelog.
#[test]
fn the_bytes_are_those_of_the_golden() {
    let lines: Vec<String> = exemple::variantes()
        .into_iter()
        .map(|(name, imprime)| {
            let bytes = forprev_pdf::certificat(&imprime);
            assert!(bytes == forprev_pdf::certificat(&imprime), "{name}: twice the same bytes");
            let digest: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
            format!("{name} {digest}")
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

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
        "Anaïs LEFÈVRE-QUINTARD",
        "née le 12 mars 1984, numéro FORPREV JKA37899",
        "a suivi la formation initiale de 14 heures, les 19 et 20 novembre 2026 à Angers, et satisfait aux épreuves",
        "Valable jusqu’au 20 novembre 2028",
        "Organisme de formation Ardoise Formation habilitation n° H-4907",
        "Formateur Karim BENALI n° BNL40217",
        "Délivré le 23 novembre 2026",
        "Certificat n° SST-A-26-7F3K9-QXMW2",
        "À vérifier sur forprev.example/verifier",
        "Pour le service, la directrice Hélène Marchand",
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
        "nom d’usage D’AUBIGNÉ",
        "(MAC)",
        "au Mans",
        "le 1er mars 2026",
        "NGUYỄN",
    ];
    check(
        exemple::formateur(),
        &formateur,
        &["duplicata", "Valable jusqu’au", "Pour le service", "habilitation"],
    );
    check(exemple::noms_longs(), &["SPÉCIMEN – sans valeur", "Œnone Łucja Gülşen"], &["Scellé"]);
    check(
        exemple::lettres(),
        &["Łucja Nguyễn Phạm Ǆemal ș ț ẞ Ĩĵǚ M̄ea̪ ŻÓŁĆ-D’ARTAGNAN ŒŞŐÑ", "ÐORĐE ƉÅ Ⅳ 漢"],
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
            forprev_domain::certificat::Imprime { prenom, ..exemple::acteur() }
        })
        .collect();
    let texte = flat(&forprev_pdf::certificats(&imprimes));
    for imprime in &imprimes {
        assert!(texte.contains(&imprime.prenom), "« {} » missing in {texte}", imprime.prenom);
    }
}

#[test]
fn the_code_is_read_at_100_dots_an_inch_in_grey() {
    for (name, imprime) in exemple::variantes() {
        let file = Fichier::new(&forprev_pdf::certificat(&imprime));
        let picture = file.dossier.join("page");
        let target = picture.to_string_lossy();
        run("pdftoppm", &["-r", "100", "-gray", "-singlefile"], &file.chemin(), &[&target]);
        let read = run("zbarimg", &["-q", "--raw", "--nodbus"], &picture.with_extension("pgm"), &[]);
        let expected = format!("https://{}/{}", imprime.adresse_verification, imprime.numero_certificat);
        assert_eq!(read.trim(), expected, "{name}");
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
    assert!(page.contains("NGUYỄN"), "in order: {page}");
    let json = run("qpdf", &["--json", "--json-key=outlines"], &file.chemin(), &[]);
    assert_eq!(json.matches("\"title\"").count(), imprimes.len());
    assert!(json.contains("Zoé Marie NGUYỄN, PRAP-IBC-F-26-2B8D0-ZT4Y7"), "{json}");

    let none = Fichier::new(&forprev_pdf::certificats(&[]));
    run("qpdf", &["--check"], &none.chemin(), &[]);
}

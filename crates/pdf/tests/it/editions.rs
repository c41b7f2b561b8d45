//! A file that was handed out comes back byte for byte, years later: each edition of the drawing keeps records as
//! the database stores them, and the digests of their files, unsealed.
//!
//! `FORPREV_ECRIRE_EDITION=1 cargo test -p forprev-pdf --test it editions` writes the digests anew: only for an
//! edition that no installation has used yet. Otherwise make a new one: `docs/certificat.md`.

use std::fs;
use std::path::PathBuf;

use forprev_domain::certificat::{Edition, Imprime};
use sha2::{Digest, Sha256};

fn folder(edition: Edition) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/editions/{}", edition.numero()))
}

/// The records kept of an edition, by name.
fn records(edition: Edition) -> Vec<(String, Imprime)> {
    let entries = fs::read_dir(folder(edition)).expect("each edition has records");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut paths: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|e| e == "json")).collect();
    paths.sort();
    let read = |path: PathBuf| {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let record = serde_json::from_str(&fs::read_to_string(&path).expect("is there"));
        (name, record.unwrap_or_else(|e| panic!("{}: {e}", path.display())))
    };
    paths.into_iter().map(read).collect()
}

#[test]
fn the_files_of_every_edition_come_back_byte_for_byte() {
    for edition in Edition::TOUTES {
        let records = records(edition);
        assert!(records.len() >= 5 && records.iter().all(|(_, record)| record.edition == edition));
        let digests = records.iter().map(|(name, record)| {
            let file = forprev_pdf::certificat(record);
            assert!(file == forprev_pdf::certificat(record), "{name}: twice the same bytes");
            let digest: String = Sha256::digest(&file).iter().map(|byte| format!("{byte:02x}")).collect();
            format!("{digest}  {name}\n")
        });
        let digests: String = digests.collect();
        let kept = folder(edition).join("empreintes.txt");
        if std::env::var_os("FORPREV_ECRIRE_EDITION").is_some() && edition == Edition::COURANTE {
            fs::write(&kept, &digests).expect("writes");
        }
        assert_eq!(
            digests,
            fs::read_to_string(&kept).expect("was written"),
            "edition {} draws other bytes: files that were handed out would not come back, and their seals would \
             not fit. A change of the drawing needs a new edition: see docs/certificat.md",
            edition.numero()
        );
    }
}

#[test]
fn a_record_of_before_there_were_editions_is_of_the_first() {
    let stored = fs::read_to_string(folder(Edition::Premiere).join("acteur.json")).expect("is there");
    assert!(!stored.contains("\"edition\""));
    let record: Imprime = serde_json::from_str(&stored).expect("reads");
    assert_eq!(record.edition, Edition::Premiere);
    assert!(serde_json::to_string(&record).expect("writes").contains("\"edition\":1"));
    let later = stored.replacen('{', "{\"edition\":99,", 1);
    assert!(serde_json::from_str::<Imprime>(&later).is_err(), "drawn by a later program only");
}

//! Other programs, as readers of a file.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

/// A file in a folder of its own, erased at the end.
pub(crate) struct Fichier {
    pub(crate) dossier: PathBuf,
}

impl Fichier {
    pub(crate) fn new(bytes: &[u8]) -> Self {
        static LAST: AtomicU32 = AtomicU32::new(0);
        let rank = LAST.fetch_add(1, Ordering::Relaxed);
        let dossier = std::env::temp_dir().join(format!("forprev-pdf-{}-{rank}", std::process::id()));
        std::fs::create_dir_all(&dossier).unwrap();
        std::fs::write(dossier.join("f.pdf"), bytes).unwrap();
        Self { dossier }
    }

    pub(crate) fn chemin(&self) -> PathBuf {
        self.dossier.join("f.pdf")
    }
}

impl Drop for Fichier {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.dossier);
    }
}

pub(crate) fn run(command: &str, args: &[&str], file: &Path, last: &[&str]) -> String {
    let done = Command::new(command).args(args).arg(file).args(last).output();
    let done = done.unwrap_or_else(|e| panic!("{command} is needed by this test: {e}"));
    let (out, err) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success(), "{command}: {out}{err}");
    out.into_owned()
}

pub(crate) fn text(bytes: &[u8]) -> String {
    run("pdftotext", &["-raw", "-enc", "UTF-8"], &Fichier::new(bytes).chemin(), &["-"])
}

/// The text on one line, whatever the lines of the page.
pub(crate) fn flat(bytes: &[u8]) -> String {
    text(bytes).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Something that looks like a signature.
pub(crate) fn sealed(a_sceller: forprev_pdf::ASceller) -> Vec<u8> {
    a_sceller.avec(&[vec![0x30, 0x82, 0x04, 0], vec![7; 1024]].concat()).unwrap()
}

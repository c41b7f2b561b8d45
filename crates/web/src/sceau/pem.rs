//! PEM: DER in letters, between two lines that say what it is.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rustls_pki_types::pem::{PemObject as _, SectionKind};

/// Letters in a line.
const LIGNE: usize = 64;

/// `-----BEGIN …-----` and what follows.
pub(super) fn ecrire(genre: &str, der: &[u8]) -> String {
    let lettres = STANDARD.encode(der);
    let lignes: Vec<&str> = lettres.as_bytes().chunks(LIGNE).filter_map(|l| str::from_utf8(l).ok()).collect();
    format!("-----BEGIN {genre}-----\n{}\n-----END {genre}-----\n", lignes.join("\n"))
}

/// All certificates, one below the other.
pub(super) fn certificats(certificats: &[Vec<u8>]) -> String {
    certificats.iter().map(|der| ecrire("CERTIFICATE", der)).collect()
}

/// The parts that a text has, in order; what cannot be read is left out.
pub(super) fn lire(texte: &[u8]) -> Vec<(SectionKind, Vec<u8>)> {
    <(SectionKind, Vec<u8>)>::pem_slice_iter(texte).filter_map(Result::ok).collect()
}

/// The certificates that a text has, in order.
pub(super) fn lire_certificats(texte: &[u8]) -> Vec<Vec<u8>> {
    let parts = lire(texte).into_iter();
    parts.filter(|(genre, _)| *genre == SectionKind::Certificate).map(|(_, der)| der).collect()
}

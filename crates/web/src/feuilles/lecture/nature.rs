//! What a file is, by its first bytes; an archive, by what is in it.

use super::Illisible;
use super::archive;

/// A file that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nature {
    Texte,
    Xlsx,
    Ods,
}

/// First bytes of files that are no list, with what they are.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF-", "un document PDF"),
    (b"\x89PNG\r\n\x1a\n", "une image PNG"),
    (b"\xff\xd8\xff", "une photo JPEG"),
    (b"GIF8", "une image GIF"),
    (b"BM", "une image BMP"),
    (b"II*\0", "une image TIFF"),
    (b"MM\0*", "une image TIFF"),
    (b"{\\rtf", "un document RTF"),
    (b"\x1f\x8b", "une archive GZIP"),
    (b"7z\xbc\xaf\x27\x1c", "une archive 7-Zip"),
    (b"Rar!\x1a\x07", "une archive RAR"),
    (b"BZh", "une archive BZIP2"),
    (b"\xfd7zXZ\0", "une archive XZ"),
    (b"\x28\xb5\x2f\xfd", "une archive Zstandard"),
    (b"SQLite format 3\0", "une base de données"),
    (b"MZ", "un programme"),
    (b"\x7fELF", "un programme"),
    (b"\0\0\xfe\xff", "un texte en UTF-32"),
    (b"\xff\xfe\0\0", "un texte en UTF-32"),
];
/// Old Office files, and those with a password, are of this kind.
const COMPOSE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// A part of those with a password, in the UTF-16 of their directory.
const CHIFFRE: &[u8] = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
/// A part of old Word documents.
const WORD: &[u8] = b"W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0";

/// Says what a file is.
///
/// # Errors
///
/// What it is instead of a list.
pub(super) fn reconnaitre(octets: &[u8]) -> Result<Nature, Illisible> {
    if octets.iter().all(|octet| octet.is_ascii_whitespace()) {
        return Err(Illisible::Vide);
    }
    if octets.starts_with(b"PK\x03\x04") || octets.starts_with(b"PK\x05\x06") {
        return archive::reconnaitre(octets);
    }
    if octets.starts_with(COMPOSE) {
        return Err(match (contient(octets, CHIFFRE), contient(octets, WORD)) {
            (true, _) => Illisible::Protege,
            (false, true) => Illisible::AutreNature("un document Word"),
            (false, false) => Illisible::AncienExcel,
        });
    }
    // A few letters may begin a name; a picture or a program has bytes that no text has.
    let peut_etre_un_nom = |debut: &[u8]| debut.iter().all(u8::is_ascii_alphabetic) && est_du_texte(octets);
    let signature =
        SIGNATURES.iter().find(|(debut, _)| octets.starts_with(debut) && !peut_etre_un_nom(debut));
    if let Some((_, nom)) = signature {
        return Err(Illisible::AutreNature(nom));
    }
    if octets.get(..4).is_some_and(|debut| debut == b"RIFF") || octets.get(4..8) == Some(b"ftyp") {
        return Err(Illisible::AutreNature("une image ou une vidéo"));
    }
    balise(octets).map_or(Ok(Nature::Texte), |nom| Err(Illisible::AutreNature(nom)))
}

/// What a text that begins with a tag is.
fn balise(octets: &[u8]) -> Option<&'static str> {
    let debut = octets.strip_prefix(b"\xef\xbb\xbf").unwrap_or(octets);
    let debut: Vec<u8> = debut.iter().copied().filter(|octet| *octet != 0).take(8 * 1024).collect();
    let debut = String::from_utf8_lossy(&debut).trim_start_matches(['\u{feff}', '\u{fffd}']).to_lowercase();
    let debut = debut.trim_start();
    let page = ["<!doctype html", "<html", "<table", "<meta", "<head", "<body"];
    match debut {
        _ if page.iter().any(|balise| debut.starts_with(balise)) => Some("une page web"),
        _ if debut.contains("<office:document") && debut.contains("spreadsheet") => {
            Some("un classeur ODS non compressé (.fods)")
        }
        _ if debut.contains("<office:document") => Some("un document LibreOffice non compressé"),
        _ if debut.contains("office:spreadsheet") => Some("un classeur XML d’Excel 2003"),
        _ if debut.starts_with("<?xml") || debut.starts_with("<!doctype") => Some("un document XML"),
        _ if debut.starts_with("{\"") || debut.starts_with("[{") || debut.starts_with("[[") => {
            Some("un document JSON")
        }
        _ => None,
    }
}

fn est_du_texte(octets: &[u8]) -> bool {
    !octets.contains(&0)
}

/// Whether these bytes hold those.
pub(super) fn contient(octets: &[u8], cherches: &[u8]) -> bool {
    octets.windows(cherches.len()).any(|fenetre| fenetre == cherches)
}

//! The text of a file: UTF-8 with or without its mark, UTF-16, or else Windows-1252.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::Illisible;

/// Reads bytes as text; a mark at the beginning is no part of it.
///
/// # Errors
///
/// Bytes that are no text.
pub(super) fn decoder(octets: &[u8]) -> Result<String, Illisible> {
    let (encodage, reste) = match Encoding::for_bom(octets) {
        Some((encodage, longueur)) => (encodage, &octets[longueur..]),
        None => (deviner(octets), octets),
    };
    let texte = encodage
        .decode_without_bom_handling_and_without_replacement(reste)
        .ok_or(Illisible::EncodageInconnu)?
        .into_owned();
    // Bytes that Windows-1252 leaves undefined come out as control characters, as those of a binary file do.
    let binaire = |c: char| c == '\0' || ('\u{80}'..='\u{9f}').contains(&c) || c == '\u{fffd}';
    if encodage != UTF_8 && texte.chars().any(binaire) || texte.contains('\0') {
        return Err(Illisible::EncodageInconnu);
    }
    if texte.trim().is_empty() {
        return Err(Illisible::Vide);
    }
    Ok(texte)
}

/// Without a mark: UTF-16 when every other byte is zero, as in western texts; UTF-8 when it is; else Windows-1252.
fn deviner(octets: &[u8]) -> &'static Encoding {
    let zeros = |rang: usize| octets.iter().skip(rang).step_by(2).filter(|octet| **octet == 0).count();
    let moitie = octets.len() / 2;
    match (zeros(0), zeros(1)) {
        (hauts, 0) if moitie < hauts * 2 => UTF_16BE,
        (0, bas) if moitie < bas * 2 => UTF_16LE,
        _ if std::str::from_utf8(octets).is_ok() => UTF_8,
        _ => WINDOWS_1252,
    }
}

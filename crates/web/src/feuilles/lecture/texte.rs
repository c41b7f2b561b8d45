//! The text of a file: UTF-8 with or without its mark, UTF-16, or else Windows-1252.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::Illisible;

/// Reads bytes as text; a mark at the beginning is no part of it.
///
/// # Errors
///
/// Bytes that are no text, or whose accents would be lost.
pub(super) fn decoder(octets: &[u8]) -> Result<String, Illisible> {
    let (encodage, reste) = match Encoding::for_bom(octets) {
        Some((encodage, longueur)) => (encodage, &octets[longueur..]),
        None => (deviner(octets), octets),
    };
    let texte = encodage
        .decode_without_bom_handling_and_without_replacement(reste)
        .ok_or(Illisible::EncodageInconnu)?
        .into_owned();
    if encodage == WINDOWS_1252
        && let Some(ligne) = ligne_etrangere(reste)
    {
        return Err(Illisible::EncodageMele { ligne });
    }
    // Bytes that Windows-1252 leaves undefined come out as control characters, as those of a binary file do.
    let binaire = |c: char| c == '\0' || ('\u{80}'..='\u{9f}').contains(&c) || c == '\u{fffd}';
    let etranger = encodage == WINDOWS_1252 && est_d_un_autre_systeme(&texte);
    if encodage != UTF_8 && texte.chars().any(binaire) || etranger || texte.contains('\0') {
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

/// The first line that is not UTF-8 in a text that is so elsewhere: one with letters that only UTF-8 writes so.
fn ligne_etrangere(octets: &[u8]) -> Option<usize> {
    let accentuee = |c: char| ('À'..='ſ').contains(&c) || ('‘'..='‟').contains(&c);
    octets.utf8_chunks().any(|morceau| morceau.valid().contains(accentuee)).then_some(())?;
    let mut lignes = 1;
    for morceau in octets.utf8_chunks() {
        lignes += morceau.valid().matches('\n').count();
        if !morceau.invalid().is_empty() {
            return Some(lignes);
        }
    }
    None
}

/// Whether bytes taken for Windows-1252 were written by an old Macintosh or by DOS: « Pr‚nom », « AndrŽ », « LefŠvre ».
fn est_d_un_autre_systeme(texte: &str) -> bool {
    let lettres: Vec<char> = texte.chars().collect();
    lettres.windows(2).enumerate().any(|(rang, paire)| match paire {
        [avant, 'Š' | 'Ž' | 'Ÿ'] => avant.is_lowercase(),
        [avant, 'ƒ' | '‚' | '„' | '†' | '‡' | 'ˆ' | '‰' | '‹' | '•' | '™'] => {
            avant.is_alphabetic() && lettres.get(rang + 2).is_none_or(|apres| apres.is_alphabetic())
        }
        _ => false,
    })
}

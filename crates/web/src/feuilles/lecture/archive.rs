//! The ZIP archive that a workbook is: opened once in full, counting what really comes out, before anything of it is
//! held or understood.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::Illisible;
use super::nature::{Nature, contient};

/// Bytes that all parts together may unpack to: some thirty times a full list.
const OUVERT: u64 = 24 * 1024 * 1024;
/// Parts that a workbook may have.
const PARTIES: usize = 1_000;
/// Texts that a workbook may say it holds: its reader makes room for as many, unseen.
const TEXTES_ANNONCES: u64 = 200_000;
/// What no part may hold: a document type, which can define entities or fetch other files.
const DECLARATIONS: [&[u8]; 2] = [b"<!DOCTYPE", b"<!ENTITY"];
/// The longest of the texts looked for across two chunks, less one.
const CHEVAUCHEMENT: usize = 64;

/// Says what an archive is, and proves that it can be unpacked within bounds.
///
/// # Errors
///
/// Another kind of document; protected; too large once open; a part that declares a document type.
pub(super) fn reconnaitre(octets: &[u8]) -> Result<Nature, Illisible> {
    let mut archive = ouvrir(octets)?;
    if PARTIES < archive.len() {
        return Err(Illisible::TropVolumineuxOuvert);
    }
    if annoncees(octets) != Some(archive.len()) {
        return Err(Illisible::Abime);
    }
    let nature = nature(&mut archive)?;
    let mut reste = OUVERT;
    for rang in 0..archive.len() {
        let partie = archive.by_index(rang).map_err(|faute| dire(&faute))?;
        let nom = partie.name().map_err(|_| Illisible::Abime)?.to_ascii_lowercase();
        let xml = [".xml", ".rels", ".vml"].iter().any(|fin| nom.ends_with(fin));
        let donnees = parcourir(partie, xml, &mut reste)?;
        // What another workbook last said is kept in parts of its own, with as many of these as it has sheets.
        if 2 < donnees && !nom.starts_with("xl/externallinks/") {
            return Err(Illisible::Abime);
        }
    }
    Ok(nature)
}

/// The number of parts that an archive says it has: of two with one name, only one would be read.
fn annoncees(octets: &[u8]) -> Option<usize> {
    let fin = octets.windows(4).rposition(|debut| debut == b"PK\x05\x06")?;
    let nombre = octets.get(fin + 10..fin + 12)?;
    Some(usize::from(u16::from_le_bytes([nombre[0], nombre[1]])))
}

/// Opens the directory of an archive.
pub(super) fn ouvrir(octets: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, Illisible> {
    ZipArchive::new(Cursor::new(octets)).map_err(|_| Illisible::Abime)
}

/// A part as text; none when the archive has no such part.
pub(super) fn partie(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    nom: &str,
) -> Result<Option<String>, Illisible> {
    let mut texte = String::new();
    match archive.by_name(nom) {
        Err(ZipError::FileNotFound) => Ok(None),
        Err(faute) => Err(dire(&faute)),
        Ok(partie) => {
            partie.take(OUVERT).read_to_string(&mut texte).map_err(|_| Illisible::Abime)?;
            Ok(Some(texte))
        }
    }
}

fn dire(faute: &ZipError) -> Illisible {
    match faute {
        ZipError::UnsupportedArchive(raison) if *raison == ZipError::PASSWORD_REQUIRED => Illisible::Protege,
        _ => Illisible::Abime,
    }
}

fn nature(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<Nature, Illisible> {
    let noms: Vec<String> = archive.file_names().flatten().map(|nom| nom.to_ascii_lowercase()).collect();
    let a = |debut: &str| noms.iter().any(|nom| nom.starts_with(debut));
    if noms.iter().any(|nom| nom == "mimetype") {
        let genre = partie(archive, "mimetype")?.unwrap_or_default();
        return match genre.trim().strip_prefix("application/vnd.oasis.opendocument.") {
            Some("spreadsheet" | "spreadsheet-template") => {
                let manifeste = partie(archive, "META-INF/manifest.xml")?.unwrap_or_default();
                if manifeste.contains("encryption-data") { Err(Illisible::Protege) } else { Ok(Nature::Ods) }
            }
            Some("text") => Err(Illisible::AutreNature("un document LibreOffice (.odt)")),
            Some(_) => Err(Illisible::AutreNature("un document LibreOffice qui n’est pas un classeur")),
            None => Err(Illisible::AutreNature("une archive ZIP")),
        };
    }
    let autre = match () {
        () if a("xl/workbook.bin") => "un classeur Excel binaire (.xlsb)",
        () if a("word/") => "un document Word (.docx)",
        () if a("ppt/") => "une présentation PowerPoint (.pptx)",
        () if a("[content_types].xml") && a("_rels/") => return Ok(Nature::Xlsx),
        () if a("index/") => "un classeur Numbers",
        () => "une archive ZIP",
    };
    Err(Illisible::AutreNature(autre))
}

/// Unpacks a part into nothing, taking its bytes off what is left; says how many tags around the cells of a sheet it
/// has, of which a sheet has two.
fn parcourir(mut partie: impl Read, xml: bool, reste: &mut u64) -> Result<usize, Illisible> {
    let mut tampon = [0_u8; CHEVAUCHEMENT + 16 * 1024];
    let mut debut = true;
    let mut donnees = 0;
    loop {
        let lus = partie.read(&mut tampon[CHEVAUCHEMENT..]).map_err(|_| Illisible::Abime)?;
        if lus == 0 {
            return Ok(donnees);
        }
        *reste = reste.checked_sub(lus as u64).ok_or(Illisible::TropVolumineuxOuvert)?;
        if xml {
            // What comes first in a part has nothing before it.
            let vus = &tampon[if debut { CHEVAUCHEMENT } else { 0 }..CHEVAUCHEMENT + lus];
            inspecter(vus)?;
            donnees += balises_de_donnees(&tampon[..CHEVAUCHEMENT + lus]);
            debut = false;
        }
        tampon.copy_within(lus..lus + CHEVAUCHEMENT, 0);
    }
}

fn inspecter(vus: &[u8]) -> Result<(), Illisible> {
    // UTF-16 would hide a declaration; no spreadsheet writes its parts so.
    if vus.contains(&0) || DECLARATIONS.iter().any(|declaration| contient_sans_casse(vus, declaration)) {
        return Err(Illisible::XmlInterdit);
    }
    for (rang, _) in vus.windows(11).enumerate().filter(|(_, fenetre)| *fenetre == b"uniqueCount") {
        let suite = vus[rang + 11..].iter().skip_while(|octet| !octet.is_ascii_digit());
        let annonces = suite
            .take_while(|octet| octet.is_ascii_digit())
            .fold(0_u64, |somme, octet| somme.saturating_mul(10).saturating_add(u64::from(octet - b'0')));
        if TEXTES_ANNONCES < annonces {
            return Err(Illisible::TropVolumineuxOuvert);
        }
    }
    Ok(())
}

/// The tags `sheetData`, opening and closing, whose end was not seen before.
fn balises_de_donnees(tampon: &[u8]) -> usize {
    const NOM: &[u8] = b"sheetData";
    let finit_ici = |rang: usize| {
        let apres = tampon.get(rang + NOM.len()).filter(|_| CHEVAUCHEMENT <= rang + NOM.len());
        apres.is_some_and(|octet| octet.is_ascii_whitespace() || b">/".contains(octet))
    };
    let fenetres = tampon.windows(NOM.len() + 1).enumerate();
    let balises = fenetres.filter(|(_, vus)| vus[1..] == *NOM && b"</:".contains(&vus[0]));
    balises.filter(|(rang, _)| finit_ici(rang + 1)).count()
}

fn contient_sans_casse(vus: &[u8], cherches: &[u8]) -> bool {
    contient(vus, &cherches[..2]) && vus.windows(cherches.len()).any(|f| f.eq_ignore_ascii_case(cherches))
}

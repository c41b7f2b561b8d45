//! ODS: the three parts that such a workbook needs.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{Tableau, en_texte};
use crate::feuilles::{Cellule, FauteDeCellule, Format, SANS_VALEUR};

const MANIFESTE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"#;
const DEBUT: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" office:version="1.3"><office:automatic-styles><number:date-style style:name="jj"><number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/></number:date-style><style:style style:name="jour" style:family="table-cell" style:data-style-name="jj"/><style:style style:name="titre" style:family="table-cell"><style:text-properties fo:font-weight="bold"/></style:style>"#;
const FIN: &str = "</table:table></office:spreadsheet></office:body></office:document-content>";

pub(super) fn ecrire(tableau: &Tableau) -> Result<Vec<u8>, std::io::Error> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // The type comes first and as it is, so that the file is known by its first bytes.
    let parties = [
        ("mimetype", Format::Ods.media_type(), CompressionMethod::Stored),
        ("META-INF/manifest.xml", MANIFESTE, CompressionMethod::Deflated),
        ("content.xml", &contenu(tableau), CompressionMethod::Deflated),
    ];
    for (nom, texte, compression) in parties {
        archive.start_file(nom, SimpleFileOptions::default().compression_method(compression))?;
        archive.write_all(texte.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

fn contenu(tableau: &Tableau) -> String {
    let mut xml = DEBUT.to_owned();
    let largeurs = tableau.largeurs();
    for (rang, largeur) in largeurs.iter().enumerate() {
        let _ = write!(
            xml,
            r#"<style:style style:name="c{rang}" style:family="table-column"><style:table-column-properties style:column-width="{}mm"/></style:style>"#,
            largeur * 2
        );
    }
    let _ = write!(
        xml,
        r#"</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="{}">"#,
        proteger(&tableau.nom.replace('\t', " "))
    );
    for rang in 0..largeurs.len() {
        let jour =
            if tableau.jours.contains(&rang) { r#" table:default-cell-style-name="jour""# } else { "" };
        let _ = write!(xml, r#"<table:table-column table:style-name="c{rang}"{jour}/>"#);
    }
    let titres = tableau.titres();
    for (rang, rangee) in tableau.rangees.iter().enumerate() {
        xml.push_str("<table:table-row>");
        if rangee.is_empty() {
            xml.push_str("<table:table-cell/>");
        }
        for cellule in rangee {
            poser(&mut xml, cellule.as_ref(), rang == titres);
        }
        xml.push_str("</table:table-row>");
    }
    xml + FIN
}

fn poser(xml: &mut String, cellule: Option<&Cellule>, titre: bool) {
    let mut texte = cellule.map(Cellule::texte).unwrap_or_default();
    let attributs = match cellule {
        None => return xml.push_str("<table:table-cell/>"),
        Some(Cellule::Fautive(FauteDeCellule::FormuleSansValeur)) => {
            let _ = write!(xml, r#"<table:table-cell table:formula="of:={SANS_VALEUR}"/>"#);
            return;
        }
        Some(Cellule::Fautive(FauteDeCellule::Booleen(vrai))) => {
            texte = if *vrai { "VRAI" } else { "FAUX" }.to_owned();
            format!(r#"office:value-type="boolean" office:boolean-value="{vrai}""#)
        }
        Some(cellule @ Cellule::Fautive(faute)) => {
            texte = en_texte(faute, cellule);
            r#"office:value-type="string""#.to_owned()
        }
        Some(Cellule::Nombre(nombre)) => format!(r#"office:value-type="float" office:value="{nombre}""#),
        Some(Cellule::Jour(jour)) => {
            format!(r#"table:style-name="jour" office:value-type="date" office:date-value="{jour}""#)
        }
        Some(Cellule::Texte(_)) if titre => {
            r#"table:style-name="titre" office:value-type="string""#.to_owned()
        }
        Some(Cellule::Texte(_)) => r#"office:value-type="string""#.to_owned(),
    };
    let _ = write!(xml, "<table:table-cell {attributs}>");
    for ligne in texte.split('\n') {
        let _ = write!(xml, "<text:p>{}</text:p>", proteger(ligne));
    }
    xml.push_str("</table:table-cell>");
}

/// A text as XML holds it; characters that XML does not have are shown as such.
fn proteger(texte: &str) -> String {
    let mut xml = String::with_capacity(texte.len());
    for c in texte.chars() {
        match c {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            '\t' => xml.push_str("<text:tab/>"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => xml.push('\u{fffd}'),
            c => xml.push(c),
        }
    }
    xml
}

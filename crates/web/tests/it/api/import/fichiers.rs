//! Files for the tests, made as spreadsheets make them, or as nobody should.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Lines as a CSV file in UTF-8.
pub(crate) fn csv(lignes: &[&str]) -> Vec<u8> {
    lignes.join("\r\n").into_bytes()
}

/// An archive with these parts.
pub(super) fn zip(parties: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (nom, octets) in parties {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        archive.start_file(*nom, options).expect("starts a part");
        archive.write_all(octets).expect("writes a part");
    }
    archive.finish().expect("closes the archive").into_inner()
}

/// The workbook around its sheets, with what the tests change in it.
#[derive(Default)]
pub(super) struct Xlsx<'a> {
    /// Inside `<workbookPr …/>`.
    pub(super) proprietes: &'a str,
    /// Name, state and whole inside of `<worksheet>` of each sheet.
    pub(super) feuilles: &'a [(&'a str, &'a str, &'a str)],
    /// The part of shared texts, whole.
    pub(super) textes: Option<&'a str>,
    /// Before the root of the sheets.
    pub(super) prologue: &'a str,
    /// Parts besides.
    pub(super) en_plus: &'a [(&'a str, &'a [u8])],
}

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const REL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PAQUET: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

impl Xlsx<'_> {
    pub(super) fn octets(&self) -> Vec<u8> {
        let mut parties: Vec<(String, Vec<u8>)> = Vec::new();
        let mut ajouter = |nom: &str, texte: String| parties.push((nom.to_owned(), texte.into_bytes()));
        ajouter("[Content_Types].xml", "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>".to_owned());
        ajouter(
            "_rels/.rels",
            format!(
                "<?xml version=\"1.0\"?><Relationships xmlns=\"{PAQUET}\"><Relationship Id=\"rId1\" Type=\"{REL}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        );
        let (mut feuilles, mut liens) = (String::new(), String::new());
        for (rang, (nom, etat, _)) in self.feuilles.iter().enumerate() {
            let id = rang + 1;
            feuilles.push_str(&format!(
                "<sheet name=\"{nom}\" sheetId=\"{id}\" state=\"{etat}\" r:id=\"rId{id}\"/>"
            ));
            liens.push_str(&format!(
                "<Relationship Id=\"rId{id}\" Type=\"{REL}/worksheet\" Target=\"worksheets/sheet{id}.xml\"/>"
            ));
        }
        ajouter(
            "xl/workbook.xml",
            format!(
                "<?xml version=\"1.0\"?><workbook xmlns=\"{MAIN}\" xmlns:r=\"{REL}\"><workbookPr {}/><sheets>{feuilles}</sheets></workbook>",
                self.proprietes
            ),
        );
        ajouter(
            "xl/_rels/workbook.xml.rels",
            format!("<?xml version=\"1.0\"?><Relationships xmlns=\"{PAQUET}\">{liens}</Relationships>"),
        );
        ajouter(
            "xl/styles.xml",
            format!(
                "<?xml version=\"1.0\"?><styleSheet xmlns=\"{MAIN}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>"
            ),
        );
        if let Some(textes) = self.textes {
            ajouter("xl/sharedStrings.xml", textes.to_owned());
        }
        for (rang, (_, _, contenu)) in self.feuilles.iter().enumerate() {
            let nom = format!("xl/worksheets/sheet{}.xml", rang + 1);
            ajouter(
                &nom,
                format!(
                    "<?xml version=\"1.0\"?>{}<worksheet xmlns=\"{MAIN}\">{contenu}</worksheet>",
                    self.prologue
                ),
            );
        }
        let mut toutes: Vec<(&str, &[u8])> =
            parties.iter().map(|(n, o)| (n.as_str(), o.as_slice())).collect();
        toutes.extend_from_slice(self.en_plus);
        zip(&toutes)
    }
}

/// A workbook of one sheet with these rows.
pub(crate) fn xlsx(rangees: &str) -> Vec<u8> {
    let contenu = format!("<sheetData>{rangees}</sheetData>");
    Xlsx { feuilles: &[("Feuil1", "visible", &contenu)], ..Xlsx::default() }.octets()
}

/// A row of texts from column A on, as XLSX holds it.
pub(crate) fn rangee(ligne: u32, cellules: &[&str]) -> String {
    let cellule = |(colonne, texte): (usize, &&str)| {
        let lettre = char::from(b'A' + u8::try_from(colonne).expect("few columns"));
        if texte.starts_with('<') {
            texte.replacen("<c", &format!("<c r=\"{lettre}{ligne}\""), 1)
        } else {
            format!("<c r=\"{lettre}{ligne}\" t=\"inlineStr\"><is><t>{texte}</t></is></c>")
        }
    };
    let cellules: String = cellules.iter().enumerate().map(cellule).collect();
    format!("<row r=\"{ligne}\">{cellules}</row>")
}

/// A workbook of LibreOffice with these tables.
pub(crate) fn ods(tables: &str) -> Vec<u8> {
    ods_avec("", tables, &[])
}

/// The same, with a prologue and parts besides.
pub(super) fn ods_avec(prologue: &str, tables: &str, en_plus: &[(&str, &[u8])]) -> Vec<u8> {
    let contenu = format!(
        "<?xml version=\"1.0\"?>{prologue}<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\"><office:automatic-styles><style:style style:name=\"cachee\" style:family=\"table\"><style:table-properties table:display=\"false\"/></style:style></office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    let genre = b"application/vnd.oasis.opendocument.spreadsheet";
    let mut parties: Vec<(&str, &[u8])> = vec![("mimetype", genre), ("content.xml", contenu.as_bytes())];
    parties.extend_from_slice(en_plus);
    zip(&parties)
}

/// A row of texts, as ODS holds it; what begins with `<` stands as it is.
pub(crate) fn rangee_ods(cellules: &[&str]) -> String {
    let cellule = |texte: &&str| {
        if texte.starts_with('<') {
            (*texte).to_owned()
        } else if texte.is_empty() {
            "<table:table-cell/>".to_owned()
        } else {
            format!(
                "<table:table-cell office:value-type=\"string\"><text:p>{texte}</text:p></table:table-cell>"
            )
        }
    };
    format!("<table:table-row>{}</table:table-row>", cellules.iter().map(cellule).collect::<String>())
}

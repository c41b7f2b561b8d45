//! Files that are no list, whatever their names say.

use super::super::fichiers::{rangee, xlsx, zip};
use super::Sort;
use super::Sort::Refuse;

pub(super) fn toutes() -> Vec<(&'static str, Vec<u8>, Sort)> {
    let compose = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    let chiffre = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes);
    let refuse = || Refuse(415, "type_non_pris_en_charge");
    vec![
        ("liste.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec(), refuse()),
        ("liste.xlsx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), refuse()),
        ("liste.xlsx", b"\xff\xd8\xff\xe0\0\x10JFIF".to_vec(), refuse()),
        ("liste.xls", [compose.clone(), vec![0; 512]].concat(), refuse()),
        ("protege.xlsx", [compose, chiffre.collect()].concat(), Refuse(422, "fichier_protege")),
        (
            "liste.xlsx",
            zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>")]),
            refuse(),
        ),
        ("liste.xlsx", zip(&[("photo.txt", b"rien")]), refuse()),
        ("liste.xlsx", zip(&[]), refuse()),
        ("liste.ods", zip(&[("mimetype", b"application/vnd.oasis.opendocument.text")]), refuse()),
        ("liste.xls", b"<html><body><table><tr><td>Nom</td></tr></table></body></html>".to_vec(), refuse()),
        (
            "liste.xls",
            b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>"
                .to_vec(),
            refuse(),
        ),
        ("liste.csv", b"[{\"nom\":\"Ruiz\"}]".to_vec(), refuse()),
        ("tronque.xlsx", xlsx(&rangee(1, &["a"]))[..300].to_vec(), Refuse(422, "fichier_abime")),
    ]
}

//! Odd and hostile files: each is imported rightly, or refused in words; never a fault, never a loss without a word.

use super::super::acteurs::Reseau;
use super::fichiers::{Xlsx, csv, ods, ods_avec, rangee, rangee_ods, xlsx, zip};

/// What becomes of a file.
enum Sort {
    /// So many lines, and nothing to say of them.
    Importe(u64),
    /// So many lines, with these anomalies: code, line.
    Dit(u64, &'static [(&'static str, u64)]),
    /// Refused with this status and code.
    Refuse(u16, &'static str),
}

use Sort::{Dit, Importe, Refuse};

const T: &str = "Nom de naissance;Prénom;Date de naissance";
const L: &str = "Ruiz;Zoé;01/01/1980";

fn textes() -> Vec<(&'static str, Vec<u8>, Sort)> {
    let latin = |texte: &str| encoding_rs::WINDOWS_1252.encode(texte).0.into_owned();
    let utf16 = |texte: &str, marque: bool| {
        let marque = marque.then_some(0xfeff);
        marque.into_iter().chain(texte.encode_utf16()).flat_map(u16::to_le_bytes).collect::<Vec<u8>>()
    };
    let longue = |lignes: u32| {
        let ligne = |rang: u32| {
            let lettres: String = rang.to_string().bytes().map(|c| char::from(c - b'0' + b'a')).collect();
            format!(
                "Nom{lettres};Zoé;{:02}/{:02}/{}",
                rang % 28 + 1,
                rang / 28 % 12 + 1,
                1950 + rang / 336 % 50
            )
        };
        csv(&std::iter::once(T.to_owned())
            .chain((0..lignes).map(ligne))
            .collect::<Vec<_>>()
            .iter()
            .map(String::as_str)
            .collect::<Vec<_>>())
    };
    vec![
        ("utf8.csv", csv(&[T, L]), Importe(1)),
        ("marque.csv", format!("\u{feff}{T}\r\n{L}\r\n").into_bytes(), Importe(1)),
        ("windows.csv", latin(&format!("{T}\r\nLefèvre;Anaïs;28/02/1990")), Importe(1)),
        ("utf16.csv", utf16(&format!("{T}\r\n{L}").replace(';', "\t"), true), Importe(1)),
        ("utf16-sans-marque.csv", utf16(&format!("{T}\n{L}"), false), Importe(1)),
        ("virgules.csv", format!("{T}\n{L}").replace(';', ",").into_bytes(), Importe(1)),
        ("tabulations.txt", format!("{T}\n{L}").replace(';', "\t").into_bytes(), Importe(1)),
        (
            "fins-melees.csv",
            format!("{T}\r{L}\nDupont;Jean;02/02/1982\r\nPetit;Léa;1983-03-03").into_bytes(),
            Importe(3),
        ),
        (
            "guillemets.csv",
            csv(&[
                "\"Nom de naissance\";\"Prénom\";\"Date de naissance\"",
                "\"D’Arc\";\"Jeanne\";\"6/1/80\"",
            ]),
            Importe(1),
        ),
        ("vides.csv", csv(&["", T, "", ";;", L, " ; ;", ""]), Importe(1)),
        (
            "ordre-et-casse.csv",
            csv(&["DATE DE NAISSANCE ; prenom;NOM DE NAISSANCE", "01.02.1990;Zoé;Ruiz"]),
            Importe(1),
        ),
        (
            "apostrophe.csv",
            csv(&[
                "nom de naissance;nom d’usage;prénom;Date de naissance (JJ/MM/AAAA)",
                "Ruiz;Petit;Zoé;1990-02-28",
            ]),
            Importe(1),
        ),
        ("sep.csv", csv(&["sep=;", T, L]), Importe(1)),
        ("anomalies.csv", csv(&[&format!("{T};Anomalies"), &format!("{L};tout va bien")]), Importe(1)),
        ("formule-neutralisee.csv", csv(&[T, "'-Ruiz;Zoé;01/01/1980"]), Importe(1)),
        ("vide.csv", Vec::new(), Refuse(422, "fichier_vide")),
        ("blancs.csv", b" \r\n\t\r\n".to_vec(), Refuse(422, "fichier_vide")),
        ("marque-seule.csv", b"\xef\xbb\xbf".to_vec(), Refuse(422, "fichier_vide")),
        ("titres.csv", csv(&[T]), Refuse(422, "liste_sans_ligne")),
        ("sans-titres.csv", csv(&[L, "Dupont;Jean;02/02/1982"]), Refuse(422, "en_tetes_absents")),
        ("titres-plus-bas.csv", csv(&["Liste du 3 mars", T, L]), Refuse(422, "en_tetes_plus_bas")),
        (
            "colonne-absente.csv",
            csv(&["Nom de naissance;Prénom", "Ruiz;Zoé"]),
            Refuse(422, "colonne_absente"),
        ),
        (
            "colonne-mal-ecrite.csv",
            csv(&["Nom de naissance;Prenon;Date de naissance", L]),
            Refuse(422, "colonne_absente"),
        ),
        (
            "colonne-en-double.csv",
            csv(&["Nom de naissance;Prénom;PRENOM;Date de naissance", "Ruiz;Zoé;Zoé;01/01/1980"]),
            Refuse(422, "colonne_en_double"),
        ),
        ("modele-ancien.csv", csv(&["Nom;Prénom;Date de naissance", L]), Refuse(422, "modele_ancien")),
        (
            "colonne-inconnue.csv",
            csv(&[&format!("{T};Téléphone"), &format!("{L};0102030405")]),
            Dit(1, &[("colonne_inconnue", 1)]),
        ),
        ("cellule-en-trop.csv", csv(&[T, &format!("{L};oublié")]), Dit(1, &[("cellule_en_trop", 2)])),
        (
            "separateur-dans-le-nom.csv",
            csv(&["Nom de naissance,Prénom,Date de naissance", "Ruiz, Martin,Zoé,01/01/1980"]),
            Dit(1, &[("identite_invalide", 2), ("cellule_en_trop", 2)]),
        ),
        (
            "guillemet-ouvert.csv",
            csv(&[T, "\"Ruiz;Zoé;01/01/1980", "Dupont;Jean;02/02/1982"]),
            Refuse(422, "guillemet_ouvert"),
        ),
        (
            "retour-dans-la-cellule.csv",
            csv(&[T, "\"Ruiz\nMartin\";Zoé;01/01/1980", "Dupont;Jean;99/99/1982"]),
            Dit(2, &[("identite_invalide", 2), ("identite_invalide", 3)]),
        ),
        ("nul.csv", csv(&[T, "Ru\0iz;Zoé;01/01/1980"]), Refuse(422, "encodage_inconnu")),
        ("controle.csv", csv(&[T, "Ru\u{1}iz;Zoé;01/01/1980"]), Dit(1, &[("identite_invalide", 2)])),
        ("sens-inverse.csv", csv(&[T, "Ru\u{202e}iz;Zoé;01/01/1980"]), Dit(1, &[("identite_invalide", 2)])),
        ("mal-decode.csv", csv(&[T, "LefÃ¨vre;Zoé;01/01/1980"]), Dit(1, &[("accents_abimes", 2)])),
        ("binaire.csv", (0..=255).cycle().skip(7).take(4000).collect(), Refuse(422, "encodage_inconnu")),
        ("utf32.csv", b"\xff\xfe\0\0N\0\0\0".to_vec(), Refuse(415, "type_non_pris_en_charge")),
        ("formule.csv", csv(&[T, "=1+1;Zoé;01/01/1980"]), Dit(1, &[("identite_invalide", 2)])),
        ("balises.csv", csv(&[T, "<script>;Zoé;01/01/1980"]), Dit(1, &[("identite_invalide", 2)])),
        ("mille.csv", longue(1_000), Dit(1_000, &[("trop_de_stagiaires", 0)])),
        ("mille-et-une.csv", longue(1_001), Refuse(422, "trop_de_lignes")),
        ("cent-mille.csv", longue(100_000), Refuse(422, "trop_de_lignes")),
        ("cinq-mega.csv", vec![b'a'; 5 * 1024 * 1024 + 1], Refuse(413, "trop_volumineux")),
    ]
}

fn autres_natures() -> Vec<(&'static str, Vec<u8>, Sort)> {
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

fn classeurs() -> Vec<(&'static str, Vec<u8>, Sort)> {
    let titres = rangee(1, &["Nom de naissance", "Prénom", "Date de naissance"]);
    let une = |cellules: &[&str]| xlsx(&format!("{titres}{}", rangee(2, cellules)));
    let bonne = format!(
        "<sheetData>{titres}{}</sheetData>",
        rangee(2, &["Ruiz", "Zoé", "<c s=\"1\"><v>29221</v></c>"])
    );
    let vide = "<sheetData/>";
    let avec = |feuilles: &[(&str, &str, &str)]| Xlsx { feuilles, ..Xlsx::default() }.octets();
    let fusionnee = format!(
        "<sheetData>{titres}{}{}</sheetData><mergeCells count=\"1\"><mergeCell ref=\"A2:A3\"/></mergeCells>",
        rangee(2, &["Ruiz", "Zoé", "01/01/1980"]),
        "<row r=\"3\"><c r=\"B3\" t=\"inlineStr\"><is><t>Léo</t></is></c><c r=\"C3\" t=\"inlineStr\"><is><t>02/02/1982</t></is></c></row>"
    );
    let loin = format!(
        "{titres}{}<row r=\"1048576\"><c r=\"XFD1048576\" t=\"inlineStr\"><is><t>loin</t></is></c></row>",
        rangee(2, &["Ruiz", "Zoé", "01/01/1980"])
    );
    let declaration = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>";
    let bombe = vec![b' '; 100 * 1024 * 1024];
    let annonce = "<?xml version=\"1.0\"?><sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" uniqueCount=\"4000000000\"><si><t>a</t></si></sst>";
    vec![
        ("dates.xlsx", avec(&[("Liste", "visible", &bonne)]), Importe(1)),
        (
            "dates-1904.xlsx",
            Xlsx {
                proprietes: "date1904=\"1\"",
                feuilles: &[("Liste", "visible", &bonne)],
                ..Xlsx::default()
            }
            .octets(),
            Importe(1),
        ),
        (
            "formule.xlsx",
            une(&["<c t=\"str\"><f>UPPER(\"ruiz\")</f><v>RUIZ</v></c>", "Zoé", "01/01/1980"]),
            Importe(1),
        ),
        (
            "formule-sans-valeur.xlsx",
            une(&["<c><f>UPPER(\"ruiz\")</f></c>", "Zoé", "01/01/1980"]),
            Dit(1, &[("formule_sans_valeur", 2)]),
        ),
        (
            "erreur.xlsx",
            une(&["<c t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>", "Zoé", "01/01/1980"]),
            Dit(1, &[("cellule_en_erreur", 2)]),
        ),
        ("nombre.xlsx", une(&["Ruiz", "Zoé", "<c><v>29221</v></c>"]), Dit(1, &[("identite_invalide", 2)])),
        (
            "heure.xlsx",
            une(&["Ruiz", "Zoé", "<c s=\"1\"><v>0.5</v></c>"]),
            Dit(1, &[("identite_invalide", 2)]),
        ),
        (
            "jour-qui-n-existe-pas.xlsx",
            une(&["Ruiz", "Zoé", "<c s=\"1\"><v>60</v></c>"]),
            Dit(1, &[("identite_invalide", 2)]),
        ),
        (
            "date-dans-le-nom.xlsx",
            une(&["<c s=\"1\"><v>29221</v></c>", "Zoé", "01/01/1980"]),
            Dit(1, &[("identite_invalide", 2)]),
        ),
        (
            "deux-fois-la-meme-ligne.xlsx",
            xlsx(&format!(
                "{titres}{}{}",
                rangee(2, &["Ruiz", "Zoé", "01/01/1980"]),
                rangee(2, &["Lenoir", "Léo", "02/02/1982"])
            )),
            Refuse(422, "fichier_abime"),
        ),
        (
            "fusion.xlsx",
            avec(&[("Liste", "visible", &fusionnee)]),
            Dit(2, &[("cellules_fusionnees", 2), ("identite_incomplete", 3)]),
        ),
        (
            "deux-feuilles.xlsx",
            avec(&[
                ("Liste", "visible", &bonne),
                ("Notes", "visible", &format!("<sheetData>{}</sheetData>", rangee(1, &["note"]))),
            ]),
            Dit(1, &[("feuille_non_lue", 0)]),
        ),
        (
            "deux-listes.xlsx",
            avec(&[("Mars", "visible", &bonne), ("Avril", "visible", &bonne)]),
            Refuse(422, "plusieurs_listes"),
        ),
        (
            "feuille-cachee.xlsx",
            avec(&[("Vide", "visible", vide), ("Liste", "hidden", &bonne)]),
            Refuse(422, "feuille_cachee"),
        ),
        ("liste-derriere.xlsx", avec(&[("Vide", "visible", vide), ("Liste", "visible", &bonne)]), Importe(1)),
        ("rien.xlsx", avec(&[("Vide", "visible", vide)]), Refuse(422, "fichier_vide")),
        (
            "cellule-au-bout.xlsx",
            xlsx(&loin),
            Dit(2, &[("identite_incomplete", 1_048_576), ("cellule_en_trop", 1_048_576)]),
        ),
        ("nom-trompeur.csv", avec(&[("Liste", "visible", &bonne)]), Dit(1, &[("nom_trompeur", 0)])),
        (
            "xxe.xlsx",
            Xlsx { prologue: declaration, feuilles: &[("Liste", "visible", &bonne)], ..Xlsx::default() }
                .octets(),
            Refuse(422, "xml_interdit"),
        ),
        (
            "bombe.xlsx",
            Xlsx {
                en_plus: &[("xl/media/image1.png", &bombe)],
                feuilles: &[("Liste", "visible", &bonne)],
                ..Xlsx::default()
            }
            .octets(),
            Refuse(413, "trop_volumineux_ouvert"),
        ),
        (
            "annonce.xlsx",
            Xlsx { textes: Some(annonce), feuilles: &[("Liste", "visible", &bonne)], ..Xlsx::default() }
                .octets(),
            Refuse(413, "trop_volumineux_ouvert"),
        ),
        (
            "feuille-absente.xlsx",
            zip(&[("[Content_Types].xml", b"<Types/>"), ("_rels/.rels", b"<Relationships/>")]),
            Refuse(422, "fichier_abime"),
        ),
    ]
}

fn classeurs_de_libreoffice() -> Vec<(&'static str, Vec<u8>, Sort)> {
    let titres = rangee_ods(&["Nom de naissance", "Prénom", "Date de naissance"]);
    let table = |nom: &str, style: &str, rangees: &str| {
        format!("<table:table table:name=\"{nom}\" table:style-name=\"{style}\">{rangees}</table:table>")
    };
    let une = |cellules: &[&str]| ods(&table("Feuille1", "", &format!("{titres}{}", rangee_ods(cellules))));
    let bonne = format!(
        "{titres}{}",
        rangee_ods(&[
            "Ruiz",
            "Zoé",
            "<table:table-cell office:value-type=\"date\" office:date-value=\"1980-01-01T00:00:00\"><text:p>1 janvier</text:p></table:table-cell>"
        ])
    );
    let repetee = |combien: &str| {
        let rangee = rangee_ods(&["Ruiz", "Zoé", "01/01/1980"]).replacen(
            "<table:table-row",
            &format!("<table:table-row table:number-rows-repeated=\"{combien}\""),
            1,
        );
        ods(&table("Feuille1", "", &format!("{titres}{rangee}")))
    };
    let vides = format!(
        "{titres}<table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>{}",
        rangee_ods(&["Ruiz", "", "01/01/1980"])
    );
    let large = format!(
        "{titres}<table:table-row><table:table-cell table:number-columns-repeated=\"4000000000\" office:value-type=\"string\"><text:p>{}</text:p></table:table-cell></table:table-row>",
        "a".repeat(100_000)
    );
    let manifeste: &[u8] = b"<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let annotee = "<table:table-cell office:value-type=\"string\"><office:annotation><text:p>note</text:p></office:annotation><text:p>Ru<text:span>iz</text:span></text:p></table:table-cell>";
    vec![
        ("dates.ods", ods(&table("Feuille1", "", &bonne)), Importe(1)),
        ("note.ods", une(&[annotee, "Zoé", "01/01/1980"]), Importe(1)),
        (
            "formule.ods",
            une(&[
                "<table:table-cell table:formula=\"of:=A1\" office:value-type=\"string\"><text:p>Ruiz</text:p></table:table-cell>",
                "Zoé",
                "01/01/1980",
            ]),
            Importe(1),
        ),
        (
            "formule-sans-valeur.ods",
            une(&["<table:table-cell table:formula=\"of:=A1\"/>", "Zoé", "01/01/1980"]),
            Dit(1, &[("formule_sans_valeur", 2)]),
        ),
        (
            "erreur.ods",
            une(&[
                "<table:table-cell table:formula=\"of:=1/0\" office:value-type=\"string\"><text:p>#DIV/0!</text:p></table:table-cell>",
                "Zoé",
                "01/01/1980",
            ]),
            Dit(1, &[("cellule_en_erreur", 2)]),
        ),
        (
            "fusion.ods",
            une(&[
                "<table:table-cell table:number-columns-spanned=\"2\" office:value-type=\"string\"><text:p>Ruiz</text:p></table:table-cell><table:covered-table-cell/>",
                "01/01/1980",
            ]),
            Dit(1, &[("cellules_fusionnees", 2), ("identite_incomplete", 2)]),
        ),
        ("cachee.ods", ods(&table("Feuille1", "cachee", &bonne)), Refuse(422, "feuille_cachee")),
        ("repetee.ods", repetee("2"), Dit(2, &[("stagiaire_en_double", 3)])),
        ("repetee-sans-fin.ods", repetee("4000000000"), Refuse(422, "trop_de_lignes")),
        (
            "vides-sans-fin.ods",
            ods(&table("Feuille1", "", &vides)),
            Dit(1, &[("identite_incomplete", 1_048_572)]),
        ),
        (
            "large.ods",
            ods(&table("Feuille1", "", &large)),
            Dit(1, &[("identite_invalide", 2), ("cellule_en_trop", 2)]),
        ),
        (
            "protege.ods",
            ods_avec("", "", &[("META-INF/manifest.xml", manifeste)]),
            Refuse(422, "fichier_protege"),
        ),
        (
            "entites.ods",
            ods_avec(
                "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>",
                &table("Feuille1", "", &bonne),
                &[],
            ),
            Refuse(422, "xml_interdit"),
        ),
        (
            "sans-contenu.ods",
            zip(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")]),
            Refuse(422, "fichier_abime"),
        ),
        ("entite-inconnue.ods", une(&["Ru&nbsp;iz", "Zoé", "01/01/1980"]), Refuse(422, "fichier_abime")),
    ]
}

#[tokio::test]
async fn aucun_fichier_n_est_lu_de_travers() {
    let reseau = Reseau::ouvrir().await;
    let alix = reseau.gestionnaire("Alix").await;
    let session = alix.session_a_remplir().await;
    let essai = format!("/sessions/{session}/import?essai=true");
    let listes = [textes(), autres_natures(), classeurs(), classeurs_de_libreoffice()];
    let tous: Vec<_> = listes.into_iter().flatten().collect();
    assert!(80 < tous.len(), "{}", tous.len());
    let mut ecarts = Vec::new();
    for (nom, octets, sort) in tous {
        let reponse = alix.importer(&essai, nom, &octets, &[]).await;
        let statut = reponse.status.as_u16();
        let bilan = reponse.json();
        let mut dites: Vec<(&str, u64)> = bilan["anomalies"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|a| (a["code"].as_str().unwrap_or(""), a["ligne"].as_u64().unwrap_or(0)))
            .collect();
        dites.dedup();
        let lignes = bilan["lignes"].as_u64();
        let tenu = match sort {
            Refuse(attendu, code) => (statut, bilan["code"].as_str()) == (attendu, Some(code)),
            Importe(attendues) => (statut, lignes, dites.as_slice()) == (200, Some(attendues), &[]),
            Dit(attendues, attendu) => (statut, lignes, dites.as_slice()) == (200, Some(attendues), attendu),
        };
        if !tenu {
            ecarts.push(format!("{nom}: {statut} {} {lignes:?} {dites:?}", bilan["code"]));
        }
    }
    assert!(ecarts.is_empty(), "{ecarts:#?}");
}

#[tokio::test]
async fn un_classeur_abime_au_hasard_n_est_jamais_un_incident() {
    let reseau = Reseau::ouvrir().await;
    let alix = reseau.gestionnaire("Alix").await;
    let session = alix.session_a_remplir().await;
    let essai = format!("/sessions/{session}/import?essai=true");
    let titres = rangee(1, &["Nom de naissance", "Prénom", "Date de naissance"]);
    let une = rangee(2, &["Ruiz", "Zoé", "<c s=\"1\"><v>29221</v></c>"]);
    let feuille = format!("{titres}{une}");
    let table = format!(
        "<table:table table:name=\"F\">{}{}</table:table>",
        rangee_ods(&["Nom de naissance", "Prénom", "Date de naissance"]),
        rangee_ods(&["Ruiz", "Zoé", "01/01/1980"])
    );
    // A generator of our own: the same bytes each time, so that what fails can be looked at.
    let mut graine = 0x2545_f491_4f6c_dd1d_u64;
    let mut tirer = |borne: usize| {
        graine ^= graine << 13;
        graine ^= graine >> 7;
        graine ^= graine << 17;
        usize::try_from(graine % borne as u64).expect("small")
    };
    for tour in 0..150 {
        // Inside of the parts, where the archive is sound and the workbook is not.
        let mut contenu = feuille.clone().into_bytes();
        let place = tirer(contenu.len());
        contenu[place] = b"<>\"&/0Zr=;"[tirer(10)];
        let contenu = String::from_utf8_lossy(&contenu).into_owned();
        let mut abimee = table.clone().into_bytes();
        let place = tirer(abimee.len());
        abimee[place] = b"<>\"&/0Zr=;"[tirer(10)];
        // And in the archive itself.
        let mut archive = xlsx(&feuille);
        for _ in 0..=tour % 4 {
            let place = tirer(archive.len());
            archive[place] ^= u8::try_from(tirer(255) + 1).expect("a byte");
        }
        for octets in [xlsx(&contenu), ods(&String::from_utf8_lossy(&abimee)), archive] {
            let reponse = alix.importer(&essai, "liste.xlsx", &octets, &[]).await;
            assert!(reponse.status.as_u16() < 500, "round {tour}: {}", reponse.text());
        }
    }
}

//! Workbooks of Excel.

use super::super::fichiers::{Xlsx, rangee, xlsx, zip};
use super::Sort;
use super::Sort::{Dit, Importe, Lu, Refuse};

pub(super) fn tous() -> Vec<(&'static str, Vec<u8>, Sort)> {
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
    // Two parts that bear one name: the library that makes archives refuses to, so the second is renamed afterwards.
    let mut meme_nom = avec(&[("A", "visible", &bonne), ("B", "visible", vide)]);
    while let Some(place) = meme_nom.windows(6).position(|octets| octets == b"sheet2") {
        meme_nom[place + 5] = b'1';
    }
    let bombe = vec![b' '; 100 * 1024 * 1024];
    let annonce = "<?xml version=\"1.0\"?><sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" uniqueCount=\"4000000000\"><si><t>a</t></si></sst>";
    vec![
        ("dates.xlsx", avec(&[("Liste", "visible", &bonne)]), Lu(&["Ruiz Zoé 01/01/1980"])),
        (
            "dates-1904.xlsx",
            Xlsx {
                proprietes: "date1904=\"1\"",
                feuilles: &[("Liste", "visible", &bonne)],
                ..Xlsx::default()
            }
            .octets(),
            Lu(&["Ruiz Zoé 02/01/1984"]),
        ),
        (
            "date-et-heure.xlsx",
            une(&["Ruiz", "Zoé", "<c s=\"1\"><v>29221.75</v></c>"]),
            Lu(&["Ruiz Zoé 01/01/1980"]),
        ),
        (
            "date-iso.xlsx",
            une(&["Ruiz", "Zoé", "<c t=\"d\"><v>1980-01-01T00:00:00</v></c>"]),
            Lu(&["Ruiz Zoé 01/01/1980"]),
        ),
        (
            "date-de-1900.xlsx",
            une(&["Ruiz", "Zoé", "<c s=\"1\"><v>59</v></c>"]),
            Dit(1, &[("identite_invalide", 2)]),
        ),
        (
            "pas-un-nombre.xlsx",
            une(&["Ruiz", "<c s=\"1\"><v>NaN</v></c>", "<c s=\"1\"><v>NaN</v></c>"]),
            Dit(1, &[("identite_invalide", 2)]),
        ),
        (
            "formule.xlsx",
            une(&["<c t=\"str\"><f>UPPER(\"ruiz\")</f><v>RUIZ</v></c>", "Zoé", "01/01/1980"]),
            Lu(&["RUIZ Zoé 01/01/1980"]),
        ),
        (
            "vrai.xlsx",
            une(&["Ruiz", "<c t=\"b\"><v>1</v></c>", "01/01/1980"]),
            Dit(1, &[("identite_invalide", 2)]),
        ),
        (
            "pourcentage.xlsx",
            une(&["<c><v>0.5</v></c>", "Zoé", "01/01/1980"]),
            Dit(1, &[("identite_invalide", 2)]),
        ),
        (
            "infini.xlsx",
            une(&["<c><v>1e999</v></c>", "Zoé", "01/01/1980"]),
            Dit(1, &[("cellule_en_erreur", 2)]),
        ),
        (
            "erreur-ecrite.xlsx",
            une(&["#REF!", "Zoé", "01/01/1980"]),
            Dit(1, &[("cellule_en_erreur", 2)]),
        ),
        (
            "nom-immense.xlsx",
            une(&[&"a".repeat(200_000), "Zoé", "01/01/1980"]),
            Dit(1, &[("identite_invalide", 2)]),
        ),
        (
            "deux-tableaux.xlsx",
            avec(&[("Liste", "visible", &format!("{bonne}<sheetData>{}</sheetData>", rangee(3, &["Lenoir", "Léo", "02/02/1982"])))]),
            Refuse(422, "fichier_abime"),
        ),
        (
            "lignes-a-rebours.xlsx",
            xlsx(&format!(
                "{titres}{}{}{}",
                rangee(3, &["Ruiz", "Zoé", "01/01/1980"]),
                rangee(2, &["Lenoir", "Léo", "02/02/1982"]),
                rangee(3, &["Petit", "Léa", "03/03/1983"])
            )),
            Refuse(422, "fichier_abime"),
        ),
        (
            "ligne-et-colonne-masquees.xlsx",
            avec(&[(
                "Liste",
                "visible",
                &format!(
                    "<cols><col min=\"2\" max=\"16384\" width=\"9\" hidden=\"1\"/></cols><sheetData>{titres}{}</sheetData>",
                    rangee(2, &["Ruiz", "Zoé", "01/01/1980"]).replacen("<row", "<row hidden=\"1\"", 1)
                ),
            )]),
            Dit(1, &[("lignes_masquees", 0), ("colonnes_masquees", 0)]),
        ),
        (
            "lignes-et-colonnes-sans-taille.xlsx",
            avec(&[(
                "Liste",
                "visible",
                &format!(
                    "<cols><col min=\"9\" max=\"9\" width=\"0\" customWidth=\"1\"/></cols><sheetData>{titres}{}<row hidden=\"true\"/></sheetData>",
                    rangee(2, &["Ruiz", "Zoé", "01/01/1980"]).replacen("<row r=\"2\"", "<row ht=\"0\"", 1)
                ),
            )]),
            Dit(1, &[("lignes_masquees", 0)]),
        ),
        (
            "texte-en-morceaux.xlsx",
            Xlsx {
                textes: Some("<?xml version=\"1.0\"?><sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><si><r><t>Ru</t></r><r><rPr><b/></rPr><t>iz</t></r><rPh sb=\"0\" eb=\"1\"><t>lu</t></rPh></si></sst>"),
                feuilles: &[(
                    "Liste",
                    "visible",
                    &format!("<sheetData>{titres}{}</sheetData>", rangee(2, &["<c t=\"s\"><v>0</v></c>", "Zoé", "01/01/1980"])),
                )],
                ..Xlsx::default()
            }
            .octets(),
            Lu(&["Ruiz Zoé 01/01/1980"]),
        ),
        ("parties-du-meme-nom.xlsx", meme_nom, Refuse(422, "fichier_abime")),
        (
            "cinquante-et-une-feuilles.xlsx",
            avec(&[("F", "visible", vide); 51]),
            Refuse(413, "trop_volumineux_ouvert"),
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

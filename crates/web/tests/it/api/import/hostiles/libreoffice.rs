//! Workbooks of LibreOffice.

use super::super::fichiers::{ods, ods_avec, rangee_ods, zip};
use super::Sort;
use super::Sort::{Dit, Lu, Refuse};

pub(super) fn tous() -> Vec<(&'static str, Vec<u8>, Sort)> {
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
        ("dates.ods", ods(&table("Feuille1", "", &bonne)), Lu(&["Ruiz Zoé 01/01/1980"])),
        ("note.ods", une(&[annotee, "Zoé", "01/01/1980"]), Lu(&["Ruiz Zoé 01/01/1980"])),
        (
            "formule.ods",
            une(&[
                "<table:table-cell table:formula=\"of:=A1\" office:value-type=\"string\"><text:p>Ruiz</text:p></table:table-cell>",
                "Zoé",
                "01/01/1980",
            ]),
            Lu(&["Ruiz Zoé 01/01/1980"]),
        ),
        (
            "vrai.ods",
            une(&[
                "Ruiz",
                "<table:table-cell office:value-type=\"boolean\" office:boolean-value=\"true\"><text:p>VRAI</text:p></table:table-cell>",
                "01/01/1980",
            ]),
            Dit(1, &[("identite_invalide", 2)]),
        ),
        (
            "pourcentage.ods",
            une(&[
                "<table:table-cell office:value-type=\"percentage\" office:value=\"0.5\"><text:p>50 %</text:p></table:table-cell>",
                "Zoé",
                "01/01/1980",
            ]),
            Dit(1, &[("identite_invalide", 2)]),
        ),
        (
            "duree.ods",
            une(&[
                "Ruiz",
                "Zoé",
                "<table:table-cell office:value-type=\"time\" office:time-value=\"PT10H00M00S\"><text:p>10:00</text:p></table:table-cell>",
            ]),
            Dit(1, &[("identite_invalide", 2)]),
        ),
        (
            "masquees.ods",
            ods(&table(
                "Feuille1",
                "",
                &[
                    "<table:table-column/><table:table-column table:visibility=\"collapse\" table:number-columns-repeated=\"2\"/>",
                    &titres,
                    &rangee_ods(&["Ruiz", "Zoé", "01/01/1980"])
                        .replace("<table:table-row>", "<table:table-row table:visibility=\"filter\">"),
                    &rangee_ods(&["Lenoir", "Léo", "02/02/1982"])
                        .replace("<table:table-row>", "<table:table-row table:visibility=\"collapse\">"),
                    &rangee_ods(&["Petit", "Léa", "03/03/1983"]),
                ]
                .concat(),
            )),
            Dit(3, &[("lignes_masquees", 0), ("colonnes_masquees", 0)]),
        ),
        (
            "deux-feuilles-du-meme-nom.ods",
            ods(&format!(
                "{}{}",
                table("Liste", "", &bonne),
                table("Liste", "", &rangee_ods(&["Lenoir", "Léo", "02/02/1982"]))
            )),
            Dit(1, &[("feuille_non_lue", 0)]),
        ),
        ("mille-feuilles.ods", ods(&table("F", "", "").repeat(1_000)), Refuse(413, "trop_volumineux_ouvert")),
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

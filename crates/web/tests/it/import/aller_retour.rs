//! A list with faults comes back with its column « Anomalies », and is imported once mended there, whatever it was.

use forprev_web::feuilles::ecriture::{Tableau, ecrire};
use forprev_web::feuilles::{Cellule, Format, lecture};

use super::envoyer;
use crate::api::import::douze_fautes::{FAUTES, avec_ses_fautes, lignes, sans_faute};
use crate::api::import::fichiers::{csv, ods, rangee, rangee_ods, xlsx};
use crate::app::{Answer, App, Browser};
use crate::saisie::{app, cache, declarer};

/// Where the annotated list has its column « Anomalies ».
const ANOMALIES: u32 = 7;

#[tokio::test]
async fn la_liste_annotee_se_corrige_et_s_importe() {
    let app = app().await;
    let mut alix = app.gestionnaire("Alix").await;
    let ailleurs = declarer(&mut alix).await;
    let connue = [
        ("nom_naissance", "Lefevre"),
        ("prenom", "Anaïs"),
        ("date_naissance", "28/02/1990"),
        ("version", "1"),
    ];
    alix.post(&format!("{ailleurs}/stagiaires"), &connue).await.expect(303);
    let adresse = format!("{}/stagiaires/import", declarer(&mut alix).await);
    for format in Format::TOUS {
        let fichier = ecrire(format, &avec_ses_fautes()).expect("writes");
        let nom = format!("liste.{}", format.extension());
        let page = envoyer(&app, &mut alix, &adresse, &nom, &fichier).await;
        check(&app, &mut alix, &adresse, &page, format).await;
    }
    let collees = lignes(&avec_ses_fautes(), "\t");
    let page = alix.post(&format!("{adresse}/lignes"), &[("lignes", &collees)]).await;
    check(&app, &mut alix, &adresse, &page, Format::Csv).await;
}

/// The annotated list says the twelve faults on their lines; with these lines mended it is ready.
async fn check(app: &App, alix: &mut Browser<'_>, adresse: &str, page: &Answer, format: Format) {
    let liste = cache(page, "liste");
    let annotee = alix.post(&format!("{adresse}/anomalies"), &[("liste", &liste)]).await.expect(200);
    assert_eq!(annotee.header("content-type"), format.media_type());
    let lue = lecture::lire(&annotee.bytes).expect("reads").feuilles.remove(0);
    let annotees = lue.rangees.iter().filter(|rangee| rangee.cellules.contains_key(&ANOMALIES));
    let annotees: Vec<usize> = annotees.map(|rangee| rangee.ligne as usize).collect();
    let titres_et_fautes = std::iter::once(1).chain(FAUTES.iter().map(|(ligne, ..)| *ligne));
    assert_eq!(annotees, titres_et_fautes.collect::<Vec<_>>(), "{format:?}");

    let justes = sans_faute();
    let mut corrigee = Tableau { nom: "Stagiaires".to_owned(), ..Tableau::default() };
    for rangee in &lue.rangees {
        let fautive = FAUTES.iter().any(|(ligne, ..)| *ligne == rangee.ligne as usize);
        let mut cellules: Vec<Option<Cellule>> =
            (0..=ANOMALIES).map(|colonne| rangee.cellules.get(&colonne).cloned()).collect();
        if fautive {
            let juste = &justes.rangees[rangee.ligne as usize - 1];
            cellules.splice(..juste.len(), juste.iter().cloned());
        }
        corrigee.rangees.push(cellules);
    }
    let fichier = ecrire(format, &corrigee).expect("writes");
    let nom = format!("liste.{}", format.extension());
    envoyer(app, alix, adresse, &nom, &fichier)
        .await
        .expect(200)
        .shows("200 stagiaires prêts à être importés");
}

/// What stops the import, as the page says it.
fn fautes(page: &Answer) -> Vec<String> {
    let texte = page.text();
    let dites = texte.split("<strong class=\"echec\">").skip(1);
    dites.map(|suite| suite.split("</p>").next().unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn renvoyee_sans_correction_la_liste_annotee_a_les_memes_fautes() {
    let titres = ["Nom de naissance", "Nom d'usage", "Prénom", "Date de naissance", "E-mail"];
    let classeur = |faute: &str, ligne: u32| rangee(ligne, &["Ruiz", faute, "Zoé", "01/01/1980"]);
    let excel = [
        classeur("<c><f>A1</f></c>", 2),
        classeur("<c t=\"b\"><v>1</v></c>", 3),
        classeur("<c t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>", 4),
        classeur("<c s=\"1\"><v>0.5</v></c>", 5),
        classeur("<c><v>12</v></c>", 6),
        classeur("Du&#9;Pont", 7),
        classeur("Du&#10;Pont", 8),
        rangee(9, &["Roux", "", "Luc", "02/02/1982"])
            .replace("</row>", "<c r=\"XFD9\" t=\"inlineStr\"><is><t>loin</t></is></c></row>"),
    ];
    let excel = xlsx(&format!("{}{}", rangee(1, &titres), excel.concat()));
    let libre = |faute: &str| rangee_ods(&["Ruiz", faute, "Zoé", "01/01/1980"]);
    let libreoffice = [
        libre("<table:table-cell table:formula=\"of:=A1\"/>"),
        libre("<table:table-cell office:value-type=\"boolean\" office:boolean-value=\"false\"><text:p>FAUX</text:p></table:table-cell>"),
        libre("<table:table-cell table:formula=\"of:=A1\" office:value-type=\"string\"><text:p>Err:502</text:p></table:table-cell>"),
        libre("<table:table-cell office:value-type=\"time\" office:time-value=\"PT10H\"><text:p>10:00</text:p></table:table-cell>"),
        libre("<table:table-cell office:value-type=\"float\" office:value=\"12\"><text:p>12</text:p></table:table-cell>"),
        libre("Du<text:tab/>Pont"),
        libre("Du<text:line-break/>Pont"),
        rangee_ods(&["Roux", "", "Luc", "02/02/1982"]).replace(
            "</table:table-row>",
            "<table:table-cell table:number-columns-repeated=\"9000\"/><table:table-cell><text:p>loin</text:p></table:table-cell></table:table-row>",
        ),
    ];
    let tables = format!(
        "<table:table table:name=\"F\">{}{}</table:table>",
        rangee_ods(&titres),
        libreoffice.concat()
    );
    let texte = csv(&[
        &titres.join(";"),
        "Ruiz;#N/A;Zoé;01/01/1980",
        "Ruiz;#VALEUR!;Zoé;01/01/1980",
        "Ruiz;Err:502;Zoé;01/01/1980",
        "Ruiz;LefÃ¨vre;Zoé;01/01/1980",
        "Ruiz;12;Zoé;01/01/1980",
        "Ruiz;Du\tPont;Zoé;01/01/1980",
        "Ruiz;\"Du\nPont\";Zoé;01/01/1980",
        "Roux;;Luc;02/02/1982;;;;;;;;loin",
    ]);
    let app = app().await;
    let mut alix = app.gestionnaire("Alix").await;
    let adresse = format!("{}/stagiaires/import", declarer(&mut alix).await);
    for (nom, fichier) in [("liste.xlsx", excel), ("liste.ods", ods(&tables)), ("liste.csv", texte)] {
        let page = envoyer(&app, &mut alix, &adresse, nom, &fichier).await.expect(422);
        let liste = cache(&page, "liste");
        let annotee = alix.post(&format!("{adresse}/anomalies"), &[("liste", &liste)]).await.expect(200);
        let renvoyee = envoyer(&app, &mut alix, &adresse, nom, &annotee.bytes).await.expect(422);
        let dites = fautes(&page);
        // A date that is none comes back as the text that it showed: the same place, other words.
        let places = |dites: &[String]| {
            let place = |dite: &String| dite.split(" :</strong>").next().unwrap_or_default().to_owned();
            dites.iter().map(place).collect::<Vec<_>>()
        };
        assert_eq!(places(&fautes(&renvoyee)), places(&dites), "{nom}");
        for dite in ["un retour à la ligne :", "une tabulation :", "n’est sous aucun titre"] {
            assert!(dites.iter().any(|faute| faute.contains(dite)), "{nom}: {dite}: {dites:#?}");
        }
        // Seven usage names, one cell too many, and who is there twice.
        assert_eq!(
            dites.iter().filter(|faute| faute.contains("Nom d’usage")).count(),
            7,
            "{nom}: {dites:#?}"
        );
    }
}

#[tokio::test]
async fn une_cellule_fusionnee_revient_a_remplir() {
    let app = app().await;
    let mut alix = app.gestionnaire("Alix").await;
    let adresse = format!("{}/stagiaires/import", declarer(&mut alix).await);
    let fusion = "<table:table-cell table:number-columns-spanned=\"2\"><text:p>Ruiz</text:p></table:table-cell><table:covered-table-cell/>";
    let tables = format!(
        "<table:table table:name=\"F\">{}{}</table:table>",
        rangee_ods(&["Nom de naissance", "Nom d'usage", "Prénom", "Date de naissance"]),
        rangee_ods(&[fusion, "Zoé", "01/01/1980"])
    );
    let page = envoyer(&app, &mut alix, &adresse, "liste.ods", &ods(&tables)).await.expect(422);
    let liste = cache(&page, "liste");
    let annotee = alix.post(&format!("{adresse}/anomalies"), &[("liste", &liste)]).await.expect(200);
    envoyer(&app, &mut alix, &adresse, "liste.ods", &annotee.bytes)
        .await
        .expect(422)
        .shows("Nom d’usage :</strong> Cette cellule affiche l’erreur « #VALEUR! ».");
}

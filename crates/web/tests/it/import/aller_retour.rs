//! A list with faults comes back with its column « Anomalies », and is imported once mended there, whatever it was.

use forprev_web::feuilles::ecriture::{Tableau, ecrire};
use forprev_web::feuilles::{Cellule, Format, lecture};

use super::envoyer;
use crate::api::import::douze_fautes::{FAUTES, avec_ses_fautes, lignes, sans_faute};
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

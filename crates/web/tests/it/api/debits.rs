//! What is throttled: look-ups of strangers, identities shown, unknown numbers.

use axum::body::Body;
use axum::http::Request;
use forprev_domain::numero::Numero;
use forprev_store::journal::{FiltreJournal, lister};
use forprev_store::{Pagination, essais};
use forprev_web::personnes::IDENTITES_PAR_JOUR;
use forprev_web::server::Client;
use jiff::SignedDuration;
use serde_json::json;

use super::acteurs::Reseau;
use super::seances::{Scene, chemin, saisie};

#[tokio::test]
async fn les_recherches_se_comptent_a_la_minute_et_par_compte() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    let bea = reseau.gestionnaire("Béa").await;
    let inconnu = json!({ "nom_naissance": "Nul", "prenom": "Part", "date_naissance": "1990-01-01" });
    for rang in 0..120 {
        let qui = if rang % 2 == 0 { &scene.alix } else { &bea };
        qui.post("/doublons", inconnu.clone()).await.expect(200);
    }
    let refus = bea.post("/doublons", inconnu.clone()).await.refuse(429, "trop_de_demandes");
    let attente: u64 = refus.header("retry-after").parse().expect("seconds");
    assert!((1..=60).contains(&attente));
    let ailleurs = reseau.nouveau_compte("Ailleurs Formation").await;
    let zoe = reseau.utilisateur("Zoé", "gestionnaire", &ailleurs).await;
    zoe.post("/doublons", inconnu.clone()).await.expect(200);
    reseau.app.clock("2026-11-23T09:01:01Z");
    scene.alix.post("/doublons", inconnu.clone()).await.expect(200);
    scene.karim.post("/doublons", inconnu.clone()).await.refuse(403, "interdit");
    reseau.administrateur().post("/doublons", inconnu).await.refuse(403, "interdit");
}

#[tokio::test]
async fn les_identites_montrees_se_comptent_par_jour_toutes_entrees_confondues() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    let connu = reseau.stagiaires(1).remove(0);
    let premiere = scene.brouillon(0).await;
    scene.alix.post(&format!("{}/stagiaires", chemin(&premiere)), connu.clone()).await.expect(201);
    let ailleurs = reseau.nouveau_compte("Ailleurs Formation").await;
    let zoe = reseau.utilisateur("Zoé", "gestionnaire", &ailleurs).await;
    let session = zoe.post("/sessions", saisie(&scene.karim.numero)).await.expect(201).json();
    let route = format!("{}/stagiaires", chemin(&session));
    let cle = format!("propositions:{ailleurs}");
    let montrees = async || {
        let cle = cle.clone();
        let lu = reseau.app.program.read(move |tx| Ok(essais::charger(tx, &cle)?)).await.expect("reads");
        lu.map_or(0, |essais| essais.nombre)
    };
    // A refused entry shows one, a look-up one, a list one.
    zoe.post(&route, connu.clone()).await.refuse(409, "doublon_a_trancher");
    assert_eq!(montrees().await, 1);
    zoe.post("/doublons", connu.clone()).await.expect(200);
    assert_eq!(montrees().await, 2);
    let mut liste = saisie(&scene.karim.numero);
    liste["stagiaires"] = json!([connu]);
    zoe.post("/sessions", liste.clone()).await.refuse(409, "doublon_a_trancher");
    assert_eq!(montrees().await, 3);
    // A file, tried or not, shows one; so do the pages of the same acts.
    let texte = |champ: &str| connu[champ].as_str().unwrap_or_default().to_owned();
    let [nom, prenom, jour] = ["nom_naissance", "prenom", "date_naissance"].map(texte);
    let fichier = format!("Nom de naissance;Prénom;Date de naissance\n{nom};{prenom};{jour}\n");
    let import = format!("{}/import", chemin(&session));
    let pour_voir = format!("{import}?essai=true");
    zoe.importer(&pour_voir, "l.csv", fichier.as_bytes(), &[]).await.expect(200);
    zoe.importer(&import, "l.csv", fichier.as_bytes(), &[]).await.refuse(422, "liste_a_corriger");
    assert_eq!(montrees().await, 5);
    let mut page = reseau.app.signed_in(&Numero::parse(&zoe.numero).expect("a numéro")).await;
    let formulaire = format!("{}/stagiaires", chemin(&session));
    let colle = format!("{formulaire}/import/lignes");
    let saisie = [("nom_naissance", nom.as_str()), ("prenom", &prenom), ("date_naissance", &jour)];
    page.get(&formulaire).await.expect(200);
    page.post(&formulaire, &saisie).await.expect(409).shows("peut-être déjà connue");
    page.post(&colle, &[("lignes", &fichier)]).await.expect(422).shows("déjà connue");
    assert_eq!(montrees().await, 7);
    let filtre = FiltreJournal { acte: Some("personne.proposee".to_owned()), ..FiltreJournal::default() };
    let notees = reseau.app.write(move |tx| Ok(lister(tx, &filtre, Pagination::premiere(1))?.total)).await;
    assert_eq!(notees, 7, "each one is in the journal");

    let (le, reste) = (reseau.app.program.clock.moment().instant, IDENTITES_PAR_JOUR - 7);
    let cle_du_jour = cle.clone();
    let ecrit = reseau
        .app
        .program
        .write(move |tx| Ok(essais::compter(tx, &cle_du_jour, reste, SignedDuration::from_hours(24), le)?));
    ecrit.await.expect("counts");
    for essai in 0..2 {
        let refus = zoe.post(&route, connu.clone()).await.refuse(429, "trop_de_demandes");
        assert_eq!(refus.header("retry-after"), "86400", "{essai}");
        assert!(!refus.text().contains("propositions"), "{}", refus.text());
        zoe.post("/doublons", connu.clone()).await.refuse(429, "trop_de_demandes");
        zoe.post("/sessions", liste.clone()).await.refuse(429, "trop_de_demandes");
        for adresse in [&pour_voir, &import] {
            let refus = zoe.importer(adresse, "l.csv", fichier.as_bytes(), &[]).await;
            assert!(!refus.refuse(429, "trop_de_demandes").text().contains("propositions"));
        }
        page.post(&formulaire, &saisie).await.expect(429);
        page.post(&colle, &[("lignes", &fichier)]).await.expect(429);
    }
    scene.alix.post("/doublons", connu.clone()).await.expect(200);
    reseau.app.clock("2026-11-24T09:00:01Z");
    zoe.post(&route, connu).await.refuse(409, "doublon_a_trancher");
}

#[tokio::test]
async fn deviner_des_numeros_se_ralentit_par_adresse() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    let (_, liste) = scene.terminee(1, 0).await;
    let vrai = liste[0]["numero"].as_str().expect("a number").to_owned();
    let verifier = async |adresse: &str, numero: &str| {
        let mut request =
            Request::get(format!("/api/v1/verification/{numero}")).body(Body::empty()).expect("a request");
        request.extensions_mut().insert(Client(adresse.parse().expect("an address")));
        reseau.app.send(request).await
    };
    for rang in 0..20 {
        verifier("192.0.2.1", &vrai).await.expect(200);
        let refus = verifier("192.0.2.1", &format!("SST-A-26-0000{}-00000", rang % 10)).await;
        assert_eq!(refus.refuse(404, "inconnu").json()["etat"], "inconnu");
    }
    let refus = verifier("192.0.2.1", "x").await.refuse(429, "trop_de_demandes");
    assert_ne!(refus.header("retry-after"), "");
    verifier("192.0.2.2", &vrai.to_lowercase().replace('-', "")).await.expect(200);
    reseau.app.clock("2026-11-23T09:01:00Z");
    verifier("192.0.2.1", "x").await.refuse(404, "inconnu");
}

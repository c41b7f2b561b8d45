//! What anybody may ask of a number, in French and in English.

use forprev_domain::certificat::Certificat;
use forprev_domain::dispositif::Niveau;
use forprev_domain::numero::NumeroCertificat;
use forprev_domain::utilisateur::Profil;
use forprev_store::certificats;
use forprev_web::sessions::generation::generer;

use crate::app::{Answer, App};
use crate::chaine::{Chaine, sst};

/// Certificates of niveau acteur for these people, generated.
async fn emis(app: &App, groupe: &[&str]) -> Vec<Certificat> {
    let chaine = Chaine::new(app).await;
    let alix = app.personne("Alix", &[Profil::Gestionnaire { compte: chaine.compte }]).await;
    let session = chaine.a_traiter(&alix, Niveau::Acteur, groupe).await;
    let demande = chaine.demande(&alix).await;
    app.write(move |tx| Ok(generer(tx, &demande, session.id, None)?.certificats)).await
}

#[tokio::test]
async fn un_numero_se_verifie_comme_on_le_tape() {
    let app = App::start_named();
    let numero = emis(&app, &["Camille Aubry"]).await[0].numero.to_string();
    let mut visitor = app.visitor();
    visitor.get("/verifier").await.expect(200).shows("Vérifier ce numéro").shows("noindex");
    let adresse = format!("/verifier/{numero}");
    for tape in [
        numero.clone(),
        numero.to_lowercase(),
        numero.replace('-', ""),
        numero.replace('-', "."),
        format!("+{numero}+"),
    ] {
        let reponse = visitor.get(&format!("/verifier?numero={tape}")).await.expect(303);
        assert_eq!(reponse.header("location"), adresse, "{tape}");
    }
    for tape in
        [adresse.clone(), adresse.to_lowercase(), adresse.replace('-', "%20"), adresse.replace('-', "%2F")]
    {
        let page = visitor.get(&tape).await.expect(200).shows("Ce certificat est valide").shows("noindex");
        let page = page.shows("Camille AUBRY").shows("Sauveteur secouriste du travail (SST), acteur");
        let page = page.shows("du 23 novembre 2026 au 23 novembre 2028 inclus").shows("Ardoise Formation");
        page.shows("Délivré le");
    }
    let page = visitor.get(&format!("/en/verify/{numero}")).await.expect(200).shows("<html lang=\"en\">");
    page.shows("This certificate is valid").shows("from 23 November 2026 to 23 November 2028 inclusive");
    app.clock("2028-11-23T23:00:00Z");
    visitor
        .get(&adresse)
        .await
        .expect(200)
        .shows("Ce certificat a expiré")
        .shows("a pris fin le 23 novembre 2028");
    visitor.get(&format!("/en/verify/{numero}")).await.expect(200).shows("ended on 23 November 2028");
}

/// A number that nobody has, rightly copied.
fn inconnu() -> String {
    NumeroCertificat::from_random(&sst(), Niveau::Acteur, 2026, 0).to_string()
}

/// What the page holds within its frame, without what is drawn at random.
fn contenu(page: &Answer, numeros: &[(&str, &str)]) -> String {
    let golden = page.golden();
    let (_, contenu) = golden.split_once("<main").expect("a page");
    let (contenu, _) = contenu.split_once("</main>").expect("whole");
    // What checks the code of a document is alike on all of them, and has a test of its own.
    let (contenu, _) = contenu.split_once("<div id=\"enonce\"").expect("a place for the code");
    numeros.iter().fold(contenu.to_owned(), |texte, (numero, nom)| texte.replace(numero, nom))
}

#[tokio::test]
async fn chaque_etat_se_dit_en_francais_et_en_anglais() {
    let app = App::start_named();
    let emis = emis(&app, &["Camille Aubry", "Théo Ollivier", "Inês Da Silva"]).await;
    let (valide, retire, corrige) = (emis[0].clone(), emis[1].clone(), emis[2].clone());
    let (cle, ancien) = (retire.numero.clone(), corrige.clone());
    let instant = app.program.clock.moment().instant;
    let nouveau = app
        .write(move |tx| {
            certificats::revoquer(tx, &cle, "essai", instant)?;
            let numero = certificats::nouveau_numero(tx, &ancien.dispositif, ancien.niveau, 2026)?;
            let nouveau = Certificat { numero, ..ancien.clone() };
            certificats::remplacer(tx, &ancien.numero, &nouveau)?;
            Ok(nouveau.numero.to_string())
        })
        .await;
    let [valide, retire, corrige] = [valide, retire, corrige].map(|c| c.numero.to_string());
    // One character alone: two wrong ones may make up for each other.
    let (debut, dernier) = valide.split_at(valide.len() - 1);
    let mal_copie = format!("{debut}{}", if dernier == "7" { "8" } else { "7" });
    let noms = [
        (valide.as_str(), "SST-A-26-VALIDE"),
        (&retire, "SST-A-26-REVOQUE"),
        (&corrige, "SST-A-26-REMPLACE"),
        (&nouveau, "SST-A-26-NOUVEAU"),
        (&mal_copie, "SST-A-26-MAL-COPIE"),
    ];
    let mut visitor = app.visitor();
    for (chemin, langue) in [("/verifier", "fr"), ("/en/verify", "en")] {
        let mut lire = async |numero: &str, status: u16, etat: &str| {
            let page = visitor.get(&format!("{chemin}/{numero}")).await.expect(status).shows("noindex");
            insta::assert_snapshot!(format!("verification_{etat}_{langue}"), contenu(&page, &noms));
        };
        app.clock("2026-11-23T09:00:00Z");
        lire(&valide, 200, "valide").await;
        lire(&retire, 200, "revoque").await;
        lire(&corrige, 200, "remplace").await;
        lire(&inconnu(), 404, "inconnu").await;
        lire(&mal_copie, 404, "mal_copie").await;
        app.clock("2028-11-23T23:00:00Z");
        lire(&valide, 200, "expire").await;
        lire(&retire, 200, "revoque").await;
    }
}

#[tokio::test]
async fn une_adresse_entiere_collee_mene_a_la_reponse() {
    let app = App::start_named();
    let numero = emis(&app, &["Camille Aubry"]).await[0].numero.to_string();
    let mut visitor = app.visitor();
    for colle in [
        format!("https%3A%2F%2Fforprev.test%2Fverifier%2F{numero}%23AbC_d-e"),
        format!("forprev.test%2Fen%2Fverify%2F{}", numero.to_lowercase()),
    ] {
        let reponse = visitor.get(&format!("/verifier?numero={colle}")).await.expect(303);
        assert_eq!(reponse.header("location"), format!("/verifier/{numero}"), "{colle}");
    }
    visitor.get("/verifier?numero=forprev.test%2Fverifier%2F").await.expect(422).shows("Recopiez le numéro");
}

#[tokio::test]
async fn un_numero_inconnu_ne_dit_rien_et_ne_se_devine_pas() {
    let app = App::start_named();
    let connu = emis(&app, &["Camille Aubry"]).await[0].numero.to_string();
    let inconnu = inconnu();
    let mut visitor = app.visitor();
    visitor.get("/verifier?numero=").await.expect(422).shows("Recopiez le numéro");
    let hostile = visitor.get("/verifier/%3Cb%3Ex").await.expect(404).shows("Ce certificat est inconnu");
    assert!(!hostile.text().contains("<b>x"));
    visitor.get(&format!("/en/verify/{inconnu}")).await.expect(404).shows("This certificate is unknown");
    for _ in 2..20 {
        visitor.get(&format!("/verifier/{inconnu}")).await.expect(404);
    }
    for chemin in [&format!("/verifier/{inconnu}"), "/verifier/n-importe-quoi", "/api/v1/verification/x"] {
        let trop = visitor.get(chemin).await.expect(429);
        let attente: u64 = trop.header("retry-after").parse().expect("seconds");
        assert!((1..=60).contains(&attente), "{chemin}");
    }
    visitor.get("/en/verify/x").await.expect(429).shows("Too many unknown numbers");
    visitor.get("/verifier/x").await.expect(429).shows("Trop de numéros inconnus");
    visitor.get(&format!("/verifier/{connu}")).await.expect(200);
    visitor.get(&format!("/api/v1/verification/{connu}")).await.expect(200);
    app.clock("2026-11-23T09:01:01Z");
    visitor.get(&format!("/verifier/{inconnu}")).await.expect(404);
}

#[tokio::test]
async fn un_specimen_ne_se_verifie_jamais_comme_un_certificat_valide() {
    let app = App::start();
    let numero = emis(&app, &["Camille Aubry"]).await[0].numero.to_string();
    let mut visitor = app.visitor();
    // Still said once what it printed is erased.
    for instant in ["2026-11-23T09:00:00Z", "2027-06-01T09:00:00Z"] {
        app.clock(instant);
        let moment = app.program.clock.moment();
        app.write(move |tx| Ok(forprev_store::balayage::lot(tx, moment)?)).await;
        let page = visitor.get(&format!("/verifier/{numero}")).await.expect(200);
        let page = page.shows("Ce certificat est un SPÉCIMEN, sans valeur").shows("il n’atteste rien");
        assert!(!page.text().contains("Ce certificat est valide"));
        visitor
            .get(&format!("/en/verify/{numero}"))
            .await
            .expect(200)
            .shows("SPÉCIMEN (sample), without value");
        let objet = visitor.get(&format!("/api/v1/verification/{numero}")).await.expect(200).json();
        assert_eq!((&objet["etat"], &objet["specimen"]), (&"valide".into(), &true.into()));
    }
}

#[tokio::test]
async fn un_numero_remplace_dit_ce_que_disait_l_ancien_certificat() {
    let app = App::start_named();
    let ancien = emis(&app, &["Camille Aubry"]).await[0].clone();
    let (numero, corrige) = (ancien.numero.to_string(), ancien.clone());
    let nouveau = app
        .write(move |tx| {
            let numero = certificats::nouveau_numero(tx, &ancien.dispositif, ancien.niveau, 2026)?;
            let mut imprime = ancien.imprime.clone().expect("printed");
            imprime.numero_certificat = numero.to_string();
            imprime.prenom = "Camila".to_owned();
            imprime.nom_usage = Some("Le Goff".to_owned());
            let identite = imprime.identite().expect("an identity");
            let nouveau = Certificat { numero, imprime: Some(imprime), ..ancien.clone() };
            certificats::remplacer(tx, &ancien.numero, &nouveau)?;
            forprev_store::personnes::modifier(tx, &ancien.titulaire, &identite)?;
            Ok(nouveau.numero.to_string())
        })
        .await;
    let mut visitor = app.visitor();
    let page = visitor.get(&format!("/verifier/{numero}")).await.expect(200).shows("Camille AUBRY");
    assert!(!page.text().contains("Camila"), "the corrected name is not that of the old document");
    let objet = visitor.get(&format!("/api/v1/verification/{numero}")).await.expect(200).json();
    assert_eq!(
        (&objet["titulaire"], &objet["remplace_par"]),
        (&"Camille AUBRY".into(), &nouveau.clone().into())
    );
    visitor.get(&format!("/verifier/{nouveau}")).await.expect(200).shows("Camila AUBRY").shows("LE GOFF");
    // Once erased, what it said is said no more.
    app.clock("2027-06-01T09:00:00Z");
    let moment = app.program.clock.moment();
    app.write(move |tx| Ok(forprev_store::balayage::lot(tx, moment)?)).await;
    let objet = visitor.get(&format!("/api/v1/verification/{numero}")).await.expect(200).json();
    assert_eq!((&objet["etat"], &objet["titulaire"]), (&"remplace".into(), &serde_json::Value::Null));
    let page = visitor.get(&format!("/verifier/{}", corrige.numero)).await.expect(200);
    assert!(!page.text().contains("AUBRY"));
}

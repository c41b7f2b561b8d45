//! What anybody may ask of a number, in French and in English.

use forprev_domain::certificat::Certificat;
use forprev_domain::dispositif::Niveau;
use forprev_domain::utilisateur::Profil;
use forprev_store::certificats;
use forprev_web::sessions::generation::generer;

use crate::app::App;
use crate::chaine::Chaine;

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
    let app = App::start();
    let numero = emis(&app, &["Camille Aubry"]).await[0].numero.to_string();
    let mut visitor = app.visitor();
    visitor.get("/verifier").await.expect(200).shows("Vérifier ce numéro").shows("noindex");
    let adresse = format!("/verifier/{numero}");
    for tape in [numero.clone(), numero.to_lowercase(), numero.replace('-', ""), format!("+{numero}+")] {
        let reponse = visitor.get(&format!("/verifier?numero={tape}")).await.expect(303);
        assert_eq!(reponse.header("location"), adresse, "{tape}");
    }
    for tape in [adresse.clone(), adresse.to_lowercase(), adresse.replace('-', "%20")] {
        let page = visitor.get(&tape).await.expect(200).shows("Ce certificat est valide").shows("noindex");
        let page = page.shows("Camille AUBRY").shows("Sauveteur secouriste du travail (SST), acteur");
        page.shows("du 23 novembre 2026 au 23 novembre 2028 inclus").shows("Ardoise Formation");
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

#[tokio::test]
async fn un_certificat_revoque_ou_remplace_le_dit() {
    let app = App::start();
    let emis = emis(&app, &["Camille Aubry", "Théo Ollivier"]).await;
    let (retire, corrige) = (emis[0].clone(), emis[1].clone());
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
    let mut visitor = app.visitor();
    visitor
        .get(&format!("/verifier/{}", retire.numero))
        .await
        .expect(200)
        .shows("Ce certificat a été révoqué");
    let page = visitor.get(&format!("/verifier/{}", corrige.numero)).await.expect(200);
    page.shows("Ce certificat a été remplacé").shows(&format!("href=\"/verifier/{nouveau}\""));
    visitor.get(&format!("/en/verify/{}", corrige.numero)).await.expect(200).shows("has been replaced");
}

#[tokio::test]
async fn un_numero_inconnu_ne_dit_rien_et_ne_se_devine_pas() {
    let app = App::start();
    let connu = emis(&app, &["Camille Aubry"]).await[0].numero.to_string();
    let mut visitor = app.visitor();
    visitor.get("/verifier?numero=").await.expect(422).shows("Recopiez le numéro");
    let hostile = visitor.get("/verifier/%3Cb%3Ex").await.expect(404).shows("Ce certificat est inconnu");
    assert!(!hostile.text().contains("<b>x"));
    visitor.get("/en/verify/SST-A-26-00000-00000").await.expect(404).shows("This certificate is unknown");
    // A qualification issued elsewhere bears no number of ours.
    for _ in 2..20 {
        visitor.get("/verifier/SST-A-26-00000-00000").await.expect(404);
    }
    let trop =
        visitor.get("/verifier/SST-A-26-00000-00000").await.expect(429).shows("Trop de numéros inconnus");
    assert_ne!(trop.header("retry-after"), "");
    visitor.get(&format!("/verifier/{connu}")).await.expect(429);
    app.clock("2026-11-23T09:01:01Z");
    visitor.get(&format!("/verifier/{connu}")).await.expect(200);
}

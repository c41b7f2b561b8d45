//! Signing in, out, activating, switching; what survives the end of a sign-in.

use forprev_domain::utilisateur::Profil;
use forprev_store::acces;
use forprev_web::sign_in::write_link;

use crate::app::{App, Browser};

const BON: &str = "brouette violon marée";

/// Somebody who has chosen the password [`BON`], signed out.
async fn inscrit(app: &App, prenom: &str) -> forprev_domain::numero::Numero {
    let compte = app.ardoise().await;
    let numero = app.personne(prenom, &[Profil::Gestionnaire { compte }]).await;
    let hash = forprev_web::sign_in::mot_de_passe::hash(&app.program, BON.to_owned()).await.expect("hashes");
    let (owner, le) = (numero.clone(), app.program.clock.moment().instant);
    app.write(move |tx| Ok(acces::choisir_mot_de_passe(tx, &owner, &hash, le)?)).await;
    numero
}

async fn essayer(browser: &mut Browser<'_>, identifiant: &str, mot_de_passe: &str) -> crate::app::Answer {
    browser.get("/connexion").await.expect(200);
    browser.post("/connexion", &[("identifiant", identifiant), ("mot_de_passe", mot_de_passe)]).await
}

#[tokio::test]
async fn on_se_connecte_par_numero_ou_par_adresse() {
    let app = App::start();
    let numero = inscrit(&app, "Alix").await.to_string();
    for identifiant in [numero.as_str(), &numero.to_lowercase(), "alix@exemple.fr", "ALIX@EXEMPLE.FR"] {
        let mut alix = app.visitor();
        let answer = essayer(&mut alix, identifiant, BON).await.expect(303);
        assert_eq!(answer.header("location"), "/tableau-de-bord");
        alix.get("/aide").await.expect(200).shows("gestionnaire, Ardoise Formation").shows("Alix Essai");
    }
}

#[tokio::test]
async fn la_reponse_est_la_meme_que_le_compte_existe_ou_non() {
    let app = App::start();
    let numero = inscrit(&app, "Alix").await.to_string();
    let faux = essayer(&mut app.visitor(), &numero, "un autre mot de passe").await.expect(422);
    let absent = essayer(&mut app.visitor(), "ZZZ00000", "un autre mot de passe").await.expect(422);
    let sans_jeton = |texte: String, identifiant: &str| {
        let texte = texte.replace(identifiant, "X");
        let (avant, suite) = texte.split_once("name=\"csrf\" value=\"").expect("a token");
        format!("{avant}{}", suite.split_once('"').expect("its end").1)
    };
    assert_eq!(sans_jeton(faux.text(), &numero), sans_jeton(absent.text(), "ZZZ00000"));
}

#[tokio::test]
async fn les_essais_rates_font_attendre_sans_jamais_fermer_l_acces() {
    let app = App::start();
    let numero = inscrit(&app, "Alix").await.to_string();
    for _ in 0..5 {
        essayer(&mut app.visitor(), &numero, "rien qui convienne").await.expect(422);
    }
    let answer = essayer(&mut app.visitor(), &numero, BON).await.expect(429).shows("Attendez 1 seconde");
    assert_eq!(answer.header("retry-after"), "1");
    app.clock("2026-11-23T09:00:02Z");
    essayer(&mut app.visitor(), &numero, BON).await.expect(303);
    essayer(&mut app.visitor(), &numero, "rien qui convienne").await.expect(422);
}

#[tokio::test]
async fn une_connexion_finit_apres_une_demi_heure_sans_rien_ou_douze_heures() {
    let app = App::start();
    let mut alix = app.gestionnaire("Alix").await;
    app.clock("2026-11-23T09:29:00Z");
    alix.get("/profil").await.expect(200);
    app.clock("2026-11-23T09:58:00Z");
    alix.get("/profil").await.expect(200);
    app.clock("2026-11-23T10:28:00Z");
    let answer = alix.get("/profil").await.expect(303);
    assert_eq!(answer.header("location"), "/connexion?suite=%2Fprofil");

    let mut lou = app.gestionnaire("Lou").await;
    let ouverte = app.program.clock.moment().instant;
    for minutes in (20..720).step_by(20) {
        app.clock(&(ouverte + jiff::SignedDuration::from_mins(minutes)).to_string());
        lou.get("/profil").await.expect(200);
    }
    app.clock("2026-11-23T22:28:30Z");
    lou.get("/profil").await.expect(303);
}

#[tokio::test]
async fn ce_qui_est_saisi_survit_a_la_fin_de_la_connexion() {
    let app = App::start();
    let numero = inscrit(&app, "Alix").await.to_string();
    let mut alix = app.visitor();
    essayer(&mut alix, &numero, BON).await.expect(303);
    alix.get("/profil").await.expect(200);
    app.clock("2026-11-23T12:00:00Z");
    let answer = alix.post("/profil", &[("profil", "Żółć : « é »")]).await.expect(401);
    let answer = answer.shows("Votre connexion a pris fin");
    let reprise = answer.hidden("reprise");
    let answer = alix
        .post(
            "/connexion",
            &[("identifiant", &numero), ("mot_de_passe", BON), ("suite", "/profil"), ("reprise", &reprise)],
        )
        .await
        .expect(200)
        .shows("Ce que vous aviez saisi est conservé");
    assert_eq!(answer.hidden("profil"), "Żółć : « é »");
    alix.post("/profil", &[("profil", "Żółć : « é »")])
        .await
        .expect(422)
        .shows("Choisissez un de vos profils");
}

#[tokio::test]
async fn un_formulaire_ouvert_sous_une_autre_connexion_est_propose_a_nouveau() {
    let app = App::start();
    let compte = app.ardoise().await;
    let numero = app.personne("Alix", &[Profil::Gestionnaire { compte }]).await;
    let mut ancien_onglet = app.signed_in(&numero).await;
    ancien_onglet.get("/profil").await.expect(200);
    let mut alix = ancien_onglet.signed_in_again(app.signed_in(&numero).await);
    let answer =
        alix.post("/profil", &[("profil", "Żółć")]).await.expect(403).shows("Reprendre votre saisie");
    assert_eq!(answer.hidden("profil"), "Żółć");
    alix.post("/profil", &[("profil", "Żółć")]).await.expect(422);
}

#[tokio::test]
async fn se_deconnecter_ferme_la_connexion() {
    let app = App::start();
    let mut alix = app.gestionnaire("Alix").await;
    alix.get("/aide").await.expect(200);
    alix.post("/deconnexion", &[]).await.expect(303);
    alix.get("/profil").await.expect(303);
}

#[tokio::test]
async fn un_profil_se_change_et_la_connexion_se_renouvelle() {
    let app = App::start();
    let compte = app.ardoise().await;
    let autre = app.compte("Cordage et Fils").await;
    let profils = [Profil::Gestionnaire { compte }, Profil::Delegataire { compte: autre }];
    let numero = app.personne("Alix", &profils).await;
    let mut alix = app.signed_in(&numero).await;
    let mut ancienne = alix.clone();
    alix.get("/profil").await.expect(200).shows("Changer de profil").shows("Cordage et Fils");
    alix.post("/profil", &[("profil", &format!("delegataire.{autre}"))]).await.expect(303);
    alix.get("/aide").await.shows("délégataire, Cordage et Fils");
    ancienne.get("/profil").await.expect(303);
    alix.get("/profil").await.expect(200);
    alix.post("/profil", &[("profil", "administrateur")]).await.expect(422);
}

#[tokio::test]
async fn un_profil_retire_ne_sert_plus_aussitot() {
    let app = App::start();
    let compte = app.ardoise().await;
    let numero = app.personne("Alix", &[Profil::Gestionnaire { compte }]).await;
    let mut alix = app.signed_in(&numero).await;
    alix.get("/profil").await.expect(200);
    let profil = Profil::Gestionnaire { compte };
    app.write(move |tx| Ok(forprev_store::utilisateurs::retirer_profil(tx, &numero, profil)?)).await;
    alix.get("/profil").await.expect(303);
}

#[tokio::test]
async fn un_lien_d_activation_sert_une_fois() {
    let app = App::start();
    let compte = app.ardoise().await;
    let numero = app.personne("Alix", &[Profil::Gestionnaire { compte }]).await;
    let (owner, le) = (numero.clone(), app.program.clock.moment().instant);
    let lien = app.write(move |tx| write_link(tx, "secret-d-essai", &owner, le)).await;

    let mut alix = app.visitor();
    alix.get(&lien).await.expect(200).shows("Bienvenue, Alix Essai").shows(numero.as_str());
    let choisir = |choisi: &'static str, encore: &'static str| {
        [("mot_de_passe", choisi), ("mot_de_passe_encore", encore)]
    };
    alix.post(&lien, &choisir("court", "court")).await.expect(422).shows("au moins 15");
    alix.post(&lien, &choisir("Azertyuiop12345", "Azertyuiop12345"))
        .await
        .expect(422)
        .shows("essayés en premier");
    alix.post(&lien, &choisir(BON, "autre")).await.expect(422).shows("ne sont pas les mêmes");
    alix.post(&lien, &choisir(BON, BON)).await.expect(303);
    alix.get("/profil").await.expect(200);

    let mut autre = app.visitor();
    autre.get(&lien).await.expect(404).shows("Ce lien ne sert plus");
    autre.get("/connexion").await.expect(200);
    autre.post(&lien, &choisir(BON, BON)).await.expect(404);
    essayer(&mut app.visitor(), numero.as_str(), BON).await.expect(303);
}

#[tokio::test]
async fn une_adresse_partagee_ne_connecte_personne() {
    let app = App::start();
    let premier = inscrit(&app, "Alix").await;
    let second = inscrit(&app, "Alix").await;
    essayer(&mut app.visitor(), "alix@exemple.fr", BON).await.expect(422).shows("numéro Forprev");
    for numero in [premier, second] {
        essayer(&mut app.visitor(), numero.as_str(), BON).await.expect(303);
    }
}

#[tokio::test]
async fn la_demonstration_n_existe_pas_ailleurs() {
    let app = App::start();
    let mut visitor = app.visitor();
    visitor.get("/demonstration").await.expect(404);
    visitor.get("/connexion").await.expect(200);
    visitor.post("/demonstration", &[("numero", "JKA37899")]).await.expect(404);
}

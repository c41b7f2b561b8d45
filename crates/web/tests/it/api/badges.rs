//! The portable copy of a formateur's certificate: signed, whole, and said to stand no more at once.

use std::io::Read as _;

use axum::body::Body;
use axum::http::Request;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::read::GzDecoder;
use ring::signature::{ED25519, UnparsedPublicKey};
use serde_json::{Value, json};

use super::acteurs::{Acteur, Moteur, Reseau, texte};
use super::disparition::generee_formateur;
use super::seances::Scene;

const SITE: &str = "http://forprev.test";

/// What is published at this address.
async fn publie(reseau: &Reseau, adresse: &str) -> crate::app::Answer {
    let chemin = adresse.strip_prefix(SITE).expect("of this site").split('#').next().expect("a path");
    reseau.app.send(Request::get(chemin).body(Body::empty()).expect("a request")).await
}

fn lire(part: &str) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).expect("base64url")).expect("JSON")
}

/// What a token says, its signature proven by the key that it names.
async fn ouvrir(reseau: &Reseau, jeton: &str) -> Value {
    let (signe, signature) = jeton.rsplit_once('.').expect("three parts");
    let (entete, corps) = signe.split_once('.').expect("three parts");
    let entete = lire(entete);
    assert_eq!((&entete["alg"], &entete["typ"]), (&json!("EdDSA"), &json!("JWT")));
    assert_eq!(entete.as_object().map(serde_json::Map::len), Some(3), "no other header");
    let cle = publie(reseau, &texte(&entete, "kid")).await.expect(200).json();
    assert_eq!((&cle["kty"], &cle["crv"]), (&json!("OKP"), &json!("Ed25519")));
    assert!(cle.get("d").is_none());
    let publique = URL_SAFE_NO_PAD.decode(texte(&cle, "x")).expect("base64url");
    let cle = UnparsedPublicKey::new(&ED25519, publique);
    let signature = URL_SAFE_NO_PAD.decode(signature).expect("base64url");
    cle.verify(signe.as_bytes(), &signature).expect("signed by this key");
    assert!(cle.verify(format!("{signe}x").as_bytes(), &signature).is_err());
    lire(corps)
}

async fn badge(qui: &Acteur<'_>, numero: &str) -> String {
    let reponse = qui.get(&format!("/certificats/{numero}/badge")).await.expect(200);
    assert_eq!(reponse.header("content-type"), "application/vc+jwt");
    assert_eq!(reponse.header("content-disposition"), format!("attachment; filename=\"badge-{numero}.jwt\""));
    reponse.text()
}

/// Whether the published list says that this badge stands no more.
async fn retire(reseau: &Reseau, badge: &Value) -> bool {
    let statut = &badge["credentialStatus"];
    let liste = publie(reseau, &texte(statut, "statusListCredential")).await.expect(200);
    assert_eq!(liste.header("content-type"), "application/vc+jwt");
    assert_eq!(liste.header("access-control-allow-origin"), "*");
    let liste = ouvrir(reseau, &liste.text()).await;
    assert_eq!(liste["id"], statut["statusListCredential"]);
    assert_eq!(liste["issuer"], badge["issuer"]["id"]);
    let sujet = &liste["credentialSubject"];
    assert_eq!(
        (&sujet["type"], &sujet["statusPurpose"]),
        (&json!("BitstringStatusList"), &json!("revocation"))
    );
    let encodee = texte(sujet, "encodedList");
    let gzip = URL_SAFE_NO_PAD.decode(encodee.strip_prefix('u').expect("multibase")).expect("base64url");
    let mut bits = Vec::new();
    GzDecoder::new(gzip.as_slice()).read_to_end(&mut bits).expect("gzip");
    assert_eq!(bits.len(), 16 * 1024);
    let rang: usize = texte(statut, "statusListIndex").parse().expect("a number");
    bits[rang / 8] >> (7 - rang % 8) & 1 == 1
}

#[tokio::test]
async fn le_badge_d_un_formateur_dit_ce_qui_est_imprime_et_ce_qui_ne_vaut_plus() {
    for moteur in Moteur::TOUS {
        let reseau = Reseau::sur(moteur).await;
        let scene = Scene::sur(&reseau).await;
        let (_, numero, titulaire) = generee_formateur(&scene).await;
        let titulaire = reseau.acteur(&titulaire).await;
        let tenus = titulaire.get("/moi/certificats").await.expect(200).json();
        assert_eq!(tenus["elements"][0]["badge"], json!(format!("/api/v1/certificats/{numero}/badge")));
        let jeton = badge(&titulaire, &numero).await;
        assert_eq!(badge(&titulaire, &numero).await, jeton, "the same token");
        let premier = ouvrir(&reseau, &jeton).await;
        assert_eq!(premier["iss"], premier["issuer"]["id"]);
        assert_eq!(premier["jti"], premier["id"]);
        assert_eq!(premier["sub"], premier["credentialSubject"]["id"]);
        assert_eq!(premier["credentialSubject"]["licenseNumber"], json!(numero));
        assert_eq!(premier["validFrom"], "2026-11-22T23:00:00Z");
        assert_eq!(premier["validUntil"], "2029-11-23T22:59:59Z");
        assert!(
            !premier.to_string().contains("date_naissance") && !premier.to_string().contains("@exemple.fr")
        );
        let emetteur = publie(&reseau, &texte(&premier["issuer"], "id")).await.expect(200).json();
        assert_eq!(emetteur["assertionMethod"][0], emetteur["verificationMethod"][0]["id"]);
        let reussite = &premier["credentialSubject"]["achievement"];
        let publiee = publie(&reseau, &texte(reussite, "id")).await.expect(200).json();
        assert_eq!(publiee["criteria"], reussite["criteria"]);
        assert!(!retire(&reseau, &premier).await);
        publie(&reseau, &texte(&premier, "id")).await.expect(200).shows("Ce certificat est un SPÉCIMEN");
        insta::allow_duplicates! {
            insta::assert_snapshot!("badge", sans_hasard(&premier, &numero, &titulaire.numero));
        }

        // Corrected: the old copy stands no more, the new one does; withdrawn: neither.
        let administrateur = reseau.administrateur();
        let corps = json!({ "prenom": "Zélie" });
        let nouveau = administrateur.post(&format!("/certificats/{numero}/correction"), corps).await;
        let nouveau = texte(&nouveau.expect(201).json(), "numero");
        assert!(retire(&reseau, &premier).await);
        titulaire.get(&format!("/certificats/{numero}/badge")).await.refuse(404, "certificat_remplace");
        let second = ouvrir(&reseau, &badge(&titulaire, &nouveau).await).await;
        assert!(second["credentialSubject"]["identifier"][0]["identityHash"].to_string().contains("Zélie"));
        assert_ne!(second["credentialStatus"]["id"], premier["credentialStatus"]["id"]);
        assert!(!retire(&reseau, &second).await);
        let motif = json!({ "motif": "Essai" });
        administrateur.post(&format!("/certificats/{nouveau}/revocation"), motif).await.expect(200);
        assert!(retire(&reseau, &second).await);
        titulaire.get(&format!("/certificats/{nouveau}/badge")).await.refuse(404, "certificat_revoque");
    }
}

/// The badge as people review it: what is drawn at random named.
fn sans_hasard(badge: &Value, numero: &str, titulaire: &str) -> String {
    let rang = texte(&badge["credentialStatus"], "statusListIndex");
    let texte = format!("{badge:#}").replace(numero, "NUMERO").replace(titulaire, "TITULAIRE");
    texte.replace(&format!("\"{rang}\""), "\"RANG\"").replace(&format!("#{rang}"), "#RANG")
}

#[tokio::test]
async fn le_badge_est_au_titulaire_tant_que_son_certificat_vaut() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    let (_, numero, titulaire) = generee_formateur(&scene).await;
    let titulaire = reseau.acteur(&titulaire).await;
    let (session, liste) = scene.terminee(1, 0).await;
    let acteur = reseau.acteur(&texte(&session["stagiaires"][0], "numero")).await;
    let de_l_acteur = texte(&liste[0], "numero");
    for (qui, numero, status, code) in [
        (&scene.alix, &numero, 403, "interdit"),
        (&scene.karim, &numero, 404, "introuvable"),
        (&reseau.administrateur(), &numero, 403, "interdit"),
        (&acteur, &de_l_acteur, 403, "interdit"),
        (&scene.alix, &de_l_acteur, 403, "interdit"),
    ] {
        qui.get(&format!("/certificats/{numero}/badge")).await.refuse(status, code);
    }
    reseau.personne().get(&format!("/certificats/{numero}/badge")).await.expect(401);
    reseau.app.clock("2029-11-23T22:59:59Z");
    badge(&titulaire, &numero).await;
    reseau.app.clock("2029-11-23T23:00:00Z");
    titulaire.get(&format!("/certificats/{numero}/badge")).await.refuse(404, "telechargement_termine");
    let tenus = titulaire.get("/moi/certificats").await.expect(200).json();
    assert_eq!(tenus["elements"][0]["badge"], Value::Null);
    for chemin in [
        "statuts/0",
        "statuts/2",
        "statuts/x",
        "cles/00000000",
        "reussites/SST/acteur",
        "reussites/X/formateur",
    ] {
        publie(&reseau, &format!("{SITE}/.well-known/forprev/{chemin}")).await.expect(404);
    }
}

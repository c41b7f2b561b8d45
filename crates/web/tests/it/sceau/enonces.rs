//! Statements in codes: checked with public keys alone.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use forprev_domain::certificat::Enonce;
use forprev_domain::dispositif::Niveau;
use forprev_web::sceau::{Doute, lire_enonce};

use super::{emis, publiques};
use crate::app::App;

#[tokio::test]
async fn l_enonce_d_un_code_se_verifie_sans_registre() {
    let app = App::start();
    let emis = emis(&app, Niveau::Formateur, &["Anaïs Quintard"]).await;
    let imprime = emis[0].imprime.as_ref().expect("printed");
    let fragment = imprime.enonce.as_deref().expect("a statement");
    let cles = publiques(&app).await;
    let adresse = format!("{}/{}#{fragment}", imprime.adresse_verification, imprime.numero_certificat);
    for texte in [fragment, &adresse, &format!(" {adresse}\n")] {
        assert_eq!(lire_enonce(texte, &cles), Ok(Enonce::de(imprime)), "{texte}");
    }
    let autre = adresse.replace(&imprime.numero_certificat, "SST-F-26-00000-00000");
    assert_eq!(
        lire_enonce(&autre, &cles),
        Err(Doute::EnonceFaux),
        "the number of the address is another one"
    );
    let juste = URL_SAFE_NO_PAD.decode(fragment).expect("base64url");
    for rang in 0..juste.len() {
        let mut faux = juste.clone();
        faux[rang] ^= 1;
        assert!(lire_enonce(&URL_SAFE_NO_PAD.encode(&faux), &cles).is_err(), "{rang}");
        assert!(lire_enonce(&URL_SAFE_NO_PAD.encode(&juste[..rang]), &cles).is_err(), "{rang}");
    }
    for texte in
        ["", "#", "é", "https://forprev.example/verifier/SST-A-26-7F3K9-QXMW2", "A".repeat(9000).as_str()]
    {
        assert_eq!(lire_enonce(texte, &cles), Err(Doute::SansEnonce), "{texte}");
    }
    let ailleurs = App::start();
    assert_eq!(lire_enonce(fragment, &publiques(&ailleurs).await), Err(Doute::EnonceFaux));
}

#[tokio::test]
async fn les_cles_publiques_sont_a_une_adresse_stable() {
    let app = App::start();
    let reponse = app.visitor().get("/.well-known/forprev/cles.json").await.expect(200);
    assert_eq!(reponse.header("content-type"), "application/json");
    assert_eq!(reponse.header("cache-control"), "public, max-age=300");
    assert_eq!(reponse.header("access-control-allow-origin"), "*");
    assert_eq!(reponse.header("set-cookie"), "");
    let document = reponse.json();
    assert_eq!(document["keys"][0]["kty"], "OKP");
    assert_eq!(document["keys"][0]["crv"], "Ed25519");
    assert_eq!(document["keys"][0]["kid"].as_str().map(str::len), Some(8));
    let pem = document["certificats"][0]["pem"].as_str().expect("PEM");
    assert!(pem.starts_with("-----BEGIN CERTIFICATE-----\n") && !pem.contains("PRIVATE"));
    assert_eq!(forprev_web::sceau::Publiques::lire(&reponse.text()), Some(publiques(&app).await));
}

#[tokio::test]
async fn la_page_publique_sait_verifier_un_code() {
    let app = App::start();
    let mut visiteur = app.visitor();
    for (langue, chemin) in [("fr", "/verifier"), ("en", "/en/verify")] {
        let page = visiteur.get(&format!("{chemin}/SST-A-26-00000-00000")).await.expect(404);
        let golden = page.golden();
        let (_, enonce) = golden.split_once("<div id=\"enonce\"").expect("a place for the code");
        let (enonce, _) = enonce.split_once("</main>").expect("whole");
        insta::assert_snapshot!(format!("enonce_{langue}"), enonce);
        let html = page.text();
        let (_, adresse) = html.split_once("<script src=\"").expect("a script");
        let script = visiteur.get(adresse.split('"').next().unwrap_or_default()).await.expect(200);
        assert_eq!(script.header("content-type"), "text/javascript; charset=utf-8");
        assert!(script.bytes.len() < 4096, "{} bytes", script.bytes.len());
    }
    let page = visiteur.get("/verifier").await.expect(200);
    assert!(!page.text().contains("<script"), "nothing to check yet");
}

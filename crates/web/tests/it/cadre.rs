//! What surrounds every page: headers, errors, forms from elsewhere.

use axum::body::Body;
use axum::http::{Request, header};

use forprev_web::layout::MenuDe;

use crate::app::App;

#[tokio::test]
async fn chaque_reponse_est_protegee() {
    let app = App::start();
    for path in ["/", "/aide", "/etat", "/rien", "/healthz", "/actifs/rien.css", "/api/v1/rien"] {
        let answer = app.visitor().get(path).await;
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("strict-transport-security"), "", "{path}");
    }
    let https = App::start_with(|config| config.public_url = "https://forprev.test".to_owned());
    assert!(https.visitor().get("/").await.header("strict-transport-security").contains("max-age"));
}

#[tokio::test]
async fn une_page_absente_se_dit_en_francais() {
    let app = App::start();
    app.visitor()
        .get("/sessions-inconnues")
        .await
        .expect(404)
        .shows("Cette page n’existe pas ou n’existe plus");
    let answer = app.visitor().get("/api/v1/rien").await.expect(404);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert_eq!(answer.json()["code"], "introuvable");
}

#[tokio::test]
async fn un_formulaire_obtenu_ailleurs_n_est_pas_pris_en_compte() {
    let app = App::start();
    let mut visitor = app.visitor();
    visitor.forget_token();
    visitor.post("/connexion", &[("identifiant", "x")]).await.expect(403).shows("trop longtemps");
    let forged = Request::post("/connexion").header(header::CONTENT_TYPE, "text/plain");
    app.send(forged.body(Body::from("x=1")).expect("a request")).await.expect(415);
}

#[tokio::test]
async fn un_envoi_trop_volumineux_est_refuse_sans_etre_lu() {
    let app = App::start();
    let huge = Request::post("/connexion").header(header::CONTENT_LENGTH, "10737418240");
    app.send(huge.body(Body::empty()).expect("a request")).await.expect(413).shows("trop volumineux");
    let long = Request::post("/connexion").body(Body::from(vec![b'a'; 2 << 20])).expect("a request");
    app.send(long).await.expect(413);
}

#[tokio::test]
async fn seule_l_accueil_est_pour_les_moteurs() {
    let app = App::start();
    assert!(!app.visitor().get("/").await.text().contains("noindex"));
    assert!(app.visitor().get("/aide").await.text().contains("noindex"));
}

#[tokio::test]
async fn la_feuille_de_style_se_garde_un_an() {
    let app = App::start();
    let css = app.program.assets.href("forprev.css");
    let answer = app.visitor().get(&css).await.expect(200);
    assert!(answer.header("cache-control").contains("immutable"));
    let gzip = Request::get(&css).header(header::ACCEPT_ENCODING, "gzip, br");
    let gzip = app.send(gzip.body(Body::empty()).expect("a request")).await.expect(200);
    assert_eq!(gzip.header("content-encoding"), "gzip");
    assert!(gzip.bytes.len() * 3 < answer.bytes.len());
}

#[tokio::test]
async fn les_sondes_repondent() {
    let app = App::start();
    app.visitor().get("/healthz").await.expect(200);
    app.visitor().get("/readyz").await.expect(200);
    app.visitor().get("/metrics").await.expect(200).shows("forprev_http_answers_total{status=\"2xx\"} 2");
}

#[tokio::test]
async fn chaque_entree_de_menu_mene_a_une_page() {
    let app = App::start();
    let equipe = app.equipe().await;
    for (menu, mut browser) in [
        (MenuDe::Gestionnaire, equipe.claire().await),
        (MenuDe::Delegataire, equipe.hugo().await),
        (MenuDe::Formateur, equipe.karim().await),
        (MenuDe::Administrateur, app.administrateur("Sacha").await),
    ] {
        let aide = browser.get("/aide").await.expect(200);
        for entree in menu.menu("/aide").groupes.iter().flat_map(|groupe| &groupe.entrees) {
            assert!(aide.text().contains(&format!("href=\"{}\"", entree.href)), "{menu:?} {}", entree.href);
            let page = browser.get(entree.href).await.expect(200);
            assert!(page.text().contains("aria-current=\"page\""), "{menu:?} {}", entree.href);
        }
    }
}

#[tokio::test]
async fn les_pages_se_relisent() {
    let app = App::start();
    insta::assert_snapshot!("accueil", app.visitor().get("/").await.expect(200).golden());
    insta::assert_snapshot!("connexion", app.visitor().get("/connexion").await.expect(200).golden());
    insta::assert_snapshot!("introuvable", app.visitor().get("/rien").await.expect(404).golden());
    let mut alix = app.gestionnaire("Alix").await;
    insta::assert_snapshot!("etat", alix.get("/etat").await.expect(200).golden());
}

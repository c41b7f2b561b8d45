//! The description cannot drift: it is held against the router, and its golden copy is reviewed.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::Method;
use forprev_web::api::openapi::{ROUTES, document};
use serde_json::Value;

use super::acteurs::Reseau;

/// The paths that the router knows.
fn chemins_du_routeur() -> BTreeSet<String> {
    let routeur = format!("{:?}", forprev_web::api::routes());
    // The router's own way to « not found » is no route.
    let routes = routeur.split('"').filter(|t| t.len() > 1 && t.starts_with('/') && !t.contains("__private"));
    routes.map(str::to_owned).collect()
}

#[tokio::test]
async fn chaque_route_est_decrite_et_chaque_description_repond() {
    let reseau = Reseau::ouvrir().await;
    let mut decrites: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for route in ROUTES {
        decrites.entry(route.chemin).or_default().insert(route.http());
    }
    let connus: BTreeSet<String> = decrites.keys().map(|chemin| (*chemin).to_owned()).collect();
    assert_eq!(chemins_du_routeur(), connus);
    for (chemin, attendues) in decrites {
        let appel = chemin.replace(['{', '}'], "");
        let methode = Method::from_bytes(b"PROPFIND").expect("a method");
        let refus = reseau.administrateur().envoyer(methode, &appel, None).await;
        let refus = refus.refuse(405, "methode_non_permise");
        let permises = refus.header("allow").split(',').filter(|m| *m != "HEAD").map(str::to_owned).collect();
        assert_eq!(attendues, permises, "{chemin}");
    }
}

#[tokio::test]
async fn le_document_est_public_et_relu() {
    let reseau = Reseau::ouvrir().await;
    let servi = reseau.personne().get("/openapi.json").await.expect(200);
    assert_eq!(servi.header("content-type"), "application/json");
    assert_eq!(servi.json(), document());
    let fichier = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");
    let ecrit = format!("{}\n", serde_json::to_string_pretty(&document()).expect("JSON"));
    if std::env::var_os("FORPREV_ECRIRE_OPENAPI").is_some() {
        std::fs::write(fichier, &ecrit).expect("writes the golden copy");
    }
    let garde = std::fs::read_to_string(fichier).unwrap_or_default();
    assert!(
        garde == ecrit,
        "docs/openapi.json is not what is served: FORPREV_ECRIRE_OPENAPI=1 writes it anew"
    );
}

#[tokio::test]
async fn la_page_presente_chaque_route() {
    let reseau = Reseau::ouvrir().await;
    let page = reseau.personne().get("/docs").await.expect(200);
    assert!(page.header("content-type").starts_with("text/html"));
    assert!(!page.text().contains("<script"));
    let mut page = page.shows("Interface de programmation");
    for route in ROUTES {
        page = page.shows(&format!("{} {}", route.http(), route.chemin));
    }
}

#[test]
fn le_document_ne_renvoie_qu_a_ce_qu_il_contient() {
    let document = document();
    let mut identifiants = BTreeSet::new();
    assert_eq!(document["openapi"], "3.1.0");
    for methodes in document["paths"].as_object().expect("paths").values() {
        for operation in methodes.as_object().expect("methods").values() {
            assert!(identifiants.insert(operation["operationId"].to_string()), "{operation:#}");
        }
    }
    let mut cites = BTreeSet::new();
    citer(&document, &mut cites);
    let schemas = document["components"]["schemas"].as_object().expect("schemas");
    assert_eq!(cites, schemas.keys().cloned().collect(), "each schema is used, each used one is there");
}

fn citer(valeur: &Value, cites: &mut BTreeSet<String>) {
    match valeur {
        Value::Object(objet) => {
            for (nom, valeur) in objet {
                match valeur.as_str().filter(|_| nom == "$ref") {
                    Some(vers) => drop(cites.insert(vers.replace("#/components/schemas/", ""))),
                    None => citer(valeur, cites),
                }
            }
        }
        Value::Array(liste) => liste.iter().for_each(|valeur| citer(valeur, cites)),
        _ => {}
    }
}

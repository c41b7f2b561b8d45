//! The interface describes itself: `/api/v1/openapi.json` (OpenAPI 3.1) and `/api/v1/docs`.
//!
//! One table of routes ([`ROUTES`]) and one list of objects ([`schemas`]) make both. Tests hold the table against
//! the router, and every answer of the test suite against its schema; `docs/openapi.json` is the golden copy.

mod objets;
mod routes;

use askama::Template;
use axum::response::Response;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Map, Value, json};

pub use objets::schemas;
pub use routes::{Contenu, Param, ROUTES, Route};

use crate::app::App;
use crate::error::Error;
use crate::layout::{Page, render};
use crate::visit::Visit;

/// The routes of the description itself: public.
pub fn routes() -> Router<App> {
    Router::new().route("/openapi.json", get(montrer)).route("/docs", get(docs))
}

async fn montrer() -> Json<Value> {
    Json(document())
}

#[derive(Template)]
#[template(path = "api/openapi/docs.html")]
struct Docs {
    page: Page,
    themes: Vec<Theme>,
}

/// Routes that go together.
struct Theme {
    nom: &'static str,
    ancre: String,
    routes: Vec<&'static Route>,
}

async fn docs(visit: Visit) -> Result<Response, Error> {
    let mut themes: Vec<Theme> = Vec::new();
    for route in ROUTES {
        match themes.last_mut().filter(|theme| theme.nom == route.theme) {
            Some(theme) => theme.routes.push(route),
            None => {
                let ancre = format!("theme-{}", themes.len() + 1);
                themes.push(Theme { nom: route.theme, ancre, routes: vec![route] });
            }
        }
    }
    render(&Docs { page: visit.page("Interface de programmation"), themes })
}

/// The whole OpenAPI document.
#[must_use]
pub fn document() -> Value {
    let mut chemins = Map::new();
    for route in ROUTES {
        let chemin = chemins.entry(route.chemin).or_insert_with(|| json!({}));
        chemin[route.methode] = operation(route);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Forprev",
            "version": "1",
            "summary": "Déclarer des sessions de certification, recueillir les résultats, délivrer les certificats.",
            "description": "Jours AAAA-MM-JJ, instants RFC 3339 en UTC. Un jeton agit avec tous les profils de sa personne. Idempotency-Key peut accompagner chaque POST : même personne, route, clé et corps en 24 heures donnent la même réponse et un seul effet. Ce qui n’est pas visible répond 404, comme ce qui n’existe pas. Les erreurs sont des application/problem+json.",
        },
        "servers": [{ "url": "/api/v1" }],
        "security": [{ "jeton": [] }],
        "paths": chemins,
        "components": {
            "securitySchemes": { "jeton": { "type": "http", "scheme": "bearer" } },
            "schemas": schemas(),
        },
    })
}

fn operation(route: &Route) -> Value {
    let mut parametres: Vec<Value> = route.noms_du_chemin().map(du_chemin).collect();
    parametres.extend(route.requete.iter().map(de_la_requete));
    if route.methode == "post" {
        parametres.push(json!({
            "name": "Idempotency-Key", "in": "header", "required": false,
            "schema": { "type": "string", "minLength": 1, "maxLength": 255 },
        }));
    }
    let mut reponses = Map::new();
    for (statut, phrase, contenu) in route.reponses {
        reponses.insert(statut.to_string(), reponse(phrase, contenu));
    }
    reponses.insert(
        "default".to_owned(),
        json!({
            "description": "Refus, avec son code.",
            "content": { "application/problem+json": { "schema": reference("Probleme") } },
        }),
    );
    let mut operation = json!({
        "tags": [route.theme],
        "operationId": route.name(),
        "summary": route.resume,
        "description": format!("Pour : {}.", route.qui),
        "parameters": parametres,
        "responses": reponses,
    });
    if let Some(corps) = route.corps {
        operation["requestBody"] = json!({
            "required": route.corps_requis,
            "content": { route.media: { "schema": reference(corps) } },
        });
    }
    if route.est_public() {
        operation["security"] = json!([]);
    }
    operation
}

fn reponse(phrase: &str, contenu: &Contenu) -> Value {
    let contenu = match contenu {
        Contenu::Empty => return json!({ "description": phrase }),
        Contenu::Objet(nom) => json!({ "application/json": { "schema": reference(nom) } }),
        Contenu::Liste(nom) => json!({ "application/json": { "schema": liste_de(nom) } }),
        Contenu::Fichier(genre) => json!({ *genre: {} }),
    };
    json!({ "description": phrase, "content": contenu })
}

fn liste_de(nom: &str) -> Value {
    json!({
        "type": "object",
        "required": ["elements", "total", "suivant"],
        "properties": {
            "elements": { "type": "array", "items": reference(nom) },
            "total": { "type": "integer" },
            "suivant": { "type": ["string", "null"], "description": "À redonner dans « apres » ; null : c’est la fin." },
        },
    })
}

fn du_chemin(nom: &str) -> Value {
    json!({ "name": nom, "in": "path", "required": true, "schema": { "type": "string" } })
}

fn de_la_requete(parametre: &Param) -> Value {
    json!({
        "name": parametre.nom, "in": "query", "required": false, "description": parametre.sens,
        "schema": { "type": "string" },
    })
}

fn reference(nom: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{nom}") })
}

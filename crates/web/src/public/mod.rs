//! Pages that anybody may read.

mod etat_du_service;

use askama::Template;
use axum::Router;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;

use crate::app::App;
use crate::error::Error;
use crate::layout::{Page, render};
use crate::visit::Visit;

/// Routes of this folder.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(accueil))
        .route("/aide", get(aide))
        .route("/accessibilite", get(accessibilite))
        .route("/donnees-personnelles", get(donnees_personnelles))
        .route("/etat", get(etat_du_service::show))
}

#[derive(Template)]
#[template(path = "public/accueil.html")]
struct Accueil {
    page: Page,
}

async fn accueil(visit: Visit) -> Result<Response, Error> {
    if visit.signed_in.is_some() {
        return Ok(Redirect::to("/tableau-de-bord").into_response());
    }
    render(&Accueil { page: visit.page("Déclarer une session de certification").indexable() })
}

#[derive(Template)]
#[template(path = "public/aide.html")]
struct Aide {
    page: Page,
}

async fn aide(visit: Visit) -> Result<Response, Error> {
    render(&Aide { page: visit.page("Aide") })
}

#[derive(Template)]
#[template(path = "public/accessibilite.html")]
struct Accessibilite {
    page: Page,
}

async fn accessibilite(visit: Visit) -> Result<Response, Error> {
    render(&Accessibilite { page: visit.page("Accessibilité : non conforme, faute d’audit") })
}

#[derive(Template)]
#[template(path = "public/donnees_personnelles.html")]
struct DonneesPersonnelles {
    page: Page,
}

async fn donnees_personnelles(visit: Visit) -> Result<Response, Error> {
    render(&DonneesPersonnelles { page: visit.page("Données personnelles") })
}

/// `GET /robots.txt`: only the home page is for search engines.
pub(crate) async fn robots() -> &'static str {
    "User-agent: *\nAllow: /$\nAllow: /actifs/\nDisallow: /\n"
}

#[cfg(test)]
mod tests;

//! Certificates: their files, their pages, and their face in the interface.

pub mod api;
mod archive;
mod cartes;
pub mod correction;
mod fiche;
pub mod fichiers;
mod mes_certificats;
pub mod revocation;
mod telecharger;

use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;

use crate::app::App;
use crate::badges;
use crate::demande::Demande;
use crate::error::Error;
use crate::saisie::Requete;
use crate::sign_in::SignedVisit;

/// The pages of certificates, and the files that they lead to.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/sessions/{id}/certificats", get(telecharger::show))
        .route("/sessions/{id}/certificats.pdf", get(telecharger::tous_en_un))
        .route("/sessions/{id}/certificats.zip", get(telecharger::archive))
        .route("/sessions/{id}/cartes.pdf", get(cartes::de_la_session))
        .route("/certificats/{fichier}", get(un_certificat))
        .route("/cartes/{fichier}", get(cartes::une_carte))
        .route("/certificats/{numero}/badge", get(un_badge))
        .route(
            "/certificats/{numero}/correction",
            get(correction::page::show).post(correction::page::correct),
        )
        .route(
            "/certificats/{numero}/revocation",
            get(revocation::page::show).post(revocation::page::withdraw),
        )
        .route("/mes-certificats", get(mes_certificats::show))
}

/// `GET /certificats/{numero}/badge`: the portable copy of one's own certificate.
async fn un_badge(visit: SignedVisit, Path(numero): Path<String>) -> Result<Response, Error> {
    badges::fichier(Demande::from(&visit), &numero).await
}

/// `GET /certificats/{numero}.pdf`, the file; `GET /certificats/{numero}`, what the register says of it.
async fn un_certificat(
    visit: SignedVisit,
    Path(fichier): Path<String>,
    Requete(requete): Requete,
) -> Result<Response, Error> {
    match fichier.strip_suffix(".pdf") {
        Some(numero) => telecharger::un_fichier(visit, numero).await,
        None => fiche::show(visit, &fichier, &requete).await,
    }
}

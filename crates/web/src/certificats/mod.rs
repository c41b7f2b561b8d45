//! Certificates: their files, their pages, and their face in the interface.

pub mod api;
mod archive;
pub mod correction;
pub mod fichiers;
mod mes_certificats;
pub mod revocation;
mod telecharger;

use axum::Router;
use axum::routing::get;

use crate::app::App;

/// The pages of certificates, and the files that they lead to.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/sessions/{id}/certificats", get(telecharger::show))
        .route("/sessions/{id}/certificats.pdf", get(telecharger::tous_en_un))
        .route("/sessions/{id}/certificats.zip", get(telecharger::archive))
        .route("/certificats/{fichier}", get(telecharger::un_fichier))
        .route("/mes-certificats", get(mes_certificats::show))
}

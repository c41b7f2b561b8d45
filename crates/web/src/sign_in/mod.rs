//! Signing in: who asks, as what, until when. A sign-in is never called a session here.
//!
//! The secret is in the cookie and its digest in the table `sign_ins`, so that every instance
//! knows it and closing it anywhere closes it everywhere.

mod activation;
mod connexion;
mod courants;
pub mod mot_de_passe;
mod personas;
mod profil;
mod reprise;
mod signed_in;

pub use activation::write_link;
pub use personas::Persona;
pub use reprise::{ask, outdated};
pub use signed_in::{SignedIn, SignedVisit, libelle, load};

use axum::Router;
use axum::routing::{get, post};

use crate::app::App;

/// Routes of this folder.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/connexion", get(connexion::show).post(connexion::sign_in))
        .route("/deconnexion", post(connexion::sign_out))
        .route("/activation/{lien}", get(activation::show).post(activation::activate))
        .route("/profil", get(profil::show).post(profil::switch))
        .route("/demonstration", get(personas::show).post(personas::enter))
}

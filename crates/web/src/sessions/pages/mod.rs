//! The pages of sessions: the list, one session, what its formateur checks, and the moves from hand to hand.

mod actions;
mod changements;
mod dossier;
mod histoire;
mod informations;
mod panneau;
mod session;
mod verification;

use axum::Router;
use axum::routing::get;

use crate::app::App;

/// The routes of these pages.
pub fn routes() -> Router<App> {
    Router::new().route("/sessions/{id}", get(session::show))
}

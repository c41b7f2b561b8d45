//! The pages of sessions: the list, one session, what its formateur checks, and the moves from hand to hand.

mod actions;
mod changements;
pub(in crate::sessions) mod conflit;
mod dossier;
mod exportation;
mod filtres;
mod histoire;
mod informations;
mod liste;
mod panneau;
mod remise;
mod resultats;
mod session;
mod verification;

use axum::Router;
use axum::routing::get;

pub(crate) use self::histoire::motif_et_texte;
use crate::app::App;

/// The routes of these pages.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/sessions", get(liste::show))
        .route("/sessions.csv", get(exportation::en_csv))
        .route("/sessions.xlsx", get(exportation::en_xlsx))
        .route("/sessions/{id}", get(session::show))
        .route("/sessions/{id}/reprise", get(remise::demander_la_reprise).post(remise::reprendre))
        .route("/sessions/{id}/renvoi", get(remise::demander_le_renvoi).post(remise::renvoyer))
        .route("/sessions/{id}/retour", get(resultats::vers_la_session).post(resultats::retourner))
        .route("/sessions/{id}/resultats", get(resultats::vers_la_session).post(resultats::enregistrer))
        .route("/sessions/{id}/transmission", get(resultats::vers_la_session).post(resultats::transmettre))
}

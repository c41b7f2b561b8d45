//! The programming interface: `/api/v1`. What its routes share is here; each action's own face
//! lies with the action.

pub mod corps;
pub mod ecriture;
pub mod jeton;
pub mod listes;
pub mod openapi;

use axum::Router;

use crate::app::App;
use crate::{certificats, comptes, dispositifs, formateurs, moi, personnes, sessions, verification};

/// Every route under `/api/v1`.
pub fn routes() -> Router<App> {
    Router::new()
        .merge(openapi::routes())
        .merge(moi::routes())
        .merge(comptes::api::routes())
        .merge(formateurs::api::routes())
        .merge(dispositifs::api::routes())
        .merge(sessions::api::routes())
        .merge(sessions::import::api::routes())
        .merge(certificats::api::routes())
        .merge(personnes::api::routes())
        .merge(personnes::fusion::api::routes())
        .merge(verification::api::routes())
}

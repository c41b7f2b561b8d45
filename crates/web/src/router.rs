//! All routes on one screen.

use std::any::Any;
use std::time::Duration;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Router, middleware};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;

use crate::app::App;
use crate::error::Error;
use crate::metrics::Metrics;
use crate::{
    api, assets, badges, certificats, comptes, courrier, dispositifs, edge, health, journal, personnes,
    public, rappels, sceau, sessions, sign_in, stagiaires_du_compte, statistiques, tableau_de_bord,
    verification,
};

/// How long a handler may take to begin its answer; then the page says that the service is busy.
const HANDLER_TIME: Duration = Duration::from_secs(9);

/// The whole program as one service.
pub fn router(app: App) -> Router {
    let counted = app.clone();
    Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::metrics))
        .route("/actifs/{nom}", get(assets::serve))
        .route("/favicon.ico", get(assets::favicon))
        .route("/robots.txt", get(public::robots))
        .merge(sceau::publiques::routes())
        .merge(badges::routes())
        .nest("/api/v1", api::routes())
        .merge(public::routes())
        .merge(courrier::routes())
        .merge(rappels::routes())
        .merge(sign_in::routes())
        .merge(certificats::routes())
        .merge(sessions::generation_page::routes())
        .merge(sessions::saisie::routes())
        .merge(verification::pages::routes())
        .merge(stagiaires_du_compte::routes())
        .merge(comptes::pages::routes())
        .merge(personnes::pages::routes())
        .merge(dispositifs::pages::routes())
        .merge(journal::page::routes())
        .merge(statistiques::routes())
        .merge(sessions::pages::routes())
        .merge(tableau_de_bord::routes())
        .fallback(|| async { Error::NotFound })
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, HANDLER_TIME))
        .layer(CatchPanicLayer::custom(move |_: Box<dyn Any + Send>| -> Response {
            Metrics::add(&counted.metrics.panics);
            Error::internal("panic").into_response()
        }))
        .layer(middleware::from_fn_with_state(app.clone(), edge::surround))
        .with_state(app)
}

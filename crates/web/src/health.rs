//! Whether this instance is alive, whether it can work, and its counters.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::error::Error;

/// `GET /healthz`: the process answers.
pub(crate) async fn alive() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: the database answers too.
///
/// # Errors
/// Unavailable when it does not.
pub(crate) async fn ready(State(app): State<App>) -> Result<&'static str, Error> {
    app.database_answers().await?;
    Ok("ok\n")
}

/// `GET /metrics`: counters in the Prometheus text format.
pub(crate) async fn metrics(State(app): State<App>) -> Response {
    let mut response = app.metrics.render().into_response();
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8"));
    response
}

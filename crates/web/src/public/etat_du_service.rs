//! The state of the service, as this instance sees it now.

use askama::Template;
use axum::response::Response;

use crate::error::Error;
use crate::layout::composants::Icone;
use crate::layout::{Page, render};
use crate::typographie;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "public/etat_du_service.html")]
struct EtatDuService {
    page: Page,
    fonctionne: bool,
    le: String,
    version: &'static str,
}

/// `GET /etat`: whether pages and database answer.
///
/// # Errors
/// Internal when the page cannot be rendered.
pub(super) async fn show(visit: Visit) -> Result<Response, Error> {
    let fonctionne = visit.app.database_answers().await.is_ok();
    render(&EtatDuService {
        page: visit.page("État du service"),
        fonctionne,
        le: typographie::instant(visit.moment.instant),
        version: env!("CARGO_PKG_VERSION"),
    })
}

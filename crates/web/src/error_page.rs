//! The French page of an error.

use askama::Template;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};

use crate::error::Problem;
use crate::layout::{Page, render};
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "error_page.html")]
struct ErrorPage<'a> {
    page: Page,
    problem: &'a Problem,
}

/// The page that says what happened and what to do, with the status of the error.
pub(crate) fn page(visit: &Visit, problem: &Problem, original: &HeaderMap) -> Response {
    let page = visit.page(problem.title);
    let mut response =
        render(&ErrorPage { page, problem }).unwrap_or_else(|_| problem.title.to_owned().into_response());
    *response.status_mut() = problem.status;
    if let Some(secondes) = problem.retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(secondes));
    }
    if let Some(permises) = original.get(header::ALLOW) {
        response.headers_mut().insert(header::ALLOW, permises.clone());
    }
    response
}

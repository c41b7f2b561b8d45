//! The edge: what surrounds every handler, in one place and in one order.
//!
//! In: the moment, the bounded body, the origin and token of forms, who is signed in.
//! Out: errors as a French page or as a problem document, protective headers, the log line
//! (without query, name, number or token), the counters.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::clock::Moment;
use crate::error::{Carried, Error, Problem};
use crate::saisie::{CHAMP_CSRF, Saisie};
use crate::security::{self, Cookie};
use crate::sign_in;
use crate::visit::Visit;

/// How long a body may take to arrive.
const BODY_TIME: Duration = Duration::from_secs(30);
/// Largest file with its frame; a little above what the import says it takes.
const MULTIPART_LIMIT: usize = 6 * 1024 * 1024;
/// Largest form or JSON.
const BODY_LIMIT: usize = 1024 * 1024;
/// Pages with a form that nobody has signed in for yet.
const FORMS_OF_VISITORS: [&str; 3] = ["/connexion", "/activation", "/demonstration"];

/// The middleware around all routes.
pub(crate) async fn surround(State(app): State<App>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    app.metrics.in_flight.fetch_add(1, Ordering::Relaxed);
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str).to_owned();
    let api = is_api(request.uri().path());

    let mut frame = Frame::new(&app, &request);
    let mut response = match frame.prepare(request).await {
        Ok(request) => next.run(request).await,
        Err(error) => error.into_response(),
    };
    if response.status().is_client_error() || response.status().is_server_error() {
        response = if api { problem_document(response) } else { frame.error_page(response) };
    }
    if let Some(secret) = frame.new_visitor {
        response.headers_mut().append(header::SET_COOKIE, Cookie::Visitor.set(&app.config, &secret));
    }
    security::protect(&app.config, response.headers_mut());

    let status = response.status().as_u16();
    app.metrics.answered(status);
    app.metrics.in_flight.fetch_sub(1, Ordering::Relaxed);
    let ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(%method, route, status, ms, "answered");
    response
}

/// Whether programs read the answer, rather than people.
fn is_api(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}

/// Whether the path needs neither sign-in nor token.
fn is_bare(path: &str) -> bool {
    path.starts_with("/actifs/")
        || path.starts_with("/.well-known/")
        || ["/healthz", "/readyz", "/metrics", "/favicon.ico", "/robots.txt"].contains(&path)
}

/// One request on its way in, kept for its way out.
struct Frame {
    visit: Visit,
    get: bool,
    path: String,
    body: Bytes,
    new_visitor: Option<String>,
    resumable: bool,
}

impl Frame {
    fn new(app: &App, request: &Request) -> Self {
        let chemin = request.uri().path_and_query().map_or("/", |p| p.as_str()).to_owned();
        let visit = Visit {
            app: app.clone(),
            moment: app.clock.moment(),
            chemin,
            signed_in: None,
            secret: Arc::from(""),
        };
        Self {
            visit,
            get: matches!(*request.method(), Method::GET | Method::HEAD),
            path: request.uri().path().to_owned(),
            body: Bytes::new(),
            new_visitor: None,
            resumable: false,
        }
    }

    async fn prepare(&mut self, request: Request) -> Result<Request, Error> {
        let (mut parts, body) = request.into_parts();
        parts.extensions.insert::<Moment>(self.visit.moment);
        if !self.get {
            self.body = read_body(&parts.headers, body).await?;
        }
        if !is_api(&self.path) && !is_bare(&self.path) {
            self.recognise(&parts.headers).await?;
        }
        parts.extensions.insert(self.visit.clone());
        Ok(Request::from_parts(parts, Body::from(self.body.clone())))
    }

    /// Who asks, and whether the form that he sends is one of ours.
    async fn recognise(&mut self, headers: &HeaderMap) -> Result<(), Error> {
        let app = self.visit.app.clone();
        let sign_in = Cookie::SignIn.read(&app.config, headers);
        let visitor = Cookie::Visitor.read(&app.config, headers);
        if let Some(secret) = sign_in {
            self.visit.signed_in = sign_in::load(&app, secret, self.visit.moment).await?.map(Arc::new);
        }
        if self.visit.signed_in.is_some() || (!self.get && sign_in.is_some() && visitor.is_none()) {
            self.visit.secret = sign_in.unwrap_or_default().into();
        } else if let Some(visitor) = visitor {
            self.visit.secret = visitor.into();
        } else if self.is_for_visitors() || (!self.get && sign_in.is_none()) {
            let secret = security::secret().map_err(Error::internal)?;
            self.visit.secret = secret.as_str().into();
            self.new_visitor = Some(secret);
        }
        if !self.get {
            self.check_form(headers, [sign_in, visitor])?;
        }
        Ok(())
    }

    /// The token may be that of either cookie: a form opened before the sign-in ended is still
    /// ours, and what was typed into it is kept.
    fn check_form(&mut self, headers: &HeaderMap, cookies: [Option<&str>; 2]) -> Result<(), Error> {
        let token = form_token(headers, &self.body)?;
        let ours =
            cookies.into_iter().flatten().any(|secret| security::same(&token, &security::csrf_token(secret)));
        let origin = security::same_origin(&self.visit.app.config, headers);
        if ours && origin != Some(false) {
            return Ok(());
        }
        // Proven to be our own page, opened under another sign-in: its form is proposed again.
        self.resumable = origin == Some(true) && is_form(headers) && !self.is_for_visitors();
        if self.resumable && self.visit.signed_in.is_none() {
            return Err(Error::SignedOut);
        }
        Err(Error::ForgedForm)
    }

    fn is_for_visitors(&self) -> bool {
        FORMS_OF_VISITORS.iter().any(|page| self.path.starts_with(page))
    }

    /// The French page of an error; the sign-in when that is all that misses.
    fn error_page(&self, response: Response) -> Response {
        let carried = response.extensions().get::<Carried>().cloned();
        if carried.is_none() && is_html(&response) {
            return response;
        }
        log(carried.as_ref());
        let error = carried.as_ref().map(|c| &*c.0);
        if matches!(error, Some(Error::SignedOut)) {
            let saisie = (!self.get).then(|| Saisie::parse(&self.body));
            return sign_in::ask(&self.visit, saisie).unwrap_or_else(IntoResponse::into_response);
        }
        if matches!(error, Some(Error::ForgedForm)) && self.resumable {
            let saisie = Saisie::parse(&self.body);
            return sign_in::outdated(&self.visit, &saisie).unwrap_or_else(IntoResponse::into_response);
        }
        let problem = carried.map_or_else(|| Problem::of_status(response.status()), |c| c.0.problem());
        crate::error_page::page(&self.visit, &problem, response.headers())
    }
}

fn problem_document(response: Response) -> Response {
    let carried = response.extensions().get::<Carried>().cloned();
    let is_document = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|valeur| valeur.as_bytes().starts_with(b"application/problem+json"));
    // A 404 with a body of its own is an answer: the verification of an unknown number.
    let is_answer = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|valeur| valeur.as_bytes().starts_with(b"application/json"));
    if carried.is_none() && (is_document || is_answer) {
        return response;
    }
    log(carried.as_ref());
    let problem = carried.map_or_else(|| Problem::of_status(response.status()), |c| c.0.problem());
    let mut document = axum::Json(problem.document()).into_response();
    *document.status_mut() = problem.status;
    let headers = document.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    if let Some(secondes) = problem.retry_after {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(secondes));
    }
    for nom in [header::ALLOW, header::WWW_AUTHENTICATE] {
        if let Some(valeur) = response.headers().get(&nom) {
            headers.insert(nom, valeur.clone());
        }
    }
    document
}

fn log(carried: Option<&Carried>) {
    match carried.map(|c| &*c.0) {
        Some(Error::Internal(cause)) => tracing::error!(%cause, "fault of the program"),
        Some(Error::Unavailable(Some(cause))) => tracing::warn!(%cause, "unavailable"),
        _ => {}
    }
}

fn is_html(response: &Response) -> bool {
    let content_type = response.headers().get(header::CONTENT_TYPE);
    content_type.is_some_and(|valeur| valeur.as_bytes().starts_with(b"text/html"))
}

fn content_type(headers: &HeaderMap) -> &str {
    headers.get(header::CONTENT_TYPE).and_then(|valeur| valeur.to_str().ok()).unwrap_or("")
}

fn is_form(headers: &HeaderMap) -> bool {
    content_type(headers).starts_with("application/x-www-form-urlencoded")
}

/// The whole body, refused early when it says that it is too large, and when it is too slow.
async fn read_body(headers: &HeaderMap, body: Body) -> Result<Bytes, Error> {
    let limit = if content_type(headers).starts_with("multipart/") { MULTIPART_LIMIT } else { BODY_LIMIT };
    let said = headers.get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<u64>().ok());
    if said.is_some_and(|said| said > limit as u64) {
        return Err(Error::TooLarge);
    }
    match tokio::time::timeout(BODY_TIME, axum::body::to_bytes(body, limit)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        // The body ended before its end, or went over the limit without saying so.
        Ok(Err(cause)) if cause.to_string().contains("length limit") => Err(Error::TooLarge),
        Ok(Err(_)) | Err(_) => {
            Err(Error::Malformed("L’envoi s’est interrompu avant la fin. Recommencez.".to_owned()))
        }
    }
}

/// The token of a form; the first part of a form with files.
fn form_token(headers: &HeaderMap, body: &Bytes) -> Result<String, Error> {
    let content_type = content_type(headers);
    if content_type.starts_with("multipart/form-data") {
        let tete = String::from_utf8_lossy(&body[..body.len().min(2048)]).into_owned();
        let suite = tete.split_once("name=\"csrf\"").and_then(|(_, suite)| suite.split_once("\r\n\r\n"));
        return Ok(suite.and_then(|(_, suite)| suite.split("\r\n").next()).unwrap_or("").to_owned());
    }
    if is_form(headers) || body.is_empty() {
        return Ok(Saisie::parse(body).brut(CHAMP_CSRF).to_owned());
    }
    Err(Error::UnsupportedMedia)
}

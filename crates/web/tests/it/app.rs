//! The whole program in process, on a SQLite database of its own and a clock that the test sets.

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use forprev_store::{Db, catalogue};
use forprev_web::app::App as Program;
use forprev_web::clock::Clock;
use forprev_web::config::{Config, Values};
use forprev_web::router::router;
use forprev_web::saisie::encode;
use forprev_web::sceau;
use tower::ServiceExt as _;

/// The day on which tests begin: Monday 23 November 2026, ten in the morning in Paris.
pub(crate) const DEBUT: &str = "2026-11-23T09:00:00Z";

/// A running program. Its database is gone when the test ends.
pub(crate) struct App {
    pub(crate) program: Program,
    router: Router,
    undo: Undo,
}

/// The engines on which a story is told.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Moteur {
    Sqlite,
    Postgres,
}

impl Moteur {
    pub(crate) const TOUS: [Self; 2] = [Self::Sqlite, Self::Postgres];
}

/// What goes with a database at the end of its test.
enum Undo {
    Folder(PathBuf),
    Database(#[expect(dead_code, reason = "dropped at the end of the test")] BasePostgres),
}

/// An empty PostgreSQL database of the server that `FORPREV_TEST_POSTGRES` names, dropped at the end.
pub(crate) struct BasePostgres {
    /// Its address.
    pub(crate) url: String,
    admin: String,
    name: String,
}

impl BasePostgres {
    pub(crate) fn nouvelle() -> Self {
        let admin = std::env::var("FORPREV_TEST_POSTGRES").expect(
            "FORPREV_TEST_POSTGRES names a server whose user may create databases; bin/test starts one",
        );
        let name = format!("forprev_it_{}", forprev_web::aleas::tirage());
        let (server, _) = admin.rsplit_once('/').expect("an address with the name of a database");
        let url = format!("{server}/{name}");
        psql(&admin, format!("CREATE DATABASE {name}")).expect("may create a database");
        Self { url, admin, name }
    }
}

impl Drop for BasePostgres {
    fn drop(&mut self) {
        drop(psql(&self.admin, format!("DROP DATABASE {} WITH (FORCE)", self.name)));
    }
}

impl App {
    /// Starts on an empty database.
    pub(crate) fn start() -> Self {
        Self::start_with(|_| {})
    }

    /// Starts on an empty database, as an installation whose certificates are worth something.
    pub(crate) fn start_named() -> Self {
        Self::start_with(|config| config.service_nom = Some("Service d’essai".to_owned()))
    }

    /// Starts on an empty database of this engine.
    pub(crate) fn start_on(moteur: Moteur) -> Self {
        match moteur {
            Moteur::Sqlite => Self::start(),
            Moteur::Postgres => Self::start_on_postgres(),
        }
    }

    /// Starts on an empty database, with other settings.
    pub(crate) fn start_with(change: impl FnOnce(&mut Config)) -> Self {
        let folder = std::env::temp_dir().join(format!("forprev-it-{}", secret()));
        let url = format!("sqlite://{}", folder.join("essai.db").display());
        Self::open(&url, Undo::Folder(folder), change)
    }

    /// Starts on an empty PostgreSQL database of the server that `FORPREV_TEST_POSTGRES` names.
    pub(crate) fn start_on_postgres() -> Self {
        let base = BasePostgres::nouvelle();
        let url = base.url.clone();
        Self::open(&url, Undo::Database(base), |_| {})
    }

    fn open(url: &str, undo: Undo, change: impl FnOnce(&mut Config)) -> Self {
        let values: Values = [("FORPREV_DATABASE_URL", url), ("FORPREV_PUBLIC_URL", "http://forprev.test")]
            .map(|(nom, valeur)| (nom.to_owned(), valeur.to_owned()))
            .into();
        let mut config = Config::check(&values).expect("settings");
        change(&mut config);
        let clock = Clock::fixed(DEBUT.parse().expect("an instant"));
        let (url, keys, moment) = (url.to_owned(), config.clone(), clock.moment());
        // PostgreSQL's client does not open in an asynchronous thread.
        let opened = std::thread::spawn(move || {
            let db = Db::open(&url).expect("opens");
            db.migrate().expect("migrates");
            catalogue::amorcer(&db).expect("fills the catalogue");
            let trousseau = sceau::ephemere(&keys, &db, moment).expect("makes keys");
            (db, trousseau)
        });
        let (db, trousseau) = opened.join().expect("opens and migrates");
        let program = Program::new(config, clock, db, Arc::new(trousseau));
        let router = router(program.clone());
        Self { program, router, undo }
    }

    /// Another instance on the same database, with the same keys.
    pub(crate) fn second_instance(&self) -> Program {
        let Undo::Folder(folder) = &self.undo else { panic!("on SQLite only") };
        let db = Db::open(&format!("sqlite://{}", folder.join("essai.db").display())).expect("opens");
        let program = &self.program;
        Program::new(program.config.clone(), program.clock.clone(), db, Arc::clone(&program.trousseau))
    }

    /// Moves the clock: `2026-11-23T09:00:00Z`.
    pub(crate) fn clock(&self, instant: &str) {
        self.program.clock.set(instant.parse().expect("an instant"));
    }

    /// Somebody with a browser, not signed in.
    pub(crate) fn visitor(&self) -> Browser<'_> {
        Browser { app: self, cookies: Vec::new(), csrf: String::new() }
    }

    /// Sends a request as it is.
    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("the service is infallible");
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.expect("a whole body");
        Answer { status: parts.status, headers: parts.headers, bytes: bytes.to_vec() }
    }
}

impl Drop for App {
    fn drop(&mut self) {
        if let Undo::Folder(folder) = &self.undo {
            drop(std::fs::remove_dir_all(folder));
        }
    }
}

/// Runs one statement on a PostgreSQL server, away from the asynchronous threads.
fn psql(admin: &str, statement: String) -> Result<(), postgres::Error> {
    let admin = admin.to_owned();
    let run = move || postgres::Client::connect(&admin, postgres::NoTls)?.batch_execute(&statement);
    std::thread::spawn(run).join().expect("the thread ends")
}

fn secret() -> String {
    forprev_web::security::secret().expect("randomness")
}

/// Somebody with a browser: keeps cookies, and the token of the last page.
#[derive(Clone)]
pub(crate) struct Browser<'a> {
    app: &'a App,
    cookies: Vec<(String, String)>,
    csrf: String,
}

impl<'a> Browser<'a> {
    /// The same browser, with the cookie of this sign-in.
    pub(crate) fn with_sign_in(mut self, secret: &str) -> Browser<'a> {
        self.cookies.push(("forprev".to_owned(), secret.to_owned()));
        self
    }

    /// The same open page, with the cookies of another sign-in: as another tab leaves it.
    pub(crate) fn signed_in_again(self, other: Browser<'a>) -> Browser<'a> {
        Browser { csrf: self.csrf, ..other }
    }

    /// Opens a page.
    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    /// Sends the form with these values, with the token of the last page seen.
    pub(crate) async fn post(&mut self, path: &str, values: &[(&str, &str)]) -> Answer {
        let mut body = format!("csrf={}", encode(&self.csrf));
        for (nom, valeur) in values {
            body.push_str(&format!("&{}={}", encode(nom), encode(valeur)));
        }
        self.send(Method::POST, path, Some(body)).await
    }

    /// Its cookies, name and value.
    pub(crate) fn cookies(&self) -> &[(String, String)] {
        &self.cookies
    }

    /// Forgets the token: as a form made elsewhere would.
    pub(crate) fn forget_token(&mut self) {
        self.csrf.clear();
    }

    async fn send(&mut self, method: Method, path: &str, form: Option<String>) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "forprev.test");
        for (nom, valeur) in &self.cookies {
            request = request.header(header::COOKIE, format!("{nom}={valeur}"));
        }
        if form.is_some() {
            request = request
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header("sec-fetch-site", "same-origin");
        }
        let request = request.body(Body::from(form.unwrap_or_default())).expect("a request");
        let answer = self.app.send(request).await;
        self.keep(&answer);
        answer
    }

    fn keep(&mut self, answer: &Answer) {
        for valeur in answer.headers.get_all(header::SET_COOKIE) {
            let texte = valeur.to_str().expect("ASCII");
            let (nom, suite) = texte.split_once('=').expect("a cookie");
            let valeur = suite.split(';').next().unwrap_or("");
            self.cookies.retain(|(connu, _)| connu != nom);
            if !valeur.is_empty() {
                self.cookies.push((nom.to_owned(), valeur.to_owned()));
            }
        }
        let html = answer.text();
        if let Some((_, suite)) = html.split_once("name=\"csrf\" value=\"") {
            suite.split('"').next().unwrap_or("").clone_into(&mut self.csrf);
        }
    }
}

/// What the program answered.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: axum::http::HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    /// The body as text, ordinary spaces in place of no-break ones.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).replace(['\u{a0}', '\u{202f}'], " ")
    }

    /// A header as text; empty when absent.
    pub(crate) fn header(&self, nom: &str) -> &str {
        self.headers.get(nom).and_then(|valeur| valeur.to_str().ok()).unwrap_or("")
    }

    /// The same answer, proven to have this status.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        self
    }

    /// The same answer, proven to hold this text.
    #[track_caller]
    pub(crate) fn shows(self, texte: &str) -> Self {
        assert!(self.text().contains(texte), "« {texte} » is missing from:\n{}", self.text());
        self
    }

    /// The page as it is reviewed: without what changes at each start.
    pub(crate) fn golden(&self) -> String {
        let mut html = self.text();
        for (avant, apres) in [
            ("name=\"csrf\" value=\"", '"'),
            ("name=\"cle\" value=\"", '"'),
            ("/actifs/forprev.", '"'),
            ("/actifs/marque.", '"'),
            ("/actifs/enonce.", '"'),
        ] {
            let mut parts = html.split(avant).map(str::to_owned).collect::<Vec<_>>();
            for part in parts.iter_mut().skip(1) {
                let fin = part.find(apres).unwrap_or(0);
                part.replace_range(..fin, "…");
            }
            html = parts.join(avant);
        }
        html.lines().filter(|ligne| !ligne.trim().is_empty()).collect::<Vec<_>>().join("\n")
    }

    /// The value of a hidden field of the page.
    #[track_caller]
    pub(crate) fn hidden(&self, nom: &str) -> String {
        let html = String::from_utf8_lossy(&self.bytes).into_owned();
        let (_, suite) = html
            .split_once(&format!("<input type=\"hidden\" name=\"{nom}\" value=\""))
            .unwrap_or_else(|| panic!("no hidden field « {nom} » in:\n{html}"));
        suite.split('"').next().unwrap_or("").to_owned()
    }

    /// The body as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.bytes).expect("JSON")
    }
}

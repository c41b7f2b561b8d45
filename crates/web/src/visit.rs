//! One request as the pages see it: who asks, when, from which page; the maker of [`Page`]s.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use crate::aleas;
use crate::app::App;
use crate::clock::Moment;
use crate::layout::Page;
use crate::security::csrf_token;
use crate::sign_in::SignedIn;

/// What the edge knows of a request; every page handler takes one.
#[derive(Clone)]
pub struct Visit {
    /// The running program.
    pub app: App,
    /// The one moment of the request.
    pub moment: Moment,
    /// Path and query.
    pub chemin: String,
    /// Who is signed in, if anybody.
    pub signed_in: Option<Arc<SignedIn>>,
    /// Secret of the cookie that the form token is derived from; empty when there is no cookie.
    pub secret: Arc<str>,
}

impl Visit {
    /// A page with this title, framed for who asks.
    #[must_use]
    pub fn page(&self, titre: impl Into<String>) -> Page {
        let en_tete = self.signed_in.as_ref().map(|signed_in| signed_in.en_tete());
        Page {
            titre: titre.into(),
            menu: en_tete.as_ref().map(|e| e.menu.menu(&self.chemin)).unwrap_or_default(),
            en_tete,
            cadre: self.app.cadre.clone(),
            csrf: if self.secret.is_empty() { String::new() } else { csrf_token(&self.secret) },
            cle: aleas::uuid().simple().to_string(),
            ..Page::default()
        }
    }
}

impl FromRequestParts<App> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        if let Some(visit) = parts.extensions.get::<Self>() {
            return Ok(visit.clone());
        }
        // Only outside the edge, which places one in every request: a visit by nobody.
        Ok(Self {
            app: app.clone(),
            moment: app.clock.moment(),
            chemin: parts.uri.path().to_owned(),
            signed_in: None,
            secret: Arc::from(""),
        })
    }
}

//! Who asks through the interface: the bearer of a token, with all his profiles. Cookies are not read.

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use forprev_store::{jetons, utilisateurs};

use crate::app::App;
use crate::clock::Moment;
use crate::demande::Demande;
use crate::error::Error;
use crate::security;

impl FromRequestParts<App> for Demande {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let moment =
            Moment::from_request_parts(parts, app).await.unwrap_or_else(|infallible| match infallible {});
        let jeton = porteur(parts).ok_or(Error::SansJeton)?;
        let empreinte = security::digest(jeton);
        let requester = app
            .read(move |tx| {
                let Some(jeton) = jetons::charger(tx, &empreinte, moment.instant)? else { return Ok(None) };
                Ok(utilisateurs::requester(tx, &jeton.numero)?)
            })
            .await?
            .ok_or(Error::SansJeton)?;
        Ok(Self { app: app.clone(), requester, moment })
    }
}

fn porteur(parts: &Parts) -> Option<&str> {
    let entete = parts.headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (genre, jeton) = entete.split_once(' ')?;
    genre.eq_ignore_ascii_case("bearer").then_some(jeton.trim()).filter(|jeton| !jeton.is_empty())
}

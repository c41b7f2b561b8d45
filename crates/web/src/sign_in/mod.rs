//! Signing in: who asks, as what, until when. A sign-in is never called a session here.

use std::ops::Deref;

use axum::Router;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use forprev_domain::droits::Requester;
use forprev_domain::utilisateur::Profil;

use crate::app::App;
use crate::clock::Moment;
use crate::error::Error;
use crate::layout::{EnTete, MenuDe};
use crate::saisie::{Saisie, encode};
use crate::visit::Visit;

/// Somebody who is signed in, with the profile in use.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Who asks, limited to the profile in use.
    pub requester: Requester,
    /// « Claire Lemoine »
    pub nom: String,
    /// The profile in use.
    pub profil: Profil,
    /// Raison sociale of the compte of that profile.
    pub organisme: Option<String>,
    /// Whether the person has other profiles.
    pub plusieurs_profils: bool,
}

impl SignedIn {
    /// What the header says of the person.
    #[must_use]
    pub fn en_tete(&self) -> EnTete {
        let qualite = libelle(self.profil);
        EnTete {
            nom: self.nom.clone(),
            qualite: self
                .organisme
                .as_ref()
                .map_or_else(|| qualite.to_owned(), |o| format!("{qualite}, {o}")),
            menu: match self.profil {
                Profil::Gestionnaire { .. } => MenuDe::Gestionnaire,
                Profil::Delegataire { .. } => MenuDe::Delegataire,
                Profil::Formateur => MenuDe::Formateur,
                Profil::Administrateur => MenuDe::Administrateur,
            },
            plusieurs_profils: self.plusieurs_profils,
        }
    }
}

/// The words of a profile.
#[must_use]
pub fn libelle(profil: Profil) -> &'static str {
    match profil {
        Profil::Gestionnaire { .. } => "gestionnaire",
        Profil::Delegataire { .. } => "délégataire",
        Profil::Formateur => "formateur",
        Profil::Administrateur => "administrateur du réseau",
    }
}

/// A visit by somebody who is signed in; without, the answer leads to the sign-in.
#[derive(Clone)]
pub struct SignedVisit {
    /// Who asks, limited to the profile in use.
    pub requester: Requester,
    visit: Visit,
}

impl Deref for SignedVisit {
    type Target = Visit;

    fn deref(&self) -> &Visit {
        &self.visit
    }
}

impl FromRequestParts<App> for SignedVisit {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let Ok(visit) = Visit::from_request_parts(parts, app).await;
        let signed_in = visit.signed_in.clone().ok_or(Error::SignedOut)?;
        Ok(Self { requester: signed_in.requester.clone(), visit })
    }
}

/// Routes of this folder.
pub fn routes() -> Router<App> {
    Router::new()
}

/// The sign-in that this secret opens, if it is still open.
///
/// # Errors
/// Unavailable when the database does not answer.
pub async fn load(_app: &App, _secret: &str, _moment: Moment) -> Result<Option<SignedIn>, Error> {
    Ok(None)
}

/// Leads to the sign-in, and back afterwards; what was typed into a form is kept on the way.
///
/// # Errors
/// Internal when the page cannot be rendered.
pub fn ask(visit: &Visit, _saisie: Option<Saisie>) -> Result<Response, Error> {
    let suite = encode(&visit.chemin);
    Ok(Redirect::to(&format!("/connexion?suite={suite}")).into_response())
}

//! What was typed into a form survives the end of the sign-in: it travels with the sign-in page
//! and is proposed again afterwards. Nothing of it is kept on the server.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::SignedIn;
use super::connexion::Connexion;
use crate::error::Error;
use crate::layout::{Page, render};
use crate::saisie::{Saisie, encode};
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "sign_in/reprise.html")]
struct Reprise<'a> {
    page: Page,
    vers: &'a str,
    paires: Vec<(&'a str, &'a str)>,
}

/// Leads to the sign-in, and back afterwards; what was typed into a form is kept on the way.
///
/// # Errors
/// Internal when the page cannot be rendered.
pub fn ask(visit: &Visit, saisie: Option<Saisie>) -> Result<Response, Error> {
    let Some(saisie) = saisie else {
        return Ok(Redirect::to(&format!("/connexion?suite={}", encode(&visit.chemin))).into_response());
    };
    let travelling = Saisie::avec([("suite", visit.chemin.clone()), ("reprise", pack(&saisie))]);
    let page = visit.page("Se connecter");
    let mut response = render(&Connexion { page, saisie: travelling, interrompue: true })?;
    *response.status_mut() = StatusCode::UNAUTHORIZED;
    Ok(response)
}

/// The form of a page that was opened under another sign-in: proposed again with a fresh token.
///
/// # Errors
/// Internal when the page cannot be rendered.
pub fn outdated(visit: &Visit, saisie: &Saisie) -> Result<Response, Error> {
    let mut response = propose(visit, saisie, &visit.chemin)?;
    *response.status_mut() = StatusCode::FORBIDDEN;
    Ok(response)
}

/// What follows a sign-in: the page that was asked for, or the form that was interrupted.
pub(super) fn after_sign_in(
    visit: &Visit,
    signed_in: SignedIn,
    secret: &str,
    saisie: &Saisie,
    suite: &str,
) -> Result<Response, Error> {
    let Some(typed) = saisie.option("reprise").and_then(unpack) else {
        return Ok(Redirect::to(suite).into_response());
    };
    let visit = Visit { signed_in: Some(signed_in.into()), secret: secret.into(), ..visit.clone() };
    propose(&visit, &typed, suite)
}

/// A path of our own, or nothing: what follows a sign-in is never another site.
pub(super) fn local(suite: &str) -> Option<&str> {
    let ours = suite.starts_with('/')
        && !suite.starts_with("//")
        && !suite.contains(['\\', '\r', '\n', '\t'])
        && suite.is_ascii()
        && suite.len() <= 2000;
    ours.then_some(suite)
}

fn propose(visit: &Visit, saisie: &Saisie, vers: &str) -> Result<Response, Error> {
    let paires = saisie.paires().collect();
    render(&Reprise { page: visit.page("Reprendre votre saisie"), vers, paires })
}

fn pack(saisie: &Saisie) -> String {
    let paires = saisie.paires().filter(|(nom, _)| !nom.starts_with("mot_de_passe"));
    let corps: Vec<String> = paires.map(|(n, v)| format!("{}={}", encode(n), encode(v))).collect();
    URL_SAFE_NO_PAD.encode(corps.join("&"))
}

fn unpack(texte: &str) -> Option<Saisie> {
    URL_SAFE_NO_PAD.decode(texte).ok().map(|corps| Saisie::parse(&corps))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn la_suite_reste_chez_nous() {
        for (suite, gardee) in [
            ("/sessions?etat=a_traiter", true),
            ("/", true),
            ("//ailleurs.example", false),
            ("/\\ailleurs.example", false),
            ("https://ailleurs.example", false),
            ("", false),
            ("/a\r\nSet-Cookie: x=1", false),
        ] {
            assert_eq!(local(suite).is_some(), gardee, "{suite}");
        }
    }

    #[test]
    fn la_saisie_voyage_sans_les_mots_de_passe() {
        let typed = Saisie::avec([("nom", "Żółć-D’Artagnan"), ("mot_de_passe", "secret"), ("nom", "b")]);
        let back = unpack(&pack(&typed)).expect("unpacks");
        assert_eq!(back.paires().collect::<Vec<_>>(), [("nom", "Żółć-D’Artagnan"), ("nom", "b")]);
    }
}

//! `/demonstration`: sign in as any of the invented people. Does not exist outside the
//! demonstration.

use askama::Template;
use axum::http::HeaderMap;
use axum::response::Response;
use forprev_domain::numero::Numero;

use super::reprise;
use super::signed_in::{ACCUEIL, load, open, with_cookie};
use crate::error::Error;
use crate::layout::{Page, render};
use crate::saisie::Saisie;
use crate::security::Cookie;
use crate::typographie::{capitale, nombre};
use crate::visit::Visit;

/// One of the invented people of the demonstration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Persona {
    /// Numéro by which the person signs in.
    pub numero: Numero,
    /// « Claire Lemoine »
    pub nom: String,
    /// « Gestionnaire, Ardoise Formation »
    pub qualite: String,
    /// What waits for this person: « Cinq sessions l’attendent, une habilitation se termine ».
    pub presentation: String,
}

#[derive(Template)]
#[template(path = "sign_in/personas.html")]
struct Personas<'a> {
    page: Page,
    combien: String,
    personas: &'a [Persona],
    saisie: &'a Saisie,
}

/// `GET /demonstration`
///
/// # Errors
/// Not found outside the demonstration.
pub(super) async fn show(visit: Visit) -> Result<Response, Error> {
    if !visit.app.config.demo {
        return Err(Error::NotFound);
    }
    choose(&visit, &Saisie::default())
}

/// All of them; what an interrupted form had travels along.
fn choose(visit: &Visit, saisie: &Saisie) -> Result<Response, Error> {
    let personas = &visit.app.personas;
    let combien = capitale(&nombre(personas.len()));
    render(&Personas {
        page: visit.page("Choisir une personne de la démonstration"),
        combien,
        personas,
        saisie,
    })
}

/// `POST /demonstration`: no password is asked; without a person, the choice is shown again.
///
/// # Errors
/// Not found outside the demonstration, or for somebody who is not one of its people.
pub(super) async fn enter(visit: Visit, headers: HeaderMap, saisie: Saisie) -> Result<Response, Error> {
    let app = &visit.app;
    if !app.config.demo {
        return Err(Error::NotFound);
    }
    if saisie.texte("numero").is_empty() {
        return choose(&visit, &saisie);
    }
    let persona = app.personas.iter().find(|persona| persona.numero.as_str() == saisie.texte("numero"));
    let persona = persona.ok_or(Error::NotFound)?;
    let former = Cookie::SignIn.read(&app.config, &headers);
    let secret = open(app, &persona.numero, former, visit.moment).await?;
    let signed_in = load(app, &secret, visit.moment).await?.ok_or(Error::NotFound)?;
    let suite = reprise::local(saisie.texte("suite")).unwrap_or(ACCUEIL).to_owned();
    let answer = reprise::after_sign_in(&visit, signed_in, &secret, &saisie, &suite)?;
    Ok(with_cookie(&visit, &secret, answer))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chaque_personne_a_sa_carte() {
        let personas = [Persona {
            numero: Numero::parse("JKA37899").expect("a numéro"),
            nom: "Claire Lemoine".to_owned(),
            qualite: "Gestionnaire, Ardoise Formation".to_owned(),
            presentation: "Cinq sessions l’attendent".to_owned(),
        }];
        let page = Page { csrf: "jeton".to_owned(), ..Page::default() };
        let saisie = Saisie::avec([("suite", "/sessions/nouvelle")]);
        let choix = Personas { page, combien: "Une".to_owned(), personas: &personas, saisie: &saisie };
        let html = choix.render().expect("renders");
        for voulu in [
            "comme Claire Lemoine",
            "value=\"JKA37899\"",
            "name=\"csrf\" value=\"jeton\"",
            "name=\"suite\" value=\"/sessions/nouvelle\"",
        ] {
            assert!(html.contains(voulu), "{voulu}");
        }
    }
}

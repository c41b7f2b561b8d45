//! `/connexion` and `/deconnexion`: with numéro or e-mail and password.
//!
//! The answer and its time are the same whether or not the account exists. Each attempt is
//! counted before the password is looked at, so that attempts made at once count too; the delay
//! grows with the count, is kept in the database for all instances, and never lasts.

use std::net::IpAddr;

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use forprev_domain::identite::Email;
use forprev_domain::numero::Numero;
use forprev_store::{Tx, acces, essais, journal, personnes};
use jiff::{SignedDuration, Timestamp};

use super::signed_in::{ACCUEIL, load, open, with_cookie};
use super::{mot_de_passe, reprise};
use crate::app::App;
use crate::error::Error;
use crate::layout::{Page, render};
use crate::metrics::Metrics;
use crate::saisie::{Requete, Saisie};
use crate::security::{self, Cookie};
use crate::server::Client;
use crate::typographie::pluriel;
use crate::visit::Visit;

/// Attempts that nothing delays, and longest delay in seconds, for each kind of count.
const DE_CE_RESEAU_SUR_CE_COMPTE: (i64, i64) = (5, 300);
const DE_CE_RESEAU: (i64, i64) = (30, 300);
const SUR_CE_COMPTE: (i64, i64) = (50, 30);
/// A count without a new attempt is forgotten after so long.
const OUBLI: SignedDuration = SignedDuration::from_hours(24);

#[derive(Template)]
#[template(path = "sign_in/connexion.html")]
pub(super) struct Connexion {
    pub(super) page: Page,
    pub(super) saisie: Saisie,
    pub(super) interrompue: bool,
}

/// `GET /connexion`
///
/// # Errors
/// Internal when the page cannot be rendered.
pub(super) async fn show(visit: Visit, Requete(requete): Requete) -> Result<Response, Error> {
    let suite = reprise::local(requete.texte("suite"));
    if visit.signed_in.is_some() {
        return Ok(Redirect::to(suite.unwrap_or(ACCUEIL)).into_response());
    }
    let saisie = Saisie::avec(suite.map(|suite| ("suite", suite)));
    render(&Connexion { page: visit.page("Se connecter"), saisie, interrompue: suite.is_some() })
}

/// `POST /connexion`
///
/// # Errors
/// Unavailable when the database does not answer.
pub(super) async fn sign_in(
    visit: Visit,
    State(app): State<App>,
    client: Option<Extension<Client>>,
    headers: HeaderMap,
    mut saisie: Saisie,
) -> Result<Response, Error> {
    let identifiant = saisie.texte("identifiant").to_owned();
    if identifiant.is_empty() {
        saisie.refuser("identifiant", "Saisissez votre numéro Forprev ou votre adresse électronique.");
    }
    if saisie.brut("mot_de_passe").is_empty() {
        saisie.refuser("mot_de_passe", "Saisissez votre mot de passe.");
    }
    if !saisie.est_valide() {
        return refused(&visit, saisie, StatusCode::UNPROCESSABLE_ENTITY, None);
    }
    let adresse = client.map(|Extension(Client(adresse))| adresse);
    let now = visit.moment.instant;
    let (counts, attente, found) = app
        .write(move |tx| {
            let found = find(tx, &identifiant)?;
            let counts = counts(found.as_ref().map(|(numero, _)| numero), &identifiant, adresse);
            let attente = wait(tx, &counts, now)?;
            if attente == 0 {
                for (cle, _) in &counts {
                    essais::compter(tx, cle, 1, OUBLI, now)?;
                }
            }
            Ok((counts, attente, found))
        })
        .await?;
    if attente > 0 {
        Metrics::add(&app.metrics.sign_ins_refused);
        let combien = pluriel(usize::try_from(attente).unwrap_or(60), "seconde", "secondes");
        saisie.refuser("", format!("Trop d’essais ont échoué. Attendez {combien}, puis recommencez."));
        return refused(&visit, saisie, StatusCode::TOO_MANY_REQUESTS, Some(attente));
    }
    let hash = found.as_ref().map(|(_, hash)| hash.clone());
    let good = mot_de_passe::verify(&app, saisie.brut("mot_de_passe"), hash).await?;
    let Some((numero, _)) = found.filter(|_| good) else {
        Metrics::add(&app.metrics.sign_ins_refused);
        saisie.refuser(
            "identifiant",
            "L’identifiant ou le mot de passe est inexact. Si plusieurs personnes partagent votre adresse électronique, utilisez votre numéro Forprev.",
        );
        return refused(&visit, saisie, StatusCode::UNPROCESSABLE_ENTITY, None);
    };
    app.write(move |tx| {
        for (cle, _) in counts.iter().filter(|(_, bound)| *bound != DE_CE_RESEAU) {
            essais::oublier(tx, cle)?;
        }
        Ok(())
    })
    .await?;
    let former = Cookie::SignIn.read(&app.config, &headers);
    let secret = open(&app, &numero, former, visit.moment).await?;
    let Some(signed_in) = load(&app, &secret, visit.moment).await? else {
        saisie.refuser(
            "",
            "Votre accès n’a plus aucun profil. Écrivez à un gestionnaire de votre organisme, ou au réseau.",
        );
        return refused(&visit, saisie, StatusCode::FORBIDDEN, None);
    };
    Metrics::add(&app.metrics.sign_ins);
    let suite = reprise::local(saisie.texte("suite")).unwrap_or(ACCUEIL).to_owned();
    let answer = reprise::after_sign_in(&visit, signed_in, &secret, &saisie, &suite)?;
    Ok(with_cookie(&visit, &secret, answer))
}

/// `POST /deconnexion`
///
/// # Errors
/// Unavailable when the database does not answer: the sign-in is then still open.
pub(super) async fn sign_out(visit: Visit, headers: HeaderMap) -> Result<Response, Error> {
    let app = &visit.app;
    if let Some(secret) = Cookie::SignIn.read(&app.config, &headers) {
        let empreinte = security::digest(secret);
        let par = visit.signed_in.as_ref().map(|signed_in| signed_in.requester.numero.clone());
        let objet = par.as_ref().map_or_else(String::new, |numero| format!("personne:{numero}"));
        let entree = app.entree(visit.moment, par.as_ref(), "connexion.fermee", &objet);
        app.write(move |tx| {
            acces::fermer(tx, &empreinte)?;
            if entree.par.is_some() {
                journal::inscrire(tx, &entree)?;
            }
            Ok(())
        })
        .await?;
    }
    let mut response = Redirect::to("/").into_response();
    response.headers_mut().append(header::SET_COOKIE, Cookie::SignIn.clear(&app.config));
    Ok(response)
}

fn refused(
    visit: &Visit,
    saisie: Saisie,
    status: StatusCode,
    attente: Option<i64>,
) -> Result<Response, Error> {
    let page = visit.page("Se connecter").en_erreur(&saisie);
    let mut response = render(&Connexion { page, saisie, interrompue: false })?;
    *response.status_mut() = status;
    if let Some(secondes) = attente {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(secondes));
    }
    Ok(response)
}

type Count = (String, (i64, i64));

/// What one attempt counts towards: the account, however it was named, or what was typed when
/// there is none; as a digest, so that nothing can be read in the table.
fn counts(numero: Option<&Numero>, identifiant: &str, adresse: Option<IpAddr>) -> Vec<Count> {
    let typed = || identifiant.to_lowercase();
    let compte = security::digest(numero.map_or_else(typed, |numero| numero.as_str().to_lowercase()));
    let reseau = network(adresse);
    vec![
        (format!("connexion:{compte}:{reseau}"), DE_CE_RESEAU_SUR_CE_COMPTE),
        (format!("connexion:{reseau}"), DE_CE_RESEAU),
        (format!("connexion:{compte}"), SUR_CE_COMPTE),
    ]
}

/// One address of IPv4, one /64 of IPv6: what one household or office has.
fn network(adresse: Option<IpAddr>) -> String {
    match adresse {
        None => "-".to_owned(),
        Some(IpAddr::V4(adresse)) => adresse.to_string(),
        Some(IpAddr::V6(adresse)) => {
            let [a, b, c, d, ..] = adresse.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}")
        }
    }
}

/// Seconds still to wait before the next attempt is looked at.
fn wait(tx: &mut Tx<'_>, counts: &[Count], now: Timestamp) -> Result<i64, Error> {
    let mut longest = 0;
    for (cle, (libres, plafond)) in counts {
        let Some(essais) = essais::charger(tx, cle)? else { continue };
        if now.duration_since(essais.depuis) < OUBLI {
            let since = now.duration_since(essais.dernier_le).as_secs();
            longest = longest.max(delay(essais.nombre, *libres, *plafond) - since);
        }
    }
    Ok(longest)
}

/// Seconds between two attempts, once so many were made: none, then 1, 2, 4… up to the longest.
fn delay(nombre: i64, libres: i64, plafond: i64) -> i64 {
    let de_trop = nombre - libres;
    if de_trop < 0 { 0 } else { plafond.min(1 << de_trop.min(20)) }
}

/// The active account with this numéro, or the only one with this address (R18), with the hash
/// of its password.
fn find(tx: &mut Tx<'_>, identifiant: &str) -> Result<Option<(Numero, String)>, Error> {
    if let Some(numero) = Numero::parse(identifiant) {
        let numero = personnes::numero_actuel(tx, &numero)?;
        let hash = acces::charger(tx, &numero)?.and_then(|acces| acces.mot_de_passe);
        return Ok(hash.map(|hash| (numero, hash)));
    }
    let Ok(email) = Email::parse(identifiant) else {
        return Ok(None);
    };
    let mut found = Vec::new();
    for personne in personnes::par_email(tx, &email)? {
        if let Some(acces) = acces::charger(tx, &personne.numero)? {
            found.push((personne.numero, acces.mot_de_passe));
        }
    }
    // An account still to be activated counts too: the address is shared from its opening on.
    let only = if found.len() == 1 { found.pop() } else { None };
    Ok(only.and_then(|(numero, hash)| Some((numero, hash?))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l_attente_grandit_et_ne_dure_pas() {
        let (libres, plafond) = DE_CE_RESEAU_SUR_CE_COMPTE;
        for (nombre, attendue) in
            [(0, 0), (4, 0), (5, 1), (6, 2), (9, 16), (13, 256), (14, 300), (10_000, 300)]
        {
            assert_eq!(delay(nombre, libres, plafond), attendue, "{nombre}");
        }
    }

    #[test]
    fn une_adresse_ipv6_vaut_pour_son_reseau() {
        let check = |adresse: &str, attendu: &str| {
            assert_eq!(network(adresse.parse().ok()), attendu);
        };
        check("192.0.2.7", "192.0.2.7");
        check("2001:db8:1:2:3:4:5:6", "2001:db8:1:2");
    }
}

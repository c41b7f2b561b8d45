//! `/activation/{lien}`: a link that serves once, to choose a password.

use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Redirect, Response};
use forprev_domain::numero::Numero;
use forprev_domain::personne::Personne;
use forprev_domain::utilisateur::Profil;
use forprev_store::{Tx, acces, journal, personnes, utilisateurs};

use jiff::{SignedDuration, Timestamp};

use super::mot_de_passe::{self, Proche};
use super::signed_in::{ACCUEIL, open, with_cookie};
use crate::app::App;
use crate::clock::Moment;
use crate::error::Error;
use crate::layout::{Page, render};
use crate::messages::nom_courant;
use crate::saisie::Saisie;
use crate::security::{self, Cookie};
use crate::visit::Visit;

/// What these links are for, in the table of links.
const BUT: &str = "activation";
/// How long an invitation serves.
const DUREE: SignedDuration = SignedDuration::from_hours(7 * 24);

#[derive(Template)]
#[template(path = "sign_in/activation.html")]
struct Activation {
    page: Page,
    lien: String,
    nom: String,
    numero: String,
    longueur: usize,
    saisie: Saisie,
}

#[derive(Template)]
#[template(path = "sign_in/lien_perime.html")]
struct LienPerime {
    page: Page,
}

/// `GET /activation/{lien}`: does not use the link up, since mail programs open links.
///
/// # Errors
/// Unavailable when the database does not answer.
pub(super) async fn show(visit: Visit, Path(lien): Path<String>) -> Result<Response, Error> {
    match holder(&visit.app, &lien, visit.moment).await? {
        Some((personne, profils)) => page(&visit, lien, &personne, &profils, Saisie::vide()),
        None => outdated(&visit),
    }
}

/// `POST /activation/{lien}`
///
/// # Errors
/// Unavailable when the database does not answer.
pub(super) async fn activate(
    visit: Visit,
    Path(lien): Path<String>,
    headers: HeaderMap,
    mut saisie: Saisie,
) -> Result<Response, Error> {
    let app = &visit.app;
    let Some((personne, profils)) = holder(app, &lien, visit.moment).await? else {
        return outdated(&visit);
    };
    let choisi = saisie.brut("mot_de_passe").to_owned();
    let proche = Proche::of(&personne);
    if let Err(message) = mot_de_passe::judge(&choisi, mot_de_passe::longueur(&profils), &proche) {
        saisie.refuser("mot_de_passe", message);
    } else if saisie.brut("mot_de_passe_encore") != choisi {
        saisie.refuser(
            "mot_de_passe_encore",
            "Les deux mots de passe ne sont pas les mêmes. Saisissez le même deux fois.",
        );
    }
    if !saisie.est_valide() {
        let mut response = page(&visit, lien, &personne, &profils, saisie)?;
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(response);
    }
    let hash = mot_de_passe::hash(app, choisi).await?;
    let empreinte = security::digest(&lien);
    let now = visit.moment.instant;
    let objet = format!("personne:{}", personne.numero);
    let entree = app.entree(visit.moment, Some(&personne.numero), "mot_de_passe.choisi", &objet);
    let used = app
        .write(move |tx| {
            let Some(numero) = acces::utiliser_lien(tx, &empreinte, BUT, now)? else {
                return Ok(None);
            };
            acces::choisir_mot_de_passe(tx, &numero, &hash, now)?;
            journal::inscrire(tx, &entree)?;
            Ok(Some(numero))
        })
        .await?;
    let Some(numero) = used else {
        return outdated(&visit);
    };
    let former = Cookie::SignIn.read(&app.config, &headers);
    let secret = open(app, &numero, former, visit.moment).await?;
    Ok(with_cookie(&visit, &secret, Redirect::to(ACCUEIL)))
}

/// Writes an activation link for this person and returns its path: `/activation/…`. The secret
/// is drawn by the caller, since a transaction may run twice.
///
/// # Errors
/// Unavailable when the database does not answer.
pub fn write_link(tx: &mut Tx<'_>, secret: &str, numero: &Numero, le: Timestamp) -> Result<String, Error> {
    let expire_le = le.saturating_add(DUREE).unwrap_or(Timestamp::MAX);
    acces::creer_lien(tx, &security::digest(secret), numero, BUT, expire_le)?;
    Ok(format!("/activation/{secret}"))
}

async fn holder(app: &App, lien: &str, moment: Moment) -> Result<Option<(Personne, Vec<Profil>)>, Error> {
    let empreinte = security::digest(lien);
    app.read(move |tx| {
        let Some(numero) = acces::lire_lien(tx, &empreinte, BUT, moment.instant)? else {
            return Ok(None);
        };
        let Some(personne) = personnes::charger(tx, &numero)? else {
            return Ok(None);
        };
        let profils = utilisateurs::profils(tx, &personne.numero)?;
        Ok(Some((personne, profils)))
    })
    .await
}

fn page(
    visit: &Visit,
    lien: String,
    personne: &Personne,
    profils: &[Profil],
    saisie: Saisie,
) -> Result<Response, Error> {
    render(&Activation {
        page: visit.page("Choisir un mot de passe").en_erreur(&saisie),
        lien,
        nom: nom_courant(&personne.identite),
        numero: personne.numero.to_string(),
        longueur: mot_de_passe::longueur(profils),
        saisie,
    })
}

fn outdated(visit: &Visit) -> Result<Response, Error> {
    let mut response = render(&LienPerime { page: visit.page("Ce lien ne sert plus") })?;
    *response.status_mut() = StatusCode::NOT_FOUND;
    Ok(response)
}

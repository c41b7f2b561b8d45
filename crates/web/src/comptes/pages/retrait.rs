//! `/utilisateurs/{numero}/retrait`: takes a profile from somebody, once confirmed.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use forprev_domain::compte::CompteId;
use forprev_domain::numero::Numero;

use super::utilisateurs::{Ligne, lire};
use super::{compte_gere, profil};
use crate::comptes::utilisateurs::retirer;
use crate::error::Error;
use crate::layout::{Page, render};
use crate::saisie::{Requete, Saisie};
use crate::sign_in::SignedVisit;
use crate::une_fois::Effet;

#[derive(Template)]
#[template(path = "comptes/pages/retrait.html")]
struct Retrait {
    page: Page,
    ligne: Ligne,
    retour: String,
}

/// `GET /utilisateurs/{numero}/retrait`
///
/// # Errors
/// Forbidden for anybody but a gestionnaire; not found for who is no user of his compte.
pub(super) async fn show(
    visit: SignedVisit,
    Path(numero): Path<String>,
    Requete(requete): Requete,
) -> Result<Response, Error> {
    let compte = compte_gere(&visit)?;
    confirmer(&visit, compte, &numero, requete.texte("profil"), "/utilisateurs").await
}

/// `POST /utilisateurs/{numero}/retrait`
///
/// # Errors
/// As [`show`]; a conflict for one's own profile.
pub(super) async fn withdraw(
    visit: SignedVisit,
    Path(numero): Path<String>,
    saisie: Saisie,
) -> Result<Response, Error> {
    let compte = compte_gere(&visit)?;
    faire(&visit, compte, &numero, &saisie, "/utilisateurs").await
}

/// The page that asks.
pub(super) async fn confirmer(
    visit: &SignedVisit,
    compte: CompteId,
    numero: &str,
    code: &str,
    retour: &str,
) -> Result<Response, Error> {
    let lignes = lire(visit, compte).await?;
    let ligne = lignes.into_iter().find(|ligne| ligne.numero == numero && ligne.code == code);
    let ligne = ligne.ok_or(Error::NotFound)?;
    let page = visit.page(format!("Retirer le profil de {}", ligne.prenom_nom));
    let page = page.fil("Utilisateurs", retour).ici("Retirer");
    render(&Retrait { page, ligne, retour: retour.to_owned() })
}

/// Takes the profile.
pub(super) async fn faire(
    visit: &SignedVisit,
    compte: CompteId,
    numero: &str,
    saisie: &Saisie,
    retour: &str,
) -> Result<Response, Error> {
    let numero = Numero::parse(numero).ok_or(Error::NotFound)?;
    let profil = profil(saisie.texte("profil"), compte).ok_or(Error::NotFound)?;
    let suite = format!("{retour}?retire");
    let adresse = visit
        .une_fois(saisie, move |tx, demande| {
            retirer(tx, demande, compte, &numero, profil)?;
            Ok(Effet::vers(&suite))
        })
        .await?;
    Ok(Redirect::to(&adresse).into_response())
}

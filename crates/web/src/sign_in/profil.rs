//! `/profil`: which of one's profiles is in use.

use askama::Template;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use forprev_store::comptes;

use super::signed_in::{ACCUEIL, SignedVisit, libelle, profile_key, renew, with_cookie};
use crate::error::Error;
use crate::layout::composants::OptionDeChoix;
use crate::layout::{Page, render};
use crate::saisie::Saisie;
use crate::security::Cookie;
use crate::typographie::capitale;

#[derive(Template)]
#[template(path = "sign_in/profil.html")]
struct ChoixDuProfil {
    page: Page,
    saisie: Saisie,
    options: Vec<OptionDeChoix>,
}

/// `GET /profil`
///
/// # Errors
/// Unavailable when the database does not answer.
pub(super) async fn show(visit: SignedVisit) -> Result<Response, Error> {
    let en_usage = visit.signed_in.as_ref().map(|signed_in| ("profil", profile_key(signed_in.profil)));
    page(&visit, Saisie::avec(en_usage)).await
}

/// `POST /profil`: the sign-in is renewed with the rights.
///
/// # Errors
/// Unavailable when the database does not answer.
pub(super) async fn switch(
    visit: SignedVisit,
    headers: HeaderMap,
    mut saisie: Saisie,
) -> Result<Response, Error> {
    let profils = visit.signed_in.as_ref().map(|signed_in| signed_in.profils.clone()).unwrap_or_default();
    let voulu = profils.into_iter().find(|profil| profile_key(*profil) == saisie.texte("profil"));
    let Some(profil) = voulu else {
        saisie.refuser("profil", "Choisissez un de vos profils.");
        let mut response = page(&visit, saisie).await?;
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(response);
    };
    let former = Cookie::SignIn.read(&visit.app.config, &headers).unwrap_or_default();
    let secret = renew(&visit.app, former, profil).await?.ok_or(Error::SignedOut)?;
    Ok(with_cookie(&visit, &secret, Redirect::to(ACCUEIL).into_response()))
}

async fn page(visit: &SignedVisit, saisie: Saisie) -> Result<Response, Error> {
    let profils = visit.signed_in.as_ref().map(|signed_in| signed_in.profils.clone()).unwrap_or_default();
    let options = visit
        .app
        .read(move |tx| {
            profils
                .iter()
                .map(|profil| {
                    let compte = match profil.compte() {
                        Some(compte) => comptes::charger(tx, compte)?,
                        None => None,
                    };
                    Ok(OptionDeChoix {
                        valeur: profile_key(*profil),
                        libelle: capitale(libelle(*profil)),
                        details: compte.map(|compte| compte.raison_sociale).into_iter().collect(),
                    })
                })
                .collect::<Result<Vec<_>, Error>>()
        })
        .await?;
    render(&ChoixDuProfil { page: visit.page("Changer de profil").en_erreur(&saisie), saisie, options })
}

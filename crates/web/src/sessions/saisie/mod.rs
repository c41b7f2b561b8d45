//! The pages of entering a session: informations, formateur, stagiaires, récapitulatif, suppression.
//!
//! Each step is saved on its own and is reachable in any order. A refused form comes back with all that
//! was typed; one that was overtaken by somebody else comes back with both values.

mod communes;
mod conflit;
mod dossier;
mod explication;
mod formateur;
mod import;
mod informations;
mod presence;
mod recapitulatif;
mod stagiaires;
mod suppression;
mod tete;

use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use forprev_domain::refus::Manquement;
use forprev_domain::regles::doublons::Proposition;
use forprev_domain::session::SessionId;

use crate::app::App;
use crate::error::Error;
use crate::saisie::Saisie;
use crate::sessions::pages::conflit::apres_la_saisie;
use crate::sign_in::SignedVisit;

/// Routes of this folder.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .merge(import::routes())
        .route("/sessions/nouvelle", get(informations::nouvelle).post(informations::declarer))
        .route("/sessions/{id}/informations", get(informations::montrer).post(informations::enregistrer))
        .route("/sessions/{id}/formateur", get(formateur::montrer).post(formateur::enregistrer))
        .route("/sessions/{id}/stagiaires", get(stagiaires::montrer).post(stagiaires::ajouter))
        .route(
            "/sessions/{id}/stagiaires/{ligne}",
            get(stagiaires::ligne::montrer).post(stagiaires::ligne::enregistrer),
        )
        .route(
            "/sessions/{id}/stagiaires/{ligne}/retrait",
            get(stagiaires::retrait::montrer).post(stagiaires::retrait::retirer),
        )
        .route("/sessions/{id}/recapitulatif", get(recapitulatif::montrer))
        .route("/sessions/{id}/soumission", post(recapitulatif::soumettre))
        .route("/sessions/{id}/suppression", get(suppression::montrer).post(suppression::supprimer))
}

/// What stands between what was typed and the session: to be said on the same page.
enum Obstacle {
    /// Rules that are not met.
    Points(Vec<Manquement>),
    /// Known persons who may be the one typed (R17).
    Doublons(Vec<Proposition>),
    /// Somebody saved the session first.
    Perimee,
}

/// Parts what the page can explain from what ends the request.
fn trier<T>(resultat: Result<T, Error>) -> Result<Result<T, Obstacle>, Error> {
    match resultat {
        Ok(fait) => Ok(Ok(fait)),
        Err(Error::Refused { points, .. }) => Ok(Err(Obstacle::Points(points))),
        Err(Error::Doublons(propositions)) => Ok(Err(Obstacle::Doublons(propositions))),
        Err(Error::Conflict { .. }) => Ok(Err(Obstacle::Perimee)),
        Err(autre) => Err(autre),
    }
}

/// A form that came when the session could not be entered any more: what happened meanwhile, and what was typed
/// into these fields, kept in sight.
async fn trop_tard(
    visit: &SignedVisit,
    id: SessionId,
    saisie: Saisie,
    champs: &[(&str, &str)],
) -> Result<Response, Error> {
    let error = Error::Conflict {
        code: "etat_incompatible",
        detail:
            "La session a changé de mains pendant que vous aviez cette page à l’écran. Rien n’a été écrasé."
                .to_owned(),
    };
    apres_la_saisie(visit, &visit.app, id, saisie, champs, error).await
}

fn identifiant(texte: &str) -> Result<SessionId, Error> {
    SessionId::parse(texte).ok_or(Error::NotFound)
}

/// The version that the person had before his eyes; one that cannot be read is an old one.
fn version(saisie: &Saisie) -> Option<i64> {
    saisie.option("version").map(|version| version.parse().unwrap_or(0))
}

fn vers(adresse: &str) -> Response {
    Redirect::to(adresse).into_response()
}

/// The same page, answered with this status.
fn avec_statut(status: StatusCode, page: Result<Response, Error>) -> Result<Response, Error> {
    let mut response = page?;
    *response.status_mut() = status;
    Ok(response)
}

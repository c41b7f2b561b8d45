//! Pages of a compte: what it may declare, who its users are.

mod compte;
mod droit;
mod invitation;
mod retrait;
mod utilisateurs;

use axum::Router;
use axum::routing::get;
use forprev_domain::compte::CompteId;
use forprev_domain::utilisateur::Profil;

use crate::app::App;
use crate::error::Error;
use crate::sign_in::SignedVisit;

/// The pages of this folder.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/compte", get(compte::show))
        .route("/utilisateurs", get(utilisateurs::show))
        .route("/utilisateurs/invitation", get(invitation::show).post(invitation::invite))
        .route("/utilisateurs/{numero}/retrait", get(retrait::show).post(retrait::withdraw))
}

/// The compte whose users this person manages with the profile in use.
fn compte_gere(visit: &SignedVisit) -> Result<CompteId, Error> {
    visit.requester.gestionnaire_de().first().copied().ok_or(Error::Forbidden)
}

/// The profile with this code in this compte.
fn profil(code: &str, compte: CompteId) -> Option<Profil> {
    match code {
        "gestionnaire" => Some(Profil::Gestionnaire { compte }),
        "delegataire" => Some(Profil::Delegataire { compte }),
        _ => None,
    }
}

//! Pages of comptes: one's own (what it may declare, who its users are), and all of them for the administrateur.

mod compte;
mod droit;
mod echeances;
mod fiche;
mod habilitation;
mod invitation;
mod liste;
mod retrait;
mod utilisateurs;

use axum::Router;
use axum::routing::get;
use forprev_domain::compte::CompteId;
use forprev_domain::droits::{ActeDuCompte, comptes_pour};
use forprev_domain::utilisateur::Profil;

use crate::app::App;
use crate::demande::Demande;
use crate::error::Error;
use crate::sign_in::SignedVisit;

/// The pages of this folder.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/compte", get(compte::show))
        .route("/utilisateurs", get(utilisateurs::show))
        .route("/utilisateurs/invitation", get(invitation::show).post(invitation::invite))
        .route("/utilisateurs/{numero}/retrait", get(retrait::show).post(retrait::withdraw))
        .route("/comptes", get(liste::show))
        .route("/comptes/nouveau", get(liste::form).post(liste::open))
        .route("/comptes/{id}", get(fiche::show))
        .route("/comptes/{id}/invitation", get(fiche::invitation).post(fiche::invite))
        .route("/comptes/{id}/utilisateurs/{numero}/retrait", get(fiche::retrait).post(fiche::withdraw))
        .route("/comptes/{id}/habilitations/nouvelle", get(habilitation::form).post(habilitation::grant))
        .route("/habilitations", get(echeances::show))
        .route("/habilitations/{id}", get(habilitation::show).post(habilitation::change))
}

/// The compte whose users this person manages with the profile in use.
fn compte_gere(visit: &SignedVisit) -> Result<CompteId, Error> {
    let comptes = comptes_pour(&visit.requester, ActeDuCompte::GererLesUtilisateurs);
    comptes.first().copied().ok_or(Error::Forbidden)
}

/// The request of the administrateur; nobody else has business on these pages.
fn reseau(visit: &SignedVisit) -> Result<Demande, Error> {
    let demande = Demande::from(visit);
    demande.exiger_administrateur()?;
    Ok(demande)
}

/// The profile with this code in this compte.
fn profil(code: &str, compte: CompteId) -> Option<Profil> {
    match code {
        "gestionnaire" => Some(Profil::Gestionnaire { compte }),
        "delegataire" => Some(Profil::Delegataire { compte }),
        _ => None,
    }
}

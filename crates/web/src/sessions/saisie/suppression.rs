//! Deleting a draft or a returned session, after a question.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use forprev_domain::session::Etat;

use super::conflit::Conflit;
use super::dossier::{Dossier, ouvrir};
use super::{Obstacle, avec_statut, identifiant, trier, trop_tard, vers, version};
use crate::error::Error;
use crate::layout::{Page, render};
use crate::saisie::Saisie;
use crate::sessions::declaration;
use crate::sessions::presentation::{sous_titre, titre};
use crate::sign_in::SignedVisit;
use crate::typographie::pluriel;
use crate::une_fois::Effet;

const SUPPRIMER: &str = "Supprimer la session";

#[derive(Template)]
#[template(path = "sessions/saisie/suppression.html")]
struct Question {
    page: Page,
    conflit: Option<Conflit>,
    titre: String,
    sous_titre: String,
    avec: Option<String>,
    retournee: bool,
    vers: String,
    retour: String,
    version: i64,
    bouton: &'static str,
}

/// `GET /sessions/{id}/suppression`
///
/// # Errors
///
/// *Not found*, *forbidden*.
pub(super) async fn montrer(visit: SignedVisit, Path(id): Path<String>) -> Result<Response, Error> {
    let Some(dossier) = ouvrir(&visit, &id).await? else {
        return Ok(vers(&format!("/sessions/{}", identifiant(&id)?)));
    };
    page(&visit, &dossier, None)
}

/// `POST /sessions/{id}/suppression`
///
/// # Errors
///
/// *Not found*, *forbidden*, a conflict of states.
pub(super) async fn supprimer(
    visit: SignedVisit,
    Path(id): Path<String>,
    saisie: Saisie,
) -> Result<Response, Error> {
    let session_id = identifiant(&id)?;
    let lue_en = version(&saisie);
    let faite = visit
        .une_fois(&saisie, move |tx, demande| {
            declaration::supprimer(tx, demande, session_id, lue_en)?;
            Ok(Effet::vers("/sessions?supprimee"))
        })
        .await;
    match trier(faite)? {
        Ok(adresse) => Ok(vers(&adresse)),
        Err(Obstacle::Perimee | Obstacle::Points(_) | Obstacle::Doublons(_)) => {
            let Some(dossier) = ouvrir(&visit, &id).await? else {
                return trop_tard(&visit, session_id, saisie, &[]).await;
            };
            let conflit = Conflit::new(&dossier, Vec::new(), SUPPRIMER, &visit);
            avec_statut(StatusCode::CONFLICT, page(&visit, &dossier, Some(conflit)))
        }
    }
}

fn page(visit: &SignedVisit, dossier: &Dossier, conflit: Option<Conflit>) -> Result<Response, Error> {
    let session = &dossier.session;
    let nombre = session.stagiaires.len();
    render(&Question {
        page: dossier.page(visit, "Supprimer la session", "Supprimer"),
        conflit,
        titre: titre(&session.saisie),
        sous_titre: sous_titre(session),
        avec: (0 < nombre).then(|| pluriel(nombre, "stagiaire saisi", "stagiaires saisis")),
        retournee: matches!(session.etat, Etat::Retournee { .. }),
        vers: dossier.adresse("suppression"),
        retour: format!("/sessions/{}", session.id),
        version: session.version,
        bouton: SUPPRIMER,
    })
}

//! « Retirer » one trainee, after a question.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use forprev_domain::stagiaire::StagiaireId;

use super::ligne::trouver;
use super::nom_de;
use crate::error::Error;
use crate::layout::composants::Resume;
use crate::layout::{Page, render};
use crate::saisie::Saisie;
use crate::sessions::presentation::titre_dates_et_lieu;
use crate::sessions::saisie::conflit::Conflit;
use crate::sessions::saisie::dossier::{Dossier, ouvrir};
use crate::sessions::saisie::formateur::en_une_phrase;
use crate::sessions::saisie::{Obstacle, avec_statut, identifiant, trier, trop_tard, vers, version};
use crate::sessions::stagiaires as actions;
use crate::sign_in::SignedVisit;
use crate::une_fois::Effet;

const RETIRER: &str = "Retirer de la liste";

#[derive(Template)]
#[template(path = "sessions/saisie/stagiaires/retrait.html")]
struct Question {
    page: Page,
    conflit: Option<Conflit>,
    resume: Resume,
    nom: String,
    quoi: String,
    resultat: bool,
    vers: String,
    retour: String,
    version: i64,
    bouton: &'static str,
}

/// `GET /sessions/{id}/stagiaires/{ligne}/retrait`
///
/// # Errors
///
/// *Not found*, *forbidden*.
pub(crate) async fn montrer(
    visit: SignedVisit,
    Path((id, ligne)): Path<(String, String)>,
) -> Result<Response, Error> {
    let Some(dossier) = ouvrir(&visit, &id).await? else {
        return Ok(vers(&format!("/sessions/{}", identifiant(&id)?)));
    };
    page(&visit, &dossier, &ligne, &Saisie::vide(), None)
}

/// `POST /sessions/{id}/stagiaires/{ligne}/retrait`
///
/// # Errors
///
/// *Not found*, *forbidden*, a conflict of states.
pub(crate) async fn retirer(
    visit: SignedVisit,
    Path((id, ligne)): Path<(String, String)>,
    mut saisie: Saisie,
) -> Result<Response, Error> {
    let (session_id, ligne_id) = (identifiant(&id)?, StagiaireId::parse(&ligne).ok_or(Error::NotFound)?);
    let lue_en = version(&saisie);
    let faite = visit
        .une_fois(&saisie, move |tx, demande| {
            actions::retirer(tx, demande, session_id, ligne_id, lue_en)?;
            Ok(Effet::de_la_session(session_id, "/stagiaires?retire"))
        })
        .await;
    let (statut, perimee) = match trier(faite)? {
        Ok(adresse) => return Ok(vers(&adresse)),
        Err(Obstacle::Points(points)) => {
            for point in &points {
                saisie.refuser("", en_une_phrase(point));
            }
            (StatusCode::UNPROCESSABLE_ENTITY, false)
        }
        Err(Obstacle::Perimee | Obstacle::Doublons(_)) => (StatusCode::CONFLICT, true),
    };
    let Some(dossier) = ouvrir(&visit, &id).await? else {
        return trop_tard(&visit, session_id, saisie, &[]).await;
    };
    let conflit = perimee.then(|| Conflit::new(&dossier, Vec::new(), RETIRER, &visit));
    avec_statut(statut, page(&visit, &dossier, &ligne, &saisie, conflit))
}

fn page(
    visit: &SignedVisit,
    dossier: &Dossier,
    ligne: &str,
    saisie: &Saisie,
    conflit: Option<Conflit>,
) -> Result<Response, Error> {
    let stagiaire = trouver(dossier, ligne)?;
    let nom = nom_de(&stagiaire.identite, true);
    let retour = dossier.adresse("stagiaires");
    render(&Question {
        page: dossier.page_de_stagiaire(visit, &format!("Retirer {nom}"), &nom).en_erreur(saisie),
        conflit,
        resume: saisie.resume("avant de retirer").suite(""),
        quoi: titre_dates_et_lieu(&dossier.session.saisie),
        resultat: stagiaire.resultat.is_some(),
        vers: format!("{retour}/{}/retrait", stagiaire.id),
        retour,
        version: dossier.session.version,
        bouton: RETIRER,
        nom,
    })
}

//! Taking back, sending back: a form with a comment, on a page that says what will happen.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use forprev_domain::droits::{Acte, peut};
use forprev_domain::refus::{Manquement, Refus};
use forprev_domain::session::SessionId;

use super::conflit;
use super::dossier::Dossier;
use super::verification::VERSION;
use crate::app::App;
use crate::demande::Demande;
use crate::error::Error;
use crate::layout::composants::{Champ, Relais};
use crate::layout::{Page, render};
use crate::messages::{self, Noms};
use crate::saisie::Saisie;
use crate::sessions::passages::{self, Passage};
use crate::sessions::presentation::{parcours, titre_dates_et_lieu};
use crate::sign_in::SignedVisit;
use crate::une_fois::Effet;

/// Longest comment.
const COMMENTAIRE: usize = 4000;

/// Which of the two moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Remise {
    /// From the formateur back to a draft.
    Reprise,
    /// From the results back to the formateur.
    Renvoi,
}

#[derive(Template)]
#[template(path = "sessions/pages/remise.html")]
struct PageRemise<'a> {
    page: Page,
    saisie: &'a Saisie,
    remise: Remise,
    id: String,
    version: i64,
    question: String,
    titre: String,
    relais: Relais,
    paragraphes: Vec<String>,
    formateur: String,
}

impl PageRemise<'_> {
    fn commentaire(&self) -> Champ {
        let libelle = match self.remise {
            Remise::Reprise => format!("Commentaire pour {}", self.formateur),
            Remise::Renvoi => format!("Ce que {} doit revoir", self.formateur),
        };
        let champ = self.saisie.champ("commentaire", &libelle).zone().avec("maxlength", "4000");
        match self.remise {
            Remise::Reprise => champ.facultatif(),
            Remise::Renvoi => champ.aide("Par exemple : le résultat de Camille Aubry est-il bien un échec ?"),
        }
    }
}

/// `GET /sessions/{id}/reprise`
///
/// # Errors
///
/// *Not found*, or *forbidden*.
pub(super) async fn demander_la_reprise(
    visit: SignedVisit,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    demander(&visit, &app, &id, Remise::Reprise).await
}

/// `POST /sessions/{id}/reprise`
///
/// # Errors
///
/// *Not found*, or *forbidden*.
pub(super) async fn reprendre(
    visit: SignedVisit,
    State(app): State<App>,
    Path(id): Path<String>,
    saisie: Saisie,
) -> Result<Response, Error> {
    faire(&visit, &app, &id, Remise::Reprise, saisie).await
}

/// `GET /sessions/{id}/renvoi`
///
/// # Errors
///
/// *Not found*, or *forbidden*.
pub(super) async fn demander_le_renvoi(
    visit: SignedVisit,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    demander(&visit, &app, &id, Remise::Renvoi).await
}

/// `POST /sessions/{id}/renvoi`
///
/// # Errors
///
/// *Not found*, or *forbidden*.
pub(super) async fn renvoyer(
    visit: SignedVisit,
    State(app): State<App>,
    Path(id): Path<String>,
    saisie: Saisie,
) -> Result<Response, Error> {
    faire(&visit, &app, &id, Remise::Renvoi, saisie).await
}

async fn demander(visit: &SignedVisit, app: &App, id: &str, remise: Remise) -> Result<Response, Error> {
    let id = SessionId::parse(id).ok_or(Error::NotFound)?;
    let demande = Demande::from(visit);
    let dossier = Dossier::ouvrir(app, &demande, id).await?;
    match peut(&demande.requester, remise.acte(), dossier.session()) {
        Ok(()) => render(&page(visit, &dossier, remise, &Saisie::vide())),
        Err(Refus::PasVotreRole) => Err(Error::Forbidden),
        Err(refus) => {
            let error = messages::refus(refus, Noms::de(dossier.session()));
            conflit::apres(visit, app, id, Saisie::vide(), error).await
        }
    }
}

async fn faire(
    visit: &SignedVisit,
    app: &App,
    id: &str,
    remise: Remise,
    mut saisie: Saisie,
) -> Result<Response, Error> {
    let id = SessionId::parse(id).ok_or(Error::NotFound)?;
    let demande = Demande::from(visit);
    let passage = lire_passage(&saisie);
    if trop_long(&mut saisie, "commentaire") {
        return refusee(visit, app, &demande, id, remise, &saisie).await;
    }
    let fait = visit
        .une_fois(&saisie, move |tx, demande| {
            match remise {
                Remise::Reprise => passages::reprendre(tx, demande, id, &passage)?,
                Remise::Renvoi => passages::renvoyer(tx, demande, id, &passage)?,
            };
            Ok(Effet::de_la_session(id, &format!("?fait={}", remise.code())))
        })
        .await;
    match fait {
        Ok(adresse) => Ok(Redirect::to(&adresse).into_response()),
        Err(Error::Refused { points, .. }) if points.contains(&Manquement::CommentaireRequis) => {
            saisie.refuser(
                "commentaire",
                "Un commentaire est nécessaire : dites au formateur ce qu’il doit revoir.",
            );
            refusee(visit, app, &demande, id, remise, &saisie).await
        }
        Err(error) => conflit::apres(visit, app, id, saisie, error).await,
    }
}

async fn refusee(
    visit: &SignedVisit,
    app: &App,
    demande: &Demande,
    id: SessionId,
    remise: Remise,
    saisie: &Saisie,
) -> Result<Response, Error> {
    let dossier = Dossier::ouvrir(app, demande, id).await?;
    let mut response = render(&page(visit, &dossier, remise, saisie))?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

/// The version and the comment of a form.
pub(super) fn lire_passage(saisie: &Saisie) -> Passage {
    Passage {
        version: saisie.texte(VERSION).parse().ok(),
        commentaire: saisie.option("commentaire").map(str::to_owned),
    }
}

/// Says that a text is too long for what is kept of it; true when it is.
pub(super) fn trop_long(saisie: &mut Saisie, champ: &str) -> bool {
    let longueur = saisie.texte(champ).chars().count();
    if longueur <= COMMENTAIRE {
        return false;
    }
    let message = format!(
        "Le texte compte {longueur} caractères ; il en faut {COMMENTAIRE} au plus. Raccourcissez-le."
    );
    saisie.refuser(champ, message);
    true
}

fn page<'a>(visit: &SignedVisit, dossier: &Dossier, remise: Remise, saisie: &'a Saisie) -> PageRemise<'a> {
    let session = dossier.session();
    let formateur = dossier.formateur();
    let question = match remise {
        Remise::Reprise => "Reprendre la session ?".to_owned(),
        Remise::Renvoi => format!("Renvoyer la session à {formateur} ?"),
    };
    let paragraphes = match remise {
        Remise::Reprise => {
            let commence = session.stagiaires.iter().any(|s| s.resultat.is_some());
            let resultats = if commence {
                "Les résultats qu’il a déjà enregistrés sont conservés, sauf ceux des stagiaires dont vous changeriez l’identité."
            } else {
                "Il n’a encore enregistré aucun résultat."
            };
            vec![
                format!(
                    "La session redeviendra un brouillon : {formateur} ne la verra plus et en sera averti. Vous pourrez la corriger, puis la soumettre à nouveau."
                ),
                resultats.to_owned(),
            ]
        }
        Remise::Renvoi => vec![format!(
            "{formateur} retrouvera ses résultats et pourra les changer, puis les transmettra à nouveau, ou vous retournera la session pour correction."
        )],
    };
    let titre = titre_dates_et_lieu(&session.saisie);
    PageRemise {
        page: visit
            .page(format!("{question} {titre}"))
            .fil("Sessions", "/sessions")
            .fil(format!("Session {}", session.numero), format!("/sessions/{}", session.id))
            .ici(remise.nom())
            .en_erreur(saisie),
        saisie,
        remise,
        id: session.id.to_string(),
        version: session.version,
        question,
        titre,
        relais: parcours(session, &dossier.historique, &dossier.gens, dossier.a_lui, dossier.aujourdhui),
        paragraphes,
        formateur,
    }
}

impl Remise {
    fn acte(self) -> Acte {
        match self {
            Self::Reprise => Acte::Reprendre,
            Self::Renvoi => Acte::Renvoyer,
        }
    }

    fn code(self) -> &'static str {
        match self {
            Self::Reprise => "reprise",
            Self::Renvoi => "renvoi",
        }
    }

    fn nom(self) -> &'static str {
        match self {
            Self::Reprise => "Reprendre",
            Self::Renvoi => "Renvoyer au formateur",
        }
    }

    fn bouton(self) -> &'static str {
        match self {
            Self::Reprise => "Reprendre la session",
            Self::Renvoi => "Renvoyer au formateur",
        }
    }

    fn non(self) -> &'static str {
        match self {
            Self::Reprise => "La laisser au formateur",
            Self::Renvoi => "Ne pas la renvoyer",
        }
    }
}

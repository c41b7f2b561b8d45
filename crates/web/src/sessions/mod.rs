//! Sessions de certification: one file an action, shared by the pages and the API.
//!
//! Each action: load in the requester's scope, ask whether he may, do it in the domain, save and
//! record in the same transaction. Pages and API only read what was sent and show what came out.

pub mod api;
pub mod declaration;
pub(crate) mod echeance;
pub mod entree;
pub mod generation;
pub mod generation_page;
pub mod import;
pub mod objet;
pub mod pages;
mod parcours;
pub mod passages;
pub mod presence;
pub mod presentation;
pub mod resultats;
pub(crate) mod saisie;
pub mod stagiaires;
pub mod telechargement;

use forprev_domain::droits::{Acte, peut_sur_cette_version};
use forprev_domain::evenement::Evenement;
use forprev_domain::refus::Refus;
use forprev_domain::session::{Session, SessionId};
use forprev_store::{Tx, sessions};

use crate::demande::Demande;
use crate::error::Error;
use crate::messages::{self, Noms};
use crate::{courrier, journal};

/// Loads a session that the requester sees.
///
/// # Errors
///
/// *Not found* when it does not exist, is not visible to him, or is due to be gone (R6).
pub fn charger(tx: &mut Tx<'_>, demande: &Demande, id: SessionId) -> Result<Session, Error> {
    sessions::charger(tx, &demande.portee(), id, demande.moment.aujourdhui)?.ok_or(Error::NotFound)
}

/// Loads a session to act on it: visible, his to do, not changed since `version`, in the right state; in this order.
///
/// # Errors
///
/// *Not found*, *forbidden*, or a conflict.
pub fn charger_pour(
    tx: &mut Tx<'_>,
    demande: &Demande,
    acte: Acte,
    id: SessionId,
    version: Option<i64>,
) -> Result<Session, Error> {
    let trouvee = sessions::charger_pour_modifier(tx, &demande.portee(), id, demande.moment.aujourdhui)?;
    let Some(session) = trouvee else {
        let reprise = acte.du_formateur()
            && sessions::est_reprise_a(tx, &demande.portee(), id, demande.moment.aujourdhui)?;
        return Err(if reprise { reprise_entre_temps() } else { Error::NotFound });
    };
    peut_sur_cette_version(&demande.requester, acte, &session, version)
        .map_err(|refus| refusee(refus, &session))?;
    Ok(session)
}

/// What the formateur is told who acts on a session taken back from him meanwhile.
fn reprise_entre_temps() -> Error {
    Error::Conflict {
        code: "etat_incompatible",
        detail: "La session a été reprise par celui ou celle qui l’a déclarée : elle est de nouveau un brouillon. Elle reviendra dans votre liste dès qu’elle vous sera soumise.".to_owned(),
    }
}

/// Saves a session after a move: state, history, journal and mails, all in this transaction.
///
/// # Errors
///
/// A conflict when somebody saved it first.
pub fn garder(
    tx: &mut Tx<'_>,
    demande: &Demande,
    version_lue: i64,
    session: &Session,
    evenement: Option<&Evenement>,
) -> Result<(), Error> {
    let evenements = evenement.map(std::slice::from_ref).unwrap_or_default();
    sessions::enregistrer(tx, version_lue, session, evenements, demande.moment.instant)?;
    if let Some(evenement) = evenement {
        journal::noter_passage(tx, demande, session, evenement)?;
        courrier::annoncer(tx, demande, session, evenement)?;
    }
    Ok(())
}

/// Turns a refusal into an error that names the session's trainees.
fn refusee(refus: Refus, avant: &Session) -> Error {
    messages::refus(refus, Noms::de(avant))
}

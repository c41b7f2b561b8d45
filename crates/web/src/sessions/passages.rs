//! The moves from hand to hand: submission, taking back, return, sending back. None is made twice:
//! the state and the version are asked again in the transaction that writes.

use forprev_domain::droits::Acte;
use forprev_domain::session::{Session, SessionId, Suite};
use forprev_store::{Tx, faits};

use super::{charger_pour, garder, refusee};
use crate::demande::Demande;
use crate::error::Error;

/// What comes with a move: the version it was decided on, and its words.
#[derive(Debug, Clone, Default)]
pub struct Passage {
    /// The version that the person had before his eyes.
    pub version: Option<i64>,
    /// As typed.
    pub commentaire: Option<String>,
}

/// R15. « Cliquer sur « soumettre » pour transmettre la session de certification au formateur. »
///
/// # Errors
///
/// *Not found*, *forbidden*, a conflict, or all that is missing at once.
pub fn soumettre(
    tx: &mut Tx<'_>,
    demande: &Demande,
    id: SessionId,
    passage: &Passage,
) -> Result<Session, Error> {
    passer(tx, demande, Acte::Soumettre, id, passage, |tx, session| {
        let faits = faits::de_la_session(tx, &session)?;
        let geste = demande.geste(passage.commentaire.as_deref());
        let avant = session.clone();
        session.soumettre(&faits, geste).map_err(|refus| refusee(refus, &avant))
    })
}

/// Takes a submitted session back to a draft; the formateur is told.
///
/// # Errors
///
/// *Not found*, *forbidden*, or a conflict.
pub fn reprendre(
    tx: &mut Tx<'_>,
    demande: &Demande,
    id: SessionId,
    passage: &Passage,
) -> Result<Session, Error> {
    simple(tx, demande, Acte::Reprendre, id, passage, Session::reprendre)
}

/// R12. « Effectuer un retour commenté s'il existe une erreur dans la saisie de la session. »
///
/// # Errors
///
/// *Not found*, *forbidden*, a conflict, or no comment.
pub fn retourner(
    tx: &mut Tx<'_>,
    demande: &Demande,
    id: SessionId,
    passage: &Passage,
) -> Result<Session, Error> {
    simple(tx, demande, Acte::Retourner, id, passage, Session::retourner)
}

/// R13. Before generating, sends the session back to the formateur with a comment.
///
/// # Errors
///
/// *Not found*, *forbidden*, a conflict, or no comment.
pub fn renvoyer(
    tx: &mut Tx<'_>,
    demande: &Demande,
    id: SessionId,
    passage: &Passage,
) -> Result<Session, Error> {
    simple(tx, demande, Acte::Renvoyer, id, passage, Session::renvoyer)
}

fn simple(
    tx: &mut Tx<'_>,
    demande: &Demande,
    acte: Acte,
    id: SessionId,
    passage: &Passage,
    mouvement: fn(Session, forprev_domain::session::Geste<'_>) -> Suite,
) -> Result<Session, Error> {
    passer(tx, demande, acte, id, passage, |_, session| {
        let avant = session.clone();
        mouvement(session, demande.geste(passage.commentaire.as_deref()))
            .map_err(|refus| refusee(refus, &avant))
    })
}

fn passer(
    tx: &mut Tx<'_>,
    demande: &Demande,
    acte: Acte,
    id: SessionId,
    passage: &Passage,
    mouvement: impl FnOnce(&mut Tx<'_>, Session) -> Result<(Session, forprev_domain::evenement::Evenement), Error>,
) -> Result<Session, Error> {
    let avant = charger_pour(tx, demande, acte, id, passage.version)?;
    let version_lue = avant.version;
    let (session, evenement) = mouvement(tx, avant)?;
    garder(tx, demande, version_lue, &session, Some(&evenement))?;
    Ok(session)
}

//! R12. « Renseigner les résultats des stagiaires : réussite ou échec. »

use std::collections::BTreeMap;

use forprev_domain::droits::Acte;
use forprev_domain::session::{Session, SessionId};
use forprev_domain::stagiaire::{Resultat, StagiaireId};
use forprev_store::{Tx, faits};

use super::passages::Passage;
use super::{charger_pour, garder, refusee};
use crate::demande::Demande;
use crate::error::Error;

/// Results as they came, perhaps for some of the trainees only.
pub type Resultats = BTreeMap<StagiaireId, Resultat>;

/// Records results, perhaps in part; none counts until handed over.
///
/// # Errors
///
/// *Not found* (also for a line that is not of this session), *forbidden*, a conflict, or too early (R4).
pub fn enregistrer(
    tx: &mut Tx<'_>,
    demande: &Demande,
    id: SessionId,
    version: Option<i64>,
    resultats: &Resultats,
) -> Result<Session, Error> {
    let avant = charger_pour(tx, demande, Acte::EnregistrerResultats, id, version)?;
    let version_lue = avant.version;
    let session = avant
        .clone()
        .enregistrer_resultats(resultats, demande.moment)
        .map_err(|refus| refusee(refus, &avant))?;
    garder(tx, demande, version_lue, &session, None)?;
    Ok(session)
}

/// Hands the results over to who declared the session.
///
/// # Errors
///
/// As [`enregistrer`]; R1, R2, R4 and missing results at once.
pub fn transmettre(
    tx: &mut Tx<'_>,
    demande: &Demande,
    id: SessionId,
    passage: &Passage,
    resultats: &Resultats,
) -> Result<Session, Error> {
    let avant = charger_pour(tx, demande, Acte::TransmettreResultats, id, passage.version)?;
    let version_lue = avant.version;
    let faits = faits::de_la_session(tx, &avant)?;
    let geste = demande.geste(passage.commentaire.as_deref());
    let (session, evenement) = avant
        .clone()
        .transmettre_resultats(resultats, &faits, geste)
        .map_err(|refus| refusee(refus, &avant))?;
    garder(tx, demande, version_lue, &session, Some(&evenement))?;
    Ok(session)
}

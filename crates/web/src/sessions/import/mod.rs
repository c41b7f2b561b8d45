//! « Importer une liste »: a file or pasted lines, first tried, then imported, all or nothing (R17).
//!
//! [`envoi`] finds the list in what was sent, [`liste`] reads its lines, [`examen`] holds them against the rules, the
//! session and the register, with each [`decision`] about who somebody is. Between two pages the form carries the list ([`Envoi::plier`]): nothing is kept.

pub mod anomalie;
pub mod api;
pub mod colonnes;
pub mod decision;
pub mod envoi;
pub mod examen;
pub mod liste;
mod masquees;
pub mod recu;

pub use anomalie::{Anomalie, Gravite};
pub use decision::{Decision, Decisions};
pub use envoi::Envoi;
pub use examen::{Examen, examiner};
pub use liste::Liste;

use forprev_domain::droits::{Acte, peut_sur_cette_version};
use forprev_domain::session::{Session, SessionId};
use forprev_store::{Tx, personnes};
use serde_json::{Map, Value, json};

use super::presence::{presences, presences_json};
use super::stagiaires::ajouter_tous;
use super::{charger, charger_pour, garder, refusee};
use crate::demande::Demande;
use crate::error::Error;

/// What is to be imported where.
#[derive(Debug, Clone)]
pub struct Demandee {
    /// The session.
    pub session: SessionId,
    /// The version that the person had before his eyes.
    pub version: Option<i64>,
    /// The list.
    pub envoi: Envoi,
    /// What was decided about its lines.
    pub decisions: Decisions,
}

/// Tries a list, and writes nothing.
///
/// # Errors
///
/// *Not found*, *forbidden*, a conflict, R3; a file that cannot be read as a list.
pub fn essayer(tx: &mut Tx<'_>, demande: &Demande, demandee: &Demandee) -> Result<Examen, Error> {
    let session = charger(tx, demande, demandee.session)?;
    peut_sur_cette_version(&demande.requester, Acte::Modifier, &session, demandee.version)
        .map_err(|refus| refusee(refus, &session))?;
    let liste = lire(demande, &session, demandee)?;
    juger(tx, demande, &session, &liste, &demandee.decisions)
}

/// Imports a list: all its lines, or none.
///
/// # Errors
///
/// As [`essayer`]; a list with something that stops it, with all that the examination found.
pub fn importer(tx: &mut Tx<'_>, demande: &Demande, demandee: &Demandee) -> Result<(Session, Examen), Error> {
    let avant = charger_pour(tx, demande, Acte::Modifier, demandee.session, demandee.version)?;
    let liste = lire(demande, &avant, demandee)?;
    for identite in examen::identites(&avant, &liste) {
        personnes::un_a_la_fois(tx, &identite)?;
    }
    let examen = juger(tx, demande, &avant, &liste, &demandee.decisions)?;
    if !examen.est_importable() {
        return Err(Error::ListeRefusee(Box::new(examen)));
    }
    let version_lue = avant.version;
    let (session, evenement) = ajouter_tous(tx, demande, avant, &examen.entrees)?;
    garder(tx, demande, version_lue, &session, evenement.as_ref())?;
    Ok((session, examen))
}

/// An examination, with what the persons whom it proposes are already in.
fn juger(
    tx: &mut Tx<'_>,
    demande: &Demande,
    session: &Session,
    liste: &Liste,
    decisions: &Decisions,
) -> Result<Examen, Error> {
    let examen = examiner(tx, session, liste, decisions)?;
    let presences = presences(tx, demande, session, &examen.propositions())?;
    Ok(Examen { presences, ..examen })
}

fn lire(demande: &Demande, session: &Session, demandee: &Demandee) -> Result<Liste, Error> {
    session.exiger_saisie_ouverte(demande.moment).map_err(|refus| refusee(refus, session))?;
    let liste = Liste::lire(&demandee.envoi, session.niveau()).map_err(Error::Illisible)?;
    let inconnue =
        demandee.decisions.keys().find(|tranchee| !liste.lignes.iter().any(|l| l.ligne == **tranchee));
    match inconnue {
        None => Ok(liste),
        Some(ligne) => Err(Error::Malformed(format!("La ligne {ligne} n’est pas dans la liste."))),
    }
}

/// What programs read of an examination, and of the import after it.
#[must_use]
pub fn bilan(examen: &Examen, importees: usize) -> Map<String, Value> {
    let anomalies: Vec<Value> = examen.anomalies.iter().map(Anomalie::json).collect();
    let champs =
        [("lignes", json!(examen.lignes)), ("anomalies", json!(anomalies)), ("importees", json!(importees))];
    let champs = champs.into_iter().map(|(nom, valeur)| (nom.to_owned(), valeur));
    champs.chain(presences_json(&examen.presences)).collect()
}

//! What a known person who is proposed is already in: this session, or another one on the same days.

use forprev_domain::numero::Numero;
use forprev_domain::regles::doublons::Proposition;
use forprev_domain::session::Session;
use forprev_store::Tx;
use forprev_store::sessions::{self, Presence};
use serde_json::{Map, Value, json};

use crate::demande::Demande;
use crate::error::Error;

/// The sessions in which these persons are on the days of this one, among those that the requester sees (R9, R10).
///
/// # Errors
///
/// The store's.
pub fn presences(
    tx: &mut Tx<'_>,
    demande: &Demande,
    session: &Session,
    propositions: &[Proposition],
) -> Result<Vec<Presence>, Error> {
    if propositions.is_empty() {
        return Ok(Vec::new());
    }
    let numeros: Vec<Numero> = propositions.iter().map(|p| p.numero.clone()).collect();
    let fin = session.saisie.date_fin;
    let jours = (session.saisie.date_debut.unwrap_or(fin), fin);
    Ok(sessions::presences(tx, &demande.portee(), &numeros, jours, demande.moment.aujourdhui)?)
}

/// The field `presences` of an answer, as programs read it; none when nobody is in anything.
#[must_use]
pub fn presences_json(presences: &[Presence]) -> Map<String, Value> {
    let une = |p: &Presence| {
        json!({
            "numero": p.personne, "session": p.session, "numero_de_session": p.numero,
            "date_debut": p.jours.0, "date_fin": p.jours.1,
        })
    };
    let toutes = Some(presences).filter(|presences| !presences.is_empty());
    toutes.map(|toutes| ("presences".to_owned(), toutes.iter().map(une).collect())).into_iter().collect()
}

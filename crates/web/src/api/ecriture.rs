//! A write through the interface: one transaction, and one effect for each `Idempotency-Key`.
//!
//! The answer is kept in the transaction that made it, so that a call sent again, at once or after
//! a crash, finds either nothing or the whole.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use forprev_domain::session::SessionId;
use forprev_store::idempotence::{self, Connue};
use forprev_store::{Tx, sessions};
use serde_json::Value;

use super::corps::{Corps, Objet};
use crate::demande::Demande;
use crate::error::Error;
use crate::personnes::avant_de_proposer;
use crate::security;

/// What a write answers.
#[derive(Debug, Clone)]
pub struct Fait {
    /// Its status.
    pub statut: StatusCode,
    /// Its body; null: none.
    pub corps: Value,
    /// The session that it speaks of: the kept answer goes with it.
    pub session: Option<SessionId>,
}

impl Fait {
    /// Done: 200 with this body.
    #[must_use]
    pub fn ok(corps: Value) -> Self {
        Self { statut: StatusCode::OK, corps, session: None }
    }

    /// Made: 201 with what was made.
    #[must_use]
    pub fn cree(corps: Value) -> Self {
        Self { statut: StatusCode::CREATED, corps, session: None }
    }

    /// Done, and nothing to say: 204.
    #[must_use]
    pub fn vide() -> Self {
        Self { statut: StatusCode::NO_CONTENT, corps: Value::Null, session: None }
    }

    /// The same, about this session.
    #[must_use]
    pub fn sur(self, session: SessionId) -> Self {
        Self { session: Some(session), ..self }
    }

    fn reponse(self) -> Response {
        if self.corps.is_null() {
            self.statut.into_response()
        } else {
            (self.statut, Json(self.corps)).into_response()
        }
    }
}

/// Runs one write and answers; a POST sent again with the same key gets the first answer.
///
/// # Errors
///
/// What the action refuses; `cle_reutilisee` when the key came with another body.
pub async fn ecrire(
    demande: Demande,
    corps: Corps,
    action: impl Fn(&mut Tx<'_>, &Demande, &Objet) -> Result<Fait, Error> + Send + Sync + 'static,
) -> Result<Response, Error> {
    let app = demande.app.clone();
    let cle = corps.cle.clone().filter(|_| corps.route.starts_with("POST "));
    let qui = demande.clone();
    let fait = app.write(move |tx| {
        let Some(cle) = &cle else { return action(tx, &demande, &corps.objet) };
        une_fois(tx, &demande, &corps, cle, &action)
    });
    Ok(avant_de_proposer(&qui, fait.await).await?.reponse())
}

fn une_fois(
    tx: &mut Tx<'_>,
    demande: &Demande,
    corps: &Corps,
    cle: &str,
    action: &impl Fn(&mut Tx<'_>, &Demande, &Objet) -> Result<Fait, Error>,
) -> Result<Fait, Error> {
    let recu = security::digest(&corps.octets);
    let cle =
        idempotence::Demande { numero: &demande.requester.numero, route: &corps.route, cle, corps: &recu };
    match idempotence::prendre(tx, cle, demande.moment)? {
        Connue::Nouvelle => {
            let fait = action(tx, demande, &corps.objet)?;
            idempotence::garder(tx, cle, fait.statut.as_u16(), &fait.corps.to_string(), fait.session)?;
            Ok(fait)
        }
        Connue::AutreCorps => Err(Error::CleReutilisee),
        Connue::Repondue { statut, reponse, session } => {
            if let Some(session) = session {
                let vivante = sessions::charger(tx, &demande.portee(), session, demande.moment.aujourdhui)?;
                vivante.ok_or(Error::NotFound)?;
            }
            let statut = StatusCode::from_u16(statut).map_err(Error::internal)?;
            Ok(Fait { statut, corps: serde_json::from_str(&reponse).map_err(Error::internal)?, session })
        }
    }
}

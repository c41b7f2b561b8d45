//! One effect for one key: the answer to a request that was given a key is kept for 24 hours.

use forprev_domain::calendrier::Moment;
use forprev_domain::id::SessionId;
use forprev_domain::numero::Numero;
use jiff::{SignedDuration, Timestamp};

use crate::{StoreError, Tx, params};

/// For how long a key is remembered.
pub const DUREE: SignedDuration = SignedDuration::from_hours(24);

/// A request under a key.
#[derive(Debug, Clone, Copy)]
pub struct Demande<'a> {
    /// Who asks.
    pub numero: &'a Numero,
    /// What: method and path.
    pub route: &'a str,
    /// The key that he gave.
    pub cle: &'a str,
    /// Digest of the body.
    pub corps: &'a str,
}

/// What is known of a request under a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Connue {
    /// Never seen: the key is taken, the effect is to be made in this transaction.
    Nouvelle,
    /// The same was answered before: the same answer again.
    Repondue {
        /// HTTP status of the answer.
        statut: u16,
        /// Its body, as sent.
        reponse: String,
        /// The session that it speaks of: gone with it (R6).
        session: Option<SessionId>,
    },
    /// The key was given with another body.
    AutreCorps,
}

/// Takes the key at the start of the transaction that makes the effect. Another request with the
/// same key waits until this one is kept or given up. An answer that tells of a session that is
/// gone is gone with it, even if the sweep has not run yet (R6).
///
/// # Errors
/// [`StoreError`].
pub fn prendre(tx: &mut Tx<'_>, demande: Demande<'_>, moment: Moment) -> Result<Connue, StoreError> {
    let Demande { numero, route, cle, corps } = demande;
    let limite = moment.instant.checked_sub(DUREE).unwrap_or(Timestamp::MIN);
    tx.execute(
        "DELETE FROM idempotence WHERE numero = $1 AND route = $2 AND cle = $3 AND (cree_le <= $4
             OR session IN (SELECT s.id FROM sessions AS s WHERE s.disparait_le <= $5))",
        params![numero, route, cle, limite, moment.aujourdhui],
    )?;
    let taken = tx.execute(
        "INSERT INTO idempotence (numero, route, cle, corps, cree_le) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT DO NOTHING",
        params![numero, route, cle, corps, moment.instant],
    )?;
    if taken == 1 {
        return Ok(Connue::Nouvelle);
    }
    let row = tx.query_one(
        "SELECT corps, statut, reponse, session FROM idempotence
         WHERE numero = $1 AND route = $2 AND cle = $3",
        params![numero, route, cle],
    )?;
    if row.get::<String>("corps")? != corps {
        return Ok(Connue::AutreCorps);
    }
    Ok(Connue::Repondue {
        statut: row.get("statut")?,
        reponse: row.get("reponse")?,
        session: row.get("session")?,
    })
}

/// Keeps the answer, in the transaction that made the effect. `session`: the one that it tells
/// of, with which it is deleted (R6).
///
/// # Errors
/// [`StoreError`].
pub fn garder(
    tx: &mut Tx<'_>,
    demande: Demande<'_>,
    statut: u16,
    reponse: &str,
    session: Option<SessionId>,
) -> Result<(), StoreError> {
    let Demande { numero, route, cle, .. } = demande;
    tx.execute(
        "UPDATE idempotence SET statut = $4, reponse = $5, session = $6
         WHERE numero = $1 AND route = $2 AND cle = $3",
        params![numero, route, cle, statut, reponse, session.as_ref()],
    )?;
    Ok(())
}

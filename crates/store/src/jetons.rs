//! Tokens of the programming interface: shown once, kept as a digest.

use forprev_domain::numero::Numero;
use jiff::Timestamp;
use uuid::Uuid;

use crate::db::Row;
use crate::valeurs::nouvel_id;
use crate::{StoreError, Tx, params};

/// A token, without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jeton {
    /// Identifies it in the list of its person.
    pub id: Uuid,
    /// Whose.
    pub numero: Numero,
    /// What it is for.
    pub libelle: String,
    /// Since when.
    pub cree_le: Timestamp,
    /// Until when.
    pub expire_le: Timestamp,
}

/// Writes a token of a person; `empreinte` is the digest of its secret.
///
/// # Errors
/// `cle_etrangere` when nobody has the numéro.
pub fn creer(
    tx: &mut Tx<'_>,
    empreinte: &str,
    numero: &Numero,
    libelle: &str,
    cree_le: Timestamp,
    expire_le: Timestamp,
) -> Result<Jeton, StoreError> {
    let id = nouvel_id()?;
    tx.execute(
        "INSERT INTO jetons (id, empreinte, numero, libelle, cree_le, expire_le)
         VALUES ($1, $2, $3, $4, $5, $6)",
        params![id, empreinte, numero, libelle, cree_le, expire_le],
    )?;
    Ok(Jeton { id, numero: numero.clone(), libelle: libelle.to_owned(), cree_le, expire_le })
}

/// Returns the token with this secret's digest, as long as it holds.
///
/// # Errors
/// [`StoreError`].
pub fn charger(tx: &mut Tx<'_>, empreinte: &str, maintenant: Timestamp) -> Result<Option<Jeton>, StoreError> {
    let row = tx.query_opt(
        "SELECT id, numero, libelle, cree_le, expire_le FROM jetons
         WHERE empreinte = $1 AND expire_le > $2",
        params![empreinte, maintenant],
    )?;
    row.as_ref().map(jeton).transpose()
}

/// Returns the tokens of a person, the latest first.
///
/// # Errors
/// [`StoreError`].
pub fn de(tx: &mut Tx<'_>, numero: &Numero) -> Result<Vec<Jeton>, StoreError> {
    tx.query(
        "SELECT id, numero, libelle, cree_le, expire_le FROM jetons
         WHERE numero = $1 ORDER BY cree_le DESC, id",
        params![numero],
    )?
    .iter()
    .map(jeton)
    .collect()
}

/// Takes back a token of this person; false when he has no such token.
///
/// # Errors
/// [`StoreError`].
pub fn revoquer(tx: &mut Tx<'_>, numero: &Numero, id: Uuid) -> Result<bool, StoreError> {
    let gone = tx.execute("DELETE FROM jetons WHERE id = $1 AND numero = $2", params![id, numero])?;
    Ok(gone == 1)
}

fn jeton(row: &Row) -> Result<Jeton, StoreError> {
    Ok(Jeton {
        id: row.get("id")?,
        numero: row.get("numero")?,
        libelle: row.get("libelle")?,
        cree_le: row.get("cree_le")?,
        expire_le: row.get("expire_le")?,
    })
}

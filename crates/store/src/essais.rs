//! Counted attempts, shared by all instances: sign-ins, lookups of strangers, verifications.

use jiff::{SignedDuration, Timestamp};

use crate::{StoreError, Tx, params};

/// What was counted under a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Essais {
    /// How many since `depuis`.
    pub nombre: i64,
    /// When the count began.
    pub depuis: Timestamp,
    /// The latest of them.
    pub dernier_le: Timestamp,
}

/// Adds `nombre` attempts under a key and returns the count, which starts again once `fenetre`
/// has passed since it began. `cle` holds no name: a compte, a numéro, the digest of an address.
///
/// # Errors
/// [`StoreError`].
pub fn compter(
    tx: &mut Tx<'_>,
    cle: &str,
    nombre: i64,
    fenetre: SignedDuration,
    maintenant: Timestamp,
) -> Result<Essais, StoreError> {
    let debut = maintenant.checked_sub(fenetre).unwrap_or(Timestamp::MIN);
    let row = tx.query_one(
        "INSERT INTO essais (cle, nombre, depuis, dernier_le) VALUES ($1, $2, $3, $3)
         ON CONFLICT (cle) DO UPDATE SET
           nombre = CASE WHEN essais.depuis > $4 THEN essais.nombre + excluded.nombre
                         ELSE excluded.nombre END,
           depuis = CASE WHEN essais.depuis > $4 THEN essais.depuis ELSE excluded.depuis END,
           dernier_le = excluded.dernier_le
         RETURNING nombre, depuis, dernier_le",
        params![cle, nombre, maintenant, debut],
    )?;
    Ok(Essais { nombre: row.get("nombre")?, depuis: row.get("depuis")?, dernier_le: row.get("dernier_le")? })
}

/// Returns what was counted under a key, whatever its age.
///
/// # Errors
/// [`StoreError`].
pub fn charger(tx: &mut Tx<'_>, cle: &str) -> Result<Option<Essais>, StoreError> {
    let row = tx.query_opt("SELECT nombre, depuis, dernier_le FROM essais WHERE cle = $1", params![cle])?;
    row.map(|row| {
        Ok(Essais {
            nombre: row.get("nombre")?,
            depuis: row.get("depuis")?,
            dernier_le: row.get("dernier_le")?,
        })
    })
    .transpose()
}

/// Forgets what was counted under a key, as after a right sign-in.
///
/// # Errors
/// [`StoreError`].
pub fn oublier(tx: &mut Tx<'_>, cle: &str) -> Result<(), StoreError> {
    tx.execute("DELETE FROM essais WHERE cle = $1", params![cle])?;
    Ok(())
}

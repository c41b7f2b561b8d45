//! The public halves of the keys of this installation: what verifies what it sealed and signed.

use jiff::Timestamp;

use crate::db::Row;
use crate::{StoreError, Tx, params};

/// What a key is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Emploi {
    /// Seals files.
    Sceau,
    /// Signs what codes say.
    Enonces,
}

impl Emploi {
    /// Its code, as in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Sceau => "sceau",
            Self::Enonces => "enonces",
        }
    }

    /// The one with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Sceau, Self::Enonces].into_iter().find(|emploi| emploi.code() == code)
    }
}

/// A public key of this installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClePublique {
    /// SHA-256 of the key or of its certificate, in hexadecimal.
    pub empreinte: String,
    /// What it is for.
    pub emploi: Emploi,
    /// Its certificates in PEM, or the key itself.
    pub publique: String,
    /// Since when it is used.
    pub depuis: Timestamp,
    /// Since when another is used; `None`: it is the one in use.
    pub retiree_le: Option<Timestamp>,
}

/// Returns every key ever used, the latest first.
///
/// # Errors
/// [`StoreError`].
pub fn toutes(tx: &mut Tx<'_>) -> Result<Vec<ClePublique>, StoreError> {
    tx.query(
        "SELECT empreinte, emploi, publique, depuis, retiree_le FROM cles_publiques
         ORDER BY depuis DESC, empreinte",
        params![],
    )?
    .iter()
    .map(cle)
    .collect()
}

/// Makes a key the one in use from now on, there being none of its kind. A key that was known already keeps its first
/// day.
///
/// # Errors
/// `une_cle_courante_par_emploi` when one is in use, even if another instance declared it just now.
pub fn declarer(
    tx: &mut Tx<'_>,
    emploi: Emploi,
    empreinte: &str,
    publique: &str,
    maintenant: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO cles_publiques (empreinte, emploi, publique, depuis, retiree_le)
         VALUES ($1, $2, $3, $4, NULL) ON CONFLICT (empreinte) DO UPDATE SET retiree_le = NULL",
        params![empreinte, &emploi, publique, maintenant],
    )?;
    Ok(())
}

/// Takes the key of this kind out of use; it stays known.
///
/// # Errors
/// [`StoreError`].
pub fn retirer(tx: &mut Tx<'_>, emploi: Emploi, maintenant: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE cles_publiques SET retiree_le = $2 WHERE emploi = $1 AND retiree_le IS NULL",
        params![&emploi, maintenant],
    )?;
    Ok(())
}

fn cle(row: &Row) -> Result<ClePublique, StoreError> {
    Ok(ClePublique {
        empreinte: row.get("empreinte")?,
        emploi: row.get("emploi")?,
        publique: row.get("publique")?,
        depuis: row.get("depuis")?,
        retiree_le: row.get("retiree_le")?,
    })
}

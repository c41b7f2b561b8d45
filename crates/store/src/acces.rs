//! How a person gets in: his password, links that serve once, who is signed in where.
//!
//! Secrets never come here: only digests (`empreinte`) of links and sign-ins, and the encoded
//! hash of passwords, all made by the caller.

use forprev_domain::numero::Numero;
use jiff::Timestamp;

use crate::db::Row;
use crate::{StoreError, Tx, params};

/// The account of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acces {
    /// Encoded hash of the password; `None` until one is chosen.
    pub mot_de_passe: Option<String>,
    /// When the account was opened.
    pub ouvert_le: Timestamp,
    /// When its person first chose a password.
    pub active_le: Option<Timestamp>,
}

/// Opens an account, without password yet; opening it again changes nothing. True when it is new.
///
/// # Errors
/// `cle_etrangere` when nobody has the numéro.
pub fn ouvrir(tx: &mut Tx<'_>, numero: &Numero, le: Timestamp) -> Result<bool, StoreError> {
    let added = tx.execute(
        "INSERT INTO acces (numero, ouvert_le) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        params![numero, le],
    )?;
    Ok(added == 1)
}

/// Returns the account of a person, if he has one.
///
/// # Errors
/// [`StoreError`].
pub fn charger(tx: &mut Tx<'_>, numero: &Numero) -> Result<Option<Acces>, StoreError> {
    let row = tx.query_opt(
        "SELECT mot_de_passe, ouvert_le, active_le FROM acces WHERE numero = $1",
        params![numero],
    )?;
    row.map(|row| {
        Ok(Acces {
            mot_de_passe: row.get("mot_de_passe")?,
            ouvert_le: row.get("ouvert_le")?,
            active_le: row.get("active_le")?,
        })
    })
    .transpose()
}

/// Writes the password of an account, which is active from then on. All who were signed in with
/// the old one are signed out, and the links sent before serve no more.
///
/// # Errors
/// [`StoreError`].
pub fn choisir_mot_de_passe(
    tx: &mut Tx<'_>,
    numero: &Numero,
    mot_de_passe: &str,
    le: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE acces SET mot_de_passe = $2, active_le = COALESCE(active_le, $3) WHERE numero = $1",
        params![numero, mot_de_passe, le],
    )?;
    tx.execute("DELETE FROM liens WHERE numero = $1", params![numero])?;
    fermer_tous(tx, numero)
}

/// Writes a link that serves once until `expire_le`. `but` says what for.
///
/// # Errors
/// [`StoreError`].
pub fn creer_lien(
    tx: &mut Tx<'_>,
    empreinte: &str,
    numero: &Numero,
    but: &str,
    expire_le: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO liens (empreinte, numero, but, expire_le) VALUES ($1, $2, $3, $4)",
        params![empreinte, numero, but, expire_le],
    )?;
    Ok(())
}

/// Returns whose link it is, without using it; `None` when used, expired or never given.
///
/// # Errors
/// [`StoreError`].
pub fn lire_lien(
    tx: &mut Tx<'_>,
    empreinte: &str,
    but: &str,
    maintenant: Timestamp,
) -> Result<Option<Numero>, StoreError> {
    let row = tx.query_opt(
        "SELECT numero FROM liens WHERE empreinte = $1 AND but = $2 AND expire_le > $3",
        params![empreinte, but, maintenant],
    )?;
    row.map(|row| row.get("numero")).transpose()
}

/// Uses a link: returns whose it is, and it serves no more. Two at once: one gets it.
///
/// # Errors
/// [`StoreError`].
pub fn utiliser_lien(
    tx: &mut Tx<'_>,
    empreinte: &str,
    but: &str,
    maintenant: Timestamp,
) -> Result<Option<Numero>, StoreError> {
    let rows = tx.query(
        "DELETE FROM liens WHERE empreinte = $1 AND but = $2 AND expire_le > $3 RETURNING numero",
        params![empreinte, but, maintenant],
    )?;
    rows.first().map(|row| row.get("numero")).transpose()
}

/// A person signed in on a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    /// Digest of the secret in the cookie.
    pub empreinte: String,
    /// Who.
    pub numero: Numero,
    /// The profile in use, as the caller writes it.
    pub profil: Option<String>,
    /// What the device said it is.
    pub appareil: Option<String>,
    /// Since when.
    pub ouvert_le: Timestamp,
    /// Last seen.
    pub vu_le: Timestamp,
    /// Signed out then at the latest.
    pub expire_le: Timestamp,
}

/// Writes that somebody is signed in.
///
/// # Errors
/// [`StoreError`].
pub fn ouvrir_sign_in(tx: &mut Tx<'_>, sign_in: &SignIn) -> Result<(), StoreError> {
    let s = sign_in;
    tx.execute(
        "INSERT INTO sign_ins (empreinte, numero, profil, appareil, ouvert_le, vu_le, expire_le)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![
            &s.empreinte,
            &s.numero,
            s.profil.as_deref(),
            s.appareil.as_deref(),
            s.ouvert_le,
            s.vu_le,
            s.expire_le
        ],
    )?;
    Ok(())
}

/// Returns who is signed in with this secret, seen after `inactif_depuis` and not expired.
///
/// # Errors
/// [`StoreError`].
pub fn sign_in(
    tx: &mut Tx<'_>,
    empreinte: &str,
    inactif_depuis: Timestamp,
    maintenant: Timestamp,
) -> Result<Option<SignIn>, StoreError> {
    let row = tx.query_opt(
        "SELECT empreinte, numero, profil, appareil, ouvert_le, vu_le, expire_le FROM sign_ins
         WHERE empreinte = $1 AND vu_le > $2 AND expire_le > $3",
        params![empreinte, inactif_depuis, maintenant],
    )?;
    row.as_ref().map(lire_sign_in).transpose()
}

/// Returns where a person is signed in, the latest seen first.
///
/// # Errors
/// [`StoreError`].
pub fn sign_ins(tx: &mut Tx<'_>, numero: &Numero, maintenant: Timestamp) -> Result<Vec<SignIn>, StoreError> {
    tx.query(
        "SELECT empreinte, numero, profil, appareil, ouvert_le, vu_le, expire_le FROM sign_ins
         WHERE numero = $1 AND expire_le > $2 ORDER BY vu_le DESC",
        params![numero, maintenant],
    )?
    .iter()
    .map(lire_sign_in)
    .collect()
}

/// Writes that the person was seen.
///
/// # Errors
/// [`StoreError`].
pub fn vu(tx: &mut Tx<'_>, empreinte: &str, le: Timestamp) -> Result<(), StoreError> {
    tx.execute("UPDATE sign_ins SET vu_le = $2 WHERE empreinte = $1", params![empreinte, le])?;
    Ok(())
}

/// Changes the secret and the profile in use, as after a change of rights; false when signed out
/// meanwhile.
///
/// # Errors
/// [`StoreError`].
pub fn renouveler(
    tx: &mut Tx<'_>,
    ancienne: &str,
    nouvelle: &str,
    profil: Option<&str>,
) -> Result<bool, StoreError> {
    let changed = tx.execute(
        "UPDATE sign_ins SET empreinte = $2, profil = $3 WHERE empreinte = $1",
        params![ancienne, nouvelle, profil],
    )?;
    Ok(changed == 1)
}

/// Signs out one device.
///
/// # Errors
/// [`StoreError`].
pub fn fermer(tx: &mut Tx<'_>, empreinte: &str) -> Result<(), StoreError> {
    tx.execute("DELETE FROM sign_ins WHERE empreinte = $1", params![empreinte])?;
    Ok(())
}

/// Signs a person out everywhere.
///
/// # Errors
/// [`StoreError`].
pub fn fermer_tous(tx: &mut Tx<'_>, numero: &Numero) -> Result<(), StoreError> {
    tx.execute("DELETE FROM sign_ins WHERE numero = $1", params![numero])?;
    Ok(())
}

fn lire_sign_in(row: &Row) -> Result<SignIn, StoreError> {
    Ok(SignIn {
        empreinte: row.get("empreinte")?,
        numero: row.get("numero")?,
        profil: row.get("profil")?,
        appareil: row.get("appareil")?,
        ouvert_le: row.get("ouvert_le")?,
        vu_le: row.get("vu_le")?,
        expire_le: row.get("expire_le")?,
    })
}

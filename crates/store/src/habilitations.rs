//! Habilitations of the comptes (R1).

use forprev_domain::compte::{Compte, CompteId};
use forprev_domain::dispositif::{CodeDispositif, Niveau};
use forprev_domain::habilitation::Habilitation;
use forprev_domain::id::HabilitationId;
use jiff::civil::Date;

use crate::db::{Row, Sql};
use crate::recherche::{Liste, Pagination, page};
use crate::{StoreError, Tx, params};

const COLONNES: &str = "id, compte, dispositif, niveau, debut, fin, numero, retiree_le,
    suspendue_du, suspendue_au, motif";

/// Adds an habilitation.
///
/// # Errors
/// `cle_etrangere` when there is no such compte.
pub fn creer(tx: &mut Tx<'_>, habilitation: &Habilitation) -> Result<(), StoreError> {
    let h = habilitation;
    tx.execute(
        "INSERT INTO habilitations (id, compte, dispositif, niveau, debut, fin, numero, retiree_le,
                                    suspendue_du, suspendue_au, motif)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        params![
            &h.id,
            &h.compte,
            &h.dispositif,
            &h.niveau,
            h.debut,
            h.fin,
            h.numero.as_deref(),
            h.retiree_le,
            h.suspendue_du,
            h.suspendue_au,
            h.motif.as_deref()
        ],
    )?;
    Ok(())
}

/// Writes what may change of an habilitation: its end, withdrawal, suspension, and why.
///
/// # Errors
/// [`StoreError`].
pub fn modifier(tx: &mut Tx<'_>, habilitation: &Habilitation) -> Result<(), StoreError> {
    let h = habilitation;
    tx.execute(
        "UPDATE habilitations SET fin = $2, retiree_le = $3, suspendue_du = $4, suspendue_au = $5,
                motif = $6
         WHERE id = $1",
        params![&h.id, h.fin, h.retiree_le, h.suspendue_du, h.suspendue_au, h.motif.as_deref()],
    )?;
    Ok(())
}

/// As [`charger`], and nobody else changes it until the end of this writing transaction.
///
/// # Errors
/// [`StoreError`].
pub fn charger_pour_modifier(
    tx: &mut Tx<'_>,
    id: HabilitationId,
) -> Result<Option<Habilitation>, StoreError> {
    let lock = format!("SELECT id FROM habilitations WHERE id = $1{}", tx.for_update());
    tx.query(&lock, params![&id])?;
    charger(tx, id)
}

/// Returns the habilitation; `None` when there is none.
///
/// # Errors
/// [`StoreError`].
pub fn charger(tx: &mut Tx<'_>, id: HabilitationId) -> Result<Option<Habilitation>, StoreError> {
    let sql = format!("SELECT {COLONNES} FROM habilitations WHERE id = $1");
    tx.query_opt(&sql, params![&id])?.as_ref().map(habilitation).transpose()
}

/// Returns the habilitations of a compte, whatever their dates, by dispositif and niveau.
///
/// # Errors
/// [`StoreError`].
pub fn du_compte(tx: &mut Tx<'_>, compte: CompteId) -> Result<Vec<Habilitation>, StoreError> {
    let sql = format!(
        "SELECT {COLONNES} FROM habilitations WHERE compte = $1 ORDER BY dispositif, niveau, debut, id"
    );
    tx.query(&sql, params![&compte])?.iter().map(habilitation).collect()
}

/// Returns those of a compte for one dispositif and niveau, whatever their dates: what R1 reads.
/// In a writing transaction they stay as they are until its end.
///
/// # Errors
/// [`StoreError`].
pub fn pour(
    tx: &mut Tx<'_>,
    compte: CompteId,
    dispositif: &CodeDispositif,
    niveau: Niveau,
) -> Result<Vec<Habilitation>, StoreError> {
    let sql = format!(
        "SELECT {COLONNES} FROM habilitations
         WHERE compte = $1 AND dispositif = $2 AND niveau = $3 ORDER BY debut, id"
    );
    tx.query(&sql, params![&compte, dispositif, &niveau])?.iter().map(habilitation).collect()
}

/// Lists those of all comptes that end on this day or later, the soonest first, for the administrateur.
///
/// # Errors
/// [`StoreError`].
pub fn par_echeance(
    tx: &mut Tx<'_>,
    depuis: Date,
    pagination: Pagination,
) -> Result<Liste<(Compte, Habilitation)>, StoreError> {
    let mut corps = Sql::new("FROM habilitations AS h JOIN comptes AS c ON c.id = h.compte WHERE h.fin >= ");
    corps.bind(depuis);
    let colonnes: Vec<String> = COLONNES.split(',').map(|colonne| format!("h.{}", colonne.trim())).collect();
    let colonnes = format!("{}, c.raison_sociale, c.siret, c.genre", colonnes.join(", "));
    page(tx, &colonnes, &corps, "h.fin, c.recherche, h.dispositif, h.niveau, h.id", pagination, |row| {
        let habilitation = habilitation(row)?;
        let compte = Compte {
            id: habilitation.compte,
            raison_sociale: row.get("raison_sociale")?,
            siret: row.get("siret")?,
            genre: row.get("genre")?,
        };
        Ok((compte, habilitation))
    })
}

/// Returns those of all comptes whose last day is between these two, a withdrawal taken into account.
///
/// # Errors
/// [`StoreError`].
pub fn finissant(tx: &mut Tx<'_>, du: Date, au: Date) -> Result<Vec<Habilitation>, StoreError> {
    let sql = format!(
        "SELECT {COLONNES} FROM habilitations
         WHERE fin >= $1 AND (fin <= $2 OR retiree_le IS NOT NULL) ORDER BY compte, fin, id"
    );
    let lues = tx.query(&sql, params![du, au])?;
    let lues = lues.iter().map(habilitation).collect::<Result<Vec<_>, _>>()?;
    Ok(lues.into_iter().filter(|h| du <= h.dernier_jour() && h.dernier_jour() <= au).collect())
}

fn habilitation(row: &Row) -> Result<Habilitation, StoreError> {
    Ok(Habilitation {
        id: row.get("id")?,
        compte: row.get("compte")?,
        dispositif: row.get("dispositif")?,
        niveau: row.get("niveau")?,
        debut: row.get("debut")?,
        fin: row.get("fin")?,
        numero: row.get("numero")?,
        retiree_le: row.get("retiree_le")?,
        suspendue_du: row.get("suspendue_du")?,
        suspendue_au: row.get("suspendue_au")?,
        motif: row.get("motif")?,
    })
}

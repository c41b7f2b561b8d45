//! The published lists that say which portable copies of certificates stand no more.

use forprev_domain::certificat::EtatCertificat;
use forprev_domain::numero::NumeroCertificat;

use crate::valeurs::tirage;
use crate::{StoreError, Tx, params};

/// Places of one list: the fewest that the standard allows, so that many certificates hide one.
pub const PLACES: u64 = 131_072;
/// Places given before the next list begins: drawing a free one stays quick.
const A_DEMI: i64 = 65_536;

/// The place of a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statut {
    /// Which list, from 1.
    pub liste: i64,
    /// Which place in it, from 0.
    pub rang: u64,
}

/// Returns the place of a certificate; gives it one, drawn at random, when it has none.
///
/// # Errors
/// [`StoreError`].
pub fn attribuer(tx: &mut Tx<'_>, numero: &NumeroCertificat) -> Result<Statut, StoreError> {
    loop {
        if let Some(statut) = charger(tx, numero)? {
            return Ok(statut);
        }
        let liste = liste_ouverte(tx)?;
        let rang = i64::try_from(tirage()? % PLACES).unwrap_or_default();
        tx.execute(
            "INSERT INTO statuts (certificat, liste, rang) SELECT c.id, $2, $3 FROM certificats AS c WHERE c.cle = $1
             ON CONFLICT DO NOTHING",
            params![numero.cle(), liste, rang],
        )?;
    }
}

fn charger(tx: &mut Tx<'_>, numero: &NumeroCertificat) -> Result<Option<Statut>, StoreError> {
    let row = tx.query_opt(
        "SELECT s.liste, s.rang FROM statuts AS s JOIN certificats AS c ON c.id = s.certificat WHERE c.cle = $1",
        params![numero.cle()],
    )?;
    row.map(|row| {
        let rang: i64 = row.get("rang")?;
        Ok(Statut { liste: row.get("liste")?, rang: rang.unsigned_abs() })
    })
    .transpose()
}

/// The list in which places are given now.
fn liste_ouverte(tx: &mut Tx<'_>) -> Result<i64, StoreError> {
    let row = tx.query_opt(
        "SELECT liste, count(*) AS nombre FROM statuts GROUP BY liste ORDER BY liste DESC LIMIT 1",
        params![],
    )?;
    let Some(row) = row else { return Ok(1) };
    let (liste, nombre): (i64, i64) = (row.get("liste")?, row.get("nombre")?);
    Ok(if nombre < A_DEMI { liste } else { liste + 1 })
}

/// Returns the places of a list whose certificates stand no more; `None` when there is no such list.
///
/// # Errors
/// [`StoreError`].
pub fn retires(tx: &mut Tx<'_>, liste: i64) -> Result<Option<Vec<u64>>, StoreError> {
    if liste < 1 || liste_ouverte(tx)? < liste {
        return Ok(None);
    }
    let rows = tx.query(
        "SELECT s.rang FROM statuts AS s JOIN certificats AS c ON c.id = s.certificat
         WHERE s.liste = $1 AND c.etat <> $2 ORDER BY s.rang",
        params![liste, &EtatCertificat::Valide],
    )?;
    let rang = |row: &crate::db::Row| row.get::<i64>("rang").map(i64::unsigned_abs);
    rows.iter().map(rang).collect::<Result<_, _>>().map(Some)
}

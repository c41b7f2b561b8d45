//! The catalogue: dispositifs as dated data.

use forprev_domain::dispositif::{CodeDispositif, Dispositif};
use jiff::civil::Date;

use crate::db::Row;
use crate::valeurs::json;
use crate::{StoreError, Tx, params};

const COLONNES: &str = "d.code, d.a_partir_du, d.libelle, d.niveaux";

/// Adds a dispositif, or its values from a day on; the values of that very day are replaced.
///
/// # Errors
/// [`StoreError`].
pub fn ajouter(tx: &mut Tx<'_>, dispositif: &Dispositif) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO dispositifs (code, a_partir_du, libelle, niveaux) VALUES ($1, $2, $3, $4)
         ON CONFLICT (code, a_partir_du) DO UPDATE SET libelle = excluded.libelle,
                                                       niveaux = excluded.niveaux",
        params![&dispositif.code, dispositif.a_partir_du, &dispositif.libelle, json(&dispositif.niveaux)?],
    )?;
    Ok(())
}

/// Fills an empty catalogue with these dispositifs; true when it was empty.
///
/// # Errors
/// [`StoreError`].
pub fn amorcer(tx: &mut Tx<'_>, dispositifs: &[Dispositif]) -> Result<bool, StoreError> {
    if !tx.query("SELECT code FROM dispositifs LIMIT 1", &[])?.is_empty() {
        return Ok(false);
    }
    for dispositif in dispositifs {
        ajouter(tx, dispositif)?;
    }
    Ok(true)
}

/// Returns the whole catalogue with the values in force on a day, by code.
///
/// # Errors
/// [`StoreError`].
pub fn en_vigueur(tx: &mut Tx<'_>, le: Date) -> Result<Vec<Dispositif>, StoreError> {
    let sql = format!(
        "SELECT {COLONNES} FROM dispositifs AS d WHERE d.a_partir_du =
           (SELECT max(v.a_partir_du) FROM dispositifs AS v WHERE v.code = d.code AND v.a_partir_du <= $1)
         ORDER BY d.code"
    );
    tx.query(&sql, params![le])?.iter().map(dispositif).collect()
}

/// Returns one dispositif with the values in force on a day; `None`: no such dispositif that day.
///
/// # Errors
/// [`StoreError`].
pub fn charger(tx: &mut Tx<'_>, code: &CodeDispositif, le: Date) -> Result<Option<Dispositif>, StoreError> {
    let sql = format!(
        "SELECT {COLONNES} FROM dispositifs AS d WHERE d.code = $1 AND d.a_partir_du <= $2
         ORDER BY d.a_partir_du DESC LIMIT 1"
    );
    tx.query_opt(&sql, params![code, le])?.as_ref().map(dispositif).transpose()
}

/// Returns all the values that the catalogue ever had or will have, by code and day.
///
/// # Errors
/// [`StoreError`].
pub fn tous(tx: &mut Tx<'_>) -> Result<Vec<Dispositif>, StoreError> {
    let sql = format!("SELECT {COLONNES} FROM dispositifs AS d ORDER BY d.code, d.a_partir_du");
    tx.query(&sql, &[])?.iter().map(dispositif).collect()
}

fn dispositif(row: &Row) -> Result<Dispositif, StoreError> {
    Ok(Dispositif {
        code: row.get("code")?,
        libelle: row.get("libelle")?,
        a_partir_du: row.get("a_partir_du")?,
        niveaux: row.json("niveaux")?,
    })
}

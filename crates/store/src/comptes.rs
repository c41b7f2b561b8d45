//! Comptes: the organisations that declare sessions.

use forprev_domain::compte::{Compte, CompteId};
use jiff::Timestamp;

use crate::db::{Row, Sql};
use crate::recherche::{Liste, Pagination, motifs, page, texte_de_recherche};
use crate::{StoreError, Tx, params};

const COLONNES: &str = "c.id, c.raison_sociale, c.siret, c.genre";

/// Adds a compte.
///
/// # Errors
/// [`StoreError`].
pub fn creer(tx: &mut Tx<'_>, compte: &Compte, le: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO comptes (id, raison_sociale, siret, genre, recherche, cree_le)
         VALUES ($1, $2, $3, $4, $5, $6)",
        params![
            &compte.id,
            &compte.raison_sociale,
            &compte.siret,
            &compte.genre,
            texte_de_recherche([compte.raison_sociale.as_str(), compte.siret.as_str()]),
            le
        ],
    )?;
    Ok(())
}

/// Returns the compte; whoever asks must be of it, or administrateur (`droits::rapport_au_compte`).
///
/// # Errors
/// [`StoreError`].
pub fn charger(tx: &mut Tx<'_>, id: CompteId) -> Result<Option<Compte>, StoreError> {
    let sql = format!("SELECT {COLONNES} FROM comptes AS c WHERE c.id = $1");
    tx.query_opt(&sql, params![&id])?.as_ref().map(compte).transpose()
}

/// Returns these comptes, by name.
///
/// # Errors
/// [`StoreError`].
pub fn tous(tx: &mut Tx<'_>, ids: &[CompteId]) -> Result<Vec<Compte>, StoreError> {
    let mut sql = Sql::new(&format!("SELECT {COLONNES} FROM comptes AS c WHERE c.id IN "));
    sql.bind_list(ids).push(" ORDER BY c.recherche, c.id");
    tx.query_sql(&sql)?.iter().map(compte).collect()
}

/// Lists comptes by name, for the administrateur; each word of `q` must be in the name or SIRET.
///
/// # Errors
/// [`StoreError`].
pub fn lister(tx: &mut Tx<'_>, q: Option<&str>, pagination: Pagination) -> Result<Liste<Compte>, StoreError> {
    let mut corps = Sql::new("FROM comptes AS c WHERE 1 = 1");
    for motif in motifs(q.unwrap_or_default()) {
        corps.push(" AND c.recherche LIKE ").bind(motif).push(" ESCAPE '\\'");
    }
    page(tx, COLONNES, &corps, "c.recherche, c.id", pagination, compte)
}

fn compte(row: &Row) -> Result<Compte, StoreError> {
    Ok(Compte {
        id: row.get("id")?,
        raison_sociale: row.get("raison_sociale")?,
        siret: row.get("siret")?,
        genre: row.get("genre")?,
    })
}

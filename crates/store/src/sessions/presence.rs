//! Where known persons are already trainees, as far as the requester sees it (R17, R9, R10).

use forprev_domain::droits::Portee;
use forprev_domain::numero::{Numero, NumeroSession};
use forprev_domain::session::SessionId;
use jiff::civil::Date;

use crate::db::{Row, Sql};
use crate::{StoreError, Tx, portee};

/// A person among the trainees of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presence {
    /// Who.
    pub personne: Numero,
    /// In which session.
    pub session: SessionId,
    /// Its number.
    pub numero: NumeroSession,
    /// Its days; it may have no first one yet.
    pub jours: (Option<Date>, Date),
}

/// Returns in which sessions within the portée these persons are, on days that overlap these.
///
/// # Errors
/// [`StoreError`].
pub fn presences<'n>(
    tx: &mut Tx<'_>,
    portee: &Portee,
    personnes: impl IntoIterator<Item = &'n Numero>,
    (debut, fin): (Date, Date),
    aujourdhui: Date,
) -> Result<Vec<Presence>, StoreError> {
    let mut sql = Sql::new(
        "SELECT t.numero AS personne, s.id, s.numero, s.date_debut, s.date_fin
         FROM stagiaires AS t JOIN sessions AS s ON s.id = t.session WHERE t.numero IN ",
    );
    sql.bind_list(personnes).push(" AND s.date_fin >= ").bind(debut);
    sql.push(" AND COALESCE(s.date_debut, s.date_fin) <= ").bind(fin);
    portee::sessions(&mut sql, portee, aujourdhui);
    sql.push(" ORDER BY s.date_fin, s.numero");
    tx.query_sql(&sql)?.iter().map(presence).collect()
}

fn presence(row: &Row) -> Result<Presence, StoreError> {
    Ok(Presence {
        personne: row.get("personne")?,
        session: row.get("id")?,
        numero: row.get("numero")?,
        jours: (row.get("date_debut")?, row.get("date_fin")?),
    })
}

//! The sessions of which a reminder may be due.

use forprev_domain::id::SessionId;
use forprev_domain::rappel::Horizon;
use forprev_domain::session::NomEtat;
use jiff::civil::Date;

use super::lecture::{Fiche, fiches};
use crate::db::Sql;
use crate::{StoreError, Tx};

/// Sessions returned at once.
const LOT: usize = 500;

/// Returns sessions of all comptes within the [`Horizon`] of this day, with their trainees, after `apres` in the order
/// of identifiers; empty once all were returned. What is gone is not among them.
///
/// # Errors
/// [`StoreError`].
pub fn a_rappeler(
    tx: &mut Tx<'_>,
    apres: Option<SessionId>,
    aujourdhui: Date,
) -> Result<Vec<Fiche>, StoreError> {
    let horizon = Horizon::du(aujourdhui);
    let (du, au) = horizon.brouillon_finissant;
    let mut corps = Sql::new("FROM sessions AS s WHERE s.disparait_le > ");
    corps.bind(aujourdhui);
    corps.push(" AND (s.disparait_le <= ").bind(horizon.disparait_avant);
    corps.push(" OR (s.etat = ").bind(&NomEtat::Soumise);
    corps.push(" AND s.date_fin <= ").bind(horizon.soumise_finie_avant);
    corps.push(") OR (s.etat = ").bind(&NomEtat::Brouillon);
    corps.push(" AND s.contenu_soumis IS NULL AND s.date_fin >= ").bind(du);
    corps.push(" AND s.date_fin <= ").bind(au).push("))");
    if let Some(apres) = apres {
        corps.push(" AND s.id > ").bind(&apres);
    }
    fiches(tx, &corps, &format!("s.id LIMIT {LOT}"))
}

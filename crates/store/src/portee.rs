//! The WHERE of a [`Portee`]: who sees which rows. The one place, for lists, pages, counts and
//! searches alike; it says what `Portee::voit` says.

use forprev_domain::droits::Portee;
use forprev_domain::session::NomEtat;
use jiff::civil::Date;

use crate::db::Sql;

/// Adds ` AND (…)`: the sessions `s` within the portée that are not gone on that day (R6, R9–R11).
pub(crate) fn sessions(sql: &mut Sql, portee: &Portee, aujourdhui: Date) {
    sql.push(" AND s.disparait_le > ").bind(aujourdhui);
    if portee.administrateur {
        return;
    }
    sql.push(" AND (s.compte IN ").bind_list(&portee.gestionnaire_de);
    sql.push(" OR (s.auteur = ").bind(&portee.moi);
    sql.push(" AND s.compte IN ").bind_list(&portee.delegataire_de).push(")");
    if portee.formateur {
        // Submitted to him, as long as it is not a draft again nor another's.
        sql.push(" OR (s.formateur = ").bind(&portee.moi);
        sql.push(" AND s.suivie_par = ").bind(&portee.moi);
        sql.push(" AND s.etat <> ").bind(&NomEtat::Brouillon).push(")");
    }
    sql.push(")");
}

/// Adds ` AND (…)`: the register entries `c` of certificates issued by the comptes within the
/// portée: all of a compte for its gestionnaires, those of his own sessions for a délégataire.
pub(crate) fn certificats(sql: &mut Sql, portee: &Portee) {
    certificats_nommes(sql, "c", portee);
}

/// The same, of the entries with this name in the statement.
pub(crate) fn certificats_nommes(sql: &mut Sql, nom: &str, portee: &Portee) {
    if portee.administrateur {
        return;
    }
    sql.push(&format!(" AND ({nom}.compte IN ")).bind_list(&portee.gestionnaire_de);
    sql.push(&format!(" OR ({nom}.auteur = ")).bind(&portee.moi);
    sql.push(&format!(" AND {nom}.compte IN ")).bind_list(&portee.delegataire_de).push("))");
}

//! The list of sessions: filters, free text, sort, pages, counts by state.

use std::collections::BTreeMap;

use forprev_domain::compte::CompteId;
use forprev_domain::dispositif::CodeDispositif;
use forprev_domain::droits::Portee;
use forprev_domain::numero::Numero;
use forprev_domain::session::NomEtat;
use jiff::civil::Date;

use super::lecture::{COLONNES, Fiche, avec_stagiaires, fiche};
use crate::db::Sql;
use crate::recherche::{Liste, Pagination, motifs, page};
use crate::{StoreError, Tx, portee};

/// What a list is narrowed to; nothing given, nothing narrowed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filtre {
    /// In one of these states; empty: in any.
    pub etats: Vec<NomEtat>,
    /// Of this compte.
    pub compte: Option<CompteId>,
    /// Of this dispositif.
    pub dispositif: Option<CodeDispositif>,
    /// Ending on this day or later.
    pub du: Option<Date>,
    /// Ending on this day or before.
    pub au: Option<Date>,
    /// Declared by this person.
    pub auteur: Option<Numero>,
    /// Led by this formateur.
    pub formateur: Option<Numero>,
    /// Each word is in the number, reference, client, commune, formateur's or a trainee's names.
    pub q: Option<String>,
}

/// In which order; sessions that are equal come by identifier.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tri {
    /// Last day, the latest first.
    #[default]
    DateFinRecente,
    /// Last day, the earliest first.
    DateFinAncienne,
    /// Last change, the latest first.
    Modification,
    /// Number.
    Numero,
    /// Dispositif and niveau.
    Dispositif,
    /// State, in the order of the course.
    Etat,
    /// The day on which it is gone, the soonest first.
    Disparition,
}

impl Tri {
    fn order_by(self) -> &'static str {
        match self {
            Self::DateFinRecente => "s.date_fin DESC, s.id",
            Self::DateFinAncienne => "s.date_fin, s.id",
            Self::Modification => "s.modifiee_le DESC, s.id",
            Self::Numero => "s.numero",
            Self::Dispositif => "s.dispositif, s.niveau, s.date_fin DESC, s.id",
            Self::Etat => {
                "CASE s.etat WHEN 'brouillon' THEN 0 WHEN 'soumise' THEN 1 WHEN 'retournee' THEN 2
                 WHEN 'a_traiter' THEN 3 ELSE 4 END, s.date_fin DESC, s.id"
            }
            Self::Disparition => "s.disparait_le, s.id",
        }
    }
}

/// Lists the sessions within the portée, with their trainees.
///
/// # Errors
/// [`StoreError`].
pub fn lister(
    tx: &mut Tx<'_>,
    portee: &Portee,
    filtre: &Filtre,
    tri: Tri,
    pagination: Pagination,
    aujourdhui: Date,
) -> Result<Liste<Fiche>, StoreError> {
    let mut corps = Sql::new("FROM sessions AS s WHERE 1 = 1");
    portee::sessions(&mut corps, portee, aujourdhui);
    filtrer(&mut corps, filtre);
    if !filtre.etats.is_empty() {
        corps.push(" AND s.etat IN ").bind_list(&filtre.etats);
    }
    let mut liste = page(tx, COLONNES, &corps, tri.order_by(), pagination, fiche)?;
    avec_stagiaires(tx, &mut liste.elements)?;
    Ok(liste)
}

/// Counts the sessions within the portée and the filters, the filter of states left out.
///
/// # Errors
/// [`StoreError`].
pub fn compter_par_etat(
    tx: &mut Tx<'_>,
    portee: &Portee,
    filtre: &Filtre,
    aujourdhui: Date,
) -> Result<BTreeMap<NomEtat, i64>, StoreError> {
    let mut sql = Sql::new("SELECT s.etat, count(*) AS nombre FROM sessions AS s WHERE 1 = 1");
    portee::sessions(&mut sql, portee, aujourdhui);
    filtrer(&mut sql, filtre);
    sql.push(" GROUP BY s.etat");
    let mut nombres: BTreeMap<_, _> = NomEtat::TOUS.into_iter().map(|etat| (etat, 0)).collect();
    for row in tx.query_sql(&sql)? {
        nombres.insert(row.get("etat")?, row.get("nombre")?);
    }
    Ok(nombres)
}

fn filtrer(sql: &mut Sql, filtre: &Filtre) {
    if let Some(compte) = &filtre.compte {
        sql.push(" AND s.compte = ").bind(compte);
    }
    if let Some(dispositif) = &filtre.dispositif {
        sql.push(" AND s.dispositif = ").bind(dispositif);
    }
    if let Some(du) = filtre.du {
        sql.push(" AND s.date_fin >= ").bind(du);
    }
    if let Some(au) = filtre.au {
        sql.push(" AND s.date_fin <= ").bind(au);
    }
    if let Some(auteur) = &filtre.auteur {
        sql.push(" AND s.auteur = ").bind(auteur);
    }
    if let Some(formateur) = &filtre.formateur {
        sql.push(" AND s.formateur = ").bind(formateur);
    }
    for motif in motifs(filtre.q.as_deref().unwrap_or_default()) {
        let motif = motif.as_str();
        sql.push(" AND (s.recherche LIKE ").bind(motif).push(" ESCAPE '\\'");
        sql.push(
            " OR EXISTS (SELECT 1 FROM personnes AS f WHERE f.numero = s.formateur AND f.recherche LIKE ",
        );
        sql.bind(motif).push(" ESCAPE '\\')");
        sql.push(
            " OR EXISTS (SELECT 1 FROM stagiaires AS t LEFT JOIN personnes AS p ON p.numero = t.numero
               WHERE t.session = s.id AND (p.recherche LIKE ",
        );
        sql.bind(motif).push(" ESCAPE '\\' OR t.recherche LIKE ").bind(motif).push(" ESCAPE '\\')))");
    }
}

//! Users: persons with their profiles.

use forprev_domain::compte::CompteId;
use forprev_domain::droits::Requester;
use forprev_domain::numero::Numero;
use forprev_domain::personne::Personne;
use forprev_domain::utilisateur::Profil;
use jiff::Timestamp;

use crate::certificats;
use crate::db::{Row, Sql};
use crate::personnes::{self, personne};
use crate::valeurs::nouvel_id;
use crate::{StoreError, Tx, params};

/// A user of a compte, as its gestionnaires see him.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Utilisateur {
    /// Who.
    pub personne: Personne,
    /// As what.
    pub profil: Profil,
    /// Since when.
    pub depuis: Timestamp,
    /// True once he has chosen a password.
    pub actif: bool,
}

/// Returns all profiles of a person. He is a formateur when he holds a certificate of niveau
/// formateur or above, valid or past, neither revoked nor replaced.
///
/// # Errors
/// [`StoreError`].
pub fn profils(tx: &mut Tx<'_>, numero: &Numero) -> Result<Vec<Profil>, StoreError> {
    let rows = tx.query(
        "SELECT profil, compte FROM profils WHERE numero = $1 ORDER BY profil, cree_le, id",
        params![numero],
    )?;
    let mut profils = rows.iter().map(profil).collect::<Result<Vec<_>, _>>()?;
    let mut sql = Sql::new("SELECT 1 AS un FROM certificats AS c WHERE c.titulaire = ");
    sql.bind(numero).push(" AND ");
    certificats::font_un_formateur(&mut sql);
    sql.push(" LIMIT 1");
    if !tx.query_sql(&sql)?.is_empty() {
        profils.push(Profil::Formateur);
    }
    profils.sort_unstable();
    Ok(profils)
}

/// Returns the person with all his profiles, as rights are asked for; the numéro may be one that
/// leads to another. `None` when nobody has it.
///
/// # Errors
/// [`StoreError`].
pub fn requester(tx: &mut Tx<'_>, numero: &Numero) -> Result<Option<Requester>, StoreError> {
    let Some(personne) = personnes::charger(tx, numero)? else {
        return Ok(None);
    };
    let profils = profils(tx, &personne.numero)?;
    Ok(Some(Requester { numero: personne.numero, profils }))
}

/// Gives a person a profile; `Formateur` is held by certificates and not written. Giving it
/// again changes nothing; true when he did not have it.
///
/// # Errors
/// [`StoreError`].
pub fn donner_profil(
    tx: &mut Tx<'_>,
    numero: &Numero,
    profil: Profil,
    le: Timestamp,
) -> Result<bool, StoreError> {
    if profil == Profil::Formateur {
        return Ok(false);
    }
    let compte = profil.compte();
    let added = tx.execute(
        "INSERT INTO profils (id, numero, profil, compte, cree_le) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT DO NOTHING",
        params![nouvel_id()?, numero, profil.code(), compte.as_ref(), le],
    )?;
    Ok(added == 1)
}

/// Takes a profile from a person; true when he had it.
///
/// # Errors
/// [`StoreError`].
pub fn retirer_profil(tx: &mut Tx<'_>, numero: &Numero, profil: Profil) -> Result<bool, StoreError> {
    let removed = match profil.compte() {
        Some(compte) => tx.execute(
            "DELETE FROM profils WHERE numero = $1 AND profil = $2 AND compte = $3",
            params![numero, profil.code(), &compte],
        )?,
        None => tx.execute(
            "DELETE FROM profils WHERE numero = $1 AND profil = $2 AND compte IS NULL",
            params![numero, profil.code()],
        )?,
    };
    Ok(removed > 0)
}

/// Returns the users of a compte, by name.
///
/// # Errors
/// [`StoreError`].
pub fn du_compte(tx: &mut Tx<'_>, compte: CompteId) -> Result<Vec<Utilisateur>, StoreError> {
    let sql = format!(
        "SELECT {}, u.profil, u.compte, u.cree_le, a.active_le
         FROM profils AS u JOIN personnes AS p ON p.numero = u.numero
         LEFT JOIN acces AS a ON a.numero = u.numero
         WHERE u.compte = $1 ORDER BY p.recherche, u.profil",
        personnes::COLONNES
    );
    tx.query(&sql, params![&compte])?
        .iter()
        .map(|row| {
            Ok(Utilisateur {
                personne: personne(row)?,
                profil: profil(row)?,
                depuis: row.get("cree_le")?,
                actif: row.get::<Option<Timestamp>>("active_le")?.is_some(),
            })
        })
        .collect()
}

/// Returns the gestionnaires of a compte, to whom warnings are sent.
///
/// # Errors
/// [`StoreError`].
pub fn gestionnaires(tx: &mut Tx<'_>, compte: CompteId) -> Result<Vec<Personne>, StoreError> {
    let utilisateurs = du_compte(tx, compte)?.into_iter();
    let gestionnaires = utilisateurs.filter(|u| matches!(u.profil, Profil::Gestionnaire { .. }));
    Ok(gestionnaires.map(|u| u.personne).collect())
}

/// Says whether the network has an administrateur.
///
/// # Errors
/// [`StoreError`].
pub fn a_un_administrateur(tx: &mut Tx<'_>) -> Result<bool, StoreError> {
    let found = tx.query_opt(
        "SELECT 1 AS un FROM profils WHERE profil = $1 LIMIT 1",
        params![Profil::Administrateur.code()],
    )?;
    Ok(found.is_some())
}

fn profil(row: &Row) -> Result<Profil, StoreError> {
    let code: String = row.get("profil")?;
    let compte: Option<CompteId> = row.get("compte")?;
    match (code.as_str(), compte) {
        ("gestionnaire", Some(compte)) => Ok(Profil::Gestionnaire { compte }),
        ("delegataire", Some(compte)) => Ok(Profil::Delegataire { compte }),
        ("administrateur", None) => Ok(Profil::Administrateur),
        _ => Err(row.illisible("profil")),
    }
}

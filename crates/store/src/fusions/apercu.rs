//! What joining two persons would do, before it is done.

use forprev_domain::fusion::{Apercu, Suite};
use forprev_domain::numero::{Numero, NumeroSession};
use forprev_domain::personne::Personne;
use forprev_domain::session::NomEtat;
use jiff::civil::Date;

use crate::db::Value;
use crate::{StoreError, Tx, acces, params, personnes, utilisateurs};

/// Returns what joining these two persons would do, as things stand on this day; `None` when nobody
/// has one of the numéros. Each numéro may lead to another.
///
/// # Errors
/// [`StoreError`].
pub fn apercu(
    tx: &mut Tx<'_>,
    ancien: &Numero,
    nouveau: &Numero,
    aujourdhui: Date,
) -> Result<Option<Apercu>, StoreError> {
    let (Some(ancienne), Some(nouvelle)) =
        (personnes::charger(tx, ancien)?, personnes::charger(tx, nouveau)?)
    else {
        return Ok(None);
    };
    let les_deux = (ancienne.numero.clone(), nouvelle.numero.clone());
    Ok(Some(Apercu {
        suit: suite(tx, &ancienne, &nouvelle, aujourdhui)?,
        ensemble: seances(
            tx,
            "SELECT s.numero FROM sessions AS s
             JOIN stagiaires AS a ON a.session = s.id AND a.numero = $1
             JOIN stagiaires AS b ON b.session = s.id AND b.numero = $2
             WHERE s.disparait_le > $3 ORDER BY s.numero",
            params![&les_deux.0, &les_deux.1, aujourdhui],
        )?,
        face_a_face: seances(
            tx,
            "SELECT s.numero FROM sessions AS s JOIN stagiaires AS t ON t.session = s.id
             WHERE s.disparait_le > $3 AND s.etat <> $4
               AND (s.formateur = $1 AND t.numero = $2 OR s.formateur = $2 AND t.numero = $1)
             ORDER BY s.numero",
            params![&les_deux.0, &les_deux.1, aujourdhui, &NomEtat::Terminee],
        )?,
        ancienne,
        nouvelle,
    }))
}

fn suite(
    tx: &mut Tx<'_>,
    ancienne: &Personne,
    nouvelle: &Personne,
    aujourdhui: Date,
) -> Result<Suite, StoreError> {
    let row = tx.query_one(
        "SELECT (SELECT count(*) FROM certificats WHERE titulaire = $1) AS certificats,
                (SELECT count(*) FROM stagiaires AS t JOIN sessions AS s ON s.id = t.session
                 WHERE t.numero = $1 AND s.disparait_le > $2) AS stagiaire,
                (SELECT count(*) FROM sessions WHERE auteur = $1 AND disparait_le > $2) AS declarees,
                (SELECT count(*) FROM sessions WHERE formateur = $1 AND disparait_le > $2) AS formateur",
        params![&ancienne.numero, aujourdhui],
    )?;
    Ok(Suite {
        certificats: row.get("certificats")?,
        stagiaire: row.get("stagiaire")?,
        declarees: row.get("declarees")?,
        formateur: row.get("formateur")?,
        profils: utilisateurs::profils(tx, &ancienne.numero)?,
        acces: acces::charger(tx, &ancienne.numero)?.is_some(),
        acces_des_deux: acces::charger(tx, &nouvelle.numero)?.is_some(),
    })
}

fn seances(tx: &mut Tx<'_>, sql: &str, params: &[Value]) -> Result<Vec<NumeroSession>, StoreError> {
    tx.query(sql, params)?.iter().map(|row| row.get("numero")).collect()
}

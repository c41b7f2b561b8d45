//! The outbox: mails written in the same transaction as the change that they tell.

use forprev_domain::calendrier::Moment;
use forprev_domain::id::SessionId;
use forprev_domain::identite::Email;
use forprev_domain::numero::Numero;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use uuid::Uuid;

use crate::db::Row;
use crate::db::{Moteur, Sql};
use crate::recherche::{Liste, Pagination, page};
use crate::valeurs::nouvel_id;
use crate::{StoreError, Tx, params};

/// A mail to write.
#[derive(Debug, Clone, PartialEq)]
pub struct NouveauCourrier {
    /// Which kind: `session_soumise`, `invitation`.
    pub genre: String,
    /// To whom.
    pub destinataire: Numero,
    /// Where.
    pub adresse: Email,
    /// What its text is made from.
    pub donnees: Value,
    /// The session that it tells of: a waiting mail is deleted with it (R6).
    pub session: Option<SessionId>,
}

/// A mail of the outbox.
#[derive(Debug, Clone, PartialEq)]
pub struct Courrier {
    /// Identifies it, and makes its Message-ID: the same at each try.
    pub id: Uuid,
    /// What was asked for.
    pub courrier: NouveauCourrier,
    /// When it was written.
    pub cree_le: Timestamp,
    /// How many tries have begun.
    pub essais: i64,
    /// When it is tried next.
    pub prochain_essai_le: Timestamp,
    /// When it was sent; its data are erased then.
    pub envoye_le: Option<Timestamp>,
    /// What the last try came to.
    pub derniere_erreur: Option<String>,
}

/// Where the data of a mail that tells of several things has its lines.
pub const LIGNES: &str = "lignes";
/// Where a line has the session that it tells of.
pub const SESSION: &str = "session";

const COLONNES: &str = "m.id, m.genre, m.destinataire, m.adresse, m.donnees, m.session, m.cree_le,
    m.essais, m.prochain_essai_le, m.envoye_le, m.derniere_erreur";

/// Puts a mail in the outbox.
///
/// # Errors
/// `cle_etrangere` when nobody has the numéro.
pub fn deposer(tx: &mut Tx<'_>, courrier: &NouveauCourrier, le: Timestamp) -> Result<Uuid, StoreError> {
    let depose = inserer(tx, courrier, None, le)?;
    depose.ok_or_else(|| StoreError::Interne("a mail without occasion was there already".to_owned()))
}

/// Puts a mail in the outbox unless one was written for this occasion: of two instances that write at once, one does.
/// `None` for the other.
///
/// # Errors
/// `cle_etrangere` when nobody has the numéro.
pub fn deposer_une_fois(
    tx: &mut Tx<'_>,
    courrier: &NouveauCourrier,
    occasion: &str,
    le: Timestamp,
) -> Result<Option<Uuid>, StoreError> {
    inserer(tx, courrier, Some(occasion), le)
}

/// Returns the mails of this kind that were written before that instant and still wait, with their addressees.
///
/// # Errors
/// [`StoreError`].
pub fn en_retard(tx: &mut Tx<'_>, genre: &str, avant: Timestamp) -> Result<Vec<(Numero, Uuid)>, StoreError> {
    let rows = tx.query(
        "SELECT destinataire, id FROM courrier WHERE envoye_le IS NULL AND genre = $1 AND cree_le < $2
         ORDER BY destinataire, cree_le, id",
        params![genre, avant],
    )?;
    rows.iter().map(|row| Ok((row.get("destinataire")?, row.get("id")?))).collect()
}

/// Puts other words into a mail that still waits, for another occasion; it keeps its Message-ID. False when it left
/// meanwhile, or when one was written for that occasion.
///
/// # Errors
/// [`StoreError`].
pub fn renouveler(
    tx: &mut Tx<'_>,
    id: Uuid,
    courrier: &NouveauCourrier,
    occasion: &str,
    le: Timestamp,
) -> Result<bool, StoreError> {
    let changed = tx.execute(
        "UPDATE courrier SET adresse = $2, donnees = $3, occasion = $4, cree_le = $5
         WHERE id = $1 AND envoye_le IS NULL
           AND NOT EXISTS (SELECT 1 FROM courrier AS autre WHERE autre.occasion = $4)",
        params![id, &courrier.adresse, courrier.donnees.clone(), occasion, le],
    )?;
    Ok(changed == 1)
}

/// Takes a mail that still waits out of the outbox. False when it left meanwhile.
///
/// # Errors
/// [`StoreError`].
pub fn retirer(tx: &mut Tx<'_>, id: Uuid) -> Result<bool, StoreError> {
    let gone = tx.execute("DELETE FROM courrier WHERE id = $1 AND envoye_le IS NULL", params![id])?;
    Ok(gone == 1)
}

fn inserer(
    tx: &mut Tx<'_>,
    courrier: &NouveauCourrier,
    occasion: Option<&str>,
    le: Timestamp,
) -> Result<Option<Uuid>, StoreError> {
    let id = nouvel_id()?;
    let added = tx.execute(
        "INSERT INTO courrier (id, genre, destinataire, adresse, donnees, session, cree_le, essais,
                               prochain_essai_le, occasion)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $7, $9) ON CONFLICT DO NOTHING",
        params![
            id,
            &courrier.genre,
            &courrier.destinataire,
            &courrier.adresse,
            courrier.donnees.clone(),
            courrier.session.as_ref(),
            le,
            0_i64,
            occasion
        ],
    )?;
    Ok((added == 1).then_some(id))
}

/// Takes what waits to be sent of these sessions out of the outbox, before they are deleted: the mails that tell of
/// one alone, the lines of those that tell of several; a mail without a line left goes too.
///
/// # Errors
/// [`StoreError`].
pub fn oublier(tx: &mut Tx<'_>, sessions: &[SessionId]) -> Result<(), StoreError> {
    let mut seules = Sql::new("DELETE FROM courrier WHERE envoye_le IS NULL AND session IN ");
    seules.bind_list(sessions);
    tx.execute_sql(&seules)?;
    let mut groupes = Sql::new(
        "SELECT m.id, m.donnees FROM courrier AS m WHERE m.envoye_le IS NULL AND m.id IN
           (SELECT r.courrier FROM rappels AS r WHERE r.session IN ",
    );
    groupes.bind_list(sessions).push(")");
    for row in tx.query_sql(&groupes)? {
        let (id, mut donnees): (Uuid, Value) = (row.get("id")?, row.get("donnees")?);
        if garder_les_autres(&mut donnees, sessions) {
            tx.execute("UPDATE courrier SET donnees = $2 WHERE id = $1", params![id, donnees])?;
        } else {
            tx.execute("DELETE FROM courrier WHERE id = $1", params![id])?;
        }
    }
    Ok(())
}

/// Takes the lines of these sessions out of the data of a mail; false when none is left.
fn garder_les_autres(donnees: &mut Value, sessions: &[SessionId]) -> bool {
    let Some(lignes) = donnees.get_mut(LIGNES).and_then(Value::as_array_mut) else { return false };
    lignes.retain(|ligne| {
        let session = ligne.get(SESSION).and_then(Value::as_str);
        sessions.iter().all(|partie| session != Some(partie.to_string().as_str()))
    });
    !lignes.is_empty()
}

/// Takes mails to send, the longest waiting first. They are this instance's for `bail`: if it
/// stops, another takes them up after that. Those of a session that is gone are left to the sweep.
///
/// # Errors
/// [`StoreError`].
pub fn prendre(
    tx: &mut Tx<'_>,
    nombre: u16,
    bail: SignedDuration,
    moment: Moment,
) -> Result<Vec<Courrier>, StoreError> {
    let skip = match tx.moteur() {
        Moteur::Sqlite => "",
        Moteur::Postgres => " FOR UPDATE SKIP LOCKED",
    };
    let mut sql = Sql::new(&format!(
        "SELECT {COLONNES} FROM courrier AS m WHERE m.envoye_le IS NULL AND m.prochain_essai_le <= "
    ));
    sql.bind(moment.instant);
    sans_les_disparues(&mut sql, moment.aujourdhui);
    sql.push(&format!(" ORDER BY m.prochain_essai_le, m.id LIMIT {nombre}{skip}"));
    let rows = tx.query_sql(&sql)?;
    let mut pris = rows.iter().map(courrier).collect::<Result<Vec<_>, _>>()?;
    let jusqu_a = moment.instant.checked_add(bail).unwrap_or(Timestamp::MAX);
    for courrier in &mut pris {
        courrier.essais += 1;
        courrier.prochain_essai_le = jusqu_a;
        tx.execute(
            "UPDATE courrier SET essais = $2, prochain_essai_le = $3 WHERE id = $1",
            params![courrier.id, courrier.essais, jusqu_a],
        )?;
    }
    Ok(pris)
}

/// Writes that a mail was sent, and erases what its text was made from.
///
/// # Errors
/// [`StoreError`].
pub fn envoye(tx: &mut Tx<'_>, id: Uuid, le: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE courrier SET envoye_le = $2, derniere_erreur = NULL, donnees = $3 WHERE id = $1",
        params![id, le, serde_json::json!({})],
    )?;
    Ok(())
}

/// Writes that a try failed, why, and when the next one is.
///
/// # Errors
/// [`StoreError`].
pub fn echoue(
    tx: &mut Tx<'_>,
    id: Uuid,
    erreur: &str,
    prochain_essai_le: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE courrier SET derniere_erreur = $2, prochain_essai_le = $3 WHERE id = $1",
        params![id, erreur, prochain_essai_le],
    )?;
    Ok(())
}

/// Which mails of the outbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Boite {
    /// All.
    Tout,
    /// Those that wait, or whose last try failed.
    EnAttente,
}

/// Lists the outbox, the latest first, for the administrateur.
///
/// # Errors
/// [`StoreError`].
pub fn lister(
    tx: &mut Tx<'_>,
    boite: Boite,
    pagination: Pagination,
    aujourdhui: Date,
) -> Result<Liste<Courrier>, StoreError> {
    let mut corps = Sql::new(match boite {
        Boite::Tout => "FROM courrier AS m WHERE 1 = 1",
        Boite::EnAttente => "FROM courrier AS m WHERE m.envoye_le IS NULL",
    });
    sans_les_disparues(&mut corps, aujourdhui);
    page(tx, COLONNES, &corps, "m.cree_le DESC, m.id", pagination, courrier)
}

/// Returns one mail of the outbox; `None` when there is none, or it waits for a session that is gone.
///
/// # Errors
/// [`StoreError`].
pub fn charger(tx: &mut Tx<'_>, id: Uuid, aujourdhui: Date) -> Result<Option<Courrier>, StoreError> {
    let mut sql = Sql::new(&format!("SELECT {COLONNES} FROM courrier AS m WHERE m.id = "));
    sql.bind(id);
    sans_les_disparues(&mut sql, aujourdhui);
    tx.query_sql(&sql)?.first().map(courrier).transpose()
}

/// Leaves out the waiting mails of a session that is gone though the sweep has not run yet (R6); one that tells of
/// others too waits for the sweep.
fn sans_les_disparues(sql: &mut Sql, aujourdhui: Date) {
    sql.push(
        " AND (m.envoye_le IS NOT NULL OR (NOT EXISTS
           (SELECT 1 FROM sessions AS s WHERE s.id = m.session AND s.disparait_le <= ",
    );
    sql.bind(aujourdhui);
    sql.push(
        ") AND NOT EXISTS (SELECT 1 FROM rappels AS r JOIN sessions AS s ON s.id = r.session
           WHERE r.courrier = m.id AND s.disparait_le <= ",
    );
    sql.bind(aujourdhui).push(")))");
}

fn courrier(row: &Row) -> Result<Courrier, StoreError> {
    Ok(Courrier {
        id: row.get("id")?,
        courrier: NouveauCourrier {
            genre: row.get("genre")?,
            destinataire: row.get("destinataire")?,
            adresse: row.get("adresse")?,
            donnees: row.get("donnees")?,
            session: row.get("session")?,
        },
        cree_le: row.get("cree_le")?,
        essais: row.get("essais")?,
        prochain_essai_le: row.get("prochain_essai_le")?,
        envoye_le: row.get("envoye_le")?,
        derniere_erreur: row.get("derniere_erreur")?,
    })
}

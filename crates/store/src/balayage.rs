//! The sweep: what is due is deleted by its own date, compared with the day handed in, in batches, each in one
//! transaction. Running it twice, on two instances, or after it was killed changes nothing more.

use std::ops::AddAssign;

use forprev_domain::calendrier::Moment;
use forprev_domain::dispositif::Niveau;
use forprev_domain::id::SessionId;
use forprev_domain::numero::Numero;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use crate::db::{Moteur, Sql};
use crate::{Db, StoreError, Tx, courrier, idempotence, params};

/// Sessions, entries or persons looked at by one batch at most.
const LOT: usize = 500;
/// For how long the journal is kept, in days.
const JOURS_DE_JOURNAL: i64 = 366;
/// For how long a sent mail stays in the list, in days.
const JOURS_DE_COURRIER: i64 = 90;

/// What a batch deleted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Balaye {
    /// Sessions with all that belongs to them (R6).
    pub sessions: u64,
    /// Printed records of acteurs (R8).
    pub imprimes: u64,
    /// Entries of the register (R6b).
    pub inscriptions: u64,
    /// Persons that nothing holds any more (R6b).
    pub personnes: u64,
    /// Persons that something held no more, looked at: those erased among them.
    pub revues: u64,
    /// Sign-ins, links, tokens, counts, answers, sent mails, reminders and journal entries past their time.
    pub divers: u64,
}

impl Balaye {
    /// True when nothing was due any more.
    #[must_use]
    pub fn est_vide(&self) -> bool {
        *self == Self::default()
    }
}

impl AddAssign for Balaye {
    fn add_assign(&mut self, autre: Self) {
        let Self { sessions, imprimes, inscriptions, personnes, revues, divers } = autre;
        self.sessions += sessions;
        self.imprimes += imprimes;
        self.inscriptions += inscriptions;
        self.personnes += personnes;
        self.revues += revues;
        self.divers += divers;
    }
}

/// Deletes all that is due at this moment, then what is left of it on the disk.
///
/// # Errors
/// [`StoreError`]; what was deleted before stays so.
pub fn balayer(db: &Db, moment: Moment) -> Result<Balaye, StoreError> {
    let mut total = Balaye::default();
    loop {
        let balaye = db.write(|tx| lot(tx, moment))?;
        if balaye.est_vide() {
            break;
        }
        total += balaye;
    }
    if !total.est_vide() {
        db.effacer_les_traces()?;
    }
    Ok(total)
}

/// Deletes one batch of what is due at this moment: to be run until nothing is left.
///
/// # Errors
/// [`StoreError`].
pub fn lot(tx: &mut Tx<'_>, moment: Moment) -> Result<Balaye, StoreError> {
    tx.patiently()?;
    let mut balaye = Balaye {
        sessions: sessions(tx, moment)?,
        imprimes: tx.execute(
            "UPDATE certificats SET imprime = NULL, sceau = NULL
             WHERE disparait_le <= $1 AND niveau = $2 AND imprime IS NOT NULL",
            params![moment.aujourdhui, &Niveau::Acteur],
        )?,
        inscriptions: tx.execute(
            &format!(
                "DELETE FROM certificats WHERE id IN
                   (SELECT id FROM certificats WHERE sort_du_registre_le <= $1 LIMIT {LOT})"
            ),
            params![moment.aujourdhui],
        )?,
        divers: divers(tx, moment.instant)? + rappels(tx, moment.aujourdhui)?,
        ..Balaye::default()
    };
    // Last, once all that may hold them is gone.
    (balaye.revues, balaye.personnes) = personnes(tx)?;
    Ok(balaye)
}

/// Erases those whom nothing holds any more: no certificate, no profile, no session (R6b), with what merges kept of
/// them. Their numéros stay used. Who is to be looked at was written down as what held him went, by the database
/// itself (`0006_personnes_a_revoir.sql`) or by [`a_revoir`].
/// Returns how many were looked at, and how many were erased.
fn personnes(tx: &mut Tx<'_>) -> Result<(u64, u64), StoreError> {
    let sql = format!("SELECT DISTINCT numero FROM personnes_a_revoir ORDER BY numero LIMIT {LOT}");
    let rows = tx.query(&sql, &[])?;
    let numeros = rows.iter().map(|row| row.get("numero")).collect::<Result<Vec<Numero>, _>>()?;
    if numeros.is_empty() {
        return Ok((0, 0));
    }
    let mut vus = Sql::new("DELETE FROM personnes_a_revoir WHERE numero IN ");
    tx.execute_sql(vus.bind_list(&numeros))?;
    let mut sql = Sql::new("DELETE FROM personnes AS p WHERE p.numero IN ");
    sql.bind_list(&numeros).push(
        " AND NOT EXISTS (SELECT 1 FROM certificats AS c WHERE c.titulaire = p.numero)
          AND NOT EXISTS (SELECT 1 FROM profils AS u WHERE u.numero = p.numero)
          AND NOT EXISTS (SELECT 1 FROM stagiaires AS t WHERE t.numero = p.numero)
          AND NOT EXISTS (SELECT 1 FROM sessions AS s WHERE s.auteur = p.numero)
          AND NOT EXISTS (SELECT 1 FROM sessions AS s WHERE s.formateur = p.numero)",
    );
    let effacees = tx.execute_sql(&sql)?;
    // A merge that led to a merged one is due only once the later one is gone.
    if effacees > 0 {
        while fusions(tx)? > 0 {}
    }
    Ok((numeros.len() as u64, effacees))
}

/// Has the next sweep look whether anything holds this person.
pub(crate) fn a_revoir(tx: &mut Tx<'_>, numero: &Numero) -> Result<(), StoreError> {
    tx.execute("INSERT INTO personnes_a_revoir (numero) VALUES ($1)", params![numero]).map(|_| ())
}

fn sessions(tx: &mut Tx<'_>, moment: Moment) -> Result<u64, StoreError> {
    let skip = match tx.moteur() {
        Moteur::Sqlite => "",
        Moteur::Postgres => " FOR UPDATE SKIP LOCKED",
    };
    let due =
        format!("SELECT id FROM sessions WHERE disparait_le <= $1 ORDER BY disparait_le LIMIT {LOT}{skip}");
    let rows = tx.query(&due, params![moment.aujourdhui])?;
    let ids = rows.iter().map(|row| row.get("id")).collect::<Result<Vec<SessionId>, _>>()?;
    if ids.is_empty() {
        return Ok(0);
    }
    courrier::oublier(tx, &ids)?;
    for statement in [
        "DELETE FROM idempotence WHERE session IN ",
        // The register entry stays, its link to the session does not.
        "UPDATE certificats SET session = NULL, stagiaire = NULL WHERE session IN ",
        // Trainees and history go with their session.
        "DELETE FROM sessions WHERE id IN ",
    ] {
        let mut sql = Sql::new(statement);
        sql.bind_list(&ids);
        tx.execute_sql(&sql)?;
    }
    Ok(ids.len() as u64)
}

/// What a merge kept of a person goes with the one he was joined to.
fn fusions(tx: &mut Tx<'_>) -> Result<u64, StoreError> {
    tx.execute(
        "DELETE FROM fusions WHERE NOT EXISTS (SELECT 1 FROM personnes AS p WHERE p.numero = fusions.nouveau)
           AND NOT EXISTS (SELECT 1 FROM fusions AS f WHERE f.ancien = fusions.nouveau)",
        &[],
    )
}

/// What was told of a right is kept until the day that it was told of; of a session, until it goes.
fn rappels(tx: &mut Tx<'_>, aujourdhui: Date) -> Result<u64, StoreError> {
    tx.execute("DELETE FROM rappels WHERE session IS NULL AND repere < $1", params![aujourdhui])
}

fn divers(tx: &mut Tx<'_>, maintenant: Timestamp) -> Result<u64, StoreError> {
    let avant = |duree: SignedDuration| maintenant.checked_sub(duree).unwrap_or(Timestamp::MIN);
    let jours = |n: i64| avant(SignedDuration::from_hours(24 * n));
    let mut total = 0;
    for (sql, limite) in [
        ("DELETE FROM sign_ins WHERE expire_le <= $1", maintenant),
        ("DELETE FROM liens WHERE expire_le <= $1", maintenant),
        ("DELETE FROM jetons WHERE expire_le <= $1", maintenant),
        ("DELETE FROM essais WHERE dernier_le <= $1", jours(2)),
        ("DELETE FROM idempotence WHERE cree_le <= $1", avant(idempotence::DUREE)),
        ("DELETE FROM courrier WHERE envoye_le <= $1", jours(JOURS_DE_COURRIER)),
        // From its beginning, so that the chain keeps no hole.
        (
            "DELETE FROM journal WHERE rang <
               (SELECT COALESCE(min(k.rang), 0) FROM journal AS k WHERE k.le > $1)",
            jours(JOURS_DE_JOURNAL),
        ),
    ] {
        total += tx.execute(sql, params![limite])?;
    }
    Ok(total)
}

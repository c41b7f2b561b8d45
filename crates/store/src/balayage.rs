//! The sweep: what is due is deleted by its own date, compared with the day handed in. Each call
//! is one batch in one transaction; run again until nothing is left. Running it twice, on two
//! instances, or after it was killed changes nothing more.

use forprev_domain::calendrier::Moment;
use forprev_domain::dispositif::Niveau;
use forprev_domain::id::SessionId;
use forprev_domain::numero::Numero;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use crate::db::{Moteur, Sql};
use crate::{StoreError, Tx, courrier, idempotence, params};

/// Sessions or entries deleted by one batch at most.
const LOT: usize = 500;
/// Persons erased by one batch at most.
const LOT_DE_PERSONNES: usize = 5000;
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

/// Deletes one batch of what is due at this moment; persons are [`sans_attache`]'s to find.
///
/// # Errors
/// [`StoreError`].
pub fn balayer(tx: &mut Tx<'_>, moment: Moment) -> Result<Balaye, StoreError> {
    tx.patiently()?;
    Ok(Balaye {
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
        personnes: 0,
    })
}

/// What holds a person `p`: a certificate, a profile, a session.
const SANS_ATTACHE: &str = "NOT EXISTS (SELECT 1 FROM certificats AS c WHERE c.titulaire = p.numero)
    AND NOT EXISTS (SELECT 1 FROM profils AS u WHERE u.numero = p.numero)
    AND NOT EXISTS (SELECT 1 FROM stagiaires AS t WHERE t.numero = p.numero)
    AND NOT EXISTS (SELECT 1 FROM sessions AS s WHERE s.auteur = p.numero)
    AND NOT EXISTS (SELECT 1 FROM sessions AS s WHERE s.formateur = p.numero)";

/// Returns persons whom nothing holds any more (R6b), some at a time, once all else is swept. In a transaction that
/// reads: among millions it takes seconds, during which others write.
///
/// # Errors
/// [`StoreError`].
pub fn sans_attache(tx: &mut Tx<'_>) -> Result<Vec<Numero>, StoreError> {
    tx.patiently()?;
    let sql = format!(
        "SELECT p.numero AS numero FROM personnes AS p WHERE {SANS_ATTACHE} LIMIT {LOT_DE_PERSONNES}"
    );
    tx.query(&sql, &[])?.iter().map(|row| row.get("numero")).collect()
}

/// Erases those of these persons whom nothing holds even now, with what merges kept of them; their numéros stay used.
/// Returns how many.
///
/// # Errors
/// [`StoreError`].
pub fn effacer(tx: &mut Tx<'_>, numeros: &[Numero]) -> Result<u64, StoreError> {
    if numeros.is_empty() {
        return Ok(0);
    }
    let mut sql = Sql::new("DELETE FROM personnes AS p WHERE p.numero IN ");
    sql.bind_list(numeros).push(" AND ").push(SANS_ATTACHE);
    let effacees = tx.execute_sql(&sql)?;
    // A merge that led to a merged one is due only once the later one is gone.
    while fusions(tx)? > 0 {}
    Ok(effacees)
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

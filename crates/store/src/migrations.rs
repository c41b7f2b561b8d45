//! The schema and its history: forward only, the same steps for both engines.

use sha2::{Digest, Sha256};

use crate::db::{Moteur, Tx};
use crate::{Db, StoreError, params, personnes};

/// One step of the history, written for each engine.
struct Step {
    number: i64,
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
    /// What only the program can compute, once the text has been applied.
    then: Option<Computation>,
}

type Computation = fn(&mut Tx<'_>) -> Result<(), StoreError>;

macro_rules! step {
    ($number:literal, $name:literal) => {
        step!($number, $name, None)
    };
    ($number:literal, $name:literal, $then:expr) => {
        Step {
            number: $number,
            name: $name,
            sqlite: include_str!(concat!("../migrations/sqlite/", $name, ".sql")),
            postgres: include_str!(concat!("../migrations/postgres/", $name, ".sql")),
            then: $then,
        }
    };
}

/// The history, oldest first. A step that was released is never changed.
const STEPS: &[Step] = &[
    step!(1, "0001_registre"),
    step!(2, "0002_cles_publiques"),
    step!(3, "0003_statuts"),
    step!(4, "0004_cles_phonetiques"),
    step!(5, "0005_specimens"),
    step!(6, "0006_personnes_a_revoir"),
    step!(7, "0007_rappels"),
    step!(8, "0008_cles_et_identites", Some(personnes::recalculer_les_cles)),
];

/// One lock for all instances that migrate the same PostgreSQL database.
const LOCK: i64 = 0x464F_5250_5245_5601;

impl Db {
    /// Applies the steps that this database has not seen, each in its own transaction, and
    /// returns how many. Steps of a newer program are left alone, so that two versions can run
    /// side by side.
    ///
    /// # Errors
    /// [`StoreError::Interne`] when a step that was applied has been changed since.
    pub fn migrate(&self) -> Result<usize, StoreError> {
        self.write(|tx| {
            lock(tx)?;
            tx.batch(
                "CREATE TABLE IF NOT EXISTS migrations (
                   numero BIGINT NOT NULL PRIMARY KEY, nom TEXT NOT NULL, empreinte TEXT NOT NULL)",
            )
        })?;
        let mut applied = 0;
        for step in STEPS {
            applied += usize::from(self.write(|tx| apply(tx, step))?);
        }
        Ok(applied)
    }

    /// Returns true when every step of this program has been applied.
    ///
    /// # Errors
    /// [`StoreError`] when the database does not answer or was never migrated.
    pub fn is_migrated(&self) -> Result<bool, StoreError> {
        self.read(|tx| {
            let row = tx.query_one("SELECT count(*) AS nombre FROM migrations", &[])?;
            Ok(row.get::<i64>("nombre")? >= STEPS.len() as i64)
        })
    }
}

/// Applies one step, unless another instance has; true when it did.
fn apply(tx: &mut Tx<'_>, step: &Step) -> Result<bool, StoreError> {
    lock(tx)?;
    let text = match tx.moteur() {
        Moteur::Sqlite => step.sqlite,
        Moteur::Postgres => step.postgres,
    };
    let digest: String = Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect();
    let known = tx.query_opt("SELECT empreinte FROM migrations WHERE numero = $1", params![step.number])?;
    if let Some(row) = known {
        return if row.get::<String>("empreinte")? == digest {
            Ok(false)
        } else {
            Err(StoreError::Interne(format!("the migration {} was changed after it was applied", step.name)))
        };
    }
    tx.batch(text)?;
    if let Some(then) = step.then {
        then(tx)?;
    }
    tx.execute(
        "INSERT INTO migrations (numero, nom, empreinte) VALUES ($1, $2, $3)",
        params![step.number, step.name, digest],
    )?;
    Ok(true)
}

/// On SQLite the transaction itself is the lock.
fn lock(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    if tx.moteur() == Moteur::Postgres {
        tx.patiently()?;
        tx.batch(&format!("SELECT pg_advisory_xact_lock({LOCK})"))?;
    }
    Ok(())
}

//! The seam between the store and its two engines.
//!
//! A closure given to [`Db::read`] or [`Db::write`] may run more than once (PostgreSQL gave up on
//! a conflict, a connection was cut before anything was committed): it must have no effect but
//! through its `Tx`, and must do nothing slow.

mod postgres;
mod row;
mod sql;
mod sqlite;
mod tx;
pub(crate) mod value;

use std::path::Path;

pub use row::{Column, Row};
pub use sql::Sql;
pub use tx::Tx;
pub use value::Value;

use crate::StoreError;

/// Which engine a database runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moteur {
    /// One file, in WAL mode.
    Sqlite,
    /// A PostgreSQL server, 15 or later.
    Postgres,
}

/// What a transaction is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Read,
    Write,
}

/// A database: open once, shared by every thread.
#[derive(Debug)]
pub struct Db {
    engine: Engine,
}

#[derive(Debug)]
enum Engine {
    Sqlite(sqlite::Sqlite),
    Postgres(postgres::Postgres),
}

impl Db {
    /// Opens the database at `sqlite://path` or `postgres://user@host/name` and proves that it
    /// answers. A SQLite file and its folder are made when missing. Applies no migration.
    ///
    /// # Errors
    /// [`StoreError::Adresse`] for another scheme or a file on a network file system,
    /// [`StoreError::Indisponible`] when it does not answer.
    pub fn open(url: &str) -> Result<Self, StoreError> {
        let (scheme, rest) = url.split_once("://").unwrap_or((url, ""));
        let engine = match scheme {
            "sqlite" if rest.is_empty() => {
                return Err(StoreError::Adresse("sqlite:// is not followed by a path".to_owned()));
            }
            "sqlite" => Engine::Sqlite(sqlite::Sqlite::open(Path::new(rest))?),
            "postgres" | "postgresql" => Engine::Postgres(postgres::Postgres::open(url)?),
            other => {
                let scheme = other.split(['@', '/', '?']).next().unwrap_or_default();
                return Err(StoreError::Adresse(format!(
                    "the scheme « {scheme} » is neither sqlite:// nor postgres://"
                )));
            }
        };
        Ok(Self { engine })
    }

    /// Returns the engine of this database.
    #[must_use]
    pub fn moteur(&self) -> Moteur {
        match self.engine {
            Engine::Sqlite(_) => Moteur::Sqlite,
            Engine::Postgres(_) => Moteur::Postgres,
        }
    }

    /// Runs `f` on one consistent view of the database, and returns what it returns.
    ///
    /// # Errors
    /// What `f` returned, or a [`StoreError`] of the transaction itself.
    pub fn read<T, E: From<StoreError>>(&self, f: impl Fn(&mut Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        self.run(Mode::Read, &f)
    }

    /// Runs `f` in a transaction and keeps all it wrote, durably, when it returns `Ok`; nothing
    /// when it returns `Err`.
    ///
    /// # Errors
    /// What `f` returned, or a [`StoreError`] of the transaction itself.
    pub fn write<T, E: From<StoreError>>(&self, f: impl Fn(&mut Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        self.run(Mode::Write, &f)
    }

    fn run<T, E: From<StoreError>>(
        &self,
        mode: Mode,
        f: &dyn Fn(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        match &self.engine {
            Engine::Sqlite(sqlite) => sqlite.run(mode, f),
            Engine::Postgres(postgres) => postgres.run(mode, f),
        }
    }

    /// Proves that the database answers.
    ///
    /// # Errors
    /// [`StoreError::Indisponible`] when it does not.
    pub fn ping(&self) -> Result<(), StoreError> {
        self.read(|tx| tx.query("SELECT 1 AS un", &[]).map(|_| ()))
    }

    /// Copies the whole database into a new file while others read and write (SQLite only).
    ///
    /// # Errors
    /// [`StoreError::Adresse`] on PostgreSQL, whose tool is `pg_dump`, or when the file exists.
    pub fn backup(&self, file: &Path) -> Result<(), StoreError> {
        match &self.engine {
            Engine::Sqlite(sqlite) => sqlite.backup(file),
            Engine::Postgres(_) => {
                Err(StoreError::Adresse("a PostgreSQL database is saved by pg_dump".to_owned()))
            }
        }
    }

    /// Takes what was deleted out of the journal file beside a SQLite database, so that nothing
    /// of it is left on the disk. Does nothing on PostgreSQL.
    ///
    /// # Errors
    /// [`StoreError::Indisponible`] when the disk refuses.
    pub fn effacer_les_traces(&self) -> Result<(), StoreError> {
        match &self.engine {
            Engine::Sqlite(sqlite) => sqlite.truncate_wal(),
            Engine::Postgres(_) => Ok(()),
        }
    }
}

/// Parameters of a statement, in order: `params![id, Some("x"), 3]`.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => { &[$($crate::db::Value::from($value)),*][..] };
}

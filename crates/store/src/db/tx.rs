//! A transaction under way, on either engine.

use super::postgres::Transaction;
use super::row::{Cells, Head};
use super::{Moteur, Row, Sql, Value, sqlite};
use crate::StoreError;

/// A transaction under way. All statements go through it.
#[derive(Debug)]
pub struct Tx<'a> {
    pub(super) inner: Inner<'a>,
    /// Set by the first statement that failed: nothing can be kept any more.
    pub(super) failed: Option<Fault>,
}

pub(super) enum Inner<'a> {
    Sqlite(rusqlite::Transaction<'a>),
    Postgres(Transaction<'a>),
}

/// What to do about a statement that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// Another transaction was in the way: run again.
    Conflict,
    /// The connection is lost: run again on a fresh one.
    Cut,
    /// The server does not answer: running again would only wait longer.
    Silent,
    /// Running again would change nothing.
    Final,
}

impl std::fmt::Debug for Inner<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Sqlite(_) => "Sqlite",
            Self::Postgres(_) => "Postgres",
        })
    }
}

impl<'a> Tx<'a> {
    pub(super) fn new(inner: Inner<'a>) -> Self {
        Self { inner, failed: None }
    }

    /// Returns the engine, for the few statements that differ.
    #[must_use]
    pub fn moteur(&self) -> Moteur {
        match self.inner {
            Inner::Sqlite(_) => Moteur::Sqlite,
            Inner::Postgres(_) => Moteur::Postgres,
        }
    }

    /// Returns the words that lock the rows read until the end of the transaction: none on SQLite,
    /// where one writes at a time.
    #[must_use]
    pub fn for_update(&self) -> &'static str {
        match self.moteur() {
            Moteur::Sqlite => "",
            Moteur::Postgres => " FOR UPDATE",
        }
    }

    /// Runs a statement that changes rows and returns how many it changed.
    ///
    /// A statement that fails fails the whole transaction, on both engines: use
    /// `ON CONFLICT DO NOTHING` and the count where a conflict is expected.
    ///
    /// # Errors
    /// [`StoreError`], a refused constraint by its name.
    pub fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, StoreError> {
        let done = match &mut self.inner {
            Inner::Sqlite(tx) => sqlite::execute(tx, sql, params),
            Inner::Postgres(tx) => tx.execute(sql, params),
        };
        done.map_err(|failure| self.fail(failure))
    }

    /// Runs a statement and returns all rows of its answer.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, StoreError> {
        let rows = match &mut self.inner {
            Inner::Sqlite(tx) => sqlite::query(tx, sql, params),
            Inner::Postgres(tx) => tx.query(sql, params),
        };
        rows.map_err(|failure| self.fail(failure))
    }

    /// Runs a statement and returns the first row of its answer, if there is one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn query_opt(&mut self, sql: &str, params: &[Value]) -> Result<Option<Row>, StoreError> {
        Ok(self.query(sql, params)?.into_iter().next())
    }

    /// Runs a statement whose answer is one row, and returns it.
    ///
    /// # Errors
    /// [`StoreError::Interne`] when there is none.
    pub fn query_one(&mut self, sql: &str, params: &[Value]) -> Result<Row, StoreError> {
        self.query_opt(sql, params)?
            .ok_or_else(|| StoreError::Interne("a statement answered no row".to_owned()))
    }

    /// As [`Tx::query`], for a statement that was put together.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn query_sql(&mut self, sql: &Sql) -> Result<Vec<Row>, StoreError> {
        self.query(sql.text(), sql.values())
    }

    /// As [`Tx::execute`], for a statement that was put together.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn execute_sql(&mut self, sql: &Sql) -> Result<u64, StoreError> {
        self.execute(sql.text(), sql.values())
    }

    /// From here on each statement may take minutes: for work that no person waits for. Without
    /// it, a statement that takes more than five seconds is refused on PostgreSQL.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn patiently(&mut self) -> Result<(), StoreError> {
        let done = match &mut self.inner {
            Inner::Sqlite(_) => Ok(()),
            Inner::Postgres(tx) => tx.patiently(),
        };
        done.map_err(|failure| self.fail(failure))
    }

    /// Runs several statements without parameters: those of a migration.
    pub(crate) fn batch(&mut self, sql: &str) -> Result<(), StoreError> {
        let done = match &mut self.inner {
            Inner::Sqlite(tx) => tx.execute_batch(sql).map_err(|e| sqlite::failure(tx, &e)),
            Inner::Postgres(tx) => tx.batch(sql),
        };
        done.map_err(|failure| self.fail(failure))
    }

    fn fail(&mut self, failure: Failure) -> StoreError {
        self.failed.get_or_insert(failure.fault);
        failure.error
    }
}

/// A statement that failed: what to say, and what to do.
pub(super) struct Failure {
    pub(super) error: StoreError,
    pub(super) fault: Fault,
}

impl Failure {
    pub(super) fn last(error: StoreError) -> Self {
        Self { error, fault: Fault::Final }
    }
}

/// The error of a closure that went on after a statement had failed.
pub(super) fn ignored_failure() -> StoreError {
    StoreError::Interne("a statement failed and the transaction went on".to_owned())
}

/// Gathers rows that share one head.
pub(super) fn rows(head: &std::sync::Arc<Head>, cells: impl Iterator<Item = Cells>) -> Vec<Row> {
    cells.map(|cells| Row { head: head.clone(), cells }).collect()
}

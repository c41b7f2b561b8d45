//! One connection to PostgreSQL, and a transaction on it. Every wait for the server has an end, on
//! this side too: a network that swallows everything must not hold a caller.

use std::collections::HashMap;
use std::future::Future;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Config, Error, NoTls, Statement};

use super::faults::{failure, silent, unreachable_server};
use crate::StoreError;
use crate::db::row::{Cells, Head};
use crate::db::tx::{Failure, Fault, rows};
use crate::db::{Mode, Row, Value};

/// How long a new connection may take.
const CONNECTING: Duration = Duration::from_secs(3);
/// How long an answer may take: a little more than the server gives itself in [`SETTINGS`].
const ANSWERING: Duration = Duration::from_secs(6);
/// The same for work that no person waits for.
const PATIENTLY: Duration = Duration::from_secs(660);
/// How long undoing a transaction may take before its connection is given up.
const UNDOING: Duration = Duration::from_secs(1);
/// Statements kept prepared.
const STATEMENTS_KEPT: usize = 400;
const SETTINGS: &str = "SET statement_timeout = '5s'; SET lock_timeout = '4s';
    SET idle_in_transaction_session_timeout = '30s'; SET TIME ZONE 'UTC';
    SET synchronous_commit = on";

/// A connection with the statements prepared on it.
pub(in crate::db) struct Connection {
    runtime: Runtime,
    client: Client,
    statements: HashMap<String, Statement>,
    broken: bool,
}

impl std::fmt::Debug for Connection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Connection")
    }
}

impl Connection {
    pub(super) fn open(config: &Config) -> Result<Self, StoreError> {
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|e| StoreError::Interne(format!("no runtime for PostgreSQL: {e}")))?;
        let connecting = async { tokio::time::timeout(CONNECTING, config.connect(NoTls)).await };
        let (client, background) = runtime
            .block_on(connecting)
            .map_err(|_| silent().error)?
            .map_err(|error| unreachable_server(&error))?;
        // It runs whenever an answer is waited for; its end is seen by the next statement.
        drop(runtime.spawn(background));
        wait(&runtime, CONNECTING, client.batch_execute(SETTINGS)).map_err(|failure| failure.error)?;
        Ok(Self { runtime, client, statements: HashMap::new(), broken: false })
    }

    /// False when nothing more can be done with it.
    pub(super) fn is_sound(&self) -> bool {
        !self.broken && !self.client.is_closed()
    }

    /// Starts a transaction; dropped before its end, it is undone.
    pub(super) fn begin(&mut self, mode: Mode) -> Result<Transaction<'_>, Failure> {
        if self.statements.len() > STATEMENTS_KEPT {
            self.statements.clear();
        }
        let mut transaction = Transaction { connection: self, patience: ANSWERING, open: true };
        transaction.batch(match mode {
            // One view for all statements, so that a page and its counts agree.
            Mode::Read => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            // Rows that a decision hangs on are locked by the statement that reads them.
            Mode::Write => "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
        })?;
        Ok(transaction)
    }
}

/// A transaction under way.
pub(in crate::db) struct Transaction<'a> {
    connection: &'a mut Connection,
    patience: Duration,
    open: bool,
}

impl Transaction<'_> {
    pub(in crate::db) fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, Failure> {
        let statement = self.prepare(sql)?;
        let Connection { runtime, client, .. } = &*self.connection;
        let done = wait(runtime, self.patience, client.execute(&statement, &references(params)));
        self.seen(done)
    }

    pub(in crate::db) fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, Failure> {
        let statement = self.prepare(sql)?;
        let head = Head::new(sql, statement.columns().iter().map(|column| column.name()));
        let Connection { runtime, client, .. } = &*self.connection;
        let answer = wait(runtime, self.patience, client.query(&statement, &references(params)));
        let answer = self.seen(answer)?;
        Ok(rows(&head, answer.into_iter().map(Cells::Postgres)))
    }

    pub(in crate::db) fn batch(&mut self, sql: &str) -> Result<(), Failure> {
        let Connection { runtime, client, .. } = &*self.connection;
        let done = wait(runtime, self.patience, client.batch_execute(sql));
        self.seen(done)
    }

    /// From here on, to the end of the transaction, each statement may take ten minutes.
    pub(in crate::db) fn patiently(&mut self) -> Result<(), Failure> {
        self.patience = PATIENTLY;
        self.batch("SET LOCAL statement_timeout = '600s'; SET LOCAL lock_timeout = '600s'")
    }

    /// Keeps all that was written. Nobody knows whether it was when the connection is lost here.
    pub(super) fn commit(mut self) -> Result<(), Failure> {
        self.open = false;
        self.batch("COMMIT")
    }

    fn prepare(&mut self, sql: &str) -> Result<Statement, Failure> {
        if let Some(statement) = self.connection.statements.get(sql) {
            return Ok(statement.clone());
        }
        let Connection { runtime, client, .. } = &*self.connection;
        let statement = wait(runtime, self.patience, client.prepare(sql));
        let statement = self.seen(statement)?;
        self.connection.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    /// Remembers that the connection is of no more use, or its statements.
    fn seen<T>(&mut self, result: Result<T, Failure>) -> Result<T, Failure> {
        match &result {
            Ok(_) | Err(Failure { fault: Fault::Final, .. }) => {}
            Err(Failure { fault: Fault::Conflict, .. }) => self.connection.statements.clear(),
            Err(Failure { fault: Fault::Cut | Fault::Silent, .. }) => self.connection.broken = true,
        }
        result
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        if self.open && self.connection.is_sound() {
            let Connection { runtime, client, .. } = &*self.connection;
            let undone = wait(runtime, UNDOING, client.batch_execute("ROLLBACK"));
            self.connection.broken |= undone.is_err();
        }
    }
}

fn wait<T>(
    runtime: &Runtime,
    patience: Duration,
    answer: impl Future<Output = Result<T, Error>>,
) -> Result<T, Failure> {
    runtime
        .block_on(async { tokio::time::timeout(patience, answer).await })
        .map_err(|_| silent())?
        .map_err(|error| failure(&error))
}

fn references(params: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    params
        .iter()
        .map(|value| -> &(dyn ToSql + Sync) {
            match value {
                Value::Text(v) => v,
                Value::Int(v) => v,
                Value::Bool(v) => v,
                Value::Uuid(v) => v,
                Value::Date(v) => v,
                Value::Instant(v) => v,
                Value::Json(v) => v,
            }
        })
        .collect()
}

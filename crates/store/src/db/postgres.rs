//! PostgreSQL: a small pool of connections, and transactions that are run again when the server
//! gave up on them before anything was kept.
//!
//! The connection is not encrypted by the program: put the server on the same machine, behind a
//! Unix socket or on a network that is.

use std::collections::HashMap;
use std::str::FromStr;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use postgres::error::SqlState;
use postgres::types::ToSql;
use postgres::{Client, Config, IsolationLevel, NoTls, Statement, Transaction};

use super::row::{Cells, Head};
use super::tx::{Failure, Fault, Inner, ignored_failure, rows};
use super::{Mode, Row, Tx, Value};
use crate::StoreError;

/// Connections of one instance at most.
const CONNECTIONS: usize = 8;
/// How long a caller waits for one of them, and a connection for the server.
const PATIENCE: Duration = Duration::from_secs(3);
/// How many times a transaction is tried when others are in its way.
const TRIES: u32 = 10;
/// Statements kept prepared by a connection.
const STATEMENTS_KEPT: usize = 400;
/// Each wait of the server has an end, so that no caller waits for ever.
const SETTINGS: &str = "SET statement_timeout = '8s'; SET lock_timeout = '5s';
    SET idle_in_transaction_session_timeout = '30s'; SET TIME ZONE 'UTC';
    SET synchronous_commit = on";

/// Statements prepared on a connection, by their text.
pub(super) type Statements = HashMap<String, Statement>;

/// A PostgreSQL database.
#[derive(Debug)]
pub(super) struct Postgres {
    config: Config,
    pool: Mutex<Pool>,
    freed: Condvar,
}

#[derive(Debug, Default)]
struct Pool {
    idle: Vec<Connection>,
    open: usize,
}

struct Connection {
    client: Client,
    statements: Statements,
}

impl std::fmt::Debug for Connection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Connection")
    }
}

/// What one try of a transaction came to.
enum Try<T, E> {
    Done(Result<T, E>),
    Again(Fault, E),
}

impl Postgres {
    pub(super) fn open(url: &str) -> Result<Self, StoreError> {
        // The error of the parser may repeat the address, password included.
        let mut config = Config::from_str(url)
            .map_err(|_| StoreError::Adresse("the postgres:// address cannot be read".to_owned()))?;
        config.connect_timeout(PATIENCE).application_name("forprev");
        config.tcp_user_timeout(Duration::from_secs(5));
        config.keepalives_idle(Duration::from_secs(10));
        config.keepalives_interval(Duration::from_secs(2)).keepalives_retries(2);
        let postgres = Self { config, pool: Mutex::default(), freed: Condvar::new() };
        drop(postgres.borrow()?);
        Ok(postgres)
    }

    pub(super) fn run<T, E: From<StoreError>>(
        &self,
        mode: Mode,
        f: &dyn Fn(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let (mut conflicts, mut cuts) = (0, 0);
        loop {
            let outcome = {
                let mut borrowed = self.borrow().map_err(E::from)?;
                let outcome = attempt(&mut borrowed, mode, f);
                if matches!(outcome, Try::Again(Fault::Cut, _)) {
                    borrowed.connection = None;
                }
                outcome
            };
            match outcome {
                Try::Done(result) => return result,
                Try::Again(Fault::Conflict, error) => {
                    conflicts += 1;
                    if conflicts == TRIES {
                        return Err(error);
                    }
                    std::thread::sleep(Duration::from_millis(u64::from(3 * conflicts)));
                }
                Try::Again(_, error) => {
                    cuts += 1;
                    if cuts == 2 {
                        return Err(error);
                    }
                    // What cut one connection has cut the others.
                    let mut pool = self.lock();
                    pool.open -= pool.idle.len();
                    let lost = std::mem::take(&mut pool.idle);
                    drop(pool);
                    drop(lost);
                }
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Pool> {
        self.pool.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes an idle connection, opens one, or waits for one.
    fn borrow(&self) -> Result<Borrowed<'_>, StoreError> {
        let until = Instant::now() + PATIENCE;
        let mut pool = self.lock();
        loop {
            if let Some(connection) = pool.idle.pop() {
                return Ok(Borrowed { owner: self, connection: Some(connection) });
            }
            if pool.open < CONNECTIONS {
                pool.open += 1;
                break;
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                let cause = "every connection to PostgreSQL is in use".to_owned();
                return Err(StoreError::Indisponible { cause });
            }
            pool = self
                .freed
                .wait_timeout(pool, left)
                .map_or_else(|poisoned| poisoned.into_inner().0, |(guard, _)| guard);
        }
        drop(pool);
        // From here on the place in the pool is given back when `borrowed` is dropped.
        let mut borrowed = Borrowed { owner: self, connection: None };
        let mut client = self.config.connect(NoTls).map_err(|e| unreachable_server(&e))?;
        client.batch_execute(SETTINGS).map_err(|e| failure(&e).error)?;
        borrowed.connection = Some(Connection { client, statements: Statements::new() });
        Ok(borrowed)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // A client must not be dropped in the asynchronous runtime: give them to a thread.
        let idle = std::mem::take(&mut self.lock().idle);
        if !idle.is_empty() {
            std::thread::spawn(move || drop(idle));
        }
    }
}

/// A connection that goes back to the pool, or leaves it when it is broken.
struct Borrowed<'a> {
    owner: &'a Postgres,
    connection: Option<Connection>,
}

impl Drop for Borrowed<'_> {
    fn drop(&mut self) {
        let sound = self.connection.take().filter(|c| !c.client.is_closed());
        let mut pool = self.owner.lock();
        match sound {
            Some(connection) => pool.idle.push(connection),
            None => pool.open -= 1,
        }
        drop(pool);
        self.owner.freed.notify_one();
    }
}

fn attempt<T, E: From<StoreError>>(
    borrowed: &mut Borrowed<'_>,
    mode: Mode,
    f: &dyn Fn(&mut Tx<'_>) -> Result<T, E>,
) -> Try<T, E> {
    let Some(Connection { client, statements }) = &mut borrowed.connection else {
        return Try::Done(Err(E::from(ignored_failure())));
    };
    if statements.len() > STATEMENTS_KEPT {
        statements.clear();
    }
    let builder = client.build_transaction();
    let started = match mode {
        // One view for all statements, so that a page and its counts agree.
        Mode::Read => builder.isolation_level(IsolationLevel::RepeatableRead).read_only(true),
        // Rows that a decision hangs on are locked by the statement that reads them.
        Mode::Write => builder.isolation_level(IsolationLevel::ReadCommitted),
    }
    .start();
    let transaction = match started {
        Ok(transaction) => transaction,
        Err(error) => return again(failure(&error)),
    };
    let mut tx = Tx::new(Inner::Postgres { tx: transaction, statements });
    let result = f(&mut tx);
    let failed = tx.failed;
    let Inner::Postgres { tx: transaction, statements } = tx.inner else {
        return Try::Done(Err(E::from(ignored_failure())));
    };
    match (result, failed) {
        (Ok(value), None) => match transaction.commit() {
            Ok(()) => Try::Done(Ok(value)),
            // A connection lost here may have kept the change: never run it again.
            Err(error) => match failure(&error) {
                Failure { error, fault: Fault::Conflict } => Try::Again(Fault::Conflict, error.into()),
                Failure { error, .. } => Try::Done(Err(error.into())),
            },
        },
        (Ok(_), Some(Fault::Final)) => Try::Done(Err(E::from(ignored_failure()))),
        (Ok(_), Some(fault)) => Try::Again(fault, E::from(ignored_failure())),
        (Err(error), None | Some(Fault::Final)) => Try::Done(Err(error)),
        (Err(error), Some(fault)) => {
            statements.clear();
            Try::Again(fault, error)
        }
    }
}

fn again<T, E: From<StoreError>>(failure: Failure) -> Try<T, E> {
    match failure.fault {
        Fault::Final => Try::Done(Err(failure.error.into())),
        fault => Try::Again(fault, failure.error.into()),
    }
}

pub(super) fn execute(
    tx: &mut Transaction<'_>,
    statements: &mut Statements,
    sql: &str,
    params: &[Value],
) -> Result<u64, Failure> {
    let statement = prepare(tx, statements, sql)?;
    tx.execute(&statement, &references(params)).map_err(|e| failure(&e))
}

pub(super) fn query(
    tx: &mut Transaction<'_>,
    statements: &mut Statements,
    sql: &str,
    params: &[Value],
) -> Result<Vec<Row>, Failure> {
    let statement = prepare(tx, statements, sql)?;
    let head = Head::new(sql, statement.columns().iter().map(|column| column.name()));
    let answer = tx.query(&statement, &references(params)).map_err(|e| failure(&e))?;
    Ok(rows(&head, answer.into_iter().map(Cells::Postgres)))
}

fn prepare(tx: &mut Transaction<'_>, statements: &mut Statements, sql: &str) -> Result<Statement, Failure> {
    if let Some(statement) = statements.get(sql) {
        return Ok(statement.clone());
    }
    let statement = tx.prepare(sql).map_err(|e| failure(&e))?;
    statements.insert(sql.to_owned(), statement.clone());
    Ok(statement)
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

/// Returns what an error of the server or of the network means.
pub(super) fn failure(error: &postgres::Error) -> Failure {
    let Some(server) = error.as_db_error() else {
        let lost = error.is_closed() || std::error::Error::source(error).is_some_and(is_io);
        return if lost {
            Failure { error: StoreError::Indisponible { cause: error.to_string() }, fault: Fault::Cut }
        } else {
            // A parameter of the wrong type, for one.
            Failure::last(StoreError::Interne(error.to_string()))
        };
    };
    let code = server.code();
    let cause = format!("{} {}", code.code(), server.message());
    if *code == SqlState::T_R_SERIALIZATION_FAILURE || *code == SqlState::T_R_DEADLOCK_DETECTED {
        return Failure { error: StoreError::Indisponible { cause }, fault: Fault::Conflict };
    }
    // After a migration by a newer instance, old plans no longer fit: prepare them again.
    if *code == SqlState::FEATURE_NOT_SUPPORTED && server.message().contains("cached plan") {
        return Failure { error: StoreError::Indisponible { cause }, fault: Fault::Conflict };
    }
    match code.code().get(..2).unwrap_or_default() {
        "23" => Failure::last(StoreError::Contrainte { nom: constraint_name(server) }),
        // 08 connection, 57P shut down; 53 resources, 57014 time-out, 55P03 lock, 25006 read-only.
        "08" => Failure { error: StoreError::Indisponible { cause }, fault: Fault::Cut },
        "57" if code.code().starts_with("57P") => {
            Failure { error: StoreError::Indisponible { cause }, fault: Fault::Cut }
        }
        "53" | "57" | "58" => Failure::last(StoreError::Indisponible { cause }),
        "55" | "25" => Failure::last(StoreError::Indisponible { cause }),
        _ => Failure::last(StoreError::Interne(cause)),
    }
}

fn is_io(error: &(dyn std::error::Error + 'static)) -> bool {
    error.downcast_ref::<std::io::Error>().is_some()
}

/// Any error while connecting means that the database is not to be had.
fn unreachable_server(error: &postgres::Error) -> StoreError {
    let cause = match error.as_db_error() {
        Some(server) => format!("{} {}", server.code().code(), server.message()),
        None => match std::error::Error::source(error) {
            Some(source) => format!("{error}: {source}"),
            None => error.to_string(),
        },
    };
    StoreError::Indisponible { cause }
}

fn constraint_name(server: &postgres::error::DbError) -> String {
    match (server.code(), server.constraint(), server.table(), server.column()) {
        (code, ..) if *code == SqlState::FOREIGN_KEY_VIOLATION => "cle_etrangere".to_owned(),
        (_, Some(name), ..) => name.to_owned(),
        (_, None, Some(table), Some(column)) => format!("{table}.{column}"),
        _ => server.code().code().to_owned(),
    }
}

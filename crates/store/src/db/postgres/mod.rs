//! PostgreSQL: a small pool of connections, and transactions that are run again when the server
//! gave up on them before anything was kept.
//!
//! The connection is not encrypted by the program: put the server on the same machine, behind a
//! Unix socket or on a network that is.

mod connection;
mod faults;

use std::str::FromStr;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio_postgres::Config;

use self::connection::Connection;
pub(super) use self::connection::Transaction;
use super::tx::{Failure, Fault, Inner, ignored_failure};
use super::{Mode, Tx};
use crate::StoreError;

/// Connections of one instance at most.
const CONNECTIONS: usize = 8;
/// How long a caller waits for one of them.
const PATIENCE: Duration = Duration::from_secs(3);
/// How many times a transaction is tried when others are in its way.
const TRIES: u32 = 10;

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
            let outcome = attempt(&mut self.borrow().map_err(E::from)?, mode, f);
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
        borrowed.connection = Some(Connection::open(&self.config)?);
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
        let sound = self.connection.take().filter(Connection::is_sound);
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
    let Some(connection) = &mut borrowed.connection else {
        return Try::Done(Err(E::from(ignored_failure())));
    };
    let transaction = match connection.begin(mode) {
        Ok(transaction) => transaction,
        Err(Failure { error, fault }) => return after(fault, E::from(error)),
    };
    let mut tx = Tx::new(Inner::Postgres(transaction));
    let result = f(&mut tx);
    match (result, tx.failed, tx.inner) {
        (Ok(value), None, Inner::Postgres(transaction)) => match transaction.commit() {
            Ok(()) => Try::Done(Ok(value)),
            Err(Failure { error, fault: Fault::Conflict }) => Try::Again(Fault::Conflict, error.into()),
            // A connection lost here may have kept the change: never run it again.
            Err(Failure { error, .. }) => Try::Done(Err(error.into())),
        },
        (Ok(_), fault, _) => after(fault.unwrap_or(Fault::Final), E::from(ignored_failure())),
        (Err(error), fault, _) => after(fault.unwrap_or(Fault::Final), error),
    }
}

/// Runs again what nothing was kept of, unless it would only fail, or wait, once more.
fn after<T, E>(fault: Fault, error: E) -> Try<T, E> {
    match fault {
        Fault::Conflict | Fault::Cut => Try::Again(fault, error),
        Fault::Final | Fault::Silent => Try::Done(Err(error)),
    }
}

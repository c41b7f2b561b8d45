//! SQLite: one writer at a time, readers beside it, several processes on one file.

use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::types::{ToSql, ToSqlOutput, Value as Cell, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior, ffi};

use super::row::{Cells, Head};
use super::tx::{Failure, Inner, ignored_failure, rows};
use super::value::instant_text;
use super::{Mode, Row, Tx, Value};
use crate::StoreError;

/// How long a transaction waits for the others that write, in this process, then in others.
const PATIENCE: Duration = Duration::from_secs(5);
/// How many reading connections are kept open for the next readers.
const READERS_KEPT: usize = 8;

/// A SQLite database.
#[derive(Debug)]
pub(super) struct Sqlite {
    path: PathBuf,
    writer: Mutex<Slot>,
    freed: Condvar,
    readers: Mutex<Vec<Connection>>,
}

/// The place of the one writer.
#[derive(Debug)]
struct Slot {
    busy: bool,
    idle: Option<Connection>,
}

impl Sqlite {
    pub(super) fn open(path: &Path) -> Result<Self, StoreError> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder)
                .map_err(|e| indisponible(format!("folder of the database: {e}")))?;
        }
        refuse_network_file_system(path)?;
        create_private(path)?;
        let writer = connect(path, Mode::Write)?;
        Ok(Self {
            path: path.to_owned(),
            writer: Mutex::new(Slot { busy: false, idle: Some(writer) }),
            freed: Condvar::new(),
            readers: Mutex::new(Vec::new()),
        })
    }

    pub(super) fn run<T, E: From<StoreError>>(
        &self,
        mode: Mode,
        f: &dyn Fn(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        match mode {
            Mode::Write => {
                let writer = self.borrow()?;
                transaction(writer.connection()?, TransactionBehavior::Immediate, f)
            }
            Mode::Read => {
                let kept = lock(&self.readers).pop();
                let reader = match kept {
                    Some(reader) => reader,
                    None => connect(&self.path, Mode::Read)?,
                };
                let result = transaction(&reader, TransactionBehavior::Deferred, f);
                let mut readers = lock(&self.readers);
                if reader.is_autocommit() && readers.len() < READERS_KEPT {
                    readers.push(reader);
                }
                result
            }
        }
    }

    /// Takes the writing connection, or waits for it.
    fn borrow(&self) -> Result<Writer<'_>, StoreError> {
        let until = Instant::now() + PATIENCE;
        let mut slot = lock(&self.writer);
        while slot.busy {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(indisponible("others are writing".to_owned()));
            }
            slot = self
                .freed
                .wait_timeout(slot, left)
                .map_or_else(|poisoned| poisoned.into_inner().0, |(guard, _)| guard);
        }
        slot.busy = true;
        let mut writer = Writer { owner: self, connection: slot.idle.take() };
        drop(slot);
        if writer.connection.is_none() {
            writer.connection = Some(connect(&self.path, Mode::Write)?);
        }
        Ok(writer)
    }

    pub(super) fn backup(&self, file: &Path) -> Result<(), StoreError> {
        if file.exists() {
            return Err(StoreError::Adresse(format!("{} exists already", file.display())));
        }
        let source = connect(&self.path, Mode::Read)?;
        create_private(file)?;
        let mut copy = Connection::open(file).map_err(|e| plain_failure(&e).error)?;
        let backup =
            rusqlite::backup::Backup::new(&source, &mut copy).map_err(|e| plain_failure(&e).error)?;
        backup
            .run_to_completion(i32::MAX, Duration::from_millis(50), None)
            .map_err(|e| plain_failure(&e).error)
    }

    pub(super) fn truncate_wal(&self) -> Result<(), StoreError> {
        let writer = self.borrow()?;
        writer
            .connection()?
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
            .map_err(|e| plain_failure(&e).error)
    }
}

/// The writing connection, given back when dropped.
struct Writer<'a> {
    owner: &'a Sqlite,
    connection: Option<Connection>,
}

impl Writer<'_> {
    fn connection(&self) -> Result<&Connection, StoreError> {
        self.connection.as_ref().ok_or_else(ignored_failure)
    }
}

impl Drop for Writer<'_> {
    fn drop(&mut self) {
        // A connection whose transaction could not even be undone is closed.
        let idle = self.connection.take().filter(Connection::is_autocommit);
        *lock(&self.owner.writer) = Slot { busy: false, idle };
        self.owner.freed.notify_one();
    }
}

/// Takes the lock; a thread that panicked left its connection rolled back.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn connect(path: &Path, mode: Mode) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let settings = match mode {
        // A new file becomes WAL here, once for all.
        Mode::Write => "PRAGMA journal_mode = WAL; PRAGMA cache_size = -65536;",
        Mode::Read => "PRAGMA query_only = ON; PRAGMA cache_size = -8192;",
    };
    let open = || -> rusqlite::Result<Connection> {
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(PATIENCE)?;
        connection.execute_batch(settings)?;
        connection.execute_batch(
            "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;
             PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;",
        )?;
        // A plan never depends on the values, so that a kept statement is not prepared anew for each.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        connection.set_prepared_statement_cache_capacity(256);
        Ok(connection)
    };
    open().map_err(|e| plain_failure(&e).error)
}

fn transaction<T, E: From<StoreError>>(
    connection: &Connection,
    behavior: TransactionBehavior,
    f: &dyn Fn(&mut Tx<'_>) -> Result<T, E>,
) -> Result<T, E> {
    let transaction =
        Transaction::new_unchecked(connection, behavior).map_err(|e| E::from(plain_failure(&e).error))?;
    let mut tx = Tx::new(Inner::Sqlite(transaction));
    // Dropped on the way out, the transaction is rolled back.
    let value = f(&mut tx)?;
    if tx.failed.is_some() {
        return Err(E::from(ignored_failure()));
    }
    match tx.inner {
        Inner::Sqlite(transaction) => {
            transaction.commit().map_err(|e| E::from(plain_failure(&e).error))?;
        }
        Inner::Postgres(_) => return Err(E::from(ignored_failure())),
    }
    Ok(value)
}

pub(super) fn execute(tx: &Transaction<'_>, sql: &str, params: &[Value]) -> Result<u64, Failure> {
    let run = || -> rusqlite::Result<usize> {
        let mut statement = tx.prepare_cached(&question_marks(sql))?;
        statement.execute(rusqlite::params_from_iter(params))
    };
    run().map(|n| n as u64).map_err(|e| failure(tx, &e))
}

pub(super) fn query(tx: &Transaction<'_>, sql: &str, params: &[Value]) -> Result<Vec<Row>, Failure> {
    let run = || -> rusqlite::Result<Vec<Row>> {
        let mut statement = tx.prepare_cached(&question_marks(sql))?;
        let head = Head::new(sql, statement.column_names());
        let width = statement.column_count();
        let mut answer = statement.query(rusqlite::params_from_iter(params))?;
        let mut cells = Vec::new();
        while let Some(row) = answer.next()? {
            let line = (0..width).map(|i| row.get::<_, Cell>(i)).collect::<Result<_, _>>()?;
            cells.push(Cells::Sqlite(line));
        }
        Ok(rows(&head, cells.into_iter()))
    };
    run().map_err(|e| failure(tx, &e))
}

/// `$1` is a name in SQLite, `?1` a number.
fn question_marks(sql: &str) -> String {
    sql.replace('$', "?")
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let text = |text: String| ToSqlOutput::Owned(Cell::Text(text));
        let cell = match self {
            Self::Text(v) => v.as_ref().map(|v| ToSqlOutput::Borrowed(ValueRef::Text(v.as_bytes()))),
            Self::Int(v) => v.map(|v| ToSqlOutput::Owned(Cell::Integer(v))),
            Self::Bool(v) => v.map(|v| ToSqlOutput::Owned(Cell::Integer(i64::from(v)))),
            Self::Uuid(v) => v.map(|v| text(v.to_string())),
            Self::Date(v) => v.map(|v| text(v.to_string())),
            Self::Instant(v) => v.map(|v| text(instant_text(v))),
            Self::Json(v) => v.as_ref().map(|v| text(v.to_string())),
        };
        Ok(cell.unwrap_or(ToSqlOutput::Owned(Cell::Null)))
    }
}

/// Returns what a failed statement means, with the name of the constraint that refused it.
pub(super) fn failure(connection: &Connection, error: &rusqlite::Error) -> Failure {
    if let rusqlite::Error::SqliteFailure(code, Some(message)) = error
        && code.code == ErrorCode::ConstraintViolation
    {
        let nom = constraint_name(connection, code.extended_code, message);
        return Failure::last(StoreError::Contrainte { nom });
    }
    plain_failure(error)
}

fn plain_failure(error: &rusqlite::Error) -> Failure {
    let code = error.sqlite_error_code();
    // The message of the engine names tables and columns, never values.
    let cause = match error {
        rusqlite::Error::SqliteFailure(code, message) => {
            format!("{code}: {}", message.as_deref().unwrap_or_default())
        }
        rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
        other => other.to_string(),
    };
    Failure::last(match code {
        Some(
            ErrorCode::DatabaseBusy
            | ErrorCode::DatabaseLocked
            | ErrorCode::DiskFull
            | ErrorCode::SystemIoFailure
            | ErrorCode::CannotOpen
            | ErrorCode::ReadOnly
            | ErrorCode::FileLockingProtocolFailed
            | ErrorCode::OutOfMemory,
        ) => indisponible(cause),
        _ => StoreError::Interne(cause),
    })
}

fn indisponible(cause: String) -> StoreError {
    StoreError::Indisponible { cause }
}

/// SQLite names a CHECK, but only the columns of a unique index: the index is looked up.
fn constraint_name(connection: &Connection, extended: i32, message: &str) -> String {
    let facts = message.split_once(": ").map_or(message, |(_, facts)| facts);
    match extended {
        ffi::SQLITE_CONSTRAINT_FOREIGNKEY => "cle_etrangere".to_owned(),
        ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID => {
            if let Some(index) = facts.strip_prefix("index '") {
                return index.trim_end_matches('\'').to_owned();
            }
            let mut table = "";
            let columns: Vec<&str> = facts
                .split(", ")
                .filter_map(|full| full.split_once('.'))
                .map(|(of, column)| {
                    table = of;
                    column
                })
                .collect();
            unique_index(connection, table, &columns.join(",")).unwrap_or_else(|| format!("{table}_pkey"))
        }
        _ => facts.to_owned(),
    }
}

fn unique_index(connection: &Connection, table: &str, columns: &str) -> Option<String> {
    connection
        .query_row(
            "SELECT l.name FROM pragma_index_list(?1) AS l
             WHERE l.\"unique\" = 1 AND l.origin = 'c' AND ?2 =
               (SELECT group_concat(i.name) FROM pragma_index_info(l.name) AS i)",
            [table, columns],
            |row| row.get(0),
        )
        .ok()
}

/// Makes the file, readable by its owner only, before SQLite does. One that is there is not opened: to close it would
/// let go of the locks that another connection of this process holds on it.
fn create_private(path: &Path) -> Result<(), StoreError> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(e) if e.kind() != std::io::ErrorKind::AlreadyExists => {
            Err(indisponible(format!("file of the database: {e}")))
        }
        Ok(_) | Err(_) => Ok(()),
    }
}

/// SQLite's locks do not hold on network file systems: two machines would break the file.
fn refuse_network_file_system(path: &Path) -> Result<(), StoreError> {
    const NETWORK: [&str; 8] =
        ["nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "ceph", "fuse.glusterfs"];
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let (Ok(folder), Ok(mounts)) = (folder.canonicalize(), std::fs::read_to_string("/proc/self/mounts"))
    else {
        return Ok(());
    };
    let kind = mounts
        .lines()
        .filter_map(|line| {
            let mut words = line.split(' ');
            let (point, kind) = (words.nth(1)?, words.next()?);
            folder.starts_with(point).then_some((point.len(), kind))
        })
        .max_by_key(|(length, _)| *length);
    match kind {
        Some((_, kind)) if NETWORK.contains(&kind) => Err(StoreError::Adresse(format!(
            "{} is on a network file system ({kind}): use PostgreSQL there",
            path.display()
        ))),
        _ => Ok(()),
    }
}

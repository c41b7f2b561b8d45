//! What an error of the server or of the network means.

use tokio_postgres::Error;
use tokio_postgres::error::{DbError, SqlState};

use crate::StoreError;
use crate::db::tx::{Failure, Fault};

/// Constraints on what is drawn at random: another run of the closure draws again. (SQLite has one writer: what
/// it found free stays free.)
const DRAWN: [&str; 2] = ["numero_de_certificat_unique", "numero_de_session_unique"];

/// Returns what an error of the server or of the network means.
pub(super) fn failure(error: &Error) -> Failure {
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
        "23" => {
            let nom = constraint_name(server);
            let fault = if DRAWN.contains(&nom.as_str()) { Fault::Conflict } else { Fault::Final };
            Failure { error: StoreError::Contrainte { nom }, fault }
        }
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
pub(super) fn unreachable_server(error: &Error) -> StoreError {
    let cause = match error.as_db_error() {
        Some(server) => format!("{} {}", server.code().code(), server.message()),
        None => match std::error::Error::source(error) {
            Some(source) => format!("{error}: {source}"),
            None => error.to_string(),
        },
    };
    StoreError::Indisponible { cause }
}

fn constraint_name(server: &DbError) -> String {
    match (server.code(), server.constraint(), server.table(), server.column()) {
        (code, ..) if *code == SqlState::FOREIGN_KEY_VIOLATION => "cle_etrangere".to_owned(),
        (_, Some(name), ..) => name.to_owned(),
        (_, None, Some(table), Some(column)) => format!("{table}.{column}"),
        _ => server.code().code().to_owned(),
    }
}

/// The server did not answer in time.
pub(super) fn silent() -> Failure {
    let cause = "PostgreSQL does not answer".to_owned();
    Failure { error: StoreError::Indisponible { cause }, fault: Fault::Silent }
}

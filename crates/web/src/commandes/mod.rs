//! One file a command; each returns, when it fails, the French sentence to show.

pub mod administrateur;
pub mod backup;
pub mod cles;
pub mod copier;
pub mod demo;
pub mod jeton;
pub mod migrate;
pub mod serve;
pub mod sweep;
pub mod verifier;

use forprev_store::{Db, StoreError, catalogue};
use tracing_subscriber::EnvFilter;

use crate::config::Config;
use crate::error::Error;

/// A French sentence that says why a command failed.
pub type Phrase = String;

/// Starts the log as the settings say.
///
/// # Errors
/// The sentence that names the setting, when the filter cannot be read.
pub fn start_log(config: &Config) -> Result<(), Phrase> {
    let filtre = EnvFilter::try_new(&config.log).map_err(|cause| {
        format!("FORPREV_LOG vaut « {} », qui n’est pas un filtre : {cause}.", config.log)
    })?;
    let journal = tracing_subscriber::fmt()
        .with_env_filter(filtre)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()));
    let started = if config.log_json { journal.json().try_init() } else { journal.try_init() };
    // Already started by a test: nothing to do.
    drop(started);
    // A panic message may hold what somebody typed: only its place is logged.
    std::panic::set_hook(Box::new(|panique| {
        let lieu = panique.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(lieu, "panic");
    }));
    Ok(())
}

/// Opens the database of the settings, brings it up to date and fills its catalogue if it is new.
///
/// # Errors
/// A sentence that names the setting.
pub fn open(config: &Config) -> Result<Db, Phrase> {
    let db = Db::open(&config.database_url).map_err(|cause| sentence(&cause))?;
    db.migrate().map_err(|cause| sentence(&cause))?;
    catalogue::amorcer(&db).map_err(|cause| sentence(&cause))?;
    Ok(db)
}

/// What is said of a database that does not do what it is asked.
pub(crate) fn sentence(cause: &StoreError) -> Phrase {
    match cause {
        StoreError::Adresse(cause) => format!("FORPREV_DATABASE_URL ne convient pas : {cause}."),
        StoreError::Indisponible { cause } => {
            format!("La base de données de FORPREV_DATABASE_URL ne répond pas : {cause}.")
        }
        StoreError::Contrainte { .. }
        | StoreError::Illisible { .. }
        | StoreError::VersionDepassee
        | StoreError::Interne(_) => {
            format!("La base de données de FORPREV_DATABASE_URL ne peut pas être utilisée : {cause}.")
        }
    }
}

/// What is said of a command that the database or the system did not let through.
fn phrase(error: &Error) -> Phrase {
    match error {
        Error::Unavailable(Some(cause)) => {
            format!("La base de données de FORPREV_DATABASE_URL ne répond pas : {cause}.")
        }
        Error::Internal(cause) => format!("La commande a échoué : {cause}."),
        autre => autre.problem().detail,
    }
}

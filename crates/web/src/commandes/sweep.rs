//! `forprev sweep`: deletes once what is due.

use super::{Phrase, open, phrase};
use crate::clock::Clock;
use crate::config::Config;
use crate::sweeps;

/// Deletes what is due and says how much.
///
/// # Errors
/// A sentence that names the setting.
pub fn run(config: &Config) -> Result<(), Phrase> {
    let db = open(config)?;
    let balaye = sweeps::sweep(&db, Clock::Machine.moment()).map_err(|error| phrase(&error))?;
    println!(
        "Supprimés : {} sessions, {} inscriptions au registre, {} personnes.",
        balaye.sessions, balaye.inscriptions, balaye.personnes
    );
    Ok(())
}

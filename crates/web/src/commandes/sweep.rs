//! `forprev sweep`: deletes once what is due.

use forprev_store::balayage::balayer;

use super::{Phrase, open, phrase};
use crate::clock::Clock;
use crate::config::Config;
use crate::typographie::pluriel;

/// Deletes what is due and says how much.
///
/// # Errors
/// A sentence that names the setting.
pub fn run(config: &Config) -> Result<(), Phrase> {
    let db = open(config)?;
    let balaye = balayer(&db, Clock::Machine.moment()).map_err(|error| phrase(&error.into()))?;
    let combien =
        |n: u64, un: &str, plusieurs: &str| pluriel(usize::try_from(n).unwrap_or(usize::MAX), un, plusieurs);
    println!(
        "Supprimé : {}, {}, {}.",
        combien(balaye.sessions, "session", "sessions"),
        combien(balaye.inscriptions, "inscription au registre", "inscriptions au registre"),
        combien(balaye.personnes, "personne", "personnes"),
    );
    Ok(())
}

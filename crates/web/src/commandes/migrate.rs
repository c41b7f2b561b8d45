//! `forprev migrate`: brings the database up to date, once.

use super::{Phrase, open};
use crate::config::Config;

/// Applies what the database has not seen.
///
/// # Errors
/// A sentence that names the setting.
pub fn run(config: &Config) -> Result<(), Phrase> {
    open(config)?;
    println!("La base de données est à jour.");
    Ok(())
}

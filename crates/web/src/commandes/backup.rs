//! `forprev backup FICHIER`: copies the SQLite database while others use it.

use std::path::Path;

use super::{Phrase, open, sentence};
use crate::config::Config;

/// Writes the copy.
///
/// # Errors
/// A sentence that says what to do instead.
pub fn run(config: &Config, fichier: &Path) -> Result<(), Phrase> {
    if !config.database_url.starts_with("sqlite://") {
        return Err("Une base PostgreSQL se sauvegarde avec pg_dump : la marche à suivre est dans docs/exploitation.md.".to_owned());
    }
    if fichier.exists() {
        return Err(format!("{} existe déjà : choisissez un autre nom.", fichier.display()));
    }
    open(config)?.backup(fichier).map_err(|cause| sentence(&cause))?;
    println!("La base est copiée dans {}.", fichier.display());
    Ok(())
}

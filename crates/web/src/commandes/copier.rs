//! `forprev copier --vers URL`: every row into an empty database of the other engine, checked by counts and checksums.

use forprev_store::copie::{Copiee, copier};
use forprev_store::{Db, StoreError};

use super::{Phrase, sentence};
use crate::config::Config;

/// Characters of a checksum that are shown.
const SOMME: usize = 16;

/// Says what is wrong with the two addresses, before anything is opened: a wrong use.
///
/// # Errors
/// The sentence that names it.
pub fn adresses(config: &Config, vers: &str) -> Result<(), Phrase> {
    let sqlite = |url: &str| url.starts_with("sqlite://");
    let postgres = |url: &str| url.starts_with("postgres://") || url.starts_with("postgresql://");
    if !sqlite(vers) && !postgres(vers) {
        return Err("--vers attend l’adresse d’une base : sqlite://chemin ou postgres://…".to_owned());
    }
    if vers == config.database_url {
        return Err("--vers désigne la base de FORPREV_DATABASE_URL : donnez-en une autre.".to_owned());
    }
    if sqlite(vers) && sqlite(&config.database_url) {
        return Err(
            "Les deux bases sont des fichiers SQLite : « forprev backup FICHIER » en fait une copie."
                .to_owned(),
        );
    }
    Ok(())
}

/// Copies, then prints what was copied of each table.
///
/// # Errors
/// A sentence that says what stands in the way: nothing was copied then.
pub fn run(config: &Config, vers: &str) -> Result<(), Phrase> {
    let source = Db::open(&config.database_url).map_err(|cause| sentence(&cause))?;
    source.migrate().map_err(|cause| sentence(&cause))?;
    let cible =
        Db::open(vers).and_then(|cible| cible.migrate().map(|_| cible)).map_err(|cause| arrivee(&cause))?;
    let copiees = copier(&source, &cible).map_err(|cause| match cause {
        StoreError::Adresse(_) => {
            "La base d’arrivée contient déjà des données. Donnez une base neuve, que le service n’a pas encore ouverte. Rien n’a été copié.".to_owned()
        }
        cause => arrivee(&cause),
    })?;
    print!("{}", compte_rendu(&copiees));
    Ok(())
}

fn arrivee(cause: &StoreError) -> Phrase {
    format!("La copie vers la base de --vers n’a pas pu se faire, et rien n’y est resté : {cause}.")
}

/// One line a table: its rows, the beginning of their checksum; then what to do next.
fn compte_rendu(copiees: &[Copiee]) -> String {
    let lignes = copiees.iter().map(|copiee| {
        format!(
            "{:<20} {:>9}  {}\n",
            copiee.table,
            copiee.lignes,
            &copiee.somme[..SOMME.min(copiee.somme.len())]
        )
    });
    let total: u64 = copiees.iter().map(|copiee| copiee.lignes).sum();
    format!(
        "{:<20} {:>9}  somme de contrôle\n{}\n{total} lignes copiées, relues et comparées : les deux bases sont identiques.\n\
         Pour servir la nouvelle base, donnez son adresse à FORPREV_DATABASE_URL.\n",
        "table",
        "lignes",
        lignes.collect::<String>(),
    )
}

//! The demonstration: a throw-away database with a believable story around today.
//!
//! The story is told through the very actions of pages and API, each with a moment of its own in
//! the past, so that no row stands there that the program could not have written.

mod decor;
mod dossier;
mod groupes;
mod personas;
mod recit;
mod sessions;
mod stagiaires;

pub use decor::Qui;
pub use dossier::Dossier;

use std::sync::Arc;

use forprev_domain::calendrier::Moment;
use forprev_store::balayage;
use forprev_store::{Db, StoreError, Tx, catalogue};

use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;
use crate::error::Error;
use crate::sceau;
use crate::sign_in::Persona;

/// The demonstration, ready to be served. Its folder goes when this is dropped.
pub struct Demo {
    /// The program, with its invented people.
    pub app: App,
    /// Where its data are.
    pub dossier: Dossier,
}

/// Tells the whole story in a new folder, around the moment that this clock shows.
///
/// # Errors
/// When the folder or the database cannot be made.
pub fn ouvrir(mut config: Config, clock: Clock) -> Result<Demo, Error> {
    let dossier = Dossier::nouveau().map_err(Error::internal)?;
    config.demo = true;
    config.smtp_url = None;
    config.data_dir = dossier.chemin().to_owned();
    config.database_url = format!("sqlite://{}", dossier.chemin().join("demonstration.db").display());
    let maintenant = clock.moment();
    let base = base(&config)?;
    let trousseau = Arc::new(sceau::ephemere(&config, &base, maintenant).map_err(Error::internal)?);
    let conteur = App::new(config.clone(), clock.clone(), base, Arc::clone(&trousseau));
    let personas = conteur.db().write(|tx| raconter(tx, &conteur, maintenant))?;
    conteur.db().effacer_les_traces()?;
    let db = Db::open(&config.database_url)?;
    Ok(Demo { app: App::with_personas(config, clock, db, trousseau, personas), dossier })
}

fn base(config: &Config) -> Result<Db, StoreError> {
    let db = Db::open(&config.database_url)?;
    db.migrate()?;
    catalogue::amorcer(&db)?;
    Ok(db)
}

/// One transaction, so that the demonstration starts at once although each commit reaches the disk.
fn raconter(tx: &mut Tx<'_>, app: &App, maintenant: Moment) -> Result<Vec<Persona>, Error> {
    let decor = decor::planter(tx, app, maintenant)?;
    let mut recit = recit::Recit::new(app, maintenant, decor);
    for plan in sessions::PASSEES {
        recit.jouer(tx, plan)?;
    }
    // What happened long ago is gone, but for the register.
    while !balayage::lot(tx, maintenant)?.est_vide() {}
    for plan in sessions::DU_MOMENT {
        recit.jouer(tx, plan)?;
    }
    recit.conclure(tx)?;
    personas::presenter(tx, &recit.decor, maintenant)
}

//! What every handler may reach: settings, clock, database, assets, counters.

use std::ops::Deref;
use std::sync::Arc;

use forprev_domain::numero::Numero;
use forprev_store::journal::Entree;
use forprev_store::{Db, Tx};
use tokio::sync::Semaphore;

use crate::assets::Assets;
use crate::clock::{Clock, Moment};
use crate::config::Config;
use crate::error::Error;
use crate::layout::Cadre;
use crate::metrics::Metrics;
use crate::sceau::{Horodateur, Trousseau};
use crate::security;
use crate::sign_in::Persona;

/// How many passwords are hashed at once: each takes 19 MiB and a whole core.
const HASHES_AT_ONCE: usize = 2;

/// The running program, shared by all requests. Nothing in it is needed by another instance.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// The parts of the program.
pub struct Parts {
    /// Settings, checked.
    pub config: Config,
    /// Where moments come from.
    pub clock: Clock,
    /// Style sheet, fonts, mark.
    pub assets: Assets,
    /// Counters.
    pub metrics: Metrics,
    /// What all pages share.
    pub cadre: Cadre,
    /// The keys that seal files and sign what codes say.
    pub trousseau: Arc<Trousseau>,
    /// The authority that stamps seals with the time, where the settings name one.
    pub horodateur: Option<Horodateur>,
    /// Permits to hash a password: the others wait their turn.
    pub hashing: Semaphore,
    /// The invented people of the demonstration; nobody otherwise.
    pub personas: Vec<Persona>,
    /// Names this instance in the journal.
    pub instance: String,
    db: Arc<Db>,
}

impl App {
    /// Puts the parts together around a migrated database.
    #[must_use]
    pub fn new(config: Config, clock: Clock, db: Db, trousseau: Arc<Trousseau>) -> Self {
        Self::with_personas(config, clock, db, trousseau, Vec::new())
    }

    /// As [`App::new`], with the people of the demonstration.
    #[must_use]
    pub fn with_personas(
        config: Config,
        clock: Clock,
        db: Db,
        trousseau: Arc<Trousseau>,
        personas: Vec<Persona>,
    ) -> Self {
        let assets = Assets::load(config.theme_dir.as_deref());
        let cadre = Cadre {
            css: assets.href("forprev.css"),
            theme: assets.has("theme.css").then(|| assets.href("theme.css")),
            marque: assets.href("marque.svg"),
            service: config.service_nom.clone(),
            demo: config.demo,
        };
        let hashing = Semaphore::new(HASHES_AT_ONCE);
        let metrics = Metrics::default();
        let horodateur = config.horodatage.as_deref().map(Horodateur::new);
        // Any short name will do, as long as two instances seldom share it.
        let instance = security::secret().map_or_else(|_| "-".to_owned(), |secret| secret[..8].to_owned());
        Self(Arc::new(Parts {
            config,
            clock,
            assets,
            metrics,
            cadre,
            trousseau,
            horodateur,
            hashing,
            personas,
            instance,
            db: Arc::new(db),
        }))
    }

    /// Runs a closure in a reading transaction, on a blocking thread.
    ///
    /// # Errors
    /// What the closure returned, or what the store could not do.
    pub async fn read<T: Send + 'static>(
        &self,
        f: impl Fn(&mut Tx<'_>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let db = Arc::clone(&self.db);
        blocking(move || db.read(f)).await
    }

    /// Runs a closure in a writing transaction, on a blocking thread: all that it writes is kept,
    /// or nothing. It may run more than once and must do nothing slow.
    ///
    /// # Errors
    /// What the closure returned, or what the store could not do.
    pub async fn write<T: Send + 'static>(
        &self,
        f: impl Fn(&mut Tx<'_>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let db = Arc::clone(&self.db);
        blocking(move || db.write(f)).await
    }

    /// An entry of the journal: who, what, to what (`session:…`, `personne:JKA37899`), never a name.
    #[must_use]
    pub fn entree(&self, moment: Moment, par: Option<&Numero>, acte: &str, objet: &str) -> Entree {
        Entree {
            le: moment.instant,
            par: par.cloned(),
            instance: self.instance.clone(),
            acte: acte.to_owned(),
            objet: objet.to_owned(),
            avant: None,
            apres: None,
        }
    }

    /// Proves that the database answers.
    ///
    /// # Errors
    /// Unavailable when it does not.
    pub async fn database_answers(&self) -> Result<(), Error> {
        let db = Arc::clone(&self.db);
        blocking(move || db.ping().map_err(Error::from)).await
    }

    /// The database itself, for the commands, which block.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.db
    }
}

/// Runs what blocks away from the asynchronous threads.
///
/// # Errors
/// What the closure returned; internal when it panicked.
pub async fn blocking<T: Send + 'static>(
    f: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    tokio::task::spawn_blocking(f).await.map_err(Error::internal)?
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

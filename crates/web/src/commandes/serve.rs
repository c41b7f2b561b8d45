//! `forprev serve`: brings the database up to date, then serves until it is told to stop.

use tokio::net::TcpListener;

use super::{Phrase, open};
use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;
use crate::{router, server, sweeps};

/// Serves until SIGTERM or Ctrl-C.
///
/// # Errors
/// A sentence that names the setting that cannot be used.
pub fn run(config: Config) -> Result<(), Phrase> {
    let db = open(&config)?;
    let app = App::new(config, Clock::Machine, db);
    listen_and_serve(app, |_| {})
}

/// Serves this program; `ready` is told the address once it listens.
///
/// # Errors
/// A sentence that names the address when it cannot be listened on.
pub fn listen_and_serve(app: App, ready: impl FnOnce(&App)) -> Result<(), Phrase> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|cause| format!("Le programme ne peut pas démarrer : {cause}."))?;
    runtime.block_on(async {
        let adresse = app.config.listen;
        let listener = TcpListener::bind(adresse)
            .await
            .map_err(|cause| format!("FORPREV_LISTEN : impossible d’écouter sur {adresse} : {cause}."))?;
        tracing::info!(%adresse, "listening");
        ready(&app);
        let jobs = tokio::spawn(sweeps::run(app.clone()));
        let config = app.config.clone();
        server::serve(listener, router::router(app), config, server::told_to_stop()).await;
        jobs.abort();
        Ok(())
    })
}

//! `forprev serve`: brings the database up to date, then serves until it is told to stop.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use super::{Phrase, open};
use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;
use crate::sceau::{self, Echeance};
use crate::{courrier, router, server, sweeps};

/// How long the timed jobs may take to finish what they have in hand.
const FAREWELL: Duration = Duration::from_secs(20);

/// Serves until SIGTERM or Ctrl-C.
///
/// # Errors
/// A sentence that names the setting that cannot be used.
pub fn run(config: Config) -> Result<(), Phrase> {
    courrier::smtp(&config)?;
    let db = open(&config)?;
    let listener = bind(config.listen)
        .map_err(|cause| format!("FORPREV_LISTEN : impossible d’écouter sur {} : {cause}.", config.listen))?;
    let moment = Clock::Machine.moment();
    let trousseau = Arc::new(sceau::ouvrir(&config, &db, moment)?);
    if let Some(echeance) = Echeance::de(trousseau.sceau.chaine(), moment.aujourdhui) {
        tracing::warn!("{}", echeance.phrase());
    }
    for phrase in sceau::trop_ouverts(&config) {
        tracing::warn!("{phrase}");
    }
    serve(App::new(config, Clock::Machine, db, trousseau), listener)
}

/// Listens on this address, for [`serve`].
///
/// # Errors
/// What the system says of the address, most often that it is taken.
pub(super) fn bind(adresse: SocketAddr) -> std::io::Result<TcpListener> {
    let listener = TcpListener::bind(adresse)?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

/// Serves this program and runs its timed jobs until it is told to stop.
///
/// # Errors
/// A sentence when the system gives no threads.
pub(super) fn serve(app: App, listener: TcpListener) -> Result<(), Phrase> {
    let impossible = |cause| format!("Le programme ne peut pas démarrer : {cause}.");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(impossible)?;
    let done = runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener).map_err(impossible)?;
        tracing::info!(adresse = %app.config.listen, "listening");
        let (stop, stopped) = tokio::sync::watch::channel(());
        let jobs = tokio::spawn(sweeps::run(app.clone(), stopped));
        let config = app.config.clone();
        server::serve(listener, router::router(app), config, server::told_to_stop()).await;
        drop(stop);
        if tokio::time::timeout(FAREWELL, jobs).await.is_err() {
            tracing::warn!("a timed job was still at work at the end");
        }
        Ok(())
    });
    // What blocks for longer is left behind: an open transaction is rolled back.
    runtime.shutdown_timeout(Duration::from_secs(2));
    done
}

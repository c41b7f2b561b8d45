//! Every timed job, on one screen.
//!
//! The clock never decides a deletion alone: a row goes by its own date, compared with the
//! `Moment` handed in. Two instances may sweep at once: nothing is deleted twice.

use std::time::Duration;

use forprev_store::Db;
use forprev_store::balayage::{Balaye, balayer};
use tokio::sync::watch;

use crate::app::{App, blocking};
use crate::clock::Moment;
use crate::error::Error;

/// How often what is due is deleted. Nobody waits for it: what is due is hidden at once.
const SWEEP_EVERY: Duration = Duration::from_secs(15 * 60);

/// Runs the timed jobs until the other end of `stopped` is dropped; what is in hand is finished.
pub async fn run(app: App, mut stopped: watch::Receiver<()>) {
    let mut due = tokio::time::interval(SWEEP_EVERY);
    loop {
        tokio::select! {
            biased;
            _ = stopped.changed() => return,
            _ = due.tick() => {}
        }
        let moment = app.clock.moment();
        let sweeping = app.clone();
        match blocking(move || sweep(sweeping.db(), moment)).await {
            Ok(balaye) if balaye.est_vide() => {}
            Ok(balaye) => tracing::info!(?balaye, "swept"),
            Err(cause) => tracing::warn!(%cause, "the sweep will be tried again"),
        }
    }
}

/// Deletes all that is due, batch after batch, then what is left of it on the disk.
///
/// # Errors
/// What the store could not do; what was deleted before stays so.
pub fn sweep(db: &Db, moment: Moment) -> Result<Balaye, Error> {
    let mut total = Balaye::default();
    loop {
        let batch = db.write(|tx| balayer(tx, moment).map_err(Error::from))?;
        total.sessions += batch.sessions;
        total.imprimes += batch.imprimes;
        total.inscriptions += batch.inscriptions;
        total.personnes += batch.personnes;
        total.divers += batch.divers;
        if batch.est_vide() {
            break;
        }
    }
    if !total.est_vide() {
        db.effacer_les_traces()?;
    }
    Ok(total)
}

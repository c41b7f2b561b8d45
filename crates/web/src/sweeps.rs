//! Every timed job, on one screen.
//!
//! The clock never decides a deletion alone: a row goes by its own date, compared with the
//! `Moment` handed in. Two instances may sweep at once: nothing is deleted twice.

use std::time::Duration;

use forprev_store::balayage::balayer;
use tokio::sync::watch;
use tokio::time::MissedTickBehavior;

use crate::app::{App, blocking};
use crate::courrier::{self, Report};
use crate::error::Error;
use crate::rappels;

/// How often what is due is deleted. Nobody waits for it: what is due is hidden at once.
const SWEEP_EVERY: Duration = Duration::from_secs(5 * 60);
/// How often the outbox is looked at.
const POST_EVERY: Duration = Duration::from_secs(15);

/// How often it is looked whether somebody is to be reminded of something. Each is written once a day at most.
const REMIND_EVERY: Duration = Duration::from_secs(60 * 60);

/// Runs the timed jobs until the other end of `stopped` is dropped; what is in hand is finished. A
/// mail server that is slow does not keep what is due from being deleted.
pub async fn run(app: App, stopped: watch::Receiver<()>) {
    tokio::join!(
        every(SWEEP_EVERY, stopped.clone(), || sweep_once(&app)),
        every(POST_EVERY, stopped.clone(), || post_once(&app)),
        every(REMIND_EVERY, stopped, || remind_once(&app)),
    );
}

async fn every<F: Future<Output = ()>>(
    delay: Duration,
    mut stopped: watch::Receiver<()>,
    job: impl Fn() -> F,
) {
    let mut due = tokio::time::interval(delay);
    due.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            biased;
            _ = stopped.changed() => return,
            _ = due.tick() => job().await,
        }
    }
}

async fn sweep_once(app: &App) {
    let moment = app.clock.moment();
    let sweeping = app.clone();
    match blocking(move || balayer(sweeping.db(), moment).map_err(Error::from)).await {
        Ok(balaye) if balaye.est_vide() => {}
        Ok(balaye) => tracing::info!(?balaye, "swept"),
        Err(cause) => tracing::warn!(%cause, "the sweep will be tried again"),
    }
}

async fn post_once(app: &App) {
    match courrier::send(app).await {
        Ok(report) if report == Report::default() => {}
        Ok(report) => tracing::info!(?report, "mails sent"),
        Err(cause) => tracing::warn!(%cause, "the outbox will be looked at again"),
    }
}

async fn remind_once(app: &App) {
    match rappels::envoyer(app).await {
        Ok(0) => {}
        Ok(courriers) => tracing::info!(courriers, "reminders written"),
        Err(cause) => tracing::warn!(%cause, "the reminders will be looked at again"),
    }
}

//! The only place where the clock is read: once a request, handed on as a [`Moment`].

use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use forprev_domain::calendrier::paris;
use jiff::Timestamp;
use jiff::civil::DateTime;

pub use forprev_domain::calendrier::Moment;

use crate::app::App;

/// The civil date and time in Paris at this instant.
#[must_use]
pub fn en_heure_de_paris(instant: Timestamp) -> DateTime {
    paris().to_datetime(instant)
}

/// Where instants come from: the machine, or a test.
#[derive(Debug, Clone, Default)]
pub enum Clock {
    /// The clock of the machine.
    #[default]
    Machine,
    /// An instant that a test sets and moves.
    Fixed(Arc<Mutex<Timestamp>>),
}

impl Clock {
    /// A clock that shows this instant until a test moves it.
    #[must_use]
    pub fn fixed(instant: Timestamp) -> Self {
        Self::Fixed(Arc::new(Mutex::new(instant)))
    }

    /// Moves a fixed clock; the clock of the machine is not touched.
    pub fn set(&self, instant: Timestamp) {
        if let Self::Fixed(shown) = self {
            *shown.lock().unwrap_or_else(PoisonError::into_inner) = instant;
        }
    }

    /// Reads the clock.
    #[must_use]
    pub fn moment(&self) -> Moment {
        match self {
            Self::Machine => Moment::de(machine()),
            Self::Fixed(shown) => Moment::de(*shown.lock().unwrap_or_else(PoisonError::into_inner)),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one place where the clock is read")]
fn machine() -> Timestamp {
    Timestamp::now()
}

impl FromRequestParts<App> for Moment {
    type Rejection = Infallible;

    /// The request's own moment: the edge reads the clock before anything else does.
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        if let Some(moment) = parts.extensions.get::<Self>() {
            return Ok(*moment);
        }
        let moment = app.clock.moment();
        parts.extensions.insert(moment);
        Ok(moment)
    }
}

//! A few honest counters of this instance, in the Prometheus text format.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};

/// Counters since the start of this instance.
#[derive(Debug, Default)]
pub struct Metrics {
    /// Answers by first figure of their status, 1xx to 5xx.
    answers: [AtomicU64; 5],
    /// Sign-ins that succeeded.
    pub sign_ins: AtomicU64,
    /// Sign-ins refused: wrong secret, unknown account or delayed.
    pub sign_ins_refused: AtomicU64,
    /// Seals stamped with the time by an authority.
    pub timestamps: AtomicU64,
    /// Seals made without it, since the authority did not answer or answered wrong.
    pub timestamps_missed: AtomicU64,
    /// Panics caught: each one is a fault of the program.
    pub panics: AtomicU64,
    /// Requests being answered now.
    pub in_flight: AtomicU64,
}

impl Metrics {
    /// Counts one answer.
    pub fn answered(&self, status: u16) {
        let rang = usize::from(status / 100).clamp(1, 5) - 1;
        self.answers[rang].fetch_add(1, Ordering::Relaxed);
    }

    /// Adds one to a counter.
    pub fn add(counter: &AtomicU64) {
        counter.fetch_add(1, Ordering::Relaxed);
    }

    /// The counters as Prometheus reads them.
    #[must_use]
    pub fn render(&self) -> String {
        let get = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let mut texte = String::from("# TYPE forprev_http_answers_total counter\n");
        for (rang, compteur) in self.answers.iter().enumerate() {
            let classe = rang + 1;
            let _ = writeln!(texte, "forprev_http_answers_total{{status=\"{classe}xx\"}} {}", get(compteur));
        }
        for (nom, genre, valeur) in [
            ("forprev_sign_ins_total", "counter", get(&self.sign_ins)),
            ("forprev_sign_ins_refused_total", "counter", get(&self.sign_ins_refused)),
            ("forprev_timestamps_total", "counter", get(&self.timestamps)),
            ("forprev_timestamps_missed_total", "counter", get(&self.timestamps_missed)),
            ("forprev_panics_total", "counter", get(&self.panics)),
            ("forprev_requests_in_flight", "gauge", get(&self.in_flight)),
        ] {
            let _ = writeln!(texte, "# TYPE {nom} {genre}\n{nom} {valeur}");
        }
        texte
    }
}

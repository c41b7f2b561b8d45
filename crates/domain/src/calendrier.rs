//! Days and months: a day is a civil date in Europe/Paris.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

/// The one instant of a request, with its Paris day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The instant, in UTC.
    pub instant: Timestamp,
    /// The civil day in Paris at that instant.
    pub aujourdhui: Date,
}

impl Moment {
    /// The moment of this instant, whatever the time zone of the machine.
    #[must_use]
    pub fn de(instant: Timestamp) -> Self {
        Self { instant, aujourdhui: jour_de_paris(instant) }
    }
}

/// The civil day in Paris at this instant.
#[must_use]
pub fn jour_de_paris(instant: Timestamp) -> Date {
    instant.to_zoned(paris()).date()
}

/// The instant at which this day begins in Paris.
#[must_use]
pub fn debut_du_jour(jour: Date) -> Timestamp {
    jour.to_zoned(paris()).map_or(Timestamp::MAX, |debut| debut.timestamp())
}

/// The time zone of every day in Forprev; its data is inside the program.
#[must_use]
pub fn paris() -> TimeZone {
    TimeZone::get("Europe/Paris").expect("the zone data is inside the program")
}

/// The day `mois` calendar months after, clamped at the month's end; before, when negative.
///
/// Not symmetric: a window is always counted from its own `date_fin`. Stops at the calendar's first and last day.
#[must_use]
pub fn plus_mois(jour: Date, mois: i32) -> Date {
    plus(jour, Span::new().try_months(mois), mois)
}

/// The day `jours` days after; before, when negative. Stops at the calendar's first and last day.
#[must_use]
pub fn plus_jours(jour: Date, jours: i32) -> Date {
    plus(jour, Span::new().try_days(jours), jours)
}

fn plus(jour: Date, duree: Result<Span, jiff::Error>, sens: i32) -> Date {
    match duree {
        Ok(duree) => jour.saturating_add(duree),
        Err(_) if sens < 0 => Date::MIN,
        Err(_) => Date::MAX,
    }
}

/// Days from the first to the second; negative when the second comes first.
#[must_use]
pub fn jours_entre(de: Date, a: Date) -> i32 {
    de.duration_until(a).as_hours().div_euclid(24).try_into().unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn les_mois_sont_ramenes_a_la_fin_du_mois() {
        for (jour, mois, attendu) in [
            (date(2026, 11, 30), 3, date(2027, 2, 28)),
            (date(2027, 11, 30), 3, date(2028, 2, 29)),
            (date(2026, 5, 31), -3, date(2026, 2, 28)),
            (date(2026, 5, 31), 3, date(2026, 8, 31)),
            (date(2026, 12, 31), 2, date(2027, 2, 28)),
            (date(2024, 2, 29), 24, date(2026, 2, 28)),
            (date(2026, 1, 15), 12, date(2027, 1, 15)),
        ] {
            assert_eq!(plus_mois(jour, mois), attendu, "{jour} + {mois} mois");
        }
    }

    #[test]
    fn le_jour_est_celui_de_paris() {
        for (instant, attendu) in [
            ("2026-06-30T21:59:59Z", date(2026, 6, 30)),
            ("2026-06-30T22:00:00Z", date(2026, 7, 1)),
            ("2026-12-31T22:59:59Z", date(2026, 12, 31)),
            ("2026-12-31T23:00:00Z", date(2027, 1, 1)),
            // The two clock changes of 2026: 29 March and 25 October.
            ("2026-03-28T22:59:59Z", date(2026, 3, 28)),
            ("2026-03-28T23:00:00Z", date(2026, 3, 29)),
            ("2026-03-29T21:59:59Z", date(2026, 3, 29)),
            ("2026-03-29T22:00:00Z", date(2026, 3, 30)),
            ("2026-10-24T22:00:00Z", date(2026, 10, 25)),
            ("2026-10-25T22:59:59Z", date(2026, 10, 25)),
            ("2026-10-25T23:00:00Z", date(2026, 10, 26)),
        ] {
            let instant: Timestamp = instant.parse().expect("an instant");
            assert_eq!(Moment::de(instant).aujourdhui, attendu, "{instant}");
            let debut = debut_du_jour(attendu);
            assert_eq!(jour_de_paris(debut), attendu, "{instant}");
            assert_ne!(jour_de_paris(debut - jiff::SignedDuration::from_nanos(1)), attendu, "{instant}");
        }
    }

    #[test]
    fn les_jours_se_comptent() {
        for (de, a, attendu) in [
            (date(2026, 3, 28), date(2026, 3, 30), 2),
            (date(2026, 12, 14), date(2027, 3, 12), 88),
            (date(2026, 3, 2), date(2026, 3, 1), -1),
            (date(2026, 10, 24), date(2026, 10, 26), 2),
            (date(2028, 2, 28), date(2028, 3, 1), 2),
            (date(2026, 5, 31), date(2026, 5, 31), 0),
            (date(1, 1, 1), date(9999, 12, 31), 3_652_058),
        ] {
            assert_eq!(jours_entre(de, a), attendu);
            assert_eq!(jours_entre(a, de), -attendu);
            assert_eq!(plus_jours(de, attendu), a);
        }
    }

    #[test]
    fn le_calendrier_s_arrete_a_ses_bornes() {
        for nombre in [1, 120, 300_000, 8_000_000, i32::MAX] {
            assert_eq!(plus_mois(Date::MAX, nombre), Date::MAX, "{nombre} mois");
            assert_eq!(plus_jours(Date::MAX, nombre), Date::MAX, "{nombre} jours");
            assert_eq!(plus_mois(Date::MIN, -nombre), Date::MIN, "{nombre} mois");
            assert_eq!(plus_jours(Date::MIN, -nombre), Date::MIN, "{nombre} jours");
        }
        assert_eq!(plus_jours(date(2026, 1, 1), i32::MIN), Date::MIN);
        for instant in [Timestamp::MIN, Timestamp::MAX] {
            let _sans_panique = Moment::de(instant);
        }
    }
}

//! Parameters of statements: each knows its type, absent or not.

use jiff::civil::Date;
use jiff::{Timestamp, TimestampRound, Unit};
use uuid::Uuid;

/// A typed parameter. `None` is the absent value of that type.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// TEXT.
    Text(Option<String>),
    /// BIGINT on PostgreSQL, INTEGER on SQLite.
    Int(Option<i64>),
    /// BOOLEAN on PostgreSQL, 0 or 1 on SQLite.
    Bool(Option<bool>),
    /// UUID on PostgreSQL, its 36 characters on SQLite.
    Uuid(Option<Uuid>),
    /// DATE on PostgreSQL, `AAAA-MM-JJ` on SQLite.
    Date(Option<Date>),
    /// TIMESTAMPTZ on PostgreSQL, RFC 3339 UTC with six decimals on SQLite.
    Instant(Option<Timestamp>),
    /// JSONB on PostgreSQL, its text on SQLite.
    Json(Option<serde_json::Value>),
}

/// Cuts an instant to the microsecond, what both engines keep.
pub(crate) fn to_microsecond(instant: Timestamp) -> Timestamp {
    let round = TimestampRound::new().smallest(Unit::Microsecond).mode(jiff::RoundMode::Trunc);
    instant.round(round).unwrap_or(instant)
}

/// Returns the fixed-width text of an instant, whose order is that of time.
pub(crate) fn instant_text(instant: Timestamp) -> String {
    instant.strftime("%Y-%m-%dT%H:%M:%S.%6fZ").to_string()
}

macro_rules! from_copy {
    ($($type:ty => $variant:ident ($name:ident) $convert:expr;)*) => {$(
        impl From<$type> for Value {
            fn from($name: $type) -> Self { Self::$variant(Some($convert)) }
        }
        impl From<Option<$type>> for Value {
            fn from(value: Option<$type>) -> Self { Self::$variant(value.map(|$name| $convert)) }
        }
    )*};
}

from_copy! {
    &str => Text(v) v.to_owned();
    String => Text(v) v;
    &String => Text(v) v.clone();
    i64 => Int(v) v;
    i32 => Int(v) i64::from(v);
    u32 => Int(v) i64::from(v);
    u16 => Int(v) i64::from(v);
    bool => Bool(v) v;
    Uuid => Uuid(v) v;
    Date => Date(v) v;
    Timestamp => Instant(v) to_microsecond(v);
    serde_json::Value => Json(v) v;
}

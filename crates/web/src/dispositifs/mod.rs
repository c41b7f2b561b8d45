//! The catalogue: what is in force on a day; the administrateur adds values from a day on, without code.

pub mod api;

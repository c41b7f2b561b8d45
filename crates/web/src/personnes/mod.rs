//! Persons: recognising those already known (R17), whatever the entry point.

pub mod api;
mod reconnaissance;

pub use reconnaissance::{Reconnue, Saisie, inscrire, propositions, propositions_json, reconnaitre};

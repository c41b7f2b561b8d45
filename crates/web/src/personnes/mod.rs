//! Persons: recognising those already known (R17), whatever the entry point.

pub mod api;
pub mod formulaire;
pub mod fusion;
pub mod pages;
mod reconnaissance;

pub use reconnaissance::{
    IDENTITES_PAR_JOUR, Reconnue, Saisie, avant_de_proposer, inscrire, montrer, propositions,
    propositions_json, reconnaitre,
};

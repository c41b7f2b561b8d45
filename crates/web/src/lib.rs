//! The only crate that knows HTTP, the clock, configuration and the words shown to people.

pub mod app;
pub mod assets;
pub mod cli;
pub mod clock;
pub mod commandes;
pub mod config;
mod edge;
pub mod error;
mod error_page;
mod health;
pub mod layout;
pub mod metrics;
mod public;
pub mod router;
pub mod saisie;
pub mod security;
pub mod server;
pub mod sign_in;
pub mod typographie;
pub mod visit;

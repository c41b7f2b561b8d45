//! Certificates: their files, and their face in the interface.

pub mod api;
pub mod fichiers;

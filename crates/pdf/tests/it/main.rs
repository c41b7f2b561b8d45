//! Certificates as files, tried by other programs.

mod conformite;
#[path = "../../src/exemple.rs"]
mod exemple;
mod fichier;
mod lecteurs;
mod texte;
mod titulaires;

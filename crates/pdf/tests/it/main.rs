//! Certificates as files, tried by other programs.

use forprev_pdf::lire_logo;

mod conformite;
#[path = "../../src/exemple.rs"]
mod exemple;
mod fichier;
mod lecteurs;
mod texte;
mod titulaires;

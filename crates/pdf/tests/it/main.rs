//! Certificates as files, tried by other programs.

use forprev_pdf::lire_logo;

mod conformite;
mod editions;
#[path = "../../src/exemple.rs"]
mod exemple;
mod fichier;
mod images;
mod lecteurs;
mod ordre;
mod texte;
mod titulaires;

//! The one integration binary: the program in process, called by actors.

use forprev_pdf::lire_logo;

mod acteurs;
mod api;
mod app;
mod cadre;
mod certificats;
mod chaine;
mod commandes;
mod compte;
mod courrier;
mod demo;
mod deux_a_la_fois;
mod equipe;
#[path = "../../../pdf/src/exemple.rs"]
mod exemple;
mod fusions;
mod import;
mod listes_de_sessions;
mod page_de_session;
mod page_du_formateur;
mod pages_du_reseau;
mod rappels;
mod saisie;
mod saisie_etapes;
mod sceau;
mod sign_in;
#[path = "../../../pdf/tests/it/titulaires.rs"]
mod titulaires;
mod verification;

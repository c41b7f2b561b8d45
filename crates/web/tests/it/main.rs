//! The one integration binary: the program in process, called by actors.

mod acteurs;
mod api;
mod app;
mod cadre;
mod certificats;
mod chaine;
mod saisie;
mod compte;
mod sign_in;
mod verification;

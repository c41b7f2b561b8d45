//! The rules of FORPREV: who may do what, when, and why not.
//!
//! Pure: no clock, no input or output, nothing asynchronous. A rule takes the day (`aujourdhui`)
//! as an argument and can only refuse, with facts.

pub mod calendrier;
pub mod certificat;
pub mod compte;
pub mod dispositif;
pub mod droits;
pub mod evenement;
pub mod formateur;
pub mod fusion;
pub mod habilitation;
pub mod id;
pub mod identite;
pub mod numero;
pub mod personne;
pub mod rappel;
pub mod refus;
pub mod regles;
pub mod session;
pub mod siret;
pub mod stagiaire;
pub mod theme;
pub mod utilisateur;

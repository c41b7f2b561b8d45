//! The course of a session, rule by rule and to the day; and the documents that are written from the code.

mod architecture;
mod avertissements;
mod certificats;
mod codes;
mod construire;
mod delais;
mod documents;
mod droits;
mod echeances;
mod gestes;
mod glossaire;
mod rappels;
mod resultats;
mod soumission;

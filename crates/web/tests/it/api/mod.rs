//! The programming interface, through HTTP, on both engines.

mod acteurs;
mod chaine;
mod disparition;
mod idempotence;
mod portees;
mod regles;
mod robustesse;
mod seances;
mod stagiaires;

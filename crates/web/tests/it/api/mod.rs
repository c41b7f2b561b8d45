//! The programming interface, through HTTP, on both engines.

mod acteurs;
mod chaine;
mod seances;

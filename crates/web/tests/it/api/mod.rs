//! The programming interface, through HTTP, on both engines.

mod acteurs;
mod administration;
mod apres_delivrance;
mod badges;
mod chaine;
mod debits;
mod disparition;
mod doublons;
mod formateurs;
mod fusions;
mod idempotence;
pub(crate) mod import;
mod listes;
mod openapi;
mod portees;
mod regles;
mod robustesse;
mod schema;
mod seances;
mod stagiaires;

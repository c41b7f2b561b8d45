//! The only crate that knows SQL: one concrete store over SQLite and PostgreSQL.
//!
//! The seam is in [`db`]: `db.read(|tx| …)` and `db.write(|tx| …)` run a closure in a transaction,
//! on either engine, with one SQL text for both. The rest is one file per business word; each
//! function takes the `Tx` of the caller, so that several of them make one transaction.
//!
//! Everything here blocks: call it from a blocking thread (`spawn_blocking`), never from the
//! asynchronous runtime itself.

pub mod acces;
pub mod balayage;
pub mod catalogue;
pub mod certificats;
pub mod cles;
pub mod comptes;
pub mod copie;
pub mod courrier;
pub mod db;
pub mod dispositifs;
mod error;
pub mod essais;
pub mod faits;
pub mod fusions;
pub mod habilitations;
pub mod idempotence;
pub mod jetons;
pub mod journal;
pub mod logos;
pub mod migrations;
pub mod personnes;
mod portee;
pub mod rappels;
mod recherche;
pub mod sessions;
pub mod statuts;
pub mod utilisateurs;
mod valeurs;

pub use db::{Db, Moteur, Tx};
pub use error::StoreError;
pub use recherche::{Liste, Pagination};
pub use valeurs::nouvel_id;

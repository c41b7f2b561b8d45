//! The only crate that knows SQL: one concrete store over SQLite and PostgreSQL.
//!
//! The seam is in [`db`]: `db.read(|tx| …)` and `db.write(|tx| …)` run a closure in a transaction,
//! on either engine, with one SQL text for both. The rest is one file per business word; each
//! function takes the `Tx` of the caller, so that several of them make one transaction.
//!
//! Everything here blocks: call it from a blocking thread (`spawn_blocking`), never from the
//! asynchronous runtime itself.

pub mod db;
mod error;
pub mod migrations;

pub use db::{Db, Moteur, Tx};
pub use error::StoreError;

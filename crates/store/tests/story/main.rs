//! What the store promises, on SQLite and on PostgreSQL alike.

mod access;
mod chain;
mod fresh;
mod joining;
mod moving;
mod register;
mod reminders;
mod schema;
mod scope;
mod seam;
mod silence;
mod sweep;
mod traces;
mod world;

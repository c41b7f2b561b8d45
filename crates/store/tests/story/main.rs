//! What the store promises, on SQLite and on PostgreSQL alike.

mod fresh;
mod schema;
mod seam;

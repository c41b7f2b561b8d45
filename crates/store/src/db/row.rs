//! Reading rows: by column name, with the type asked for.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::types::Value as Cell;
use uuid::Uuid;

use crate::StoreError;

/// One row of an answer.
#[derive(Debug)]
pub struct Row {
    pub(super) head: Arc<Head>,
    pub(super) cells: Cells,
}

#[derive(Debug)]
pub(super) enum Cells {
    Sqlite(Vec<Cell>),
    Postgres(tokio_postgres::Row),
}

/// What all rows of an answer share.
#[derive(Debug)]
pub(super) struct Head {
    table: String,
    columns: HashMap<String, usize>,
}

impl Head {
    pub(super) fn new<'a>(sql: &str, columns: impl Iterator<Item = &'a str>) -> Arc<Self> {
        let columns = columns.enumerate().map(|(i, name)| (name.to_owned(), i)).collect();
        Arc::new(Self { table: main_table(sql).to_owned(), columns })
    }
}

impl Row {
    /// Returns the value of the column.
    ///
    /// # Errors
    /// [`StoreError::Illisible`] when there is no such column, or it holds another type.
    pub fn get<T: Column>(&self, column: &str) -> Result<T, StoreError> {
        let value = self.head.columns.get(column).and_then(|&index| match &self.cells {
            Cells::Sqlite(cells) => cells.get(index).and_then(T::from_sqlite),
            Cells::Postgres(row) => T::from_postgres(row, index),
        });
        value.ok_or_else(|| self.illisible(column))
    }

    /// Returns what `parse` makes of the text of the column: for codes and numbers whose type is
    /// the domain's.
    ///
    /// # Errors
    /// [`StoreError::Illisible`] when `parse` returns `None`.
    pub fn parse<T>(&self, column: &str, parse: impl FnOnce(&str) -> Option<T>) -> Result<T, StoreError> {
        parse(&self.get::<String>(column)?).ok_or_else(|| self.illisible(column))
    }

    /// Returns the JSON of the column as a value of the program.
    ///
    /// # Errors
    /// [`StoreError::Illisible`] when it has another shape.
    pub fn json<T: serde::de::DeserializeOwned>(&self, column: &str) -> Result<T, StoreError> {
        serde_json::from_value(self.get(column)?).map_err(|_| self.illisible(column))
    }

    /// As [`Row::json`], for a column that may be absent.
    ///
    /// # Errors
    /// [`StoreError::Illisible`] when it has another shape.
    pub fn json_opt<T: serde::de::DeserializeOwned>(&self, column: &str) -> Result<Option<T>, StoreError> {
        let value: Option<serde_json::Value> = self.get(column)?;
        value.map(serde_json::from_value).transpose().map_err(|_| self.illisible(column))
    }

    /// Returns the error that names this row's table and the column.
    #[must_use]
    pub fn illisible(&self, column: &str) -> StoreError {
        StoreError::illisible(&self.head.table, column)
    }
}

/// A type that a column can be read as.
pub trait Column: Sized {
    /// Reads a cell of SQLite.
    fn from_sqlite(cell: &Cell) -> Option<Self>;
    /// Reads a cell of PostgreSQL.
    fn from_postgres(row: &tokio_postgres::Row, index: usize) -> Option<Self>;
}

macro_rules! column {
    ($($type:ty, $pattern:pat => $read:expr;)*) => {$(
        impl Column for $type {
            fn from_sqlite(cell: &Cell) -> Option<Self> {
                match cell { $pattern => $read, _ => None }
            }
            fn from_postgres(row: &tokio_postgres::Row, index: usize) -> Option<Self> {
                row.try_get(index).ok()
            }
        }
        impl Column for Option<$type> {
            fn from_sqlite(cell: &Cell) -> Option<Self> {
                match cell { Cell::Null => Some(None), cell => <$type>::from_sqlite(cell).map(Some) }
            }
            fn from_postgres(row: &tokio_postgres::Row, index: usize) -> Option<Self> {
                row.try_get(index).ok()
            }
        }
    )*};
}

column! {
    String, Cell::Text(text) => Some(text.clone());
    i64, Cell::Integer(n) => Some(*n);
    bool, Cell::Integer(n @ (0 | 1)) => Some(*n == 1);
    Uuid, Cell::Text(text) => Uuid::try_parse(text).ok();
    Date, Cell::Text(text) => text.parse().ok();
    Timestamp, Cell::Text(text) => text.parse().ok();
    serde_json::Value, Cell::Text(text) => serde_json::from_str(text).ok();
}

impl Column for u16 {
    fn from_sqlite(cell: &Cell) -> Option<Self> {
        i64::from_sqlite(cell).and_then(|n| n.try_into().ok())
    }
    fn from_postgres(row: &tokio_postgres::Row, index: usize) -> Option<Self> {
        i64::from_postgres(row, index).and_then(|n| n.try_into().ok())
    }
}

/// Returns the first table that a statement names, for the words of an error.
fn main_table(sql: &str) -> &str {
    let mut words = sql.split_whitespace();
    while let Some(word) = words.next() {
        if matches!(word, "FROM" | "INTO" | "UPDATE") {
            return words.next().unwrap_or_default().trim_matches(['(', ')', ',', ';']);
        }
    }
    ""
}

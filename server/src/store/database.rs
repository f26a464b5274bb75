//! The records as a database for others: a table for each kind. Not the register's own file.

use std::path::{Path, PathBuf};

use rusqlite::types::{ToSqlOutput, Value as Sql};
use rusqlite::{Connection, params};
use serde_json::Value;

use super::Result;
use crate::opendata::columns::{Column, Holds};

/// A database being written.
#[derive(Debug)]
pub struct Database {
    conn: Connection,
    path: PathBuf,
    rows: u64,
}

impl Database {
    /// Begins a database at `path`, in the place of what is there; `about` says where it is from.
    ///
    /// # Errors
    /// The file cannot be made; so for every call below.
    pub fn create(path: &Path, about: &[(&str, String)]) -> Result<Database> {
        match std::fs::remove_file(path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
        let conn = Connection::open(path)?;
        // Nobody reads it before it is whole: no journal, and the disk is waited for once, at the end.
        conn.execute_batch(
            "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
             PRAGMA cache_size = -8192; BEGIN;
             CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;",
        )?;
        for (name, value) in about {
            conn.execute("INSERT INTO about (name, value) VALUES (?1, ?2)", params![name, value])?;
        }
        Ok(Database { conn, path: path.to_owned(), rows: 0 })
    }

    /// Makes the table of a kind: its columns, and the whole record as JSON.
    ///
    /// # Errors
    /// The database's.
    pub fn table(&mut self, kind: &str, columns: &[Column]) -> Result<()> {
        let columns: String = columns
            .iter()
            .map(|column| {
                let ty = match column.holds {
                    Holds::Int | Holds::Bool => "INTEGER",
                    Holds::Text | Holds::Day | Holds::Moment | Holds::Json => "TEXT",
                };
                let key = if column.name == "record_key" { " PRIMARY KEY" } else { "" };
                format!("{} {ty}{key}, ", quoted(&column.name))
            })
            .collect();
        let sql = format!("CREATE TABLE {} ({columns}record TEXT NOT NULL) STRICT", quoted(kind));
        self.conn.execute_batch(&sql)?;
        Ok(())
    }

    /// Adds a record.
    ///
    /// # Errors
    /// The database's.
    pub fn row<'v>(
        &mut self,
        kind: &str,
        columns: &[Column],
        cells: impl Iterator<Item = Option<&'v Value>>,
        record: &Value,
    ) -> Result<()> {
        let marks = vec!["?"; columns.len() + 1].join(", ");
        let sql = format!("INSERT INTO {} VALUES ({marks})", quoted(kind));
        let values = columns.iter().zip(cells).map(|(column, value)| cell(column.holds, value));
        let values = values.chain([Sql::Text(record.to_string())]);
        let values: Vec<ToSqlOutput<'_>> = values.map(ToSqlOutput::Owned).collect();
        self.conn.prepare_cached(&sql)?.execute(rusqlite::params_from_iter(values))?;
        self.rows += 1;
        Ok(())
    }

    /// Ends the database: the number of records in it, and where it is.
    ///
    /// # Errors
    /// The database's.
    pub fn finish(self) -> Result<(u64, PathBuf)> {
        self.conn.execute_batch("COMMIT")?;
        self.conn.close().map_err(|(_, error)| error)?;
        Ok((self.rows, self.path))
    }
}

/// A name as SQL quotes it. Names are those of kinds and fields, none has a quotation mark.
fn quoted(name: &str) -> String {
    format!("\"{name}\"")
}

/// A value as its column holds it; one of another type stands in the record's JSON only.
fn cell(holds: Holds, value: Option<&Value>) -> Sql {
    let cell = match (holds, value) {
        (_, None | Some(Value::Null)) => None,
        (Holds::Int, Some(value)) => value.as_i64().map(Sql::Integer),
        (Holds::Bool, Some(value)) => value.as_bool().map(|yes| Sql::Integer(i64::from(yes))),
        (Holds::Text | Holds::Day | Holds::Moment, Some(value)) => {
            value.as_str().map(|text| Sql::Text(text.to_owned()))
        }
        (Holds::Json, Some(value)) => Some(Sql::Text(value.to_string())),
    };
    cell.unwrap_or(Sql::Null)
}

//! The view as text, to compare two views row by row.

use rusqlite::Connection;
use rusqlite::types::ValueRef;
use sha2::{Digest, Sha256};

use super::{Result, chain, schema};

/// Feeds every row of the view in `database` to `line`, table after table, in primary-key order.
fn each_row(conn: &Connection, database: &str, line: &mut dyn FnMut(&str)) -> Result<()> {
    let mut text = String::new();
    for (table, order) in schema::VIEW_TABLES {
        let mut statement =
            conn.prepare(&format!("SELECT * FROM {database}.{table} ORDER BY {order}"))?;
        let columns = statement.column_count();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            text.clear();
            text.push_str(table);
            for column in 0..columns {
                text.push('\t');
                match row.get_ref(column)? {
                    ValueRef::Null => text.push_str("NULL"),
                    ValueRef::Integer(value) => text.push_str(&value.to_string()),
                    ValueRef::Real(value) => text.push_str(&value.to_string()),
                    // Quoted with escapes, so that no text can look like two columns or two rows.
                    ValueRef::Text(value) => {
                        text.push_str(&format!("{:?}", String::from_utf8_lossy(value)));
                    }
                    ValueRef::Blob(value) => text.push_str(&chain::hex(value)),
                }
            }
            text.push('\n');
            line(&text);
        }
    }
    Ok(())
}

/// The whole view in `database` as text; for small registers and tests.
pub(super) fn text(conn: &Connection, database: &str) -> Result<String> {
    let mut dump = String::new();
    each_row(conn, database, &mut |line| dump.push_str(line))?;
    Ok(dump)
}

/// SHA-256 of that text, in constant memory.
pub(super) fn hash(conn: &Connection, database: &str) -> Result<chain::Chain> {
    let mut hasher = Sha256::new();
    each_row(conn, database, &mut |line| hasher.update(line.as_bytes()))?;
    Ok(hasher.finalize().into())
}

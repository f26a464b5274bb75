//! The keyed hashes of batches of unit codes, beside the entries in the log's home: the log holds a
//! batch's root, this table what the root is over.
//!
//! A batch's blob is kept cut by the first twelve bits of the hashes. To find a hash is then to read
//! one piece of under a kilobyte of each batch, and pieces of the same bits lie side by side.

use register::code::{Batch, KeyedHash, batch_key, contains};
use rusqlite::{Connection, params};

use super::{Result, StoreError};

/// Made when the first batch comes: a register without unit codes stays the file it was.
const TABLE: &str = "
CREATE TABLE IF NOT EXISTS main.unit_hashes (
    prefix INTEGER NOT NULL,
    root   BLOB NOT NULL,
    hashes BLOB NOT NULL,
    PRIMARY KEY (prefix, root)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER IF NOT EXISTS main.unit_hashes_no_update BEFORE UPDATE ON unit_hashes
BEGIN SELECT RAISE(ABORT, 'unit codes are append-only'); END;
CREATE TRIGGER IF NOT EXISTS main.unit_hashes_no_delete BEFORE DELETE ON unit_hashes
BEGIN SELECT RAISE(ABORT, 'unit codes are append-only'); END;
";

/// How many pieces there can be.
const PREFIXES: i64 = 1 << 12;

fn prefix(hash: &KeyedHash) -> i64 {
    i64::from(hash[0]) << 4 | i64::from(hash[1] >> 4)
}

/// Stores a batch; the caller holds the transaction that appends its record. One that is there
/// already is left as it is: its name is its content.
pub(super) fn put(conn: &Connection, batch: &Batch) -> Result<()> {
    conn.execute_batch(TABLE)?;
    let (hashes, _) = batch.blob().as_chunks::<32>();
    let mut insert = conn.prepare(
        "INSERT INTO main.unit_hashes (prefix, root, hashes) VALUES (?1, ?2, ?3)
         ON CONFLICT DO NOTHING",
    )?;
    for piece in hashes.chunk_by(|a, b| prefix(a) == prefix(b)) {
        let Some(first) = piece.first() else { continue };
        insert.execute(params![prefix(first), batch.root(), piece.as_flattened()])?;
    }
    Ok(())
}

fn has_table(conn: &Connection) -> Result<bool> {
    let mut statement = conn.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM main.sqlite_schema WHERE name = 'unit_hashes')",
    )?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

/// Whether anything of the batch of that root is kept.
pub(super) fn has(conn: &Connection, root: &[u8; 32]) -> Result<bool> {
    if !has_table(conn)? {
        return Ok(false);
    }
    // Every piece says which batch it is of; pieces lie by their bits, so they are looked through.
    let mut statement = conn.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM main.unit_hashes WHERE prefix = ?1 AND root = ?2)",
    )?;
    for prefix in 0..PREFIXES {
        if statement.query_row(params![prefix, root], |row| row.get(0))? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The roots of all batches kept.
pub(super) fn roots(conn: &Connection) -> Result<Vec<[u8; 32]>> {
    if !has_table(conn)? {
        return Ok(Vec::new());
    }
    let mut statement = conn.prepare("SELECT DISTINCT root FROM main.unit_hashes ORDER BY root")?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The key of the batch that holds this hash.
pub(super) fn batch_of(conn: &Connection, hash: &KeyedHash) -> Result<Option<String>> {
    if !has_table(conn)? {
        return Ok(None);
    }
    let mut statement =
        conn.prepare_cached("SELECT root, hashes FROM main.unit_hashes WHERE prefix = ?1")?;
    let mut rows = statement.query([prefix(hash)])?;
    let mut found = None;
    while let Some(row) = rows.next()? {
        let piece = row.get_ref(1)?.as_blob().map_err(|error| damaged(&error))?;
        if contains(piece, hash) {
            found = Some(batch_key(&row.get(0)?));
        }
    }
    Ok(found)
}

/// The whole batch of that root, its root reckoned anew; `None` where nothing of it is kept.
pub(super) fn batch(conn: &Connection, root: &[u8; 32]) -> Result<Option<Batch>> {
    if !has_table(conn)? {
        return Ok(None);
    }
    let mut statement =
        conn.prepare_cached("SELECT hashes FROM main.unit_hashes WHERE prefix = ?1 AND root = ?2")?;
    let mut blob = Vec::new();
    for prefix in 0..PREFIXES {
        let mut rows = statement.query(params![prefix, root])?;
        if let Some(row) = rows.next()? {
            blob.extend_from_slice(row.get_ref(0)?.as_blob().map_err(|error| damaged(&error))?);
        }
    }
    if blob.is_empty() {
        return Ok(None);
    }
    match Batch::from_blob(blob) {
        Some(batch) => Ok(Some(batch)),
        None => Err(StoreError::Damaged(format!(
            "the hashes kept for the batch of unit codes {} are not a batch",
            batch_key(root)
        ))),
    }
}

fn damaged(error: &dyn std::fmt::Display) -> StoreError {
    StoreError::Damaged(format!("the table of unit codes: {error}"))
}

/// What is wrong with the batch an entry names, if it names one.
pub(super) fn check(conn: &Connection, entry: &register::Entry) -> Result<Option<String>> {
    use register::code::is_batch_key;
    if entry.kind != register::Kind::Code || !is_batch_key(&entry.key) {
        return Ok(None);
    }
    let root = entry.body.get("batch_root").and_then(|root| root.as_str());
    let Some(root) = root.and_then(super::chain::unhex) else {
        return Ok(Some(format!("log: entry {} names no root of its batch", entry.seq)));
    };
    Ok(match batch(conn, &root) {
        Ok(Some(batch)) if *batch.root() == root => None,
        Ok(Some(_)) | Err(StoreError::Damaged(_)) => {
            Some(format!("units: the hashes of batch {} do not give its root", entry.key))
        }
        Ok(None) => Some(format!("units: the hashes of batch {} are missing", entry.key)),
        Err(error) => return Err(error),
    })
}

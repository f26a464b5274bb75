//! Whether the file still holds what was written to it.
//!
//! Disks lose bits without saying so. Every entry is bound by the rolling hash beside it and by the Merkle
//! tree that the view keeps, so that hashing again tells each changed bit of the log and of the tree.

use register::merkle;
use register::tlog::{Builder, Grown, TileRow};
use rusqlite::{ErrorCode, params};

use super::view::{column, index};
use super::{Reader, Result, StoreError, chain, tiles};

/// What a look at the whole file came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Soundness {
    /// Entries hashed.
    pub entries: u64,
    /// What is not as it was written; none: everything is.
    pub damage: Option<String>,
}

/// Entries hashed between two looks at whether to go on; none of them keeps a writer's journal from being
/// folded into the file.
const AT_A_TIME: i64 = 4_096;

impl Reader {
    /// Whether an entry's text is the one its rolling hash was made of.
    ///
    /// # Errors
    /// The database's.
    pub fn is_sound(&self, seq: u64) -> Result<bool> {
        let mut statement =
            self.conn.prepare_cached("SELECT chain, entry FROM main.entries WHERE seq = ?1")?;
        let before = match seq.checked_sub(1) {
            None => chain::START,
            Some(before) => {
                let mut rows = statement.query([column(before)])?;
                match rows.next()? {
                    Some(row) => row.get(0)?,
                    None => return Ok(false),
                }
            }
        };
        let mut rows = statement.query([column(seq)])?;
        let Some(row) = rows.next()? else { return Ok(false) };
        let stored: chain::Chain = row.get(0)?;
        Ok(chain::next(&before, row.get_ref(1)?.as_bytes().unwrap_or_default()) == stored)
    }

    /// Hashes the whole log again and compares it with its rolling hashes and with the tiles of the tree, then
    /// has SQLite look at the pages of the file. `go_on` gets the entries done and may end it.
    ///
    /// # Errors
    /// The file could not be read: nothing is known of what it holds.
    pub fn soundness(&self, go_on: &mut dyn FnMut(u64) -> bool) -> Result<Soundness> {
        let mut entries = 0;
        match self.look(&mut entries, go_on) {
            Ok(damage) => Ok(Soundness { entries, damage }),
            Err(error) if is_damage(&error) => {
                let damage =
                    Some(format!("the log behind entry {entries} cannot be read: {error}"));
                Ok(Soundness { entries, damage })
            }
            Err(error) => Err(error),
        }
    }

    fn look(&self, done: &mut u64, go_on: &mut dyn FnMut(u64) -> bool) -> Result<Option<String>> {
        let mut statement = self.conn.prepare(
            "SELECT seq, chain, entry FROM main.entries WHERE seq >= ?1 ORDER BY seq LIMIT ?2",
        )?;
        let mut tree = Builder::new();
        let mut before = chain::START;
        let mut wrong = None;
        loop {
            let from = *done;
            let mut rows = statement.query(params![column(from), AT_A_TIME])?;
            while let Some(row) = rows.next()? {
                let seq = index(row.get(0)?);
                if seq != *done {
                    return Ok(Some(format!("entry {done} of the log is missing")));
                }
                let leaf = merkle::leaf_hash(row.get_ref(2)?.as_bytes().unwrap_or_default());
                before = chain::after(&before, &leaf);
                if row.get::<_, chain::Chain>(1)? != before {
                    return Ok(Some(format!("entry {seq} of the log is not what was written")));
                }
                let mut full = Vec::new();
                tree.push(leaf, &mut |tile| full.push(tile));
                for tile in full {
                    wrong = wrong.or(self.differs(&tile)?);
                }
                *done += 1;
            }
            drop(rows);
            if wrong.is_some() {
                return Ok(wrong);
            }
            if *done == from {
                break;
            }
            if !go_on(*done) {
                return Ok(None);
            }
        }
        for tile in tree.partial() {
            if let Some(wrong) = self.differs(&tile)? {
                return Ok(Some(wrong));
            }
        }
        let verdict: String =
            self.conn.query_row("PRAGMA main.quick_check(1)", [], |row| row.get(0))?;
        Ok((verdict != "ok").then(|| format!("the file is not in order: {verdict}")))
    }

    /// How a tile differs from the one that was kept; a kept one may have grown since, its beginning not.
    fn differs(&self, tile: &Grown) -> Result<Option<String>> {
        let TileRow::Level(level) = tile.path.row else { return Ok(None) };
        let kept = tiles::row(&self.conn, "main", level, tile.path.index)?.unwrap_or_default();
        Ok((!kept.starts_with(&tile.bytes))
            .then(|| format!("{} of the log’s tree is not what was written", tile.path)))
    }
}

/// Whether an error says that the file holds something else than was written, and not that it could not be
/// read just now.
fn is_damage(error: &StoreError) -> bool {
    match error {
        StoreError::Sqlite(rusqlite::Error::SqliteFailure(failure, _)) => {
            matches!(failure.code, ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
        }
        // A column of another type or length than the one written.
        StoreError::Sqlite(
            rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::Utf8Error(..),
        ) => true,
        StoreError::Damaged(_) => true,
        _ => false,
    }
}

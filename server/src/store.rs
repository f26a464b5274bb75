//! Storage: the log's home, this node's view of it, and nothing else. Only this module knows SQL.
//!
//! The log is append-only and is the register; the view (current and past versions, references
//! between records) is a pure function of it and can be thrown away and rebuilt.

use std::path::Path;

use chrono::{DateTime, NaiveDate, Utc};
use register::{Draft, Entry, Kind};

/// What can go wrong with storage. Knows nothing of HTTP.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The database refused.
    #[error("{0}")]
    Sqlite(#[from] rusqlite::Error),
    /// A file could not be read or written.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// The register is not what it should be; the text says what was found and what to do.
    #[error("{0}")]
    Damaged(String),
    /// The caller's own error, carried through a callback.
    #[error("{0}")]
    Caller(String),
}

/// Result of a storage call.
pub type Result<T> = std::result::Result<T, StoreError>;

/// The only storage trait: a log has a home (SQLite here, PostgreSQL later).
pub trait Log: Send + Sync {
    /// Appends all drafts, or none, in one durable transaction. `recorded_at` is never before the
    /// last entry's.
    fn append(&self, drafts: &mut dyn Iterator<Item = Draft>) -> Result<Appended>;
    /// Entries from index `from_seq` on, at most `limit`.
    fn read(&self, from_seq: u64, limit: usize) -> Result<Vec<Entry>>;
    /// Blocks until the log is longer than `known` or the time is over; returns its size.
    fn wait(&self, known: u64, timeout: std::time::Duration) -> Result<u64>;
}

/// What an append did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appended {
    /// Index of the first new entry (the old log size).
    pub first_seq: u64,
    /// Entries added.
    pub count: u64,
    /// Log size afterwards.
    pub log_size: u64,
    /// The time given to all of them.
    pub recorded_at: DateTime<Utc>,
}

/// The view's position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Random id of the register, from entry 0; 32 hex digits.
    pub register_id: String,
    /// Entries in the log.
    pub log_size: u64,
    /// When the last entry was recorded.
    pub recorded_at: Option<DateTime<Utc>>,
    /// Whether any `source` record is marked `sample`.
    pub has_sample: bool,
    /// Whether every source but the built-in one is marked `sample` (the whole register is made up).
    pub all_sample: bool,
}

/// A point in both times: as of a day, as known at a log size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct At {
    /// The day, in China standard time.
    pub as_of: NaiveDate,
    /// Log size: only entries with `seq < known` are seen.
    pub known: u64,
}

/// An open register: SQLite home of the log and this node's view, in one file.
#[derive(Debug)]
pub struct Register {}

impl Register {
    /// Creates a register with its entry 0 (id) and built-in nothing else; refuses to overwrite.
    /// `id` is random for a real register and derived from the seed for a sample.
    pub fn create(path: &Path, id: &str) -> Result<Register> {
        let _ = (path, id);
        todo!()
    }

    /// Opens an existing register for reading and writing; says so when the file is not one.
    pub fn open(path: &Path) -> Result<Register> {
        let _ = path;
        todo!()
    }

    /// A reader with a connection of its own; cheap enough to keep one per worker thread.
    pub fn reader(&self) -> Result<Reader> {
        todo!()
    }
}

impl Log for Register {
    fn append(&self, _drafts: &mut dyn Iterator<Item = Draft>) -> Result<Appended> {
        todo!()
    }
    fn read(&self, _from_seq: u64, _limit: usize) -> Result<Vec<Entry>> {
        todo!()
    }
    fn wait(&self, _known: u64, _timeout: std::time::Duration) -> Result<u64> {
        todo!()
    }
}

/// Reads the view.
#[derive(Debug)]
pub struct Reader {}

impl Reader {
    /// Where the view stands. A few microseconds: asked on every request.
    pub fn head(&self) -> Result<Head> {
        todo!()
    }
    /// The record of (kind, key) at that point, by the record rule.
    pub fn record(&self, _kind: Kind, _key: &str, _at: At) -> Result<Option<Entry>> {
        todo!()
    }
    /// Every version of (kind, key) in log order, whatever the day.
    pub fn history(&self, _kind: Kind, _key: &str) -> Result<Vec<Entry>> {
        todo!()
    }
    /// Calls `each` with every record of a kind at that point, in key order.
    pub fn records(
        &self,
        _kind: Kind,
        _at: At,
        _each: &mut dyn FnMut(Entry) -> Result<()>,
    ) -> Result<()> {
        todo!()
    }
    /// How many records of a kind exist at that point.
    pub fn count(&self, _kind: Kind, _at: At) -> Result<u64> {
        todo!()
    }
    /// The records of kind `from` that refer to (`to`, `key`) in any field, at that point, in key order.
    pub fn referring(&self, _from: Kind, _to: Kind, _key: &str, _at: At) -> Result<Vec<Entry>> {
        todo!()
    }
    /// The key of a kind whose path form (percent-decoded, `/` written `_`, space written `-`) is `path`.
    pub fn key_of_path(&self, _kind: Kind, _path: &str) -> Result<Option<String>> {
        todo!()
    }
    /// Newest entries first, at most `limit`, of these kinds, before log index `before`.
    pub fn latest(&self, _kinds: &[Kind], _before: u64, _limit: usize) -> Result<Vec<Entry>> {
        todo!()
    }
    /// Entries from index `from_seq` on, at most `limit` (catch-up of indexes).
    pub fn entries(&self, _from_seq: u64, _limit: usize) -> Result<Vec<Entry>> {
        todo!()
    }
}

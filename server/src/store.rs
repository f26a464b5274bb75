//! Storage: the log's home, this node's view of it, and nothing else. Only this module knows SQL.
//!
//! The log is append-only and is the register; the view (current and past versions, references
//! between records) is a pure function of it and can be thrown away and rebuilt.

use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, Utc};
use register::{Draft, Entry, Kind};

mod audit;
mod cases;
pub mod chain;
mod changes;
mod checkpoint;
mod clock;
mod creation;
mod database;
mod disk;
mod dump;
mod log;
mod moving;
mod office;
mod paths;
mod place;
mod postgres;
mod reader;
mod redact;
mod references;
mod removable;
mod scans;
mod schema;
mod snapshot;
mod sound;
mod tiles;
mod units;
mod view;

pub use audit::{Audit, Step, audit};
pub use cases::{CaseFile, CaseRow, CaseState, CaseWords, NewCase, Taken as CaseTaken};
pub use changes::Version;
pub use checkpoint::Checkpoint;
pub use clock::{Clock, FixedClock, STEP_BACK_MAX, SystemClock, china_day};
pub use creation::{Creation, random_id};
pub use database::Database;
pub use disk::{DiskTrouble, told_of_file};
pub use log::Register;
pub use moving::{End, Moved, move_log};
pub use office::{Account, DraftPlace, DraftRow, OfficeFile, Passkey, Session, Stage, Trace};
pub use paths::path_of_key;
pub use place::Place;
pub use postgres::{Address, Following, follow};
pub use reader::Reader;
pub use redact::{Take, Taken, unfinished};
pub use references::references_of;
pub use scans::{NOTES_A_DAY_MAX, NOTES_KEPT_DAYS, ScanBook, ScanNotes};
pub(crate) use schema::{beside, sync_folder};
pub use snapshot::{
    Proof, SCHEMA_VERSION, VIEW_VERSION, continues, copy, copy_desk, prove, settle,
};
pub use sound::Soundness;
pub use view::BUILTIN_SOURCE;

/// What can go wrong with storage. Knows nothing of HTTP.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The database refused.
    #[error("{}", disk::told(disk::of_database(.0), .0))]
    Sqlite(#[from] rusqlite::Error),
    /// A file could not be read or written.
    #[error("{}", disk::told(disk::of_system(.0), .0))]
    Io(#[from] std::io::Error),
    /// There is no file of that name.
    #[error(
        "there is no register at {0}; make one with `liangbiao sample --register {0}` (made-up \
         data) or `liangbiao import --map MAP.toml FILE --register {0}`"
    )]
    Missing(PathBuf),
    /// A register cannot be made where a file is.
    #[error("{0} exists; a register is never overwritten. Move it away or choose another name")]
    Exists(PathBuf),
    /// The file is something else.
    #[error("{0} is not a register of Liangbiao")]
    NotARegister(PathBuf),
    /// The register was written by a later version of the program.
    #[error(
        "{path} was written by a later version (its schema is {found}, this program knows {known}); \
         use that version to open it"
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema version.
        found: i32,
        /// The latest this program knows.
        known: i32,
    },
    /// Another writer holds the register.
    #[error(
        "another program is writing to {0} and has not finished in time. Nothing was written; try \
         again when it has"
    )]
    Busy(PathBuf),
    /// The file, or its folder, may not be written.
    #[error(
        "{0} cannot be written (read-only file, folder or disk). Nothing was published; let the account \
         that runs this program write the file and its folder, and run it again"
    )]
    ReadOnly(PathBuf),
    /// The disk is full.
    #[error("no space left for {0}. Nothing was published; free some space and run it again")]
    Full(PathBuf),
    /// The disk does not read or write what it is told to. Unlike with a full disk it cannot be known what
    /// reached it, so nothing is said of that.
    #[error(
        "the disk under {path} failed ({what}). Nothing was acknowledged: see what the system says of that \
         disk, then `liangbiao check --register {path}`, and run it again; what is in already is not written twice"
    )]
    Disk {
        /// The file.
        path: PathBuf,
        /// What the database says.
        what: String,
    },
    /// Values were taken out of the register, but a reader kept old pages in use.
    #[error(
        "the values are out of {0}, but a program that reads it kept old pages in use, and they may \
         still hold them. Run `liangbiao redact --due --register {0}` again, or stop that program first"
    )]
    PagesLeft(PathBuf),
    /// The log is not the one the checkpoint was made from.
    #[error(
        "{path} is not the log that was published: {what}. It may be an old backup. Restore the \
         newest copy; only if the lost entries are lost for good, move {path}.checkpoint away"
    )]
    Rewound {
        /// The file.
        path: PathBuf,
        /// What differs.
        what: String,
    },
    /// The log's home cannot be reached, or does not answer. It may pass.
    #[error(
        "the log at {home} cannot be reached: {what}. Nothing was written; see that the server runs, and that host and port are right"
    )]
    Away {
        /// Its address, without the password.
        home: String,
        /// What was met.
        what: String,
    },
    /// The log's home says no.
    #[error("the log at {home}: {what}. {how}")]
    HomeRefused {
        /// Its address, without the password.
        home: String,
        /// What it said.
        what: String,
        /// What can be done.
        how: String,
    },
    /// The answer to a commit was lost, and so was the home.
    #[error(
        "the connection to {home} broke while entries were being written; whether they are in is not \
         known yet. Try again when it is back: what is in already is not written twice"
    )]
    Unknown {
        /// Its address, without the password.
        home: String,
    },
    /// The log's home has no log yet.
    #[error(
        "there is no log at {0} yet; make one with `liangbiao import`, `liangbiao sample` (made-up \
         data) or `liangbiao log move --from FILE --to {0}`"
    )]
    NoLog(String),
    /// A log cannot be made where one is.
    #[error("there is a log at {0}; one database holds one register. Name another database")]
    LogExists(String),
    /// The file holds a log that is at home elsewhere.
    #[error(
        "{0} is this machine's view of a log that is at home elsewhere, and may be behind it; \
         name that home with --log postgres://…"
    )]
    Copy(PathBuf),
    /// The file is a register of its own.
    #[error(
        "{0} is a register of its own, not a view of a log elsewhere. Name another file with --register, \
         or carry it over with `liangbiao log move --from {0} --to postgres://…`"
    )]
    NotACopy(PathBuf),
    /// The log at home is not the one this node has seen.
    #[error(
        "the log at {home} is not the one this node has seen: {what}. The database may be an old backup \
         or another register. Nothing was written and nothing is taken from it. Restore the newest copy; \
         only if the lost entries are lost for good, move {path} and {path}.checkpoint away"
    )]
    Forked {
        /// Its address, without the password.
        home: String,
        /// This node's view.
        path: PathBuf,
        /// What differs.
        what: String,
    },
    /// The clock stands before the last entry.
    #[error(
        "the clock says {now}, but the last entry was recorded at {last}; set the clock right. \
         Nothing was written"
    )]
    ClockBack {
        /// The clock's time.
        now: DateTime<Utc>,
        /// The last entry's time.
        last: DateTime<Utc>,
    },
    /// The log grew since the caller looked.
    #[error(
        "the log grew from {expected} to {found} entries meanwhile; nothing was written, try again"
    )]
    Moved {
        /// Log size the caller had seen.
        expected: u64,
        /// Log size found.
        found: u64,
    },
    /// An entry is larger than 64 KiB (E23).
    #[error("the entry for {} {key} has {bytes} bytes; an entry has at most {}", .kind.name(), register::canonical::ENTRY_BYTES_MAX)]
    TooLarge {
        /// Its kind.
        kind: Kind,
        /// Its key.
        key: String,
        /// Its size as canonical JSON.
        bytes: usize,
    },
    /// The register is not what it should be; the text says what was found and what to do.
    #[error("{0}")]
    Damaged(String),
    /// The caller's own error, carried through a callback.
    #[error("{0}")]
    Caller(String),
}

impl StoreError {
    /// A database error met while writing `path`, told in the operator's terms.
    fn writing(error: rusqlite::Error, path: &Path) -> StoreError {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                StoreError::Busy(path.to_owned())
            }
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
                StoreError::ReadOnly(path.to_owned())
            }
            Some(ErrorCode::DiskFull) => StoreError::Full(path.to_owned()),
            Some(ErrorCode::SystemIoFailure) => {
                StoreError::Disk { path: path.to_owned(), what: error.to_string() }
            }
            _ => StoreError::Sqlite(error),
        }
    }

    /// What a disk, and no program or person, is to blame for; none: something else went wrong.
    #[must_use]
    pub fn disk(&self) -> Option<DiskTrouble> {
        match self {
            StoreError::Sqlite(error) => disk::of_database(error),
            StoreError::Io(error) => disk::of_system(error),
            StoreError::Full(_) => Some(DiskTrouble::Full),
            StoreError::ReadOnly(_) => Some(DiskTrouble::ReadOnly),
            StoreError::Disk { .. } => Some(DiskTrouble::Failing),
            _ => None,
        }
    }

    /// The same for an error of any sort.
    fn in_file(self, path: &Path) -> StoreError {
        match self {
            StoreError::Sqlite(error) => StoreError::writing(error, path),
            other => other,
        }
    }
}

/// Result of a storage call.
pub type Result<T> = std::result::Result<T, StoreError>;

/// The only storage trait: a log has a home, in the register's own file or in PostgreSQL.
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
    /// Log size after the last redaction; 0 where there was none. What was made of the register before
    /// may hold values that are out of it.
    pub redacted: u64,
}

/// A point in both times: as of a day, as known at a log size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct At {
    /// The day, in China standard time.
    pub as_of: NaiveDate,
    /// Log size: only entries with `seq < known` are seen.
    pub known: u64,
}

//! The publishing desk's own file beside the register, `FILE.desk`: accounts, sessions, failed sign-ins,
//! drafts and the audit trail. Nothing of it is in the public log, and nothing public is derived from it.
//!
//! Instants are whole seconds of Unix time, UTC.

mod accounts;
mod drafts;
mod passkeys;
mod trail;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, Transaction, TransactionBehavior};

pub use accounts::{Account, Session, Stage};
pub use drafts::{DraftRow, Place as DraftPlace};
pub use passkeys::Passkey;
pub use trail::Trace;

use super::{Result, StoreError, beside, schema};

/// `LBdk` in SQLite's header.
const APPLICATION_ID: i32 = 0x4c42_646b;
/// 2: passkeys.
const SCHEMA_VERSION: i32 = 2;

/// The triggers keep the audit trail append-only, as the log's keep the log.
const TABLES: &str = "
CREATE TABLE accounts (
    name TEXT PRIMARY KEY, roles TEXT NOT NULL, password TEXT, totp BLOB, totp_step INTEGER NOT NULL,
    invite TEXT, invite_until INTEGER NOT NULL, disabled INTEGER NOT NULL, made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE recovery_codes (
    account TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (account, hash)
) STRICT, WITHOUT ROWID;
CREATE TABLE sessions (
    hash TEXT PRIMARY KEY, account TEXT NOT NULL, stage TEXT NOT NULL, secret BLOB,
    made_at INTEGER NOT NULL, seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE failures (
    subject TEXT PRIMARY KEY, times INTEGER NOT NULL, last_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE drafts (
    id TEXT PRIMARY KEY, number INTEGER NOT NULL UNIQUE, kind TEXT NOT NULL, title TEXT NOT NULL,
    maker TEXT NOT NULL, made_at INTEGER NOT NULL, changed_at INTEGER NOT NULL, state TEXT NOT NULL,
    content TEXT NOT NULL, decider TEXT NOT NULL, note TEXT NOT NULL, plan TEXT NOT NULL,
    log_from INTEGER, log_to INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE trail (
    seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL,
    about TEXT NOT NULL, whence TEXT NOT NULL, outcome TEXT NOT NULL
) STRICT;
CREATE TRIGGER trail_contiguous BEFORE INSERT ON trail
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), -1) + 1 FROM trail)
BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;
CREATE TRIGGER trail_no_update BEFORE UPDATE ON trail
BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;
CREATE TRIGGER trail_no_delete BEFORE DELETE ON trail
BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;
";

/// What came with version 2.
const PASSKEYS: &str = "
CREATE TABLE IF NOT EXISTS passkeys (
    id BLOB PRIMARY KEY, account TEXT NOT NULL, label TEXT NOT NULL, key TEXT NOT NULL,
    made_at INTEGER NOT NULL, used_at INTEGER
) STRICT, WITHOUT ROWID;
";

/// The open file of a desk.
#[derive(Debug)]
pub struct OfficeFile {
    path: PathBuf,
    conn: Mutex<Connection>,
}

impl OfficeFile {
    /// Where the desk of a register is.
    #[must_use]
    pub fn of(register: &Path) -> PathBuf {
        beside(register, ".desk")
    }

    /// Opens the desk's file; made, readable by its owner alone, if there is none.
    ///
    /// # Errors
    /// It cannot be read or made, is something else, or of a later version.
    pub fn open(path: &Path) -> Result<OfficeFile> {
        if !path.exists() {
            make(path)?;
        }
        let conn = Connection::open(path)?;
        conn.busy_timeout(schema::BUSY_WAIT)?;
        conn.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF;",
        )?;
        let found: i32 = conn.pragma_query_value(None, "application_id", |row| row.get(0))?;
        if found == 0 {
            let made = conn.unchecked_transaction()?;
            made.execute_batch(TABLES)?;
            made.execute_batch(PASSKEYS)?;
            made.pragma_update(None, "application_id", APPLICATION_ID)?;
            made.pragma_update(None, "user_version", SCHEMA_VERSION)?;
            made.commit()?;
        } else if found != APPLICATION_ID {
            return Err(StoreError::Damaged(format!("{} is not a desk's file", path.display())));
        }
        let found: i32 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if found > SCHEMA_VERSION {
            let path = path.to_owned();
            return Err(StoreError::Newer { path, found, known: SCHEMA_VERSION });
        }
        if found < SCHEMA_VERSION {
            // A command may be raising it at the same moment: the lock first, then the look.
            let raised = Transaction::new_unchecked(&conn, TransactionBehavior::Immediate)?;
            raised.execute_batch(PASSKEYS)?;
            raised.pragma_update(None, "user_version", SCHEMA_VERSION)?;
            raised.commit()?;
        }
        Ok(OfficeFile { path: path.to_owned(), conn: Mutex::new(conn) })
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn conn(&self) -> MutexGuard<'_, Connection> {
        // A panic in between rolled its transaction back; the connection is sound.
        self.conn.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Makes the empty file with its rights before anything is written into it.
pub(super) fn make(path: &Path) -> Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error.into()),
        _ => Ok(()),
    }
}

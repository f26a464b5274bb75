//! Carrying a log from one home to another: the same entries, byte for byte, so that every checkpoint and
//! proof stays what it was. The old home is closed for writers, or there would be two histories.

use std::path::Path;
use std::sync::Arc;

use chrono::Utc;
use rusqlite::TransactionBehavior;

use super::postgres::Home;
use super::view::{self, View};
use super::{
    Address, Audit, Creation, Reader, Register, Result, StoreError, SystemClock, audit, chain, log,
    schema,
};

/// A log that was carried over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The register's id, as it was.
    pub register_id: String,
    /// Entries.
    pub size: u64,
    /// RFC 6962 root over them, hex, as it was.
    pub root: String,
}

/// Carries a log between a file and PostgreSQL; one of the two ends is a file. What was begun and cut
/// short can be begun again: the target is whole or empty.
///
/// From a file: the file becomes this machine's view of the log. To a file: it becomes the log's home,
/// and the database refuses writers from then on.
///
/// # Errors
/// The target holds something, the source is damaged or is no home of a log, or one of them cannot be
/// read or written. Nothing was moved then.
pub fn move_log(from: &End, to: &End) -> Result<Moved> {
    match (from, to) {
        (End::File(path), End::Postgres(address)) => {
            out_of_file(path, Home::new((**address).clone()))
        }
        (End::Postgres(address), End::File(path)) => {
            into_file(Home::new((**address).clone()), path)
        }
        _ => Err(StoreError::Caller(
            "one of --from and --to is a file, the other postgres://…; a file is moved with mv, a \
             database with the tools of PostgreSQL"
                .to_owned(),
        )),
    }
}

/// One end of a move.
#[derive(Clone, Debug)]
pub enum End {
    /// A register's file.
    File(std::path::PathBuf),
    /// A database.
    Postgres(Box<Address>),
}

fn out_of_file(path: &Path, home: Home) -> Result<Moved> {
    // Bytes that were damaged here would be damaged there, for good.
    let Audit { errors, .. } = audit(path, &mut |_, _, _| ())?;
    if let Some(error) = errors.first() {
        return Err(StoreError::Damaged(format!("{}: {error}; nothing was moved", path.display())));
    }
    let mut conn = schema::open(path)?;
    if schema::is_copy(&conn)? {
        return Err(StoreError::Copy(path.to_owned()));
    }
    log::verify_checkpoint(&conn, path)?;
    // Nobody appends here from now on.
    let transaction = conn
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(|error| StoreError::writing(error, path))?;
    match home.fill(&transaction) {
        // A move that was cut short between its two ends: the log is there, to the last entry.
        Err(StoreError::LogExists(shown)) => {
            let (size, chain) = view::tip(&transaction)?;
            if !home.holds(size, &chain)? {
                return Err(StoreError::LogExists(shown));
            }
        }
        filled => filled?,
    }
    transaction.pragma_update(None, "user_version", schema::COPY_VERSION)?;
    let register_id = View::start(&transaction, "main")?.register_id;
    transaction.commit().map_err(|error| StoreError::writing(error, path))?;
    moved(path, register_id)
}

fn into_file(home: Home, path: &Path) -> Result<Moved> {
    // First a view like any node's: a move that is cut short leaves no more than that, and can be begun
    // again. The file becomes the log's home last, when the database takes no more entries.
    home.check_made()?;
    if !path.exists() {
        Creation::copy(&home, path, Utc::now())?;
    } else if !schema::is_copy(&schema::open(path)?)? {
        return Err(StoreError::Exists(path.to_owned()));
    }
    let register = Register::open_copy(path, Arc::new(SystemClock), home, true)?;
    if let Some(home) = &register.home {
        home.with(|session| {
            home.begin_moving(session)?;
            register.pull(home, session)?;
            home.close(session)
        })?;
    }
    let conn = register.writer();
    conn.pragma_update(None, "user_version", schema::SCHEMA_VERSION)
        .map_err(|error| StoreError::writing(error, path))?;
    let register_id = View::start(&conn, "main")?.register_id;
    drop(conn);
    moved(path, register_id)
}

fn moved(path: &Path, register_id: String) -> Result<Moved> {
    let reader = Reader::open(path)?;
    let size = reader.log_size()?;
    Ok(Moved { register_id, size, root: chain::hex(&reader.root(size)?) })
}

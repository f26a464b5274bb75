//! The SQL schema, what marks a file as a register, and how connections are set up.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::{Result, StoreError};

/// `LBbz` in SQLite's header: `file` and other programs can tell a register from any database.
pub(super) const APPLICATION_ID: i32 = 0x4c42_627a;

/// Version of the log's tables (`user_version`) in a file that is the log's home.
pub(super) const SCHEMA_VERSION: i32 = 1;

/// The same tables in a file that is a copy of a log at home elsewhere: nothing may be appended to it but
/// what that log holds. A number of its own, so that a program that knows nothing of this refuses it.
pub(super) const COPY_VERSION: i32 = 2;

/// Version of the view. A view with another one is thrown away and built again from the log:
/// raise it whenever the tables below, or the references the kinds declare, change.
pub(super) const VIEW_VERSION: i64 = 4;

/// 3.51.3 fixes a rare corruption of WAL databases with concurrent writers and checkpoints.
const SQLITE_VERSION_MIN: i32 = 3_051_003;

/// How long a second writer waits for the first.
pub(super) const BUSY_WAIT: Duration = Duration::from_secs(10);

/// The log: append-only, contiguous from 0. `chain` covers the entry and all before it
/// (see `chain.rs`), `entry` is the canonical JSON, with commitments in place of the values that may
/// have to be removed one day; those stand in `removable_values` (see `removable.rs`).
///
/// The insert trigger also stops `INSERT OR REPLACE`, which fires no delete trigger.
pub(super) const LOG_TABLES: &str = "
CREATE TABLE entries (
    seq   INTEGER PRIMARY KEY,
    chain BLOB NOT NULL,
    entry TEXT NOT NULL
) STRICT;
CREATE TABLE removable_values (
    seq   INTEGER NOT NULL,
    field TEXT NOT NULL,
    salt  BLOB NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (seq, field)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER entries_contiguous BEFORE INSERT ON entries
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), -1) + 1 FROM entries)
BEGIN SELECT RAISE(ABORT, 'the log is append-only and contiguous'); END;
CREATE TRIGGER entries_no_update BEFORE UPDATE ON entries
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER entries_no_delete BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
";

/// The view's tables, in the order they are dumped, with the columns that order their rows.
pub(super) const VIEW_TABLES: &[(&str, &str)] = &[
    ("view_head", "one"),
    ("view_keys", "kind, key"),
    ("view_versions", "id, valid_from, seq"),
    ("view_kinds", "kind, seq"),
    ("view_changes", "seq"),
    ("view_references", "to_id, from_kind, from_id"),
    ("view_paths", "kind, path, key"),
    ("view_days", "kind, day"),
    ("view_tiles", "level, tile"),
];

/// The view, in the database `schema`. Bodies stay in the log: a version points at its entry by
/// `seq`. Keys are numbered in the order the log first mentions them, so the numbers are a pure
/// function of the log and the wide tables hold small integers.
pub(super) fn view_tables(schema: &str) -> String {
    format!(
        "
CREATE TABLE {schema}.view_head (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    version INTEGER NOT NULL, log_size INTEGER NOT NULL, next_id INTEGER NOT NULL,
    register_id TEXT NOT NULL, recorded_at INTEGER,
    has_sample INTEGER NOT NULL, all_sample INTEGER NOT NULL, redacted INTEGER NOT NULL
) STRICT;
INSERT INTO {schema}.view_head VALUES (1, {VIEW_VERSION}, 0, 1, '', NULL, 0, 0, 0);
CREATE TABLE {schema}.view_keys (
    kind INTEGER NOT NULL, key TEXT NOT NULL, id INTEGER NOT NULL,
    PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE {schema}.view_versions (
    id INTEGER NOT NULL, valid_from INTEGER NOT NULL, seq INTEGER NOT NULL,
    PRIMARY KEY (id, valid_from, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE {schema}.view_kinds (
    kind INTEGER NOT NULL, seq INTEGER NOT NULL,
    PRIMARY KEY (kind, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE {schema}.view_changes (
    seq INTEGER PRIMARY KEY, kind INTEGER NOT NULL, id INTEGER NOT NULL,
    valid_from INTEGER NOT NULL, recorded_on INTEGER NOT NULL, ended INTEGER NOT NULL,
    scheme_id INTEGER NOT NULL, about_id INTEGER NOT NULL
) STRICT;
CREATE TABLE {schema}.view_references (
    to_id INTEGER NOT NULL, from_kind INTEGER NOT NULL, from_id INTEGER NOT NULL,
    PRIMARY KEY (to_id, from_kind, from_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE {schema}.view_paths (
    kind INTEGER NOT NULL, path TEXT NOT NULL, key TEXT NOT NULL,
    PRIMARY KEY (kind, path, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE {schema}.view_days (
    kind INTEGER NOT NULL, day INTEGER NOT NULL, keys INTEGER NOT NULL,
    PRIMARY KEY (kind, day)
) STRICT, WITHOUT ROWID;
CREATE TABLE {schema}.view_tiles (
    level INTEGER NOT NULL, tile INTEGER NOT NULL, hashes BLOB NOT NULL,
    PRIMARY KEY (level, tile)
) STRICT;
"
    )
}

/// Statements that drop the view.
pub(super) fn drop_view(schema: &str) -> String {
    VIEW_TABLES.iter().map(|(table, _)| format!("DROP TABLE IF EXISTS {schema}.{table};")).collect()
}

/// Opens a register's file that must exist and be one; nothing is created.
pub(super) fn open(path: &Path) -> Result<Connection> {
    if !path.exists() {
        return Err(StoreError::Missing(path.to_owned()));
    }
    if rusqlite::version_number() < SQLITE_VERSION_MIN {
        return Err(StoreError::Damaged(format!(
            "this program was linked with SQLite {}, which can corrupt a register; 3.51.3 or later is needed",
            rusqlite::version()
        )));
    }
    let conn = match open_as(path, path, OpenFlags::SQLITE_OPEN_READ_WRITE) {
        // A journal needs a writable folder. Where nothing can be written, nothing changes either,
        // and SQLite may be told so, unless a journal holds what the file does not.
        Err(StoreError::Sqlite(error)) if is_unwritable(&error) && !has_journal(path) => {
            let uri = format!("file:{}?immutable=1", uri_path(path));
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
            open_as(Path::new(&uri), path, flags)?
        }
        other => other?,
    };
    conn.set_prepared_statement_cache_capacity(64);
    conn.execute_batch(
        "PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32768;
         PRAGMA journal_size_limit = 67108864; PRAGMA trusted_schema = OFF;",
    )?;
    Ok(conn)
}

/// Opens a file that nobody writes to, for reading: nothing is made beside it.
pub(super) fn open_still(path: &Path) -> Result<Connection> {
    if !path.exists() {
        return Err(StoreError::Missing(path.to_owned()));
    }
    let uri = format!("file:{}?immutable=1", uri_path(path));
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    open_as(Path::new(&uri), path, flags)
}

fn open_as(name: &Path, path: &Path, flags: OpenFlags) -> Result<Connection> {
    let conn = Connection::open_with_flags(name, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    conn.busy_timeout(BUSY_WAIT)?;
    identify(&conn, path)?;
    Ok(conn)
}

fn is_unwritable(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{CannotOpen, PermissionDenied, ReadOnly};
    matches!(error.sqlite_error_code(), Some(CannotOpen | PermissionDenied | ReadOnly))
}

fn has_journal(path: &Path) -> bool {
    std::fs::metadata(beside(path, "-wal")).is_ok_and(|wal| wal.len() > 0)
}

/// A path inside a `file:` URI: `%`, `?` and `#` would end or change it.
fn uri_path(path: &Path) -> String {
    path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}

/// Refuses files that are no registers and registers of a later version.
fn identify(conn: &Connection, path: &Path) -> Result<()> {
    let application_id: i32 = conn
        .pragma_query_value(None, "application_id", |row| row.get(0))
        .map_err(|error| match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::NotADatabase) => StoreError::NotARegister(path.to_owned()),
            _ => error.into(),
        })?;
    if application_id != APPLICATION_ID {
        return Err(StoreError::NotARegister(path.to_owned()));
    }
    let version: i32 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if version > COPY_VERSION {
        return Err(StoreError::Newer {
            path: path.to_owned(),
            found: version,
            known: COPY_VERSION,
        });
    }
    Ok(())
}

/// Whether the file is a copy of a log at home elsewhere.
pub(super) fn is_copy(conn: &Connection) -> Result<bool> {
    let version: i32 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(version == COPY_VERSION)
}

/// `FILE` with an ending added to its whole name: `register.db` → `register.db.checkpoint`.
pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Makes a directory entry durable after a rename (a no-op where directories cannot be synced).
pub(crate) fn sync_folder(path: &Path) -> std::io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if cfg!(unix) { std::fs::File::open(folder)?.sync_all() } else { Ok(()) }
}

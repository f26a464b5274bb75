//! The log's tables in PostgreSQL, in a schema of their own. One register a database.

use super::super::{Result, StoreError};
use super::session::{LOOK, STATEMENT, Session};

/// Version of the tables. A home with a greater one is refused.
pub(super) const VERSION: i32 = 1;

/// What writers notify on.
pub(super) const CHANNEL: &str = "liangbiao_log";

/// The lock that one writer at a time holds: `LBbz` and 1.
pub(super) const LOCK: i64 = 0x4c42_627a_0000_0001;

/// `entry` holds the canonical bytes as they are hashed, so that no setting of encodings touches them.
/// The triggers keep the log append-only and contiguous whoever writes to it.
const TABLES: &str = "
CREATE SCHEMA liangbiao;
CREATE TABLE liangbiao.about (
    one      boolean PRIMARY KEY DEFAULT true CHECK (one),
    version  integer NOT NULL,
    moved_at timestamptz
);
CREATE TABLE liangbiao.entries (
    seq   bigint PRIMARY KEY,
    chain bytea NOT NULL CHECK (octet_length(chain) = 32),
    entry bytea NOT NULL
);
CREATE TABLE liangbiao.removable_values (
    seq   bigint NOT NULL,
    field text   NOT NULL,
    salt  bytea  NOT NULL,
    value bytea  NOT NULL,
    PRIMARY KEY (seq, field)
);
CREATE TABLE liangbiao.unit_hashes (
    root   bytea PRIMARY KEY CHECK (octet_length(root) = 32),
    hashes bytea NOT NULL
);
CREATE FUNCTION liangbiao.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the log is append-only'; END $$;
CREATE FUNCTION liangbiao.contiguous() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE first bigint; last bigint; added bigint;
BEGIN
    SELECT min(seq), max(seq), count(*) INTO first, last, added FROM fresh;
    IF added > 0 AND (last - first + 1 <> added OR (SELECT max(seq) FROM liangbiao.entries) <> last
        OR (first > 0 AND NOT EXISTS (SELECT 1 FROM liangbiao.entries WHERE seq = first - 1))) THEN
        RAISE EXCEPTION 'the log is append-only and contiguous';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER entries_fixed BEFORE UPDATE OR DELETE OR TRUNCATE ON liangbiao.entries
    FOR EACH STATEMENT EXECUTE FUNCTION liangbiao.refuse();
CREATE TRIGGER entries_contiguous AFTER INSERT ON liangbiao.entries
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION liangbiao.contiguous();
CREATE TRIGGER unit_hashes_fixed BEFORE UPDATE OR DELETE OR TRUNCATE ON liangbiao.unit_hashes
    FOR EACH STATEMENT EXECUTE FUNCTION liangbiao.refuse();
";

/// How a home stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// There are no tables, or no entry in them.
    Empty {
        /// The tables have to be made.
        bare: bool,
    },
    /// A log that goes on.
    Open,
    /// A log that goes on elsewhere.
    Moved,
}

/// How a home stands.
///
/// # Errors
/// [`StoreError::HomeRefused`] where its tables are of a later version, or may not be read.
pub(super) fn standing(session: &Session) -> Result<Standing> {
    let there: bool = session
        .row(LOOK, "SELECT to_regclass('liangbiao.about') IS NOT NULL")?
        .try_get(0)
        .map_err(unreadable)?;
    if !there {
        return Ok(Standing::Empty { bare: true });
    }
    let row = session.row(
        LOOK,
        "SELECT version, moved_at IS NOT NULL, EXISTS (SELECT 1 FROM liangbiao.entries)
         FROM liangbiao.about",
    )?;
    let found: i32 = row.try_get(0).map_err(unreadable)?;
    if found > VERSION {
        return Err(StoreError::HomeRefused {
            home: session.address().to_string(),
            what: format!(
                "it was written by a later version (its schema is {found}, this program knows \
                 {VERSION})"
            ),
            how: "Use that version".to_owned(),
        });
    }
    let (moved, any): (bool, bool) =
        (row.try_get(1).map_err(unreadable)?, row.try_get(2).map_err(unreadable)?);
    Ok(match (moved, any) {
        (_, false) => Standing::Empty { bare: false },
        (true, true) => Standing::Moved,
        (false, true) => Standing::Open,
    })
}

/// Makes the tables; the caller holds a transaction.
pub(super) fn make(session: &Session) -> Result<()> {
    session.batch(STATEMENT, TABLES)?;
    session.execute("INSERT INTO liangbiao.about (version) VALUES ($1)", &[&VERSION])?;
    Ok(())
}

/// A column that is not what the tables say it is.
pub(super) fn unreadable(error: tokio_postgres::Error) -> StoreError {
    StoreError::Damaged(format!("the log in PostgreSQL: {error}"))
}

//! The view: a pure function of the log, applied entry by entry.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Datelike, Utc};
use register::{Entry, Kind, ReasonCode};
use rusqlite::{Connection, OptionalExtension, params};

use super::tiles::Tree;
use super::{Result, StoreError, chain, changes, paths, references, removable, schema};

/// What marks the reason text of entry 0; the register's id follows.
pub(super) const ID_PREFIX: &str = "register:";

/// Key of the source record that is entry 0 and that all built-in reference data rest on.
pub const BUILTIN_SOURCE: &str = "builtin";

/// Key numbers kept in memory while applying, so that memory stays bounded.
const IDS_MAX: usize = 200_000;

/// A kind's number in the view. Numbers are never reused for another kind.
pub(super) fn kind_number(kind: Kind) -> i64 {
    match kind {
        Kind::Enterprise => 1,
        Kind::Product => 2,
        Kind::Standard => 3,
        Kind::Scheme => 4,
        Kind::Listing => 5,
        Kind::Evaluation => 6,
        Kind::Comparison => 7,
        Kind::Code => 8,
        Kind::Inspection => 9,
        Kind::Penalty => 10,
        Kind::Restriction => 11,
        Kind::Recall => 12,
        Kind::Notice => 13,
        Kind::Service => 14,
        Kind::Policy => 15,
        Kind::Target => 16,
        Kind::Department => 17,
        Kind::Place => 18,
        Kind::Source => 19,
        Kind::Key => 20,
    }
}

/// A day as an integer column.
pub(super) fn day_number(day: chrono::NaiveDate) -> i64 {
    i64::from(day.num_days_from_ce())
}

/// Reads an entry out of the log's text.
pub(super) fn parse(seq: u64, text: &str) -> Result<Entry> {
    let entry: Entry = serde_json::from_str(text).map_err(|error| {
        StoreError::Damaged(format!(
            "entry {seq} cannot be read ({error}); the register was damaged or written by a later version"
        ))
    })?;
    if entry.seq != seq {
        return Err(StoreError::Damaged(format!("entry {seq} says it is entry {}", entry.seq)));
    }
    Ok(entry)
}

/// The entry of a row `seq, entry` of the log, with the values set aside put back.
pub(super) fn read(conn: &Connection, row: &rusqlite::Row<'_>) -> Result<Entry> {
    let text = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
    let mut entry = parse(index(row.get(0)?), text)?;
    removable::put_back(conn, text, &mut entry)?;
    Ok(entry)
}

/// A log index as SQLite's integer. Logs stay far below 2^63 entries.
pub(super) fn column(seq: u64) -> i64 {
    i64::try_from(seq).unwrap_or(i64::MAX)
}

/// SQLite's integer as a log index.
pub(super) fn index(column: i64) -> u64 {
    u64::try_from(column).unwrap_or(0)
}

/// Statements of the applying side, with the database's name filled in once.
struct Sql {
    key_id: String,
    key_add: String,
    first_day: String,
    version_add: String,
    kind_add: String,
    change_add: String,
    reference_add: String,
    path_add: String,
}

impl Sql {
    fn new(s: &str) -> Sql {
        Sql {
            key_id: format!("SELECT id FROM {s}.view_keys WHERE kind = ?1 AND key = ?2"),
            key_add: format!("INSERT INTO {s}.view_keys (kind, key, id) VALUES (?1, ?2, ?3)"),
            first_day: format!(
                "SELECT valid_from FROM {s}.view_versions WHERE id = ?1 ORDER BY valid_from LIMIT 1"
            ),
            version_add: format!(
                "INSERT INTO {s}.view_versions (id, valid_from, seq) VALUES (?1, ?2, ?3)"
            ),
            kind_add: format!("INSERT INTO {s}.view_kinds (kind, seq) VALUES (?1, ?2)"),
            change_add: format!(
                "INSERT INTO {s}.view_changes VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
            ),
            reference_add: format!(
                "INSERT OR IGNORE INTO {s}.view_references (to_id, from_kind, from_id)
                 VALUES (?1, ?2, ?3)"
            ),
            path_add: format!(
                "INSERT OR IGNORE INTO {s}.view_paths (kind, path, key) VALUES (?1, ?2, ?3)"
            ),
        }
    }
}

/// Applies entries to the view in one database of a connection; [`View::finish`] stores the
/// position. The caller holds the transaction.
pub(super) struct View<'c> {
    conn: &'c Connection,
    schema: &'c str,
    sql: Sql,
    /// Entries applied.
    pub(super) log_size: u64,
    next_id: i64,
    /// The register's id; empty before entry 0.
    pub(super) register_id: String,
    /// Time of the last entry applied.
    pub(super) recorded_at: Option<DateTime<Utc>>,
    ids: HashMap<(Kind, String), i64>,
    days: BTreeMap<(i64, i64), i64>,
    tree: Tree,
    sources_touched: bool,
    redacted: u64,
}

impl<'c> View<'c> {
    /// The view where it stands. Its tables exist.
    pub(super) fn start(conn: &'c Connection, schema: &'c str) -> Result<View<'c>> {
        type Stored = (i64, i64, String, Option<i64>, i64);
        let (log_size, next_id, register_id, recorded_at, redacted): Stored = conn.query_row(
            &format!(
                "SELECT log_size, next_id, register_id, recorded_at, redacted FROM {schema}.view_head"
            ),
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)),
        )?;
        Ok(View {
            conn,
            schema,
            sql: Sql::new(schema),
            log_size: index(log_size),
            next_id,
            register_id,
            recorded_at: recorded_at.and_then(|seconds| DateTime::from_timestamp(seconds, 0)),
            ids: HashMap::new(),
            days: BTreeMap::new(),
            tree: Tree::load(conn, schema, index(log_size))?,
            sources_touched: false,
            redacted: index(redacted),
        })
    }

    /// Drops the tables and makes empty ones.
    pub(super) fn reset(conn: &'c Connection, schema: &'c str) -> Result<View<'c>> {
        conn.execute_batch(&schema::drop_view(schema))?;
        conn.execute_batch(&schema::view_tables(schema))?;
        View::start(conn, schema)
    }

    /// Takes in the next entry, which the log holds as `text`.
    pub(super) fn apply(&mut self, entry: &Entry, text: &str) -> Result<()> {
        if entry.seq != self.log_size {
            return Err(StoreError::Damaged(format!(
                "entry {} where entry {} should be",
                entry.seq, self.log_size
            )));
        }
        if entry.seq == 0 {
            self.register_id = register_id_of(entry)?;
        }
        let kind = kind_number(entry.kind);
        let day = day_number(entry.valid_from);
        let (id, new) = self.key_id(entry.kind, &entry.key)?;
        let first_day: Option<i64> = if new {
            None
        } else {
            let mut statement = self.conn.prepare_cached(&self.sql.first_day)?;
            statement.query_row([id], |row| row.get(0)).optional()?
        };
        self.run(|sql| &sql.version_add, params![id, day, column(entry.seq)])?;
        self.run(|sql| &sql.kind_add, params![kind, column(entry.seq)])?;
        if first_day.is_none_or(|first| day < first) {
            *self.days.entry((kind, day)).or_default() += 1;
            if let Some(first) = first_day {
                *self.days.entry((kind, first)).or_default() -= 1;
            }
        }
        if first_day.is_none() {
            let path = paths::path_of_key(&entry.key);
            if path != entry.key {
                self.run(|sql| &sql.path_add, params![kind, path, entry.key])?;
            }
        }
        for (to, key) in references::references_of(entry.kind, &entry.body) {
            let (to_id, _) = self.key_id(to, &key)?;
            self.run(|sql| &sql.reference_add, params![to_id, kind, id])?;
        }
        self.change(entry, kind, id)?;
        self.tree.push(self.conn, text)?;
        self.sources_touched |= entry.kind == Kind::Source;
        self.log_size = entry.seq + 1;
        if entry.reason.code == ReasonCode::Redacted {
            self.redacted = self.log_size;
        }
        self.recorded_at = Some(entry.recorded_at);
        Ok(())
    }

    /// What lists of changes ask of every entry, in whole numbers: a hundred thousand of them are read
    /// in the time a few thousand bodies take.
    fn change(&mut self, entry: &Entry, kind: i64, id: i64) -> Result<()> {
        // Both are references of the body, so they have numbers already; 0 is nobody's.
        let scheme = match changes::scheme_of(entry) {
            Some(key) => self.key_id(Kind::Scheme, key)?.0,
            None => 0,
        };
        let about = match changes::about(entry) {
            Some((kind, key)) => self.key_id(kind, key)?.0,
            None => 0,
        };
        let row = params![
            column(entry.seq),
            kind,
            id,
            day_number(entry.valid_from),
            day_number(super::china_day(entry.recorded_at)),
            register::change::ended(entry.kind, entry.reason.code, &entry.body),
            scheme,
            about
        ];
        self.run(|sql| &sql.change_add, row)
    }

    /// Applies what the log holds beyond the view's position; returns how many entries.
    /// `progress` is told the view's size now and then.
    pub(super) fn catch_up(&mut self, progress: &mut dyn FnMut(u64)) -> Result<u64> {
        let start = self.log_size;
        let mut statement = self
            .conn
            .prepare_cached("SELECT seq, entry FROM main.entries WHERE seq >= ?1 ORDER BY seq")?;
        let mut rows = statement.query([column(start)])?;
        while let Some(row) = rows.next()? {
            let entry = read(self.conn, row)?;
            self.apply(&entry, row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?)?;
            if self.log_size.is_multiple_of(1024) {
                progress(self.log_size);
            }
        }
        progress(self.log_size);
        Ok(self.log_size - start)
    }

    /// Stores counts and position.
    pub(super) fn finish(mut self) -> Result<()> {
        let schema = self.schema;
        {
            let mut add = self.conn.prepare_cached(&format!(
                "INSERT INTO {schema}.view_days (kind, day, keys) VALUES (?1, ?2, ?3)
                 ON CONFLICT (kind, day) DO UPDATE SET keys = keys + excluded.keys"
            ))?;
            for ((kind, day), keys) in std::mem::take(&mut self.days) {
                if keys != 0 {
                    add.execute(params![kind, day, keys])?;
                }
            }
        }
        self.tree.store(self.conn)?;
        // A day whose last key got an earlier version keeps no row, whatever the batches were:
        // the view must not depend on how the log was cut into appends.
        self.conn.execute(&format!("DELETE FROM {schema}.view_days WHERE keys = 0"), [])?;
        self.conn.execute(
            &format!(
                "UPDATE {schema}.view_head
                 SET log_size = ?1, next_id = ?2, register_id = ?3, recorded_at = ?4, redacted = ?5"
            ),
            params![
                column(self.log_size),
                self.next_id,
                self.register_id,
                self.recorded_at.map(|instant| instant.timestamp()),
                column(self.redacted)
            ],
        )?;
        if self.sources_touched {
            self.mark_samples()?;
        }
        Ok(())
    }

    fn run<P: rusqlite::Params>(&self, text: fn(&Sql) -> &String, params: P) -> Result<()> {
        self.conn.prepare_cached(text(&self.sql))?.execute(params)?;
        Ok(())
    }

    /// The number of a key, given when the log first mentions it; and whether that was now.
    fn key_id(&mut self, kind: Kind, key: &str) -> Result<(i64, bool)> {
        let name = (kind, key.to_owned());
        if let Some(id) = self.ids.get(&name) {
            return Ok((*id, false));
        }
        let number = kind_number(kind);
        let found: Option<i64> = self
            .conn
            .prepare_cached(&self.sql.key_id)?
            .query_row(params![number, key], |row| row.get(0))
            .optional()?;
        let (id, new) = match found {
            Some(id) => (id, false),
            None => {
                let id = self.next_id;
                self.run(|sql| &sql.key_add, params![number, key, id])?;
                self.next_id += 1;
                (id, true)
            }
        };
        if self.ids.len() >= IDS_MAX {
            self.ids.clear();
        }
        self.ids.insert(name, id);
        Ok((id, new))
    }

    /// Sets the two sample marks from the newest version of every source.
    fn mark_samples(&self) -> Result<()> {
        let schema = self.schema;
        let mut statement = self.conn.prepare(&format!(
            "SELECT e.seq, e.entry FROM {schema}.view_keys k
             JOIN main.entries e ON e.seq = (
                SELECT v.seq FROM {schema}.view_versions v WHERE v.id = k.id
                ORDER BY v.valid_from DESC, v.seq DESC LIMIT 1)
             WHERE k.kind = ?1 AND k.key <> ?2"
        ))?;
        let mut rows = statement.query(params![kind_number(Kind::Source), BUILTIN_SOURCE])?;
        let (mut sources, mut samples) = (0u64, 0u64);
        while let Some(row) = rows.next()? {
            let entry = read(self.conn, row)?;
            sources += 1;
            samples += u64::from(entry.body.get("sample").is_some_and(|v| v == true));
        }
        self.conn.execute(
            &format!("UPDATE {schema}.view_head SET has_sample = ?1, all_sample = ?2"),
            params![samples > 0, samples > 0 && samples == sources],
        )?;
        Ok(())
    }
}

/// The register's id, which entry 0 carries in its reason's text.
pub(super) fn register_id_of(entry: &Entry) -> Result<String> {
    entry
        .reason
        .text
        .as_deref()
        .and_then(|text| text.strip_prefix(ID_PREFIX))
        .filter(|id| is_register_id(id))
        .map(str::to_owned)
        .ok_or_else(|| StoreError::Damaged("entry 0 does not carry the register's id".to_owned()))
}

/// Whether a text is a register's id: 32 lower-case hex digits.
pub(super) fn is_register_id(id: &str) -> bool {
    id.len() == 32 && id.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

/// The log's end: its size and rolling hash.
pub(super) fn tip(conn: &Connection) -> Result<(u64, chain::Chain)> {
    let last: Option<(i64, chain::Chain)> = conn
        .prepare_cached("SELECT seq, chain FROM main.entries ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(last.map_or((0, chain::START), |(seq, chain)| (index(seq) + 1, chain)))
}

/// The rolling hash of the first `size` entries, or `None` where the log is shorter.
pub(super) fn chain_at(conn: &Connection, size: u64) -> Result<Option<chain::Chain>> {
    if size == 0 {
        return Ok(Some(chain::START));
    }
    Ok(conn
        .prepare_cached("SELECT chain FROM main.entries WHERE seq = ?1")?
        .query_row([column(size - 1)], |row| row.get(0))
        .optional()?)
}

/// The view's version and position, or `None` where there is no view.
pub(super) fn version_and_size(conn: &Connection) -> Result<Option<(i64, u64)>> {
    let exists: bool = conn.query_row(
        "SELECT EXISTS (SELECT 1 FROM main.sqlite_schema WHERE name = 'view_head')",
        [],
        |row| row.get(0),
    )?;
    if !exists {
        return Ok(None);
    }
    Ok(Some(conn.query_row("SELECT version, log_size FROM main.view_head", [], |row| {
        Ok((row.get(0)?, index(row.get(1)?)))
    })?))
}

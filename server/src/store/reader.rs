//! Reading the view.

use std::path::Path;

use chrono::DateTime;
use register::code::{Batch, KeyedHash};
use register::{Entry, Kind};
use rusqlite::{Connection, OptionalExtension, params};

use super::view::{self, column, day_number, index, kind_number};
use super::{
    At, Head, Result, ScanNotes, StoreError, chain, dump, log, references, scans, schema, units,
};

/// The version that is the record, of the key `k.id`, as of ?2 and known at ?3.
const CHOSEN: &str = "(SELECT v.seq FROM view_versions v
    WHERE v.id = k.id AND v.valid_from <= ?2 AND v.seq < ?3
    ORDER BY v.valid_from DESC, v.seq DESC LIMIT 1)";

/// Reads the view, on a connection of its own. Never waits for a writer.
#[derive(Debug)]
pub struct Reader {
    pub(super) conn: Connection,
}

impl Reader {
    /// Opens a register for reading only.
    ///
    /// # Errors
    /// As [`Register::open`](super::Register::open).
    pub fn open(path: &Path) -> Result<Reader> {
        let reader = Self::open_unchecked(path)?;
        log::verify_checkpoint(&reader.conn, path)?;
        match view::version_and_size(&reader.conn)? {
            Some((version, _)) if version == schema::VIEW_VERSION => Ok(reader),
            _ => Err(StoreError::Damaged(format!(
                "the view in {0} is missing or of another version; run `liangbiao rebuild --register {0}`",
                path.display()
            ))),
        }
    }

    /// Opens without comparing with the checkpoint, which the register's opening has done.
    pub(super) fn open_unchecked(path: &Path) -> Result<Reader> {
        let conn = schema::open(path)?;
        conn.execute_batch("PRAGMA query_only = ON; PRAGMA mmap_size = 2147418112;")?;
        Ok(Reader { conn })
    }

    /// Opens a register to see whether it is as it was written, whatever its checkpoint and its view say; by
    /// reads of its own, not through memory that others read through.
    ///
    /// # Errors
    /// There is no such file, or it is no register.
    pub fn open_for_looking(path: &Path) -> Result<Reader> {
        let conn = schema::open(path)?;
        conn.execute_batch("PRAGMA query_only = ON; PRAGMA cache_size = -4096;")?;
        Ok(Reader { conn })
    }

    /// Where the view stands. A few microseconds: asked on every request.
    ///
    /// # Errors
    /// The database's; so for every call below.
    pub fn head(&self) -> Result<Head> {
        let mut statement = self.conn.prepare_cached(
            "SELECT register_id, log_size, recorded_at, has_sample, all_sample, redacted FROM view_head",
        )?;
        Ok(statement.query_row([], |row| {
            Ok(Head {
                register_id: row.get(0)?,
                log_size: index(row.get(1)?),
                recorded_at: row
                    .get::<_, Option<i64>>(2)?
                    .and_then(|seconds| DateTime::from_timestamp(seconds, 0)),
                has_sample: row.get(3)?,
                all_sample: row.get(4)?,
                redacted: index(row.get(5)?),
            })
        })?)
    }

    /// Entries in the log: the cheapest question there is.
    ///
    /// # Errors
    /// The database's.
    pub fn log_size(&self) -> Result<u64> {
        let mut statement = self.conn.prepare_cached("SELECT log_size FROM view_head")?;
        Ok(index(statement.query_row([], |row| row.get(0))?))
    }

    /// The record of (kind, key) at that point, by the record rule.
    ///
    /// # Errors
    /// The database's.
    pub fn record(&self, kind: Kind, key: &str, at: At) -> Result<Option<Entry>> {
        match self.key_id(kind, key)? {
            Some(id) => self.record_of_id(id, at),
            None => Ok(None),
        }
    }

    /// Every version of (kind, key) in log order, whatever the day.
    ///
    /// # Errors
    /// The database's.
    pub fn history(&self, kind: Kind, key: &str) -> Result<Vec<Entry>> {
        self.collect(
            "SELECT e.seq, e.entry FROM view_keys k JOIN view_versions v ON v.id = k.id
             JOIN entries e ON e.seq = v.seq
             WHERE k.kind = ?1 AND k.key = ?2 ORDER BY v.seq",
            params![kind_number(kind), key],
        )
    }

    /// Whether (kind, key) has any version known at log size `known`, whatever the day: a key that
    /// ever existed never answers a bare "not found".
    ///
    /// # Errors
    /// The database's.
    pub fn ever_existed(&self, kind: Kind, key: &str, known: u64) -> Result<bool> {
        let mut statement = self.conn.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM view_keys k JOIN view_versions v ON v.id = k.id
             WHERE k.kind = ?1 AND k.key = ?2 AND v.seq < ?3)",
        )?;
        Ok(statement.query_row(params![kind_number(kind), key, column(known)], |row| row.get(0))?)
    }

    /// Calls `each` with every record of a kind at that point, in key order.
    ///
    /// # Errors
    /// The database's, or what `each` returns.
    pub fn records(
        &self,
        kind: Kind,
        at: At,
        each: &mut dyn FnMut(Entry) -> Result<()>,
    ) -> Result<()> {
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT e.seq, e.entry FROM view_keys k CROSS JOIN entries e ON e.seq = {CHOSEN}
             WHERE k.kind = ?1 ORDER BY k.key"
        ))?;
        let mut rows =
            statement.query(params![kind_number(kind), day_number(at.as_of), column(at.known)])?;
        while let Some(row) = rows.next()? {
            each(view::read(&self.conn, row)?)?;
        }
        Ok(())
    }

    /// As [`Reader::records`], but in log order: reads the file from front to back, which is much
    /// faster for a million records. Holds 8 bytes per record in memory.
    ///
    /// # Errors
    /// The database's, or what `each` returns.
    pub fn records_in_log_order(
        &self,
        kind: Kind,
        at: At,
        each: &mut dyn FnMut(Entry) -> Result<()>,
    ) -> Result<()> {
        let mut chosen: Vec<i64> = {
            let mut statement = self.conn.prepare_cached(&format!(
                "SELECT {CHOSEN} AS seq FROM view_keys k WHERE k.kind = ?1"
            ))?;
            let rows = statement.query_map(
                params![kind_number(kind), day_number(at.as_of), column(at.known)],
                |row| row.get::<_, Option<i64>>(0),
            )?;
            rows.filter_map(|row| row.transpose()).collect::<rusqlite::Result<_>>()?
        };
        chosen.sort_unstable();
        let mut statement =
            self.conn.prepare_cached("SELECT seq, entry FROM entries WHERE seq = ?1")?;
        for seq in chosen {
            let mut rows = statement.query([seq])?;
            if let Some(row) = rows.next()? {
                each(view::read(&self.conn, row)?)?;
            }
        }
        Ok(())
    }

    /// Calls `each` with all versions of every key of a kind known at log size `known`, in key order;
    /// those of one key in log order. One key at a time is in memory.
    ///
    /// # Errors
    /// The database's, or what `each` returns.
    pub fn versions(
        &self,
        kind: Kind,
        known: u64,
        each: &mut dyn FnMut(&[Entry]) -> Result<()>,
    ) -> Result<()> {
        let mut statement = self.conn.prepare_cached(
            "SELECT e.seq, e.entry FROM view_keys k CROSS JOIN view_versions v ON v.id = k.id
             CROSS JOIN entries e ON e.seq = v.seq
             WHERE k.kind = ?1 AND v.seq < ?2 ORDER BY k.key, v.seq",
        )?;
        let mut rows = statement.query(params![kind_number(kind), column(known)])?;
        let mut versions: Vec<Entry> = Vec::new();
        while let Some(row) = rows.next()? {
            let entry = view::read(&self.conn, row)?;
            if versions.first().is_some_and(|first| first.key != entry.key) {
                each(&versions)?;
                versions.clear();
            }
            versions.push(entry);
        }
        if versions.is_empty() { Ok(()) } else { each(&versions) }
    }

    /// How many records of a kind exist at that point. A sum over days when the whole log is known,
    /// a scan of the kind's keys when only a part of it is.
    ///
    /// # Errors
    /// The database's.
    pub fn count(&self, kind: Kind, at: At) -> Result<u64> {
        let day = day_number(at.as_of);
        let n: i64 = if at.known >= self.log_size()? {
            self.conn
                .prepare_cached(
                    "SELECT coalesce(sum(keys), 0) FROM view_days WHERE kind = ?1 AND day <= ?2",
                )?
                .query_row(params![kind_number(kind), day], |row| row.get(0))?
        } else {
            self.conn
                .prepare_cached(
                    "SELECT count(*) FROM view_keys k WHERE k.kind = ?1 AND EXISTS (
                     SELECT 1 FROM view_versions v
                     WHERE v.id = k.id AND v.valid_from <= ?2 AND v.seq < ?3)",
                )?
                .query_row(params![kind_number(kind), day, column(at.known)], |row| row.get(0))?
        };
        Ok(index(n))
    }

    /// Whether the log holds any entry of a kind.
    ///
    /// # Errors
    /// The database's.
    pub fn has_any(&self, kind: Kind) -> Result<bool> {
        let mut statement =
            self.conn.prepare_cached("SELECT EXISTS (SELECT 1 FROM view_kinds WHERE kind = ?1)")?;
        Ok(statement.query_row([kind_number(kind)], |row| row.get(0))?)
    }

    /// The records of kind `from` that refer to (`to`, `key`) in any field, at that point, in key order.
    ///
    /// # Errors
    /// The database's.
    pub fn referring(&self, from: Kind, to: Kind, key: &str, at: At) -> Result<Vec<Entry>> {
        let Some(id) = self.key_id(to, key)? else { return Ok(Vec::new()) };
        let mut statement = self.conn.prepare_cached(
            "SELECT from_id FROM view_references WHERE to_id = ?1 AND from_kind = ?2",
        )?;
        let ids = statement
            .query_map(params![id, kind_number(from)], |row| row.get::<_, i64>(0))?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        let mut found = Vec::with_capacity(ids.len());
        for id in ids {
            // The view says that some version refers; the record at this point decides.
            if let Some(entry) = self.record_of_id(id, at)?
                && references::references_of(entry.kind, &entry.body)
                    .iter()
                    .any(|(kind, name)| *kind == to && name == key)
            {
                found.push(entry);
            }
        }
        found.sort_by(|a, b| a.key.cmp(&b.key));
        Ok(found)
    }

    /// At most how many records of kind `from` refer to (`to`, `key`), without reading them: some
    /// version of each does. Exact unless a record stopped referring.
    ///
    /// # Errors
    /// The database's.
    pub fn referring_at_most(&self, from: Kind, to: Kind, key: &str) -> Result<u64> {
        let Some(id) = self.key_id(to, key)? else { return Ok(0) };
        let mut statement = self.conn.prepare_cached(
            "SELECT count(*) FROM view_references WHERE to_id = ?1 AND from_kind = ?2",
        )?;
        Ok(index(statement.query_row(params![id, kind_number(from)], |row| row.get(0))?))
    }

    /// The key of a kind whose path form (percent-decoded, `/` written `_`, space written `-`) is
    /// `path`. Where two keys share a path form, the one that is written exactly so, else the first
    /// in key order.
    ///
    /// # Errors
    /// The database's.
    pub fn key_of_path(&self, kind: Kind, path: &str) -> Result<Option<String>> {
        if self.ever_existed(kind, path, u64::MAX)? {
            return Ok(Some(path.to_owned()));
        }
        let mut statement = self.conn.prepare_cached(
            "SELECT key FROM view_paths WHERE kind = ?1 AND path = ?2 ORDER BY key LIMIT 1",
        )?;
        Ok(statement.query_row(params![kind_number(kind), path], |row| row.get(0)).optional()?)
    }

    /// Keys of a kind that have a version and begin with `prefix`, in key order, at most `limit`.
    ///
    /// # Errors
    /// The database's.
    pub fn keys_like(&self, kind: Kind, prefix: &str, limit: usize) -> Result<Vec<String>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT k.key FROM view_keys k
             WHERE k.kind = ?1 AND k.key >= ?2 AND substr(k.key, 1, ?3) = ?2
               AND k.key < ?2 || char(1114111)
               AND EXISTS (SELECT 1 FROM view_versions v WHERE v.id = k.id)
             ORDER BY k.key LIMIT ?4",
        )?;
        let length = i64::try_from(prefix.chars().count()).unwrap_or(i64::MAX);
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let keys = statement
            .query_map(params![kind_number(kind), prefix, length, limit], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        Ok(keys)
    }

    /// Newest entries first, at most `limit`, of these kinds, before log index `before`.
    ///
    /// # Errors
    /// The database's.
    pub fn latest(&self, kinds: &[Kind], before: u64, limit: usize) -> Result<Vec<Entry>> {
        let bound = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut seqs: Vec<i64> = Vec::new();
        let mut statement = self.conn.prepare_cached(
            "SELECT seq FROM view_kinds WHERE kind = ?1 AND seq < ?2 ORDER BY seq DESC LIMIT ?3",
        )?;
        for kind in kinds {
            let rows = statement
                .query_map(params![kind_number(*kind), column(before), bound], |row| row.get(0))?;
            for seq in rows {
                seqs.push(seq?);
            }
        }
        seqs.sort_unstable_by(|a, b| b.cmp(a));
        seqs.dedup();
        seqs.truncate(limit);
        let mut statement =
            self.conn.prepare_cached("SELECT seq, entry FROM entries WHERE seq = ?1")?;
        let mut found = Vec::with_capacity(seqs.len());
        for seq in seqs {
            let mut rows = statement.query([seq])?;
            if let Some(row) = rows.next()? {
                found.push(view::read(&self.conn, row)?);
            }
        }
        Ok(found)
    }

    /// Entries from index `from_seq` on, at most `limit` (catch-up of indexes).
    ///
    /// # Errors
    /// The database's.
    pub fn entries(&self, from_seq: u64, limit: usize) -> Result<Vec<Entry>> {
        read_entries(&self.conn, from_seq, limit)
    }

    /// The records that got a version at log index `from_seq` or later, each once, sorted.
    ///
    /// # Errors
    /// The database's.
    pub fn changed_since(&self, from_seq: u64) -> Result<Vec<(Kind, String)>> {
        let mut statement =
            self.conn.prepare_cached("SELECT seq, entry FROM entries WHERE seq >= ?1")?;
        let mut rows = statement.query([column(from_seq)])?;
        let mut changed = std::collections::BTreeSet::new();
        while let Some(row) = rows.next()? {
            let entry = view::read(&self.conn, row)?;
            changed.insert((entry.kind, entry.key));
        }
        Ok(changed.into_iter().collect())
    }

    /// Every source's record at that point, in key order.
    ///
    /// # Errors
    /// The database's.
    pub fn sources(&self, at: At) -> Result<Vec<Entry>> {
        let mut found = Vec::new();
        self.records(Kind::Source, at, &mut |entry| {
            found.push(entry);
            Ok(())
        })?;
        Ok(found)
    }

    /// The key of the batch of unit codes that holds this keyed hash; its record says the rest.
    ///
    /// # Errors
    /// The database's.
    pub fn batch_of_unit(&self, hash: &KeyedHash) -> Result<Option<String>> {
        units::batch_of(&self.conn, hash)
    }

    /// What readers noted of the unit code of this keyed hash, as far as it is kept on `day`.
    ///
    /// # Errors
    /// The database's.
    pub fn scan_notes(&self, unit: &KeyedHash, day: chrono::NaiveDate) -> Result<ScanNotes> {
        scans::of_unit(&self.conn, unit, day)
    }

    /// The batch of unit codes of that root; compare [`Batch::root`] with what was asked for.
    ///
    /// # Errors
    /// The database's, or [`StoreError::Damaged`].
    pub fn unit_batch(&self, root: &[u8; 32]) -> Result<Option<Batch>> {
        units::batch(&self.conn, root)
    }

    /// The whole view as text, one row a line, in a fixed order: equal for two views of one log.
    ///
    /// # Errors
    /// The database's.
    pub fn view_dump(&self) -> Result<String> {
        dump::text(&self.conn, "main")
    }

    /// SHA-256 (hex) of [`Reader::view_dump`], in constant memory.
    ///
    /// # Errors
    /// The database's.
    pub fn view_hash(&self) -> Result<String> {
        Ok(chain::hex(&dump::hash(&self.conn, "main")?))
    }

    pub(super) fn key_id(&self, kind: Kind, key: &str) -> Result<Option<i64>> {
        let mut statement =
            self.conn.prepare_cached("SELECT id FROM view_keys WHERE kind = ?1 AND key = ?2")?;
        Ok(statement.query_row(params![kind_number(kind), key], |row| row.get(0)).optional()?)
    }

    fn record_of_id(&self, id: i64, at: At) -> Result<Option<Entry>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT e.seq, e.entry FROM view_versions v CROSS JOIN entries e ON e.seq = v.seq
             WHERE v.id = ?1 AND v.valid_from <= ?2 AND v.seq < ?3
             ORDER BY v.valid_from DESC, v.seq DESC LIMIT 1",
        )?;
        let mut rows = statement.query(params![id, day_number(at.as_of), column(at.known)])?;
        rows.next()?.map(|row| view::read(&self.conn, row)).transpose()
    }

    fn collect(&self, sql: &str, params: impl rusqlite::Params) -> Result<Vec<Entry>> {
        let mut statement = self.conn.prepare_cached(sql)?;
        let mut rows = statement.query(params)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(view::read(&self.conn, row)?);
        }
        Ok(found)
    }
}

/// Entries from index `from_seq` on, at most `limit`.
pub(super) fn read_entries(conn: &Connection, from_seq: u64, limit: usize) -> Result<Vec<Entry>> {
    let mut statement = conn.prepare_cached(
        "SELECT seq, entry FROM main.entries WHERE seq >= ?1 ORDER BY seq LIMIT ?2",
    )?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut rows = statement.query(params![column(from_seq), limit])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(view::read(conn, row)?);
    }
    Ok(found)
}

//! What lists of changes are made from: a few whole numbers of every entry, and the numbers of keys.

use std::collections::{HashMap, HashSet};

use register::{Entry, Kind};
use rusqlite::params;
use serde_json::Value;

use super::view::{column, kind_number};
use super::{Reader, Result};

/// An entry without its body. Keys are numbers of this view; 0 is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    /// What it is about.
    pub kind: Kind,
    /// Number of its key.
    pub id: u32,
    /// Day it became true, in days of the common era.
    pub day: i32,
    /// Day it was recorded, in China, in days of the common era.
    pub recorded: i32,
    /// It says that the record has ended.
    pub ended: bool,
    /// Number of the scheme it belongs to.
    pub scheme: u32,
    /// Number of the record it speaks about: a grant's subject, a code's product.
    pub about: u32,
}

/// The scheme an entry belongs to: the one it names, or itself.
pub(super) fn scheme_of(entry: &Entry) -> Option<&str> {
    match entry.kind {
        Kind::Scheme => Some(&entry.key),
        Kind::Listing | Kind::Evaluation => entry.body.get("scheme").and_then(Value::as_str),
        _ => None,
    }
}

/// The record an entry speaks about, where its kind is about another.
pub(super) fn about(entry: &Entry) -> Option<(Kind, &str)> {
    if entry.kind == Kind::Code {
        return Some((Kind::Product, entry.body.get("product")?.as_str()?));
    }
    let of = matches!(entry.kind, Kind::Listing | Kind::Evaluation | Kind::Comparison);
    let subject = entry.body.get("subject").filter(|_| of)?.as_object()?;
    // A person, a team and a bare name are no records.
    let kind = match subject.get("kind")?.as_str()? {
        "product" => Kind::Product,
        "enterprise" => Kind::Enterprise,
        "place" => Kind::Place,
        "standard" => Kind::Standard,
        _ => return None,
    };
    Some((kind, subject.get("key")?.as_str()?))
}

/// Above this many keys the whole kind is read instead of one key after the other.
const ONE_BY_ONE_MAX: usize = 2_000;

/// A number of the view. Logs and keys stay far below 2^32.
fn small(column: i64) -> u32 {
    u32::try_from(column).unwrap_or(u32::MAX)
}

impl Reader {
    /// Adds the entries from index `versions.len()` on to `versions`, so that an entry's place there is
    /// its index in the log. A microsecond each.
    ///
    /// # Errors
    /// The database's; so for every call below.
    pub fn extend_versions(&self, versions: &mut Vec<Version>) -> Result<()> {
        let kinds: HashMap<i64, Kind> =
            Kind::ALL.into_iter().map(|kind| (kind_number(kind), kind)).collect();
        let mut statement = self.conn.prepare_cached(
            "SELECT kind, id, valid_from, recorded_on, ended, scheme_id, about_id
             FROM view_changes WHERE seq >= ?1 ORDER BY seq",
        )?;
        let mut rows = statement.query([column(versions.len() as u64)])?;
        while let Some(row) = rows.next()? {
            let Some(kind) = kinds.get(&row.get(0)?) else { continue };
            versions.push(Version {
                kind: *kind,
                id: small(row.get(1)?),
                day: row.get(2)?,
                recorded: row.get(3)?,
                ended: row.get(4)?,
                scheme: small(row.get(5)?),
                about: small(row.get(6)?),
            });
        }
        Ok(())
    }

    /// The numbers of the keys of a kind that are known.
    ///
    /// # Errors
    /// The database's.
    pub fn numbers(&self, kind: Kind, keys: &HashSet<&str>) -> Result<Vec<u32>> {
        if keys.len() <= ONE_BY_ONE_MAX {
            let mut found = Vec::with_capacity(keys.len());
            for key in keys {
                found.extend(self.key_id(kind, key)?.map(small));
            }
            return Ok(found);
        }
        let mut found = Vec::with_capacity(keys.len());
        let mut statement =
            self.conn.prepare_cached("SELECT key, id FROM view_keys WHERE kind = ?1")?;
        let mut rows = statement.query([kind_number(kind)])?;
        while let Some(row) = rows.next()? {
            let key = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
            if keys.contains(key) {
                found.push(small(row.get(1)?));
            }
        }
        Ok(found)
    }

    /// All keys of a kind by their numbers; for kinds of a few hundred.
    ///
    /// # Errors
    /// The database's.
    pub fn keys_by_number(&self, kind: Kind) -> Result<HashMap<u32, String>> {
        let mut statement =
            self.conn.prepare_cached("SELECT id, key FROM view_keys WHERE kind = ?1")?;
        let rows = statement.query_map([kind_number(kind)], |row| {
            Ok((small(row.get(0)?), row.get::<_, String>(1)?))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Numbers of the records of which some version refers to (`kind`, `key`), itself among them.
    ///
    /// # Errors
    /// The database's.
    pub fn numbers_around(&self, kind: Kind, key: &str) -> Result<HashSet<u32>> {
        let Some(id) = self.key_id(kind, key)? else { return Ok(HashSet::new()) };
        let mut statement =
            self.conn.prepare_cached("SELECT from_id FROM view_references WHERE to_id = ?1")?;
        let rows = statement.query_map(params![id], |row| row.get::<_, i64>(0))?;
        let mut found: HashSet<u32> =
            rows.map(|row| row.map(small)).collect::<rusqlite::Result<_>>()?;
        found.insert(small(id));
        Ok(found)
    }

    /// The entry at a log index.
    ///
    /// # Errors
    /// The database's.
    pub fn entry(&self, seq: u64) -> Result<Option<Entry>> {
        Ok(self.entries(seq, 1)?.pop().filter(|entry| entry.seq == seq))
    }
}

//! The audit trail: who did what, when, from where, and what came of it. Append-only.

use rusqlite::params;

use super::OfficeFile;
use crate::store::Result;

/// One line of the trail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// Index, from 0.
    pub seq: u64,
    /// When.
    pub at: i64,
    /// Name of the account, or what was typed in its place.
    pub who: String,
    /// Code of the act.
    pub what: String,
    /// What it was about: a draft's number and title, an account.
    pub about: String,
    /// Address it came from; `command` for the command line.
    pub whence: String,
    /// Code of the outcome, with words where there are any.
    pub outcome: String,
}

impl OfficeFile {
    /// Appends a line; its `seq` is given here.
    ///
    /// # Errors
    /// The database's.
    pub fn trace(&self, of: &Trace) -> Result<()> {
        self.conn().execute(
            "INSERT INTO trail SELECT coalesce(max(seq), -1) + 1, ?1, ?2, ?3, ?4, ?5, ?6 FROM trail",
            params![of.at, of.who, of.what, of.about, of.whence, of.outcome],
        )?;
        Ok(())
    }

    /// The newest lines before an index, newest first.
    ///
    /// # Errors
    /// The database's.
    pub fn trail(&self, before: u64, limit: usize) -> Result<Vec<Trace>> {
        let conn = self.conn();
        let mut statement = conn.prepare_cached(
            "SELECT seq, at, who, what, about, whence, outcome FROM trail
             WHERE seq < ?1 ORDER BY seq DESC LIMIT ?2",
        )?;
        let before = i64::try_from(before).unwrap_or(i64::MAX);
        let rows = statement.query_map(params![before, limit as i64], |row| {
            let seq: i64 = row.get(0)?;
            Ok(Trace {
                seq: u64::try_from(seq).unwrap_or(0),
                at: row.get(1)?,
                who: row.get(2)?,
                what: row.get(3)?,
                about: row.get(4)?,
                whence: row.get(5)?,
                outcome: row.get(6)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

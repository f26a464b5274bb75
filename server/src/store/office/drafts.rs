//! Drafts: what waits to be published, and what became of it.

use rusqlite::{OptionalExtension, Row, params};

use super::OfficeFile;
use crate::store::Result;

/// Where a draft is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// With the one who made it.
    Open,
    /// Waits for a second person.
    Submitted,
    /// Is being appended; after a stop in between the log says whether it was.
    Publishing,
    /// In the log.
    Published,
    /// Thrown away.
    Discarded,
}

impl Place {
    /// All, in the order of the way.
    pub const ALL: [Place; 5] =
        [Place::Open, Place::Submitted, Place::Publishing, Place::Published, Place::Discarded];

    /// Code in the file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Place::Open => "open",
            Place::Submitted => "submitted",
            Place::Publishing => "publishing",
            Place::Published => "published",
            Place::Discarded => "discarded",
        }
    }
}

/// A draft as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftRow {
    /// Id, 32 hex digits.
    pub id: String,
    /// Number people call it by, from 1.
    pub number: u64,
    /// `file`, `correction` or `code`.
    pub kind: String,
    /// Title.
    pub title: String,
    /// Who made it.
    pub maker: String,
    /// When.
    pub made_at: i64,
    /// When it was last moved.
    pub changed_at: i64,
    /// Where it is.
    pub place: Place,
    /// What is to be done, as JSON.
    pub content: String,
    /// Who approved it or sent it back; empty: nobody yet.
    pub decider: String,
    /// What the decider said.
    pub note: String,
    /// While it is being appended: what the log will hold if it was (JSON); else empty.
    pub plan: String,
    /// Log sizes before and after, once published.
    pub log: Option<(u64, u64)>,
}

const DRAFT: &str = "SELECT id, number, kind, title, maker, made_at, changed_at, state, content,
    decider, note, plan, log_from, log_to FROM drafts";

fn draft(row: &Row<'_>) -> rusqlite::Result<DraftRow> {
    let (number, from, to): (i64, Option<i64>, Option<i64>) =
        (row.get(1)?, row.get(12)?, row.get(13)?);
    let whole = |n: i64| u64::try_from(n).unwrap_or(0);
    let state: String = row.get(7)?;
    Ok(DraftRow {
        id: row.get(0)?,
        number: whole(number),
        kind: row.get(2)?,
        title: row.get(3)?,
        maker: row.get(4)?,
        made_at: row.get(5)?,
        changed_at: row.get(6)?,
        place: Place::ALL
            .into_iter()
            .find(|place| place.code() == state)
            .unwrap_or(Place::Discarded),
        content: row.get(8)?,
        decider: row.get(9)?,
        note: row.get(10)?,
        plan: row.get(11)?,
        log: from.zip(to).map(|(from, to)| (whole(from), whole(to))),
    })
}

impl OfficeFile {
    /// Adds a draft and gives its number; the one it has is not looked at.
    ///
    /// # Errors
    /// The database's; so for every call below.
    pub fn add_draft(&self, of: &DraftRow) -> Result<u64> {
        let conn = self.conn();
        let number: i64 = conn
            .prepare_cached(
                "INSERT INTO drafts SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?3, ?4, ?5, ?5, ?6,
                 ?7, '', '', '', NULL, NULL FROM drafts RETURNING number",
            )?
            .query_row(
                params![of.id, of.kind, of.title, of.maker, of.made_at, of.place.code(), of.content],
                |row| row.get(0),
            )?;
        Ok(u64::try_from(number).unwrap_or(0))
    }

    /// The draft of that id.
    ///
    /// # Errors
    /// The database's.
    pub fn draft(&self, id: &str) -> Result<Option<DraftRow>> {
        let sql = format!("{DRAFT} WHERE id = ?1");
        Ok(self.conn().prepare_cached(&sql)?.query_row([id], draft).optional()?)
    }

    /// The newest drafts, newest first.
    ///
    /// # Errors
    /// The database's.
    pub fn drafts(&self, limit: usize) -> Result<Vec<DraftRow>> {
        let conn = self.conn();
        let mut statement =
            conn.prepare_cached(&format!("{DRAFT} ORDER BY number DESC LIMIT ?1"))?;
        let rows = statement.query_map([limit as i64], draft)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Writes a draft, if it is still at `from`; false where it has moved meanwhile.
    ///
    /// # Errors
    /// The database's.
    pub fn move_draft(&self, of: &DraftRow, from: Place) -> Result<bool> {
        let whole = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        let changed = self.conn().execute(
            "UPDATE drafts SET state = ?2, changed_at = ?3, content = ?4, decider = ?5, note = ?6,
                 plan = ?7, log_from = ?8, log_to = ?9, title = ?10
             WHERE id = ?1 AND state = ?11",
            params![
                of.id,
                of.place.code(),
                of.changed_at,
                of.content,
                of.decider,
                of.note,
                of.plan,
                of.log.map(|log| whole(log.0)),
                of.log.map(|log| whole(log.1)),
                of.title,
                from.code(),
            ],
        )?;
        Ok(changed == 1)
    }
}

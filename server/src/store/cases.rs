//! Requests to put something right: a file of their own beside the register, `FILE.cases`. Nothing of it
//! is in the public log and nothing public is derived from it but the state of a case, for who has its number.
//!
//! What people wrote is kept in a table of its own, sealed; to delete it is to delete its row. There is no
//! write-ahead log and deleted bytes are overwritten, so a row that is gone is gone from the file.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};

use super::{Result, StoreError, beside, schema};

/// `LBcs` in SQLite's header.
const APPLICATION_ID: i32 = 0x4c42_6373;
const SCHEMA_VERSION: i32 = 1;

/// Days are ISO 8601 texts in China standard time, so that they compare as they sort.
const TABLES: &str = "
CREATE TABLE settings (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE cases (
    seq INTEGER PRIMARY KEY, label TEXT NOT NULL UNIQUE, number TEXT NOT NULL UNIQUE, form BLOB NOT NULL UNIQUE,
    kind TEXT NOT NULL, key TEXT NOT NULL, what TEXT NOT NULL, asker TEXT NOT NULL,
    received_on TEXT NOT NULL, due_on TEXT NOT NULL, due_exact INTEGER NOT NULL,
    state TEXT NOT NULL, examined_on TEXT, examiner TEXT NOT NULL DEFAULT '',
    outcome TEXT NOT NULL DEFAULT '', closed_on TEXT, closer TEXT NOT NULL DEFAULT '', purge_on TEXT
) STRICT;
CREATE INDEX cases_record ON cases (kind, key);
CREATE TABLE words (
    seq INTEGER PRIMARY KEY, sealed BLOB NOT NULL, reason TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT ''
) STRICT;
";

/// How far a case is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseState {
    /// It came in.
    Received,
    /// Somebody of the office looks at it.
    Examined,
    /// An answer is written and waits for a second person.
    Proposed,
    /// Answered.
    Answered,
}

impl CaseState {
    /// All, in their order.
    pub const ALL: [CaseState; 4] =
        [CaseState::Received, CaseState::Examined, CaseState::Proposed, CaseState::Answered];

    /// Code in the file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            CaseState::Received => "received",
            CaseState::Examined => "examined",
            CaseState::Proposed => "proposed",
            CaseState::Answered => "answered",
        }
    }
}

/// A case that comes in.
#[derive(Clone, Debug)]
pub struct NewCase {
    /// Keyed hash of the form it came with; the same form is the same case.
    pub form: [u8; 32],
    /// Name of the record's kind.
    pub kind: String,
    /// Key of the record.
    pub key: String,
    /// Code of what is wrong.
    pub what: String,
    /// Code of who asks.
    pub asker: String,
    /// The day.
    pub received_on: NaiveDate,
    /// The day an answer is due.
    pub due_on: NaiveDate,
    /// Whether holidays are known up to then.
    pub due_exact: bool,
    /// What was written, sealed.
    pub sealed: Vec<u8>,
}

/// A case as it is stored, without what was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseRow {
    /// Order of coming in.
    pub seq: i64,
    /// What the office and the log call it: `26-0017`.
    pub label: String,
    /// The whole number, without hyphens, which its asker alone has.
    pub number: String,
    /// Name of the record's kind.
    pub kind: String,
    /// Key of the record.
    pub key: String,
    /// Code of what is wrong.
    pub what: String,
    /// Code of who asks.
    pub asker: String,
    /// The day it came in.
    pub received_on: NaiveDate,
    /// The day an answer is due.
    pub due_on: NaiveDate,
    /// Whether holidays were known up to then.
    pub due_exact: bool,
    /// How far it is.
    pub state: CaseState,
    /// The day the office took it up.
    pub examined_on: Option<NaiveDate>,
    /// Account of who did; may be empty.
    pub examiner: String,
    /// Code of the outcome, proposed or decided; may be empty.
    pub outcome: String,
    /// The day it was answered.
    pub closed_on: Option<NaiveDate>,
    /// Account of who closed it; may be empty.
    pub closer: String,
    /// The first day on which what was written is deleted.
    pub purge_on: Option<NaiveDate>,
}

/// What is written about a case and goes with it when its time is over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseWords {
    /// What the asker wrote, sealed.
    pub sealed: Vec<u8>,
    /// The office's answer, proposed or given; may be empty.
    pub reason: String,
    /// Why the second person sent it back; may be empty.
    pub note: String,
}

/// What came of taking a case in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is in, or was before.
    In(Box<CaseRow>),
    /// The record has as many open cases as it may have.
    RecordFull,
    /// There are as many open cases as there may be.
    Full,
}

/// The open file.
#[derive(Debug)]
pub struct CaseFile {
    path: PathBuf,
    conn: Mutex<Connection>,
}

const CASE: &str =
    "SELECT seq, label, number, kind, key, what, asker, received_on, due_on, due_exact, state,
    examined_on, examiner, outcome, closed_on, closer, purge_on FROM cases";

fn day(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<NaiveDate>> {
    let text: Option<String> = row.get(at)?;
    Ok(text.and_then(|text| text.parse().ok()))
}

fn case(row: &Row<'_>) -> rusqlite::Result<CaseRow> {
    let state: String = row.get(10)?;
    let needed = |at| day(row, at).map(Option::unwrap_or_default);
    Ok(CaseRow {
        seq: row.get(0)?,
        label: row.get(1)?,
        number: row.get(2)?,
        kind: row.get(3)?,
        key: row.get(4)?,
        what: row.get(5)?,
        asker: row.get(6)?,
        received_on: needed(7)?,
        due_on: needed(8)?,
        due_exact: row.get(9)?,
        state: CaseState::ALL
            .into_iter()
            .find(|known| known.code() == state)
            .unwrap_or(CaseState::Received),
        examined_on: day(row, 11)?,
        examiner: row.get(12)?,
        outcome: row.get(13)?,
        closed_on: day(row, 14)?,
        closer: row.get(15)?,
        purge_on: day(row, 16)?,
    })
}

impl CaseFile {
    /// Where the cases of a register are.
    #[must_use]
    pub fn of(register: &Path) -> PathBuf {
        beside(register, ".cases")
    }

    /// Opens the file; made, readable by its owner alone, if there is none.
    ///
    /// # Errors
    /// It cannot be read or made, is something else, or of a later version.
    pub fn open(path: &Path) -> Result<CaseFile> {
        if !path.exists() {
            super::office::make(path)?;
        }
        let conn = Connection::open(path)?;
        conn.busy_timeout(schema::BUSY_WAIT)?;
        // Without a write-ahead log: its pages would outlive what is deleted.
        conn.execute_batch(
            "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
             PRAGMA trusted_schema = OFF;",
        )?;
        let found: i32 = conn.pragma_query_value(None, "application_id", |row| row.get(0))?;
        if found == 0 {
            let made = conn.unchecked_transaction()?;
            made.execute_batch(TABLES)?;
            made.pragma_update(None, "application_id", APPLICATION_ID)?;
            made.pragma_update(None, "user_version", SCHEMA_VERSION)?;
            made.commit()?;
        } else if found != APPLICATION_ID {
            return Err(StoreError::Damaged(format!("{} is no file of cases", path.display())));
        }
        let found: i32 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if found > SCHEMA_VERSION {
            let path = path.to_owned();
            return Err(StoreError::Newer { path, found, known: SCHEMA_VERSION });
        }
        Ok(CaseFile { path: path.to_owned(), conn: Mutex::new(conn) })
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

    /// A setting of the file.
    ///
    /// # Errors
    /// The database's; so for every call below.
    pub fn setting(&self, name: &str) -> Result<Option<Vec<u8>>> {
        Ok(self
            .conn()
            .query_row("SELECT value FROM settings WHERE name = ?1", [name], |row| row.get(0))
            .optional()?)
    }

    /// Sets a setting that is not set; what was set first stays.
    ///
    /// # Errors
    /// The database's.
    pub fn set_once(&self, name: &str, value: &[u8]) -> Result<()> {
        self.conn()
            .execute("INSERT OR IGNORE INTO settings VALUES (?1, ?2)", params![name, value])?;
        Ok(())
    }

    /// Takes a case in; `number` makes its label and whole number out of the year's last two digits and
    /// how many there were in it. At most `most` cases are open for a record and in all.
    ///
    /// # Errors
    /// The database's.
    pub fn take(
        &self,
        of: &NewCase,
        most: [u32; 2],
        number: &mut dyn FnMut(u32, u32) -> Result<(String, String)>,
    ) -> Result<Taken> {
        let mut conn = self.conn();
        let transaction = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let before = transaction
            .query_row(&format!("{CASE} WHERE form = ?1"), params![of.form], case)
            .optional()?;
        if let Some(before) = before {
            return Ok(Taken::In(Box::new(before)));
        }
        let (record, all): (u32, u32) = transaction.query_row(
            "SELECT coalesce(sum(kind = ?1 AND key = ?2), 0), count(*) FROM cases WHERE state <> 'answered'",
            params![of.kind, of.key],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        if record >= most[0] {
            return Ok(Taken::RecordFull);
        }
        if all >= most[1] {
            return Ok(Taken::Full);
        }
        let year = of.received_on.to_string();
        let earlier: u32 = transaction.query_row(
            "SELECT count(*) FROM cases WHERE substr(received_on, 1, 4) = ?1",
            [&year[..4]],
            |row| row.get(0),
        )?;
        let short = year[2..4].parse().unwrap_or(0);
        let (label, number) = number(short, earlier + 1)?;
        transaction.execute(
            "INSERT INTO cases (label, number, form, kind, key, what, asker, received_on, due_on, due_exact, state)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 'received')",
            params![
                label,
                number,
                of.form,
                of.kind,
                of.key,
                of.what,
                of.asker,
                of.received_on.to_string(),
                of.due_on.to_string(),
                of.due_exact,
            ],
        )?;
        let seq = transaction.last_insert_rowid();
        transaction
            .execute("INSERT INTO words (seq, sealed) VALUES (?1, ?2)", params![seq, of.sealed])?;
        let taken = transaction.query_row(&format!("{CASE} WHERE seq = ?1"), [seq], case)?;
        transaction.commit()?;
        Ok(Taken::In(Box::new(taken)))
    }

    /// The case a form became.
    ///
    /// # Errors
    /// The database's.
    pub fn by_form(&self, form: &[u8; 32]) -> Result<Option<CaseRow>> {
        let sql = format!("{CASE} WHERE form = ?1");
        Ok(self.conn().query_row(&sql, params![form], case).optional()?)
    }

    /// The case of that whole number.
    ///
    /// # Errors
    /// The database's.
    pub fn by_number(&self, number: &str) -> Result<Option<CaseRow>> {
        let sql = format!("{CASE} WHERE number = ?1");
        Ok(self.conn().query_row(&sql, [number], case).optional()?)
    }

    /// The case the office calls so.
    ///
    /// # Errors
    /// The database's.
    pub fn by_label(&self, label: &str) -> Result<Option<CaseRow>> {
        let sql = format!("{CASE} WHERE label = ?1");
        Ok(self.conn().query_row(&sql, [label], case).optional()?)
    }

    /// Cases: the open ones first, by the day they are due, then the answered ones, newest first.
    ///
    /// # Errors
    /// The database's.
    pub fn list(&self, limit: usize) -> Result<Vec<CaseRow>> {
        let conn = self.conn();
        let sql = format!(
            "{CASE} ORDER BY state = 'answered', iif(state = 'answered', NULL, due_on),
             iif(state = 'answered', -seq, seq) LIMIT ?1"
        );
        let mut statement = conn.prepare(&sql)?;
        let rows = statement.query_map([limit as i64], case)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// What is written about a case; none: its time is over.
    ///
    /// # Errors
    /// The database's.
    pub fn words(&self, seq: i64) -> Result<Option<CaseWords>> {
        let words = |row: &Row<'_>| {
            Ok(CaseWords { sealed: row.get(0)?, reason: row.get(1)?, note: row.get(2)? })
        };
        let sql = "SELECT sealed, reason, note FROM words WHERE seq = ?1";
        Ok(self.conn().query_row(sql, [seq], words).optional()?)
    }

    /// Writes how far a case is, and the office's words, if it is still at `from`; false where it has moved.
    ///
    /// # Errors
    /// The database's.
    pub fn move_case(
        &self,
        of: &CaseRow,
        from: CaseState,
        reason: &str,
        note: &str,
    ) -> Result<bool> {
        let text = |day: Option<NaiveDate>| day.map(|day| day.to_string());
        let mut conn = self.conn();
        let transaction = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let changed = transaction.execute(
            "UPDATE cases SET state = ?2, examined_on = ?3, examiner = ?4, outcome = ?5, closed_on = ?6,
                 closer = ?7, purge_on = ?8 WHERE seq = ?1 AND state = ?9",
            params![
                of.seq,
                of.state.code(),
                text(of.examined_on),
                of.examiner,
                of.outcome,
                text(of.closed_on),
                of.closer,
                text(of.purge_on),
                from.code(),
            ],
        )?;
        if changed != 1 {
            return Ok(false);
        }
        transaction.execute(
            "UPDATE words SET reason = ?2, note = ?3 WHERE seq = ?1",
            params![of.seq, reason, note],
        )?;
        transaction.commit()?;
        Ok(true)
    }

    /// Deletes what was written about cases whose time is over on a day; says of how many.
    ///
    /// # Errors
    /// The database's.
    pub fn purge(&self, today: NaiveDate) -> Result<usize> {
        Ok(self.conn().execute(
            "DELETE FROM words WHERE seq IN (SELECT seq FROM cases WHERE purge_on <= ?1)",
            [today.to_string()],
        )?)
    }
}

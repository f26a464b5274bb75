//! What readers said they checked: per unit code, day and province, how often. It lies in the log's home
//! and is no part of the log: nothing is derived from it, a rebuild leaves it alone, and old days are
//! deleted. Nothing in it tells who pressed the button.

use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::NaiveDate;
use register::code::KeyedHash;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use super::view::day_number;
use super::{Result, StoreError, log, schema};

/// Most notes of one unit code that are counted on one day; further ones change nothing.
pub const NOTES_A_DAY_MAX: u32 = 5;
/// Days a note is kept, the day of the note included.
pub const NOTES_KEPT_DAYS: u32 = 365;

/// How long a note waits for a command that is writing.
const BUSY_WAIT: Duration = Duration::from_secs(2);

/// Made with the first note: a register without any stays the file it was. `province` is the first two
/// digits of a division code (GB/T 2260), 0 where none was said; `day` counts as in the view.
const TABLE: &str = "
CREATE TABLE IF NOT EXISTS main.scan_notes (
    unit     BLOB NOT NULL,
    day      INTEGER NOT NULL,
    province INTEGER NOT NULL,
    times    INTEGER NOT NULL,
    PRIMARY KEY (unit, day, province)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS main.scan_notes_day ON scan_notes (day);
";

/// What was noted of one unit code and is still kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScanNotes {
    /// How often.
    pub times: u64,
    /// Day of the first note.
    pub first: Option<NaiveDate>,
    /// Day of the latest.
    pub last: Option<NaiveDate>,
    /// How often by province (two digits of GB/T 2260; 0: not said), by code.
    pub provinces: Vec<(u8, u64)>,
}

/// Takes notes, on a connection of its own.
#[derive(Debug)]
pub struct ScanBook {
    conn: Connection,
    path: PathBuf,
}

impl ScanBook {
    /// Opens the register for notes.
    ///
    /// # Errors
    /// As [`Register::open`](super::Register::open).
    pub fn open(path: &Path) -> Result<ScanBook> {
        let conn = schema::open(path)?;
        log::verify_checkpoint(&conn, path)?;
        conn.busy_timeout(BUSY_WAIT)?;
        Ok(ScanBook { conn, path: path.to_owned() })
    }

    /// Notes that a unit was checked on `day`, and whether that counted: beyond [`NOTES_A_DAY_MAX`] it
    /// does not. Days that are over their time are deleted.
    ///
    /// # Errors
    /// [`StoreError::Busy`] while a command is writing, or the database's.
    pub fn note(&mut self, unit: &KeyedHash, day: NaiveDate, province: u8) -> Result<bool> {
        let path = self.path.clone();
        self.noted(unit, day_number(day), province).map_err(|error| error.in_file(&path))
    }

    fn noted(&mut self, unit: &KeyedHash, day: i64, province: u8) -> Result<bool> {
        let transaction = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute_batch(TABLE)?;
        transaction
            .prepare_cached("DELETE FROM main.scan_notes WHERE day <= ?1")?
            .execute([day - i64::from(NOTES_KEPT_DAYS)])?;
        let today: i64 = transaction
            .prepare_cached(
                "SELECT coalesce(sum(times), 0) FROM main.scan_notes WHERE unit = ?1 AND day = ?2",
            )?
            .query_row(params![unit, day], |row| row.get(0))?;
        let counted = today < i64::from(NOTES_A_DAY_MAX);
        if counted {
            transaction
                .prepare_cached(
                    "INSERT INTO main.scan_notes (unit, day, province, times) VALUES (?1, ?2, ?3, 1)
                     ON CONFLICT (unit, day, province) DO UPDATE SET times = times + 1",
                )?
                .execute(params![unit, day, province])?;
        }
        transaction.commit()?;
        Ok(counted)
    }
}

/// What was noted of a unit and is kept on `day`.
pub(super) fn of_unit(conn: &Connection, unit: &KeyedHash, day: NaiveDate) -> Result<ScanNotes> {
    let there: Option<i64> = conn
        .prepare_cached("SELECT 1 FROM main.sqlite_schema WHERE name = 'scan_notes'")?
        .query_row([], |row| row.get(0))
        .optional()?;
    let mut notes = ScanNotes::default();
    if there.is_none() {
        return Ok(notes);
    }
    let mut statement = conn.prepare_cached(
        "SELECT province, sum(times), min(day), max(day) FROM main.scan_notes
         WHERE unit = ?1 AND day > ?2 GROUP BY province ORDER BY province",
    )?;
    let mut rows = statement.query(params![unit, day_number(day) - i64::from(NOTES_KEPT_DAYS)])?;
    let date = |number: i64| {
        i32::try_from(number).ok().and_then(NaiveDate::from_num_days_from_ce_opt).ok_or_else(|| {
            StoreError::Damaged(format!("the table of scan notes: {number} is no day"))
        })
    };
    while let Some(row) = rows.next()? {
        let times = super::view::index(row.get(1)?);
        let (first, last) = (date(row.get(2)?)?, date(row.get(3)?)?);
        notes.times += times;
        notes.first = Some(notes.first.map_or(first, |day| day.min(first)));
        notes.last = notes.last.max(Some(last));
        notes.provinces.push((row.get(0)?, times));
    }
    Ok(notes)
}

//! A copy opened under its key, and what it answers.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::{Barcodes, CodeShelf, CopyNote, Item, keys};
use crate::code::{CreditCode, Level, Malformed, Statement, StatementError};
use crate::id::Gtin;
use crate::note::{Note, NoteError, NoteKey};
use crate::signature::{KeyRecord, PublicKey, SignatureBytes, SignatureState, judge_by};
use crate::status_list::{Kept, StatusList};
use crate::verdict::{Asked, Outcome, Reason, View, judge_offline};

/// A copy whose signature and files were checked. There is no other way to have one.
#[derive(Clone, Debug)]
pub struct Copy {
    note: CopyNote,
    keys: Vec<KeyRecord>,
    shelf: CodeShelf,
    barcodes: Barcodes,
    list: StatusList,
}

/// Why a copy is not to be believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CopyError {
    /// It is no note, or not signed by the key.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The signed text is not that of a copy.
    #[error("the signed text is not that of an offline copy")]
    Text,
    /// A file is not the one that was signed.
    #[error("the file {0} is not the one that was signed")]
    File(&'static str),
    /// A file is the one that was signed and cannot be read by this program.
    #[error("the file {0} cannot be read by this program")]
    Unreadable(&'static str),
}

/// What stands in a copy about a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found<'c> {
    /// This, and how it stood.
    Code(Item<'c>, Kept),
    /// Nothing: it may be newer than the copy, or not be one of the register's.
    Nothing,
    /// It is a unit code, of which no copy can know.
    Unit,
}

/// The answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer<'c> {
    /// [`Outcome::CannotTell`] or [`Outcome::Malformed`].
    pub outcome: Outcome,
    /// Why, the worst first.
    pub reasons: Vec<Reason>,
    /// The code asked about, where there is one.
    pub code: Option<CreditCode>,
    /// The statement, and what became of its signature.
    pub statement: Option<(Statement, SignatureState)>,
    /// What stands in the copy; nothing where what was asked about is malformed.
    pub found: Option<Found<'c>>,
    /// What is wrong with a text that is no code.
    pub malformed: Option<Malformed>,
    /// What is wrong with digits that are no statement.
    pub bad_statement: Option<StatementError>,
    /// Whole days between the copy's day and now, both in China; none where the clock is behind it.
    pub age_days: Option<i64>,
}

impl Copy {
    /// Opens a copy. Copies of old have no `barcodes`; what is given for them is then not looked at.
    ///
    /// # Errors
    /// Whatever keeps it from being believed; a copy is taken whole or not at all.
    pub fn open(
        note: &str,
        key: &NoteKey,
        keys: &str,
        codes: Vec<u8>,
        status: &[u8],
        barcodes: &[u8],
    ) -> Result<Copy, CopyError> {
        let text = Note::parse(note)?.text_signed_by(key)?;
        let note = CopyNote::parse(text).map_err(|_| CopyError::Text)?;
        if note.name != key.name() {
            return Err(CopyError::Text);
        }
        for (name, content) in [("keys", keys.as_bytes()), ("codes", &codes), ("status", status)] {
            if !note.file(name).is_some_and(|file| file.is(content)) {
                return Err(CopyError::File(name));
            }
        }
        let shelf = CodeShelf::from_bytes(codes).map_err(|_| CopyError::Unreadable("codes"))?;
        let barcodes = match note.file("barcodes") {
            None => Barcodes::default(),
            Some(file) if file.is(barcodes) => Barcodes::from_bytes(barcodes, shelf.len())
                .map_err(|_| CopyError::Unreadable("barcodes"))?,
            Some(_) => return Err(CopyError::File("barcodes")),
        };
        let list = StatusList::from_bytes(status).map_err(|_| CopyError::Unreadable("status"))?;
        if list.len() != shelf.len() {
            return Err(CopyError::Unreadable("status"));
        }
        let keys = keys::read(keys).ok_or(CopyError::Unreadable("keys"))?;
        Ok(Copy { note, keys, shelf, barcodes, list })
    }

    /// What it says of itself.
    #[must_use]
    pub const fn note(&self) -> &CopyNote {
        &self.note
    }

    /// The codes in it.
    #[must_use]
    pub const fn shelf(&self) -> &CodeShelf {
        &self.shelf
    }

    /// Answers about a code as it was typed.
    #[must_use]
    pub fn code(&self, text: &str, now: DateTime<Utc>) -> Answer<'_> {
        let mut place = None;
        self.answer(Asked::typed(text, &mut place), now)
    }

    /// The model code of the goods under a barcode; none where the copy does not know it.
    #[must_use]
    pub fn code_of(&self, gtin: &Gtin) -> Option<CreditCode> {
        self.barcodes.find(gtin).and_then(|place| self.shelf.code_at(place))
    }

    /// Whole days between the copy's day and now, both in China; none where the clock is behind it.
    #[must_use]
    pub fn age_days(&self, now: DateTime<Utc>) -> Option<i64> {
        Some((day(now) - self.note.day).num_days()).filter(|days| *days >= 0)
    }

    /// Answers about the digits of a statement.
    #[must_use]
    pub fn statement(&self, digits: &str, now: DateTime<Utc>) -> Answer<'_> {
        self.statement_by(digits, now, PublicKey::holds)
    }

    /// As [`Copy::statement`], for a program that verifies elsewhere: see [`judge_by`].
    #[must_use]
    pub fn statement_by(
        &self,
        digits: &str,
        now: DateTime<Utc>,
        holds: impl FnMut(&PublicKey, &[u8], &SignatureBytes) -> Option<bool>,
    ) -> Answer<'_> {
        match Statement::parse(digits) {
            Ok(statement) => {
                let state = judge_by(&statement, &self.keys, holds);
                self.answer(Asked::Statement(&statement, state), now)
            }
            Err(bad) => self.answer(Asked::BadStatement(bad), now),
        }
    }

    fn answer(&self, asked: Asked<'_>, now: DateTime<Utc>) -> Answer<'_> {
        let log_time = self.note.log_time();
        let view = View {
            log_time: Some(log_time),
            offline: true,
            ..View::fresh(now, self.note.log_size)
        };
        let today = day(now);
        // A clock that is behind the copy cannot make a statement's days come later.
        let (outcome, reasons) = judge_offline(asked, view, today.max(self.note.day));
        let code = asked.code().copied();
        let found = match code {
            Some(code) if outcome != Outcome::Malformed => Some(self.find(&code, today)),
            _ => None,
        };
        Answer {
            outcome,
            reasons,
            code,
            statement: match asked {
                Asked::Statement(statement, state) => Some((statement.clone(), state)),
                _ => None,
            },
            found,
            malformed: match asked {
                Asked::Malformed(malformed) => Some(malformed),
                _ => None,
            },
            bad_statement: match asked {
                Asked::BadStatement(bad) => Some(bad),
                _ => None,
            },
            age_days: self.age_days(now),
        }
    }

    fn find(&self, code: &CreditCode, today: NaiveDate) -> Found<'_> {
        if code.level() == Level::Unit {
            return Found::Unit;
        }
        let Some(item) = self.shelf.find(code) else { return Found::Nothing };
        // The list has as many places as the shelf: opening has checked it.
        let kept = self.list.get(item.place).unwrap_or(Kept::Notice);
        // A term runs out by itself; the copy need not be new for that.
        let over = item.until.is_some_and(|until| until < today);
        Found::Code(item, if over { kept.max(Kept::NotInForce) } else { kept })
    }
}

/// The date in China, UTC+8 the year round.
fn day(now: DateTime<Utc>) -> NaiveDate {
    (now + TimeDelta::hours(8)).date_naive()
}

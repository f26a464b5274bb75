//! Requests to put something right, and suspicions of misuse: readers and enterprises file them
//! ([`crate::web`]), the office answers them ([`crate::office`]), `FILE.cases` keeps them.
//!
//! What people write is sealed when it comes in ([`seal`]): the public listener can write it and not read it.
//! Deadlines are counted in working days ([`crate::reference::working_days`]).

pub mod number;
pub mod seal;
pub mod token;

use std::path::Path;

use chrono::{Days, NaiveDate};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::keys::{Folder, KeyError};
use crate::reference::working_days;
use crate::store::{CaseFile, CaseRow, CaseTaken, NewCase, Result, StoreError};

use self::seal::{Opener, Sealer};

/// Working days within which the office takes a case up: its own promise, not a term of law.
pub const EXAMINE_DAYS: u32 = 7;
/// Working days within which it answers: its own promise, not a term of law.
pub const ANSWER_DAYS: u32 = 15;
/// Days after the answer that what was written is kept, unless the operator says otherwise.
pub const KEEP_DAYS: u32 = 30;

/// What is said to be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A fact.
    Facts,
    /// It was right once.
    Outdated,
    /// A fake, or somebody else's code.
    Fake,
    /// Data of a natural person.
    Personal,
    /// Something else.
    Other,
}

impl What {
    /// All, in the order of the form.
    pub const ALL: [What; 5] =
        [What::Facts, What::Outdated, What::Fake, What::Personal, What::Other];

    /// Code in the form and the file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            What::Facts => "facts",
            What::Outdated => "outdated",
            What::Fake => "fake",
            What::Personal => "personal",
            What::Other => "other",
        }
    }
}

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asker {
    /// A reader, who need not say who they are.
    Reader,
    /// The enterprise itself.
    Enterprise,
}

impl Asker {
    /// All, in the order of the form.
    pub const ALL: [Asker; 2] = [Asker::Reader, Asker::Enterprise];

    /// Code in the form and the file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Asker::Reader => "reader",
            Asker::Enterprise => "enterprise",
        }
    }
}

/// What came of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The asker is right.
    Upheld,
    /// In part.
    Partly,
    /// The record stays as it is.
    Refused,
    /// Who asked asks no more.
    Withdrawn,
}

impl Outcome {
    /// All, in the order of the form.
    pub const ALL: [Outcome; 4] =
        [Outcome::Upheld, Outcome::Partly, Outcome::Refused, Outcome::Withdrawn];

    /// Code in the form and the file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Outcome::Upheld => "upheld",
            Outcome::Partly => "partly",
            Outcome::Refused => "refused",
            Outcome::Withdrawn => "withdrawn",
        }
    }
}

/// What somebody wrote. Only ever kept sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// Name; empty: none was given.
    pub name: String,
    /// Where they can be reached; empty: nothing was given.
    pub contact: String,
    /// What is wrong and what would be right.
    pub right: String,
    /// What shows it.
    pub evidence: String,
    /// The code the page was about, where it was one item's or is not on record; else empty.
    pub code: String,
    /// Where an item with a code that is not on record was bought; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub bought: String,
}

/// A case as a form files it.
#[derive(Clone, Debug)]
pub struct Filed<'a> {
    /// The form's token, which no other form has.
    pub token: &'a str,
    /// Name of the record's kind.
    pub kind: &'a str,
    /// Key of the record.
    pub key: &'a str,
    /// What is wrong.
    pub what: What,
    /// Who asks.
    pub asker: Asker,
    /// What was written.
    pub written: &'a Written,
}

/// The open file of cases, with what seals and signs.
#[derive(Debug)]
pub struct Cases {
    file: CaseFile,
    keep_days: u32,
    secret: [u8; 32],
    sealer: Sealer,
}

/// Name of the setting with the key that forms are signed with.
const SECRET: &str = "form key";
/// Name of the setting with the public key that what is written is sealed to.
const PUBLIC: &str = "public key";

/// Why the cases cannot be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CasesError {
    /// The file.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The key that opens what was written.
    #[error(transparent)]
    Key(#[from] KeyError),
}

impl Cases {
    /// Opens the cases of a register; the file and its keys are made if there are none. The private key is
    /// put beside the register's other keys and is not kept here.
    ///
    /// # Errors
    /// File or key cannot be read or made.
    pub fn open(register: &Path, keep_days: u32) -> std::result::Result<Cases, CasesError> {
        let file = CaseFile::open(&CaseFile::of(register))?;
        if file.setting(SECRET)?.is_none() {
            let mut secret = [0; 32];
            getrandom::fill(&mut secret).map_err(|error| KeyError::Random(error.to_string()))?;
            file.set_once(SECRET, &secret)?;
        }
        if file.setting(PUBLIC)?.is_none() {
            // The private key first: to nothing that nobody can open is anything sealed.
            let opener = Opener::new(*Folder::of(register).case_key_or_new()?);
            file.set_once(PUBLIC, &opener.public())?;
        }
        Cases::of(file, keep_days).map_err(CasesError::Store)
    }

    /// Opens the cases of a register if there are any: with reports turned off, those that came before are
    /// still to be answered.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn there(register: &Path, keep_days: u32) -> Result<Option<Cases>> {
        let path = CaseFile::of(register);
        if !path.exists() {
            return Ok(None);
        }
        let file = CaseFile::open(&path)?;
        // A file that was made and never got its keys holds nothing.
        if file.setting(PUBLIC)?.is_none() {
            return Ok(None);
        }
        Cases::of(file, keep_days).map(Some)
    }

    fn of(file: CaseFile, keep_days: u32) -> Result<Cases> {
        let key = |name: &str| -> Result<[u8; 32]> {
            let found = file.setting(name)?.and_then(|bytes| bytes.try_into().ok());
            found.ok_or_else(|| {
                StoreError::Damaged(format!("{} has no {name}", file.path().display()))
            })
        };
        let (secret, public) = (key(SECRET)?, key(PUBLIC)?);
        Ok(Cases { file, keep_days, secret, sealer: Sealer::new(public) })
    }

    /// The file.
    #[must_use]
    pub fn file(&self) -> &CaseFile {
        &self.file
    }

    /// Days after an answer that what was written is kept.
    #[must_use]
    pub const fn keep_days(&self) -> u32 {
        self.keep_days
    }

    /// The day on which what was written about a case that is closed on `day` is deleted.
    #[must_use]
    pub fn purge_on(&self, day: NaiveDate) -> NaiveDate {
        day.checked_add_days(Days::new(self.keep_days.into())).unwrap_or(day)
    }

    /// A token for a form about a record (`KIND/KEY`), at a second of Unix time.
    ///
    /// # Errors
    /// No randomness.
    pub fn token(&self, about: &str, now: i64) -> Result<String> {
        token::make(&self.secret, about, now)
    }

    /// Seconds since a token was made for a form about this record; none: it was not made here, or for
    /// another record.
    #[must_use]
    pub fn age(&self, token: &str, about: &str, now: i64) -> Option<i64> {
        token::age(&self.secret, token, about, now)
    }

    /// The keyed hash of a form and everything in it, and what was written as JSON.
    fn form(&self, of: &Filed<'_>) -> Result<([u8; 32], Vec<u8>)> {
        let json = serde_json::to_vec(of.written).map_err(std::io::Error::from)?;
        let mut form = Hmac::<Sha256>::new_from_slice(&self.secret)
            .map_err(|error| StoreError::Caller(error.to_string()))?;
        for part in [of.token, of.kind, of.key, of.what.code(), of.asker.code()] {
            form.update(part.as_bytes());
            form.update(&[0]);
        }
        form.update(&json);
        Ok((form.finalize().into_bytes().into(), json))
    }

    /// The case that the same form became before; none: it is new.
    ///
    /// # Errors
    /// The file's.
    pub fn before(&self, of: &Filed<'_>) -> Result<Option<CaseRow>> {
        self.file.by_form(&self.form(of)?.0)
    }

    /// Takes a case in. The same form sent twice with the same words is one case.
    ///
    /// # Errors
    /// The file's, or no randomness.
    pub fn take(&self, of: &Filed<'_>, today: NaiveDate, most: [u32; 2]) -> Result<CaseTaken> {
        let (form, json) = self.form(of)?;
        let due = working_days::after(today, ANSWER_DAYS);
        let new = NewCase {
            form,
            kind: of.kind.to_owned(),
            key: of.key.to_owned(),
            what: of.what.code().to_owned(),
            asker: of.asker.code().to_owned(),
            received_on: today,
            due_on: due.day,
            due_exact: due.exact,
            sealed: self.sealer.seal(&json)?,
        };
        self.file.take(&new, most, &mut |year, nth| number::make(year, nth))
    }

    /// The case of a number as somebody typed it; none: it is no number, or none of ours.
    ///
    /// # Errors
    /// The file's.
    pub fn find(&self, typed: &str) -> Result<Option<CaseRow>> {
        match number::read(typed) {
            Some(number) => self.file.by_number(&number),
            None => Ok(None),
        }
    }
}

/// What was written about a case, opened with the key beside the register.
///
/// # Errors
/// The key is not here, or it is not the one it was sealed to.
pub fn opened(register: &Path, sealed: &[u8]) -> std::result::Result<Written, KeyError> {
    let folder = Folder::of(register);
    let broken = || KeyError::Broken {
        path: folder.path().to_owned(),
        what: "where the key is that this case was sealed to",
    };
    let opener = Opener::new(*folder.case_key()?);
    let json = opener.open(sealed).ok_or_else(broken)?;
    serde_json::from_slice(&json).map_err(|_| broken())
}

//! The text of the note that signs a copy.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sha2::{Digest, Sha256};

use crate::id::date::iso;
use crate::id::key::hex;

/// The second line: what the text is, and its version. The first line of a log's checkpoint names a
/// log and its second is a number, so neither can be taken for the other.
const WHAT: &str = "liangbiao offline copy 1";

/// Most files a note names.
const FILES_MAX: usize = 50;

/// A file named by a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// What it is: `keys`, `codes`, `status`, or another of small letters, digits and hyphens.
    pub name: String,
    /// SHA-256 of its bytes, as 64 hex digits in small letters.
    pub sha256: String,
    /// Bytes before any compression.
    pub bytes: u64,
}

impl File {
    /// Names a file's content.
    #[must_use]
    pub fn of(name: &str, content: &[u8]) -> File {
        File {
            name: name.to_owned(),
            sha256: hex(&Sha256::digest(content)),
            bytes: content.len() as u64,
        }
    }

    /// Whether this is the content that is meant.
    #[must_use]
    pub fn is(&self, content: &[u8]) -> bool {
        content.len() as u64 == self.bytes && hex(&Sha256::digest(content)) == self.sha256
    }
}

/// What a copy says of itself.
///
/// ```text
/// quality.example/offline              who signs: the name of the key
/// liangbiao offline copy 1
/// origin https://quality.example       where the register is read; - where that is not set
/// size 48213                           entries of the log
/// day 2026-11-22                       the day it speaks of, in China
/// written 2026-11-21T14:51:07Z         when the log's last entry was recorded; - in an empty log
/// file keys 64-hex-digits 412          and so on, a line for each file
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyNote {
    /// Name of the key that signs it.
    pub name: String,
    /// `https://quality.example`; empty where the operator set none.
    pub origin: String,
    /// Entries of the log.
    pub log_size: u64,
    /// The day it speaks of.
    pub day: NaiveDate,
    /// When the last entry was recorded, to the second.
    pub written: Option<DateTime<Utc>>,
    /// The files.
    pub files: Vec<File>,
}

/// A text that is no [`CopyNote`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the text is not that of an offline copy of this version")]
pub struct NoteTextError;

impl CopyNote {
    /// The text, ready to be signed.
    #[must_use]
    pub fn text(&self) -> String {
        let or_dash = |text: String| if text.is_empty() { "-".to_owned() } else { text };
        let written =
            self.written.map(|at| format!("{}T{}Z", at.date_naive(), at.time().format("%H:%M:%S")));
        let mut text = format!(
            "{}\n{WHAT}\norigin {}\nsize {}\nday {}\nwritten {}\n",
            self.name,
            or_dash(self.origin.clone()),
            self.log_size,
            self.day,
            or_dash(written.unwrap_or_default()),
        );
        for File { name, sha256, bytes } in &self.files {
            text.push_str(&format!("file {name} {sha256} {bytes}\n"));
        }
        text
    }

    /// Reads a text whose signature was verified.
    ///
    /// # Errors
    /// Anything that is not as [`CopyNote::text`] writes it.
    pub fn parse(text: &str) -> Result<CopyNote, NoteTextError> {
        read(text).ok_or(NoteTextError)
    }

    /// A file by its name.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&File> {
        self.files.iter().find(|file| file.name == name)
    }

    /// A time at which the copy was at the log's head: the beginning of its day in China, or when
    /// its last entry was recorded, whichever is later. The signing itself is not dated: the text
    /// is a function of the log and the day.
    #[must_use]
    pub fn log_time(&self) -> DateTime<Utc> {
        // China standard time is UTC+8 the year round.
        let begins = self.day.and_time(chrono::NaiveTime::MIN).and_utc() - TimeDelta::hours(8);
        self.written.map_or(begins, |written| written.max(begins))
    }
}

fn read(text: &str) -> Option<CopyNote> {
    let mut lines = text.strip_suffix('\n')?.split('\n');
    let name = lines.next()?;
    if lines.next()? != WHAT {
        return None;
    }
    let mut value = |name: &str| lines.next()?.strip_prefix(name)?.strip_prefix(' ');
    let origin = match value("origin")? {
        "-" => "",
        // Written as a dash: a second way to write one text would be a second signature for it.
        "" => return None,
        origin => origin,
    };
    let log_size = number(value("size")?)?;
    let day = iso(value("day")?)?;
    let written = match value("written")? {
        "-" => None,
        at => Some(instant(at)?),
    };
    let files: Option<Vec<File>> = lines.take(FILES_MAX + 1).map(file).collect();
    let files = files.filter(|files| files.len() <= FILES_MAX)?;
    Some(CopyNote {
        name: name.to_owned(),
        origin: origin.to_owned(),
        log_size,
        day,
        written,
        files,
    })
}

fn file(line: &str) -> Option<File> {
    let mut words = line.strip_prefix("file ")?.split(' ');
    let (name, sha256, bytes) = (words.next()?, words.next()?, number(words.next()?)?);
    let named = |b: u8| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-');
    let digit = |b: u8| matches!(b, b'a'..=b'f' | b'0'..=b'9');
    let right = !name.is_empty()
        && name.bytes().all(named)
        && sha256.len() == 64
        && sha256.bytes().all(digit)
        && words.next().is_none();
    right.then(|| File { name: name.to_owned(), sha256: sha256.to_owned(), bytes })
}

/// A number as it is printed: digits, no sign, no zero in front.
fn number(text: &str) -> Option<u64> {
    let plain = text.bytes().all(|b| b.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    if plain { text.parse().ok() } else { None }
}

/// `2026-11-21T14:51:07Z`, exactly.
fn instant(text: &str) -> Option<DateTime<Utc>> {
    let (day, time) = text.strip_suffix('Z')?.split_once('T')?;
    let part = |at: usize| {
        let digits = time.get(at..at + 2)?;
        if digits.bytes().all(|b| b.is_ascii_digit()) { digits.parse::<u32>().ok() } else { None }
    };
    let colons = time.len() == 8 && time.as_bytes()[2] == b':' && time.as_bytes()[5] == b':';
    let at = iso(day)?.and_hms_opt(part(0)?, part(3)?, part(6)?)?;
    colons.then(|| at.and_utc())
}

//! Keys and their lives as lines of text, since a browser that verifies has no JSON reader with it.
//!
//! ```text
//! ed25519 active 2026-01-01 - 2026-01-01 AQECAwQF…
//! ```
//! Algorithm, status, first day, last day or `-`, the day from which the status holds, and the key as
//! in its record (see [`PublicKey::to_record`]). The lines stand in ascending order.

use chrono::NaiveDate;

use crate::id::date::iso;
use crate::signature::{Algorithm, KeyRecord, KeyStatus, PublicKey};

/// Most keys of a copy.
pub const KEYS_MAX: usize = 1_000;

/// Writes the lines.
#[must_use]
pub fn write<'k>(keys: impl IntoIterator<Item = &'k KeyRecord>) -> String {
    let mut lines: Vec<String> = keys.into_iter().map(line).collect();
    lines.sort_unstable();
    lines.concat()
}

fn line(key: &KeyRecord) -> String {
    let last = key.valid_to.map_or_else(|| "-".to_owned(), |day| day.to_string());
    let (algorithm, status) = (key.public_key.algorithm().code(), key.status.code());
    let KeyRecord { valid_from, since, .. } = key;
    format!("{algorithm} {status} {valid_from} {last} {since} {}\n", key.public_key.to_record())
}

/// Reads them; nothing where a line is not as written, or there are more than [`KEYS_MAX`].
#[must_use]
pub fn read(text: &str) -> Option<Vec<KeyRecord>> {
    if text.is_empty() {
        return Some(Vec::new());
    }
    let lines = text.strip_suffix('\n')?.split('\n');
    let keys: Option<Vec<KeyRecord>> = lines.take(KEYS_MAX + 1).map(key).collect();
    keys.filter(|keys| keys.len() <= KEYS_MAX)
}

fn key(line: &str) -> Option<KeyRecord> {
    let mut words = line.split(' ');
    let algorithm = Algorithm::from_code(words.next()?)?;
    let status = words.next()?;
    let status = KeyStatus::ALL.into_iter().find(|one| one.code() == status)?;
    let valid_from = iso(words.next()?)?;
    let valid_to: Option<NaiveDate> = match words.next()? {
        "-" => None,
        day => Some(iso(day)?),
    };
    let since = iso(words.next()?)?;
    let public_key = PublicKey::from_record(algorithm, words.next()?).ok()?;
    words.next().is_none().then_some(KeyRecord { public_key, valid_from, valid_to, status, since })
}

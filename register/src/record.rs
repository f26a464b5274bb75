//! The record rule: which entry is the record, as of a day and as known at a log size.

use chrono::NaiveDate;

use crate::Entry;

/// Picks the record among the entries of **one** (kind, key).
///
/// Of the entries known at log size `known` (`seq < known`) whose `valid_from` is not after
/// `as_of`, the record is the one greatest in (`valid_from`, `seq`). This one rule gives the
/// current state, the state as of a day, the state as it was known, the history and the diff.
#[must_use]
pub fn select<'a>(
    entries: impl IntoIterator<Item = &'a Entry>,
    as_of: NaiveDate,
    known: u64,
) -> Option<&'a Entry> {
    entries
        .into_iter()
        .filter(|e| e.seq < known && e.valid_from <= as_of)
        .max_by_key(|e| (e.valid_from, e.seq))
}

#[cfg(test)]
#[path = "record_tests.rs"]
mod tests;

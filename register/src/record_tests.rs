//! The record rule against a model that replays the log day by day.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::*;
use crate::{Body, Draft, Kind, Locator, ReasonCode, SourceRef};

fn day(offset: u64) -> NaiveDate {
    NaiveDate::default() + Days::new(offset)
}

/// An entry valid from that day; entries are numbered in the order they were learnt.
fn entry(seq: u64, valid_from: u64) -> Entry {
    let draft = Draft {
        valid_from: day(valid_from),
        kind: Kind::Product,
        key: "p-000000000000".to_owned(),
        reason: ReasonCode::Listed.into(),
        source: SourceRef { id: "list".to_owned(), locator: Locator::default() },
        body: Body::new(),
    };
    draft.at(seq, chrono::DateTime::default())
}

/// What a reader would do with paper: lay out what is known, day by day, later papers over earlier.
fn model(entries: &[Entry], as_of: NaiveDate, known: u64) -> Option<u64> {
    let mut top = None;
    let mut today = day(0);
    while today <= as_of {
        for entry in entries {
            if entry.seq < known && entry.valid_from == today {
                top = Some(entry.seq);
            }
        }
        today = today + Days::new(1);
    }
    top
}

fn seq(entries: &[Entry], as_of: u64, known: u64) -> Option<u64> {
    select(entries, day(as_of), known).map(|entry| entry.seq)
}

#[test]
fn a_back_dated_entry_rules_its_own_days_only() {
    // Learnt in this order: valid from day 10, then from day 20, then, late, from day 15.
    let entries = [entry(0, 10), entry(1, 20), entry(2, 15)];
    assert_eq!(seq(&entries, 9, 3), None);
    assert_eq!(seq(&entries, 14, 3), Some(0));
    assert_eq!(seq(&entries, 15, 3), Some(2));
    assert_eq!(seq(&entries, 20, 3), Some(1));
    // Before it was learnt, day 15 looked otherwise, and still does for who asks what was known then.
    assert_eq!(seq(&entries, 15, 2), Some(0));
}

#[test]
fn a_correction_of_the_same_day_rules_and_the_corrected_is_kept() {
    let entries = [entry(0, 10), entry(1, 10)];
    assert_eq!(seq(&entries, 10, 2), Some(1));
    assert_eq!(seq(&entries, 10, 1), Some(0));
    assert_eq!(seq(&entries, 10, 0), None);
}

proptest! {
    #[test]
    fn selection_equals_the_model(days in prop::collection::vec(0..30u64, 0..20), as_of in 0..35u64, known in 0..25u64) {
        let entries: Vec<Entry> = days.into_iter().enumerate().map(|(i, d)| entry(i as u64, d)).collect();
        prop_assert_eq!(seq(&entries, as_of, known), model(&entries, day(as_of), known));
        // The order in which a store hands the entries over does not matter.
        let reversed: Vec<Entry> = entries.iter().rev().cloned().collect();
        prop_assert_eq!(seq(&reversed, as_of, known), seq(&entries, as_of, known));
    }
}

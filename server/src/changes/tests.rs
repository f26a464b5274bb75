//! Against a model that knows nothing but the record rule, over random histories.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, NaiveDate};
use proptest::prelude::*;
use register::{Change, Draft, Entry, Kind, Reason, ReasonCode, SourceRef, change, record};
use serde_json::json;

use super::*;
use crate::store::{FixedClock, Log, Reader, Register};

const SCHEMES: [&str; 2] = ["s1", "s2"];
const STATUSES: [&str; 5] = ["valid", "suspended", "withdrawn", "exited", "valid"];

fn day(n: i32) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(738_000 + n).expect("a day of this century")
}

/// One step of a history: which key, which kind, the day it became true, its status, its scheme.
type Step = (u8, bool, i32, usize, usize);

fn draft((key, listing, valid_from, status, scheme): Step) -> Draft {
    let (kind, key, body) = if listing {
        let body = json!({
            "scheme": SCHEMES[scheme], "status": STATUSES[status],
            "subject": { "kind": "product", "key": format!("p{}", key % 2) },
        });
        (Kind::Listing, format!("l{key}"), body)
    } else {
        let status = if status == 2 { "discontinued" } else { "on_sale" };
        (Kind::Product, format!("p{key}"), json!({ "status": status, "model": status }))
    };
    Draft {
        valid_from: day(valid_from),
        kind,
        key,
        reason: Reason::from(ReasonCode::Amended),
        source: SourceRef { id: "a".to_owned(), locator: Default::default() },
        body: body.as_object().cloned().expect("an object"),
    }
}

/// A register with that history, appended in batches, each batch a day after the one before.
fn register(folder: &tempfile::TempDir, batches: &[Vec<Step>]) -> Reader {
    let path = folder.path().join("register.db");
    let first = DateTime::from_timestamp(1_700_000_000, 0).expect("an instant");
    Register::create_with(
        &path,
        &"a".repeat(32),
        std::sync::Arc::new(FixedClock(first)),
        &mut std::iter::empty(),
    )
    .expect("a register");
    for (i, batch) in batches.iter().enumerate() {
        let later = first + chrono::Days::new(i as u64);
        let clock = std::sync::Arc::new(FixedClock(later));
        let register = Register::open_with_clock(&path, clock).expect("the register");
        register.append(&mut batch.iter().map(|step| draft(*step))).expect("appended");
    }
    Reader::open(&path).expect("a reader")
}

/// What a list of changes says, without numbers of the view.
type Said = (u64, Option<u64>, Change);

/// By the record rule alone, day by day and entry by entry.
fn model(log: &[Entry], axis: Axis, known: u64, from: i32, to: i32) -> Vec<Said> {
    let keys: BTreeSet<(Kind, &str)> = log.iter().map(|e| (e.kind, e.key.as_str())).collect();
    let ended = |e: &Entry| change::ended(e.kind, e.reason.code, &e.body);
    let said = |before: Option<&Entry>, now: &Entry| {
        let was = before.map(ended);
        let is = ended(now);
        let change = match (was, is) {
            (Some(false), false) | (Some(true), true) => Change::Changed,
            (_, true) => Change::Left,
            (_, false) => Change::Added,
        };
        (now.seq, before.map(|e| e.seq), change)
    };
    let mut rows = Vec::new();
    for (kind, key) in keys {
        let own = || log.iter().filter(|e| e.kind == kind && e.key == key);
        match axis {
            Axis::Valid => {
                for n in from..=to {
                    let before = record::select(own(), day(n - 1), known);
                    let now = record::select(own(), day(n), known);
                    if let Some(now) = now
                        && before.map(|e| e.seq) != Some(now.seq)
                    {
                        rows.push((n, said(before, now)));
                    }
                }
            }
            Axis::Recorded => {
                for now in own().filter(|e| e.seq < known) {
                    let on = crate::store::china_day(now.recorded_at);
                    if on >= day(from) && on <= day(to) {
                        let before = record::select(own(), now.valid_from, now.seq);
                        rows.push((0, said(before, now)));
                    }
                }
            }
        }
    }
    rows.sort_by_key(|(day, (seq, ..))| std::cmp::Reverse((*day, *seq)));
    rows.into_iter().map(|(_, said)| said).collect()
}

fn said(hits: &Hits) -> Vec<Said> {
    let one = |row: &Row| (u64::from(row.seq), row.before.map(u64::from), row.change);
    hits.rows.iter().map(one).collect()
}

fn counted<K: Ord>(keys: impl Iterator<Item = K>) -> BTreeMap<K, usize> {
    let mut counts = BTreeMap::new();
    keys.for_each(|key| *counts.entry(key).or_default() += 1);
    counts
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn changes_are_what_the_record_rule_says_on_random_histories(
        batches in proptest::collection::vec(
            proptest::collection::vec((0u8..4, any::<bool>(), 0i32..12, 0usize..5, 0usize..2), 0..8),
            1..5,
        ),
        from in -1i32..12, length in 0i32..12,
        known in 0u64..24,
        recorded_from in 0i32..4,
        asked_kind in any::<Option<bool>>(), asked_change in proptest::option::of(0usize..3),
        asked_scheme in proptest::option::of(0usize..2), hidden in any::<bool>(),
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let reader = register(&folder, &batches);
        let log = reader.entries(0, usize::MAX).expect("the log");
        let known = known.min(log.len() as u64);
        let mut entries = Vec::new();
        reader.extend_versions(&mut entries).expect("versions");
        prop_assert_eq!(entries.len(), log.len());
        entries.truncate(usize::try_from(known).expect("small"));
        let versions = Versions::sorted(entries);
        let ce = |n: i32| day(n).num_days_from_ce();
        let first_day = crate::store::china_day(DateTime::from_timestamp(1_700_000_000, 0).expect("an instant"))
            .num_days_from_ce() - 738_000;
        for axis in [Axis::Valid, Axis::Recorded] {
            let (from, to) = match axis {
                Axis::Valid => (from, from + length),
                Axis::Recorded => (first_day + recorded_from, first_day + recorded_from + length / 4),
            };
            let all = model(&log, axis, known, from, to);
            let days = Some(ce(from)..=ce(to));
            prop_assert_eq!(said(&versions.ask(&Ask { axis, days: days.clone(), ..Ask::default() })), all.clone());

            // Filters, and the counts beside them.
            let kind = asked_kind.map(|listing| if listing { Kind::Listing } else { Kind::Product });
            let change = asked_change.map(|i| Change::ALL[i]);
            let scheme = asked_scheme.map(|i| SCHEMES[i]);
            let number = |key: &str| {
                let found = reader.numbers(Kind::Scheme, &HashSet::from([key])).expect("numbers");
                found.first().copied().unwrap_or(u32::MAX)
            };
            let hide = if hidden { "p1" } else { "none" };
            let ask = Ask {
                axis, days,
                kinds: kind.into_iter().collect(),
                changes: change.into_iter().collect(),
                schemes: scheme.into_iter().map(number).collect(),
                hidden: Arc::new(log.iter().filter(|e| e.key == hide).map(|e| index(e.seq as usize)).collect()),
                ..Ask::default()
            };
            let entry = |said: &Said| &log[usize::try_from(said.0).expect("small")];
            let of_scheme = |said: &Said| entry(said).body.get("scheme").and_then(|v| v.as_str()).map(str::to_owned);
            let shown: Vec<Said> = all.into_iter().filter(|said| entry(said).key != hide).collect();
            let by_kind = |said: &Said| kind.is_none_or(|kind| entry(said).kind == kind);
            let by_change = |said: &Said| change.is_none_or(|change| said.2 == change);
            let by_scheme = |said: &Said| scheme.is_none_or(|scheme| of_scheme(said).as_deref() == Some(scheme));
            let hits = versions.ask(&ask);
            let expected: Vec<Said> = shown.iter()
                .filter(|s| by_kind(s) && by_change(s) && by_scheme(s)).copied().collect();
            prop_assert_eq!(said(&hits), expected);
            prop_assert_eq!(hits.kinds, counted(
                shown.iter().filter(|s| by_change(s) && by_scheme(s)).map(|s| entry(s).kind)));
            prop_assert_eq!(hits.changes, counted(
                shown.iter().filter(|s| by_kind(s) && by_scheme(s)).map(|s| s.2)));
            let names = reader.keys_by_number(Kind::Scheme).expect("schemes");
            let schemes: BTreeMap<String, usize> =
                hits.schemes.iter().map(|(id, n)| (names[id].clone(), *n)).collect();
            prop_assert_eq!(schemes, counted(
                shown.iter().filter(|s| by_kind(s) && by_change(s)).filter_map(of_scheme)));
        }
    }

    /// Between any two days the changes lead from what was in force to what is: nothing comes or goes
    /// unsaid, whatever was corrected or told late.
    #[test]
    fn what_came_less_what_left_is_what_is_there_more(
        batches in proptest::collection::vec(
            proptest::collection::vec((0u8..4, any::<bool>(), 0i32..12, 0usize..5, 0usize..2), 0..8),
            1..4,
        ),
        from in 0i32..12, length in 0i32..12,
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let reader = register(&folder, &batches);
        let log = reader.entries(0, usize::MAX).expect("the log");
        let mut entries = Vec::new();
        reader.extend_versions(&mut entries).expect("versions");
        let versions = Versions::sorted(entries);
        let keys: BTreeSet<(Kind, &str)> = log.iter().map(|e| (e.kind, e.key.as_str())).collect();
        let there = |n: i32| -> BTreeSet<(Kind, String)> {
            keys.iter().filter(|(kind, key)| {
                let own = log.iter().filter(|e| e.kind == *kind && e.key == *key);
                record::select(own, day(n), u64::MAX)
                    .is_some_and(|e| !change::ended(e.kind, e.reason.code, &e.body))
            }).map(|(kind, key)| (*kind, (*key).to_owned())).collect()
        };
        let days = Some(day(from).num_days_from_ce()..=day(from + length).num_days_from_ce());
        let hits = versions.ask(&Ask { days, ..Ask::default() });
        let mut state = there(from - 1);
        for row in hits.rows.iter().rev() {
            let entry = &log[row.seq as usize];
            let key = (entry.kind, entry.key.clone());
            match row.change {
                Change::Added => prop_assert!(state.insert(key), "added twice"),
                Change::Left => { state.remove(&key); }
                Change::Changed => {}
            }
        }
        prop_assert_eq!(state, there(from + length));
    }
}

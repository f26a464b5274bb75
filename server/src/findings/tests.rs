use std::sync::Arc;

use chrono::NaiveDate;
use register::{Body, Draft, Reason, ReasonCode};
use serde_json::json;

use super::*;
use crate::store::{FixedClock, Log, Register};
use crate::{reference, sample};

/// A sample register in a folder of its own.
fn sample_of(products: u64) -> (tempfile::TempDir, Register) {
    let folder = tempfile::tempdir().unwrap();
    let now = sample::TODAY.and_hms_opt(2, 0, 0).unwrap().and_utc();
    let mut drafts = reference::drafts().into_iter().chain(sample::drafts(products, 1));
    let register = Register::create_with(
        &folder.path().join("sample.db"),
        &sample::register_id(products, 1),
        Arc::new(FixedClock(now)),
        &mut drafts,
    );
    (folder, register.unwrap())
}

fn now(reader: &Reader) -> At {
    At { as_of: sample::TODAY, known: reader.log_size().unwrap() }
}

/// Every record at once, with the earlier versions of the enterprises.
fn at_once(reader: &Reader, at: At) -> Vec<Arc<Finding>> {
    let mut entries = Vec::new();
    for kind in Kind::ALL {
        reader
            .records(kind, at, &mut |entry| {
                if kind == Kind::Enterprise {
                    entries.extend(reader.history(kind, &entry.key)?);
                } else {
                    entries.push(entry);
                }
                Ok(())
            })
            .unwrap();
    }
    inconsistency::all(&Joined::new(&entries, at.as_of)).into_iter().map(Arc::new).collect()
}

#[test]
fn enterprise_by_enterprise_finds_what_the_whole_register_at_once_gives() {
    let (_folder, register) = sample_of(300);
    let reader = register.reader().unwrap();
    for day in [sample::TODAY, NaiveDate::from_ymd_opt(2024, 3, 1).unwrap()] {
        let at = At { as_of: day, known: reader.log_size().unwrap() };
        let mut steps = Vec::new();
        let found =
            Found::read(&reader, at, Audience::Operator, &mut |done, all| steps.push((done, all)))
                .unwrap();
        let expected = at_once(&reader, at);
        assert!(expected.len() > 20, "{day}: {}", expected.len());
        assert_eq!(found.all(), expected, "{day}");
        assert_eq!(steps.last().map(|(done, all)| done == all), Some(true));
    }
}

#[test]
fn the_sample_has_an_example_of_every_rule() {
    let (_folder, register) = sample_of(600);
    let reader = register.reader().unwrap();
    let found =
        Found::read(&reader, now(&reader), Audience::Operator, &mut |_, _| {}).unwrap().all();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &found {
        *counts.entry(finding.rule.code()).or_default() += 1;
    }
    println!("{counts:?}");
    // An import refuses a grant outside its scheme's dates (E25), and a sample is as if imported; the
    // policies' terms are the built-in documents' own.
    let elsewhere = ["I04", "I21"];
    let codes = Rule::ALL.iter().map(|rule| rule.code());
    let missing: Vec<&str> =
        codes.filter(|code| !counts.contains_key(code) && !elsewhere.contains(code)).collect();
    assert!(missing.is_empty(), "no example of {missing:?}: {counts:?}");
    assert!(found.iter().any(|finding| finding.contested()), "one finding is contested");
    assert!(found.len() < 900, "{counts:?}");
}

#[test]
fn new_entries_change_what_is_found_around_them_and_nothing_else() {
    let (_folder, register) = sample_of(120);
    let reader = register.reader().unwrap();
    let before = Found::read(&reader, now(&reader), Audience::Operator, &mut |_, _| {}).unwrap();
    let mut firm = None;
    reader
        .records(Kind::Enterprise, now(&reader), &mut |entry| {
            if !reader
                .referring(Kind::Listing, Kind::Enterprise, &entry.key, now(&reader))?
                .is_empty()
            {
                firm = firm.take().or(Some(entry));
            }
            Ok(())
        })
        .unwrap();
    let firm = firm.unwrap();
    let mut body: Body = firm.body.clone();
    body.insert("status".to_owned(), json!("deregistered"));
    let draft = Draft {
        valid_from: sample::TODAY,
        kind: Kind::Enterprise,
        key: firm.key.clone(),
        reason: Reason::from(ReasonCode::Amended),
        source: firm.source.clone(),
        body,
    };
    register.append(&mut [draft].into_iter()).unwrap();
    let at = now(&reader);
    let entries = reader.entries(before.at.known, 10).unwrap();
    let after = before.later(&reader, at, &entries).unwrap().unwrap();
    assert_eq!(
        after.all(),
        Found::read(&reader, at, Audience::Operator, &mut |_, _| {}).unwrap().all()
    );
    assert_ne!(after.all(), before.all());
    let tomorrow = At { as_of: sample::TODAY.succ_opt().unwrap(), ..at };
    assert!(after.later(&reader, tomorrow, &[]).unwrap().is_none(), "another day is read anew");
}

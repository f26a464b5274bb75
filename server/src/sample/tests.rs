use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{Datelike, NaiveDate};
use register::code::{CreditCode, RESERVED};
use register::kinds::{Context, validate};
use register::verdict::{Asked, Outcome, View};
use register::{Body, Draft, Kind, Reason};

use super::{TODAY, drafts};
use crate::behind::Behind;
use crate::reference;
use crate::store::{At, FixedClock, Register};

/// A register held in memory: what validation may ask about.
struct Held<'d> {
    records: &'d HashMap<(Kind, &'d str), &'d Body>,
    previous: Option<&'d Body>,
    draft: &'d Draft,
}

impl Context for Held<'_> {
    fn today(&self) -> NaiveDate {
        TODAY
    }
    fn valid_from(&self) -> NaiveDate {
        self.draft.valid_from
    }
    fn reason(&self) -> Option<&Reason> {
        Some(&self.draft.reason)
    }
    fn exists(&self, kind: Kind, key: &str) -> bool {
        self.records.contains_key(&(kind, key))
    }
    fn record(&self, kind: Kind, key: &str) -> Option<Body> {
        self.records.get(&(kind, key)).map(|body| (*body).clone())
    }
    fn previous(&self) -> Option<&Body> {
        self.previous
    }
    fn place_loaded(&self, province: &str) -> bool {
        province == "44" || province == "62"
    }
    fn system_exists(&self, id: &str) -> bool {
        reference::system(id).is_some()
    }
}

/// Every error validation finds, in the order of the drafts.
fn errors(all: &[Draft]) -> Vec<String> {
    let records: HashMap<(Kind, &str), &Body> =
        all.iter().map(|d| ((d.kind, d.key.as_str()), &d.body)).collect();
    let mut before: HashMap<(Kind, &str), &Body> = HashMap::new();
    let mut found = Vec::new();
    for draft in all {
        let previous = before.insert((draft.kind, &draft.key), &draft.body);
        let held = Held { records: &records, previous, draft };
        for message in validate(draft.kind, &draft.key, &draft.body, &held) {
            if message.code.is_error() {
                found.push(format!("{:?} {} {message:?}", draft.kind, draft.key));
            }
        }
    }
    found
}

fn whole(products: u64, seed: u64) -> Vec<Draft> {
    reference::drafts().into_iter().chain(drafts(products, seed)).collect()
}

#[test]
fn every_built_in_entry_is_valid() {
    let found = errors(&reference::drafts());
    assert!(found.is_empty(), "{} errors: {:#?}", found.len(), &found[..found.len().min(8)]);
}

#[test]
fn every_sample_entry_is_valid() {
    for (products, seed) in [(600, 1), (1500, 7)] {
        let found = errors(&whole(products, seed));
        assert!(found.is_empty(), "{} errors: {:#?}", found.len(), &found[..found.len().min(8)]);
    }
}

#[test]
fn the_same_seed_gives_the_same_register_and_another_seed_another() {
    let first: Vec<Draft> = drafts(120, 5).collect();
    assert_eq!(first, drafts(120, 5).collect::<Vec<_>>());
    assert_ne!(first, drafts(120, 6).collect::<Vec<_>>());
}

#[test]
fn there_are_as_many_products_as_asked_for_and_no_key_names_two_things() {
    for wanted in [0, 1, 7, 600, 2000] {
        let all: Vec<Draft> = drafts(wanted, 1).collect();
        let products: HashSet<&str> =
            all.iter().filter(|d| d.kind == Kind::Product).map(|d| d.key.as_str()).collect();
        assert_eq!(products.len() as u64, wanted);
        let mut firsts = HashSet::new();
        for draft in &all {
            let first = matches!(
                draft.reason.code,
                register::ReasonCode::Granted | register::ReasonCode::Published
            );
            assert!(
                !first || firsts.insert((draft.kind, &draft.key)),
                "{:?} {}",
                draft.kind,
                draft.key
            );
            assert!(!draft.key.is_empty(), "{:?} has no key: {:?}", draft.kind, draft.body);
        }
    }
}

#[test]
fn every_facet_of_the_lists_has_several_values() {
    let all = whole(600, 1);
    let mut latest: BTreeMap<(Kind, &str), &Draft> = BTreeMap::new();
    for draft in &all {
        if draft.valid_from <= TODAY {
            latest.insert((draft.kind, &draft.key), draft);
        }
    }
    let values = |kind: Kind, field: &str| -> BTreeSet<String> {
        latest
            .values()
            .filter(|d| d.kind == kind)
            .filter_map(|d| d.body.get(field)?.as_str().map(str::to_owned))
            .collect()
    };
    assert!(values(Kind::Product, "sector").len() >= 8);
    assert_eq!(values(Kind::Product, "status").len(), 2);
    assert!(values(Kind::Listing, "scheme").len() >= 8);
    assert_eq!(values(Kind::Listing, "status").len(), 6, "one of each stored status");
    assert!(values(Kind::Enterprise, "place").len() >= 12);
    assert!(values(Kind::Standard, "status").len() >= 4);
    for kind in [Kind::Recall, Kind::Penalty, Kind::Restriction, Kind::Inspection, Kind::Service] {
        assert!(latest.keys().filter(|(k, _)| *k == kind).count() >= 2, "{kind:?}");
    }
    let listings: Vec<_> = latest.values().filter(|d| d.kind == Kind::Listing).collect();
    let years: BTreeSet<i32> = listings.iter().map(|d| d.valid_from.year()).collect();
    assert!(years.len() >= 6, "{years:?}");
    let expired = listings.iter().filter(|d| {
        register::status::computed(&d.body, TODAY) == register::status::Status::Expired
    });
    assert!(expired.count() >= 10);
    let valid = listings.iter().filter(|d| d.body["status"] == "valid").count();
    assert!(valid * 10 > listings.len() * 7, "{valid} of {}", listings.len());
    let claims: BTreeSet<_> = latest
        .values()
        .filter(|d| d.kind == Kind::Comparison)
        .filter_map(|d| register::comparison::outcome(&d.body).claim)
        .map(register::comparison::Claim::code)
        .collect();
    assert_eq!(claims.len(), 4, "{claims:?}");
}

#[test]
fn codes_stand_in_every_status_and_bring_about_every_outcome() {
    let all = whole(600, 1);
    let codes: Vec<&Draft> = all.iter().filter(|d| d.kind == Kind::Code).collect();
    let mut stored: BTreeMap<&str, u64> = BTreeMap::new();
    for draft in &codes {
        *stored.entry(draft.body["status"].as_str().unwrap()).or_default() += 1;
    }
    let statuses: Vec<&str> = stored.keys().copied().collect();
    assert_eq!(
        statuses,
        ["cancelled", "draft", "superseded", "suspended", "valid", "withdrawn"],
        "{stored:?}"
    );
    assert!(codes.iter().any(|d| d.body.contains_key("redress")));
    for draft in &codes {
        assert!(draft.body.contains_key("credit_sections") && draft.key != RESERVED);
        assert!(!draft.body["expected_pack"].as_array().unwrap().is_empty(), "{}", draft.key);
    }

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sample.db");
    let now = TODAY.and_hms_opt(2, 0, 0).unwrap().and_utc();
    let clock = std::sync::Arc::new(FixedClock(now));
    let register =
        Register::create_with(&path, &super::register_id(600, 1), clock, &mut all.into_iter());
    let reader = register.unwrap().reader().unwrap();
    let at = At { as_of: TODAY, known: reader.log_size().unwrap() };
    let mut keys = Vec::new();
    reader
        .records(Kind::Code, at, &mut |entry| {
            keys.push(entry.key);
            Ok(())
        })
        .unwrap();
    let mut outcomes: BTreeMap<Outcome, u64> = BTreeMap::new();
    for key in &keys {
        let Ok(code) = CreditCode::parse(key) else { continue };
        let behind = Behind::read(&reader, at, key).unwrap();
        let verdict = behind.judge(Asked::Code(&code), View::fresh(now, at.known), TODAY);
        *outcomes.entry(verdict.outcome).or_default() += 1;
    }
    println!("{} codes: {outcomes:?}", keys.len());
    for wanted in [
        Outcome::Valid,
        Outcome::ValidButNotice,
        Outcome::Superseded,
        Outcome::Expired,
        Outcome::Suspended,
        Outcome::Withdrawn,
        Outcome::Recalled,
        Outcome::Unknown,
    ] {
        assert!(outcomes.contains_key(&wanted), "no code is {wanted:?}: {outcomes:?}");
    }
}

#[test]
fn no_two_products_of_a_sample_share_a_code() {
    let mut seen: HashMap<String, String> = HashMap::new();
    for draft in drafts(20_000, 3).filter(|d| d.kind == Kind::Code) {
        let product = draft.body["product"].as_str().unwrap().to_owned();
        let before = seen.insert(draft.key.clone(), product.clone());
        assert!(before.is_none_or(|before| before == product), "{}", draft.key);
    }
    assert!(seen.len() > 5_000, "{}", seen.len());
}

#[test]
fn the_unit_codes_of_a_sample_are_those_of_its_batch() {
    let (codes, batch) = super::unit_batch(600, 1);
    assert_eq!(codes.len(), batch.len());
    assert_eq!(super::unit_batch(600, 1), (codes, batch.clone()));
    assert_ne!(super::unit_batch(600, 2).1, batch);
    let of_batch: Vec<Draft> =
        drafts(600, 1).filter(|d| d.kind == Kind::Code && d.key.starts_with("U-")).collect();
    assert_eq!(of_batch.len(), 2, "the batch, and one unit suspended");
    assert_eq!(of_batch[0].key, batch.key());
}

#[test]
fn nothing_in_the_sample_can_be_taken_for_real() {
    for draft in drafts(300, 3) {
        match draft.kind {
            Kind::Source => assert_eq!(draft.body["sample"], true),
            Kind::Enterprise => {
                assert!(draft.body["name_zh"].as_str().is_some_and(|n| n.contains("示例")));
                let parsed = register::id::Uscc::parse(&draft.key);
                assert!(parsed.is_ok_and(|code| code.organisation_check_fits()), "{}", draft.key);
                assert_eq!(&draft.key[6..8], "99", "{} could have been issued", draft.key);
            }
            Kind::Product => {
                for gtin in draft.body.get("gtins").and_then(|g| g.as_array()).into_iter().flatten()
                {
                    assert!(gtin.as_str().is_some_and(|g| g.starts_with("0952")), "{gtin}");
                }
            }
            Kind::Standard => {
                let number = draft.key.as_str();
                let made_up = number.starts_with("T/LBX ") || number.contains(" 99");
                assert!(made_up, "{number}");
            }
            _ => {}
        }
    }
}

#[test]
fn a_small_sample_is_written_in_the_order_of_the_days() {
    let days: Vec<NaiveDate> = drafts(600, 1).map(|draft| draft.valid_from).collect();
    assert!(days.is_sorted());
    assert!(days.last().is_some_and(|last| *last <= TODAY), "{:?}", days.last());
}

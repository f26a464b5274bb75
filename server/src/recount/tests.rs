use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use register::{Draft, Kind, Reason as Why, ReasonCode, SourceRef};
use serde_json::{Value, json};

use super::*;
use crate::store::{FixedClock, Register};

fn on(text: &str) -> NaiveDate {
    text.parse().expect("a day of the test")
}

fn draft(kind: Kind, key: &str, from: &str, source: &str, body: Value) -> Draft {
    Draft {
        valid_from: on(from),
        kind,
        key: key.to_owned(),
        reason: Why::from(ReasonCode::Listed),
        source: SourceRef { id: source.to_owned(), locator: Default::default() },
        body: body.as_object().cloned().expect("an object"),
    }
}

fn source(key: &str, sample: bool) -> Draft {
    let body = json!({
        "publisher": "示例", "title": "示例名单", "retrieved_on": "2026-01-01",
        "file_hash": "0".repeat(64), "licence": "示例", "sample": sample,
        "coverage": { "holds": 1, "complete": "unknown" },
    });
    draft(Kind::Source, key, "2010-01-01", key, body)
}

fn grant(number: u32, from: &str, source: &str, status: &str) -> Draft {
    let key = format!("foshan-standard/F-{number}");
    let body = json!({
        "scheme": "foshan-standard", "subject": { "kind": "name", "key": format!("示例{number}") },
        "certificate_number": format!("F-{number}"), "granted_on": "2023-01-01",
        "issuer": "示例", "area": "440606", "status": status,
    });
    draft(Kind::Listing, &key, from, source, body)
}

/// A register with the built-in records and more, read at its end.
fn with(more: Vec<Draft>, work: impl FnOnce(&Reader, &dyn Fn(&str) -> At)) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("register.db");
    let clock = Arc::new(FixedClock("2026-11-22T02:00:00Z".parse().expect("an instant")));
    let mut all = crate::reference::drafts().into_iter().chain(more);
    Register::create_with(&path, &"a".repeat(32), clock, &mut all).expect("a register");
    let reader = Reader::open(&path).expect("a reader");
    let known = reader.log_size().expect("a size");
    work(&reader, &|day| At { as_of: on(day), known });
}

fn all(reader: &Reader, at: At, all_sample: bool) -> BTreeMap<String, Evaluation> {
    let mut targets = Vec::new();
    reader
        .records(Kind::Target, at, &mut |entry| {
            targets.push(entry);
            Ok(())
        })
        .expect("targets");
    evaluate(reader, at, all_sample, &targets).expect("values")
}

fn whole(value: Option<Ratio>) -> Option<i64> {
    value.and_then(Ratio::as_whole)
}

#[test]
fn without_data_nothing_is_said_to_be_missed() {
    with(Vec::new(), |reader, at| {
        let values = all(reader, at("2026-11-22"), false);
        assert_eq!(values.len(), 55);
        for (key, value) in &values {
            assert_eq!(value.standing, Standing::NotComputable, "{key}");
            assert!(value.reason.is_some() && value.trend.is_empty(), "{key}");
        }
        assert_eq!(values["fs-products-2025"].reason, Some(Reason::NoData));
        assert_eq!(values["gd16-pm25"].reason, Some(Reason::NoFormula));
    });
}

#[test]
fn the_due_day_decides_once_it_is_past_and_today_is_shown_beside_it() {
    // Two of five were there when the target fell due; one of those has gone since.
    let mut more = vec![source("list", false)];
    more.extend((1..=2).map(|n| grant(n, "2023-03-01", "list", "valid")));
    more.extend((3..=5).map(|n| grant(n, "2026-02-01", "list", "valid")));
    more.push(grant(1, "2026-03-01", "list", "withdrawn"));
    with(more, |reader, at| {
        let values = all(reader, at("2026-11-22"), false);
        let value = &values["fs-products-2025"];
        assert_eq!(value.standing, Standing::Missed);
        assert_eq!((whole(value.at_due), whole(value.now)), (Some(2), Some(4)));
        assert_eq!(value.deciding_day(), on("2025-12-31"));
        assert_eq!((value.tallies[0].total, value.tallies[0].held), (2, 5));
        let trend: Vec<(String, Option<i64>)> =
            value.trend.iter().map(|(day, v)| (day.to_string(), whole(Some(*v)))).collect();
        assert_eq!(trend.first(), Some(&("2020-10-14".to_owned(), Some(0))));
        assert!(trend.contains(&("2023-12-31".to_owned(), Some(2))), "{trend:?}");
        assert_eq!(trend.last(), Some(&("2026-11-22".to_owned(), Some(4))));

        // The same register asked about an earlier day: not yet due.
        let then = all(reader, at("2024-06-30"), false);
        assert_eq!(then["fs-products-2025"].standing, Standing::Open);
        assert_eq!(whole(then["fs-products-2025"].now), Some(2));

        let target = reader.record(Kind::Target, "fs-products-2025", at("2026-11-22"));
        let target = target.expect("read").expect("a target");
        let plan = Plan::of(&target, None, on("2026-11-22")).expect("a formula");
        let counted = |day| counted(reader, at("2026-11-22").known, false, &plan, on(day));
        let keys = |day| -> Vec<String> {
            counted(day).expect("read").into_iter().map(|c| c.entry.key).collect()
        };
        assert_eq!(keys("2025-12-31"), ["foshan-standard/F-1", "foshan-standard/F-2"]);
        assert_eq!(keys("2026-11-22").len(), 4);
    });
}

#[test]
fn a_sample_is_counted_apart_unless_everything_is_a_sample() {
    let more = vec![
        source("list", false),
        source("made-up", true),
        grant(1, "2023-03-01", "list", "valid"),
        grant(2, "2023-03-01", "made-up", "valid"),
        grant(3, "2023-03-01", "made-up", "valid"),
    ];
    with(more, |reader, at| {
        let value = &all(reader, at("2026-11-22"), false)["fs-products-2023"];
        assert_eq!((whole(value.at_due), value.sample_apart), (Some(1), 2));
        let value = &all(reader, at("2026-11-22"), true)["fs-products-2023"];
        assert_eq!((whole(value.at_due), value.sample_apart), (Some(3), 0));
    });
}

#[test]
fn an_official_value_decides_where_nothing_can_be_counted() {
    let target = |key: &str, values: Value| {
        let body = json!({
            "policy": "gd-2016-quality-province", "clause": "（四）", "measure_zh": "示例浓度",
            "operator": "~", "value": "35", "unit": "µg/m³", "due": "2017-12-31",
            "computable": "no", "official_values": values,
        });
        draft(Kind::Target, key, "2016-10-12", "list", body)
    };
    let published =
        |value: &str, day: &str| json!({ "value": value, "as_of": day, "source": "示例公报" });
    let more = vec![
        source("list", false),
        target("near", json!([published("50", "2016-12-31"), published("36.7", "2017-12-31")])),
        target("far", json!([published("36.8", "2017-12-31"), published("30", "2018-12-31")])),
        target("late", json!([published("35", "2018-12-31")])),
    ];
    with(more, |reader, at| {
        let values = all(reader, at("2026-11-22"), false);
        assert_eq!(values["near"].standing, Standing::Reached);
        assert_eq!(values["near"].value.map(|(_, by)| by), Some(By::Official));
        assert_eq!(values["far"].standing, Standing::Missed, "a later value is not of the due day");
        assert_eq!(values["late"].reason, Some(Reason::NoFormula));
    });
}

#[test]
fn a_formula_that_divides_by_nothing_cannot_be_computed() {
    let body = json!({
        "policy": "fs-2020-foshan-standard", "clause": "一（三）1", "measure_zh": "示例比例",
        "operator": ">=", "value": "50", "unit": "%", "computable": "yes",
        "formula": "100*count(listing where scheme=foshan-standard)/count(listing where scheme=foshan-standard and granted_on>2030-01-01)",
    });
    let more = vec![
        source("list", false),
        grant(1, "2023-03-01", "list", "valid"),
        draft(Kind::Target, "ratio", "2020-10-14", "list", body),
    ];
    with(more, |reader, at| {
        let value = &all(reader, at("2026-11-22"), false)["ratio"];
        assert_eq!(value.standing, Standing::NotComputable);
        assert_eq!(value.reason, Some(Reason::Formula(NoValue::DivisionByZero)));
    });
}

//! Lists of any day, as known at any log size, against a model that knows the record rule alone.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use register::status::Status;
use register::{Draft, Entry, Kind, ReasonCode, record, status};
use serde_json::{Value, json};
use server::store::Reader;

use crate::fixture::{Site, draft, grant, pages, product};

const PRODUCTS: usize = 4;

fn day(n: u64) -> NaiveDate {
    "2024-01-01".parse::<NaiveDate>().expect("a date") + Days::new(n * 20)
}

/// One fact, told in any order: a product or one of its two grants, true from a day on.
#[derive(Clone, Debug)]
struct Fact {
    product: usize,
    grant: Option<usize>,
    day: u64,
    state: usize,
    until: u64,
    granted: u64,
}

fn facts() -> impl Strategy<Value = Vec<Fact>> {
    let fact =
        (0..PRODUCTS, proptest::option::of(0usize..2), 0u64..12, 0usize..6, 0u64..14, 0u64..6)
            .prop_map(|(product, grant, day, state, until, granted)| Fact {
                product,
                grant,
                day,
                state,
                until,
                granted,
            });
    proptest::collection::vec(fact, 4..40)
}

fn told(fact: &Fact) -> Draft {
    let key = format!("p-00000000000{}", fact.product);
    let reason = if fact.state == 0 { ReasonCode::Corrected } else { ReasonCode::Amended };
    let from = day(fact.day).to_string();
    match fact.grant {
        None => {
            let mut body = product(&format!("示例{}", fact.state), "M");
            body["status"] = json!(["on_sale", "discontinued"][fact.state % 2]);
            draft(Kind::Product, &key, &from, reason, body)
        }
        Some(n) => {
            let state =
                ["valid", "valid", "suspended", "withdrawn", "exited", "cancelled"][fact.state];
            let number = format!("T-{}-{n}", fact.product);
            let mut body = grant(&key, &number, state, &day(fact.until).to_string());
            body["scheme"] = json!(["foshan-standard", "ccc"][n]);
            body["granted_on"] = json!(day(fact.granted * 12).to_string());
            draft(Kind::Listing, &format!("x/{number}"), &from, reason, body)
        }
    }
}

/// A row of the list of products: status, schemes, year and day of the deciding grant, still made.
#[derive(Debug)]
struct Row {
    key: String,
    status: &'static str,
    schemes: Vec<String>,
    granted: Option<NaiveDate>,
    production: String,
}

fn rows(log: &[Entry], as_of: NaiveDate, known: u64) -> Vec<Row> {
    let mut records: BTreeMap<(Kind, &str), Option<&Entry>> = BTreeMap::new();
    for entry in log {
        records.entry((entry.kind, &entry.key)).or_insert_with(|| {
            let own = log.iter().filter(|e| e.kind == entry.kind && e.key == entry.key);
            record::select(own, as_of, known)
        });
    }
    let text = |entry: &Entry, name: &str| entry.body[name].as_str().unwrap_or_default().to_owned();
    let there =
        |kind: Kind| records.iter().filter(move |((k, _), _)| *k == kind).filter_map(|(_, e)| *e);
    there(Kind::Product)
        .map(|entry| {
            let grants: Vec<&Entry> = there(Kind::Listing)
                .filter(|grant| grant.body["subject"]["key"] == entry.key.as_str())
                .collect();
            let day = |grant: &Entry| text(grant, "granted_on").parse::<NaiveDate>().ok();
            let decides = grants.iter().min_by_key(|grant| {
                (status::computed(&grant.body, as_of), std::cmp::Reverse(day(grant)))
            });
            let mut schemes: Vec<String> =
                grants.iter().map(|grant| text(grant, "scheme")).collect();
            schemes.sort();
            Row {
                key: entry.key.clone(),
                status: decides.map_or(Status::None, |g| status::computed(&g.body, as_of)).code(),
                schemes,
                granted: decides.and_then(|grant| day(grant)),
                production: text(entry, "status"),
            }
        })
        .collect()
}

fn counts(json: &Value, facet: &str) -> BTreeMap<String, u64> {
    json["facets"][facet]
        .as_array()
        .expect("a facet")
        .iter()
        .map(|value| {
            (
                value["value"].as_str().expect("a code").to_owned(),
                value["count"].as_u64().expect("a count"),
            )
        })
        .filter(|(_, count)| *count > 0)
        .collect()
}

fn counted(codes: impl Iterator<Item = String>) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    codes.for_each(|code| *counts.entry(code).or_default() += 1);
    counts
}

#[test]
fn lists_of_any_day_and_any_log_size_are_those_of_the_record_rule() {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let mut runner =
        TestRunner::new(Config { cases: 6, max_shrink_iters: 20, ..Config::default() });
    let asked = proptest::collection::vec((0u64..14, 0u64..40, 0usize..3), 6);
    runner
        .run(&(facts(), asked), |(facts, asked)| {
            let site = Site::empty(facts.iter().map(told).collect());
            let reader = Reader::open(&site.path).expect("a reader");
            let log = reader.entries(0, usize::MAX).expect("the log");
            let first = log.len() - facts.len();
            for (n, told, filter) in asked {
                let as_of = day(n);
                let known = (first as u64 + told).min(log.len() as u64);
                let (name, value) =
                    [("status", "valid"), ("scheme", "ccc"), ("production", "on_sale")][filter];
                let query = format!("as_of={as_of}&known={known}&sort=granted");
                let all = runtime.block_on(site.get(&format!("/products.json?{query}"))).json();
                let one = runtime
                    .block_on(site.get(&format!("/products.json?{query}&{name}={value}")))
                    .json();
                let mut rows = rows(&log, as_of, known);
                rows.sort_by_key(|row| {
                    (row.granted.is_none(), std::cmp::Reverse(row.granted), row.key.clone())
                });
                let keys = |json: &Value| -> Vec<String> {
                    json["items"]
                        .as_array()
                        .expect("items")
                        .iter()
                        .map(|item| item["key"].as_str().expect("a key").to_owned())
                        .collect()
                };
                prop_assert_eq!(all["total"].as_u64(), Some(rows.len() as u64), "{}", query);
                prop_assert_eq!(
                    keys(&all),
                    rows.iter().map(|row| row.key.clone()).collect::<Vec<_>>()
                );
                let has = |row: &&Row| match name {
                    "status" => row.status == value,
                    "scheme" => row.schemes.iter().any(|scheme| scheme == value),
                    _ => row.production == value,
                };
                let hits: Vec<&Row> = rows.iter().filter(has).collect();
                prop_assert_eq!(
                    keys(&one),
                    hits.iter().map(|row| row.key.clone()).collect::<Vec<_>>()
                );
                // The facet that is chosen counts as if it were not; the others count the hits.
                for facet in ["status", "scheme", "production", "year"] {
                    let counting: Vec<&Row> = match facet == name {
                        true => rows.iter().collect(),
                        false => hits.clone(),
                    };
                    let expected = counted(counting.iter().flat_map(|row| match facet {
                        "status" => vec![row.status.to_owned()],
                        "scheme" => row.schemes.clone(),
                        "production" => vec![row.production.clone()],
                        _ => {
                            row.granted.iter().map(|day| day.to_string()[..4].to_owned()).collect()
                        }
                    }));
                    prop_assert_eq!(
                        counts(&one, facet),
                        expected,
                        "{} of {}&{}={}",
                        facet,
                        query,
                        name,
                        value
                    );
                }
            }
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
}

#[tokio::test]
async fn every_link_of_a_page_of_another_day_answers_and_every_such_page_leads_back() {
    let site = Site::new();
    // About no day but today, each said so in the contract.
    let timeless = [
        "/scan",
        "/offline",
        "/match",
        "/about",
        "/methods",
        "/accessibility",
        "/privacy",
        "/12315",
        "/cite",
        "/log",
    ];
    let mut asked = std::collections::BTreeSet::new();
    for path in pages() {
        let past = format!("{path}?as_of=2025-06-30");
        let got = site.get(&past).await;
        if timeless.contains(&path.as_str()) {
            assert_eq!(got.status, 400, "{past}");
            continue;
        }
        assert_eq!(got.status, 200, "{past}");
        let html = got.text();
        assert!(html.contains("class=\"sample past\""), "{past} does not say that it is past");
        assert!(html.contains(&format!("<a href=\"{path}\">")), "{past} leads nowhere back");
        let known = site.get(&format!("{path}?known=200")).await;
        // What did not fit later is no record of an earlier log size.
        let fine = known.status == 200 || path.starts_with("/inconsistencies/");
        assert!(fine, "{path}?known=200: {}", known.status);
        for link in html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let link = link.replace("&amp;", "&");
            if link.starts_with('/') && !link.starts_with("/assets/") && asked.insert(link.clone())
            {
                let status = site.get(&link).await.status;
                let fine = status.is_success() || status == 303 || link.ends_with(".json");
                assert!(fine, "{past} leads to {link}: {status}");
            }
        }
    }
    assert!(asked.len() > 300, "only {} links", asked.len());
}

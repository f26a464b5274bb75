//! The language, its errors, and its values against a second evaluation written down plainly.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::Body;

/// Records of one day.
#[derive(Debug, Default)]
struct Shelf(BTreeMap<(Kind, String), Body>);

impl Shelf {
    fn put(&mut self, kind: Kind, key: &str, body: Value) {
        self.0.insert((kind, key.to_owned()), body.as_object().cloned().unwrap());
    }
}

impl Records for Shelf {
    fn each(&self, kind: Kind, see: &mut dyn FnMut(&str, &Body)) {
        for ((of, key), body) in &self.0 {
            if *of == kind {
                see(key, body);
            }
        }
    }

    fn record(&self, kind: Kind, key: &str) -> Option<Body> {
        self.0.get(&(kind, key.to_owned())).cloned()
    }

    fn comparisons_of(&self, standard: &str) -> Vec<Body> {
        let about = |body: &&Body| body["subject"]["key"] == standard;
        let of = self.0.iter().filter(|((kind, _), _)| *kind == Kind::Comparison);
        of.map(|(_, body)| body).filter(about).cloned().collect()
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn value(shelf: &Shelf, formula: &str) -> Result<Ratio, NoValue> {
    let formula = Formula::parse(formula).unwrap();
    formula.evaluate(shelf, day("2024-06-30"), Some(day("2025-12-31")))
}

fn whole(shelf: &Shelf, formula: &str) -> i64 {
    value(shelf, formula).unwrap().as_whole().unwrap()
}

const FIRM: &str = "91350100M000100Y43";
const OTHER: &str = "91440300708461136T";

fn shelf() -> Shelf {
    let mut shelf = Shelf::default();
    shelf.put(Kind::Enterprise, FIRM, json!({ "place": "440606", "sector_group": "consumer" }));
    shelf.put(Kind::Enterprise, OTHER, json!({ "place": "620102", "sector_group": "consumer" }));
    shelf.put(
        Kind::Product,
        "p-1",
        json!({ "holder": FIRM, "category": "家电/制冷", "sector": "家电" }),
    );
    shelf.put(
        Kind::Product,
        "p-2",
        json!({ "holder": OTHER, "category": "陶瓷", "sector": "陶瓷" }),
    );
    let grant = |product: &str, until: &str, status: &str| {
        json!({
            "scheme": "foshan-standard", "subject": { "kind": "product", "key": product },
            "granted_on": "2023-06-30", "valid_until": until, "status": status,
        })
    };
    shelf.put(Kind::Listing, "a", grant("p-1", "2028-06-30", "valid"));
    shelf.put(Kind::Listing, "b", grant("p-1", "2024-01-31", "valid"));
    shelf.put(Kind::Listing, "c", grant("p-2", "2028-06-30", "withdrawn"));
    shelf.put(
        Kind::Listing,
        "d",
        json!({
            "scheme": "gi-product", "subject": { "kind": "name", "key": "示例茶" },
            "area": "440106", "granted_on": "2016-12-01", "status": "valid",
        }),
    );
    shelf.put(
        Kind::Standard,
        "T/LBX 001-2021",
        json!({
            "type": "group", "family": "foshan-standard-family", "issued_on": "2021-01-01",
            "participants": [
                { "enterprise": FIRM, "role": "join", "joined_on": "2020-05-01" },
                { "enterprise": OTHER, "role": "lead", "joined_on": "2023-11-01" },
            ],
        }),
    );
    shelf.put(
        Kind::Standard,
        "Q/SL 1-2023",
        json!({ "type": "enterprise", "issuer": FIRM, "declared_on": "2023-02-01" }),
    );
    shelf.put(
        Kind::Comparison,
        "Q/SL 1-2023/x",
        json!({
            "subject": { "kind": "standard", "key": "Q/SL 1-2023" }, "unit": "N",
            "direction": "higher_better", "limit": "12", "method": "GB/T 1-2000",
            "baselines": [{
                "standard": "GB/T 2-2000", "limit": "10", "unit": "N", "method_equivalent": "yes",
            }],
        }),
    );
    shelf
}

#[test]
fn what_the_language_says_is_what_is_counted() {
    let shelf = shelf();
    for (formula, expected) in [
        ("count(listing)", 4),
        ("count(listing where scheme=foshan-standard and status=valid)", 1),
        ("count(listing where scheme=foshan-standard and status in (valid, expired))", 2),
        ("count(listing where status!=valid)", 2),
        ("count(listing where granted_on<=due and granted_on>2016-12-01)", 3),
        ("count(listing where place under 44)", 3),
        ("count(listing where place under 440600)", 2),
        ("count(listing where place under 62)", 1),
        ("count(distinct product in listing where scheme=foshan-standard)", 2),
        ("count(distinct enterprise in listing where scheme=foshan-standard and status=valid)", 1),
        ("count(distinct product.sector in listing where scheme=foshan-standard)", 2),
        ("count(distinct product.category in listing)", 2),
        ("count(standard where participants has place under 44)", 1),
        // Both about the same participant: the one in Guangdong joined earlier.
        ("count(standard where participants has place under 44 and joined_on>=2023-10-12)", 0),
        ("count(standard where participants has place under 62 and joined_on>=2023-10-12)", 1),
        // Back at the standard with the first name that is no field of a participant.
        ("count(standard where participants has role=join and type=group)", 1),
        ("count(standard where type=enterprise and place under 44 and advanced=true)", 1),
        ("count(standard where type=group and advanced=true)", 0),
        ("count(enterprise with standard where type=enterprise and declared_on<=due)", 1),
        ("count(distinct enterprise with standard)", 2),
        ("count(service)", 0),
        ("2 * (count(listing) - 1) + 3 * 4", 18),
        ("8/2/2", 2),
        ("9 − 2 − 3 × 2", 1),
    ] {
        assert_eq!(whole(&shelf, formula), expected, "{formula}");
    }
    assert_eq!(
        value(&shelf, "100*count(listing where status=valid)/count(listing)"),
        Ok(Ratio::whole(50))
    );
    assert_eq!(value(&shelf, "count(listing)/count(service)"), Err(NoValue::DivisionByZero));
    assert_eq!(value(&shelf, "1/3").unwrap().round(4).as_deref(), Some("0.3333"));
    let huge = "999999999999999*999999999999999*999999999999999";
    assert_eq!(value(&shelf, huge), Err(NoValue::TooLarge));
}

#[test]
fn an_error_says_where_and_what_could_stand_there() {
    for (formula, at, found, allowed) in [
        ("", 1, "", "count ("),
        ("count(", 7, "", "enterprise product"),
        ("count(listings)", 7, "listings", "listing"),
        ("count(listing where colour=red)", 21, "colour", "scheme"),
        ("count(listing where status=gone)", 28, "gone", "valid suspended expired"),
        ("count(listing where status<valid)", 27, "<", "= != in"),
        ("count(listing where granted_on<2023-13-01)", 32, "2023-13-01", "due YYYY-MM-DD"),
        ("count(listing where place under 4)", 33, "4", "44 4406 440606"),
        ("count(listing where scheme under 44)", 28, "under", "= != in"),
        ("count(standard where participants=x)", 34, "=", "has"),
        ("count(standard where participants has colour=x)", 39, "colour", "enterprise role"),
        ("count(distinct product.colour in listing)", 24, "colour", "holder"),
        ("count(distinct scheme.starts_on.year in listing)", 32, ".", "= != in"),
        ("count(listing where scheme=a or status=valid)", 30, "or", "and )"),
        ("count(listing) count(listing)", 16, "count", "+ - * /"),
        ("(count(listing)", 16, "", ")"),
        ("count(listing) $", 16, "$", "<="),
        ("count(listing where scheme=\"a)", 28, "\"a)", "\"…\""),
        ("2023-01-01", 1, "2023-01-01", "count ("),
        ("count(listing where scheme in ())", 32, ")", "\"…\""),
        ("计数(名录)", 1, "计数", "count ("),
    ] {
        let error = Formula::parse(formula).err().unwrap_or_else(|| panic!("{formula} is read"));
        assert_eq!((error.at, error.found.as_str()), (at, found), "{formula}: {error}");
        assert!(error.allowed.contains(allowed), "{formula}: {error}");
    }
    let deep = format!("{}1{}", "(".repeat(100), ")".repeat(100));
    assert!(Formula::parse(&deep).is_err());
    let long = format!("1{}", "+1".repeat(250));
    assert_eq!(Formula::parse(&long).map_err(|e| e.at).err(), Some(501));
    let error = Formula::parse("count(listings)").err().unwrap();
    assert!(error.text(Lang::ZhHans).starts_with("计算口径第7个字“listings”有误"));
}

#[test]
fn no_field_and_no_kind_is_called_like_a_word_of_the_language() {
    for kind in Kind::ALL {
        for word in ["count", "distinct", "in", "with", "where", "and", "has", "under"] {
            assert!(kind.spec().field(word).is_none() && kind.name() != word, "{word}");
        }
    }
}

#[test]
fn a_count_knows_what_sort_of_record_must_exist_for_it_to_mean_anything() {
    let shelf = shelf();
    let sort = |formula: &str| {
        let formula = Formula::parse(formula).unwrap();
        let count = &formula.counts()[0];
        let mut found = 0;
        shelf.each(count.kind(), &mut |key, body| {
            found += usize::from(count.is_of_the_sort(key, body, &shelf, day("2024-06-30")));
        });
        found
    };
    assert_eq!(sort("count(listing where scheme=foshan-standard and status=valid)"), 3);
    assert_eq!(sort("count(listing where scheme=gi-product and place under 62)"), 0);
    assert_eq!(sort("count(listing where scheme=gi-product and granted_on>2030-01-01)"), 1);
    assert_eq!(
        sort("count(standard where participants has place under 44 and joined_on>=2023-10-12)"),
        1
    );
    assert_eq!(sort("count(standard where type=group and advanced=true)"), 1);
}

#[test]
fn a_promise_is_kept_as_its_words_say() {
    let met =
        |operator: &str, goal: &str, value: Ratio| Goal::of(operator, goal).unwrap().is_met(value);
    let third = |n: i128| Ratio::new(n, 3).unwrap();
    assert!(met(">=", "100", Ratio::whole(100)) && !met(">=", "100", third(299)));
    assert!(!met(">", "100", Ratio::whole(100)) && met(">", "100", third(301)));
    assert!(met("=", "0", Ratio::whole(0)) && !met("=", "3", Ratio::whole(4)));
    assert!(met("~", "20", Ratio::whole(19)) && met("~", "20", Ratio::whole(21)));
    assert!(!met("~", "20", third(56)) && !met("~", "20", third(64)));
    assert_eq!(Goal::of("about", "20"), None);
    assert_eq!(Goal::of(">", "viele"), None);
    let goal = Goal::of(">", "100").unwrap();
    let judge = |value, past| Standing::judge(&goal, value, past).code();
    assert_eq!(judge(None, true), "not_computable");
    assert_eq!(judge(Some(Ratio::whole(101)), true), "reached");
    assert_eq!(judge(Some(Ratio::whole(101)), false), "reached");
    assert_eq!(judge(Some(Ratio::whole(100)), true), "missed");
    assert_eq!(judge(Some(Ratio::whole(100)), false), "open");
}

/// A small listing, as the naive evaluation sees it.
#[derive(Clone, Debug)]
struct Small {
    scheme: &'static str,
    granted: u32,
    status: &'static str,
    firm: Option<usize>,
    area: Option<&'static str>,
}

fn small() -> impl Strategy<Value = Small> {
    let pick = |from: &'static [&'static str]| prop::sample::select(from.to_vec());
    (
        pick(&["a", "b"]),
        1u32..29,
        pick(&["valid", "withdrawn"]),
        prop::option::of(0usize..3),
        prop::option::of(pick(&["440606", "620102"])),
    )
        .prop_map(|(scheme, granted, status, firm, area)| Small {
            scheme,
            granted,
            status,
            firm,
            area,
        })
}

const PLACES: [&str; 3] = ["440604", "440106", "620000"];

proptest! {
    /// The same questions asked with plain loops.
    #[test]
    fn the_language_counts_as_plain_loops_do(
        listings in prop::collection::vec(small(), 0..24),
        from in 1u32..29,
        due in 1u32..29,
    ) {
        let mut shelf = Shelf::default();
        for (i, place) in PLACES.iter().enumerate() {
            shelf.put(Kind::Enterprise, &format!("N-CN-{i}"), json!({ "place": place }));
        }
        for (i, l) in listings.iter().enumerate() {
            let mut body = json!({
                "scheme": l.scheme, "granted_on": format!("2024-02-{:02}", l.granted),
                "status": l.status, "subject": { "kind": "name", "key": "x" },
            });
            if let Some(firm) = l.firm {
                body["holder"] = json!(format!("N-CN-{firm}"));
            }
            if let Some(area) = l.area {
                body["area"] = json!(area);
            }
            shelf.put(Kind::Listing, &i.to_string(), body);
        }
        let due_day = day(&format!("2024-02-{due:02}"));
        let formula = format!(
            "100*count(listing where scheme=a and granted_on>=2024-02-{from:02} and granted_on<=due and place under 44)\
             /count(distinct enterprise in listing where status=valid) + count(listing where scheme in (a,b) and status!=valid)"
        );
        let parsed = Formula::parse(&formula).unwrap();
        let found = parsed.evaluate(&shelf, day("2024-03-01"), Some(due_day));

        let place = |l: &Small| l.area.or(l.firm.map(|f| PLACES[f])).unwrap_or("");
        let above = listings
            .iter()
            .filter(|l| l.scheme == "a" && l.granted >= from && l.granted <= due)
            .filter(|l| place(l).starts_with("44"))
            .count();
        let below: BTreeSet<usize> =
            listings.iter().filter(|l| l.status == "valid").filter_map(|l| l.firm).collect();
        let ended = listings.iter().filter(|l| l.status != "valid").count();
        let expected = if below.is_empty() {
            Err(NoValue::DivisionByZero)
        } else {
            let (above, below, ended) = (above as i128, below.len() as i128, ended as i128);
            Ok(Ratio::new(100 * above + ended * below, below).unwrap())
        };
        prop_assert_eq!(found, expected);
        for count in parsed.counts() {
            shelf.each(count.kind(), &mut |key, body| {
                let counted = count.counts(key, body, &shelf, day("2024-03-01"), Some(due_day));
                assert!(counted.is_empty() || count.may_count(body), "{} leaves {body:?} out", count.text());
            });
        }
    }

    /// Whatever is typed: a formula or an error inside the text, never a panic.
    #[test]
    fn no_text_makes_reading_panic(
        text in any::<String>(),
        words in prop::collection::vec(prop::sample::select(vec![
            "count", "(", ")", "distinct", "in", "listing", "standard", "where", "and", "has",
            "participants", "place", "under", "44", ".", "product", "status", "=", "valid", "<=",
            "due", "granted_on", "+", "-", "*", "/", "1.5", ",", "\"", "with", "enterprise", "é", "。",
        ]), 0..24),
    ) {
        for text in [text, words.join(" "), words.concat()] {
            match Formula::parse(&text) {
                Ok(formula) => {
                    let _ = formula.evaluate(&shelf(), day("2024-06-30"), None);
                }
                Err(error) => prop_assert!(error.at >= 1 && error.at <= text.chars().count() + 1),
            }
        }
    }
}

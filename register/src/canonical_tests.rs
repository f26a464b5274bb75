//! The examples of RFC 8785 that hold no float, and the round trip.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::{Body, Draft, Kind, Locator, Reason, ReasonCode, SourceRef};

fn entry(body: Body) -> Entry {
    let draft = Draft {
        valid_from: "2023-06-30".parse().unwrap(),
        kind: Kind::Listing,
        key: "foshan-standard/FSB-2023-0012".to_owned(),
        reason: Reason::said(ReasonCode::Granted, None),
        source: SourceRef {
            id: "list".to_owned(),
            locator: Locator { row: Some(7), ..Locator::default() },
        },
        body,
    };
    draft.at(41, "2024-01-02T03:04:05Z".parse().unwrap())
}

#[test]
fn names_are_sorted_by_utf16_code_units() {
    // RFC 8785 section 3.2.3, without the names that only differ in escapes.
    let value = json!({ "\u{20ac}": 1, "\r": 2, "\u{fb33}": 3, "1": 4, "\u{1f600}": 5, "\u{80}": 6, "\u{f6}": 7 });
    let text = canonical_json(&value).unwrap();
    let order: Vec<u32> =
        text.chars().filter(char::is_ascii_digit).filter_map(|c| c.to_digit(10)).collect();
    assert_eq!(order, [2, 1, 4, 6, 7, 1, 5, 3].map(|d: u32| d), "{text}");
}

#[test]
fn strings_are_escaped_as_the_rfc_says() {
    let value = json!("\u{20ac}$\u{f}\nA'B\"\\\\\"/\u{7f}");
    assert_eq!(
        canonical_json(&value).unwrap(),
        "\"\u{20ac}$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\u{7f}\""
    );
}

#[test]
fn floats_and_numbers_readers_disagree_on_are_refused() {
    assert!(matches!(canonical_json(&json!(0.5)), Err(CanonicalError::Number(_))));
    assert!(matches!(canonical_json(&json!(1_u64 << 53)), Err(CanonicalError::Number(_))));
    assert_eq!(canonical_json(&json!(-9_007_199_254_740_991_i64)).unwrap(), "-9007199254740991");
}

#[test]
fn an_entry_has_one_form_and_one_hash() {
    let body = json!({ "scheme": "foshan-standard", "rank": 1 }).as_object().cloned().unwrap();
    let text = canonical_entry(&entry(body.clone())).unwrap();
    assert_eq!(
        text,
        r#"{"body":{"rank":1,"scheme":"foshan-standard"},"key":"foshan-standard/FSB-2023-0012","kind":"listing","reason":{"code":"granted"},"recorded_at":"2024-01-02T03:04:05Z","seq":41,"source":{"id":"list","locator":{"row":7}},"valid_from":"2023-06-30"}"#
    );
    assert_eq!(entry_hash(&entry(body)).unwrap(), leaf_hash(text.as_bytes()));
    assert!(parse_entry(&text.replace("{\"body\"", "{ \"body\"")).is_err());
}

#[test]
fn the_empty_leaf_hashes_as_rfc_6962_says() {
    assert_eq!(
        crate::id::key::hex(&leaf_hash(b"")),
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    );
}

#[test]
fn an_entry_beyond_64_kib_is_refused() {
    let body = json!({ "scope": "标".repeat(22_000) }).as_object().cloned().unwrap();
    assert!(matches!(canonical_entry(&entry(body)), Err(CanonicalError::TooLarge(_))));
}

#[test]
fn deep_nesting_is_refused_before_the_stack_ends() {
    let mut value = json!(1);
    for _ in 0..100 {
        value = json!([value]);
    }
    assert_eq!(canonical_json(&value), Err(CanonicalError::Depth));
}

/// JSON without floats, two levels of nesting.
fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-9_007_199_254_740_991_i64..=9_007_199_254_740_991).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn the_canonical_form_reads_back_and_is_its_own_canonical_form(value in values()) {
        let text = canonical_json(&value).unwrap();
        let back: Value = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(&back, &value);
        prop_assert_eq!(canonical_json(&back).unwrap(), text);
    }

    #[test]
    fn an_entry_reads_back_from_its_canonical_bytes(body in prop::collection::btree_map(any::<String>(), values(), 0..5)) {
        let entry = entry(body.into_iter().collect());
        let text = canonical_entry(&entry).unwrap();
        prop_assert_eq!(parse_entry(&text).unwrap(), entry);
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in any::<String>()) {
        let _ = parse_entry(&text);
    }
}

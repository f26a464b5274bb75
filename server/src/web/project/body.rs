//! Reading values out of a record's body. Absent and ill-typed are the same: nothing.

use register::commitment::is_commitment;
use register::{Body, Lang};
use serde_json::Value;

/// A string field, empty where there is none.
pub fn text<'b>(body: &'b Body, name: &str) -> &'b str {
    body.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// A string field that may be missing.
pub fn maybe<'b>(body: &'b Body, name: &str) -> Option<&'b str> {
    body.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())
}

/// The strings of a list field (a lone string counts as a list of one).
pub fn texts<'b>(body: &'b Body, name: &str) -> Vec<&'b str> {
    match body.get(name) {
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect(),
        Some(Value::String(one)) => vec![one],
        _ => Vec::new(),
    }
}

/// The object of a struct field; none where it was taken out of the register.
pub fn object<'b>(body: &'b Body, name: &str) -> Option<&'b Body> {
    body.get(name).filter(|value| !is_commitment(value)).and_then(Value::as_object)
}

/// The objects of a list-of-struct field.
pub fn objects<'b>(body: &'b Body, name: &str) -> Vec<&'b Body> {
    match body.get(name) {
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_object).collect(),
        _ => Vec::new(),
    }
}

/// An integer field.
pub fn int(body: &Body, name: &str) -> Option<i64> {
    body.get(name).and_then(Value::as_i64)
}

/// A boolean field.
pub fn flag(body: &Body, name: &str) -> Option<bool> {
    body.get(name).and_then(Value::as_bool)
}

/// A date field.
pub fn date(body: &Body, name: &str) -> Option<chrono::NaiveDate> {
    maybe(body, name)?.parse().ok()
}

/// Days since 1970-01-01, the unit of dates in the index.
pub fn days(date: chrono::NaiveDate) -> i64 {
    date.signed_duration_since(chrono::NaiveDate::default()).num_days()
}

/// Kind and key of a subject field.
pub fn subject(body: &Body) -> (&str, &str) {
    object(body, "subject")
        .map_or(("", ""), |subject| (text(subject, "kind"), text(subject, "key")))
}

/// A name in a language: `name_hant` and `name_en` where the record has them, else `name_zh`.
pub fn name(body: &Body, lang: Lang) -> &str {
    let own = match lang {
        Lang::ZhHans => None,
        Lang::ZhHant => maybe(body, "name_hant"),
        Lang::En => maybe(body, "name_en"),
    };
    own.or_else(|| maybe(body, "name_zh")).unwrap_or_else(|| text(body, "name"))
}

/// The three names of a record, for facet labels.
pub fn names(body: &Body) -> [String; 3] {
    Lang::ALL.map(|lang| name(body, lang).to_owned())
}

//! What of a record may be published: one rule for pages, twins and downloads.

use chrono::NaiveDate;
use register::commitment::is_commitment;
use register::kinds::{Field, Visibility};
use register::{Body, Entry, Kind};
use serde_json::{Value, json};

/// Whether a record may be shown on a day: a penalty or a presence on an adverse list only until its
/// `publish_until`, everything else always.
#[must_use]
pub fn is_published(entry: &Entry, today: NaiveDate) -> bool {
    match entry.kind {
        Kind::Penalty | Kind::Restriction => entry
            .body
            .get("publish_until")
            .and_then(Value::as_str)
            .and_then(|until| until.parse::<NaiveDate>().ok())
            .is_none_or(|until| until >= today),
        _ => true,
    }
}

/// The fields of a kind that are published, in the order of its table.
pub fn columns(kind: Kind) -> impl Iterator<Item = &'static Field> {
    kind.spec()
        .fields
        .iter()
        .filter(|field| matches!(field.visibility, Visibility::Public | Visibility::Until))
}

/// The fields of a record that may be published while the record may be: those for everybody, and those
/// published for a time. A value that was removed leaves nothing behind.
#[must_use]
pub fn fields(entry: &Entry) -> Body {
    let known = entry.kind.spec();
    entry
        .body
        .iter()
        .filter(|(name, value)| {
            let open = known.field(name).is_none_or(|field| {
                matches!(field.visibility, Visibility::Public | Visibility::Until)
            });
            open && !is_commitment(value)
        })
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

/// The fields of a record that would be published and whose values were taken out of the register.
pub fn removed(entry: &Entry) -> impl Iterator<Item = &'static Field> {
    columns(entry.kind).filter(|field| entry.body.get(field.name).is_some_and(is_commitment))
}

/// Adds `removed`, the names of those fields, to a record's JSON; nothing where there are none.
pub fn say_removed(answer: &mut Value, entry: &Entry) {
    let names: Vec<&str> = removed(entry).map(|field| field.name).collect();
    if let Some(object) = answer.as_object_mut().filter(|_| !names.is_empty()) {
        object.insert("removed".to_owned(), json!(names));
    }
}

/// The source of an entry as JSON: its id and place, and what the record of the source says.
#[must_use]
pub fn source(entry: &Entry, source: Option<&Entry>) -> Value {
    let said = |name: &str| source.and_then(|source| source.body.get(name)).cloned();
    json!({
        "id": entry.source.id,
        "locator": entry.source.locator,
        "title": said("title"),
        "publisher": said("publisher"),
        "url": said("url"),
        "retrieved_on": said("retrieved_on"),
        "licence": said("licence"),
        "sample": said("sample").and_then(|sample| sample.as_bool()).unwrap_or(false),
    })
}

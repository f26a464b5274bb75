//! Which records a body refers to, read off the field tables. The view joins with it.

use serde_json::Value;

use crate::Body;
use crate::id::{StandardNumber, division, standard_number};
use crate::kinds::{Field, Kind, Type, is_foreign_enterprise};

/// One reference: the field it stands in (dotted inside structs), the kind and the key referred to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Reference {
    /// Field, e.g. `holder`, `participants.enterprise`, `baselines.standard`.
    pub field: String,
    /// Kind of the record referred to.
    pub kind: Kind,
    /// Its key.
    pub key: String,
}

/// All references of a body, in the order of its kind's fields, each once. The source of an entry
/// stands in its envelope, not here. Plain text where a key could stand is no reference.
#[must_use]
pub fn references(kind: Kind, body: &Body) -> Vec<Reference> {
    let mut out = Vec::new();
    in_object("", kind.fields(), body, &mut out);
    out
}

fn in_object(path: &str, fields: &'static [Field], object: &Body, out: &mut Vec<Reference>) {
    for field in fields {
        if let Some(value) = object.get(field.name) {
            let path = if path.is_empty() {
                field.name.to_owned()
            } else {
                format!("{path}.{}", field.name)
            };
            in_value(&path, field.ty, value, out);
        }
    }
}

fn in_value(path: &str, ty: Type, value: &Value, out: &mut Vec<Reference>) {
    match (ty, value) {
        (Type::Key(kind), Value::String(key)) => push(path, kind, key, out),
        (Type::KeyOrText(kind), Value::String(text)) => {
            if let Some(key) = key_in_text(kind, text) {
                push(path, kind, &key, out);
            }
        }
        (Type::PlaceOrCountry, Value::String(code)) if division::is_key(code) => {
            push(path, Kind::Place, code, out)
        }
        // A name beside a social credit code refers to that enterprise.
        (Type::Uscc, Value::String(code)) if path.contains('.') => {
            push(path, Kind::Enterprise, code, out)
        }
        (Type::Subject, Value::Object(subject)) => {
            let kind = subject.get("kind").and_then(Value::as_str);
            let key = subject.get("key").and_then(Value::as_str);
            // A person, a team and a bare name are no records.
            let kind =
                kind.filter(|kind| ["product", "enterprise", "place", "standard"].contains(kind));
            if let (Some(kind), Some(key)) = (kind.and_then(Kind::from_name), key) {
                push(path, kind, key, out);
            }
        }
        (Type::List(inner), Value::Array(values)) => {
            values.iter().for_each(|v| in_value(path, *inner, v, out))
        }
        (Type::Struct(fields), Value::Object(object)) => in_object(path, fields, object, out),
        _ => {}
    }
}

fn push(path: &str, kind: Kind, key: &str, out: &mut Vec<Reference>) {
    let reference = Reference { field: path.to_owned(), kind, key: key.to_owned() };
    if !key.is_empty() && !out.contains(&reference) {
        out.push(reference);
    }
}

/// The key a text is, where it is one.
fn key_in_text(kind: Kind, text: &str) -> Option<String> {
    match kind {
        Kind::Standard if standard_number::is_written(text) => Some(text.to_owned()),
        // A record's values are in their written form; what is printed otherwise is read as well.
        Kind::Standard if !cfg!(feature = "texts") => None,
        Kind::Standard => StandardNumber::parse(text).ok().map(|number| number.to_string()),
        Kind::Enterprise if is_foreign_enterprise(text) => Some(text.to_owned()),
        Kind::Enterprise => crate::id::Uscc::parse(text).ok().map(|code| code.as_str().to_owned()),
        // Keys of policies and departments are ids in ASCII; their names are not.
        _ => text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            .then(|| text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn found(kind: Kind, body: Value) -> Vec<(String, &'static str, String)> {
        let body = body.as_object().cloned().unwrap_or_default();
        references(kind, &body).into_iter().map(|r| (r.field, r.kind.name(), r.key)).collect()
    }

    fn row(field: &str, kind: &'static str, key: &str) -> (String, &'static str, String) {
        (field.to_owned(), kind, key.to_owned())
    }

    #[test]
    fn a_listing_refers_to_scheme_subject_holder_standards_and_area() {
        let body = json!({
            "scheme": "foshan-standard", "subject": { "kind": "product", "key": "p-d58030165a9c" },
            "holder": "91350100M000100Y43", "standards": ["T/FSAS 12-2021", "T/FSAS 12-2021"], "area": "440606",
            "issuer": "示例评价机构",
        });
        let expected = [
            row("scheme", "scheme", "foshan-standard"),
            row("subject", "product", "p-d58030165a9c"),
            row("holder", "enterprise", "91350100M000100Y43"),
            row("standards", "standard", "T/FSAS 12-2021"),
            row("area", "place", "440606"),
        ];
        assert_eq!(found(Kind::Listing, body), expected);
    }

    #[test]
    fn plain_text_where_a_key_could_stand_is_no_reference() {
        let body = json!({
            "subject": { "kind": "name", "key": "absinthe" }, "method": "US Federal Standard",
            "baselines": [{ "standard": "GB 12021.2—2015" }, { "standard": "US Federal Standard" }],
        });
        assert_eq!(
            found(Kind::Comparison, body),
            [row("baselines.standard", "standard", "GB 12021.2-2015")]
        );
        let body = json!({ "place": "US", "uscc": "91350100M000100Y43" });
        assert_eq!(found(Kind::Enterprise, body), []);
        let body = json!({ "producer": { "name": "示例", "uscc": "91350100M000100Y43" } });
        assert_eq!(
            found(Kind::Inspection, body),
            [row("producer.uscc", "enterprise", "91350100M000100Y43")]
        );
    }
}

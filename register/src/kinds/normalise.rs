//! One written form for every value, so that equal facts are equal bytes.

use serde_json::Value;

use super::{Field, Kind, Type};
use crate::Body;
use crate::id::{self, Gtin, date, document_number, standard_number, uscc};

/// Fields holding certificate, licence and decision numbers.
const NUMBERS: [&str; 2] = ["certificate_number", "trademark_number"];

/// Brings a body into its one form: NFC and trimmed texts, canonical identifiers and dates, 〔〕 in
/// document numbers, numbers of decimals as texts, no empty optional values. What cannot be read is
/// left as it is, for [`validate`](super::validate) to name.
pub fn normalise(kind: Kind, body: &mut Body) {
    object(kind, kind.spec().fields, body);
}

fn object(kind: Kind, fields: &'static [Field], object: &mut Body) {
    for field in fields {
        if let Some(value) = object.get_mut(field.name) {
            one(kind, field, field.ty, value);
            let empty_list =
                matches!(value, Value::Array(list) if list.is_empty()) && !field.required;
            if is_nothing(value) || empty_list {
                object.remove(field.name);
            }
        }
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Object(object) => object.is_empty(),
        _ => false,
    }
}

fn one(kind: Kind, field: &'static Field, ty: Type, value: &mut Value) {
    match (ty, &mut *value) {
        (Type::List(inner), Value::Array(values)) => {
            values.iter_mut().for_each(|value| one(kind, field, *inner, value));
            values.retain(|value| !is_nothing(value));
        }
        (Type::Struct(fields), Value::Object(inner)) => object(kind, fields, inner),
        (Type::Subject, Value::Object(inner)) => subject(inner),
        (Type::Decimal, Value::Number(number)) => *value = Value::String(number.to_string()),
        (Type::Int, Value::String(text)) => {
            if let Ok(number) = id::text::nfkc(text).replace(',', "").parse::<i64>() {
                *value = number.into();
            }
        }
        (Type::Bool, Value::String(text)) => match text.trim() {
            "true" | "是" => *value = true.into(),
            "false" | "否" => *value = false.into(),
            _ => {}
        },
        (_, Value::String(text)) => *text = written(kind, field, ty, text),
        _ => {}
    }
}

fn subject(object: &mut Body) {
    let kind = object.get("kind").and_then(Value::as_str).and_then(Kind::from_name);
    for (name, value) in object.iter_mut() {
        if let Value::String(text) = value {
            *text = match kind {
                Some(kind) if name == "key" => reference(kind, text),
                _ => id::text::nfc(text),
            };
        }
    }
}

fn reference(kind: Kind, text: &str) -> String {
    match kind {
        Kind::Standard => standard_number::key(text).unwrap_or_else(|| id::text::nfc(text)),
        Kind::Enterprise => id::Uscc::parse(text)
            .map_or_else(|_| id::text::nfc(text), |code| code.as_str().to_owned()),
        _ => id::text::nfc(text),
    }
}

fn written(kind: Kind, field: &Field, ty: Type, text: &str) -> String {
    let plain = id::text::nfc(text);
    match ty {
        Type::Uscc => uscc::normalise(&plain),
        Type::Gtin => Gtin::parse(&plain).map_or(plain, |gtin| gtin.as_str().to_owned()),
        Type::StandardNumber => standard_number::key(&plain).unwrap_or(plain),
        Type::Key(kind) | Type::KeyOrText(kind) => reference(kind, &plain),
        Type::Date => date::from_list(&plain).map_or(plain, |day| day.to_string()),
        Type::DivisionCode | Type::PlaceOrCountry | Type::Decimal => id::text::nfkc(&plain),
        Type::Text { .. } if is_number(kind, field) => document_number::normalise(&plain),
        _ => plain,
    }
}

/// Whether the field holds a certificate, licence, decision or document number.
fn is_number(kind: Kind, field: &Field) -> bool {
    NUMBERS.contains(&field.name)
        || (field.name == "number"
            && matches!(kind, Kind::Listing | Kind::Restriction | Kind::Penalty | Kind::Policy))
        || (field.name == "decision" && kind == Kind::Code)
        || (field.name == "implements" && kind == Kind::Policy)
}

//! What every field of every kind is, as JSON Schema (draft 2020-12), from the kinds' own tables.
//!
//! JSON Schema has one `title`; `x-titles` holds it in the three languages, `x-unit` the unit of a value
//! and `x-labels` the words for the codes of an enumeration.

use register::kinds::{Choice, Field, Type, Visibility};
use register::{Kind, Lang};
use serde_json::{Map, Value, json};

use crate::published;

/// The dialect the schema is written in.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Schema of one line of records, with the kinds under `$defs`.
#[must_use]
pub fn schema() -> Value {
    let kinds: Map<String, Value> =
        Kind::ALL.into_iter().map(|kind| (kind.name().to_owned(), of_kind(kind))).collect();
    let by_kind: Vec<Value> = Kind::ALL
        .into_iter()
        .map(|kind| {
            json!({
                "if": { "properties": { "kind": { "const": kind.name() } } },
                "then": { "properties": { "record": { "$ref": format!("#/$defs/{}", kind.name()) } } },
            })
        })
        .collect();
    let text = json!({ "type": "string" });
    let maybe_text = json!({ "type": ["string", "null"] });
    json!({
        "$schema": DIALECT,
        "title": "record",
        "type": "object",
        "required": ["kind", "key", "record", "valid_from", "seq", "recorded_at", "reason", "source"],
        "properties": {
            "kind": { "enum": Kind::ALL.map(Kind::name) },
            "key": text,
            "record": { "type": "object" },
            "valid_from": { "type": "string", "format": "date" },
            "seq": { "type": "integer", "minimum": 0 },
            "removed": { "type": "array", "items": text },
            "recorded_at": { "type": "string", "format": "date-time" },
            "reason": {
                "type": "object",
                "required": ["code"],
                "properties": { "code": text, "text": text, "case": { "type": "object" } },
            },
            "source": {
                "type": "object",
                "required": ["id", "sample"],
                "properties": {
                    "id": text,
                    "locator": { "type": "object" },
                    "title": maybe_text,
                    "publisher": maybe_text,
                    "url": maybe_text,
                    "retrieved_on": maybe_text,
                    "licence": maybe_text,
                    "sample": { "type": "boolean" },
                },
            },
        },
        "allOf": by_kind,
        "$defs": kinds,
    })
}

fn of_kind(kind: Kind) -> Value {
    let fields: Vec<&Field> = published::columns(kind).collect();
    // A value that may be removed may lack, whatever a list has to hold.
    let required: Vec<&str> = fields
        .iter()
        .filter(|field| field.required && field.visibility == Visibility::Public)
        .map(|field| field.name)
        .collect();
    let mut schema = object(&fields);
    schema["title"] = json!(kind.label(Lang::ZhHans));
    schema["x-titles"] = titles(&kind.spec().label);
    schema["required"] = json!(required);
    schema
}

fn titles(words: &[&str; 3]) -> Value {
    let by_tag = Lang::ALL.map(|lang| (lang.tag().to_owned(), json!(words[lang.index()])));
    Value::Object(by_tag.into_iter().collect())
}

fn object(fields: &[&Field]) -> Value {
    let properties: Map<String, Value> =
        fields.iter().map(|field| (field.name.to_owned(), of_field(field))).collect();
    json!({ "type": "object", "properties": properties })
}

fn of_field(field: &Field) -> Value {
    let mut schema = of_type(&field.ty);
    schema["title"] = json!(field.label[0]);
    schema["x-titles"] = titles(&field.label);
    if !field.unit.is_empty() {
        schema["x-unit"] = json!(field.unit);
    }
    schema
}

fn of_type(ty: &Type) -> Value {
    match ty {
        Type::Text { max } => json!({ "type": "string", "maxLength": max }),
        Type::Gtin => json!({ "type": "string", "pattern": "^[0-9]{14}$" }),
        Type::Date => json!({ "type": "string", "format": "date" }),
        Type::Int => json!({ "type": "integer" }),
        Type::Decimal => json!({ "type": "string", "pattern": "^-?[0-9]+(\\.[0-9]+)?$" }),
        Type::Bool => json!({ "type": "boolean" }),
        Type::Url => json!({ "type": "string", "format": "uri" }),
        Type::Sha256 => json!({ "type": "string", "pattern": "^[0-9a-f]{64}$" }),
        Type::Bytes => json!({ "type": "string", "contentEncoding": "base64" }),
        Type::Regex => json!({ "type": "string", "format": "regex" }),
        Type::Enum(choices) => enumeration(choices),
        Type::Key(kind) => json!({ "type": "string", "x-key-of": kind.name() }),
        Type::KeyOrText(kind) => json!({ "type": "string", "x-key-or-text-of": kind.name() }),
        Type::Subject => json!({
            "type": "object",
            "required": ["kind", "key"],
            "properties": {
                "kind": enumeration(register::kinds::SUBJECT_KIND),
                "key": { "type": "string" },
            },
        }),
        Type::List(item) => json!({ "type": "array", "items": of_type(item) }),
        Type::Struct(parts) => object(&parts.iter().collect::<Vec<_>>()),
        Type::Uscc
        | Type::StandardNumber
        | Type::DivisionCode
        | Type::PlaceOrCountry
        | Type::System => json!({ "type": "string" }),
    }
}

fn enumeration(choices: &[Choice]) -> Value {
    let codes: Vec<&str> = choices.iter().map(|choice| choice.code).collect();
    let labels: Map<String, Value> = choices
        .iter()
        .map(|choice| (choice.code.to_owned(), titles(&Lang::ALL.map(|lang| choice.label(lang)))))
        .collect();
    json!({ "type": "string", "enum": codes, "x-labels": labels })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_that_is_published_is_described_in_three_languages() {
        let schema = schema();
        for kind in Kind::ALL {
            let described = &schema["$defs"][kind.name()]["properties"];
            assert_eq!(
                described.as_object().map(Map::len),
                Some(published::columns(kind).count()),
                "{}",
                kind.name()
            );
            for field in published::columns(kind) {
                for lang in Lang::ALL {
                    let title = &described[field.name]["x-titles"][lang.tag()];
                    assert_eq!(title, field.label[lang.index()], "{} {}", kind.name(), field.name);
                }
            }
        }
        assert!(schema["$defs"]["penalty"]["properties"].get("person_name").is_none());
    }
}

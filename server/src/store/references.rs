//! Which records a record refers to.

use register::{Body, Kind};
use serde_json::Value;

/// Every (kind, key) a body refers to, each once, in order.
#[must_use]
pub fn references_of(_kind: Kind, body: &Body) -> Vec<(Kind, String)> {
    let mut found = Vec::new();
    for (name, value) in body {
        walk(name, value, &mut found);
    }
    found.sort();
    found.dedup();
    found
}

fn walk(name: &str, value: &Value, found: &mut Vec<(Kind, String)>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| walk(name, value, found)),
        Value::Object(fields) => {
            if let (Some(kind), Some(Value::String(key))) = (fields.get("kind"), fields.get("key"))
                && let Ok(kind) = serde_json::from_value(kind.clone())
            {
                found.push((kind, key.clone()));
                return;
            }
            fields.iter().for_each(|(name, value)| walk(name, value, found));
        }
        Value::String(key) => {
            let kind = match name {
                "holder" | "enterprise" | "producer" | "evaluator" | "tester" | "party" => {
                    Kind::Enterprise
                }
                "scheme" | "successor" => Kind::Scheme,
                "standard" | "standards" | "method" | "replaces" | "replaced_by" => Kind::Standard,
                "product" | "products" => Kind::Product,
                "place" | "area" | "region" => Kind::Place,
                "policy" => Kind::Policy,
                _ => return,
            };
            found.push((kind, key.clone()));
        }
        _ => {}
    }
}

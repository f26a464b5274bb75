//! The tables against the field list of the domain reference, and every rule once.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::*;
use crate::message::Code;
use crate::{Reason, ReasonCode};

mod arbitrary;
pub(crate) use arbitrary::bodies as any_bodies;
mod examples;
mod rules_by_kind;
mod tables;

/// A small register to validate against.
#[derive(Default)]
struct Around {
    records: BTreeMap<(Kind, String), Body>,
    previous: Option<Body>,
    reason: Option<Reason>,
    provinces: Vec<&'static str>,
}

impl Around {
    fn with(mut self, kind: Kind, key: &str, record: Value) -> Around {
        self.records.insert((kind, key.to_owned()), body(record));
        self
    }

    fn before(mut self, previous: Value) -> Around {
        self.previous = Some(body(previous));
        self
    }
}

impl Context for Around {
    fn today(&self) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 1, 10).unwrap_or_default()
    }

    fn reason(&self) -> Option<&Reason> {
        self.reason.as_ref()
    }

    fn exists(&self, kind: Kind, key: &str) -> bool {
        self.records.contains_key(&(kind, key.to_owned()))
    }

    fn record(&self, kind: Kind, key: &str) -> Option<Body> {
        self.records.get(&(kind, key.to_owned())).cloned()
    }

    fn previous(&self) -> Option<&Body> {
        self.previous.as_ref()
    }

    fn place_loaded(&self, province: &str) -> bool {
        self.provinces.contains(&province)
    }

    fn standard_like(&self, loose: &str) -> Option<String> {
        let standards = self.records.keys().filter(|(kind, _)| *kind == Kind::Standard);
        standards.map(|(_, key)| key.clone()).find(|key| {
            crate::id::StandardNumber::parse(key).is_ok_and(|number| number.loose() == loose)
        })
    }
}

fn body(value: Value) -> Body {
    value.as_object().cloned().unwrap_or_default()
}

/// `base` with some fields replaced; `null` removes.
fn but(base: &Value, changes: Value) -> Value {
    let mut out = body(base.clone());
    for (name, value) in body(changes) {
        if value.is_null() {
            out.remove(&name);
        } else {
            out.insert(name, value);
        }
    }
    Value::Object(out)
}

fn codes(kind: Kind, value: &Value, around: &Around) -> Vec<Code> {
    let body = body(value.clone());
    let key = key_of(kind, &body).unwrap_or_else(|_| "44M3QMX9D2R4".to_owned());
    validate(kind, &key, &body, around).into_iter().map(|message| message.code).collect()
}

//! A formula over records somebody hands over: counting again without the register.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Formula, NoValue, Records};
use crate::Body;
use crate::comparison::Ratio;
use crate::id::date;
use crate::kinds::Kind;
use crate::kinds::rules::text;

/// The records of one day that a formula looks at, as `/targets/{id}/recount.json?records=all` gives them.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// Body, and whether it is among the records looked through (else only referred to).
    records: BTreeMap<(Kind, String), (Body, bool)>,
}

impl Given {
    /// Adds a record. `looked_at`: the formula looks through it; else it is only followed to. A record that is
    /// both is the first.
    pub fn add(&mut self, kind: Kind, key: &str, body: Body, looked_at: bool) {
        let known = self.records.entry((kind, key.to_owned())).or_insert((body, false));
        known.1 |= looked_at;
    }

    /// Whether that record is here.
    #[must_use]
    pub fn has(&self, kind: Kind, key: &str) -> bool {
        self.records.contains_key(&(kind, key.to_owned()))
    }

    /// How many records.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Kind, key, body, and whether it is looked through, in that order.
    pub fn iter(&self) -> impl Iterator<Item = (Kind, &str, &Body, bool)> {
        self.records
            .iter()
            .map(|((kind, key), (body, looked))| (*kind, key.as_str(), body, *looked))
    }
}

impl Records for Given {
    fn each(&self, kind: Kind, see: &mut dyn FnMut(&str, &Body)) {
        for (_, key, body, _) in self.iter().filter(|(of, _, _, looked)| *of == kind && *looked) {
            see(key, body);
        }
    }

    fn record(&self, kind: Kind, key: &str) -> Option<Body> {
        self.records.get(&(kind, key.to_owned())).map(|(body, _)| body.clone())
    }

    fn comparisons_of(&self, standard: &str) -> Vec<Body> {
        let about = |body: &&Body| {
            text(body, "subject.kind") == Some("standard")
                && text(body, "subject.key") == Some(standard)
        };
        let all = self.iter().filter(|(kind, ..)| *kind == Kind::Comparison);
        all.map(|(_, _, body, _)| body).filter(about).cloned().collect()
    }
}

/// What counting again came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recounted {
    /// The value that was said.
    Equal(String),
    /// Another one.
    Differs(String),
    /// The formula has no value.
    None(NoValue),
    /// The answer carries no records: the formula looks at too many.
    TooMany,
    /// It is no answer of a recount.
    Unreadable,
}

impl Recounted {
    /// A word for programs, and the value or the reason.
    #[must_use]
    pub fn line(&self) -> (&'static str, &str) {
        match self {
            Recounted::Equal(value) => ("equal", value),
            Recounted::Differs(value) => ("differs", value),
            Recounted::None(no) => ("none", no.code()),
            Recounted::TooMany => ("too_many", ""),
            Recounted::Unreadable => ("unreadable", ""),
        }
    }
}

/// A value as pages and JSON write it: whole, or with one decimal.
#[must_use]
pub fn written(value: Ratio) -> String {
    let decimals = u32::from(value.as_whole().is_none());
    value.round(decimals).unwrap_or_default()
}

/// Counts again from the JSON of `/targets/{id}/recount.json?records=all` and compares with the value said, as
/// [`written`] writes it.
#[must_use]
pub fn recounted(answer: &Value, said: &str) -> Recounted {
    if answer.get("records").is_some_and(Value::is_null) {
        return Recounted::TooMany;
    }
    counted_again(answer, said).unwrap_or(Recounted::Unreadable)
}

fn counted_again(answer: &Value, said: &str) -> Option<Recounted> {
    let text = |name: &str| answer.get(name).and_then(Value::as_str);
    let formula = Formula::parse(text("formula")?).ok()?;
    let day = date::iso(text("counted_on")?)?;
    let due = text("due").and_then(date::iso);
    let mut given = Given::default();
    for one in answer.get("records")?.as_array()? {
        let kind = Kind::from_name(one.get("kind")?.as_str()?)?;
        let looked_at = one.get("looked_at")?.as_bool()?;
        given.add(
            kind,
            one.get("key")?.as_str()?,
            one.get("record")?.as_object()?.clone(),
            looked_at,
        );
    }
    Some(match formula.evaluate(&given, day, due) {
        Err(no) => Recounted::None(no),
        Ok(value) => {
            let value = written(value);
            if said == value { Recounted::Equal(value) } else { Recounted::Differs(value) }
        }
    })
}

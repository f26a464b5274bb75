//! Counting: whether a record is counted, and as what.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde_json::Value;

use super::schema::{Condition, How, Operand, Path, Scope, Shape, Step};
use super::{Count, Counted, Formula};
use crate::Body;
use crate::comparison::{Decimal, Ratio, outcome};
use crate::id::{Uscc, date};
use crate::kinds::Kind;
use crate::kinds::rules::{structs, text};

/// The records of one day, as the record rule chooses them.
pub trait Records {
    /// Calls `see` with key and body of every record of a kind.
    fn each(&self, kind: Kind, see: &mut dyn FnMut(&str, &Body));

    /// One record.
    fn record(&self, kind: Kind, key: &str) -> Option<Body>;

    /// The comparisons whose subject is this standard.
    fn comparisons_of(&self, standard: &str) -> Vec<Body>;
}

/// A count under way.
#[derive(Clone, Debug)]
pub struct Counting {
    distinct: Option<BTreeSet<String>>,
    records: u64,
}

impl Counting {
    /// Nothing counted yet.
    #[must_use]
    pub fn new(count: &Count) -> Counting {
        let distinct = !matches!(count.of, Counted::Records);
        Counting { distinct: distinct.then(BTreeSet::new), records: 0 }
    }

    /// Looks at one record of the count's kind; says whether it is counted.
    pub fn see(
        &mut self,
        count: &Count,
        key: &str,
        body: &Body,
        records: &dyn Records,
        as_of: NaiveDate,
        due: Option<NaiveDate>,
    ) -> bool {
        let found = count.counts(key, body, records, as_of, due);
        let counted = !found.is_empty();
        match &mut self.distinct {
            Some(distinct) => distinct.extend(found),
            None => self.records += u64::from(counted),
        }
        counted
    }

    /// What it came to.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.distinct.as_ref().map_or(self.records, |distinct| distinct.len() as u64)
    }
}

/// The counts of a formula by the kind of record they look at.
pub fn counted_by_kind(formula: &Formula, kind: Kind) -> impl Iterator<Item = (usize, &Count)> {
    formula.counts().iter().enumerate().filter(move |(_, count)| count.kind == kind)
}

/// What a value is looked up in.
enum Node<'b> {
    Record(Kind, &'b str, &'b Body),
    Element(&'b Body),
}

struct Day<'r> {
    records: &'r dyn Records,
    as_of: NaiveDate,
    due: Option<NaiveDate>,
}

impl Count {
    /// Kind of the records looked at.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// As it stands in the formula.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether different values are counted, not records.
    #[must_use]
    pub fn is_distinct(&self) -> bool {
        !matches!(self.of, Counted::Records)
    }

    /// Values that the formula asks of a field of the records themselves: `scheme` gives
    /// `["foshan-standard"]`. Empty where it asks for none.
    #[must_use]
    pub fn asked(&self, field: &str) -> Vec<&str> {
        let mut found = Vec::new();
        for condition in &self.conditions {
            if let Condition::Compare { path, how: How::OneOf, with } = condition
                && path.steps == [Step::Field(field_name(self.kind, field))]
            {
                found.extend(with.iter().filter_map(|operand| match operand {
                    Operand::Text(text) => Some(text.as_str()),
                    _ => None,
                }));
            }
        }
        found
    }

    /// What a record is counted as on a day: its key, or the distinct values it has; empty where it is
    /// not counted.
    #[must_use]
    pub fn counts(
        &self,
        key: &str,
        body: &Body,
        records: &dyn Records,
        as_of: NaiveDate,
        due: Option<NaiveDate>,
    ) -> Vec<String> {
        let day = Day { records, as_of, due };
        let node = Node::Record(self.kind, key, body);
        if !self.conditions.iter().all(|condition| day.meets(&node, condition)) {
            return Vec::new();
        }
        match &self.of {
            Counted::Records => vec![key.to_owned()],
            Counted::Distinct(path) => day.texts(&node, path),
            Counted::Referred(kind) => {
                let references = crate::references(self.kind, body);
                let mut keys: BTreeSet<String> = references
                    .into_iter()
                    .filter(|reference| reference.kind == *kind)
                    .map(|reference| reference.key)
                    .collect();
                if *kind == Kind::Enterprise {
                    keys.extend(day.enterprise(self.kind, body));
                }
                keys.into_iter().collect()
            }
        }
    }

    /// Whether a record is of the sort counted, whatever its dates, its status and its result: what
    /// must exist at all for a count of nothing to mean something.
    #[must_use]
    pub fn is_of_the_sort(
        &self,
        key: &str,
        body: &Body,
        records: &dyn Records,
        as_of: NaiveDate,
    ) -> bool {
        let day = Day { records, as_of, due: None };
        let node = Node::Record(self.kind, key, body);
        self.conditions
            .iter()
            .filter(|condition| says_what(condition))
            .all(|condition| day.meets_what(&node, condition))
    }

    /// Whether a version can be counted on some day: only what cannot change with the day and needs no
    /// other record is asked. Cheap; most records of a kind are left out by it.
    #[must_use]
    pub fn may_count(&self, body: &Body) -> bool {
        self.conditions.iter().all(|condition| match condition {
            Condition::Compare { path, how: How::OneOf, with } => match path.steps[..] {
                [Step::Field(name)] => match body.get(name) {
                    Some(Value::String(text)) => with.iter().any(|operand| match operand {
                        Operand::Text(wanted) => wanted == text,
                        _ => true,
                    }),
                    Some(_) => true,
                    None => false,
                },
                _ => true,
            },
            _ => true,
        })
    }
}

fn field_name(kind: Kind, name: &str) -> &'static str {
    kind.fields().iter().find(|field| field.name == name).map_or("", |field| field.name)
}

/// Whether a condition says what is counted, not when or how it came out.
fn says_what(condition: &Condition) -> bool {
    match condition {
        Condition::Has { all, .. } => all.iter().any(says_what),
        Condition::Compare { path, .. } => {
            let outcome = matches!(
                path.steps.last(),
                Some(Step::Status | Step::Advanced | Step::Field("status" | "result"))
            );
            !outcome && !matches!(path.shape, Shape::Date)
        }
    }
}

impl Day<'_> {
    fn meets(&self, node: &Node<'_>, condition: &Condition) -> bool {
        match condition {
            Condition::Has { path, all } => self
                .elements(node, path)
                .iter()
                .any(|element| all.iter().all(|one| self.meets(&Node::Element(element), one))),
            Condition::Compare { path, how, with } => self.compares(node, path, *how, with),
        }
    }

    fn meets_what(&self, node: &Node<'_>, condition: &Condition) -> bool {
        match condition {
            Condition::Has { path, all } => self.elements(node, path).iter().any(|element| {
                all.iter()
                    .filter(|one| says_what(one))
                    .all(|one| self.meets_what(&Node::Element(element), one))
            }),
            compare => self.meets(node, compare),
        }
    }

    /// A field with several values meets a comparison if one of them does; "!=" if none is equal.
    fn compares(&self, node: &Node<'_>, path: &Path, how: How, with: &[Operand]) -> bool {
        let equal = |value: &Value| with.iter().any(|operand| self.equals(value, operand));
        let values = self.values(node, path);
        match how {
            How::OneOf => values.iter().any(equal),
            How::NoneOf => !values.is_empty() && !values.iter().any(equal),
            How::Under => values.iter().filter_map(Value::as_str).any(|code| {
                with.iter().any(|o| matches!(o, Operand::Text(prefix) if code.starts_with(prefix)))
            }),
            How::Less | How::AtMost | How::More | How::AtLeast => values.iter().any(|value| {
                let ordering = with.first().and_then(|operand| self.order(value, operand));
                ordering.is_some_and(|ordering| match how {
                    How::Less => ordering.is_lt(),
                    How::AtMost => ordering.is_le(),
                    How::More => ordering.is_gt(),
                    _ => ordering.is_ge(),
                })
            }),
        }
    }

    fn equals(&self, value: &Value, operand: &Operand) -> bool {
        match (value, operand) {
            (Value::String(value), Operand::Text(text)) => value == text,
            (Value::Bool(value), Operand::Bool(flag)) => value == flag,
            _ => self.order(value, operand).is_some_and(std::cmp::Ordering::is_eq),
        }
    }

    fn order(&self, value: &Value, operand: &Operand) -> Option<std::cmp::Ordering> {
        match operand {
            Operand::Date(day) => Some(date::iso(value.as_str()?)?.cmp(day)),
            // Without a due date there is nothing to compare with, and nothing is counted.
            Operand::Due => Some(date::iso(value.as_str()?)?.cmp(&self.due?)),
            Operand::Number(number) => Some(ratio(value)?.cmp(number)),
            Operand::Text(_) | Operand::Bool(_) => None,
        }
    }

    fn texts(&self, node: &Node<'_>, path: &Path) -> Vec<String> {
        let printed = |value: Value| match value {
            Value::String(text) => Some(text).filter(|text| !text.is_empty()),
            Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
            _ => None,
        };
        self.values(node, path).into_iter().filter_map(printed).collect()
    }

    fn values(&self, node: &Node<'_>, path: &Path) -> Vec<Value> {
        let mut out = Vec::new();
        self.walk(node, path.scope, &path.steps, &mut out);
        out
    }

    fn elements(&self, node: &Node<'_>, path: &Path) -> Vec<Body> {
        let objects = self.values(node, path).into_iter();
        objects
            .filter_map(|value| match value {
                Value::Object(object) => Some(object),
                _ => None,
            })
            .collect()
    }

    fn walk(&self, node: &Node<'_>, scope: Scope, steps: &[Step], out: &mut Vec<Value>) {
        let [step, rest @ ..] = steps else { return };
        let Some((_, shape)) = scope.step(step.name()) else { return };
        let found = self.step(node, *step);
        if rest.is_empty() {
            out.extend(found);
            return;
        }
        let Some(behind) = shape.scope() else { return };
        for value in found {
            match (behind, &value) {
                (Scope::Element(_), Value::Object(object)) => {
                    self.walk(&Node::Element(object), behind, rest, out);
                }
                (Scope::Record(kind), Value::String(key)) => {
                    if let Some(body) = self.records.record(kind, key) {
                        self.walk(&Node::Record(kind, key, &body), behind, rest, out);
                    }
                }
                _ => {}
            }
        }
    }

    fn step(&self, node: &Node<'_>, step: Step) -> Vec<Value> {
        let one = |key: Option<String>| key.map(Value::String).into_iter().collect();
        match (step, node) {
            (Step::Field(name), Node::Record(_, _, body) | Node::Element(body)) => {
                match body.get(name) {
                    Some(Value::Array(values)) => values.clone(),
                    Some(Value::Null) | None => Vec::new(),
                    Some(value) => vec![value.clone()],
                }
            }
            (Step::Status, Node::Record(_, _, body)) => {
                one(Some(crate::status::computed(body, self.as_of).code().to_owned()))
            }
            (Step::Product, Node::Record(_, _, body)) => one(subject(body, "product")),
            (Step::Enterprise, Node::Record(kind, _, body)) => one(self.enterprise(*kind, body)),
            (Step::Place, Node::Record(kind, _, body)) => one(self.place(*kind, body)),
            (Step::Place, Node::Element(body)) => {
                one(text(body, "enterprise").and_then(|key| self.seat(key)))
            }
            (Step::Advanced, Node::Record(_, key, _)) => {
                let comparisons = self.records.comparisons_of(key);
                let stricter = comparisons.iter().any(|body| {
                    outcome(body).claim.is_some_and(|claim| claim.code() == "stricter")
                });
                vec![Value::Bool(stricter)]
            }
            _ => Vec::new(),
        }
    }

    /// The enterprise a record is of.
    fn enterprise(&self, kind: Kind, body: &Body) -> Option<String> {
        let own = |path: &str| text(body, path).map(str::to_owned);
        let of_product = || {
            let product = self.records.record(Kind::Product, &subject(body, "product")?)?;
            text(&product, "holder").map(str::to_owned)
        };
        match kind {
            Kind::Product | Kind::Code => own("holder"),
            Kind::Listing | Kind::Comparison | Kind::Evaluation => {
                subject(body, "enterprise").or_else(|| own("holder")).or_else(of_product)
            }
            Kind::Inspection | Kind::Recall => own("producer.uscc"),
            Kind::Penalty => own("party.uscc"),
            Kind::Standard => {
                let lead = |p: &&Body| text(p, "role") == Some("lead");
                let lead = structs(body, "participants").find(lead);
                let lead = lead.and_then(|p| text(p, "enterprise")).map(str::to_owned);
                let written =
                    |issuer: &String| Uscc::parse(issuer).is_ok_and(|code| code.as_str() == issuer);
                let issuer = || own("issuer").filter(written);
                lead.or_else(issuer)
            }
            _ => None,
        }
    }

    /// Where a record counts: its own area or place, else its enterprise's seat.
    fn place(&self, kind: Kind, body: &Body) -> Option<String> {
        let own = text(body, "area").or_else(|| text(body, "place")).map(str::to_owned);
        own.or_else(|| subject(body, "place")).or_else(|| self.seat(&self.enterprise(kind, body)?))
    }

    fn seat(&self, enterprise: &str) -> Option<String> {
        let body = self.records.record(Kind::Enterprise, enterprise)?;
        text(&body, "place").map(str::to_owned)
    }
}

impl Step {
    const fn name(self) -> &'static str {
        match self {
            Step::Field(name) => name,
            Step::Product => "product",
            Step::Enterprise => "enterprise",
            Step::Place => "place",
            Step::Status => "status",
            Step::Advanced => "advanced",
        }
    }
}

fn subject(body: &Body, kind: &str) -> Option<String> {
    (text(body, "subject.kind") == Some(kind))
        .then(|| text(body, "subject.key"))?
        .map(str::to_owned)
}

fn ratio(value: &Value) -> Option<Ratio> {
    match value {
        Value::Number(number) => Ratio::new(i128::from(number.as_i64()?), 1),
        Value::String(text) => Decimal::parse(text)?.ratio(),
        _ => None,
    }
}

//! Rules the kinds share: reading a body, deriving a key, checks across fields.

use chrono::NaiveDate;
use serde_json::Value;

use super::{Context, Field, Kind, KindSpec, Type, key_of};
use crate::entry::ReasonCode;
use crate::id::{self, StandardNumber, date, division};
use crate::message::{Code, Message};
use crate::{Body, Reason, code};

mod dates;
mod keys;
mod parties;
mod person;
mod status;

pub use dates::{already_expired, inside_scheme_dates, not_before, publish_until};
pub use keys::*;
pub use parties::{
    check_standards, cited_standards, holder_of_subject, name_only, named_party, place,
    standard_twin,
};
pub use person::{is_persons_name, no_natural_person, no_natural_persons_key};
pub use status::{code_left_valid, leaving_valid, penalty_lifted, restriction_removed, transition};

/// One body under validation.
pub struct Check<'a> {
    /// The kind's table.
    pub spec: &'static KindSpec,
    /// The record's key.
    pub key: &'a str,
    /// The body.
    pub body: &'a Body,
    /// The register around it.
    pub ctx: &'a dyn Context,
}

impl std::fmt::Debug for Check<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.debug_struct("Check")
            .field("kind", &self.spec.kind)
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}

impl Check<'_> {
    /// What a message calls a field.
    #[must_use]
    pub fn heading(&self, field: &str) -> &'static str {
        self.spec.field(field).map_or("", Field::heading)
    }
}

/// No rules beyond the field types.
pub fn no_check(_: &Check, _: &mut Vec<Message>) {}

/// A text at a field or dotted path, not empty.
#[must_use]
pub fn text<'b>(body: &'b Body, path: &str) -> Option<&'b str> {
    let mut parts = path.split('.');
    let mut value = body.get(parts.next()?)?;
    for part in parts {
        value = value.get(part)?;
    }
    value.as_str().filter(|text| !text.is_empty())
}

/// The texts of a list field.
pub fn texts<'b>(body: &'b Body, field: &str) -> impl Iterator<Item = &'b str> {
    body.get(field).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

/// The objects of a list field.
pub fn structs<'b>(body: &'b Body, field: &str) -> impl Iterator<Item = &'b Body> {
    body.get(field).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object)
}

/// A date at a field or dotted path.
#[must_use]
pub fn day(body: &Body, path: &str) -> Option<NaiveDate> {
    text(body, path).and_then(date::iso)
}

/// The heading made of one field.
#[must_use]
pub fn title(body: &Body, field: &str) -> String {
    text(body, field).unwrap_or_default().to_owned()
}

/// The heading made of several fields, those present.
#[must_use]
pub fn titles(body: &Body, fields: &[&str]) -> String {
    let parts: Vec<&str> = fields.iter().filter_map(|field| text(body, field)).collect();
    parts.join(" ")
}

/// A certificate number that does not fit the scheme's pattern (W05).
pub fn fits_pattern(c: &Check, scheme: &Body, out: &mut Vec<Message>) {
    let (Some(number), Some(pattern)) =
        (text(c.body, "certificate_number"), text(scheme, "certificate_pattern"))
    else {
        return;
    };
    if !id::document_number::fits(pattern, number) {
        out.push(Message::new(Code::W05).column(c.heading("certificate_number")).value(number));
    }
}

/// The check character of a model or unit code, which is the record's key (E18). A batch of unit
/// codes has the key `U-` and 16 hex digits, a change to one unit `{batch}/{keyed hash}`.
pub fn quality_credit_code(c: &Check, out: &mut Vec<Message>) {
    let batch = c.key.split('/').next().filter(|key| key.starts_with("U-"));
    let fits = match batch {
        Some(batch) => code::is_batch_key(batch),
        // A key is written one way; what reads as a code and is written otherwise is no key.
        None => code::CreditCode::parse(c.key).is_ok_and(|code| code.as_str() == c.key),
    };
    if !fits {
        out.push(Message::new(Code::E18).column("质量信用码").value(c.key));
    }
}

//! Changing a code's status: an entry more, never another word for an old one.

use chrono::NaiveDate;
use register::code::{CreditCode, Level, Pepper, is_batch_key};
use register::kinds::rules::text;
use register::{Draft, Kind, Reason, ReasonCode};
use serde_json::json;

use super::find;
use crate::desk::{self, Look, Plan, Result, refuse};
use crate::import::pipeline::direct::Proposed;

/// A change an operator can make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// A draft comes into force.
    Activate,
    /// Not to be relied on for now.
    Suspend,
    /// The end of a suspension.
    Restore,
    /// Ended by the authority 撤销.
    Withdraw,
    /// Ended by the holder 注销.
    Cancel,
}

impl Change {
    /// The status it leads to.
    #[must_use]
    pub const fn status(self) -> &'static str {
        match self {
            Change::Activate | Change::Restore => "valid",
            Change::Suspend => "suspended",
            Change::Withdraw => "withdrawn",
            Change::Cancel => "cancelled",
        }
    }

    const fn reason(self) -> ReasonCode {
        match self {
            Change::Activate => ReasonCode::Granted,
            Change::Suspend => ReasonCode::Suspended,
            Change::Restore => ReasonCode::Reinstated,
            Change::Withdraw => ReasonCode::Withdrawn,
            Change::Cancel => ReasonCode::Cancelled,
        }
    }

    /// The status it starts from, where only one will do.
    const fn from(self) -> Option<&'static str> {
        match self {
            Change::Activate => Some("draft"),
            Change::Restore => Some("suspended"),
            _ => None,
        }
    }
}

/// What is to be changed, and why.
#[derive(Clone, Debug)]
pub struct Order {
    /// A model or unit code as it is read, or the key of a batch (`U-` and 16 hex digits).
    pub code: String,
    /// The change.
    pub change: Change,
    /// Why, for readers.
    pub reason: Option<String>,
    /// The decision's number.
    pub decision: Option<String>,
    /// The day it takes effect; today otherwise.
    pub on: Option<NaiveDate>,
    /// Publisher of the entries, should this be the first.
    pub issuer: String,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The record's key.
    pub key: String,
    /// Its status now.
    pub status: &'static str,
    /// Whether it stood so before, and nothing was written.
    pub before: bool,
}

/// Decides a change of status. A code that stands so already is left as it is. `pepper` is asked for
/// unit codes only.
///
/// # Errors
/// No such code was issued, or the change does not lead from where it stands.
pub fn decide(
    look: &Look<'_>,
    order: &Order,
    pepper: &mut dyn FnMut() -> Result<Pepper>,
) -> Result<Plan<Changed>> {
    let (key, entry, is_own) = target(look, &order.code, pepper)?;
    let now = text(&entry.body, "status").unwrap_or_default();
    let wanted = order.change.status();
    if now == wanted {
        return Ok(Plan::nothing(Changed { key, status: wanted, before: true }));
    }
    if let Some(from) = order.change.from()
        && now != from
    {
        return refuse(format!("{} is {now}, not {from}; nothing was changed", order.code));
    }
    let on = order.on.unwrap_or(look.at.as_of);
    if on > look.at.as_of {
        return refuse(format!("{on} is yet to come; change the code on that day"));
    }
    // An entry that begins before the present one would not be the record, see the record rule.
    if let Some(last) = look.last_day(Kind::Code, &entry.key)?
        && on < last
    {
        return refuse(format!(
            "the record in force begins on {last}; a change cannot begin before"
        ));
    }
    let mut body = entry.body.clone();
    body.insert("status".to_owned(), json!(wanted));
    // A decision goes with the status it brought about.
    body.remove("decision");
    if let Some(decision) = &order.decision {
        body.insert("decision".to_owned(), json!(decision));
    }
    let draft = Draft {
        valid_from: on,
        kind: Kind::Code,
        key: key.clone(),
        reason: Reason::said(order.change.reason(), order.reason.clone()),
        source: desk::own_source(None),
        body,
    };
    let follows = (!is_own).then_some(entry.body);
    let mut entries: Vec<Proposed> = look.source(&order.issuer)?.into_iter().collect();
    entries.push(Proposed { draft, follows });
    Ok(Plan::of(Changed { key, status: wanted, before: false }, entries))
}

/// The key to write under, the record in force, and whether that record has this key.
fn target(
    look: &Look<'_>,
    given: &str,
    pepper: &mut dyn FnMut() -> Result<Pepper>,
) -> Result<(String, register::Entry, bool)> {
    let batch = given.split('/').next().unwrap_or_default();
    if is_batch_key(batch) {
        // A batch, or one unit of it by its keyed hash, as lists and logs name it.
        return match look.record(Kind::Code, given)? {
            Some(entry) => Ok((given.to_owned(), entry, true)),
            None => refuse(format!("no record {given}")),
        };
    }
    let code = match CreditCode::parse(given) {
        Ok(code) => code,
        Err(error) => return refuse(format!("{given}: {error}")),
    };
    let pepper = match code.level() {
        Level::Model => None,
        Level::Unit => Some(pepper()?),
    };
    match find::find(look.reader, pepper.as_ref(), &code, look.at)? {
        Some(found) => {
            let is_own = found.entry.key == found.key;
            Ok((found.key, found.entry, is_own))
        }
        None => refuse(format!("no code {} was issued; check what you typed", code.grouped())),
    }
}

#[cfg(test)]
#[path = "change_tests.rs"]
mod tests;

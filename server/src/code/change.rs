//! Changing a code's status: an entry more, never another word for an old one.

use chrono::NaiveDate;
use register::code::{CreditCode, Level, Pepper, is_batch_key};
use register::kinds::rules::text;
use register::{Draft, Kind, Reason, ReasonCode};
use serde_json::json;

use super::find;
use crate::desk::{self, Look, Plan, Result, refuse, refuse_all};
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
        let code = &order.code;
        let [[now_zh, now_hant], [from_zh, from_hant]] = [now, from].map(in_chinese);
        return refuse_all([
            format!("{code} 现在是“{now_zh}”，不是“{from_zh}”，所以没有改变"),
            format!("{code} 現在是「{now_hant}」，不是「{from_hant}」，所以沒有改變"),
            format!("{code} is {now}, not {from}; nothing was changed"),
        ]);
    }
    let on = order.on.unwrap_or(look.at.as_of);
    if on > look.at.as_of {
        return refuse(format!("{on} is yet to come; change the code on that day"));
    }
    // An entry that begins before the present one would not be the record, see the record rule.
    if let Some(last) = look.last_day(Kind::Code, &entry.key)?
        && on < last
    {
        return refuse_all([
            format!("现行的状态从 {last} 起算，新的状态不能早于这一天"),
            format!("現行的狀態從 {last} 起算，新的狀態不能早於這一天"),
            format!("the record in force begins on {last}; a change cannot begin before"),
        ]);
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

/// A status of a code in simplified and traditional Chinese, as pages name it.
fn in_chinese(status: &str) -> [&str; 2] {
    let choice = register::kinds::code::STATUS.iter().find(|choice| choice.code == status);
    choice.map_or([status; 2], |choice| [choice.zh, choice.hant])
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
            None => refuse_all([
                format!("登记簿里没有 {given}"),
                format!("登記簿裡沒有 {given}"),
                format!("no record {given}"),
            ]),
        };
    }
    let code = match CreditCode::parse(given) {
        Ok(code) => code,
        Err(error) => {
            return refuse_all([
                format!("“{given}”不是编码，请对照标签重新输入"),
                format!("「{given}」不是編碼，請對照標籤重新輸入"),
                format!("{given}: {error}"),
            ]);
        }
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
        None => {
            let code = code.grouped();
            refuse_all([
                format!("没有赋过编码 {code}，请核对输入"),
                format!("沒有賦過編碼 {code}，請核對輸入"),
                format!("no code {code} was issued; check what you typed"),
            ])
        }
    }
}

#[cfg(test)]
#[path = "change_tests.rs"]
mod tests;

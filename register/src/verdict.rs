//! The verdict on a quality credit code: one pure function that the server, the command line and
//! the reader's browser share.
//!
//! Two gates come first and absorb everything else: what is no code is **malformed**, and a code
//! that was never recorded is **unknown**, which only a fresh and complete view can say. Past the
//! gates every finding is a [`Reason`] with the least outcome it imposes, and the outcome is the
//! worst of them. So the order of the records does not matter, nor does handing one over twice,
//! and one more adverse record never improves the outcome. Nothing is valid that was not checked:
//! a stale view, a missing record or an unreadable status gives at best "cannot tell".
//!
//! ```
//! use register::code::CreditCode;
//! use register::verdict::{Asked, Outcome, Question, View, judge};
//! use register::Lang;
//!
//! let code = CreditCode::parse("44M3-QMX9-D2R4").unwrap();
//! let now = "2026-11-22T02:00:00Z".parse().unwrap();
//! let view = View::fresh(now, 48_213);
//! // No record of this code, and the view is fresh and complete: unknown.
//! let question = Question::new(Asked::Code(&code), view, "2026-11-22".parse().unwrap());
//! let verdict = judge(&question);
//! assert_eq!(verdict.outcome, Outcome::Unknown);
//! assert!(verdict.sentence(Lang::ZhHans).starts_with("未找到："));
//! // The same question to a node cut off from its log an hour ago: it cannot tell.
//! let cut_off = View { now: now + chrono::TimeDelta::hours(1), ..view };
//! assert_eq!(judge(&Question { view: cut_off, ..question }).outcome, Outcome::CannotTell);
//! // With records: `code` is the entry in force on the day, `records` whatever lies around it
//! // (product, holder, listings, schemes, standards, recalls, …) in any order.
//! // Question { code: Some(&entry), records: &around, ..question }
//! ```

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::code::{CreditCode, Malformed, Statement, StatementError};
use crate::signature::SignatureState;
use crate::{Entry, Kind, SourceRef};

mod around;
mod facts;
mod findings;
mod json;
mod offline;
mod standing;
#[cfg(any(test, feature = "suite"))]
pub mod suite;
mod what;
pub mod words;

pub(crate) use around::{CHECKED_FOR, NEEDED};
pub use facts::deciding;
pub(crate) use facts::fold;
pub use findings::{Finding, Rule};
pub use offline::judge_offline;
pub use what::What;

/// What a reader is told, best first; the last two are the gates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// In force, nothing to remark.
    Valid,
    /// In force, with something to remark.
    ValidButNotice,
    /// Nothing can be said now.
    CannotTell,
    /// Another registration took its place.
    Superseded,
    /// Its term is over.
    Expired,
    /// Not in force for the time being.
    Suspended,
    /// Ended: withdrawn 撤销, cancelled 注销 or exited 退出.
    Withdrawn,
    /// A recall covers the product.
    Recalled,
    /// No such code was ever recorded.
    Unknown,
    /// No code at all, or a signature that is not what it claims.
    Malformed,
}

impl Outcome {
    /// All, best first.
    pub const ALL: [Outcome; 10] = [
        Outcome::Valid,
        Outcome::ValidButNotice,
        Outcome::CannotTell,
        Outcome::Superseded,
        Outcome::Expired,
        Outcome::Suspended,
        Outcome::Withdrawn,
        Outcome::Recalled,
        Outcome::Unknown,
        Outcome::Malformed,
    ];

    /// The name in JSON, e.g. `valid_but_notice`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        [
            "valid",
            "valid_but_notice",
            "cannot_tell",
            "superseded",
            "expired",
            "suspended",
            "withdrawn",
            "recalled",
            "unknown",
            "malformed",
        ][self as usize]
    }

    /// The icon and colour: `ok`, `warn`, `bad`, `off` or `unk`, as for a listing's status. Green
    /// (`ok`) stands for [`Outcome::Valid`] alone.
    #[must_use]
    pub const fn icon(self) -> &'static str {
        match self {
            Outcome::Valid => "ok",
            Outcome::ValidButNotice | Outcome::Suspended => "warn",
            Outcome::Withdrawn | Outcome::Recalled => "bad",
            Outcome::Superseded | Outcome::Expired => "off",
            Outcome::CannotTell | Outcome::Unknown | Outcome::Malformed => "unk",
        }
    }
}

/// What was scanned or typed.
#[derive(Clone, Copy, Debug)]
pub enum Asked<'a> {
    /// A text that is no code.
    Malformed(Malformed),
    /// Digits that are no statement.
    BadStatement(StatementError),
    /// A model or unit code. It carries no signature: the log vouches for it.
    Code(&'a CreditCode),
    /// A signed statement, and what is known of its signature.
    Statement(&'a Statement, SignatureState),
}

impl<'a> Asked<'a> {
    /// Asks about a text as somebody typed it. The code, where it is one, is put into `place`.
    pub fn typed(text: &str, place: &'a mut Option<CreditCode>) -> Asked<'a> {
        match CreditCode::parse(text) {
            Ok(code) => Asked::Code(place.insert(code)),
            Err(malformed) => Asked::Malformed(malformed),
        }
    }

    /// The code asked about, where there is one.
    #[must_use]
    pub const fn code(&self) -> Option<&'a CreditCode> {
        match self {
            Asked::Code(code) => Some(code),
            Asked::Statement(statement, _) => Some(statement.code()),
            Asked::Malformed(_) | Asked::BadStatement(_) => None,
        }
    }
}

/// How far the answering node's view of the log can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// When the node last confirmed that its view is at the log's head; `None` if it never did.
    /// Never the time of the last entry: a quiet register stays fresh.
    pub log_time: Option<DateTime<Utc>>,
    /// Now.
    pub now: DateTime<Utc>,
    /// How old `log_time` may be, see [`View::FRESH_FOR`].
    pub fresh_for: TimeDelta,
    /// Whether every record asked for could be read (no error, no time-out).
    pub complete: bool,
    /// Whether this is a shelf kept for reading without a network, not a node's view.
    pub offline: bool,
    /// Entries of the log in this view.
    pub log_size: u64,
}

impl View {
    /// How old the log time may be where nothing else is configured.
    pub const FRESH_FOR: TimeDelta = TimeDelta::minutes(10);

    /// The view of a node that is at the log's head now.
    #[must_use]
    pub const fn fresh(now: DateTime<Utc>, log_size: u64) -> View {
        View {
            log_time: Some(now),
            now,
            fresh_for: View::FRESH_FOR,
            complete: true,
            offline: false,
            log_size,
        }
    }
}

/// Everything the verdict is a function of.
///
/// Entries are the records as of [`Question::day`]; one whose `valid_from` is later is passed over.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// What was scanned or typed.
    pub asked: Asked<'a>,
    /// The lot of the item in hand, where an address names one.
    pub lot: Option<&'a str>,
    /// The record of the code; for a unit code that of its batch.
    pub code: Option<&'a Entry>,
    /// The change made to this one unit, where there is one.
    pub unit: Option<&'a Entry>,
    /// The listing that decides. The one the code's record names comes before it; where neither
    /// says, [`deciding`] finds it among the records.
    pub listing: Option<&'a Entry>,
    /// The records around the code, in any order: product, holder, listings of the product and
    /// their schemes, the standards, evaluations and comparisons of the product, recalls and
    /// inspections of its maker, restrictions on the holder, penalties on the evaluator.
    pub records: &'a [&'a Entry],
    /// What was found elsewhere by a rule that looks beyond these records.
    pub findings: &'a [Finding],
    /// The view.
    pub view: View,
    /// The day asked about, in China: the log time's, or an earlier one.
    pub day: NaiveDate,
}

impl<'a> Question<'a> {
    /// A question with no records yet; fill in the others.
    #[must_use]
    pub const fn new(asked: Asked<'a>, view: View, day: NaiveDate) -> Question<'a> {
        Question {
            asked,
            lot: None,
            code: None,
            unit: None,
            listing: None,
            records: &[],
            findings: &[],
            view,
            day,
        }
    }
}

/// One reason of a verdict.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// What was found.
    pub what: What,
    /// The least outcome it imposes; [`Outcome::Valid`] where it only informs.
    pub effect: Outcome,
    /// The record it was found in.
    pub record: Option<(Kind, String)>,
    /// Where that record was read.
    pub source: Option<SourceRef>,
    /// Since when, or until when: what the words say.
    pub date: Option<NaiveDate>,
    /// Values of the words' placeholders: codes of the vocabulary, numbers, and texts as their
    /// source prints them.
    pub args: Vec<(&'static str, String)>,
}

impl Reason {
    /// A reason without a record.
    fn new(what: What) -> Reason {
        let effect = what.effect();
        Reason { what, effect, record: None, source: None, date: None, args: Vec::new() }
    }

    /// A reason found in a record.
    fn of(what: What, entry: &Entry) -> Reason {
        Reason {
            record: Some((entry.kind, entry.key.clone())),
            source: Some(entry.source.clone()),
            ..Reason::new(what)
        }
    }

    /// A reason about a record that is missing.
    fn missing(kind: Kind, key: &str) -> Reason {
        Reason { record: Some((kind, key.to_owned())), ..Reason::new(What::Unchecked) }
    }

    fn date(mut self, date: impl Into<Option<NaiveDate>>) -> Reason {
        self.date = date.into();
        self
    }

    fn arg<'t>(mut self, name: &'static str, text: impl Into<Option<&'t str>>) -> Reason {
        if let Some(text) = text.into() {
            self.args.push((name, text.to_owned()));
        }
        self
    }

    /// The value of a placeholder.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.args.iter().find(|(n, _)| *n == name).map(|(_, value)| value.as_str())
    }

    /// What reasons are sorted by: the worst first, then the vocabulary's order, then the record.
    fn order(&self) -> impl Ord + '_ {
        let record = self.record.as_ref().map(|(kind, key)| (*kind, key));
        (std::cmp::Reverse(self.effect), self.what, record, self.date, &self.args)
    }
}

/// The verdict.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// What a reader is told.
    pub outcome: Outcome,
    /// Why, the worst first; each once.
    pub reasons: Vec<Reason>,
    /// The day asked about.
    pub as_of: NaiveDate,
    /// When the view was last known to be at the log's head.
    pub log_time: Option<DateTime<Utc>>,
    /// Entries of the log in the view.
    pub log_size: u64,
    /// A record it rests on is contested. It changes no outcome: a valid code is not said to be without anything that calls
    /// for attention. Set by whoever gathered the records.
    pub contested: bool,
}

/// Judges a code. See the module for the rules of the game.
#[must_use]
pub fn judge(question: &Question) -> Verdict {
    let mut reasons = standing::gates(question).unwrap_or_else(|| {
        let facts = facts::Facts::of(question);
        let mut reasons = standing::view(question);
        standing::statement(question, &facts, &mut reasons);
        standing::code(question, &mut reasons);
        standing::listing(question, &facts, &mut reasons);
        around::all(question, &facts, &mut reasons);
        let new = question.findings.iter().filter(|finding| !finding.is_said_by(&reasons));
        let new: Vec<Reason> = new.map(Finding::reason).collect();
        reasons.extend(new);
        reasons
    });
    reasons.sort_by(|a, b| a.order().cmp(&b.order()));
    reasons.dedup();
    let outcome = reasons.iter().map(|reason| reason.effect).max().unwrap_or(Outcome::Valid);
    let Question { day, view, .. } = *question;
    let (log_time, log_size) = (view.log_time, view.log_size);
    Verdict { outcome, reasons, as_of: day, log_time, log_size, contested: false }
}

#[cfg(test)]
mod tests;

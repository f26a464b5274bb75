//! The entry envelope: what the append-only log holds.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::Kind;

/// The whole new version of a record: field names (fields of its [`Kind`]) to JSON values.
/// `serde_json`'s map is sorted by key, so printing a body is deterministic.
pub type Body = serde_json::Map<String, serde_json::Value>;

/// One line of the log. Immutable; a mistake is put right by a later entry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Index in the log, from 0. A log of size `n` holds the entries `0..n`.
    pub seq: u64,
    /// When the register learnt it (UTC, whole seconds).
    pub recorded_at: DateTime<Utc>,
    /// The day the fact became true, in China standard time.
    pub valid_from: NaiveDate,
    /// What the entry is about.
    pub kind: Kind,
    /// The record's key within its kind; never changes, never reused.
    pub key: String,
    /// Why the entry was made.
    pub reason: Reason,
    /// Where it was read.
    pub source: SourceRef,
    /// The record's whole new version.
    pub body: Body,
}

/// An entry before the log has given it its place and time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// See [`Entry::valid_from`].
    pub valid_from: NaiveDate,
    /// See [`Entry::kind`].
    pub kind: Kind,
    /// See [`Entry::key`].
    pub key: String,
    /// See [`Entry::reason`].
    pub reason: Reason,
    /// See [`Entry::source`].
    pub source: SourceRef,
    /// See [`Entry::body`].
    pub body: Body,
}

impl Entry {
    /// Whether this version says that the record is contested: the office looks into it, and what the record
    /// says is what its source published. It lasts until another version takes this one's place.
    #[must_use]
    pub fn is_contested(&self) -> bool {
        self.reason.code == ReasonCode::Contested
    }
}

impl Draft {
    /// The entry this draft becomes at index `seq`, recorded at `recorded_at`.
    #[must_use]
    pub fn at(self, seq: u64, recorded_at: DateTime<Utc>) -> Entry {
        let Draft { valid_from, kind, key, reason, source, body } = self;
        Entry { seq, recorded_at, valid_from, kind, key, reason, source, body }
    }
}

/// Why an entry was made: an enumerated code and, where the source says more, its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The enumerated part.
    pub code: ReasonCode,
    /// The free part, as the source prints it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The case of the office it was made in: of `contested` and `contest_closed` that the desk publishes. `text`
    /// is then that of the version the mark is about, so that why something ended is still said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseRef>,
}

impl From<ReasonCode> for Reason {
    fn from(code: ReasonCode) -> Self {
        Reason { code, text: None, case: None }
    }
}

impl Reason {
    /// What an entry's line of history says: of a mark the office's words about its case, else the source's.
    #[must_use]
    pub fn told(&self) -> Option<&str> {
        self.case.as_ref().map(|case| case.words.as_str()).or(self.text.as_deref())
    }

    /// A reason in the source's words, where it has any.
    #[must_use]
    pub fn said(code: ReasonCode, text: Option<String>) -> Reason {
        Reason { code, text, case: None }
    }
}

/// What everybody may know of a case: what is said to be wrong, on which basis, and until when the office
/// promised an answer. Who asked and what they wrote is no part of the log.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseRef {
    /// What the office calls it: `26-0017`.
    pub number: String,
    /// Code of what is said to be wrong.
    pub what: String,
    /// Code of the legal basis.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub basis: String,
    /// The day an answer is due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_on: Option<NaiveDate>,
    /// What the office says of it, for readers.
    pub words: String,
    /// Code of what came of it; none: it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
}

/// The enumerated reasons of the envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the vocabulary itself")]
pub enum ReasonCode {
    Listed,
    Granted,
    Renewed,
    Amended,
    Suspended,
    Reinstated,
    Withdrawn,
    Cancelled,
    Exited,
    Replaced,
    Revised,
    Corrected,
    Contested,
    ContestClosed,
    Published,
    Removed,
    Repaired,
    Redacted,
}

/// The `source` record an entry rests on, and the place in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceRef {
    /// Key of a record of kind `source`.
    pub id: String,
    /// Where in the source.
    #[serde(default, skip_serializing_if = "Locator::is_empty")]
    pub locator: Locator,
}

/// A place in a source, as a person would look it up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Locator {
    /// File name (no folders).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Sheet of a workbook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Row as an office program shows it (the header is row 1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<u64>,
    /// Page of a printed document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u64>,
    /// Clause of a policy, e.g. `二(四)1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
}

impl Locator {
    /// Whether the source is named as a whole, without a place in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Locator::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_without_a_case_is_written_as_it_always_was() {
        let plain = Reason::said(ReasonCode::Amended, Some("复查".to_owned()));
        let text = serde_json::to_string(&plain).unwrap();
        assert_eq!(text, r#"{"code":"amended","text":"复查"}"#);
        assert_eq!(plain.told(), Some("复查"));
        let case = CaseRef {
            number: "26-0017".to_owned(),
            what: "facts".to_owned(),
            words: "正在核实".to_owned(),
            ..CaseRef::default()
        };
        let marked = Reason { code: ReasonCode::Contested, case: Some(case), ..plain };
        let text = serde_json::to_string(&marked).unwrap();
        assert_eq!(
            text,
            r#"{"code":"contested","text":"复查","case":{"number":"26-0017","what":"facts","words":"正在核实"}}"#
        );
        assert_eq!(serde_json::from_str::<Reason>(&text).unwrap(), marked);
        assert_eq!(marked.told(), Some("正在核实"));
    }
}

//! Models of supervision: inspections, penalties, adverse lists, credit files, inconsistencies.

use super::{Event, Fact, Link, RecordMeta, Source, Status};

/// An inconsistency, as the pages concerned show it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FindingLine {
    /// Its own page, path without language prefix, with the rule's title as words.
    pub link: Link,
    /// What does not fit, one sentence without a full stop.
    pub sentence: String,
    /// Contested, or what it does to a verdict.
    pub status: Status,
}

/// One record an inconsistency rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FindingRecord {
    /// Kind in words.
    pub kind: String,
    /// The record, linked where it has a page.
    pub link: Link,
    /// The day from which it holds.
    pub valid_from: String,
    /// Somebody concerned contests it.
    pub contested: bool,
    /// Where it was read.
    pub source: Option<Source>,
}

/// `/inconsistencies/{id}`
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FindingPage {
    /// Its id, e.g. `I04-9c1f0a22b3d4`.
    pub id: String,
    /// The rule's number and title.
    pub rule: String,
    /// What does not fit, one sentence without a full stop.
    pub sentence: String,
    /// Contested, or what it does to a verdict.
    pub status: Status,
    /// Since when; may be empty.
    pub since: String,
    /// `recalled`, `notice` or `none`.
    pub effect: String,
    /// The records, the one concerned first.
    pub records: Vec<FindingRecord>,
}

/// `/inspections/{key}`, `/penalties/{key}`, `/restrictions/{key}`
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SupervisionPage {
    /// Identity.
    pub meta: RecordMeta,
    /// Kind in words, and its list.
    pub list: Link,
    /// Heading.
    pub title: String,
    /// How it came out, or stands.
    pub status: Option<Status>,
    /// Who published it.
    pub authority: String,
    /// The day it speaks of; may be empty.
    pub date: String,
    /// Further lines: protected until, published until, matched by name only.
    pub notes: Vec<String>,
    /// The fields.
    pub facts: Vec<Fact>,
    /// What was tested: item, result, limit, verdict in words.
    pub items: Vec<[String; 4]>,
    /// Products and enterprise of this register it is about.
    pub about: Vec<Link>,
    /// What does not fit.
    pub findings: Vec<FindingLine>,
    /// History of the record.
    pub history: Vec<Event>,
    /// Sources.
    pub sources: Vec<Source>,
}

/// A part of a credit file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are the parts")]
pub enum CreditPart {
    Inspections,
    Penalties,
    Restrictions,
    Recalls,
    Certificates,
    Honours,
    Ratings,
    Standards,
    Notices,
    /// By name only.
    Possible,
}

impl CreditPart {
    /// All, in the order of the page.
    pub const ALL: [CreditPart; 10] = [
        CreditPart::Inspections,
        CreditPart::Penalties,
        CreditPart::Restrictions,
        CreditPart::Recalls,
        CreditPart::Certificates,
        CreditPart::Honours,
        CreditPart::Ratings,
        CreditPart::Standards,
        CreditPart::Notices,
        CreditPart::Possible,
    ];

    /// The name in JSON and in the page's fragment.
    #[must_use]
    pub const fn code(self) -> &'static str {
        [
            "inspections",
            "penalties",
            "restrictions",
            "recalls",
            "certificates",
            "honours",
            "ratings",
            "standards",
            "notices",
            "possible",
        ][self as usize]
    }
}

/// One line of a credit file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileLine {
    /// The part it belongs to.
    pub part: CreditPart,
    /// The day it speaks of.
    pub date: String,
    /// The record.
    pub what: Link,
    /// Details in words; may be empty.
    pub detail: String,
    /// How it came out, or stands.
    pub status: Option<Status>,
    /// Title of the source.
    pub source: String,
    /// Kind and key of the record, for JSON.
    pub record: (String, String),
}

/// `/enterprises/{uscc}/credit`
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreditPage {
    /// Identity of the enterprise record.
    pub meta: RecordMeta,
    /// Name of the enterprise.
    pub name: String,
    /// Its page.
    pub enterprise: Link,
    /// Every line, newest first.
    pub lines: Vec<FileLine>,
    /// What does not fit.
    pub findings: Vec<FindingLine>,
    /// Sources.
    pub sources: Vec<Source>,
}

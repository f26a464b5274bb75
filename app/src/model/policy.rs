//! Models of the pages of policies, targets and departments.

use super::{Event, Fact, Link, RecordMeta, Source, Status};

/// A department by the name of the time, and who took over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Office {
    /// Name and page.
    pub link: Link,
    /// Who took over, and in which year.
    pub next: Vec<(Link, String)>,
}

/// A target in one line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TargetLine {
    /// The promise and its page.
    pub link: Link,
    /// The link's text is Chinese whatever the page's language.
    pub quoted: bool,
    /// How it stands.
    pub status: Status,
    /// Value beside the goal, in words; may be empty.
    pub value: String,
    /// What was promised, in words.
    pub goal: String,
    /// Due day; may be empty.
    pub due: String,
}

/// One clause of a policy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clause {
    /// As the document numbers it.
    pub number: String,
    /// Its heading, quoted; may be empty.
    pub heading: String,
    /// What it says.
    pub text: String,
    /// It only holds other clauses together.
    pub section: bool,
    /// Departments that lead.
    pub lead: Vec<Link>,
    /// Departments that take part.
    pub co: Vec<Link>,
    /// The list of systems it names, in words; none: it names none.
    pub systems: Option<Link>,
    /// Its targets.
    pub targets: Vec<TargetLine>,
}

/// `/policies/{id}`
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PolicyPage {
    /// Identity.
    pub meta: RecordMeta,
    /// Title.
    pub title: String,
    /// Document number; may be empty.
    pub number: String,
    /// Standing on the day: in_term, no_term, over.
    pub status: Status,
    /// What to know about number, title and dates; may be empty.
    pub note: String,
    /// Dates, region, what it carries out.
    pub facts: Vec<Fact>,
    /// Who issued it.
    pub issuers: Vec<Office>,
    /// Its clauses, in its order.
    pub clauses: Vec<Clause>,
    /// Whether headings are quotations and texts are summaries of ours.
    pub summarised: bool,
    /// Targets by standing: code and number.
    pub standings: Vec<(String, u64)>,
    /// SHA-256 of the text, 64 hex digits.
    pub text_hash: String,
    /// History.
    pub history: Vec<Event>,
    /// Sources.
    pub sources: Vec<Source>,
}

/// A value on a day, ready to be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Point {
    /// Day.
    pub day: String,
    /// Value, with its unit.
    pub value: String,
    /// Height in thousandths of the greatest of values and goal.
    pub height: i64,
    /// Place in thousandths of the time shown.
    pub place: i64,
}

/// One `count(…)` of a formula.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CountLine {
    /// As it stands in the formula.
    pub text: String,
    /// What it came to.
    pub total: u64,
    /// Records of that sort held.
    pub held: u64,
    /// List in which such records are found; none: there is no such list.
    pub list: Option<Link>,
}

/// `/targets/{id}`
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TargetPage {
    /// Identity.
    pub meta: RecordMeta,
    /// What is measured.
    pub measure: String,
    /// The promise in the document's words; may be empty.
    pub text: String,
    /// How it stands.
    pub status: Status,
    /// What was promised, in words.
    pub goal: String,
    /// The goal is "about".
    pub about: bool,
    /// Due day; may be empty.
    pub due: String,
    /// The document.
    pub policy: Link,
    /// Its clause.
    pub clause: Link,
    /// Who is responsible.
    pub offices: Vec<Office>,
    /// What to know about the number; may be empty.
    pub note: String,
    /// The note is Chinese whatever the page's language.
    pub note_quoted: bool,
    /// Value that decides, with its unit; empty: none.
    pub value: String,
    /// It is an official one.
    pub official: bool,
    /// The due day is past.
    pub past: bool,
    /// Value on the page's day; empty: none.
    pub now: String,
    /// The page's day.
    pub day: String,
    /// Why there is no value; empty: there is one.
    pub reason: String,
    /// Every value of this register is made up.
    pub all_sample: bool,
    /// Sample records left out.
    pub sample_apart: u64,
    /// Formula; may be empty.
    pub formula: String,
    /// Its counts.
    pub counts: Vec<CountLine>,
    /// Values published by others: value, day, source, link.
    pub official_values: Vec<(String, String, Link)>,
    /// Over time, oldest first.
    pub trend: Vec<Point>,
    /// Height of the goal in the trend, in thousandths.
    pub goal_height: i64,
    /// The due day's place in the trend, where it is past.
    pub due_place: Option<i64>,
    /// History.
    pub history: Vec<Event>,
    /// Sources.
    pub sources: Vec<Source>,
}

/// One record counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CountedLine {
    /// The record.
    pub link: Link,
    /// Kind in words, key, entry of the log.
    pub line: Vec<String>,
    /// What it is counted as, where that is not the record itself.
    pub as_what: Vec<String>,
}

/// `/targets/{id}/recount`
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RecountPage {
    /// What is measured, and the target's page.
    pub target: Link,
    /// The formula.
    pub formula: String,
    /// The day counted on.
    pub day: String,
    /// Its value with the unit; empty: none.
    pub value: String,
    /// Why there is none; empty: there is one.
    pub reason: String,
    /// The value without its unit where the register counted it, so that it can be counted again; else empty.
    pub counted: String,
    /// The counts and their totals.
    pub counts: Vec<CountLine>,
    /// Records of this page, each with the position of its count.
    pub rows: Vec<(usize, CountedLine)>,
    /// All of them.
    pub total: u64,
    /// Page shown, from 1, and pages there are.
    pub page: u64,
    /// Pages there are.
    pub pages: u64,
}

/// A measure in one line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MeasureLine {
    /// The document.
    pub policy: String,
    /// Clause and heading, and where they are.
    pub link: Link,
}

/// `/departments/{id}`
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DepartmentPage {
    /// Identity.
    pub meta: RecordMeta,
    /// Name.
    pub name: String,
    /// in_being, succeeded.
    pub status: Status,
    /// Level, region, short names, contact.
    pub facts: Vec<Fact>,
    /// Who took over, and in which year.
    pub successors: Vec<(Link, String)>,
    /// From whom it took over, and in which year.
    pub predecessors: Vec<(Link, String)>,
    /// Documents it issued.
    pub issued: Vec<Link>,
    /// Measures it leads.
    pub leads: Vec<MeasureLine>,
    /// Measures it takes part in.
    pub takes_part: Vec<MeasureLine>,
    /// Targets it answers for.
    pub targets: Vec<TargetLine>,
    /// History.
    pub history: Vec<Event>,
    /// Sources.
    pub sources: Vec<Source>,
}

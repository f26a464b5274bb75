//! `/changes`: what came, left and changed.

use super::{Diff, Link};

/// A value a filter can have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeChoice {
    /// Code.
    pub value: String,
    /// Words; of a change empty, the page has them.
    pub label: String,
    /// Changes there are if it is chosen.
    pub count: u64,
    /// Whether it is.
    pub selected: bool,
}

/// A filter in force that the form does not show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeFilter {
    /// Words of the filter.
    pub label: String,
    /// What is asked for.
    pub value: Link,
    /// This list without it.
    pub without: String,
}

/// One change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeLine {
    /// `added`, `left` or `changed`.
    pub change: String,
    /// Reason code of the entry.
    pub reason: String,
    /// The reason in the source's words; may be empty.
    pub text: String,
    /// The record, or what it is about.
    pub about: Link,
    /// Its kind in words, then what tells it apart: a grant's directory and number, an indicator.
    pub detail: Vec<Link>,
    /// Fields that differ.
    pub diffs: Vec<Diff>,
    /// Day it became true.
    pub valid_from: String,
    /// When it was recorded, Beijing time.
    pub recorded_at: String,
    /// Where it was read; may be empty.
    pub source: String,
    /// Index of the entry.
    pub seq: u64,
}

/// `/changes`
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChangesPage {
    /// By the day of recording, not by the day of the fact.
    pub recorded: bool,
    /// First day; empty: from the beginning.
    pub from: String,
    /// Last day; empty: to the end.
    pub to: String,
    /// From this log size on.
    pub known_from: Option<u64>,
    /// Text searched for.
    pub q: String,
    /// Filters beside those of the form.
    pub filters: Vec<ChangeFilter>,
    /// Kinds that occur.
    pub kinds: Vec<ChangeChoice>,
    /// Changes.
    pub changes: Vec<ChangeChoice>,
    /// Schemes that occur.
    pub schemes: Vec<ChangeChoice>,
    /// Parameters the form keeps.
    pub kept: Vec<(String, String)>,
    /// Changes in all.
    pub total: u64,
    /// Page, from 1.
    pub page: u64,
    /// Rows of a page.
    pub per_page: u64,
    /// The rows.
    pub lines: Vec<ChangeLine>,
    /// Page before, path without language prefix; none: this is the first.
    pub previous: Option<String>,
    /// Next page.
    pub next: Option<String>,
    /// Proofs of the entries can be had here.
    pub signed: bool,
    /// This list fixed to its days and the log's size.
    pub fixed: String,
    /// Some filter is in force: crawlers are kept out.
    pub narrowed: bool,
}

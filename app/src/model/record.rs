//! Pieces that several record pages share.

use register::Kind;

/// Words, with a link where there is a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// Words.
    pub text: String,
    /// Path without language prefix, or an absolute URL; none: plain text.
    pub href: Option<String>,
}

impl Link {
    /// Text with a link.
    #[must_use]
    pub fn to(text: impl Into<String>, href: impl Into<String>) -> Link {
        Link { text: text.into(), href: Some(href.into()) }
    }

    /// Text without a link.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Link {
        Link { text: text.into(), href: None }
    }

    /// A record of `kind`, linked where the kind has pages.
    #[must_use]
    pub fn record(text: impl Into<String>, kind: Kind, key: &str) -> Link {
        Link { text: text.into(), href: super::record_path(kind, key) }
    }
}

/// One labelled line of a block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fact {
    /// Words of the field.
    pub label: String,
    /// Its value or values.
    pub values: Vec<Link>,
}

/// Whose vocabulary a status code belongs to: `withdrawn` is 已撤销 of a listing and 废止 of a standard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum StatusOf {
    /// Computed: valid suspended expired withdrawn cancelled exited replaced none.
    #[default]
    Listing,
    /// upcoming current withdrawn replaced unknown.
    Standard,
    /// active deregistered revoked moved.
    Enterprise,
    /// announced in_progress completed terminated.
    Recall,
    /// current historical superseded unverified.
    Scheme,
    /// on_sale discontinued.
    Product,
    /// pass fail retest.
    Inspection,
    /// in_force under_review revoked repaired.
    Penalty,
    /// listed removed.
    Restriction,
    /// loaded, empty: whether this register holds data of a system.
    System,
    /// Type of a notice: announcement warning consumer_tip …
    Notice,
    /// open closed.
    Service,
    /// reached missed open not_computable.
    Target,
    /// in_term no_term over.
    Policy,
    /// in_being succeeded.
    Department,
    /// Of an inconsistency: contested, recalled, notice, none.
    Finding,
    /// Of an evaluation: passed not_passed …
    Evaluation,
}

/// A status: icon and word, and the date that goes with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// Vocabulary.
    pub of: StatusOf,
    /// Code.
    pub code: String,
    /// Since when it is so.
    pub since: Option<String>,
    /// Until when it holds (valid, suspended) or held (expired).
    pub until: Option<String>,
}

/// Where a block was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Title of the source.
    pub title: String,
    /// Who published it; may be empty.
    pub publisher: String,
    /// Where; none: built in or not on the web.
    pub url: Option<String>,
    /// Day it was read.
    pub retrieved_on: String,
    /// Day it was last checked against the publisher; may be empty.
    pub checked_on: String,
    /// Place in it: file, row, page, clause, in words; may be empty.
    pub locator: String,
    /// Licence of the data; may be empty.
    pub licence: String,
    /// Made-up rows.
    pub sample: bool,
    /// The tables the program brings along.
    pub built_in: bool,
}

/// Direction of an indicator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// Lower is better.
    #[default]
    Lower,
    /// Higher is better.
    Higher,
    /// Inside a range is better.
    Within,
}

/// A number with its strictness against the first baseline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limit {
    /// As printed, without unit: `0.40`.
    pub value: String,
    /// Strictness against the first baseline in tenths of a percent (positive: stricter); none: not comparable.
    pub strictness: Option<i64>,
}

/// The measured value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Measured {
    /// Value and strictness.
    pub limit: Limit,
    /// Test report; may be empty.
    pub report_number: String,
    /// Laboratory; may be empty.
    pub tester: String,
    /// Day of the test; may be empty.
    pub date: String,
}

/// One baseline of a comparison; the first is the national standard (or what stands in its place).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// Standard, linked where it is one.
    pub standard: Link,
    /// Clause; may be empty.
    pub clause: String,
    /// Its limit; an empty value means "not regulated". `strictness` is this baseline's own against the first.
    pub limit: Limit,
    /// How much stricter the product's standard is than this baseline, tenths of a percent; none: not computed.
    pub own: Option<i64>,
    /// How much better the measured value is than this baseline, tenths of a percent; none: not computed.
    pub measured: Option<i64>,
    /// Test methods are equal: `Some(false)` forbids a number, `None` means nobody said.
    pub method_equivalent: Option<bool>,
    /// Day the limit was checked; may be empty.
    pub checked_on: String,
}

/// One indicator compared (亮标).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Name in the page's language.
    pub name: String,
    /// Unit as printed; may be empty.
    pub unit: String,
    /// Direction.
    pub direction: Direction,
    /// Test method; none: not stated.
    pub method: Option<Link>,
    /// Limit of the standard the product meets; none: not stated.
    pub limit: Option<Limit>,
    /// The standard that sets `limit`; may be none.
    pub own_standard: Option<Link>,
    /// Measured value; none: not measured.
    pub measured: Option<Measured>,
    /// Baselines, the deciding one first.
    pub baselines: Vec<Baseline>,
    /// Computed: stricter, equal, looser, gap_filling; empty: cannot be said.
    pub claim: String,
}

/// One dimension of an evaluation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Words of the dimension.
    pub name: String,
    /// Score as printed, `91`; empty when a grade is given.
    pub score: String,
    /// Grade; may be empty.
    pub grade: String,
    /// Full mark as printed, `100`; may be empty.
    pub full_mark: String,
    /// Share of the full mark, in tenths of a percent, for the bar; none: no bar.
    pub share: Option<u64>,
    /// What it rests on; may be empty.
    pub evidence: String,
}

/// One grant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// Scheme and its directory.
    pub scheme: Link,
    /// What was listed (on an enterprise's page); none on the subject's own page.
    pub subject: Option<Link>,
    /// Computed status.
    pub status: Status,
    /// Number; may be empty.
    pub certificate_number: String,
    /// Round, level, grade in words; may be empty.
    pub detail: String,
    /// Day it was granted.
    pub granted_on: String,
    /// Last day of validity; may be empty.
    pub valid_until: String,
    /// Who granted it.
    pub issuer: String,
    /// Exit reason in words; may be empty.
    pub exit_reason: String,
    /// Decision, linked where there is a URL.
    pub decision: Option<Link>,
    /// What the scheme proves, one sentence; may be empty.
    pub proves: String,
    /// What it does not prove; may be empty.
    pub does_not_prove: String,
    /// The scheme is historical or unverified.
    pub scheme_status: Option<Status>,
}

/// One line of a record's history.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Event {
    /// Reason code of the entry: listed granted renewed … or, on timelines of other records,
    /// `inspection_pass`, `inspection_fail`, `penalty`, `recall`, `restriction`, `expired`.
    pub code: String,
    /// Day it became true.
    pub date: String,
    /// One sentence in the page's language; may be empty.
    pub text: String,
    /// What it is about, on pages that join several records.
    pub about: Option<Link>,
    /// Index of the entry in the log; none: computed (an expiry).
    pub seq: Option<u64>,
    /// When it was recorded, Beijing time `2026-11-21 22:51`; may be empty.
    pub recorded_at: String,
    /// What changed.
    pub diffs: Vec<Diff>,
    /// Where it was read; may be empty.
    pub source: String,
}

/// One field that changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// Words of the field.
    pub field: String,
    /// Before; empty: nothing.
    pub old: String,
    /// After; empty: nothing.
    pub new: String,
}

/// One line of "latest changes": an event and the record it is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Reason code.
    pub code: String,
    /// Day.
    pub date: String,
    /// The record.
    pub about: Link,
    /// What happened, short, in the page's language; may be empty.
    pub text: String,
}

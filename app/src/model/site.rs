//! One model per page.

use super::{
    Chain, Change, Comparison, Coverage, Entitlement, Event, Fact, Link, ListPage, Listing, Score,
    Source, Status,
};

/// A number of the register with its words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Number {
    /// Words.
    pub label: String,
    /// Count.
    pub count: u64,
    /// Where it can be seen, path without language prefix; empty: nowhere.
    pub href: String,
}

/// `/`
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HomePage {
    /// Products whose deciding listing is valid today.
    pub products_valid: u64,
    /// Products suspended or ended, still there to look up.
    pub products_ended: u64,
    /// Schemes that hold at least one listing.
    pub schemes: u64,
    /// Listings in them.
    pub listings: u64,
    /// Enterprises.
    pub enterprises: u64,
    /// Standards.
    pub standards: u64,
    /// Recalls and notices.
    pub notices: u64,
    /// Latest changes, newest first, at most 8.
    pub changes: Vec<Change>,
    /// A product of the register whose comparison is worth showing, and its indicator.
    pub example: Option<(Link, Comparison)>,
}

/// What stands under every record: its identity in the log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordMeta {
    /// Name of the kind.
    pub kind: String,
    /// Key.
    pub key: String,
    /// The computed status the page prints, on a product's page; else empty.
    pub status: String,
    /// Index of the entry shown.
    pub seq: u64,
    /// Day the entry became true.
    pub valid_from: String,
    /// When it was recorded, Beijing time.
    pub recorded_at: String,
    /// The record rests on a sample source.
    pub sample: bool,
    /// All changes of this record and of what speaks about it, path without language prefix; may be
    /// empty.
    pub changes: String,
    /// What does not fit between this record and others.
    pub findings: Vec<super::FindingLine>,
    /// What the fields are called whose values were taken out of the register.
    pub removed: Vec<String>,
    /// The record is contested.
    pub contested: Option<super::Contested>,
}

/// `/products/{id}`
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProductPage {
    /// Identity.
    pub meta: RecordMeta,
    /// Name.
    pub name: String,
    /// Name is a machine translation.
    pub machine: bool,
    /// Brand; may be empty.
    pub brand: String,
    /// Model; may be empty.
    pub model: String,
    /// Specification; may be empty.
    pub spec: String,
    /// Holder.
    pub holder: Link,
    /// Where the holder is, in words; may be empty.
    pub place: String,
    /// Category from the widest to the narrowest, each a list link.
    pub category: Vec<Link>,
    /// Status of the deciding listing; code `none` where there is no listing.
    pub status: Status,
    /// Whether it is still made; none: unknown.
    pub production: Option<Status>,
    /// Scheme of the deciding listing.
    pub scheme: Option<Link>,
    /// Comparisons.
    pub comparisons: Vec<Comparison>,
    /// Sources of the comparisons.
    pub comparison_sources: Vec<Source>,
    /// Dimensions of the latest evaluation.
    pub scores: Vec<Score>,
    /// Evaluator, specification, day, report: one line each.
    pub evaluation: Vec<Fact>,
    /// Result code of the evaluation (passed, not_passed, applied, in_review); empty: none.
    pub evaluation_result: String,
    /// Sources of the evaluation.
    pub evaluation_sources: Vec<Source>,
    /// Standards with status.
    pub standards: Vec<(Link, Option<Status>)>,
    /// Grants.
    pub listings: Vec<Listing>,
    /// Sources of the grants.
    pub listing_sources: Vec<Source>,
    /// Recalls and notices that name this product.
    pub notices: Vec<Link>,
    /// Recalls and notices that print the maker's name and this model, without a code.
    pub possible: Vec<Link>,
    /// Inspections that name this model and this holder by code.
    pub inspections: Vec<Event>,
    /// Services its listings entitle to.
    pub entitlements: Vec<Entitlement>,
    /// Codes and numbers: GTINs, certificate, licence, category code.
    pub codes: Vec<Fact>,
    /// History, newest first.
    pub history: Vec<Event>,
    /// Sources of the product record itself.
    pub sources: Vec<Source>,
}

/// `/directories`
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DirectoryIndexPage {
    /// All schemes, those with data first.
    pub schemes: Vec<DirectoryCard>,
}

/// One scheme of the index.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DirectoryCard {
    /// Name and page.
    pub link: Link,
    /// Who grants it.
    pub authority: String,
    /// Status of the scheme.
    pub status: Status,
    /// Current grants.
    pub current: u64,
    /// Ended grants.
    pub ended: u64,
    /// Who or what is listed, in words.
    pub subject: String,
}

/// Grants of one year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct YearCount {
    /// Year of the grant.
    pub year: i32,
    /// Of those, valid today.
    pub current: u64,
    /// Of those, ended.
    pub ended: u64,
}

/// Grants by place, or by another thing that filters the directory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlaceCount {
    /// The place (or reason) and the filtered directory.
    pub link: Link,
    /// Grants.
    pub count: u64,
}

/// `/directories/{scheme}`
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DirectoryPage {
    /// Identity.
    pub meta: RecordMeta,
    /// Name.
    pub name: String,
    /// Authority.
    pub authority: String,
    /// Status of the scheme.
    pub status: Status,
    /// First and last year it was granted in, as far as is known: `2014`, `2017`; of historical schemes.
    pub granted_years: Option<(String, String)>,
    /// Year of the latest document that names it; of schemes whose standing is not verified.
    pub basis_year: Option<i32>,
    /// Successor, where superseded.
    pub successor: Option<Link>,
    /// What being listed proves, one sentence.
    pub proves: String,
    /// What it does not prove.
    pub does_not_prove: String,
    /// Legal basis, exit rule, validity, levels, start and end.
    pub facts: Vec<Fact>,
    /// Current grants.
    pub current: u64,
    /// Ended grants.
    pub ended: u64,
    /// Per year, oldest first, without gaps.
    pub years: Vec<YearCount>,
    /// Why grants left: reason, how many, their list.
    pub exits: Vec<PlaceCount>,
    /// By place, most first, at most 12.
    pub places: Vec<PlaceCount>,
    /// Coverage.
    pub coverage: Option<Coverage>,
    /// Services open to those listed.
    pub entitlements: Vec<Entitlement>,
    /// The list.
    pub list: ListPage,
    /// History of the scheme record.
    pub history: Vec<Event>,
}

/// How a line of the health check came out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CheckLevel {
    /// Nothing to do.
    #[default]
    Good,
    /// Ends soon.
    Soon,
    /// Missing or contradictory.
    Act,
}

/// One line of an enterprise's health check; computed from records only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Check {
    /// How it came out.
    pub level: CheckLevel,
    /// One sentence in the page's language.
    pub text: String,
    /// The record.
    pub link: Option<Link>,
}

/// `/enterprises/{uscc}`
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EnterprisePage {
    /// Identity.
    pub meta: RecordMeta,
    /// Name.
    pub name: String,
    /// Unified social credit code; none: a foreign maker or a list without codes.
    pub uscc: Option<String>,
    /// Status.
    pub status: Option<Status>,
    /// Place in words; may be empty.
    pub place: String,
    /// Place, sector, roles, former names, site.
    pub facts: Vec<Fact>,
    /// Counts in a row.
    pub numbers: Vec<Number>,
    /// Products: name and page, standards and scheme in words, status. At most 24.
    pub products: Vec<(Link, String, Status)>,
    /// All products.
    pub products_total: u64,
    /// Filtered list of its products, path without language prefix.
    pub products_href: String,
    /// Grants to the enterprise itself (honours and certifications).
    pub listings: Vec<Listing>,
    /// Standards it drafted or declared.
    pub standards: Vec<(Link, Option<Status>)>,
    /// Latest lines of its credit file.
    pub credit: Vec<super::FileLine>,
    /// Lines of the whole file.
    pub credit_total: u64,
    /// Joined timeline: listings, inspections, penalties, recalls; newest first.
    pub timeline: Vec<Event>,
    /// Health check.
    pub checks: Vec<Check>,
    /// Services its own listings entitle to.
    pub entitlements: Vec<Entitlement>,
    /// History of the enterprise record.
    pub history: Vec<Event>,
    /// Sources.
    pub sources: Vec<Source>,
}

/// `/standards/{number}`
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StandardPage {
    /// Identity.
    pub meta: RecordMeta,
    /// Number as printed.
    pub number: String,
    /// Title in Chinese (or original).
    pub title: String,
    /// English title; may be empty.
    pub title_en: String,
    /// Type code: national industry local group enterprise international foreign.
    pub kind: String,
    /// Mandatory.
    pub mandatory: bool,
    /// Status.
    pub status: Status,
    /// Issuer, dates, ICS, CCS, adoption, drafters, full text.
    pub facts: Vec<Fact>,
    /// What it replaced and what replaced it.
    pub chain: Chain,
    /// Products that meet it, at most 24.
    pub products: Vec<(Link, String, Status)>,
    /// All of them.
    pub products_total: u64,
    /// Filtered list, path without language prefix.
    pub products_href: String,
    /// Comparisons of the standard itself with baselines.
    pub comparisons: Vec<Comparison>,
    /// History.
    pub history: Vec<Event>,
    /// Sources.
    pub sources: Vec<Source>,
}

/// `/notices/{id}`: a notice or a recall.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NoticePage {
    /// Identity.
    pub meta: RecordMeta,
    /// Title.
    pub title: String,
    /// Whether it is a recall.
    pub recall: bool,
    /// Type or recall status.
    pub status: Status,
    /// Who published it.
    pub issuer: String,
    /// Day.
    pub date: String,
    /// What is wrong, what may happen, what to do: label and paragraphs in order.
    pub sections: Vec<(String, Vec<String>)>,
    /// Number, models, lots, units, region.
    pub facts: Vec<Fact>,
    /// Products and enterprises of this register it names.
    pub about: Vec<Link>,
    /// Text of the publisher.
    pub url: Option<String>,
    /// History.
    pub history: Vec<Event>,
    /// Sources.
    pub sources: Vec<Source>,
}

/// `/systems/{id}`
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SystemPage {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// What it is, in plain words.
    pub meaning: String,
    /// Legal basis: policy (linked where published) and clauses.
    pub basis: Vec<Fact>,
    /// Who uses it, in words.
    pub users: Vec<String>,
    /// Group in words.
    pub group: String,
    /// Standing in words (current since 2020, not verified); may be empty.
    pub standing: String,
    /// Pages of this portal that show it; empty: none.
    pub places: Vec<Link>,
    /// Records loaded.
    pub loaded: u64,
    /// Kind of record it is kept as, in words.
    pub kind: String,
    /// Commands that make a blank table for it and load it, one a line.
    pub template: String,
    /// Other systems of the same group.
    pub related: Vec<Link>,
}

/// `/data`
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DataPage {
    /// Files.
    pub files: Vec<DataFile>,
    /// The whole register as files; empty: they are being written, or the page is of another time.
    pub whole: Vec<WholeFile>,
    /// Sources with licence and freshness.
    pub sources: Vec<Source>,
    /// Records per kind.
    pub numbers: Vec<Number>,
}

/// A file that holds the register, or one kind of its records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WholeFile {
    /// What it holds, in the reader's words.
    pub what: String,
    /// `JSON`, `CSV`, `SQLite`.
    pub format: &'static str,
    /// Path.
    pub href: String,
    /// Records or entries in it.
    pub rows: u64,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256, 64 hex digits.
    pub sha256: String,
}

/// A list that can be taken away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DataFile {
    /// Name.
    pub name: String,
    /// Rows.
    pub rows: u64,
    /// CSV, path without language prefix; empty: none.
    pub csv: String,
    /// JSON.
    pub json: String,
    /// Shelf; empty: none.
    pub shelf: String,
}

/// What went wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ErrorKind {
    /// 400: the request names something that does not exist; `detail` says what.
    BadRequest,
    /// 404.
    #[default]
    NotFound,
    /// 410: the time of publication is over.
    Gone,
    /// 500.
    Internal,
    /// 503.
    Unavailable,
    /// 429.
    TooMany,
}

/// An error page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErrorPage {
    /// What.
    pub kind: ErrorKind,
    /// One sentence in the page's language; may be empty.
    pub detail: String,
    /// What the reader may have looked for (last path segment, decoded), put into the search box.
    pub guess: String,
    /// Records that are close; may be empty.
    pub near: Vec<(Link, String)>,
    /// What the list that was looked in holds; none where no list was.
    pub coverage: Option<Coverage>,
}

/// A key that existed, and is not there at the time asked for (before its first day, or removed).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GonePage {
    /// What it was.
    pub title: String,
    /// First day it is known for; may be empty.
    pub first: String,
    /// Last status; none: unknown.
    pub status: Option<Status>,
    /// The page at present, path without language prefix; empty: removed.
    pub now: String,
    /// History.
    pub history: Vec<Event>,
}

/// The pages of plain text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AboutTopic {
    /// `/about`
    #[default]
    About,
    /// `/methods`
    Methods,
    /// `/accessibility`
    Accessibility,
    /// `/privacy`
    Privacy,
    /// `/12315`: where to report and how to have something put right.
    Report,
}

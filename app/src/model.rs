//! Plain data that pages are made from.
//!
//! Conventions, the same everywhere:
//! - Text is in the page's language already where it comes from data (names, sentences of a source);
//!   codes (`valid`, `lower_better`, `granted`) stay codes, and the pages say them in words.
//! - Dates are `YYYY-MM-DD` in China standard time.
//! - `path` and `href` are paths of this site without language prefix and without `size`
//!   (`/products/p-d58030165a9c`); [`PageContext::href`] adds both. Absolute `https://` links are kept.
//! - `None` and empty mean "not known": the page then says so or leaves the line out, never guesses.

mod chain;
mod changes;
mod check;
#[cfg(feature = "ssr")]
mod cite;
mod contest;
mod context;
mod decimal;
#[cfg(feature = "ssr")]
mod desk;
#[cfg(feature = "ssr")]
mod desk_cases;
#[cfg(feature = "ssr")]
mod desk_drafts;
mod found;
mod list;
mod log;
mod lookup;
pub mod mirror;
mod offline;
mod path;
mod place;
mod policy;
mod record;
#[cfg(feature = "ssr")]
mod report;
mod scan;
mod scans;
mod service;
mod site;
mod state;
mod statistics;
mod supervision;
mod verify;

pub use register::coverage::Coverage;

pub use chain::{Chain, ChainFault, Edition};
pub use changes::{ChangeChoice, ChangeFilter, ChangeLine, ChangesPage};
pub use check::{CheckEntry, CheckPage, CheckRole};
#[cfg(feature = "ssr")]
pub use cite::Citation;
pub use contest::Contested;
pub use context::{Assets, PageContext, Sample};
pub use decimal::{from_days, strictness};
#[cfg(feature = "ssr")]
pub use desk::{DeskFrame, DeskPage, PasskeyView, TrailLine};
#[cfg(feature = "ssr")]
pub use desk_cases::{DeskCase, DeskCaseView, DeskMark};
#[cfg(feature = "ssr")]
pub use desk_drafts::{
    CorrectForm, DeskChange, DraftItem, DraftView, DraftsPage, ExitLine, FaultLine, FieldView,
    NewForm, SummaryView,
};
pub use found::{Place, item, view};
pub use list::{
    AsOf, FacetValue, FacetView, Item, ListPage, ListView, Measure, PageLink, SortOption, Tag,
};
pub use log::{LogPage, LogWitness, SignedLog};
pub use lookup::{LookupHit, LookupLine, LookupPage, LookupResult};
pub use mirror::Mirror;
pub use offline::{OfflineCopy, OfflinePage};
pub use path::{encode_key, folder, list_path, record_path};
pub use place::{PlacePage, PlacesPage, Successor};
pub use policy::{
    Clause, CountLine, CountedLine, DepartmentPage, MeasureLine, Office, Point, PolicyPage,
    RecountPage, TargetLine, TargetPage,
};
pub use record::{
    Baseline, Change, Comparison, Diff, Direction, Event, Fact, Limit, Link, Listing, Measured,
    Score, Source, Status, StatusOf,
};
#[cfg(feature = "ssr")]
pub use report::{CasePage, CaseView, ReportForm, ReportPage};
pub use scan::{Photo, ScanPage, Scanned, ScannedCode};
pub use scans::ScansPage;
pub use service::{Eligible, Entitlement, ServicePage};
pub use site::{
    AboutTopic, Check, CheckLevel, DataFile, DataPage, DirectoryCard, DirectoryIndexPage,
    DirectoryPage, EnterprisePage, ErrorKind, ErrorPage, GonePage, HomePage, NoticePage, Number,
    PlaceCount, ProductPage, RecordMeta, StandardPage, SystemPage, WholeFile, YearCount,
};
pub use state::{QrPath, StateLine, StatePage, StateSignature};
pub use statistics::{StatCell, StatFigure, StatLine, StatTable, StatisticsPage};
pub use supervision::{
    CreditPage, CreditPart, FileLine, FindingLine, FindingPage, FindingRecord, SupervisionPage,
};
pub use verify::{CreditLine, Goods, Indicator, LabelPage, Look, Reason, Redress, VerifyPage};

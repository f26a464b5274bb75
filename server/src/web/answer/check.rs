//! The entries behind a page, with what proves them: for the browser that checks the page, and for people who
//! check by hand.
//!
//! Cost: a few dozen look-ups by sequence number and a proof each, and a signature where the log has grown.

use std::collections::BTreeSet;

use app::model::{CheckEntry, CheckPage, CheckRole, Link, PageContext, record_path};
use app::{i18n, pages};
use register::evidence::{Proven, hashes_value};
use register::{Entry, Kind, Lang};
use serde_json::{Value, json};

use super::{Asking, Making, Rendered, cite, context, is_record};
use crate::web::failure::Failure;
use crate::web::index::Moment;
use crate::web::project::join;
use crate::web::project::systems::kind_name;
use crate::web::project::view::View;
use crate::web::reply::Policy;
use crate::web::router::{self, Format, Found, Page, segment};
use crate::web::{Portal, limits, log};

/// The parameter with the log size a device has seen.
pub(super) const SINCE: &str = "since";

/// Whether pages of this place are checked against the log: those of one record.
const fn is_checked(page: Page) -> bool {
    // A grant has no page of its own.
    is_record(page) && !matches!(page, Page::Listing)
}

/// Where a page is checked; empty: it is no record's page, or this node does not sign the log.
fn link(portal: &Portal, asking: &Asking, present: &Moment) -> String {
    let route = &asking.route;
    let here = is_checked(route.page) && route.format == Format::Html;
    // The entries behind a page are put together by the portal.
    if !here || portal.mirror.is_some() || !log::signs(portal) {
        return String::new();
    }
    let day = asking.times.as_of.clone().unwrap_or_else(|| present.at.as_of.to_string());
    let known = asking.times.known.unwrap_or(present.at.known);
    let of = format!("{}?as_of={day}&known={known}", route.path);
    let query = form_urlencoded::Serializer::new(String::new()).append_pair(cite::OF, &of).finish();
    format!("/check?{query}")
}

/// The policy of a record's page: with a script where it can be checked.
pub(super) fn policy(context: &PageContext) -> Policy {
    match context.check.is_empty() || context.assets.checker.is_empty() {
        true => Policy::Still,
        false => Policy::Island,
    }
}

/// An entry behind a page.
struct Behind {
    entry: Entry,
    role: CheckRole,
}

/// The entries a record's page rests on: the record, the records it is shown with, then their other versions,
/// newest first. All of the page's day and log size.
fn behind(view: &View<'_>, record: &Entry) -> crate::store::Result<Vec<Behind>> {
    let (reader, at) = (view.reader, view.at);
    let mut joined = Vec::new();
    match record.kind {
        Kind::Product => {
            joined.extend(join::listings_of(reader, at, Kind::Product, &record.key)?);
            if let Some(holder) = record.body.get("holder").and_then(Value::as_str) {
                joined.extend(view.record(Kind::Enterprise, holder)?);
            }
            for kind in [Kind::Comparison, Kind::Evaluation] {
                joined.extend(join::about_product(reader, at, kind, &record.key)?);
            }
        }
        Kind::Enterprise => {
            joined.extend(join::listings_of(reader, at, Kind::Enterprise, &record.key)?);
        }
        _ => {}
    }
    let mut versions = Vec::new();
    let listings = joined.iter().filter(|one| one.kind == Kind::Listing);
    for one in [record].into_iter().chain(listings) {
        let mut all = reader.history(one.kind, &one.key)?;
        all.retain(|entry| entry.seq < at.known && entry.seq != one.seq);
        versions.extend(all);
    }
    versions.sort_by_key(|entry| std::cmp::Reverse((entry.valid_from, entry.seq)));
    let mut seen = BTreeSet::new();
    let first = std::iter::once((record.clone(), CheckRole::Record));
    let joined = joined.into_iter().map(|entry| (entry, CheckRole::Joined));
    let versions = versions.into_iter().map(|entry| (entry, CheckRole::History));
    let mut all: Vec<Behind> = Vec::new();
    for (entry, role) in first.chain(joined).chain(versions) {
        if seen.insert(entry.seq) {
            all.push(Behind { entry, role });
        }
    }
    Ok(all)
}

/// An entry with its proof in the log of `size` entries.
pub(in crate::web) fn proven(
    reader: &crate::store::Reader,
    seq: u64,
    size: u64,
) -> Result<Proven, Failure> {
    let (path, text) = (reader.inclusion(seq, size)?, reader.texts(seq, 1)?.pop());
    let missing = || Failure::Internal(format!("entry {seq} is not in the log of {size}"));
    let (path, entry) = path.zip(text).ok_or_else(missing)?;
    Ok(Proven { seq, entry, path })
}

impl Making<'_> {
    /// What a record's page knows: also where it is checked.
    pub(super) fn checked_context(&self) -> PageContext {
        let check = link(self.portal, self.asking, self.present);
        PageContext { check, ..self.context() }
    }

    fn narrowed_by(&self, name: &str) -> Option<&str> {
        let mut all = self.asking.narrowed.iter();
        all.find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// `/check`: a page checked by hand, and `/check.json`: what its check needs.
    pub(super) fn check(&self) -> Result<Rendered, Failure> {
        let bad = || Failure::BadParameter {
            name: cite::OF.to_owned(),
            expected: Lang::ALL.map(|lang| i18n::check::MISSING.to(lang).to_owned()),
        };
        let of = self.narrowed_by(cite::OF).ok_or_else(bad)?;
        let (path, query) = of.split_once('?').map_or((of, None), |(path, q)| (path, Some(q)));
        let Found::Route(found) = router::find(path) else { return Err(bad()) };
        if !is_checked(found.page) || found.format != Format::Html {
            return Err(bad());
        }
        let asking = Asking::parse(found, query)?;
        let at = asking.times.at(self.present.at)?;
        let moment = self.present;
        let all_sample = moment.head.all_sample;
        let mut view = View::new(self.reader, at, self.view.lang, &moment.places, all_sample);
        view.today = self.view.today;
        let shown = Making { asking: &asking, view, ..*self };
        let Ok(record) = shown.entry()? else { return Err(Failure::NotFound) };
        let view = &shown.view;
        let mut all = behind(view, &record)?;
        let left_out = all.len().saturating_sub(limits::CHECK_ENTRIES_MAX) as u64;
        all.truncate(limits::CHECK_ENTRIES_MAX);
        let times = format!("as_of={}&known={}", at.as_of, at.known);
        let path = &asking.route.path;
        let data = format!("{path}.json?{times}");
        // The head as the view has it: a proof of an entry the head does not hold could not be made.
        let size = moment.at.known;
        let signed = log::signed(self.portal, self.reader, size)?;
        if self.asking.route.format != Format::Json {
            let model = CheckPage {
                of: Link::to(view.title(&record), format!("{path}?{times}")),
                data,
                size,
                key: signed.map(|signed| signed.key).unwrap_or_default(),
                entries: all.iter().map(|one| line(view, one)).collect(),
                left_out,
            };
            let html = pages::check::render(&context(self.portal, self.asking, moment), &model);
            return Ok(Rendered::page(html, Policy::Still));
        }
        let mut records = limits::CHECK_RECORDS_MAX;
        let mut entries = Vec::with_capacity(all.len());
        for one in &all {
            let mut value = proven(self.reader, one.entry.seq, size)?.to_value();
            value["kind"] = kind_name(one.entry.kind).into();
            value["key"] = one.entry.key.as_str().into();
            let own = match one.role {
                CheckRole::Record => Some(data.clone()),
                CheckRole::Joined if records > 0 => twin(&one.entry),
                _ => None,
            };
            if let (CheckRole::Joined, Some(_)) = (one.role, &own) {
                records -= 1;
            }
            value["json"] = match (one.role, own) {
                (CheckRole::Joined, Some(path)) => format!("{path}?{times}").into(),
                (_, own) => own.into(),
            };
            entries.push(value);
        }
        let since = match self.narrowed_by(SINCE) {
            None => None,
            Some(text) => Some(text.parse::<u64>().map_err(|_| Failure::BadParameter {
                name: SINCE.to_owned(),
                expected: ["条目数", "條目數", "a log size"].map(str::to_owned),
            })?),
        };
        // Of a longer log than this there is nothing to prove: whoever saw one is told by the size.
        let consistency = match since {
            Some(old) => self.reader.consistency(old, size)?,
            None => None,
        };
        Ok(Rendered::json(&json!({
            "kind": "check",
            "of": format!("{path}?{times}"),
            "as_of": at.as_of.to_string(),
            "log_size": at.known,
            "checkpoint": signed.as_ref().map(|signed| &signed.checkpoint),
            "key": signed.as_ref().map(|signed| &signed.key),
            "consistency": consistency.as_deref().map(hashes_value),
            "entries": entries,
            "left_out": left_out,
            "links": { "page": path, "json": data },
        })))
    }
}

/// Path of a record's JSON, where it has one.
fn twin(entry: &Entry) -> Option<String> {
    let page = match entry.kind {
        Kind::Listing => Some(format!("/listings/{}", segment(&entry.key))),
        kind => record_path(kind, &entry.key),
    };
    page.map(|page| format!("{page}.json"))
}

fn line(view: &View<'_>, one: &Behind) -> CheckEntry {
    let Behind { entry, role } = one;
    CheckEntry {
        seq: entry.seq,
        kind: entry.kind.label(view.lang).to_owned(),
        key: entry.key.clone(),
        valid_from: entry.valid_from.to_string(),
        role: *role,
    }
}

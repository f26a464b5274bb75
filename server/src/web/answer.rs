//! One handler per page: load, project, render.

use std::sync::Arc;

use app::model::{self, PageContext, Sample};
use app::pages;
use register::code::CreditCode;
use register::{Entry, Kind, Lang};
use search::Query;
use search::catalogue::Catalogue;

use super::failure::Failure;
use super::index::{Indexes, Moment};
use super::params::{self, Times};
use super::project::list;
use super::project::view::{self, View};
use super::project::{
    coverage, directory, enterprise, notice, place, product, service, site, standard, twin,
};
use super::reply::{CSV, HTML, JSON, Policy};
use super::router::{Format, Page, Route};
use super::{Portal, limits};
use super::{label, statistics, verify};
use crate::reference;
use crate::store::{At, Reader};

/// A rendered body and what kind it is.
#[derive(Debug)]
pub struct Rendered {
    /// Status: 200, or that of a page that explains why there is no more (410).
    pub status: axum::http::StatusCode,
    /// Media type.
    pub mime: &'static str,
    /// Content security policy.
    pub policy: Policy,
    /// Bytes, not yet compressed.
    pub body: Vec<u8>,
    /// Whether the body may be kept in the cache.
    pub cached: bool,
    /// Headers of this answer only: `Location`, `Content-Disposition`, `Link`.
    pub more: Vec<(&'static str, String)>,
}

impl Rendered {
    /// A 200 answer that may be kept.
    #[must_use]
    pub fn new(mime: &'static str, policy: Policy, body: Vec<u8>) -> Rendered {
        let status = axum::http::StatusCode::OK;
        Rendered { status, mime, policy, body, cached: true, more: Vec::new() }
    }

    fn page(html: String, policy: Policy) -> Rendered {
        Rendered::new(HTML, policy, html.into_bytes())
    }

    /// A JSON answer.
    #[must_use]
    pub fn json(value: &serde_json::Value) -> Rendered {
        let mut bytes = value.to_string().into_bytes();
        bytes.push(b'\n');
        Rendered::new(JSON, Policy::Data, bytes)
    }
}

/// A parsed request for a page or a twin: everything its bytes depend on, together with the moment.
#[derive(Clone, Debug)]
pub struct Asking {
    /// Where.
    pub route: Route,
    /// The list's query, on lists.
    pub query: Option<Query>,
    /// Both times and size.
    pub times: Times,
    /// Canonical query string without `size`.
    pub canonical: String,
    /// Whether a CSV is cut to one page (`per_page` was given).
    pub paged: bool,
    /// What else a page that is no list is narrowed by: the statistics' `scheme` and `table`.
    pub narrowed: Vec<(&'static str, String)>,
}

/// The catalogue of a list page.
#[must_use]
pub const fn catalogue(page: Page) -> Option<Catalogue> {
    Some(match page {
        Page::Products => Catalogue::Products,
        Page::Enterprises => Catalogue::Enterprises,
        Page::Standards => Catalogue::Standards,
        Page::Listings | Page::Directory => Catalogue::Listings,
        Page::Notices => Catalogue::Notices,
        Page::Systems => Catalogue::Systems,
        Page::Services => Catalogue::Services,
        _ => return None,
    })
}

/// Kinds of record behind a page, in the order they are looked up.
const fn kinds(page: Page) -> &'static [Kind] {
    match page {
        Page::Product => &[Kind::Product],
        Page::Directory => &[Kind::Scheme],
        Page::Listing => &[Kind::Listing],
        Page::Enterprise => &[Kind::Enterprise],
        Page::Standard => &[Kind::Standard],
        Page::Notice => &[Kind::Notice, Kind::Recall],
        Page::Service => &[Kind::Service],
        Page::Place => &[Kind::Place],
        _ => &[],
    }
}

impl Asking {
    /// Parses the query string of a route.
    ///
    /// # Errors
    /// [`Failure`] naming the parameter at fault.
    pub fn parse(route: Route, query_string: Option<&str>) -> Result<Asking, Failure> {
        let mut pairs = params::pairs(query_string)?;
        let Some(catalogue) = catalogue(route.page) else {
            // The page on complaints says which code is meant, if it is one.
            let mut about_code = String::new();
            if route.page == Page::About(model::AboutTopic::Report)
                && let Some(i) = pairs.iter().position(|(name, _)| name == "code")
                && let Ok(code) = CreditCode::parse(&pairs.remove(i).1)
            {
                about_code = format!("code={}", code.as_str());
            }
            let timed = !matches!(
                route.page,
                // A verdict is about today; its history is on the page.
                Page::Data
                    | Page::Scan
                    | Page::About(_)
                    | Page::System
                    | Page::Verify
                    | Page::Statement
                    | Page::Label
                    | Page::LabelSvg
                    | Page::LabelPng
                    | Page::DigitalLink
            );
            let narrowed = match route.page {
                Page::Statistics => params::taken(&mut pairs, &["scheme", "table"])?,
                _ => Vec::new(),
            };
            let times = Times::parse(&pairs, timed)?;
            let mut asking =
                Asking { route, query: None, times, canonical: about_code, paged: false, narrowed };
            if asking.canonical.is_empty() {
                let parts = [asking.narrowed_query(), asking.times.canonical()];
                asking.canonical = parts
                    .iter()
                    .filter(|part| !part.is_empty())
                    .cloned()
                    .collect::<Vec<_>>()
                    .join("&");
            }
            return Ok(asking);
        };
        let directory = route.page == Page::Directory;
        if directory && pairs.iter().any(|(name, _)| name == "scheme") {
            return Err(Failure::UnknownParameter { name: "scheme".to_owned() });
        }
        let query = Query::parse(search::spec(catalogue), pairs.iter().map(|(n, v)| (n, v)))?;
        let times = Times::of(&query);
        let canonical = params::canonical(&query, None);
        let paged =
            pairs.iter().any(|(name, value)| name == "per_page" && !value.trim().is_empty());
        Ok(Asking { route, query: Some(query), times, canonical, paged, narrowed: Vec::new() })
    }

    /// The parameters of [`Asking::narrowed`] as a query string.
    #[must_use]
    pub fn narrowed_query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in &self.narrowed {
            query.append_pair(name, value);
        }
        query.finish()
    }

    /// What the body is a function of, beside the moment.
    #[must_use]
    pub fn cache_key(&self, present: At) -> String {
        let Asking { route, times, canonical, paged, .. } = self;
        format!(
            "{}{}{}?{canonical}|{}{}|{}|{}",
            route.lang.prefix(),
            route.path,
            route.format.extension(),
            u8::from(times.large),
            u8::from(*paged),
            present.known,
            present.as_of,
        )
    }
}

/// One page being made.
struct Making<'a> {
    portal: &'a Portal,
    asking: &'a Asking,
    present: &'a Arc<Moment>,
    reader: &'a Reader,
    view: View<'a>,
}

/// Renders what is asked, as of `present` unless it asks for another time.
///
/// # Errors
/// [`Failure`].
pub fn render(
    portal: &Portal,
    indexes: &Indexes,
    asking: &Asking,
    present: &Arc<Moment>,
    head: At,
) -> Result<Rendered, Failure> {
    let at = match asking.route.page.is_verdict() {
        true => head,
        false => asking.times.at(present.at)?,
    };
    let mut outcome = Err(Failure::NotFound);
    indexes.read(|reader| {
        let view =
            View::new(reader, at, asking.route.lang, &present.places, present.head.all_sample);
        let making = Making { portal, asking, present, reader, view };
        outcome = making.answer(indexes);
        Ok(())
    })?;
    outcome
}

impl Making<'_> {
    fn answer(&self, indexes: &Indexes) -> Result<Rendered, Failure> {
        let route = &self.asking.route;
        match route.page {
            Page::Home => {
                let model = site::home(&self.view, &self.moment(indexes)?.totals())?;
                Ok(Rendered::page(pages::home::render(&self.context(), &model), Policy::Still))
            }
            Page::Data => {
                let moment = self.present;
                let shelf = |catalogue| shelf_path(moment, catalogue);
                let model = site::data(&self.view, &moment.totals(), &shelf)?;
                Ok(Rendered::page(pages::data::render(&self.context(), &model), Policy::Still))
            }
            Page::Scan => {
                let page = model::ScanPage::default();
                Ok(Rendered::page(pages::scan::render(&self.context(), &page), Policy::Scan))
            }
            Page::About(topic) => {
                Ok(Rendered::page(pages::about::render(&self.context(), &topic), Policy::Still))
            }
            Page::Statistics => {
                let moment = self.moment(indexes)?;
                statistics::render(&self.view, &moment, self.asking, &|| self.context())
            }
            Page::Directories => self.directories(indexes),
            Page::Directory => self.directory(indexes),
            Page::Products
            | Page::Listings
            | Page::Enterprises
            | Page::Standards
            | Page::Notices
            | Page::Systems
            | Page::Services => self.list(indexes),
            Page::System => self.system(),
            Page::Places => self.places(),
            Page::Place => self.place(indexes),
            Page::Verify | Page::Statement => self.verdict(),
            Page::DigitalLink => self.digital_link(),
            Page::Label | Page::LabelSvg | Page::LabelPng => self.label(),
            _ => self.record(),
        }
    }

    /// The moment asked for: the present, or one of the past built on demand.
    fn moment(&self, indexes: &Indexes) -> Result<Arc<Moment>, Failure> {
        if self.view.at == self.present.at {
            return Ok(Arc::clone(self.present));
        }
        let catalogue = catalogue(self.asking.route.page).unwrap_or(Catalogue::Products);
        Ok(indexes.past(self.view.at, catalogue)?)
    }

    fn context(&self) -> PageContext {
        context(self.portal, self.asking, self.present)
    }

    fn list(&self, indexes: &Indexes) -> Result<Rendered, Failure> {
        let query = self.asking.query.as_ref().ok_or(Failure::NotFound)?;
        let moment = self.moment(indexes)?;
        if self.asking.route.format != Format::Html {
            let coverage = self.coverage(&moment, query.spec().catalogue)?;
            return self.list_twin(&moment, query, Some(coverage));
        }
        let page = self.list_page(&moment, query, None)?;
        Ok(Rendered::page(pages::list::render(&self.context(), &page), Policy::Island))
    }

    /// What a whole list says of its completeness.
    fn coverage(&self, moment: &Moment, catalogue: Catalogue) -> Result<model::Coverage, Failure> {
        let rows = moment.rows(catalogue) as u64;
        Ok(coverage::of_list(&self.view, moment.sources(catalogue), rows)?)
    }

    fn list_twin(
        &self,
        moment: &Moment,
        query: &Query,
        coverage: Option<model::Coverage>,
    ) -> Result<Rendered, Failure> {
        let route = &self.asking.route;
        let catalogue = query.spec().catalogue;
        if route.format == Format::Json {
            let results = moment.search(query);
            let path = &route.path;
            let mut asked = query.clone();
            // A directory's own scheme is in its path, not in its links.
            if route.page == Page::Directory {
                asked = asked.without("scheme").with_page(query.page);
            }
            let value = twin::list_json(
                &asked,
                &results,
                route.lang,
                path,
                self.view.at,
                coverage.as_ref(),
            );
            return Ok(Rendered::json(&value));
        }
        let mut query = query.clone();
        if !self.asking.paged {
            query.page = 1;
            query.per_page = limits::CSV_ROWS_MAX as u32;
        }
        let results = moment.search(&query);
        if !self.asking.paged && results.total > limits::CSV_ROWS_MAX {
            return Err(Failure::DownloadTooLarge);
        }
        let body = twin::list_csv(catalogue, &results, route.lang);
        let mut rendered = Rendered::new(CSV, Policy::Data, body);
        let name = query.spec().name;
        rendered.more.push((
            "content-disposition",
            format!("attachment; filename=\"{name}-{}.csv\"", self.view.at.as_of),
        ));
        Ok(rendered)
    }

    fn list_page(
        &self,
        moment: &Moment,
        query: &Query,
        scheme: Option<&str>,
    ) -> Result<model::ListPage, Failure> {
        let results = moment.search(query);
        if !params::page_exists(query, &results) {
            return Err(Failure::NotFound);
        }
        let catalogue = query.spec().catalogue;
        let route = &self.asking.route;
        let day = self.view.at.as_of.to_string();
        let place = model::Place {
            lang: route.lang,
            path: &route.path,
            fixed: scheme.map(|scheme| ("scheme", scheme)),
            day: &day,
        };
        let mut view = model::view(&place, query, &results);
        if catalogue == Catalogue::Systems {
            // The index holds the Chinese and English words only.
            for item in &mut view.items {
                if let Some(system) = reference::system(&item.key) {
                    item.title.clone_from(&system.name[route.lang.index()]);
                    item.line = vec![system.meaning[route.lang.index()].clone()];
                }
            }
        }
        // Only values from made-up sources are marked, and only where not all are.
        if !self.present.head.all_sample && self.present.head.has_sample {
            for item in &mut view.items {
                for kind in record_kinds(catalogue) {
                    if let Some(entry) = self.view.record(*kind, &item.key)? {
                        item.sample = self.view.is_sample(&entry)?;
                    }
                }
            }
        }
        let live = self.view.at == self.present.at;
        let mut entries: Vec<Entry> = Vec::new();
        for row in &results.rows {
            for kind in record_kinds(catalogue) {
                entries.extend(self.view.record(*kind, &row.key)?);
            }
        }
        let mut sources = self.view.sources(&entries)?;
        // A list rests on many places of a source: the file is enough.
        sources.iter_mut().for_each(|source| source.locator.clear());
        const SOURCES_SHOWN: usize = 5;
        let more_sources = sources.len().saturating_sub(SOURCES_SHOWN);
        sources.truncate(SOURCES_SHOWN);
        let island = live && moment.rows(catalogue) <= limits::PAST_ROWS_MAX;
        Ok(model::ListPage {
            all: moment.rows(catalogue) as u64,
            sources,
            more_sources,
            coverage: match scheme {
                // A directory has its own.
                Some(_) => None,
                None => Some(self.coverage(moment, catalogue)?),
            },
            shelf: if island { shelf_path(moment, catalogue) } else { String::new() },
            shelf_sha256: String::new(),
            combined: params::combined(query, scheme),
            too_large_for_past: false,
            view,
        })
    }

    fn directories(&self, indexes: &Indexes) -> Result<Rendered, Failure> {
        let moment = self.moment(indexes)?;
        let tallies = |scheme: &str| moment.tally(scheme);
        let model = directory::index(&self.view, &tallies)?;
        if self.asking.route.format == Format::Json {
            let prefix = self.asking.route.lang.prefix();
            let items: Vec<serde_json::Value> = model
                .schemes
                .iter()
                .map(|card| {
                    let path = card.link.href.clone().unwrap_or_default();
                    serde_json::json!({
                        "kind": "scheme",
                        "key": path.rsplit('/').next().unwrap_or_default(),
                        "title": card.link.text,
                        "status": card.status.code,
                        "authority": card.authority,
                        "current": card.current,
                        "ended": card.ended,
                        "links": {
                            "page": format!("{prefix}{path}"),
                            "json": format!("{prefix}{path}.json"),
                        },
                    })
                })
                .collect();
            return Ok(Rendered::json(&serde_json::json!({
                "total": items.len(),
                "page": 1,
                "per_page": items.len(),
                "items": items,
                "facets": {},
                "as_of": self.view.at.as_of.to_string(),
                "log_size": self.view.at.known,
                "next": null,
            })));
        }
        let html = pages::directories::render(&self.context(), &model);
        Ok(Rendered::page(html, Policy::Still))
    }

    fn directory(&self, indexes: &Indexes) -> Result<Rendered, Failure> {
        let entry = match self.entry()? {
            Ok(entry) => entry,
            Err(gone) => return Ok(gone),
        };
        let moment = self.moment(indexes)?;
        let asked = self.asking.query.as_ref().ok_or(Failure::NotFound)?;
        let query = asked.with_facet_toggled("scheme", &entry.key).with_page(asked.page);
        if self.asking.route.format != Format::Html {
            let held = moment.tally(&entry.key).total();
            let coverage = self.view.coverage(&entry.body, held);
            return self.list_twin(&moment, &query, coverage);
        }
        let list = self.list_page(&moment, &query, Some(&entry.key))?;
        let model = directory::page(&self.view, &entry, &moment.tally(&entry.key), list)?;
        let html = pages::directory::render(&self.context(), &model);
        Ok(Rendered::page(html, Policy::Island))
    }

    fn system(&self) -> Result<Rendered, Failure> {
        let route = &self.asking.route;
        let system = reference::system(&route.key).ok_or(Failure::NotFound)?;
        let counts = self.present.counts(self.reader)?;
        let model = site::system(&self.view, system, &counts)?;
        if route.format == Format::Html {
            return Ok(Rendered::page(
                pages::system::render(&self.context(), &model),
                Policy::Still,
            ));
        }
        let prefix = route.lang.prefix();
        let basis: Vec<_> = system
            .basis
            .iter()
            .map(|basis| serde_json::json!({ "policy": basis.policy, "clause": basis.clause }))
            .collect();
        Ok(Rendered::json(&serde_json::json!({
            "kind": "system",
            "key": system.id,
            "record": {
                "name_zh": system.name[0], "name_hant": system.name[1], "name_en": system.name[2],
                "meaning_zh": system.meaning[0],
                "meaning_hant": system.meaning[1],
                "meaning_en": system.meaning[2],
                "group": system.group.to_string(),
                "users": system.users,
                "basis": basis,
                "record_kind": super::project::systems::kind_name(system.kind),
                "how": system.how,
                "standing": super::project::systems::standing(system),
                "standing_since": system.since,
                "records_loaded": model.loaded,
            },
            "valid_from": null,
            "seq": null,
            "recorded_at": null,
            "source": { "id": reference::SOURCE },
            "as_of": self.view.at.as_of.to_string(),
            "log_size": self.view.at.known,
            "links": {
                "page": format!("{prefix}{}", site::system_path(&system.id)),
                "json": format!("{prefix}{}.json", site::system_path(&system.id)),
            },
        })))
    }

    /// The record of the route, or the page that says what became of it.
    fn entry(&self) -> Result<Result<Entry, Rendered>, Failure> {
        let route = &self.asking.route;
        for kind in kinds(route.page) {
            let exact = self.reader.record(*kind, &route.key, self.view.at)?;
            if let Some(entry) = exact {
                return Ok(Ok(entry));
            }
            let Some(key) = self.reader.key_of_path(*kind, &route.key)? else { continue };
            if let Some(entry) = self.view.record(*kind, &key)? {
                return Ok(Ok(entry));
            }
            // The key exists, but not then: a page that can be read, never a bare "not found".
            if self.reader.ever_existed(*kind, &key, self.present.at.known)? {
                return Ok(Err(self.absent(*kind, &key)?));
            }
        }
        Err(Failure::NotFound)
    }

    /// A key that has a record, but none at the time asked for. It is a 200: the page answers what was
    /// asked ("on that day there was nothing yet"), and 410 is kept for what may no longer be shown.
    fn absent(&self, kind: Kind, key: &str) -> Result<Rendered, Failure> {
        let history = self.reader.history(kind, key)?;
        let first = history.iter().map(|entry| entry.valid_from).min();
        let last = history.last();
        let now = self.reader.record(kind, key, self.present.at)?;
        let title = now.as_ref().or(last).map(|entry| self.view.title(entry)).unwrap_or_default();
        let path = model::record_path(kind, key).unwrap_or_default();
        if self.asking.route.format != Format::Html {
            let mut rendered = Rendered::json(&serde_json::json!({
                "kind": super::project::systems::kind_name(kind),
                "key": key,
                "record": null,
                "first_valid_from": first.map(|day| day.to_string()),
                "as_of": self.view.at.as_of.to_string(),
                "log_size": self.view.at.known,
                "links": {
                    "page": format!("{}{path}", self.view.lang.prefix()),
                    "json": format!("{}{path}.json", self.view.lang.prefix()),
                },
            }));
            rendered.status = axum::http::StatusCode::NOT_FOUND;
            rendered.cached = false;
            return Ok(rendered);
        }
        let model = model::GonePage {
            title,
            first: first.map(|day| day.to_string()).unwrap_or_default(),
            status: None,
            now: if now.is_some() { path } else { String::new() },
            history: self.view.history(kind, key)?,
        };
        Ok(Rendered::page(pages::gone::render(&self.context(), &model), Policy::Still))
    }

    fn record(&self) -> Result<Rendered, Failure> {
        let entry = match self.entry()? {
            Ok(entry) => entry,
            Err(gone) => return Ok(gone),
        };
        let route = &self.asking.route;
        if route.format == Format::Json {
            let page = model::record_path(entry.kind, &entry.key);
            let own = format!("{}.json", route.path);
            let page = page.unwrap_or_else(|| self.listing_page(&entry));
            return Ok(Rendered::json(&twin::record_json(&self.view, &entry, &page, &own)?));
        }
        let context = self.context();
        let view = &self.view;
        let html = match entry.kind {
            Kind::Product => pages::product::render(&context, &product::page(view, &entry)?),
            Kind::Enterprise => {
                pages::enterprise::render(&context, &enterprise::page(view, &entry)?)
            }
            Kind::Standard => pages::standard::render(&context, &standard::page(view, &entry)?),
            Kind::Notice | Kind::Recall => {
                pages::notice::render(&context, &notice::page(view, &entry)?)
            }
            Kind::Service => pages::service::render(&context, &service::page(view, &entry)?),
            _ => {
                // A grant is shown on its subject's page.
                let to = context.href(&self.listing_page(&entry));
                let mut moved = Rendered::new(HTML, Policy::Data, Vec::new());
                moved.status = axum::http::StatusCode::SEE_OTHER;
                moved.more.push(("location", to));
                return Ok(moved);
            }
        };
        Ok(Rendered::page(html, Policy::Still))
    }

    fn places(&self) -> Result<Rendered, Failure> {
        let model = place::index(&self.view)?;
        if self.asking.route.format == Format::Json {
            return Ok(Rendered::json(&place::index_json(&self.view, &model)));
        }
        Ok(Rendered::page(pages::place::render_index(&self.context(), &model), Policy::Still))
    }

    fn place(&self, indexes: &Indexes) -> Result<Rendered, Failure> {
        let entry = match self.entry()? {
            Ok(entry) => entry,
            Err(gone) => return Ok(gone),
        };
        let moment = self.moment(indexes)?;
        let held = |catalogue: Catalogue, code: &str| {
            let query = Query::parse(search::spec(catalogue), [("place", code)]);
            query.map_or(0, |query| moment.search(&query).total as u64)
        };
        if self.asking.route.format != Format::Json {
            let model = place::page(&self.view, &entry, &held)?;
            let html = pages::place::render(&self.context(), &model);
            return Ok(Rendered::page(html, Policy::Still));
        }
        let page = model::record_path(Kind::Place, &entry.key).unwrap_or_default();
        let own = format!("{}.json", self.asking.route.path);
        let mut value = twin::record_json(&self.view, &entry, &page, &own)?;
        if let Some(object) = value.as_object_mut() {
            let computed = place::computed(&self.view, &entry, &held)?;
            object.insert("computed".to_owned(), computed);
        }
        Ok(Rendered::json(&value))
    }

    fn verdict(&self) -> Result<Rendered, Failure> {
        let mut context = self.context();
        // The indexes may be on their way; the verdict is of the log's head.
        let head = self.reader.head()?;
        context.log_size = self.view.at.known;
        context.day = self.view.at.as_of.to_string();
        context.recorded_at = head.recorded_at.map(view::beijing).unwrap_or_default();
        context.recorded_at_iso = head.recorded_at.map(view::beijing_iso).unwrap_or_default();
        let log = verify::log_view(chrono::Utc::now(), self.view.at);
        let node = verify::Node { log, pepper: self.portal.pepper() };
        let policy = self.portal.verdict_policy;
        verify::render(&self.view, &context, &self.asking.route, policy, &node)
    }

    fn label(&self) -> Result<Rendered, Failure> {
        let route = &self.asking.route;
        let label = label::Label::of(&self.view, &route.key, &self.portal.origin)?;
        match route.page {
            Page::LabelSvg => label.svg(),
            Page::LabelPng => label.png(),
            _ => {
                let html = pages::label::render(&self.context(), &label.page(self.view.lang));
                Ok(Rendered::page(html, Policy::Still))
            }
        }
    }

    fn digital_link(&self) -> Result<Rendered, Failure> {
        let product = |gtin: &str| self.product_of_gtin(gtin);
        let to = verify::resolve(&self.view, &self.asking.route, self.portal.pepper(), &product)?;
        let mut moved = Rendered::new(HTML, Policy::Data, Vec::new());
        moved.status = axum::http::StatusCode::SEE_OTHER;
        moved.cached = false;
        moved.more.push(("location", self.context().now(&to)));
        Ok(moved)
    }

    /// The product that has a barcode: the index finds candidates, the record decides.
    fn product_of_gtin(&self, gtin14: &str) -> Option<String> {
        let digits = gtin14.trim_start_matches('0');
        let query = Query::parse(search::spec(Catalogue::Products), [("q", digits)]).ok()?;
        self.present.search(&query).rows.into_iter().map(|row| row.key).find(|key| {
            let record = self.view.record(Kind::Product, key).ok().flatten();
            record.is_some_and(|product| verify::has_gtin(&product, gtin14))
        })
    }

    /// Where a grant is shown: on its subject's page, else in its directory.
    fn listing_page(&self, entry: &Entry) -> String {
        let b = &entry.body;
        let subject = super::project::facts::subject_kind(b).and_then(|kind| {
            let key = super::project::body::subject(b).1;
            self.view.record(kind, key).ok().flatten()?;
            model::record_path(kind, key)
        });
        let scheme = super::project::body::text(b, "scheme");
        subject
            .or_else(|| model::record_path(Kind::Scheme, scheme))
            .unwrap_or_else(|| "/directories".to_owned())
    }
}

/// Kinds a catalogue's keys are of.
const fn record_kinds(catalogue: Catalogue) -> &'static [Kind] {
    match catalogue {
        Catalogue::Products => &[Kind::Product],
        Catalogue::Enterprises => &[Kind::Enterprise],
        Catalogue::Standards => &[Kind::Standard],
        Catalogue::Listings => &[Kind::Listing],
        Catalogue::Notices => &[Kind::Notice, Kind::Recall],
        Catalogue::Systems => &[],
        Catalogue::Services => &[Kind::Service],
    }
}

/// Address of a catalogue's shelf at a moment.
#[must_use]
pub fn shelf_path(moment: &Moment, catalogue: Catalogue) -> String {
    format!("/shelf/{}", moment.shelf_name(catalogue))
}

/// What a page knows besides its model.
#[must_use]
pub fn context(portal: &Portal, asking: &Asking, present: &Moment) -> PageContext {
    let head = &present.head;
    PageContext {
        lang: asking.route.lang,
        large: asking.times.large,
        sample: match (head.all_sample, head.has_sample) {
            (true, _) => Sample::All,
            (false, true) => Sample::Some,
            (false, false) => Sample::None,
        },
        domain: domain(&portal.origin),
        office: portal.office.clone(),
        path: asking.route.path.clone(),
        query: asking.canonical.clone(),
        log_size: asking.times.known.unwrap_or(present.at.known),
        recorded_at: head.recorded_at.map(view::beijing).unwrap_or_default(),
        recorded_at_iso: head.recorded_at.map(view::beijing_iso).unwrap_or_default(),
        day: asking.times.as_of.clone().unwrap_or_else(|| present.at.as_of.to_string()),
        as_of: asking.times.as_of.clone(),
        known: asking.times.known,
        assets: portal.page_assets.clone(),
        origin: portal.origin.clone(),
    }
}

/// What a page knows when the register cannot be read.
#[must_use]
pub fn context_without_register(portal: &Portal, asking: &Asking) -> PageContext {
    PageContext {
        lang: asking.route.lang,
        large: asking.times.large,
        domain: domain(&portal.origin),
        office: portal.office.clone(),
        path: asking.route.path.clone(),
        assets: portal.page_assets.clone(),
        origin: portal.origin.clone(),
        ..PageContext::default()
    }
}

fn domain(origin: &str) -> String {
    origin.split_once("://").map_or("", |(_, domain)| domain).to_owned()
}

/// The page of a failure, with links that lead on.
#[must_use]
pub fn error_page(
    portal: &Portal,
    present: Option<&Moment>,
    lang: Lang,
    path: &str,
    failure: &Failure,
) -> String {
    let guess = path.rsplit('/').next().unwrap_or_default();
    let guess = guess.strip_suffix(".json").or(guess.strip_suffix(".csv")).unwrap_or(guess);
    let guess: String = percent_encoding::percent_decode_str(guess)
        .decode_utf8_lossy()
        .chars()
        .filter(|c| !c.is_control() && *c != '\u{fffd}')
        .take(100)
        .collect();
    let near = match (failure, present) {
        (Failure::NotFound, Some(present)) => near(present, &guess, lang),
        _ => Vec::new(),
    };
    let page = model::ErrorPage {
        kind: match failure {
            Failure::NotFound => model::ErrorKind::NotFound,
            Failure::Gone => model::ErrorKind::Gone,
            Failure::Internal(_) => model::ErrorKind::Internal,
            Failure::Busy => model::ErrorKind::Unavailable,
            _ => model::ErrorKind::BadRequest,
        },
        detail: failure.sentence(lang),
        guess,
        near,
    };
    let route = Route {
        lang,
        page: Page::Home,
        format: Format::Html,
        path: "/".to_owned(),
        key: String::new(),
    };
    let asking = Asking {
        route,
        query: None,
        times: Times::default(),
        canonical: String::new(),
        paged: false,
        narrowed: Vec::new(),
    };
    let context = match present {
        Some(present) => context(portal, &asking, present),
        None => PageContext { lang, assets: portal.page_assets.clone(), ..PageContext::default() },
    };
    pages::error::render(&context, &page)
}

/// Records close to what the reader may have looked for: what a search for it, or for its beginning, finds.
fn near(present: &Moment, guess: &str, lang: Lang) -> Vec<(model::Link, String)> {
    const NEAR_SHOWN: usize = 5;
    let mut found: Vec<(model::Link, String)> = Vec::new();
    let words = guess.replace(['_', '-'], " ");
    let mut tries = vec![guess.to_owned(), words.trim().to_owned()];
    let shorter: String = guess.chars().take(guess.chars().count() * 2 / 3).collect();
    if shorter.chars().count() >= 4 {
        tries.push(shorter);
    }
    for text in tries.iter().filter(|text| !text.is_empty()) {
        for catalogue in [
            Catalogue::Products,
            Catalogue::Standards,
            Catalogue::Enterprises,
            Catalogue::Notices,
            Catalogue::Services,
            Catalogue::Systems,
        ] {
            let Ok(query) =
                Query::parse(search::spec(catalogue), [("q", text.as_str()), ("per_page", "5")])
            else {
                continue;
            };
            for row in present.search(&query).rows {
                let link = model::Link::to(
                    list::title(catalogue, &row, lang),
                    list::path(catalogue, &row),
                );
                if !found.iter().any(|(known, _)| *known == link) {
                    found.push((link, row.key.clone()));
                }
                if found.len() == NEAR_SHOWN {
                    return found;
                }
            }
        }
    }
    found
}

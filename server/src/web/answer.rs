//! One handler per page: load, project, render.

mod asking;
mod changes;
mod check;
mod cite;
mod codes;
mod context;
mod credit;
mod error;
mod feeds;
mod lists;
mod log;
mod places;
mod recount;
mod state;
mod systems;

use std::sync::Arc;

use app::model::{self, PageContext};
use app::pages;
use register::{Entry, Kind};
use search::catalogue::Catalogue;

use super::failure::Failure;
use super::index::{Indexes, Moment};
use super::project::targets;
use super::project::view::View;
use super::project::{
    enterprise, notice, policies, product, service, site, standard, supervision, twin,
};
use super::reply::{HTML, JSON, Policy};
use super::router::{Format, Page};
use super::{Portal, statistics};
use crate::store::{At, Reader};

pub use self::asking::Asking;
pub use self::cite::timed;
pub use self::context::{context, context_without_register};
pub use self::error::error_page;
pub use self::lists::shelf_path;

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
        Page::Policies => Catalogue::Policies,
        Page::Targets => Catalogue::Targets,
        Page::Departments => Catalogue::Departments,
        Page::Inspections => Catalogue::Inspections,
        Page::Penalties => Catalogue::Penalties,
        Page::Restrictions => Catalogue::Restrictions,
        Page::Inconsistencies => Catalogue::Inconsistencies,
        _ => return None,
    })
}

/// Kinds of record behind a page, in the order they are looked up.
const fn kinds(page: Page) -> &'static [Kind] {
    match page {
        Page::Product | Page::ProductBadge | Page::ProductState => &[Kind::Product],
        Page::Directory => &[Kind::Scheme],
        Page::Listing => &[Kind::Listing],
        Page::Enterprise | Page::Credit | Page::EnterpriseBadge | Page::EnterpriseState => {
            &[Kind::Enterprise]
        }
        Page::Inspection => &[Kind::Inspection],
        Page::Penalty => &[Kind::Penalty],
        Page::Restriction => &[Kind::Restriction],
        Page::Standard => &[Kind::Standard],
        Page::Notice => &[Kind::Notice, Kind::Recall],
        Page::Service => &[Kind::Service],
        Page::Policy => &[Kind::Policy],
        Page::Target | Page::Recount => &[Kind::Target],
        Page::Department => &[Kind::Department],
        Page::Place => &[Kind::Place],
        _ => &[],
    }
}

/// Whether a page's JSON is one record.
#[must_use]
pub const fn is_record(page: Page) -> bool {
    !kinds(page).is_empty()
        && !matches!(
            page,
            Page::Directory
                | Page::Credit
                | Page::Recount
                | Page::ProductBadge
                | Page::EnterpriseBadge
                | Page::ProductState
                | Page::EnterpriseState
        )
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
        let mut view =
            View::new(reader, at, asking.route.lang, &present.places, present.head.all_sample);
        view.today = present.at.as_of.max(at.as_of);
        // A page that was asked for by its day says the same for ever, also once that day is past.
        let shown = at == present.at && !asking.dated() && present.has_looked();
        view.findings = shown.then_some(&*present.findings);
        let making = Making { portal, asking, present, reader, view };
        outcome = making.answer(indexes);
        Ok(())
    })?;
    outcome
}

impl Making<'_> {
    fn answer(&self, indexes: &Indexes) -> Result<Rendered, Failure> {
        let route = &self.asking.route;
        if matches!(route.format, Format::Atom | Format::Feed) {
            return match route.page {
                Page::Changes => self.changes(indexes),
                Page::Enterprise => self.enterprise_feed(),
                _ => self.list_feed(indexes),
            };
        }
        match route.page {
            Page::Changes => self.changes(indexes),
            Page::Home => {
                let model = site::home(&self.view, &self.moment(indexes)?.totals())?;
                Ok(Rendered::page(pages::home::render(&self.context(), &model), Policy::Script))
            }
            Page::Data => {
                let moment = self.moment(indexes)?;
                // A shelf and the files hold the present only, and a page asked for by its day is to stay.
                let live = self.view.at == self.present.at && !self.asking.dated();
                let shelf = |catalogue| match live {
                    true => shelf_path(&moment, catalogue),
                    false => String::new(),
                };
                let mut model = site::data(&self.view, &moment.totals(), &shelf)?;
                // While the files are being written the page cannot name them, and is not kept.
                let set = live.then(|| self.portal.downloads.ready(&self.portal.indexes)).flatten();
                let set = set.filter(|set| set.at == self.view.at);
                model.whole =
                    set.as_ref().map(|set| site::whole(&self.view, set)).unwrap_or_default();
                let html = pages::data::render(&self.context(), &model);
                Ok(Rendered {
                    cached: set.is_some() || !live,
                    ..Rendered::page(html, Policy::Still)
                })
            }
            Page::Scan => {
                let page = model::ScanPage::default();
                Ok(Rendered::page(pages::scan::render(&self.context(), &page), Policy::Scan))
            }
            Page::Lookup => {
                let model = super::lookup::page(self.present, self.view.lang);
                let html = pages::lookup::render(&self.context(), &model);
                Ok(Rendered::page(html, Policy::Island))
            }
            Page::Offline => {
                super::offline::page(self.portal, self.reader, self.present, &self.context())
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
            | Page::Services
            | Page::Policies
            | Page::Targets
            | Page::Inspections
            | Page::Penalties
            | Page::Restrictions
            | Page::Inconsistencies
            | Page::Departments => self.list(indexes),
            Page::Inconsistency => self.inconsistency(indexes),
            Page::Cite | Page::CiteText | Page::CiteBibtex | Page::CiteCsl => self.cite(indexes),
            Page::Check => self.check(),
            Page::Recount => self.recount(),
            Page::System => self.system(indexes),
            Page::Log => self.log(),
            Page::Places => self.places(),
            Page::Place => self.place(indexes),
            Page::Verify | Page::Statement => self.verdict(),
            Page::DigitalLink => self.digital_link(),
            Page::Label | Page::LabelSvg | Page::LabelPng => self.label(),
            Page::ProductState | Page::EnterpriseState => self.state(),
            Page::Scans => self.scans(),
            Page::ProductBadge | Page::EnterpriseBadge | Page::CodeBadge => self.badge(),
            _ => self.record(),
        }
    }

    /// The moment asked for: the present, or one of the past built on demand.
    fn moment(&self, indexes: &Indexes) -> Result<Arc<Moment>, Failure> {
        if self.view.at == self.present.at {
            return Ok(Arc::clone(self.present));
        }
        let only = match self.asking.route.page {
            Page::Inconsistency => Some(Catalogue::Inconsistencies),
            Page::Directories => Some(Catalogue::Listings),
            // Those count what is in other catalogues.
            Page::Systems => None,
            Page::Changes => self.asking.changes.as_ref().and_then(|asked| asked.only()),
            page => catalogue(page),
        };
        Ok(indexes.past(self.view.at, only)?)
    }

    fn context(&self) -> PageContext {
        context(self.portal, self.asking, self.present)
    }

    /// The record of the route, or the page that says what became of it.
    fn entry(&self) -> Result<Result<Entry, Rendered>, Failure> {
        let route = &self.asking.route;
        for kind in kinds(route.page) {
            let exact = self.reader.record(*kind, &route.key, self.view.at)?;
            if let Some(entry) = exact {
                return self.shown(entry).map(Ok);
            }
            let Some(key) = self.reader.key_of_path(*kind, &route.key)? else { continue };
            if let Some(entry) = self.view.record(*kind, &key)? {
                return self.shown(entry).map(Ok);
            }
            // The key exists, but not then: a page that can be read, never a bare "not found".
            if self.reader.ever_existed(*kind, &key, self.present.at.known)? {
                if let Some(now) = self.reader.record(*kind, &key, self.present.at)? {
                    self.shown(now)?;
                }
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
        if route.page == Page::Credit {
            return self.credit(&entry);
        }
        if route.format == Format::Json {
            let page = model::record_path(entry.kind, &entry.key);
            let own = format!("{}.json", route.path);
            let page = page.unwrap_or_else(|| self.listing_page(&entry));
            let mut value = twin::record_json(&self.view, &entry, &page, &own)?;
            if entry.kind == Kind::Target
                && let Some(evaluation) =
                    self.evaluations(std::slice::from_ref(&entry))?.get(&entry.key)
                && let Some(object) = value.as_object_mut()
            {
                object.insert("computed".to_owned(), targets::computed(evaluation));
            }
            return Ok(Rendered::json(&value));
        }
        let context = self.checked_context();
        let view = &self.view;
        let html = match entry.kind {
            Kind::Product => {
                let related = self.related(&entry)?;
                pages::product::render(&context, &product::page(view, &entry, &related)?)
            }
            Kind::Enterprise => {
                let possible = self.related(&entry)?.possible;
                pages::enterprise::render(&context, &enterprise::page(view, &entry, &possible)?)
            }
            Kind::Standard => pages::standard::render(&context, &standard::page(view, &entry)?),
            Kind::Notice | Kind::Recall => {
                pages::notice::render(&context, &notice::page(view, &entry)?)
            }
            Kind::Service => pages::service::render(&context, &service::page(view, &entry)?),
            Kind::Policy | Kind::Department => {
                let of = view.reader.referring(Kind::Target, entry.kind, &entry.key, view.at)?;
                let values = self.evaluations(&of)?;
                match entry.kind {
                    Kind::Policy => {
                        let model = policies::page(view, &entry, &of, &values)?;
                        pages::policy::render(&context, &model)
                    }
                    _ => {
                        let model = policies::department(view, &entry, &of, &values)?;
                        pages::department::render(&context, &model)
                    }
                }
            }
            Kind::Target => {
                let values = self.evaluations(std::slice::from_ref(&entry))?;
                let evaluation = values.get(&entry.key).ok_or(Failure::NotFound)?;
                pages::target::render(&context, &targets::page(view, &entry, evaluation)?)
            }
            Kind::Inspection | Kind::Penalty | Kind::Restriction => {
                pages::supervision::render(&context, &supervision::page(view, &entry)?)
            }
            _ => {
                // A grant is shown on its subject's page.
                let to = context.href(&self.listing_page(&entry));
                let mut moved = Rendered::new(HTML, Policy::Data, Vec::new());
                moved.status = axum::http::StatusCode::SEE_OTHER;
                moved.more.push(("location", to));
                return Ok(moved);
            }
        };
        Ok(Rendered::page(html, check::policy(&context)))
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

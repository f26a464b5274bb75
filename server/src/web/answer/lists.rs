//! Lists, directories, and their twins.

use app::{model, pages};
use register::{Entry, Kind};
use search::Query;
use search::catalogue::Catalogue;

use super::{Making, Rendered};
use crate::reference;
use crate::web::failure::Failure;
use crate::web::index::{Indexes, Moment};
use crate::web::project::{coverage, directory, twin};
use crate::web::reply::{CSV, Policy};
use crate::web::router::{Format, Page};
use crate::web::{limits, params};

impl Making<'_> {
    pub(super) fn list(&self, indexes: &Indexes) -> Result<Rendered, Failure> {
        let query = self.asking.query.as_ref().ok_or(Failure::NotFound)?;
        let moment = self.moment(indexes)?;
        if query.spec().catalogue == Catalogue::Targets {
            moment.evaluated()?;
        }
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
            mirror: self.portal.mirror.is_some(),
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
        let island = live && moment.rows(catalogue) <= limits::SHELF_ROWS_MAX;
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
            standings: standings(catalogue, &results),
            view,
        })
    }

    pub(super) fn directories(&self, indexes: &Indexes) -> Result<Rendered, Failure> {
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

    pub(super) fn directory(&self, indexes: &Indexes) -> Result<Rendered, Failure> {
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
}

/// Kinds a catalogue's keys are of.
pub(super) const fn record_kinds(catalogue: Catalogue) -> &'static [Kind] {
    match catalogue {
        Catalogue::Products => &[Kind::Product],
        Catalogue::Enterprises => &[Kind::Enterprise],
        Catalogue::Standards => &[Kind::Standard],
        Catalogue::Listings => &[Kind::Listing],
        Catalogue::Notices => &[Kind::Notice, Kind::Recall],
        Catalogue::Systems | Catalogue::Inconsistencies => &[],
        Catalogue::Inspections => &[Kind::Inspection],
        Catalogue::Penalties => &[Kind::Penalty],
        Catalogue::Restrictions => &[Kind::Restriction],
        Catalogue::Services => &[Kind::Service],
        Catalogue::Policies => &[Kind::Policy],
        Catalogue::Targets => &[Kind::Target],
        Catalogue::Departments => &[Kind::Department],
    }
}

/// Numbers above the list of targets, whatever is filtered.
fn standings(catalogue: Catalogue, results: &search::Results) -> Vec<(String, u64)> {
    if catalogue != Catalogue::Targets {
        return Vec::new();
    }
    let facet = results.facet("status");
    let values = facet.map(|facet| facet.values.as_slice()).unwrap_or_default();
    values.iter().map(|value| (value.code.clone(), value.count as u64)).collect()
}

/// Address of a catalogue's shelf at a moment.
#[must_use]
pub fn shelf_path(moment: &Moment, catalogue: Catalogue) -> String {
    format!("/shelf/{}", moment.shelf_name(catalogue))
}

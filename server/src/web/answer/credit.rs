//! Credit files, inconsistencies, publication terms, and what may be related by name.

use app::pages;
use register::{Entry, Kind};

use super::{Making, Rendered};
use crate::web::failure::Failure;
use crate::web::index::Indexes;
use crate::web::project::related::{self, Related};
use crate::web::project::supervision::is_published;
use crate::web::project::{credit, findings};
use crate::web::reply::Policy;
use crate::web::router::Format;

impl Making<'_> {
    /// The record, unless its publication term is over: by the present day, and by what the register
    /// knows of the term now, whatever day is asked about.
    pub(super) fn shown(&self, entry: Entry) -> Result<Entry, Failure> {
        if !matches!(entry.kind, Kind::Penalty | Kind::Restriction) {
            return Ok(entry);
        }
        let now = self.reader.record(entry.kind, &entry.key, self.present.at)?;
        let open = now.iter().chain([&entry]).all(|one| is_published(one, self.view.today));
        if open { Ok(entry) } else { Err(Failure::Gone) }
    }

    /// Notices and recalls about a product or an enterprise, and those that may be.
    pub(super) fn related(&self, entry: &Entry) -> Result<Related, Failure> {
        let known = |brand: &str| self.present.knows_brand(brand);
        Ok(related::of(&self.view, entry, &known, &|query| self.present.search(query).rows)?)
    }

    pub(super) fn credit(&self, entry: &Entry) -> Result<Rendered, Failure> {
        let page = credit::page(&self.view, entry, &self.related(entry)?.possible)?;
        if self.asking.route.format == Format::Json {
            return Ok(Rendered::json(&credit::as_json(&page, &entry.key, &self.view)));
        }
        Ok(Rendered::page(pages::credit::render(&self.context(), &page), Policy::Still))
    }

    pub(super) fn inconsistency(&self, indexes: &Indexes) -> Result<Rendered, Failure> {
        let route = &self.asking.route;
        let moment = self.moment(indexes)?;
        let finding = moment.findings.get(&route.key).ok_or(Failure::NotFound)?;
        if route.format == Format::Json {
            let mut value = crate::findings::finding_json(finding);
            let at = moment.findings.at();
            let prefix = route.lang.prefix();
            let path = findings::path(&finding.id());
            value["as_of"] = serde_json::json!(at.as_of.to_string());
            value["log_size"] = serde_json::json!(at.known);
            value["links"] = serde_json::json!({
                "page": format!("{prefix}{path}"), "json": format!("{prefix}{path}.json"),
            });
            return Ok(Rendered::json(&value));
        }
        let page = findings::page(&self.view, finding)?;
        Ok(Rendered::page(pages::inconsistency::render(&self.context(), &page), Policy::Still))
    }
}

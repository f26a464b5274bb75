//! Places: the index of provinces and cities, and what the register holds of one.

use app::{model, pages};
use register::Kind;
use search::Query;
use search::catalogue::Catalogue;

use super::{Making, Rendered};
use crate::web::failure::Failure;
use crate::web::index::Indexes;
use crate::web::project::{place, twin};
use crate::web::reply::Policy;
use crate::web::router::Format;

impl Making<'_> {
    pub(super) fn places(&self) -> Result<Rendered, Failure> {
        let model = place::index(&self.view)?;
        if self.asking.route.format == Format::Json {
            return Ok(Rendered::json(&place::index_json(&self.view, &model)));
        }
        Ok(Rendered::page(pages::place::render_index(&self.context(), &model), Policy::Still))
    }

    pub(super) fn place(&self, indexes: &Indexes) -> Result<Rendered, Failure> {
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
            let context = self.checked_context();
            let html = pages::place::render(&context, &model);
            return Ok(Rendered::page(html, super::check::policy(&context)));
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
}

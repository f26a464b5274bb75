//! `/standards/{number}`.

use app::model::{StandardPage, Status, StatusOf};
use register::{Entry, Kind};
use search::catalogue::Catalogue;

use super::enterprise::product_line;
use super::product::filtered;
use super::view::View;
use super::{body, chain, comparison, join};
use crate::store::Result;

/// Products shown on the page; the filtered list has the rest.
const PRODUCTS_SHOWN: usize = 24;

/// The page of a standard.
///
/// # Errors
/// When the register cannot be read.
pub fn page(view: &View<'_>, entry: &Entry) -> Result<StandardPage> {
    let b = &entry.body;
    let key = &entry.key;
    let under = join::products_under(view.reader, view.at, key)?;
    let mut products = Vec::new();
    for product in under.iter().take(PRODUCTS_SHOWN) {
        if let Some(product) = view.record(Kind::Product, product)? {
            let listings = join::listings_of(view.reader, view.at, Kind::Product, &product.key)?;
            products.push(product_line(view, &product, &listings)?);
        }
    }
    let mut comparisons = Vec::new();
    for record in view.reader.referring(Kind::Comparison, Kind::Standard, key, view.at)? {
        if body::subject(&record.body) == ("standard", key) {
            comparisons.push(comparison::model(view, &record)?);
        }
    }
    Ok(StandardPage {
        meta: view.meta(entry)?,
        number: body::maybe(b, "number").unwrap_or(key).to_owned(),
        title: body::text(b, "title_zh").to_owned(),
        title_en: body::text(b, "title_en").to_owned(),
        kind: body::text(b, "type").to_owned(),
        mandatory: body::flag(b, "mandatory") == Some(true),
        status: Status {
            of: StatusOf::Standard,
            code: body::text(b, "status").to_owned(),
            since: body::maybe(b, "effective_on").map(str::to_owned),
            until: body::maybe(b, "withdrawn_on").map(str::to_owned),
        },
        facts: view.facts(
            entry,
            &[
                "type",
                "issuer",
                "issued_on",
                "effective_on",
                "withdrawn_on",
                "declared_on",
                "adopts",
                "ics",
                "ccs",
                "family",
                "drafters",
                "participants",
                "patents",
                "url",
            ],
        )?,
        chain: chain::chain(view, entry)?,
        products,
        products_total: under.len() as u64,
        products_href: filtered(Catalogue::Products, "standard", key),
        comparisons,
        history: view.history(Kind::Standard, key)?,
        sources: view.sources([entry])?,
    })
}

//! Notices and recalls about a product or an enterprise: certain by an identifier, or possible by a name.
//!
//! The log knows which records name a key. The rest is looked for in the index of notices, by the names
//! the register has, and judged record by record ([`register::matching`]); what the index does not bring up
//! is not found (`liangbiao matches` reads every record).

use std::collections::BTreeSet;

use app::model::Link;
use register::matching::{Firm, Item, Match, about_firm, about_item, kinds_of};
use register::{Entry, Kind};
use search::catalogue::Catalogue;
use search::{Query, Row};

use super::view::View;
use super::{body, join};
use crate::matches::reading;
use crate::reference::goods_at_end;
use crate::store::Result;
use crate::web::limits;

/// Records looked at for each name.
const CANDIDATES: &str = "100";
/// A recall as much older than the listing is not looked at: a year more than a model may be listed anew.
const YEARS_BEFORE: i32 = 6;

/// What was found, each at most [`limits::BLOCK_ROWS_MAX`].
#[derive(Clone, Debug, Default)]
pub struct Related {
    /// An identifier proves it.
    pub certain: Vec<Entry>,
    /// A name is printed alike.
    pub possible: Vec<Entry>,
}

impl Related {
    /// As links, by their titles.
    #[must_use]
    pub fn links(&self, view: &View<'_>, records: &[Entry]) -> Vec<Link> {
        let link = |record: &Entry| Link::record(view.title(record), record.kind, &record.key);
        records.iter().map(link).collect()
    }
}

/// What is about a product or an enterprise. `known` says whether a product of the register is of a brand;
/// `search` finds candidates.
///
/// # Errors
/// When the register cannot be read.
pub fn of(
    view: &View<'_>,
    entry: &Entry,
    known: &dyn Fn(&str) -> bool,
    search: &dyn Fn(&Query) -> Vec<Row>,
) -> Result<Related> {
    let read = reading(known);
    let reader = view.reader;
    let product = entry.kind == Kind::Product;
    let holder_key = if product { body::text(&entry.body, "holder") } else { entry.key.as_str() };
    let holder = match product {
        true => view.record(Kind::Enterprise, holder_key)?,
        false => Some(entry.clone()),
    };
    let (listings, products) = match product {
        true => (join::listings_of(reader, view.at, Kind::Product, &entry.key)?, Vec::new()),
        false => {
            let mut held =
                reader.referring(Kind::Product, Kind::Enterprise, &entry.key, view.at)?;
            held.truncate(limits::BLOCK_ROWS_MAX);
            (Vec::new(), held)
        }
    };
    let item = Item::of(entry, holder.as_ref(), &listings);
    let firm = holder.as_ref().map(Firm::of).unwrap_or_default().with_products(&products);
    let mut related = Related::default();
    let mut seen = BTreeSet::new();
    let mut judge = |record: Entry| {
        if !seen.insert((record.kind, record.key.clone())) {
            return;
        }
        let found = match product {
            true => about_item(&record, &item, &read),
            false => about_firm(&record, &firm, &read),
        };
        match found {
            Some(Match::Certain(_)) => related.certain.push(record),
            Some(Match::Possible(_)) => related.possible.push(record),
            None => {}
        }
    };
    for kind in [Kind::Recall, Kind::Notice] {
        if product {
            reader
                .referring(kind, Kind::Product, &entry.key, view.at)?
                .into_iter()
                .for_each(&mut judge);
        }
        if !holder_key.is_empty() {
            let of_holder = reader.referring(kind, Kind::Enterprise, holder_key, view.at)?;
            of_holder.into_iter().for_each(&mut judge);
        }
    }
    let oldest =
        item.listed.filter(|_| product).map(|day| chrono::Datelike::year(&day) - YEARS_BEFORE);
    let spec = search::spec(Catalogue::Notices);
    let mut met = BTreeSet::new();
    for words in questions(entry, &firm) {
        let pairs = [("q", words.as_str()), ("per_page", CANDIDATES)];
        let Ok(query) = Query::parse(spec, pairs) else { continue };
        for row in search(&query) {
            let kind = match row.code(spec, "kind") {
                "recall" => Kind::Recall,
                _ => Kind::Notice,
            };
            let year: Option<i32> = row.code(spec, "year").parse().ok();
            let old = year.zip(oldest).is_some_and(|(year, oldest)| year < oldest);
            if old || !met.insert((kind, row.key.clone())) {
                continue;
            }
            if let Some(record) = view.record(kind, &row.key)? {
                judge(record);
            }
        }
    }
    // The latest first.
    let day = |record: &Entry| {
        let said = ["started_on", "published_on"].into_iter();
        said.filter_map(|field| body::date(&record.body, field)).next().unwrap_or(record.valid_from)
    };
    for list in [&mut related.certain, &mut related.possible] {
        list.sort_by(|a, b| (day(b), &a.key).cmp(&(day(a), &b.key)));
    }
    related.certain.truncate(limits::BLOCK_ROWS_MAX);
    related.possible.truncate(limits::BLOCK_ROWS_MAX);
    Ok(related)
}

/// What the index is asked: the firm's names; of a product, its brands with the goods, and the goods alone
/// (the firm may stand in the heading only, which is not indexed).
fn questions(entry: &Entry, firm: &Firm<'_>) -> BTreeSet<String> {
    // Brackets and dots are set by whoever types the name: its parts are looked for.
    let parts = |name: &str| -> String {
        let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.collect::<Vec<_>>().join(" ")
    };
    let mut asked: BTreeSet<String> = firm.names.iter().map(|name| parts(name)).collect();
    for goods in kinds_of(entry, &goods_at_end) {
        asked.insert(goods.to_owned());
        for brand in
            register::matching::brand_names(body::text(&entry.body, "brand"), &crate::matches::fold)
        {
            asked.insert(format!("{} {goods}", parts(&brand)));
        }
    }
    asked.retain(|words| !words.is_empty());
    asked
}

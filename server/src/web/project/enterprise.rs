//! `/enterprises/{uscc}`: everything the register joins under one enterprise.

use std::collections::BTreeMap;

use app::model::{Check, CheckLevel, EnterprisePage, Event, Link, Number, Status, StatusOf};
use chrono::Days;
use register::status::Status as Computed;
use register::{Entry, Kind, Lang};
use search::catalogue::Catalogue;

use super::facts::Grant;
use super::product::{self, filtered};
use super::view::{self, View};
use super::{body, credit, findings, join, service, supervision, timeline};
use crate::store::Result;
use crate::web::limits;

/// Products shown on the page; the filtered list has the rest.
const PRODUCTS_SHOWN: usize = 24;
/// Lines of the credit file shown on the page; the file's own page has the rest.
const CREDIT_SHOWN: usize = 10;
/// A grant that ends within this many days "ends soon".
const SOON_DAYS: u64 = 90;

/// The page of an enterprise. `possible` are notices and recalls that print its name and no code.
///
/// # Errors
/// When the register cannot be read.
pub fn page(view: &View<'_>, entry: &Entry, possible: &[Entry]) -> Result<EnterprisePage> {
    let b = &entry.body;
    let key = &entry.key;
    let mut products = view.reader.referring(Kind::Product, Kind::Enterprise, key, view.at)?;
    products.retain(|product| body::text(&product.body, "holder") == key);
    let mut listings: BTreeMap<String, Entry> = BTreeMap::new();
    for listing in view.reader.referring(Kind::Listing, Kind::Enterprise, key, view.at)? {
        listings.insert(listing.key.clone(), listing);
    }
    let mut of_products: BTreeMap<&str, Vec<Entry>> = BTreeMap::new();
    for product in products.iter().take(limits::BLOCK_ROWS_MAX) {
        let own = join::listings_of(view.reader, view.at, Kind::Product, &product.key)?;
        for listing in &own {
            listings.insert(listing.key.clone(), listing.clone());
        }
        of_products.insert(&product.key, own);
    }
    let own: Vec<&Entry> =
        listings.values().filter(|l| body::subject(&l.body) == ("enterprise", key)).collect();
    let valid =
        listings.values().filter(|l| Grant::of(l, view.at.as_of).status == Computed::Valid).count();
    let mut standards = Vec::new();
    for standard in view.reader.referring(Kind::Standard, Kind::Enterprise, key, view.at)? {
        standards.push(view.standard(&standard.key)?);
    }
    standards.truncate(limits::BLOCK_ROWS_MAX);
    let shown = products
        .iter()
        .take(PRODUCTS_SHOWN)
        .map(|product| {
            let listings = of_products.get(product.key.as_str()).map_or(&[][..], Vec::as_slice);
            product_line(view, product, listings)
        })
        .collect::<Result<_>>()?;
    let mut credit = credit::lines(view, key, possible)?;
    let credit_total = credit.len() as u64;
    credit.truncate(CREDIT_SHOWN);
    Ok(EnterprisePage {
        credit,
        credit_total,
        meta: app::model::RecordMeta { findings: findings::around(view, key), ..view.meta(entry)? },
        name: body::name(b, view.lang).to_owned(),
        uscc: body::maybe(b, "uscc")
            .map(str::to_owned)
            .or_else(|| (!key.starts_with("N-")).then(|| key.clone())),
        status: body::maybe(b, "status").map(|code| view::status(StatusOf::Enterprise, code)),
        place: view.places.full_name(body::text(b, "place"), view.lang),
        facts: view.facts(
            entry,
            &["place", "roles", "sector", "short_name", "former_names", "name_en", "site"],
        )?,
        numbers: vec![
            number(view, ["产品", "產品", "Products"], products.len(), Catalogue::Products, key),
            number(
                view,
                ["有效列入", "有效列入", "Valid listings"],
                valid,
                Catalogue::Listings,
                key,
            ),
            Number {
                label: view.words(&["标准", "標準", "Standards"]).to_owned(),
                count: standards.len() as u64,
                href: String::new(),
            },
        ],
        products: shown,
        products_total: products.len() as u64,
        products_href: filtered(Catalogue::Products, "enterprise", key),
        listings: own
            .iter()
            .take(limits::BLOCK_ROWS_MAX)
            .map(|listing| product::grant(view, listing, false))
            .collect::<Result<_>>()?,
        standards,
        timeline: joined_timeline(view, key, listings.values())?,
        checks: checks(view, entry, &products, listings.values())?,
        entitlements: service::entitlements(view, own.iter().copied())?,
        history: view.history(Kind::Enterprise, key)?,
        sources: view.sources([entry])?,
    })
}

fn number(
    view: &View<'_>,
    label: [&str; 3],
    count: usize,
    catalogue: Catalogue,
    key: &str,
) -> Number {
    let href = match catalogue {
        Catalogue::Listings => filtered(catalogue, "enterprise", key).replacen(
            app::model::list_path(catalogue),
            "/listings",
            1,
        ),
        _ => filtered(catalogue, "enterprise", key),
    };
    Number { label: view.words(&label).to_owned(), count: count as u64, href }
}

/// A product in a block: name and page, standards or scheme in words, status.
///
/// # Errors
/// When the register cannot be read.
pub fn product_line(
    view: &View<'_>,
    entry: &Entry,
    listings: &[Entry],
) -> Result<(Link, String, Status)> {
    let grants: Vec<Grant> = listings.iter().map(|l| Grant::of(l, view.at.as_of)).collect();
    let (status, best) = product::decided(view, listings, &grants);
    let name = [view.title(entry), body::text(&entry.body, "model").to_owned()].join(" ");
    let mut words: Vec<String> =
        body::texts(&entry.body, "standards").into_iter().map(str::to_owned).collect();
    if let Some(best) = best {
        words.push(view.link(Kind::Scheme, &best.scheme)?.text);
    }
    let link = Link::record(name.trim(), Kind::Product, &entry.key);
    Ok((link, words.join(if view.lang == Lang::En { ", " } else { "，" }), status))
}

fn joined_timeline<'l>(
    view: &View<'_>,
    key: &str,
    listings: impl Iterator<Item = &'l Entry>,
) -> Result<Vec<Event>> {
    let mut events = Vec::new();
    for kind in [Kind::Inspection, Kind::Penalty, Kind::Restriction, Kind::Recall] {
        for record in view.reader.referring(kind, Kind::Enterprise, key, view.at)? {
            if !supervision::is_published(&record, view.today) {
                continue;
            }
            events.push(timeline::event(view, &record)?);
        }
    }
    for listing in listings.take(limits::BLOCK_ROWS_MAX) {
        let scheme = view.link(Kind::Scheme, body::text(&listing.body, "scheme"))?;
        for mut event in view.history(Kind::Listing, &listing.key)? {
            event.diffs.clear();
            event.about = Some(scheme.clone());
            events.push(event);
        }
        events.extend(timeline::expiry(view, listing, Some(scheme)));
    }
    events.sort_by(|a, b| (&b.date, b.seq).cmp(&(&a.date, a.seq)));
    events.truncate(limits::HISTORY_MAX);
    Ok(events)
}

/// What the holder should look at; computed from records only.
fn checks<'l>(
    view: &View<'_>,
    entry: &Entry,
    products: &[Entry],
    listings: impl Iterator<Item = &'l Entry>,
) -> Result<Vec<Check>> {
    let mut checks = Vec::new();
    let soon = view.at.as_of.checked_add_days(Days::new(SOON_DAYS)).unwrap_or(view.at.as_of);
    for listing in listings {
        let grant = Grant::of(listing, view.at.as_of);
        let Some(until) = grant.until else { continue };
        let scheme = view.link(Kind::Scheme, &grant.scheme)?;
        let (level, words) = match grant.status {
            Computed::Valid if until <= soon => (
                CheckLevel::Soon,
                [
                    format!("{}将于 {until} 到期。", scheme.text),
                    format!("{}將於 {until} 到期。", scheme.text),
                    format!("{} ends on {until}.", scheme.text),
                ],
            ),
            Computed::Expired => (
                CheckLevel::Act,
                [
                    format!("{}已于 {until} 到期，此后未见续期。", scheme.text),
                    format!("{}已於 {until} 到期，此後未見續期。", scheme.text),
                    format!("{} ended on {until}; no renewal is recorded.", scheme.text),
                ],
            ),
            _ => continue,
        };
        let [zh, hant, en] = words;
        let text = view.words(&[&zh, &hant, &en]).to_owned();
        checks.push(Check { level, text, link: Some(scheme) });
    }
    for product in products.iter().take(limits::BLOCK_ROWS_MAX) {
        for number in body::texts(&product.body, "standards") {
            let (link, status) = view.standard(number)?;
            if status.is_some_and(|s| matches!(s.code.as_str(), "withdrawn" | "replaced")) {
                let name = view.title(product);
                let [zh, hant, en] = [
                    format!("{name}执行的标准 {number} 已经废止或被代替。"),
                    format!("{name}執行的標準 {number} 已經廢止或被代替。"),
                    format!("{name} cites {number}, which has been withdrawn or replaced."),
                ];
                let text = view.words(&[&zh, &hant, &en]).to_owned();
                checks.push(Check { level: CheckLevel::Act, text, link: Some(link) });
            }
        }
    }
    checks.truncate(limits::BLOCK_ROWS_MAX);
    if checks.is_empty() {
        checks.push(Check {
            level: CheckLevel::Good,
            text: view
                .words(&[
                    "登记簿中没有需要处理的事项。",
                    "登記簿中沒有需要處理的事項。",
                    "Nothing in the register calls for attention.",
                ])
                .to_owned(),
            link: None,
        });
    }
    let _ = entry;
    Ok(checks)
}

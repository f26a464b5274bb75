//! The records around an enterprise that the rules need, read by reference.

use std::collections::BTreeSet;

use register::{Entry, Kind};

use crate::store::{At, Reader, Result};
use crate::web::project::body;

/// What every enterprise's records are judged against: all schemes, and the penalties for false
/// reports, which concern whoever relied on them.
#[derive(Debug)]
pub(super) struct Shared {
    pub records: Vec<Entry>,
}

impl Shared {
    pub fn read(reader: &Reader, at: At) -> Result<Shared> {
        let mut records = Vec::new();
        reader.records(Kind::Scheme, at, &mut |entry| {
            records.push(entry);
            Ok(())
        })?;
        reader.records(Kind::Penalty, at, &mut |entry| {
            let reports = !body::texts(&entry.body, "report_numbers").is_empty();
            if reports || body::text(&entry.body, "act").contains("虚假") {
                records.push(entry);
            }
            Ok(())
        })?;
        Ok(Shared { records })
    }
}

/// The enterprise a listing is granted to, by its own fields.
pub(super) fn holder(listing: &Entry) -> Option<&str> {
    let b = &listing.body;
    match body::subject(b) {
        ("enterprise", key) => Some(key),
        // A product's listing is found through the product.
        ("product", key) => Some(key),
        _ => body::maybe(b, "holder"),
    }
}

/// Records that are gathered, each once.
#[derive(Default)]
struct Gathered {
    seen: BTreeSet<u64>,
    records: Vec<Entry>,
}

impl Gathered {
    fn add(&mut self, entries: impl IntoIterator<Item = Entry>) {
        for entry in entries {
            if self.seen.insert(entry.seq) {
                self.records.push(entry);
            }
        }
    }
}

/// The enterprise, what it holds, and all that refers to either.
pub(super) fn enterprise(
    reader: &Reader,
    at: At,
    key: &str,
    shared: &Shared,
) -> Result<Vec<Entry>> {
    let mut all =
        Gathered { seen: shared.records.iter().map(|e| e.seq).collect(), ..Gathered::default() };
    // With its earlier versions: another name under the same code is a finding.
    let mut versions = reader.history(Kind::Enterprise, key)?;
    versions.retain(|version| version.seq < at.known);
    all.add(versions);
    let referring = |kind| reader.referring(kind, Kind::Enterprise, key, at);
    for kind in [Kind::Inspection, Kind::Recall, Kind::Restriction, Kind::Penalty] {
        all.add(referring(kind)?);
    }
    let mut evaluations = referring(Kind::Evaluation)?;
    // Those it made as evaluator belong to whom it evaluated.
    evaluations.retain(|one| body::subject(&one.body) == ("enterprise", key));
    all.add(evaluations);
    let products = referring(Kind::Product)?;
    let own: BTreeSet<String> = products.iter().map(|product| product.key.clone()).collect();
    for product in &own {
        of_product(reader, at, product, &mut all)?;
    }
    all.add(products);
    let listings = referring(Kind::Listing)?;
    let codes = referring(Kind::Code)?;
    let mut others = BTreeSet::new();
    for entry in listings.iter().chain(&codes) {
        let product = match entry.kind {
            Kind::Code => body::text(&entry.body, "product"),
            _ => Some(body::subject(&entry.body)).filter(|s| s.0 == "product").map_or("", |s| s.1),
        };
        if !product.is_empty() && !own.contains(product) {
            others.insert(product.to_owned());
        }
    }
    all.add(listings.into_iter().chain(codes));
    // Held by another enterprise than the listing says: judged whole, or half of it would look odd.
    for product in &others {
        if let Some(entry) = reader.record(Kind::Product, product, at)? {
            let maker = body::text(&entry.body, "holder").to_owned();
            all.add([entry]);
            all.add(reader.record(Kind::Enterprise, &maker, at)?);
            all.add(reader.referring(Kind::Listing, Kind::Enterprise, &maker, at)?);
            for kind in [Kind::Inspection, Kind::Recall] {
                all.add(reader.referring(kind, Kind::Enterprise, &maker, at)?);
            }
        }
        of_product(reader, at, product, &mut all)?;
    }
    let numbers: BTreeSet<String> = all.records.iter().flat_map(cited).collect();
    for number in &numbers {
        all.add(reader.record(Kind::Standard, number, at)?);
    }
    Ok(all.records)
}

fn of_product(reader: &Reader, at: At, key: &str, all: &mut Gathered) -> Result<()> {
    for kind in [Kind::Listing, Kind::Evaluation, Kind::Comparison, Kind::Code] {
        all.add(reader.referring(kind, Kind::Product, key, at)?);
    }
    Ok(())
}

/// Standards a record cites.
fn cited(entry: &Entry) -> Vec<String> {
    let own = body::texts(&entry.body, "standards").into_iter();
    let baselines = body::objects(&entry.body, "baselines").into_iter();
    own.chain(baselines.map(|baseline| body::text(baseline, "standard")))
        .filter(|number| !number.is_empty())
        .map(str::to_owned)
        .collect()
}

/// What listings without a holder are judged against beside the schemes.
pub(super) fn unheld(reader: &Reader, at: At, listings: &[Entry]) -> Result<Vec<Entry>> {
    let numbers: BTreeSet<String> = listings.iter().flat_map(cited).collect();
    let mut standards = Vec::new();
    for number in &numbers {
        standards.extend(reader.record(Kind::Standard, number, at)?);
    }
    Ok(standards)
}

/// The enterprises whose findings a record may change.
pub(super) fn enterprises(reader: &Reader, at: At, entry: &Entry) -> Result<Vec<String>> {
    let b = &entry.body;
    let of = |name: &str, field: &str| body::object(b, name).map_or("", |o| body::text(o, field));
    let mut keys = vec![
        body::text(b, "holder"),
        of("producer", "uscc"),
        of("party", "uscc"),
        if entry.kind == Kind::Enterprise { &entry.key } else { "" },
        if entry.kind == Kind::Restriction { body::text(b, "subject") } else { "" },
    ];
    let mut product = body::text(b, "product");
    match body::subject(b) {
        ("enterprise", key) => keys.push(key),
        ("product", key) => product = key,
        _ => {}
    }
    let maker = match product {
        "" => None,
        key => reader.record(Kind::Product, key, at)?,
    };
    let maker = maker.as_ref().map_or("", |product| body::text(&product.body, "holder"));
    keys.push(maker);
    Ok(keys.into_iter().filter(|key| !key.is_empty()).map(str::to_owned).collect())
}

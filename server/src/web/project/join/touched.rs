//! The rows a few new entries touch, read by reference.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use register::{Entry, Kind};
use search::Row;
use search::catalogue::Catalogue;

use super::super::facts::{self, Grant, Holder, Places};
use super::super::rows::{self, EnterpriseParts, Product, ProductParts};
use super::super::{body, comparison, service, supervision_rows};
use super::{
    SUPERVISION, bare, count_grant, firm, name_of_holder, name_of_other, name_of_place,
    name_of_product, name_of_standard, position,
};
use crate::store::{At, Reader, Result};

/// The rows that entries `from..at.known` touch: changed rows and gone keys, by catalogue.
#[derive(Debug, Default)]
pub struct Touched {
    /// By [`Catalogue::ALL`]: new versions of rows.
    pub rows: [Vec<Row>; Catalogue::COUNT],
    /// By [`Catalogue::ALL`]: keys without a record now.
    pub gone: [Vec<String>; Catalogue::COUNT],
}

/// Keys to be looked at again, by catalogue, found from new entries.
#[derive(Debug, Default)]
struct Keys {
    products: BTreeSet<String>,
    enterprises: BTreeSet<String>,
    standards: BTreeSet<String>,
    listings: BTreeSet<String>,
    notices: BTreeSet<(Kind, String)>,
    services: BTreeSet<String>,
    supervision: BTreeSet<(Kind, String)>,
}

/// Reads again what `entries` touch, at `at`. `places` and scheme names must be current already.
///
/// # Errors
/// When the register cannot be read.
pub fn touched(reader: &Reader, at: At, entries: &[Entry], places: &Places) -> Result<Touched> {
    let mut keys = Keys::default();
    for entry in entries {
        // What a record said before counts too: a product that changes hands leaves a list.
        let earlier = reader.history(entry.kind, &entry.key)?;
        for version in earlier.iter().chain(std::iter::once(entry)) {
            collect(reader, at, version, &mut keys)?;
        }
    }
    let mut touched = Touched::default();
    let mut put = |catalogue: Catalogue, key: &str, row: Option<Row>| {
        let i = position(catalogue);
        match row {
            Some(row) => touched.rows[i].push(row),
            None => touched.gone[i].push(key.to_owned()),
        }
    };
    for key in &keys.products {
        put(Catalogue::Products, key, product_row(reader, at, key, places)?);
    }
    for key in &keys.enterprises {
        put(Catalogue::Enterprises, key, enterprise_row(reader, at, key, places)?);
    }
    for key in &keys.standards {
        put(Catalogue::Standards, key, standard_row(reader, at, key)?);
    }
    for key in &keys.listings {
        put(Catalogue::Listings, key, listing_row(reader, at, key, places)?);
    }
    for (kind, key) in &keys.notices {
        let row = reader.record(*kind, key, at)?.map(|entry| rows::notice(&entry, at.as_of));
        put(Catalogue::Notices, key, row);
    }
    for key in &keys.services {
        let row = reader.record(Kind::Service, key, at)?.map(|entry| service::row(&entry, places));
        put(Catalogue::Services, key, row);
    }
    for (kind, key) in &keys.supervision {
        let Some(catalogue) = supervision_rows::catalogue(*kind) else { continue };
        let row = match reader.record(*kind, key, at)? {
            Some(entry) => {
                let party = supervision_rows::party(&entry);
                let firm = reader.record(Kind::Enterprise, party, at)?.map(|entry| firm(&entry));
                supervision_rows::row(&entry, firm.as_ref(), places, at.as_of)
            }
            None => None,
        };
        put(catalogue, key, row);
    }
    Ok(touched)
}

fn collect(reader: &Reader, at: At, entry: &Entry, keys: &mut Keys) -> Result<()> {
    let b = &entry.body;
    let own = |list: Vec<&str>| -> Vec<String> { list.into_iter().map(str::to_owned).collect() };
    match entry.kind {
        Kind::Product => {
            keys.products.insert(entry.key.clone());
            keys.enterprises.insert(body::text(b, "holder").to_owned());
            keys.standards.extend(own(body::texts(b, "standards")));
            for listing in reader.referring(Kind::Listing, Kind::Product, &entry.key, at)? {
                keys.standards.extend(own(body::texts(&listing.body, "standards")));
                keys.listings.insert(listing.key);
            }
        }
        Kind::Enterprise => {
            keys.enterprises.insert(entry.key.clone());
            for product in reader.referring(Kind::Product, Kind::Enterprise, &entry.key, at)? {
                keys.products.insert(product.key);
            }
            for listing in reader.referring(Kind::Listing, Kind::Enterprise, &entry.key, at)? {
                keys.listings.insert(listing.key);
            }
            for kind in SUPERVISION {
                for record in reader.referring(kind, Kind::Enterprise, &entry.key, at)? {
                    keys.supervision.insert((kind, record.key));
                }
            }
        }
        Kind::Inspection | Kind::Penalty | Kind::Restriction => {
            keys.supervision.insert((entry.kind, entry.key.clone()));
        }
        Kind::Standard => {
            keys.standards.insert(entry.key.clone());
            for listing in reader.referring(Kind::Listing, Kind::Standard, &entry.key, at)? {
                keys.listings.insert(listing.key);
            }
        }
        Kind::Listing => {
            keys.listings.insert(entry.key.clone());
            keys.standards.extend(own(body::texts(b, "standards")));
            if let Some(holder) = body::maybe(b, "holder") {
                keys.enterprises.insert(holder.to_owned());
            }
            match body::subject(b) {
                ("product", key) => {
                    keys.products.insert(key.to_owned());
                    if let Some(product) = reader.record(Kind::Product, key, at)? {
                        keys.enterprises.insert(body::text(&product.body, "holder").to_owned());
                    }
                }
                ("enterprise", key) => {
                    keys.enterprises.insert(key.to_owned());
                }
                _ => {}
            }
        }
        Kind::Evaluation | Kind::Comparison => {
            if let ("product", key) = body::subject(b) {
                keys.products.insert(key.to_owned());
            }
        }
        Kind::Notice | Kind::Recall => {
            keys.notices.insert((entry.kind, entry.key.clone()));
        }
        Kind::Service => {
            keys.services.insert(entry.key.clone());
        }
        _ => {}
    }
    Ok(())
}

fn holder(reader: &Reader, at: At, key: &str) -> Result<Option<Holder>> {
    Ok(match key {
        "" => None,
        key => reader.record(Kind::Enterprise, key, at)?.map(|entry| Holder::of(&entry)),
    })
}

/// Listings whose subject is this record.
pub fn listings_of(reader: &Reader, at: At, kind: Kind, key: &str) -> Result<Vec<Entry>> {
    let mut listings = reader.referring(Kind::Listing, kind, key, at)?;
    listings.retain(|listing| {
        facts::subject_kind(&listing.body) == Some(kind) && body::subject(&listing.body).1 == key
    });
    Ok(listings)
}

/// Records of `from` whose subject is this product.
pub fn about_product(reader: &Reader, at: At, from: Kind, key: &str) -> Result<Vec<Entry>> {
    let mut records = reader.referring(from, Kind::Product, key, at)?;
    records.retain(|record| body::subject(&record.body) == ("product", key));
    Ok(records)
}

fn product_row(reader: &Reader, at: At, key: &str, places: &Places) -> Result<Option<Row>> {
    let Some(entry) = reader.record(Kind::Product, key, at)? else { return Ok(None) };
    let product = Product::of(&entry);
    let mut changed = product.changed;
    let mut see = |entry: &Entry| changed = changed.max(Some(entry.valid_from));
    let listings = listings_of(reader, at, Kind::Product, key)?;
    listings.iter().for_each(&mut see);
    let grants: Vec<Grant> = listings.iter().map(|entry| Grant::of(entry, at.as_of)).collect();
    let mut score: Option<(NaiveDate, f64)> = None;
    for evaluation in about_product(reader, at, Kind::Evaluation, key)? {
        see(&evaluation);
        if let Some(new) = facts::standard_level(&evaluation)
            && score.is_none_or(|old| old.0 <= new.0)
        {
            score = Some(new);
        }
    }
    let comparisons = about_product(reader, at, Kind::Comparison, key)?;
    comparisons.iter().for_each(&mut see);
    let indicator = comparisons.first().map(comparison::indicator);
    let holder = holder(reader, at, &product.holder)?;
    let joined = ProductParts {
        product: &product,
        holder: holder.as_ref(),
        grants: &grants,
        score: score.map(|(_, score)| score),
        indicator: indicator.as_ref(),
        changed,
    };
    Ok(Some(rows::product(&joined, places)))
}

fn enterprise_row(reader: &Reader, at: At, key: &str, places: &Places) -> Result<Option<Row>> {
    let Some(entry) = reader.record(Kind::Enterprise, key, at)? else { return Ok(None) };
    let mut parts = EnterpriseParts::default();
    let mut held = BTreeSet::new();
    for product in reader.referring(Kind::Product, Kind::Enterprise, key, at)? {
        if body::text(&product.body, "holder") == key {
            parts.products += 1;
            parts.changed = parts.changed.max(Some(product.valid_from));
            held.insert(product.key);
        }
    }
    let mut listings: BTreeMap<String, Entry> = BTreeMap::new();
    for listing in reader.referring(Kind::Listing, Kind::Enterprise, key, at)? {
        listings.insert(listing.key.clone(), listing);
    }
    for product in &held {
        for listing in listings_of(reader, at, Kind::Product, product)? {
            listings.insert(listing.key.clone(), listing);
        }
    }
    for listing in listings.values() {
        let (kind, subject) = body::subject(&listing.body);
        let own = match (kind, body::maybe(&listing.body, "holder")) {
            ("enterprise", _) => subject == key,
            (_, Some(holder)) => holder == key,
            ("product", None) => held.contains(subject),
            _ => false,
        };
        if own {
            count_grant(&mut parts, &Grant::of(listing, at.as_of), listing.valid_from);
        }
    }
    Ok(Some(rows::enterprise(&entry, &parts, places)))
}

/// Keys of the products that claim a standard or are listed under it.
pub fn products_under(reader: &Reader, at: At, standard: &str) -> Result<BTreeSet<String>> {
    let mut products = BTreeSet::new();
    for product in reader.referring(Kind::Product, Kind::Standard, standard, at)? {
        if body::texts(&product.body, "standards").contains(&standard) {
            products.insert(product.key);
        }
    }
    for listing in reader.referring(Kind::Listing, Kind::Standard, standard, at)? {
        if body::texts(&listing.body, "standards").contains(&standard)
            && let ("product", key) = body::subject(&listing.body)
            && reader.record(Kind::Product, key, at)?.is_some()
        {
            products.insert(key.to_owned());
        }
    }
    Ok(products)
}

fn standard_row(reader: &Reader, at: At, key: &str) -> Result<Option<Row>> {
    let Some(entry) = reader.record(Kind::Standard, key, at)? else { return Ok(None) };
    let products = products_under(reader, at, key)?.len();
    Ok(Some(rows::standard(&entry, i64::try_from(products).unwrap_or(i64::MAX))))
}

fn listing_row(reader: &Reader, at: At, key: &str, places: &Places) -> Result<Option<Row>> {
    let Some(entry) = reader.record(Kind::Listing, key, at)? else { return Ok(None) };
    let (kind, subject) = body::subject(&entry.body);
    let product = match kind {
        "product" => reader.record(Kind::Product, subject, at)?.map(|entry| Product::of(&entry)),
        _ => None,
    };
    let holder_key = match (&product, kind) {
        (_, "enterprise") => subject,
        (Some(product), _) => body::maybe(&entry.body, "holder").unwrap_or(&product.holder),
        _ => body::text(&entry.body, "holder"),
    };
    let holder = holder(reader, at, holder_key)?;
    let name = match (&product, kind) {
        (Some(product), _) => name_of_product(product),
        (_, "enterprise") => holder.as_ref().map_or_else(|| bare(subject), name_of_holder),
        (_, "standard") => reader
            .record(Kind::Standard, subject, at)?
            .map_or_else(|| bare(subject), |entry| name_of_standard(&entry)),
        (_, "place") => name_of_place(places, subject),
        _ => name_of_other(&entry, subject),
    };
    Ok(Some(rows::listing(&entry, &name, holder.as_ref(), places, at.as_of)))
}

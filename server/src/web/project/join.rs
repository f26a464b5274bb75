//! All rows of all catalogues at one point in time, read in one pass over the records; and the rows
//! a few new entries touch, read by reference.
//!
//! Both ways join the same facts with the same functions ([`super::rows`]); a test holds that they
//! give the same rows.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;
use register::status::Status;
use register::{Entry, Kind};
use search::Row;
use search::catalogue::Catalogue;

use super::comparison;
use super::coverage::{self, Sources};
use super::facts::{self, Grant, Holder, Indicator, Places};
use super::policies::Papers;
use super::rows::{self, EnterpriseParts, Product, ProductParts, SubjectName};
use super::{body, service, supervision_rows, systems};
use crate::store::{At, Reader, Result};

/// Kinds that have a catalogue of their own.
pub const LISTED: [Kind; 10] = [
    Kind::Product,
    Kind::Enterprise,
    Kind::Standard,
    Kind::Listing,
    Kind::Notice,
    Kind::Recall,
    Kind::Inspection,
    Kind::Penalty,
    Kind::Restriction,
    Kind::Service,
];

/// Kinds of supervision, each a catalogue of its own.
const SUPERVISION: [Kind; 3] = [Kind::Inspection, Kind::Penalty, Kind::Restriction];

/// Every row of every catalogue.
#[derive(Debug, Default)]
pub struct Rows {
    /// By [`Catalogue::ALL`].
    pub of: [Vec<Row>; Catalogue::COUNT],
    /// Places.
    pub places: Places,
    /// Names of schemes, three languages.
    pub schemes: BTreeMap<String, [String; 3]>,
    /// Records held of every system, in the table's order.
    pub loaded: Vec<u64>,
    /// Names of policies and departments, by facet and key.
    pub papers: BTreeMap<&'static str, BTreeMap<String, [String; 3]>>,
    /// Clauses that name a system, by system.
    pub clauses: Arc<BTreeMap<String, u64>>,
    /// Targets; their rows are made when somebody asks, since each is counted then.
    pub targets: usize,
    /// Names of enterprises that products, listings or notices name.
    pub holders: HashMap<String, Holder>,
    /// Where the records of every catalogue come from.
    pub sources: Sources,
}

/// Index of a catalogue in [`Catalogue::ALL`].
pub fn position(catalogue: Catalogue) -> usize {
    Catalogue::ALL.iter().position(|one| *one == catalogue).unwrap_or_default()
}

#[derive(Default)]
struct OfProduct {
    grants: Vec<Grant>,
    score: Option<(NaiveDate, f64)>,
    indicator: Option<Indicator>,
    changed: Option<NaiveDate>,
}

/// Reads everything but inconsistencies. `today` is the day on which it is shown, whatever day it is
/// about. `progress` is told what is being read.
///
/// # Errors
/// When the register cannot be read.
pub fn all(reader: &Reader, at: At, today: NaiveDate, progress: &dyn Fn(&str)) -> Result<Rows> {
    let mut found = Rows::default();
    progress("places and schemes");
    reader.records(Kind::Place, at, &mut |entry| {
        found.places.add(&entry);
        Ok(())
    })?;
    reader.records(Kind::Scheme, at, &mut |entry| {
        found.schemes.insert(entry.key.clone(), body::names(&entry.body));
        Ok(())
    })?;
    progress("enterprises");
    let mut enterprises = Vec::new();
    reader.records(Kind::Enterprise, at, &mut |entry| {
        coverage::count(&mut found.sources, &entry);
        found.holders.insert(entry.key.clone(), Holder::of(&entry));
        enterprises.push((entry, EnterpriseParts::default()));
        Ok(())
    })?;
    let place_of_enterprise: HashMap<String, usize> =
        enterprises.iter().enumerate().map(|(i, (entry, _))| (entry.key.clone(), i)).collect();

    progress("products");
    let mut products = Vec::new();
    reader.records(Kind::Product, at, &mut |entry| {
        coverage::count(&mut found.sources, &entry);
        products.push(Product::of(&entry));
        Ok(())
    })?;
    let place_of_product: HashMap<String, usize> =
        products.iter().enumerate().map(|(i, product)| (product.key.clone(), i)).collect();
    let mut parts: Vec<OfProduct> = products.iter().map(|_| OfProduct::default()).collect();

    progress("standards");
    let mut standards = Vec::new();
    reader.records(Kind::Standard, at, &mut |entry| {
        coverage::count(&mut found.sources, &entry);
        standards.push(entry);
        Ok(())
    })?;
    let standard_titles: HashMap<&str, &Entry> =
        standards.iter().map(|entry| (entry.key.as_str(), entry)).collect();

    progress("listings");
    let mut listing_rows = Vec::new();
    reader.records(Kind::Listing, at, &mut |entry| {
        coverage::count(&mut found.sources, &entry);
        let grant = Grant::of(&entry, at.as_of);
        let (kind, key) = body::subject(&entry.body);
        let product = (kind == "product").then(|| place_of_product.get(key)).flatten();
        let holder_key = match (product, kind) {
            (_, "enterprise") => key,
            (Some(i), _) => body::maybe(&entry.body, "holder").unwrap_or(&products[*i].holder),
            _ => body::text(&entry.body, "holder"),
        };
        let subject = match (product, kind) {
            (Some(i), _) => name_of_product(&products[*i]),
            (_, "enterprise") => {
                found.holders.get(key).map(name_of_holder).unwrap_or_else(|| bare(key))
            }
            (_, "standard") => {
                standard_titles.get(key).map_or_else(|| bare(key), |entry| name_of_standard(entry))
            }
            (_, "place") => name_of_place(&found.places, key),
            _ => name_of_other(&entry, key),
        };
        let holder = found.holders.get(holder_key);
        listing_rows.push(rows::listing(&entry, &subject, holder, &found.places, at.as_of));
        if let Some(i) = place_of_enterprise.get(holder_key) {
            count_grant(&mut enterprises[*i].1, &grant, entry.valid_from);
        }
        if let Some(i) = product {
            parts[*i].changed = parts[*i].changed.max(Some(entry.valid_from));
            parts[*i].grants.push(grant);
        }
        Ok(())
    })?;

    progress("evaluations and comparisons");
    reader.records(Kind::Evaluation, at, &mut |entry| {
        if let ("product", key) = body::subject(&entry.body)
            && let Some(i) = place_of_product.get(key)
        {
            let part = &mut parts[*i];
            part.changed = part.changed.max(Some(entry.valid_from));
            if let Some(score) = facts::standard_level(&entry)
                && part.score.is_none_or(|old| old.0 <= score.0)
            {
                part.score = Some(score);
            }
        }
        Ok(())
    })?;
    reader.records(Kind::Comparison, at, &mut |entry| {
        if let ("product", key) = body::subject(&entry.body)
            && let Some(i) = place_of_product.get(key)
        {
            let part = &mut parts[*i];
            part.changed = part.changed.max(Some(entry.valid_from));
            if part.indicator.is_none() {
                part.indicator = Some(comparison::indicator(&entry));
            }
        }
        Ok(())
    })?;

    progress("notices and recalls");
    let notices = &mut found.of[position(Catalogue::Notices)];
    for kind in [Kind::Notice, Kind::Recall] {
        reader.records(kind, at, &mut |entry| {
            coverage::count(&mut found.sources, &entry);
            notices.push(rows::notice(&entry, at.as_of));
            Ok(())
        })?;
    }

    progress("services");
    let services = &mut found.of[position(Catalogue::Services)];
    reader.records(Kind::Service, at, &mut |entry| {
        coverage::count(&mut found.sources, &entry);
        services.push(service::row(&entry, &found.places));
        Ok(())
    })?;
    progress("supervision");
    for kind in SUPERVISION {
        let Some(catalogue) = supervision_rows::catalogue(kind) else { continue };
        reader.records(kind, at, &mut |entry| {
            coverage::count(&mut found.sources, &entry);
            let party = supervision_rows::party(&entry);
            let firm = place_of_enterprise.get(party).map(|i| firm(&enterprises[*i].0));
            let row = supervision_rows::row(&entry, firm.as_ref(), &found.places, today);
            found.of[position(catalogue)].extend(row);
            Ok(())
        })?;
    }

    progress("rows");
    let mut products_of_standard: HashMap<String, i64> = HashMap::new();
    let product_rows = &mut found.of[position(Catalogue::Products)];
    for (product, part) in products.iter().zip(&parts) {
        for standard in product.all_standards(&part.grants) {
            *products_of_standard.entry(standard).or_default() += 1;
        }
        if let Some(i) = place_of_enterprise.get(&product.holder) {
            enterprises[*i].1.products += 1;
            enterprises[*i].1.changed = enterprises[*i].1.changed.max(product.changed);
        }
        let joined = ProductParts {
            product,
            holder: found.holders.get(&product.holder),
            grants: &part.grants,
            score: part.score.map(|(_, score)| score),
            indicator: part.indicator.as_ref(),
            changed: product.changed.max(part.changed),
        };
        product_rows.push(rows::product(&joined, &found.places));
    }
    found.of[position(Catalogue::Enterprises)] = enterprises
        .iter()
        .map(|(entry, parts)| rows::enterprise(entry, parts, &found.places))
        .collect();
    found.of[position(Catalogue::Standards)] = standards
        .iter()
        .map(|entry| {
            rows::standard(entry, products_of_standard.get(&entry.key).copied().unwrap_or(0))
        })
        .collect();
    found.of[position(Catalogue::Listings)] = listing_rows;
    let tallies = COUNTED.map(|(catalogue, facet)| {
        let spec = search::spec(catalogue);
        let mut tally: BTreeMap<String, u64> = BTreeMap::new();
        for row in &found.of[position(catalogue)] {
            for code in row.codes(spec, facet) {
                *tally.entry(code.clone()).or_default() += 1;
            }
        }
        tally
    });
    papers(&mut found, &Papers::read(reader, at)?, at.as_of);
    let counts = systems::Counts::read(reader, at, tallies, Arc::clone(&found.clauses))?;
    found.of[position(Catalogue::Systems)] = systems::rows(&counts);
    found.loaded = counts.of_all();
    Ok(found)
}

/// The rows of policies and departments: a hundred, made as a whole.
pub fn papers(rows: &mut Rows, papers: &Papers, as_of: NaiveDate) {
    rows.of[position(Catalogue::Policies)] = papers.policy_rows(&rows.places, as_of);
    rows.of[position(Catalogue::Departments)] = papers.department_rows(&rows.places);
    rows.papers = papers.labels();
    rows.targets = papers.targets.len();
    rows.clauses = Arc::new(papers.clauses());
}

/// What tells the systems apart: listings by scheme, notices by type, standards by family.
pub const COUNTED: [(Catalogue, &str); 3] = [
    (Catalogue::Listings, "scheme"),
    (Catalogue::Notices, "type"),
    (Catalogue::Standards, "family"),
];

/// What rows of supervision show of an enterprise: name, place, sector.
fn firm(entry: &Entry) -> (Holder, String) {
    (Holder::of(entry), body::text(&entry.body, "sector").to_owned())
}

fn count_grant(parts: &mut EnterpriseParts, grant: &Grant, changed: NaiveDate) {
    parts.valid += i64::from(grant.status == Status::Valid);
    parts.schemes.insert(grant.scheme.clone());
    parts.changed = parts.changed.max(Some(changed));
}

fn name_of_product(product: &Product) -> SubjectName {
    let [name, name_en] = product.name.clone();
    SubjectName {
        words: [name, name_en, product.brand.clone(), product.model.clone()],
        place: String::new(),
        sector: product.sector.clone(),
    }
}

fn name_of_holder(holder: &Holder) -> SubjectName {
    SubjectName {
        words: [holder.name.clone(), holder.name_en.clone(), String::new(), String::new()],
        place: holder.place.clone(),
        sector: holder.sector.clone(),
    }
}

fn name_of_standard(entry: &Entry) -> SubjectName {
    let title = format!("{} {}", entry.key, body::text(&entry.body, "title_zh"));
    let title_en = match body::text(&entry.body, "title_en") {
        "" => String::new(),
        title => format!("{} {title}", entry.key),
    };
    SubjectName { words: [title, title_en, String::new(), String::new()], ..SubjectName::default() }
}

fn name_of_place(places: &Places, code: &str) -> SubjectName {
    let [zh, _, en] = places.names(code);
    SubjectName {
        words: [zh, en, String::new(), String::new()],
        place: code.to_owned(),
        ..SubjectName::default()
    }
}

/// A person, a team or a bare name: what the list prints.
fn name_of_other(entry: &Entry, key: &str) -> SubjectName {
    let subject = body::object(&entry.body, "subject");
    let person = subject.is_some_and(|subject| body::text(subject, "kind") == "person");
    let printed = subject
        .and_then(|subject| body::maybe(subject, "name"))
        .or_else(|| body::maybe(&entry.body, "person_name"));
    match printed {
        // A name that was never published, or had to be taken out, is not replaced by its key.
        None if person => SubjectName {
            words: ["姓名未公布", "name not published", "", ""].map(str::to_owned),
            ..SubjectName::default()
        },
        None => bare(key),
        Some(printed) => bare(printed),
    }
}

fn bare(name: &str) -> SubjectName {
    SubjectName {
        words: [name.to_owned(), String::new(), String::new(), String::new()],
        ..SubjectName::default()
    }
}

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

//! All rows of all catalogues at one point in time, read in one pass over the records; and the rows
//! a few new entries touch, read by reference.
//!
//! Both ways join the same facts with the same functions ([`super::rows`]); a test holds that they
//! give the same rows.

use std::collections::{BTreeMap, HashMap};
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

mod touched;

pub use self::touched::{about_product, listings_of, products_under, touched};

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

/// Which kinds' records the rows of a catalogue are put together from, beside places, schemes and
/// enterprises, which are few. Without a catalogue: all.
fn needs(only: Option<Catalogue>, kind: Kind) -> bool {
    let Some(only) = only else { return true };
    match kind {
        Kind::Product | Kind::Listing => matches!(
            only,
            Catalogue::Products
                | Catalogue::Enterprises
                | Catalogue::Listings
                | Catalogue::Standards
        ),
        Kind::Standard => matches!(only, Catalogue::Standards | Catalogue::Listings),
        Kind::Evaluation | Kind::Comparison => only == Catalogue::Products,
        Kind::Notice | Kind::Recall => only == Catalogue::Notices,
        Kind::Service => only == Catalogue::Services,
        kind => supervision_rows::catalogue(kind) == Some(only),
    }
}

/// The kinds of [`LISTED`] whose records are read for the rows of one catalogue, or of all.
pub fn read_for(only: Option<Catalogue>) -> impl Iterator<Item = Kind> {
    LISTED.into_iter().filter(move |kind| *kind == Kind::Enterprise || needs(only, *kind))
}

/// Reads everything but inconsistencies, or what `only` one catalogue consists of: the other catalogues
/// stay empty then. `today` is the day on which it is shown, whatever day it is about. `progress` is told
/// what is being read.
///
/// # Errors
/// When the register cannot be read.
pub fn all(
    reader: &Reader,
    at: At,
    today: NaiveDate,
    only: Option<Catalogue>,
    progress: &dyn Fn(&str),
) -> Result<Rows> {
    let wanted = |catalogue| only.is_none_or(|only| only == catalogue);
    let records = |kind, each: &mut dyn FnMut(Entry) -> Result<()>| match needs(only, kind) {
        true => reader.records(kind, at, each),
        false => Ok(()),
    };
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
    records(Kind::Product, &mut |entry| {
        coverage::count(&mut found.sources, &entry);
        products.push(Product::of(&entry));
        Ok(())
    })?;
    let place_of_product: HashMap<String, usize> =
        products.iter().enumerate().map(|(i, product)| (product.key.clone(), i)).collect();
    let mut parts: Vec<OfProduct> = products.iter().map(|_| OfProduct::default()).collect();

    progress("standards");
    let mut standards = Vec::new();
    records(Kind::Standard, &mut |entry| {
        coverage::count(&mut found.sources, &entry);
        standards.push(entry);
        Ok(())
    })?;
    let standard_titles: HashMap<&str, &Entry> =
        standards.iter().map(|entry| (entry.key.as_str(), entry)).collect();

    progress("listings");
    let mut listing_rows = Vec::new();
    records(Kind::Listing, &mut |entry| {
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
        if wanted(Catalogue::Listings) {
            listing_rows.push(rows::listing(&entry, &subject, holder, &found.places, at.as_of));
        }
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
    records(Kind::Evaluation, &mut |entry| {
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
    records(Kind::Comparison, &mut |entry| {
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
        records(kind, &mut |entry| {
            coverage::count(&mut found.sources, &entry);
            notices.push(rows::notice(&entry, at.as_of));
            Ok(())
        })?;
    }

    progress("services");
    let services = &mut found.of[position(Catalogue::Services)];
    records(Kind::Service, &mut |entry| {
        coverage::count(&mut found.sources, &entry);
        services.push(service::row(&entry, &found.places));
        Ok(())
    })?;
    progress("supervision");
    for kind in SUPERVISION {
        let Some(catalogue) = supervision_rows::catalogue(kind) else { continue };
        records(kind, &mut |entry| {
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
        if !wanted(Catalogue::Products) {
            continue;
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
    let listed = enterprises.iter().filter(|_| wanted(Catalogue::Enterprises));
    found.of[position(Catalogue::Enterprises)] =
        listed.map(|(entry, parts)| rows::enterprise(entry, parts, &found.places)).collect();
    let listed = standards.iter().filter(|_| wanted(Catalogue::Standards));
    found.of[position(Catalogue::Standards)] = listed
        .map(|entry| {
            rows::standard(entry, products_of_standard.get(&entry.key).copied().unwrap_or(0))
        })
        .collect();
    found.of[position(Catalogue::Listings)] = listing_rows;
    papers(&mut found, &Papers::read(reader, at)?, at.as_of);
    if only.is_some() {
        return Ok(found);
    }
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

//! Every match of notices and recalls with the products and enterprises of a register, in one pass: what
//! the pages show one by one. For operators who want to read them before readers do, and for counting.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use register::matching::{
    Firm, Item, Kinds, Match, Reading, about_firm, about_item, brand_names, firm_form, firms_named,
    kinds_of,
};
use register::{Entry, Kind};
use serde_json::json;

use crate::reference::goods_at_end;
use crate::store::{At, Reader, Result};
use crate::web::project::{body, join};

/// How texts are read here: the search engine's folding and the table of product words.
#[must_use]
pub fn reading<'f>(known: &'f dyn Fn(&str) -> bool) -> Reading<'f> {
    Reading { fold: &fold, goods: &goods_at_end, known }
}

/// The search engine's folding.
#[must_use]
pub fn fold(text: &str) -> String {
    search::fold::fold(text)
}

/// One match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Product or enterprise.
    pub subject: (Kind, String),
    /// Its name, brand and model.
    pub subject_title: String,
    /// Notice or recall.
    pub record: (Kind, String),
    /// Its title.
    pub record_title: String,
    /// Why.
    pub found: Match,
}

impl Line {
    /// `certain` or `possible`.
    #[must_use]
    pub const fn degree(&self) -> &'static str {
        match self.found {
            Match::Certain(_) => "certain",
            Match::Possible(_) => "possible",
        }
    }

    /// What is the same.
    #[must_use]
    pub const fn why(&self) -> &'static str {
        match self.found {
            Match::Certain(by) => by.name(),
            Match::Possible(alike) => alike.name(),
        }
    }

    /// As one JSON object.
    #[must_use]
    pub fn as_json(&self) -> serde_json::Value {
        json!({
            "match": self.degree(), "by": self.why(),
            "subject": { "kind": self.subject.0.name(), "key": self.subject.1, "title": self.subject_title },
            "record": { "kind": self.record.0.name(), "key": self.record.1, "title": self.record_title },
        })
    }
}

/// All matches, and how many products and enterprises were looked at.
#[derive(Clone, Debug, Default)]
pub struct Matches {
    /// The matches, products first.
    pub lines: Vec<Line>,
    /// Products.
    pub products: u64,
    /// Enterprises.
    pub enterprises: u64,
    /// Notices and recalls.
    pub records: u64,
}

impl Matches {
    /// Products or enterprises with a match of this degree.
    #[must_use]
    pub fn subjects(&self, kind: Kind, degree: &str) -> u64 {
        let subjects: BTreeSet<&str> = self
            .lines
            .iter()
            .filter(|line| line.subject.0 == kind && line.degree() == degree)
            .map(|line| line.subject.1.as_str())
            .collect();
        subjects.len() as u64
    }
}

/// Notices and recalls in memory, with what finds those that can be about a product.
struct Records {
    all: Vec<Entry>,
    by_kind: HashMap<&'static str, Vec<usize>>,
    by_firm: HashMap<String, Vec<usize>>,
    notices: Vec<usize>,
}

impl Records {
    fn read(reader: &Reader, at: At) -> Result<Records> {
        let mut records = Records {
            all: Vec::new(),
            by_kind: HashMap::new(),
            by_firm: HashMap::new(),
            notices: Vec::new(),
        };
        for kind in [Kind::Notice, Kind::Recall] {
            reader.records(kind, at, &mut |entry| {
                let place = records.all.len();
                for goods in kinds_of(&entry, &goods_at_end) {
                    records.by_kind.entry(goods).or_default().push(place);
                }
                for firm in firms_named(&entry, &fold) {
                    records.by_firm.entry(firm).or_default().push(place);
                }
                if kind == Kind::Notice {
                    records.notices.push(place);
                }
                records.all.push(entry);
                Ok(())
            })?;
        }
        Ok(records)
    }

    /// Those that name such a firm, and every notice.
    fn of_firm(&self, firm: &Firm<'_>) -> impl Iterator<Item = &Entry> {
        let mut places: BTreeSet<usize> = self.notices.iter().copied().collect();
        let named = firm.names.iter().filter_map(|name| self.by_firm.get(&firm_form(name, &fold)));
        places.extend(named.flatten());
        places.into_iter().map(|place| &self.all[place])
    }

    /// Those of the same goods, and every notice.
    fn of(&self, kinds: &Kinds) -> impl Iterator<Item = &Entry> {
        let mut places: BTreeSet<usize> = self.notices.iter().copied().collect();
        places.extend(kinds.iter().filter_map(|kind| self.by_kind.get(kind)).flatten());
        places.into_iter().map(|place| &self.all[place])
    }
}

/// Looks for every match. `progress` is told how many of how many products are done.
///
/// # Errors
/// When the register cannot be read.
pub fn find(reader: &Reader, at: At, progress: &mut dyn FnMut(u64, u64)) -> Result<Matches> {
    let records = Records::read(reader, at)?;
    let mut products = Vec::new();
    let mut brands = BTreeSet::new();
    reader.records(Kind::Product, at, &mut |entry| {
        brands.extend(brand_names(body::text(&entry.body, "brand"), &fold));
        products.push(entry);
        Ok(())
    })?;
    let known = |brand: &str| brands.contains(brand);
    let read = reading(&known);
    let mut found = Matches {
        products: products.len() as u64,
        records: records.all.len() as u64,
        ..Matches::default()
    };
    let mut of_holder: HashMap<String, Vec<Entry>> = HashMap::new();
    for (done, product) in products.into_iter().enumerate() {
        progress(done as u64, found.products);
        let holder_key = body::text(&product.body, "holder").to_owned();
        let holder = reader.record(Kind::Enterprise, &holder_key, at)?;
        let listings = join::listings_of(reader, at, Kind::Product, &product.key)?;
        let item = Item::of(&product, holder.as_ref(), &listings);
        let mut own: BTreeMap<u64, Line> = BTreeMap::new();
        let mut see = |record: &Entry| {
            if let Some(how) = about_item(record, &item, &read) {
                own.insert(record.seq, line(&product, record, how));
            }
        };
        for kind in [Kind::Recall, Kind::Notice] {
            reader.referring(kind, Kind::Product, &product.key, at)?.iter().for_each(&mut see);
            reader.referring(kind, Kind::Enterprise, &holder_key, at)?.iter().for_each(&mut see);
        }
        records.of(&kinds_of(&product, &goods_at_end)).for_each(&mut see);
        found.lines.extend(own.into_values());
        of_holder.entry(holder_key).or_default().push(product);
    }
    reader.records(Kind::Enterprise, at, &mut |entry| {
        found.enterprises += 1;
        let own = of_holder.get(&entry.key).map_or(&[][..], Vec::as_slice);
        let firm = Firm::of(&entry).with_products(own);
        let mut own_lines: BTreeMap<u64, Line> = BTreeMap::new();
        let mut see = |record: &Entry| {
            if let Some(how) = about_firm(record, &firm, &read) {
                own_lines.insert(record.seq, line(&entry, record, how));
            }
        };
        for kind in [Kind::Recall, Kind::Notice] {
            reader.referring(kind, Kind::Enterprise, &entry.key, at)?.iter().for_each(&mut see);
        }
        records.of_firm(&firm).for_each(&mut see);
        found.lines.extend(own_lines.into_values());
        Ok(())
    })?;
    Ok(found)
}

fn line(subject: &Entry, record: &Entry, found: Match) -> Line {
    let b = &subject.body;
    let words = ["name_zh", "brand", "model"].map(|field| body::text(b, field));
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    let title = match body::text(&record.body, "heading") {
        "" => (record.kind.spec().title)(&record.body),
        heading => heading.to_owned(),
    };
    Line {
        subject: (subject.kind, subject.key.clone()),
        subject_title: words.join(" "),
        record: (record.kind, record.key.clone()),
        record_title: title,
        found,
    }
}

//! Rows of the search catalogues, joined from records. One function per catalogue.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use register::status::Status;
use register::{Entry, Kind};
use search::catalogue::Catalogue;
use search::{CatalogueSpec, Row};

use super::body;
use super::facts::{self, Grant, Holder, Indicator, Places};

/// Fills a row by column names, so that no position is ever written down here.
pub(super) struct Columns {
    spec: &'static CatalogueSpec,
    pub(super) row: Row,
}

impl Columns {
    pub(super) fn new(catalogue: Catalogue, key: &str) -> Columns {
        let spec = search::spec(catalogue);
        let mut row = spec.blank_row();
        key.clone_into(&mut row.key);
        Columns { spec, row }
    }

    pub(super) fn text(&mut self, name: &str, value: impl Into<String>) {
        if let Some(place) = self.spec.text(name) {
            self.row.texts[place] = value.into();
        }
    }

    pub(super) fn facet(&mut self, name: &str, codes: Vec<String>) {
        if let Some(place) = self.spec.facet(name) {
            self.row.facets[place] = codes.into_iter().filter(|code| !code.is_empty()).collect();
        }
    }

    pub(super) fn one(&mut self, name: &str, code: &str) {
        self.facet(name, vec![code.to_owned()]);
    }

    /// Of a record that is contested: so that its row, its filter and the shelf say it as its page does.
    pub(super) fn contested(&mut self, is: bool) {
        self.one("contested", if is { "yes" } else { "" });
    }

    pub(super) fn number(&mut self, name: &str, value: Option<i64>) {
        if let Some(place) = self.spec.number(name) {
            self.row.numbers[place] = value;
        }
    }

    pub(super) fn day(&mut self, name: &str, value: Option<NaiveDate>) {
        self.number(name, value.map(body::days));
    }

    pub(super) fn display(&mut self, name: &str, value: impl Into<String>) {
        if let Some(place) = self.spec.display(name) {
            self.row.display[place] = value.into();
        }
    }

    pub(super) fn finish(self) -> Row {
        self.row
    }
}

pub(super) fn year(date: Option<NaiveDate>) -> Vec<String> {
    date.map(|date| format!("{:04}", date.year())).into_iter().collect()
}

/// A product, cut down to what its own row and the rows of its listings show.
#[derive(Clone, Debug, Default)]
pub struct Product {
    /// Key.
    pub key: String,
    /// Names: Chinese, English.
    pub name: [String; 2],
    /// Model, with the variant where there is one.
    pub model: String,
    /// Brand.
    pub brand: String,
    /// Key of the holder.
    pub holder: String,
    /// Category path.
    pub category: String,
    /// Sector.
    pub sector: String,
    /// `on_sale` or `discontinued`.
    pub production: String,
    /// Standards it claims.
    pub standards: Vec<String>,
    /// GTINs, 14 digits.
    pub gtins: Vec<String>,
    /// Day of its latest entry.
    pub changed: Option<NaiveDate>,
    /// The record is contested.
    pub contested: bool,
}

impl Product {
    /// Of a product record.
    pub fn of(entry: &Entry) -> Product {
        let b = &entry.body;
        let own = |list: Vec<&str>| list.into_iter().map(str::to_owned).collect();
        Product {
            key: entry.key.clone(),
            name: [body::text(b, "name_zh").into(), body::text(b, "name_en").into()],
            model: body::text(b, "model").into(),
            brand: body::text(b, "brand").into(),
            holder: body::text(b, "holder").into(),
            category: body::text(b, "category").into(),
            sector: body::text(b, "sector").into(),
            production: body::text(b, "status").into(),
            standards: own(body::texts(b, "standards")),
            gtins: own(body::texts(b, "gtins")),
            changed: Some(entry.valid_from),
            contested: entry.is_contested(),
        }
    }

    /// Standards it claims, then those it is listed under, each once.
    pub fn all_standards(&self, grants: &[Grant]) -> Vec<String> {
        let mut seen = BTreeSet::new();
        self.standards
            .iter()
            .chain(grants.iter().flat_map(|grant| &grant.standards))
            .filter(|standard| seen.insert(standard.as_str()))
            .cloned()
            .collect()
    }
}

/// Everything a product's row is joined from.
#[derive(Debug)]
pub struct ProductParts<'p> {
    /// The product.
    pub product: &'p Product,
    /// Its holder, if that record exists.
    pub holder: Option<&'p Holder>,
    /// Its grants.
    pub grants: &'p [Grant],
    /// Latest score of the dimension `standard_level`, per hundred.
    pub score: Option<f64>,
    /// Its first indicator.
    pub indicator: Option<&'p Indicator>,
    /// Latest day of the records joined.
    pub changed: Option<NaiveDate>,
}

/// Row of a product.
pub fn product(parts: &ProductParts<'_>, places: &Places) -> Row {
    let ProductParts { product, holder, grants, score, indicator, changed } = parts;
    let mut row = Columns::new(Catalogue::Products, &product.key);
    let standards = product.all_standards(grants);
    row.text("name", &product.name[0]);
    row.text("name_en", &product.name[1]);
    row.text("model", &product.model);
    row.text("brand", &product.brand);
    row.text("enterprise", holder.map_or("", |h| &h.name));
    row.text("enterprise_en", holder.map_or("", |h| &h.name_en));
    row.text("standard", standards.join("\n"));
    row.text("gtin", product.gtins.join("\n"));
    let names = product.name.iter().map(String::as_str);
    row.text("added_words", crate::reference::added_words(names).join("\n"));
    let best = facts::deciding(grants);
    row.one("sector", &product.sector);
    row.facet("category", facts::category_levels(&product.category));
    row.one("status", best.map_or(Status::None, |grant| grant.status).code());
    let schemes: BTreeSet<&String> = grants.iter().map(|grant| &grant.scheme).collect();
    row.facet("scheme", schemes.into_iter().cloned().collect());
    row.facet("place", places.levels(holder.map_or("", |h| &h.place)));
    row.facet("year", year(best.and_then(|grant| grant.granted)));
    row.one("score", score.map_or("", facts::band));
    row.one("production", &product.production);
    row.contested(product.contested || grants.iter().any(|grant| grant.contested));
    row.one("enterprise", &product.holder);
    row.facet("standard", standards);
    row.one("brand", &product.brand);
    row.day("changed", *changed);
    row.number("strictness", indicator.and_then(|i| i.strictness));
    row.day("expires", best.and_then(|grant| grant.until));
    row.day("granted", best.and_then(|grant| grant.granted));
    let since = best.filter(|g| !matches!(g.status, Status::Valid | Status::Expired));
    row.day("status_since", since.map(|grant| grant.since));
    if let Some(i) = indicator {
        for (name, value) in [
            ("indicator", &i.id),
            ("indicator_name", &i.name),
            ("direction", &i.direction),
            ("unit", &i.unit),
            ("value", &i.value),
            ("limit", &i.limit),
            ("baseline", &i.baseline),
        ] {
            row.display(name, value);
        }
    }
    row.display("deciding_scheme", best.map_or("", |grant| &grant.scheme));
    row.row
}

/// What an enterprise's row counts.
#[derive(Clone, Debug, Default)]
pub struct EnterpriseParts {
    /// Products it holds.
    pub products: i64,
    /// Listings now valid, its own and of its products.
    pub valid: i64,
    /// Schemes of all its listings.
    pub schemes: BTreeSet<String>,
    /// Latest day of the records joined.
    pub changed: Option<NaiveDate>,
}

/// Row of an enterprise.
pub fn enterprise(entry: &Entry, parts: &EnterpriseParts, places: &Places) -> Row {
    let b = &entry.body;
    let mut row = Columns::new(Catalogue::Enterprises, &entry.key);
    row.text("name", body::text(b, "name_zh"));
    row.text("short_name", body::text(b, "short_name"));
    row.text("name_en", body::text(b, "name_en"));
    row.text("former_names", body::texts(b, "former_names").join("\n"));
    row.text("uscc", body::maybe(b, "uscc").unwrap_or(&entry.key));
    row.facet("place", places.levels(body::text(b, "place")));
    row.facet("role", body::texts(b, "roles").into_iter().map(str::to_owned).collect());
    row.one("status", body::text(b, "status"));
    row.one("sector", body::text(b, "sector"));
    row.contested(entry.is_contested());
    row.facet("scheme", parts.schemes.iter().cloned().collect());
    row.number("products", Some(parts.products));
    row.number("listings", Some(parts.valid));
    row.day("changed", parts.changed.max(Some(entry.valid_from)));
    row.row
}

/// Row of a standard; `products` claim it or are listed under it.
pub fn standard(entry: &Entry, products: i64) -> Row {
    let b = &entry.body;
    let mut row = Columns::new(Catalogue::Standards, &entry.key);
    row.text("number", body::maybe(b, "number").unwrap_or(&entry.key));
    row.text("title", body::text(b, "title_zh"));
    row.text("title_en", body::text(b, "title_en"));
    row.text("issuer", body::text(b, "issuer"));
    row.one("type", body::text(b, "type"));
    row.one("status", body::text(b, "status"));
    row.one(
        "mandatory",
        match body::flag(b, "mandatory") {
            Some(true) => "yes",
            Some(false) => "no",
            None => "",
        },
    );
    row.one("issuer", body::text(b, "issuer"));
    row.facet("year", year(body::date(b, "issued_on")));
    row.one("family", body::text(b, "family"));
    row.contested(entry.is_contested());
    row.day("issued", body::date(b, "issued_on"));
    row.day("effective", body::date(b, "effective_on"));
    row.number("products", Some(products));
    row.day("withdrawn", body::date(b, "withdrawn_on"));
    row.display("replaced_by", body::texts(b, "replaced_by").first().copied().unwrap_or_default());
    row.row
}

/// What a listing's row says of its subject.
#[derive(Clone, Debug, Default)]
pub struct SubjectName {
    /// Chinese name, English name, brand, model.
    pub words: [String; 4],
    /// The subject's own place; empty for products.
    pub place: String,
    /// The subject's own sector; empty where the holder's counts.
    pub sector: String,
}

/// Row of a listing.
pub fn listing(
    entry: &Entry,
    subject: &SubjectName,
    holder: Option<&Holder>,
    places: &Places,
    as_of: NaiveDate,
) -> Row {
    let b = &entry.body;
    let grant = Grant::of(entry, as_of);
    let (kind, key) = body::subject(b);
    let mut row = Columns::new(Catalogue::Listings, &entry.key);
    let [name, name_en, brand, model] = &subject.words;
    row.text("name", name);
    row.text("name_en", name_en);
    let printed = body::texts(b, "models").join("\n");
    row.text("model", if printed.is_empty() { model.clone() } else { printed });
    row.text("brand", brand);
    row.text("holder", holder.filter(|h| h.key != key).map_or("", |h| &h.name));
    row.text("certificate", body::text(b, "certificate_number"));
    row.text("standard", grant.standards.join("\n"));
    row.one("scheme", &grant.scheme);
    row.one("status", grant.status.code());
    row.facet("year", year(grant.granted));
    let place = body::maybe(b, "area")
        .or(holder.map(|h| h.place.as_str()).filter(|p| !p.is_empty()))
        .unwrap_or(&subject.place);
    row.facet("place", places.levels(place));
    row.one("level", body::text(b, "level"));
    row.one("round", body::text(b, "round"));
    row.one("kind", kind);
    let sector = Some(subject.sector.as_str()).filter(|sector| !sector.is_empty());
    row.one("sector", sector.or(holder.map(|h| h.sector.as_str())).unwrap_or_default());
    row.one("exit", body::text(b, "exit_reason"));
    row.contested(grant.contested);
    row.facet("kept", (1..=facts::years_kept(&grant, as_of)).map(|n| format!("{n:02}")).collect());
    let enterprise = if kind == "enterprise" { key } else { body::text(b, "holder") };
    row.one("enterprise", enterprise);
    row.day("granted", grant.granted);
    row.day("expires", grant.until);
    row.day("changed", Some(entry.valid_from));
    if !matches!(grant.status, Status::Valid | Status::Expired) {
        row.day("status_since", Some(entry.valid_from));
    }
    row.display("subject", key);
    row.display("grade", body::text(b, "grade"));
    row.display("exit_reason", body::text(b, "exit_reason"));
    row.row
}

/// Words added to the index of a notice or a recall, from its own name: the other language's words for
/// the goods. They are this register's, not the source's.
pub fn added_words(entry: &Entry) -> Vec<&'static str> {
    let name = if entry.kind == Kind::Recall { "product_name" } else { "title" };
    crate::reference::added_words([body::text(&entry.body, name)])
}

/// Row of a notice or a recall.
pub fn notice(entry: &Entry, as_of: NaiveDate) -> Row {
    let b = &entry.body;
    let mut row = Columns::new(Catalogue::Notices, &entry.key);
    row.contested(entry.is_contested());
    if entry.kind == Kind::Recall {
        let producer = body::object(b, "producer");
        row.text("title", body::text(b, "product_name"));
        row.text("number", body::text(b, "number"));
        row.text("models", body::texts(b, "models").join("\n"));
        row.text("producer", producer.map_or("", |p| body::text(p, "name")));
        row.text("authority", body::text(b, "authority"));
        row.text("added_words", added_words(entry).join("\n"));
        row.one("kind", "recall");
        row.one("type", body::text(b, "alert_type"));
        row.one("region", body::text(b, "region"));
        let started = body::date(b, "started_on").or(Some(entry.valid_from));
        row.facet("year", year(started));
        row.one("authority", body::text(b, "authority"));
        row.one("status", body::text(b, "status"));
        row.facet("country", body::texts(b, "made_in").into_iter().map(str::to_owned).collect());
        row.one("enterprise", producer.map_or("", |p| body::text(p, "uscc")));
        row.day("published", started);
        row.number("units", body::int(b, "units"));
        row.day("ends", body::date(b, "ends_on"));
        row.display("hazard", shortened(body::text(b, "hazard")));
        row.display("remedy", shortened(body::text(b, "remedy")));
    } else {
        let expires = body::date(b, "expires_on");
        row.text("title", body::text(b, "title"));
        row.text("authority", body::text(b, "issuer"));
        row.text("added_words", added_words(entry).join("\n"));
        row.one("kind", "notice");
        row.one("type", body::text(b, "type"));
        row.facet("region", body::texts(b, "places").into_iter().map(str::to_owned).collect());
        row.facet("year", year(body::date(b, "published_on")));
        row.one("authority", body::text(b, "issuer"));
        let over = expires.is_some_and(|expires| as_of > expires);
        row.one("status", if over { "expired" } else { "in_force" });
        let enterprises = body::texts(b, "enterprises");
        row.facet("enterprise", enterprises.into_iter().map(str::to_owned).collect());
        row.day("published", body::date(b, "published_on"));
        row.day("ends", expires);
        let deadline = body::date(b, "comment_deadline");
        row.one(
            "comments",
            match deadline {
                Some(last) if last >= as_of => "open",
                Some(_) => "closed",
                None => "",
            },
        );
        row.day("deadline", deadline);
    }
    row.row
}

/// What one result line holds.
fn shortened(text: &str) -> String {
    const CHARS_MAX: usize = 80;
    match text.char_indices().nth(CHARS_MAX) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

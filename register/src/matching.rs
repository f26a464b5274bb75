//! Which notices and recalls are about a product or an enterprise of the register.
//!
//! By identifier first: a key or barcode the notice gives, the number of a certificate, a credit code
//! (with a model, of a product), or the whole model number together with the brand. Everything else that
//! is printed alike is a [`Match::Possible`]: shown as such, and never changing a verdict. The rules, and
//! what they gave on real lists, stand in `docs/matching.md`.
//!
//! Texts are compared after the caller's folding (width, case, traditional characters), and goods by the
//! caller's table of product words, because neither table is this crate's.

mod brand;
mod goods;
mod models;
mod names;

pub use brand::brand_names;
pub use goods::Kinds;
pub use names::{names_firm, same_name};

use chrono::{Days, NaiveDate};

use crate::kinds::rules::{day, text, texts};
use crate::{Entry, Kind, id};
use models::{Fit, Printed};

/// Brings a text into the form in which texts are compared.
pub type Fold<'f> = &'f dyn Fn(&str) -> String;

/// A model number names the same model in a recall some years older than the product's listing: it is
/// listed anew under new rules. Later on, numbers are used again.
const SAME_MODEL_DAYS: u64 = 5 * 365;

/// How texts are read.
#[derive(Clone, Copy)]
pub struct Reading<'f> {
    /// Folding.
    pub fold: Fold<'f>,
    /// The kinds of goods whose word ends a phrase; none where the table does not know it.
    pub goods: &'f dyn Fn(&str) -> Kinds,
    /// Whether the register knows a brand of this name (folded, words one space apart).
    pub known: &'f dyn Fn(&str) -> bool,
}

/// How a record is about something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Match {
    /// It gives an identifier.
    Certain(By),
    /// It prints a name.
    Possible(Alike),
}

/// The identifier that matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// The register's own key.
    Key,
    /// A barcode number.
    Gtin,
    /// The number of a certificate of the product.
    Certificate,
    /// The unified social credit code of the maker and the model.
    Model,
    /// The brand and the whole model number, for goods of the same kind.
    BrandModel,
    /// The unified social credit code.
    Uscc,
}

impl By {
    /// A word for lists.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            By::Key => "key",
            By::Gtin => "gtin",
            By::Certificate => "certificate",
            By::Model => "uscc_and_model",
            By::BrandModel => "brand_and_model",
            By::Uscc => "uscc",
        }
    }
}

/// What is alike where no identifier proves anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Alike {
    /// The name of the firm.
    Firm,
    /// The name of the maker, and the model.
    FirmModel,
    /// The brand, and the model by a pattern or without the certainty that the goods are the same.
    BrandModel,
    /// The brand and the kind of goods; no model is printed.
    BrandGoods,
}

impl Alike {
    /// A word for lists.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Alike::Firm => "firm",
            Alike::FirmModel => "firm_and_model",
            Alike::BrandModel => "brand_and_model",
            Alike::BrandGoods => "brand_and_goods",
        }
    }
}

/// An enterprise, as notices may name it.
#[derive(Clone, Debug, Default)]
pub struct Firm<'a> {
    /// Key: its credit code where it has one.
    pub key: &'a str,
    /// Its names, former ones included.
    pub names: Vec<&'a str>,
    /// The names of its products. A firm that a heading calls by a short name is meant only if it has
    /// goods of the kind.
    pub goods: Vec<&'a str>,
}

impl<'a> Firm<'a> {
    /// Of an enterprise record. The short name is left out: it is a brand more often than a firm.
    #[must_use]
    pub fn of(entry: &'a Entry) -> Firm<'a> {
        let body = &entry.body;
        let own = ["name_zh", "name_hant", "name_en"].into_iter().filter_map(|f| text(body, f));
        Firm {
            key: &entry.key,
            names: own.chain(texts(body, "former_names")).collect(),
            goods: Vec::new(),
        }
    }

    /// With the products it holds.
    #[must_use]
    pub fn with_products(mut self, products: &'a [Entry]) -> Firm<'a> {
        self.goods = products.iter().flat_map(names_of).collect();
        self
    }

    fn is_called(&self, printed: &str, fold: Fold<'_>) -> bool {
        self.names.iter().any(|name| same_name(printed, name, fold))
    }

    fn is_named_in(&self, printed: &str, fold: Fold<'_>) -> bool {
        self.names.iter().any(|name| names_firm(printed, name, fold))
    }
}

fn names_of(product: &Entry) -> impl Iterator<Item = &str> {
    ["name_zh", "name_en"].into_iter().filter_map(|field| text(&product.body, field))
}

/// A product, as notices may name it.
#[derive(Clone, Debug, Default)]
pub struct Item<'a> {
    /// Key.
    pub key: &'a str,
    /// Its names.
    pub names: Vec<&'a str>,
    /// Brand; a list may print several in one cell.
    pub brand: &'a str,
    /// Model.
    pub model: &'a str,
    /// Further models its listings name.
    pub more_models: Vec<&'a str>,
    /// Barcode numbers, 14 digits.
    pub gtins: Vec<&'a str>,
    /// Numbers of its certificates.
    pub certificates: Vec<&'a str>,
    /// The first day on which it was listed; else the day of its record.
    pub listed: Option<NaiveDate>,
    /// Who makes it.
    pub maker: Firm<'a>,
}

impl<'a> Item<'a> {
    /// Of a product record, its holder's and its listings'.
    #[must_use]
    pub fn of(product: &'a Entry, holder: Option<&'a Entry>, listings: &'a [Entry]) -> Item<'a> {
        let body = &product.body;
        let key = text(body, "holder").unwrap_or_default();
        let granted = listings.iter().filter_map(|listing| day(&listing.body, "granted_on")).min();
        Item {
            key: &product.key,
            names: names_of(product).collect(),
            brand: text(body, "brand").unwrap_or_default(),
            model: text(body, "model").unwrap_or_default(),
            more_models: listings.iter().flat_map(|one| texts(&one.body, "models")).collect(),
            gtins: texts(body, "gtins").collect(),
            certificates: listings
                .iter()
                .filter_map(|one| text(&one.body, "certificate_number"))
                .collect(),
            listed: Some(granted.unwrap_or(product.valid_from)),
            maker: holder.map_or(Firm { key, ..Firm::default() }, Firm::of),
        }
    }

    fn is_model(&self, printed: &str, fold: Fold<'_>) -> bool {
        !self.model.is_empty() && names::form(printed, fold) == names::form(self.model, fold)
    }

    /// How the models printed fit this product's: its own, else those its listings name.
    fn fit(&self, printed: &Printed) -> Option<Fit> {
        let more = || self.more_models.iter().find_map(|model| printed.fit(model));
        printed.fit(self.model).or_else(|| more().map(|_| Fit::Pattern))
    }

    /// The kinds of goods it is, by its names.
    fn kinds(&self, read: &Reading<'_>) -> Kinds {
        self.names.iter().flat_map(|name| goods::kinds(name, read.goods)).collect()
    }

    fn is_commercial(&self) -> bool {
        self.names.iter().any(|name| goods::commercial(name))
    }
}

/// What a notice or recall says about an enterprise.
#[must_use]
pub fn about_firm(record: &Entry, firm: &Firm<'_>, read: &Reading<'_>) -> Option<Match> {
    let body = &record.body;
    let alike = |alike: bool| alike.then_some(Match::Possible(Alike::Firm));
    if record.kind == Kind::Recall {
        return match (text(body, "producer.uscc"), text(body, "producer.name")) {
            (Some(code), _) => (code == firm.key).then_some(Match::Certain(By::Uscc)),
            (None, Some(printed)) if firm.is_called(printed, read.fold) => alike(true),
            // Who recalls need not be who made it: the firm has to have such goods.
            _ => {
                let heading = text(body, "heading").or(text(body, "product_name"))?;
                let called = brand::recalling(heading)
                    .is_some_and(|printed| firm.is_called(printed, read.fold));
                alike(called && !kinds_of(record, read.goods).is_disjoint(&firm_kinds(firm, read)))
            }
        };
    }
    let mut named = texts(body, "enterprises").peekable();
    if named.peek().is_some() {
        // It says which enterprises it means.
        return named.any(|key| key == firm.key).then_some(Match::Certain(By::Uscc));
    }
    alike(firm.is_named_in(text(body, "title")?, read.fold))
}

/// The firms a notice or recall names in a field of its own or as the one that recalls, as
/// [`firm_form`] writes them: only an enterprise of such a name can be a match by name.
#[must_use]
pub fn firms_named(record: &Entry, fold: Fold<'_>) -> Vec<String> {
    let body = &record.body;
    let heading = text(body, "heading").or(text(body, "product_name"));
    let firms = [text(body, "producer.name"), heading.and_then(brand::recalling)];
    firms.into_iter().flatten().map(|firm| firm_form(firm, fold)).collect()
}

/// A firm's name for comparing: folded; letters, digits and characters only.
#[must_use]
pub fn firm_form(name: &str, fold: Fold<'_>) -> String {
    names::form(name, fold)
}

/// The kinds of goods the names of a product or a recall's product name mean: only records that share one
/// can be a match by brand.
#[must_use]
pub fn kinds_of(record: &Entry, goods: &dyn Fn(&str) -> Kinds) -> Kinds {
    match record.kind {
        Kind::Product => names_of(record).flat_map(|name| goods::kinds(name, goods)).collect(),
        _ => text(&record.body, "product_name")
            .map(|name| goods::kinds(name, goods))
            .unwrap_or_default(),
    }
}

fn firm_kinds(firm: &Firm<'_>, read: &Reading<'_>) -> Kinds {
    firm.goods.iter().flat_map(|name| goods::kinds(name, read.goods)).collect()
}

/// What a notice or recall says about a product.
#[must_use]
pub fn about_item(record: &Entry, item: &Item<'_>, read: &Reading<'_>) -> Option<Match> {
    let body = &record.body;
    let mut keys = texts(body, "products").peekable();
    let says_which = keys.peek().is_some();
    if keys.any(|key| key == item.key) {
        return Some(Match::Certain(By::Key));
    }
    let printed = || {
        let fields = ["title", "product_name", "description"].into_iter();
        fields.filter_map(|field| text(body, field))
    };
    if !item.gtins.is_empty()
        && printed()
            .any(|text| gtins_in(text).iter().any(|gtin| item.gtins.contains(&gtin.as_str())))
    {
        return Some(Match::Certain(By::Gtin));
    }
    let certified =
        |text: &str| item.certificates.iter().any(|n| certificate_in(text, n, read.fold));
    if printed().any(certified) {
        return Some(Match::Certain(By::Certificate));
    }
    if record.kind == Kind::Recall {
        let model = texts(body, "models").any(|model| item.is_model(model, read.fold));
        let code = text(body, "producer.uscc");
        return match code {
            Some(code) if code == item.maker.key => model.then_some(Match::Certain(By::Model)),
            // Made by another.
            Some(_) => None,
            None if model
                && text(body, "producer.name")
                    .is_some_and(|printed| item.maker.is_called(printed, read.fold)) =>
            {
                Some(Match::Possible(Alike::FirmModel))
            }
            None => by_brand(record, item, read),
        };
    }
    if says_which || item.model.is_empty() {
        return None;
    }
    let title = text(body, "title")?;
    about_firm(record, &item.maker, read)?;
    names::has_word(title, item.model, read.fold).then_some(Match::Possible(Alike::FirmModel))
}

/// What a recall without a maker's code says about a product of the brand it prints.
fn by_brand(record: &Entry, item: &Item<'_>, read: &Reading<'_>) -> Option<Match> {
    let body = &record.body;
    let name = text(body, "product_name")?;
    let heading = text(body, "heading").unwrap_or_default();
    if item.is_commercial() != (goods::commercial(name) || goods::commercial(heading)) {
        return None;
    }
    let brands = brand::brands(item.brand);
    let of_brand =
        goods::items(name).filter(|one| brands.iter().any(|brand| brand::names(one, brand, read)));
    let mut meant: Vec<&str> = of_brand.collect();
    if meant.is_empty() {
        // The goods are printed without a brand, and whoever recalls them is called by it.
        let unmarked = !brand::names_any(name, read);
        if !(unmarked && brands.iter().any(|brand| brand::heads(heading, brand, read))) {
            return None;
        }
        meant = goods::items(name).collect();
    }
    let own = item.kinds(read);
    let theirs: Kinds = meant.iter().flat_map(|one| goods::kinds(one, read.goods)).collect();
    if own.is_disjoint(&theirs) {
        return None;
    }
    let printed = Printed::of(record);
    let fit = item.fit(&printed);
    let on = day(body, "started_on").unwrap_or(record.valid_from);
    let listed = item.listed?;
    if on < listed {
        let again = listed <= on + Days::new(SAME_MODEL_DAYS);
        return (again && fit == Some(Fit::Same)).then_some(Match::Possible(Alike::BrandModel));
    }
    match fit {
        Some(Fit::Same) if brands.len() == 1 && models::telling(&models::normal(item.model)) => {
            Some(Match::Certain(By::BrandModel))
        }
        Some(_) => Some(Match::Possible(Alike::BrandModel)),
        // It says which models it means, and this one is none of them.
        None if printed.says => None,
        None => Some(Match::Possible(Alike::BrandGoods)),
    }
}

/// Whether a text prints the number of a certificate, right behind the word for it.
fn certificate_in(printed: &str, number: &str, fold: Fold<'_>) -> bool {
    /// Shorter numbers stand in any text.
    const CHARS_MIN: usize = 6;
    /// How far before the number the word may stand, in characters.
    const BEFORE: usize = 24;
    const WORDS: [&str; 4] = ["ertificate", "ERTIFICATE", "证书", "證書"];
    // Most texts have none of the words, and folding takes time.
    if number.chars().count() < CHARS_MIN || !WORDS.iter().any(|word| printed.contains(word)) {
        return false;
    }
    let (printed, number) = (fold(printed), fold(number));
    printed.match_indices(&number).any(|(at, found)| {
        let edge = |c: Option<char>| !c.is_some_and(|c| c.is_ascii_alphanumeric());
        let ahead = printed[..at].chars().rev().take(BEFORE).collect::<String>();
        let ahead: String = ahead.chars().rev().collect();
        edge(printed[..at].chars().next_back())
            && edge(printed[at + found.len()..].chars().next())
            && ["certificate", "证书"].iter().any(|word| ahead.contains(word))
    })
}

/// The barcode numbers a text prints: runs of 12, 13 or 14 digits whose check digit fits (8 are a date as
/// often), as 14 digits (GS1 General Specifications). Single hyphens between digits, as under a printed
/// symbol, do not count.
fn gtins_in(text: &str) -> Vec<String> {
    let text = id::text::nfkc(text);
    text.split(|c: char| !(c.is_ascii_digit() || c == '-'))
        .map(|run| run.replace('-', ""))
        .filter(|digits| matches!(digits.len(), 12..=14))
        .filter_map(|digits| id::Gtin::parse(&digits).ok())
        .map(|gtin| gtin.as_str().to_owned())
        .collect()
}

#[cfg(test)]
mod tests;

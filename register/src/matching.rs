//! Which notices and recalls are about a product or an enterprise of the register.
//!
//! By identifier first: a key or barcode the notice gives, a credit code, or credit code and model of
//! a recall. By name only as [`Match::Possible`]: two firms may share a name, so a name match is shown
//! as such and never changes a verdict.
//!
//! Names are compared after the caller's folding (width, case, traditional characters), because the
//! table of traditional characters is not this crate's.

mod names;

pub use names::{names_firm, same_name};

use crate::kinds::rules::{text, texts};
use crate::{Entry, Kind, id};

/// Brings a text into the form in which texts are compared.
pub type Fold<'f> = &'f dyn Fn(&str) -> String;

/// How a record is about something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Match {
    /// It gives an identifier.
    Certain(By),
    /// It prints the name and no identifier.
    Possible,
}

/// The identifier that matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// The register's own key.
    Key,
    /// A barcode number.
    Gtin,
    /// The unified social credit code of the maker and the model.
    Model,
    /// The unified social credit code.
    Uscc,
}

/// An enterprise, as notices may name it.
#[derive(Clone, Debug, Default)]
pub struct Firm<'a> {
    /// Key: its credit code where it has one.
    pub key: &'a str,
    /// Its names, former ones included.
    pub names: Vec<&'a str>,
}

impl<'a> Firm<'a> {
    /// Of an enterprise record. The short name is left out: it is a brand more often than a firm.
    #[must_use]
    pub fn of(entry: &'a Entry) -> Firm<'a> {
        let body = &entry.body;
        let own = ["name_zh", "name_hant", "name_en"].into_iter().filter_map(|f| text(body, f));
        Firm { key: &entry.key, names: own.chain(texts(body, "former_names")).collect() }
    }

    fn is_called(&self, printed: &str, fold: Fold<'_>) -> bool {
        self.names.iter().any(|name| same_name(printed, name, fold))
    }

    fn is_named_in(&self, printed: &str, fold: Fold<'_>) -> bool {
        self.names.iter().any(|name| names_firm(printed, name, fold))
    }
}

/// A product, as notices may name it.
#[derive(Clone, Debug, Default)]
pub struct Item<'a> {
    /// Key.
    pub key: &'a str,
    /// Model.
    pub model: &'a str,
    /// Barcode numbers, 14 digits.
    pub gtins: Vec<&'a str>,
    /// Who makes it.
    pub maker: Firm<'a>,
}

impl<'a> Item<'a> {
    /// Of a product record and its holder's.
    #[must_use]
    pub fn of(product: &'a Entry, holder: Option<&'a Entry>) -> Item<'a> {
        let body = &product.body;
        let key = text(body, "holder").unwrap_or_default();
        Item {
            key: &product.key,
            model: text(body, "model").unwrap_or_default(),
            gtins: texts(body, "gtins").collect(),
            maker: holder.map_or(Firm { key, names: Vec::new() }, Firm::of),
        }
    }

    fn is_model(&self, printed: &str, fold: Fold<'_>) -> bool {
        !self.model.is_empty() && names::form(printed, fold) == names::form(self.model, fold)
    }
}

/// What a notice or recall says about an enterprise.
#[must_use]
pub fn about_firm(record: &Entry, firm: &Firm<'_>, fold: Fold<'_>) -> Option<Match> {
    let body = &record.body;
    if record.kind == Kind::Recall {
        return match text(body, "producer.uscc") {
            Some(code) => (code == firm.key).then_some(Match::Certain(By::Uscc)),
            None => {
                let printed = text(body, "producer.name")?;
                firm.is_called(printed, fold).then_some(Match::Possible)
            }
        };
    }
    let mut named = texts(body, "enterprises").peekable();
    if named.peek().is_some() {
        // It says which enterprises it means.
        return named.any(|key| key == firm.key).then_some(Match::Certain(By::Uscc));
    }
    firm.is_named_in(text(body, "title")?, fold).then_some(Match::Possible)
}

/// What a notice or recall says about a product.
#[must_use]
pub fn about_item(record: &Entry, item: &Item<'_>, fold: Fold<'_>) -> Option<Match> {
    let body = &record.body;
    if texts(body, "products").any(|key| key == item.key) {
        return Some(Match::Certain(By::Key));
    }
    let printed = ["title", "product_name", "description"].into_iter();
    let mut printed = printed.filter_map(|field| text(body, field));
    if printed.any(|text| gtins_in(text).iter().any(|gtin| item.gtins.contains(&gtin.as_str()))) {
        return Some(Match::Certain(By::Gtin));
    }
    if record.kind == Kind::Recall {
        let model = texts(body, "models").any(|model| item.is_model(model, fold));
        return match about_firm(record, &item.maker, fold)? {
            Match::Certain(_) if model => Some(Match::Certain(By::Model)),
            Match::Possible if model => Some(Match::Possible),
            _ => None,
        };
    }
    if texts(body, "products").next().is_some() || item.model.is_empty() {
        return None;
    }
    let title = text(body, "title")?;
    about_firm(record, &item.maker, fold)?;
    names::has_word(title, item.model, fold).then_some(Match::Possible)
}

/// The barcode numbers a text prints: runs of 12, 13 or 14 digits whose check digit fits (8 are a date as often), as 14
/// digits (GS1 General Specifications).
fn gtins_in(text: &str) -> Vec<String> {
    let text = id::text::nfkc(text);
    text.split(|c: char| !c.is_ascii_digit())
        .filter(|digits| matches!(digits.len(), 12..=14))
        .filter_map(|digits| id::Gtin::parse(digits).ok())
        .map(|gtin| gtin.as_str().to_owned())
        .collect()
}

#[cfg(test)]
mod tests;

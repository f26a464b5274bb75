//! The records of a question, each once and at its newest, and what they say of one another.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Outcome, Question};
use crate::kinds::rules::{day as date, text};
use crate::status::{Status, computed};
use crate::{Body, Entry, Kind, id};

/// Records by kind and key.
pub(super) struct Facts<'a> {
    by_key: BTreeMap<(Kind, &'a str), &'a Entry>,
    /// The product's key, from the code's record.
    pub product_key: &'a str,
    /// The product.
    pub product: Option<&'a Entry>,
    /// The key of the code's holder.
    pub holder_key: &'a str,
    /// The code's holder.
    pub holder: Option<&'a Entry>,
    /// The key of the listing the code names.
    pub named: Option<&'a str>,
    /// The listing that decides.
    pub listing: Option<&'a Entry>,
}

impl<'a> Facts<'a> {
    pub fn of(question: &Question<'a>) -> Facts<'a> {
        let by_key = newest(question.records, question.day);
        let code = question.code.map(|entry| &entry.body);
        let product_key = code.and_then(|body| text(body, "product")).unwrap_or_default();
        let holder_key = code.and_then(|body| text(body, "holder")).unwrap_or_default();
        let get = |kind, key| by_key.get(&(kind, key)).copied();
        let named = code.and_then(|body| text(body, "listing"));
        let given = question.listing.filter(|listing| listing.valid_from <= question.day);
        Facts {
            named,
            product_key,
            product: get(Kind::Product, product_key),
            holder_key,
            holder: get(Kind::Enterprise, holder_key),
            listing: match named {
                Some(key) => get(Kind::Listing, key).or(given.filter(|listing| listing.key == key)),
                None => given.or_else(|| best(&by_key, product_key, question.day)),
            },
            by_key,
        }
    }

    /// The record of that kind and key.
    pub fn get(&self, kind: Kind, key: &str) -> Option<&'a Entry> {
        self.by_key.get(&(kind, key)).copied()
    }

    /// The records of a kind, by key.
    pub fn all(&self, kind: Kind) -> impl Iterator<Item = &'a Entry> {
        self.by_key.values().copied().filter(move |entry| entry.kind == kind)
    }

    /// Records of a kind whose subject is the product.
    pub fn about_product(&self, kind: Kind) -> impl Iterator<Item = &'a Entry> {
        let key = self.product_key;
        self.all(kind).filter(move |entry| is_about(&entry.body, "product", key))
    }

    /// Whether a party is the code's holder, or the product's where they differ.
    pub fn is_holder(&self, key: &str) -> bool {
        let of_product = self.product.and_then(|product| text(&product.body, "holder"));
        !key.is_empty() && (key == self.holder_key || Some(key) == of_product)
    }

    /// Whether a listing stands behind the code: granted to the product, or to its holder where the
    /// code names it.
    pub fn is_behind(&self, listing: &Entry) -> bool {
        let body = &listing.body;
        let of_holder = text(body, "subject.kind") == Some("enterprise")
            && text(body, "subject.key").is_some_and(|key| self.is_holder(key));
        is_about(body, "product", self.product_key)
            || (of_holder && self.named == Some(listing.key.as_str()))
    }

    /// Whether a printed model is the product's.
    pub fn is_model(&self, printed: &str) -> bool {
        let own = self.product.and_then(|product| text(&product.body, "model"));
        own.is_some_and(|own| fold(own) == fold(printed))
    }
}

/// A printed word for comparing: NFKC, upper case, without spaces.
pub(crate) fn fold(printed: &str) -> String {
    id::text::nfkc(printed).to_uppercase().split_whitespace().collect()
}

/// Whether a record's subject is this one.
pub(super) fn is_about(body: &Body, kind: &str, key: &str) -> bool {
    text(body, "subject.kind") == Some(kind) && text(body, "subject.key") == Some(key)
}

fn newest<'a>(records: &[&'a Entry], day: NaiveDate) -> BTreeMap<(Kind, &'a str), &'a Entry> {
    let mut by_key: BTreeMap<(Kind, &str), &Entry> = BTreeMap::new();
    for entry in records.iter().filter(|entry| entry.valid_from <= day) {
        let place = by_key.entry((entry.kind, &entry.key)).or_insert(entry);
        if (entry.valid_from, entry.seq) > (place.valid_from, place.seq) {
            *place = entry;
        }
    }
    by_key
}

/// The listing that decides a product's verdict among these records, where the code names none.
///
/// The schemes of the listings must be among the records, else a former honour is taken for one
/// that is still granted.
///
/// A valid one under a scheme that is still granted, of several the one granted last. Where there
/// is none, the one that ended worst: so a further listing that has ended never makes the outcome
/// better, as it would if the best of the ended ones decided. Only where nothing but listings under
/// former schemes is left does one of those that still runs decide: an honour of former times
/// never covers a withdrawal.
#[must_use]
pub fn deciding<'a>(product: &str, records: &[&'a Entry], day: NaiveDate) -> Option<&'a Entry> {
    best(&newest(records, day), product, day)
}

fn best<'a>(
    by_key: &BTreeMap<(Kind, &'a str), &'a Entry>,
    product: &str,
    day: NaiveDate,
) -> Option<&'a Entry> {
    let former = |listing: &Body| {
        let scheme = text(listing, "scheme").and_then(|key| by_key.get(&(Kind::Scheme, key)));
        let status = scheme.and_then(|scheme| text(&scheme.body, "status"));
        matches!(status, Some("historical" | "superseded"))
    };
    let listings: Vec<&Entry> = by_key
        .values()
        .copied()
        .filter(|entry| entry.kind == Kind::Listing && is_about(&entry.body, "product", product))
        .collect();
    let only_former = listings.iter().all(|entry| former(&entry.body));
    // They are in order of keys, so that of two that are equal in all this the first key decides.
    listings.into_iter().min_by_key(|entry| {
        let effect = effect(computed(&entry.body, day));
        let place = match effect {
            Outcome::Valid if only_former || !former(&entry.body) => 0,
            Outcome::Valid => 2,
            _ => 1,
        };
        (place, Reverse(effect), Reverse(date(&entry.body, "granted_on")))
    })
}

/// The least outcome a deciding listing of that status imposes.
fn effect(status: Status) -> Outcome {
    match status {
        Status::Valid => Outcome::Valid,
        Status::Suspended => Outcome::Suspended,
        Status::Expired => Outcome::Expired,
        Status::Withdrawn | Status::Cancelled | Status::Exited => Outcome::Withdrawn,
        Status::Replaced => Outcome::Superseded,
        Status::None => Outcome::CannotTell,
    }
}

/// A listing's computed status and the day its entry says something happened: the decision's, else
/// the day from which the entry holds.
pub(super) fn status_of(listing: &Entry, day: NaiveDate) -> (Status, NaiveDate) {
    let since = date(&listing.body, "decision.date").unwrap_or(listing.valid_from);
    (computed(&listing.body, day), since)
}

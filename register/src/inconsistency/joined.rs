//! The records the rules run over, each once and at its newest, found by what they refer to.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::kinds::rules::text;
use crate::{Body, Entry, Kind};

/// What one record is to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Link {
    /// The record's subject is this product.
    OfProduct,
    /// The record's subject, holder, maker or party is this enterprise.
    OfEnterprise,
    /// The record was made by this enterprise: its evaluator.
    By,
}

/// The records of a register, or of a part of it, as of a day.
#[derive(Debug)]
pub struct Joined<'a> {
    /// The day.
    pub day: NaiveDate,
    newest: BTreeMap<(Kind, &'a str), &'a Entry>,
    /// Places in `groups`.
    versions: BTreeMap<(Kind, &'a str), usize>,
    linked: BTreeMap<(Kind, Link, &'a str), usize>,
    groups: Vec<Vec<&'a Entry>>,
}

impl<'a> Joined<'a> {
    /// Joins entries as of a day. Their order does not matter; the same record may be there in several
    /// versions, of which the newest counts by the record rule, and more than once.
    #[must_use]
    pub fn new(entries: impl IntoIterator<Item = &'a Entry>, day: NaiveDate) -> Joined<'a> {
        let mut versions: BTreeMap<(Kind, &str), Vec<&Entry>> = BTreeMap::new();
        for entry in entries.into_iter().filter(|entry| entry.valid_from <= day) {
            versions.entry((entry.kind, &entry.key)).or_default().push(entry);
        }
        for list in versions.values_mut() {
            list.sort_by_key(|entry| (entry.valid_from, entry.seq));
            list.dedup_by_key(|entry| entry.seq);
        }
        let newest: BTreeMap<(Kind, &str), &Entry> = versions
            .iter()
            .filter_map(|(name, list)| list.last().map(|entry| (*name, *entry)))
            .collect();
        let mut linked: BTreeMap<(Kind, Link, &str), Vec<&Entry>> = BTreeMap::new();
        for entry in newest.values() {
            for (link, key) in links(entry) {
                linked.entry((entry.kind, link, key)).or_default().push(entry);
            }
        }
        let mut groups = Vec::with_capacity(linked.len());
        let mut place = |group| {
            groups.push(group);
            groups.len() - 1
        };
        // A single version is the newest: only what was written again is kept apart.
        versions.retain(|_, list| list.len() > 1);
        let versions = versions.into_iter().map(|(name, group)| (name, place(group))).collect();
        let linked = linked.into_iter().map(|(name, group)| (name, place(group))).collect();
        Joined { day, newest, versions, linked, groups }
    }

    fn group(&self, place: Option<usize>) -> &[&'a Entry] {
        place.and_then(|place| self.groups.get(place)).map_or(&[], Vec::as_slice)
    }

    /// The record of that kind and key.
    pub(super) fn get(&self, kind: Kind, key: &str) -> Option<&'a Entry> {
        self.newest.get(&(kind, key)).copied()
    }

    /// The records of a kind, by key.
    pub(super) fn all(&self, kind: Kind) -> impl Iterator<Item = &'a Entry> {
        self.newest.range((kind, "")..).take_while(move |((k, _), _)| *k == kind).map(|(_, e)| *e)
    }

    /// The versions of a record that has several, in the order of the record rule, the newest last.
    pub(super) fn versions(&self, kind: Kind, key: &str) -> &[&'a Entry] {
        self.group(self.versions.get(&(kind, key)).copied())
    }

    /// The records of a kind that are so linked to a key, by their own keys.
    pub(super) fn linked(&self, kind: Kind, link: Link, key: &str) -> &[&'a Entry] {
        self.group(self.linked.get(&(kind, link, key)).copied())
    }

    /// The listings of a product.
    pub(super) fn listings_of(&self, product: &str) -> &[&'a Entry] {
        self.linked(Kind::Listing, Link::OfProduct, product)
    }

    /// The product a record is about.
    pub(super) fn product_of(&self, record: &Entry) -> Option<&'a Entry> {
        self.get(Kind::Product, subject(&record.body, "product")?)
    }

    /// The key of the enterprise behind a listing, evaluation or comparison: its holder, its subject,
    /// or the holder of the product it is about.
    pub(super) fn holder_of(&self, record: &'a Entry) -> Option<&'a str> {
        text(&record.body, "holder")
            .or_else(|| subject(&record.body, "enterprise"))
            .or_else(|| self.product_of(record).and_then(|p| text(&p.body, "holder")))
    }
}

/// The key of a record's subject, where it is of that kind.
pub(super) fn subject<'b>(body: &'b Body, kind: &str) -> Option<&'b str> {
    (text(body, "subject.kind") == Some(kind)).then(|| text(body, "subject.key")).flatten()
}

fn links(entry: &Entry) -> Vec<(Link, &str)> {
    let body = &entry.body;
    let of = |path: &str| text(body, path);
    let pairs: [Option<(Link, &str)>; 4] = match entry.kind {
        Kind::Listing => {
            let holder = of("holder");
            let own = subject(body, "enterprise").filter(|own| Some(*own) != holder);
            [
                subject(body, "product").map(|key| (Link::OfProduct, key)),
                holder.map(|key| (Link::OfEnterprise, key)),
                own.map(|key| (Link::OfEnterprise, key)),
                None,
            ]
        }
        Kind::Evaluation => [
            subject(body, "product").map(|key| (Link::OfProduct, key)),
            subject(body, "enterprise").map(|key| (Link::OfEnterprise, key)),
            of("evaluator").map(|key| (Link::By, key)),
            None,
        ],
        Kind::Comparison => {
            [subject(body, "product").map(|key| (Link::OfProduct, key)), None, None, None]
        }
        Kind::Code => [
            of("product").map(|key| (Link::OfProduct, key)),
            of("holder").map(|key| (Link::OfEnterprise, key)),
            None,
            None,
        ],
        Kind::Product => [of("holder").map(|key| (Link::OfEnterprise, key)), None, None, None],
        Kind::Inspection | Kind::Recall => {
            [of("producer.uscc").map(|key| (Link::OfEnterprise, key)), None, None, None]
        }
        Kind::Penalty => [of("party.uscc").map(|key| (Link::OfEnterprise, key)), None, None, None],
        Kind::Restriction => [of("subject").map(|key| (Link::OfEnterprise, key)), None, None, None],
        _ => [None; 4],
    };
    pairs.into_iter().flatten().collect()
}

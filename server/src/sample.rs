//! The generated, fictional sample register: `liangbiao sample`.
//!
//! Everything is made up: makers, brands, standards (`T/LBX …`, `GB/T 99…`), numbers and scores.
//! Firm names and issuers carry 示例, barcodes the demonstration prefix 952, and every source is
//! marked `sample`. Social credit codes have right check characters and division digits that do not
//! exist (see [`makers`]).
//!
//! Entries are a pure function of seed and number of products, made in one pass: a million products
//! need no more memory than a few thousand. Their `valid_from` days span 2012 to 2026; `recorded_at` is
//! when the sample was written, as the log never claims to have known something earlier.

mod codes;
mod declared;
mod goods;
mod honours;
mod institutions;
mod listings;
mod makers;
mod oddities;
mod products;
mod promises;
mod random;
mod ratings;
mod services;
mod sources;
mod standards;
mod supervision;

use std::collections::VecDeque;

use chrono::{Days, Months, NaiveDate};
use register::kinds::key_of;
use register::{Body, Draft, Kind, Locator, Reason, ReasonCode, SourceRef};
use serde_json::Value;

pub use codes::unit_batch;
use makers::Maker;
use sources::{Ledger, Source};

#[cfg(test)]
mod tests;

/// The day the sample register is set in.
pub const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();

/// The day from which a sample's log key is in force.
pub const KEY_DAY: NaiveDate = NaiveDate::from_ymd_opt(2013, 1, 1).unwrap();

/// The id of the register a seed gives: 32 hex digits.
#[must_use]
pub fn register_id(products: u64, seed: u64) -> String {
    register::id::key::sha256_hex(format!("liangbiao sample {seed} {products}").as_bytes())[..32]
        .to_owned()
}

/// Up to this many products the log is written in the order of the days, as a real one would be.
/// Beyond, sorting would need all of it in memory, so it is written maker by maker.
const IN_DAY_ORDER_MAX: u64 = 5_000;

/// The entries of a sample register with this many products, after the built-in ones.
#[must_use]
pub fn drafts(products: u64, seed: u64) -> Drafts {
    let mut out = Out::default();
    standards::push(&mut out);
    institutions::push(&mut out);
    services::push(&mut out, seed);
    honours::push(&mut out, seed);
    supervision::push_notices(&mut out, seed);
    promises::push(&mut out);
    let mut drafts = Drafts { seed, wanted: products, made: 0, maker: 0, out, finished: false };
    if products <= IN_DAY_ORDER_MAX {
        let mut all: Vec<Draft> = drafts.by_ref().collect();
        // Stable: the versions of a record that begin on one day stay in their order.
        all.sort_by_key(|draft| draft.valid_from);
        drafts.out.queue = all.into();
    }
    drafts
}

/// The stream of entries; see [`drafts`].
#[derive(Debug)]
pub struct Drafts {
    seed: u64,
    wanted: u64,
    made: u64,
    maker: u64,
    out: Out,
    finished: bool,
}

impl Drafts {
    /// Products made so far.
    #[must_use]
    pub fn products_made(&self) -> u64 {
        self.made
    }
}

impl Iterator for Drafts {
    type Item = Draft;

    fn next(&mut self) -> Option<Draft> {
        while self.out.queue.is_empty() {
            if self.made < self.wanted {
                let mut maker = Maker::of(self.seed, self.maker);
                maker.products = maker.products.min(self.wanted - self.made);
                products::push(&mut self.out, self.seed, &maker, self.made);
                self.made += maker.products;
                self.maker += 1;
            } else if self.finished {
                return None;
            } else {
                self.finished = true;
                codes::push_units(&mut self.out, self.wanted, self.seed);
                sources::push(&mut self.out);
            }
        }
        self.out.queue.pop_front()
    }
}

/// Entries waiting to be taken, and what the sources hold so far.
#[derive(Debug, Default)]
struct Out {
    queue: VecDeque<Draft>,
    ledger: Ledger,
    /// The first product whose code is in force, as its code's body, and when that was issued: its
    /// items get unit codes.
    unit_product: Option<(Body, NaiveDate)>,
}

/// What an entry needs beside its body.
#[derive(Clone, Debug)]
struct Event {
    valid_from: NaiveDate,
    reason: Reason,
    source: Source,
}

impl Event {
    fn on(valid_from: NaiveDate, reason: ReasonCode, source: Source) -> Event {
        Event { valid_from, reason: Reason::from(reason), source }
    }

    fn because(mut self, text: &str) -> Event {
        self.reason.text = Some(text.to_owned());
        self
    }
}

impl Out {
    /// Adds an entry; returns its key.
    ///
    /// A body the kind's own key rule refuses would be a mistake in this generator, which the tests
    /// find: such an entry is left out.
    fn push(&mut self, kind: Kind, event: Event, body: &Value) -> String {
        let body = object(body);
        let Ok(key) = key_of(kind, &body) else { return String::new() };
        self.push_keyed(kind, &key, event, body);
        key
    }

    fn push_keyed(&mut self, kind: Kind, key: &str, event: Event, body: Body) {
        let row = self.ledger.row(event.source, kind, key, &event.reason.code, &body);
        let locator = Locator {
            file: Some(event.source.file().to_owned()),
            row: Some(row),
            ..Locator::default()
        };
        self.queue.push_back(Draft {
            valid_from: event.valid_from,
            kind,
            key: key.to_owned(),
            reason: event.reason,
            source: SourceRef { id: event.source.key().to_owned(), locator },
            body,
        });
    }
}

fn object(value: &Value) -> Body {
    value.as_object().cloned().unwrap_or_default()
}

fn days_before(day: NaiveDate, days: i64) -> NaiveDate {
    day - Days::new(u64::try_from(days).unwrap_or(0))
}

fn days_after(day: NaiveDate, days: i64) -> NaiveDate {
    day + Days::new(u64::try_from(days).unwrap_or(0))
}

/// The last day of a term of `months` that begins on `day`.
fn term_end(day: NaiveDate, months: u32) -> NaiveDate {
    days_before(day + Months::new(months), 1)
}

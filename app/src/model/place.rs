//! Pages of places: what the division codes mean, past and present.

use super::{Event, Fact, Link, Number, RecordMeta, Source};

/// `/places`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlacesPage {
    /// Provinces in use: link with the full name, and code.
    pub provinces: Vec<(Link, String)>,
    /// Codes in use, at every level.
    pub in_use: u64,
    /// Codes no longer in use.
    pub ended: u64,
    /// Sources of the places.
    pub sources: Vec<Source>,
}

/// A code that took another's place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Successor {
    /// Its name, linked where the register holds it.
    pub link: Link,
    /// The code.
    pub code: String,
    /// Whether it is in use.
    pub in_use: bool,
    /// Year from which it stands for the one before; may be empty.
    pub since: String,
}

/// `/places/{code}`
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlacePage {
    /// Identity.
    pub meta: RecordMeta,
    /// Name with the levels above: 广东省佛山市顺德区.
    pub full_name: String,
    /// Code.
    pub code: String,
    /// Level in words.
    pub level: String,
    /// Since when the code is no longer in use: a day, or a year where the source knows no more;
    /// none: it is in use.
    pub ended: Option<String>,
    /// What took its place, step by step; the last is what stands today.
    pub successors: Vec<Successor>,
    /// Following the codes leads back to one of them, or to one the register does not hold.
    pub broken: bool,
    /// Codes this one took the place of.
    pub predecessors: Vec<Successor>,
    /// The levels above, widest first.
    pub above: Vec<Link>,
    /// The level below, codes in use.
    pub below: Vec<Link>,
    /// The level below, codes no longer in use; at most some.
    pub below_ended: Vec<Link>,
    /// All of those.
    pub below_ended_total: u64,
    /// What the register holds there, by list.
    pub counts: Vec<Number>,
    /// Code, level, days, centre.
    pub facts: Vec<Fact>,
    /// History.
    pub history: Vec<Event>,
    /// Sources.
    pub sources: Vec<Source>,
}

//! Services: what they offer, and which listings entitle to them.

use super::{Event, Fact, Link, RecordMeta, Source, Status};

/// `/services/{key}`
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ServicePage {
    /// Identity.
    pub meta: RecordMeta,
    /// Name.
    pub name: String,
    /// Open or closed.
    pub status: Status,
    /// The system of the policy documents it belongs to.
    pub system: Link,
    /// What that system is, in plain words; may be empty.
    pub meaning: String,
    /// Who runs it.
    pub operator: String,
    /// Where it is, linked to the services there.
    pub place: Link,
    /// For whom, what for, test items, hours, contact, cost.
    pub facts: Vec<Fact>,
    /// Its own site.
    pub url: Option<String>,
    /// Listings that entitle to it; empty: open to everybody the facts name.
    pub eligibility: Vec<Eligible>,
    /// Other open services of the same system.
    pub same: Vec<(Link, String, Status)>,
    /// The list of all services of the system, path without language prefix.
    pub same_href: String,
    /// History.
    pub history: Vec<Event>,
    /// Sources.
    pub sources: Vec<Source>,
}

/// A scheme whose listings entitle to a service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Eligible {
    /// The scheme and its directory.
    pub scheme: Link,
    /// The status a listing has to have.
    pub status: Status,
    /// Listings that have it, path without language prefix.
    pub href: String,
}

/// What a listing brings: a service it entitles to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entitlement {
    /// The service.
    pub service: Link,
    /// Operator, place and hours, in words.
    pub line: Vec<String>,
    /// The scheme of the listing.
    pub by: Link,
}

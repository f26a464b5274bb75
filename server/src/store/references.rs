//! Which records a record refers to, as the view stores it: without the field's name.

use register::{Body, Kind};

/// Every (kind, key) a body refers to, each once, sorted.
#[must_use]
pub fn references_of(kind: Kind, body: &Body) -> Vec<(Kind, String)> {
    let mut found: Vec<(Kind, String)> = register::references(kind, body)
        .into_iter()
        .map(|reference| (reference.kind, reference.key))
        .collect();
    found.sort();
    found.dedup();
    found
}

//! Which sources a record's present fields come from.
//!
//! An entry is a whole new version with one source, the list that made it. Where a second list only
//! completed the record, most of its fields are still the first list's: those are told by the history.

use std::collections::BTreeMap;

use app::model::Source;
use register::Entry;

use super::view::View;
use crate::store::Result;

/// A version that gave the record some of its present fields.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The entry.
    pub entry: Entry,
    /// Fields whose present value it was the first to give, without a break since.
    pub fields: Vec<String>,
}

/// The versions a record's present fields come from, in the order of the log, then the record's own if
/// it gave none.
///
/// # Errors
/// When the register cannot be read.
pub fn origins(view: &View<'_>, entry: &Entry) -> Result<Vec<Origin>> {
    let mut versions = view.reader.history(entry.kind, &entry.key)?;
    versions.retain(|v| v.seq < view.at.known && v.valid_from <= view.at.as_of);
    Ok(of_versions(versions, entry))
}

/// The sources of a record's present fields, each once; the record's own first.
///
/// # Errors
/// When the register cannot be read.
pub fn sources(view: &View<'_>, entry: &Entry) -> Result<Vec<Source>> {
    let origins = origins(view, entry)?;
    view.sources(std::iter::once(entry).chain(origins.iter().map(|origin| &origin.entry)))
}

fn of_versions(mut versions: Vec<Entry>, entry: &Entry) -> Vec<Origin> {
    // The order in which versions took each other's place.
    versions.sort_by_key(|v| (v.valid_from, v.seq));
    versions.retain(|v| (v.valid_from, v.seq) <= (entry.valid_from, entry.seq));
    let mut given: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (name, value) in &entry.body {
        let first = versions
            .iter()
            .rposition(|v| v.body.get(name) != Some(value))
            .map_or(0, |before| before + 1);
        given.entry(first).or_default().push(name.clone());
    }
    given
        .into_iter()
        .filter_map(|(at, fields)| versions.get(at).map(|v| Origin { entry: v.clone(), fields }))
        .collect()
}

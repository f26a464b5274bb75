//! Coverage of whole lists: what their sources say, put together.

use std::collections::BTreeMap;

use app::model::Coverage;
use register::{Entry, Kind};
use search::catalogue::Catalogue;

use super::body;
use super::join::position;
use super::view::View;
use crate::store::{At, Reader, Result};

/// By [`Catalogue::ALL`]: the sources of the list's records and how many records rest on each.
pub type Sources = [BTreeMap<String, u64>; Catalogue::COUNT];

/// The list that records of a kind are in.
pub const fn catalogue_of(kind: Kind) -> Option<Catalogue> {
    Some(match kind {
        Kind::Product => Catalogue::Products,
        Kind::Enterprise => Catalogue::Enterprises,
        Kind::Standard => Catalogue::Standards,
        Kind::Listing => Catalogue::Listings,
        Kind::Notice | Kind::Recall => Catalogue::Notices,
        Kind::Service => Catalogue::Services,
        Kind::Inspection => Catalogue::Inspections,
        Kind::Penalty => Catalogue::Penalties,
        Kind::Restriction => Catalogue::Restrictions,
        _ => return None,
    })
}

/// Counts a record.
pub fn count(sources: &mut Sources, entry: &Entry) {
    if let Some(catalogue) = catalogue_of(entry.kind) {
        *sources[position(catalogue)].entry(entry.source.id.clone()).or_default() += 1;
    }
}

/// The same counts after `entries`, which brought the log from `before` to `at`.
///
/// # Errors
/// When the register cannot be read.
pub fn recount(
    sources: &mut Sources,
    reader: &Reader,
    before: At,
    at: At,
    entries: &[Entry],
) -> Result<()> {
    let touched: std::collections::BTreeSet<(Kind, &str)> =
        entries.iter().map(|entry| (entry.kind, entry.key.as_str())).collect();
    for (kind, key) in touched {
        let Some(catalogue) = catalogue_of(kind) else { continue };
        if let Some(old) = reader.record(kind, key, before)? {
            let counts = &mut sources[position(catalogue)];
            if let Some(count) = counts.get_mut(&old.source.id) {
                *count = count.saturating_sub(1);
            }
            counts.retain(|_, count| *count > 0);
        }
        if let Some(new) = reader.record(kind, key, at)? {
            count(sources, &new);
        }
    }
    Ok(())
}

/// What a list of `holds` rows says of itself: the period its sources span, the day the one read
/// longest ago was last read, every gap. A stated total is given only where every source states one
/// for exactly the rows this list has from it.
///
/// # Errors
/// When the register cannot be read.
pub fn of_list(view: &View<'_>, sources: &BTreeMap<String, u64>, holds: u64) -> Result<Coverage> {
    let mut all = Coverage { holds, ..Coverage::default() };
    let mut stated = Some(0);
    let several = sources.len() > 1;
    for (id, rows) in sources {
        let source = view.record(Kind::Source, id)?;
        let Some((source, one)) =
            source.as_ref().and_then(|source| Some((source, Coverage::of(&source.body)?)))
        else {
            stated = None;
            continue;
        };
        all.from = earlier(all.from, one.from);
        all.to = all.to.max(one.to);
        all.last_read_on = earlier(all.last_read_on, one.last_read_on);
        let own = one.stated_total.filter(|_| one.holds == *rows);
        stated = stated.zip(own).map(|(sum, own): (u64, u64)| sum.saturating_add(own));
        let title = body::text(&source.body, "title");
        all.gaps.extend(one.gaps.into_iter().map(|gap| match several {
            true => format!("{title}：{gap}"),
            false => gap,
        }));
    }
    all.stated_total = stated.filter(|_| !sources.is_empty());
    Ok(all.judged())
}

fn earlier<T: Ord>(a: Option<T>, b: Option<T>) -> Option<T> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

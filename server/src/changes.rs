//! Lists of changes: every entry of the log beside the version it took the place of.
//!
//! Two axes, one for each of a record's two times:
//!
//! - **By the day it became true.** A change is a day on which the record of a key, as known at a log
//!   size, is another entry than the day before. Of several entries with the same day the last recorded
//!   counts, so a corrected entry is no change of its own: what was corrected was never so.
//! - **By the day it was recorded.** Every entry is a change; the version before is what the register
//!   said about that day until then.
//!
//! What is needed of an entry are seven whole numbers ([`Version`]), which the view keeps. For a log of n
//! entries [`Versions::sorted`] takes n log n steps and is done once for each log size; a question then looks at the
//! changes of its span once, whatever is asked of them, and reads bodies only for the rows it shows.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::RangeInclusive;
use std::sync::Arc;

use register::{Change, Kind};

use crate::store::Version;

#[cfg(test)]
mod tests;

/// By which of its two times a change is dated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Axis {
    /// The day it became true.
    #[default]
    Valid,
    /// The day it was recorded.
    Recorded,
}

impl Axis {
    /// Code in addresses and JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Axis::Valid => "valid",
            Axis::Recorded => "recorded",
        }
    }
}

/// One change: an entry and the one it took the place of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Index of the entry.
    pub seq: u32,
    /// Index of the version before; none: there was none.
    pub before: Option<u32>,
    /// What it was.
    pub change: Change,
}

/// All changes known at one log size.
#[derive(Debug)]
pub struct Versions {
    /// The entries, by index.
    pub entries: Vec<Version>,
    /// By day, then index.
    valid: Vec<Row>,
    /// By index.
    recorded: Vec<Row>,
    /// Kind of every key that has an entry, by number.
    kinds: Vec<Option<Kind>>,
}

/// What is asked of the changes. Within a list "or", between lists "and"; an empty list asks nothing.
#[derive(Clone, Debug, Default)]
pub struct Ask {
    /// Axis.
    pub axis: Axis,
    /// Days on that axis, in days of the common era.
    pub days: Option<RangeInclusive<i32>>,
    /// Only entries from this index on.
    pub from_seq: u32,
    /// Kinds.
    pub kinds: Vec<Kind>,
    /// Changes.
    pub changes: Vec<Change>,
    /// Numbers of schemes.
    pub schemes: Vec<u32>,
    /// Only these records and what speaks about them.
    pub within: Option<HashSet<u32>>,
    /// Only records of these kinds and what speaks about them.
    pub about_kinds: Vec<Kind>,
    /// Never these entries.
    pub hidden: Arc<HashSet<u32>>,
}

/// The changes that were asked for.
#[derive(Clone, Debug, Default)]
pub struct Hits {
    /// Newest first.
    pub rows: Vec<Row>,
    /// By kind: how many there would be if this kind were the choice.
    pub kinds: BTreeMap<Kind, usize>,
    /// The same by change.
    pub changes: BTreeMap<Change, usize>,
    /// The same by number of the scheme.
    pub schemes: BTreeMap<u32, usize>,
}

/// Index of an entry. Logs stay far below 2^32 entries.
fn index(i: usize) -> u32 {
    u32::try_from(i).unwrap_or(u32::MAX)
}

impl Versions {
    /// Sorts the entries of a log, all of them or the first so many.
    #[must_use]
    pub fn sorted(entries: Vec<Version>) -> Versions {
        let mut order: Vec<u32> = (0..index(entries.len())).collect();
        let of = |seq: &u32| &entries[*seq as usize];
        order.sort_unstable_by_key(|seq| (of(seq).id, *seq));
        let mut valid = Vec::with_capacity(entries.len());
        let mut recorded =
            vec![Row { seq: 0, before: None, change: Change::Changed }; entries.len()];
        for versions in order.chunk_by(|a, b| of(a).id == of(b).id) {
            // Most records were never changed.
            if let [seq] = versions {
                let only = row(&entries, *seq, None);
                recorded[*seq as usize] = only;
                valid.push(only);
                continue;
            }
            // The last entry of every day seen so far.
            let mut days: BTreeMap<i32, u32> = BTreeMap::new();
            for seq in versions {
                let day = of(seq).day;
                let before = days.range(..=day).next_back().map(|(_, before)| *before);
                recorded[*seq as usize] = row(&entries, *seq, before);
                days.insert(day, *seq);
            }
            let mut before = None;
            for seq in days.into_values() {
                valid.push(row(&entries, seq, before));
                before = Some(seq);
            }
        }
        valid.sort_unstable_by_key(|row| (entries[row.seq as usize].day, row.seq));
        let most = entries.iter().map(|entry| entry.id).max().unwrap_or(0) as usize;
        let mut kinds = vec![None; most + 1];
        for entry in &entries {
            kinds[entry.id as usize] = Some(entry.kind);
        }
        Versions { entries, valid, recorded, kinds }
    }

    /// Entries.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no entry.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The changes asked for, in one look at those of the span.
    #[must_use]
    pub fn ask(&self, ask: &Ask) -> Hits {
        let mut hits = Hits::default();
        // Counted in arrays: a map would take longer than everything else.
        let mut kinds = [0usize; Kind::ALL.len()];
        let mut changes = [0usize; Change::ALL.len()];
        let mut schemes: HashMap<u32, usize> = HashMap::new();
        for row in self.span(ask).iter().rev() {
            let entry = &self.entries[row.seq as usize];
            if row.seq < ask.from_seq
                || ask.hidden.contains(&row.seq)
                || !self.is_within(ask, entry)
            {
                continue;
            }
            let kind = ask.kinds.is_empty() || ask.kinds.contains(&entry.kind);
            let change = ask.changes.is_empty() || ask.changes.contains(&row.change);
            let scheme = ask.schemes.is_empty() || ask.schemes.contains(&entry.scheme);
            if change && scheme {
                kinds[entry.kind as usize] += 1;
            }
            if kind && scheme {
                changes[row.change as usize] += 1;
            }
            if kind && change && entry.scheme != 0 {
                *schemes.entry(entry.scheme).or_default() += 1;
            }
            if kind && change && scheme {
                hits.rows.push(*row);
            }
        }
        let counted = |n: &usize| *n > 0;
        hits.kinds = Kind::ALL.into_iter().map(|k| (k, kinds[k as usize])).collect();
        hits.kinds.retain(|_, n| counted(n));
        hits.changes = Change::ALL.into_iter().map(|c| (c, changes[c as usize])).collect();
        hits.changes.retain(|_, n| counted(n));
        hits.schemes = schemes.into_iter().collect();
        hits
    }

    fn is_within(&self, ask: &Ask, entry: &Version) -> bool {
        let both = [entry.id, entry.about];
        let by_kind = ask.about_kinds.is_empty()
            || both.iter().any(|id| {
                let kind = self.kinds.get(*id as usize).copied().flatten();
                kind.is_some_and(|kind| ask.about_kinds.contains(&kind))
            });
        by_kind
            && ask.within.as_ref().is_none_or(|within| both.iter().any(|id| within.contains(id)))
    }

    /// The rows of the days asked for. On both axes days do not fall as the rows go on: the log's clock
    /// does not go back.
    fn span(&self, ask: &Ask) -> &[Row] {
        let day = |row: &Row| {
            let entry = &self.entries[row.seq as usize];
            match ask.axis {
                Axis::Valid => entry.day,
                Axis::Recorded => entry.recorded,
            }
        };
        let rows = match ask.axis {
            Axis::Valid => &self.valid,
            Axis::Recorded => &self.recorded,
        };
        let Some(days) = &ask.days else { return rows };
        let start = rows.partition_point(|row| day(row) < *days.start());
        let end = rows.partition_point(|row| day(row) <= *days.end());
        rows.get(start..end).unwrap_or_default()
    }
}

fn row(entries: &[Version], seq: u32, before: Option<u32>) -> Row {
    let ended = |seq: u32| entries[seq as usize].ended;
    Row { seq, before, change: Change::between(before.map(ended), ended(seq)) }
}

//! The first rows of a result, in order. Rows of a table are in key order, so a row number stands for its key.

use std::cmp::Ordering;

use super::{Hits, Part};
use crate::bits::Bits;
use crate::columns::sort_list;
use crate::table::Table;

/// A row with what placed it.
#[derive(Clone, Copy)]
pub(crate) struct Placed {
    /// By relevance: (false, level × 2 + ended). By a sort order: (no value, value).
    place: (bool, u64),
    pub(crate) row: u32,
}

/// The first `wanted` rows: by relevance, or in a sort order.
pub(crate) fn first(table: &Table, hits: &Hits, sort: Option<usize>, wanted: usize) -> Vec<Placed> {
    match sort {
        Some(sort) => by_sort(table, hits, sort, wanted),
        None => by_relevance(table, hits, wanted),
    }
}

fn by_sort(table: &Table, hits: &Hits, sort: usize, wanted: usize) -> Vec<Placed> {
    // Walking the prepared order meets a hit every rows/total steps.
    if let Some(order) = table.permutations.get(sort)
        && wanted.saturating_mul(table.columns.rows()) / hits.total.max(1)
            < hits.total.saturating_mul(8)
    {
        let rows = order.iter().filter(|&&row| hits.rows.has(row)).take(wanted);
        return rows.map(|&row| Placed { place: table.sort_value(sort, row), row }).collect();
    }
    // Few hits in a big table, or a table without a prepared order.
    let mut rows: Vec<Placed> =
        hits.rows.iter().map(|row| Placed { place: table.sort_value(sort, row), row }).collect();
    sort_list(&mut rows, &|a, b| a.place.cmp(&b.place).then(a.row.cmp(&b.row)));
    rows.truncate(wanted);
    rows
}

fn by_relevance(table: &Table, hits: &Hits, wanted: usize) -> Vec<Placed> {
    let mut placed = Vec::new();
    let last =
        hits.relevance.iter().filter_map(|r| r.levels.last()).map(|l| l.0).max().unwrap_or(0);
    let blank = Bits::none(table.columns.rows());
    // Per term: rows it matches at this level or a better one.
    let mut reached: Vec<Bits> = hits.relevance.iter().map(|_| blank.clone()).collect();
    let mut done = blank;
    for level in 0..=last {
        if hits.relevance.iter().all(|term| term.levels.iter().all(|l| l.0 != level)) {
            continue;
        }
        for (term, reached) in hits.relevance.iter().zip(&mut reached) {
            if let Ok(at) = term.levels.binary_search_by_key(&level, |l| l.0) {
                reached.or(&term.levels[at].1);
            }
        }
        let mut here = hits.rows.clone();
        reached.iter().for_each(|r| here.and(r));
        here.and_not(&done);
        done.or(&here);
        for ended in [false, true] {
            let place = (false, level as u64 * 2 + u64::from(ended));
            let left = wanted - placed.len();
            let rows = here.iter().filter(|&row| table.ended.has(row) == ended).take(left);
            placed.extend(rows.map(|row| Placed { place, row }));
            if placed.len() == wanted {
                return placed;
            }
        }
    }
    placed
}

/// Merges the first rows of several tables into one order; gives (part, row).
pub(crate) fn merge(
    parts: &[Part<'_>],
    placed: &[Vec<Placed>],
    sort: Option<usize>,
) -> Vec<(usize, u32)> {
    let by_text =
        sort.filter(|&s| matches!(parts[0].table.columns.spec.sorts[s].by, crate::SortBy::Text(_)));
    let descending = sort.is_some_and(|s| parts[0].table.columns.spec.sorts[s].descending);
    let text = |part: usize, row: u32| by_text.and_then(|s| parts[part].table.sort_text(s, row));
    let key = |part: usize, row: u32| parts[part].table.columns.keys.get(row as usize);
    let before = |(a_part, a): (usize, &Placed), (b_part, b): (usize, &Placed)| {
        let places = if by_text.is_some() {
            let by_value = text(a_part, a.row).cmp(&text(b_part, b.row));
            a.place.0.cmp(&b.place.0).then(if descending { by_value.reverse() } else { by_value })
        } else {
            a.place.cmp(&b.place)
        };
        places.then_with(|| key(a_part, a.row).cmp(key(b_part, b.row)))
    };
    let mut at = vec![0; placed.len()];
    let mut merged = Vec::with_capacity(placed.iter().map(Vec::len).sum());
    loop {
        let mut best: Option<usize> = None;
        for part in 0..placed.len() {
            let Some(candidate) = placed[part].get(at[part]) else { continue };
            let better = match best {
                None => true,
                Some(b) => before((part, candidate), (b, &placed[b][at[b]])) == Ordering::Less,
            };
            if better {
                best = Some(part);
            }
        }
        let Some(part) = best else { return merged };
        merged.push((part, placed[part][at[part]].row));
        at[part] += 1;
    }
}

//! Rows and counts of facet values.

use super::Part;
use crate::bits::Bits;
use crate::table::Table;

/// Rows that have one of the codes.
pub(crate) fn rows_of(table: &Table, facet: usize, codes: &[String]) -> Bits {
    let mut rows = Bits::none(table.columns.rows());
    for code in codes {
        if let Some(v) = table.columns.facets[facet].codes.find(code) {
            match table.facets[facet].bitmaps.get(v) {
                Some(Some(bits)) => rows.or(bits),
                _ => table.facets[facet].rows_of.get(v).iter().for_each(|&r| rows.insert(r)),
            }
        }
    }
    rows
}

/// How many of the rows have each value. Chooses by cost: everything (known sizes), few rows (walk them and
/// add up their values), or many (count value by value).
pub(crate) fn every_value(part: &Part<'_>, facet: usize, rows: &Bits, total: usize) -> Vec<u32> {
    let table = part.table;
    let index = &table.facets[facet];
    let of_row = &table.columns.facets[facet].of_row;
    let values = index.rows_of.len();
    if total + part.hidden.map_or(0, |h| h.count) == rows.len() {
        return (0..values).map(|v| part.records(facet, v) as u32).collect();
    }
    let mut counts = vec![0u32; values];
    let walk = rows.words() + total * (1 + of_row.total() / of_row.len().max(1));
    if walk <= index.cost_by_value {
        for row in rows.iter() {
            for &v in of_row.get(row as usize) {
                counts[v as usize] += 1;
            }
        }
    } else {
        for (v, count) in counts.iter_mut().enumerate() {
            *count = value(table, facet, rows, v) as u32;
        }
    }
    counts
}

/// How many of the rows have one code.
pub(crate) fn one_value(table: &Table, facet: usize, rows: &Bits, code: &str) -> usize {
    table.columns.facets[facet].codes.find(code).map_or(0, |v| value(table, facet, rows, v))
}

fn value(table: &Table, facet: usize, rows: &Bits, v: usize) -> usize {
    match table.facets[facet].bitmaps.get(v) {
        Some(Some(bits)) => rows.count_and(bits),
        _ => table.facets[facet].rows_of.get(v).iter().filter(|&&r| rows.has(r)).count(),
    }
}

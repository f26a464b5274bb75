//! Writes a shelf.

use std::collections::{BTreeSet, HashMap};

use sha2::{Digest as _, Sha256};

use super::codec::write::{column, number, planes, seen, strings, zigzag};
use super::{FORMAT, HEADER, MAGIC, ROWS_MAX, shape};
use crate::catalogue::Catalogue;
use crate::columns::{Lists, Strings};
use crate::fold;
use crate::index::Index;
use crate::table::{Columns, NO_NUMBER};

/// Writes an index's records as a shelf, bound to the log size they come from; none where there are more than
/// [`ROWS_MAX`]. The same records give the same bytes.
pub fn write(index: &Index, log_size: u64) -> Option<Vec<u8>> {
    if index.len() > ROWS_MAX {
        return None;
    }
    let columns = index.shelf_columns();
    let columns: &Columns = &columns;
    let order = storage_order(columns);
    let mut sections = vec![folding(columns), readings(columns), keys(columns, &order)];
    let mut earlier: Vec<Vec<u32>> = Vec::new();
    for (c, values) in columns.numbers.iter().enumerate() {
        sections.push(numbers(values, &columns.numbers[..c], &order, &mut earlier));
    }
    for text in &columns.texts {
        sections.push(lists(&text.values, &text.of_row, &order, &mut earlier).0);
    }
    for facet in &columns.facets {
        let (mut out, codes) = lists(&facet.codes, &facet.of_row, &order, &mut earlier);
        let words = |language: usize| {
            codes.iter().map(move |&code| match &facet.labels[code as usize] {
                None => "",
                // Words equal to the code or to the simplified form are not repeated.
                Some(words) if language > 0 && words[language] == words[0] => "",
                Some(words) => words[language].as_str(),
            })
        };
        let named: Vec<u32> =
            codes.iter().map(|&c| u32::from(facet.labels[c as usize].is_some())).collect();
        planes(&mut out, &named);
        (0..3).for_each(|language| strings(&mut out, words(language)));
        sections.push(out);
    }
    for display in &columns.display {
        sections.push(lists(&display.values, &display.of_row, &order, &mut earlier).0);
    }
    let catalogue = Catalogue::ALL.iter().position(|c| *c == columns.spec.catalogue)?;
    let mut out = Vec::with_capacity(HEADER + sections.iter().map(Vec::len).sum::<usize>());
    out.extend_from_slice(MAGIC);
    out.extend_from_slice(&FORMAT.to_le_bytes());
    out.extend_from_slice(&[catalogue as u8, 0]);
    out.extend_from_slice(&shape(columns.spec).to_le_bytes());
    out.extend_from_slice(&log_size.to_le_bytes());
    out.extend_from_slice(&(columns.rows() as u32).to_le_bytes());
    out.extend_from_slice(&(sections.len() as u32).to_le_bytes());
    for section in &sections {
        out.extend_from_slice(&u32::try_from(section.len()).ok()?.to_le_bytes());
    }
    let mut hash = Sha256::new();
    hash.update(&out);
    sections.iter().for_each(|s| hash.update(s));
    out.extend_from_slice(&hash.finalize());
    sections.iter().for_each(|s| out.extend_from_slice(s));
    Some(out)
}

/// Like follows like: by enterprise (else by the first facet), then by the texts, then by key.
fn storage_order(columns: &Columns) -> Vec<u32> {
    let facet = columns.spec.facet("enterprise").unwrap_or(0);
    let mut order: Vec<u32> = (0..columns.rows() as u32).collect();
    order.sort_by_key(|&row| {
        let row = row as usize;
        let codes = columns.facets.get(facet).map(|f| f.of_row.get(row)).unwrap_or_default();
        let texts: Vec<&[u32]> = columns.texts.iter().map(|t| t.of_row.get(row)).collect();
        (codes, texts, row)
    });
    order
}

/// Characters whose folded form consists of characters that occur in the folded texts.
fn folding(columns: &Columns) -> Vec<u8> {
    let occurring: BTreeSet<char> = columns
        .texts
        .iter()
        .flat_map(|t| t.values.iter())
        .flat_map(|v| fold::fold(v).chars().collect::<Vec<_>>())
        .collect();
    let pairs: Vec<&(char, String)> = fold::exceptions()
        .iter()
        .filter(|(_, folded)| folded.chars().all(|c| occurring.contains(&c)))
        .collect();
    let mut out = Vec::new();
    number(&mut out, pairs.len() as u64);
    let mut before = 0;
    for (c, _) in &pairs {
        number(&mut out, u64::from(u32::from(*c) - before));
        before = u32::from(*c);
    }
    let lengths: Vec<u32> = pairs.iter().map(|p| p.1.chars().count() as u32).collect();
    planes(&mut out, &lengths);
    let mut before = 0;
    for c in pairs.iter().flat_map(|p| p.1.chars()) {
        number(&mut out, zigzag(i64::from(u32::from(c)) - before));
        before = i64::from(u32::from(c));
    }
    out
}

fn readings(columns: &Columns) -> Vec<u8> {
    let chars = &columns.readings.chars;
    let joined: Vec<String> = chars.iter().map(|(_, list)| list.join(" ")).collect();
    let distinct: BTreeSet<&str> = joined.iter().map(String::as_str).collect();
    let numbered: HashMap<&str, u32> =
        distinct.iter().enumerate().map(|(i, s)| (*s, i as u32)).collect();
    let mut out = Vec::new();
    strings(&mut out, distinct.iter().copied());
    number(&mut out, chars.len() as u64);
    let mut before = 0;
    for (c, _) in chars {
        number(&mut out, u64::from(u32::from(*c) - before));
        before = u32::from(*c);
    }
    let ids: Vec<u32> = joined.iter().map(|j| numbered[j.as_str()]).collect();
    planes(&mut out, &ids);
    out
}

/// Keys in storage order; those of one prefix and an even number of hexadecimal digits as bytes.
fn keys(columns: &Columns, order: &[u32]) -> Vec<u8> {
    let keys: Vec<&str> = order.iter().map(|&r| columns.keys.get(r as usize)).collect();
    let mut out = Vec::new();
    if let Some((prefix, digits)) = hex_form(&keys) {
        out.push(1);
        strings(&mut out, [prefix].into_iter());
        number(&mut out, digits as u64);
        let nibble = |b: u8| if b.is_ascii_digit() { b - b'0' } else { b - b'a' + 10 };
        for key in &keys {
            out.extend(
                key.as_bytes()[prefix.len()..].chunks(2).map(|d| nibble(d[0]) << 4 | nibble(d[1])),
            );
        }
    } else {
        out.push(0);
        strings(&mut out, keys.into_iter());
    }
    out
}

fn hex_form<'a>(keys: &[&'a str]) -> Option<(&'a str, usize)> {
    let first = keys.first()?;
    let prefix = &first[..first.find('-').map_or(0, |at| at + 1)];
    let digits = first.len() - prefix.len();
    let fits = digits > 0
        && digits % 2 == 0
        && keys.iter().all(|key| {
            key.len() == first.len()
                && key.starts_with(prefix)
                && key.as_bytes()[prefix.len()..]
                    .iter()
                    .all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
        });
    fits.then_some((prefix, digits))
}

/// A number column: as it is, or as differences from an earlier one, whichever has fewer distinct values.
fn numbers(
    values: &[i64],
    others: &[Vec<i64>],
    order: &[u32],
    earlier: &mut Vec<Vec<u32>>,
) -> Vec<u8> {
    let differences = |base: Option<&Vec<i64>>| -> Vec<Option<i64>> {
        order
            .iter()
            .map(|&r| {
                let value = values[r as usize];
                (value != NO_NUMBER).then(|| {
                    let from = base.map_or(0, |b| b[r as usize]);
                    value.wrapping_sub(if from == NO_NUMBER { 0 } else { from })
                })
            })
            .collect()
    };
    let (mut base, mut best) = (0, differences(None));
    let distinct = |d: &[Option<i64>]| d.iter().copied().collect::<BTreeSet<_>>().len();
    let mut fewest = distinct(&best);
    for (i, other) in others.iter().enumerate() {
        let candidate = differences(Some(other));
        let count = distinct(&candidate);
        if count < fewest {
            (base, best, fewest) = (i + 1, candidate, count);
        }
    }
    let dictionary: Vec<Option<i64>> =
        best.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
    let mut out = Vec::new();
    number(&mut out, base as u64);
    number(&mut out, dictionary.len() as u64);
    out.push(u8::from(dictionary.first() == Some(&None)));
    let mut before = 0i64;
    for value in dictionary.iter().flatten() {
        number(&mut out, zigzag(value.wrapping_sub(before)));
        before = *value;
    }
    let ids: Vec<u32> =
        best.iter().map(|v| dictionary.binary_search(v).map_or(0, |i| i as u32)).collect();
    column(&mut out, &ids, earlier, false);
    earlier.push(ids);
    out
}

/// A column of lists of strings: values and lists are numbered in the order of first appearance. Gives the
/// section and the values' old numbers in their new order.
fn lists(
    values: &Strings,
    of_row: &Lists,
    order: &[u32],
    earlier: &mut Vec<Vec<u32>>,
) -> (Vec<u8>, Vec<u32>) {
    let mut new_value: HashMap<u32, u32> = HashMap::new();
    let mut old_value: Vec<u32> = Vec::new();
    let mut list_numbers: HashMap<&[u32], u32> = HashMap::new();
    let mut distinct: Vec<&[u32]> = Vec::new();
    let ids: Vec<u32> = order
        .iter()
        .map(|&row| {
            let list = of_row.get(row as usize);
            *list_numbers.entry(list).or_insert_with(|| {
                distinct.push(list);
                distinct.len() as u32 - 1
            })
        })
        .collect();
    let mut lengths = Vec::new();
    let mut flat = Vec::new();
    for list in &distinct {
        lengths.push(list.len() as u32);
        for &v in *list {
            flat.push(*new_value.entry(v).or_insert_with(|| {
                old_value.push(v);
                old_value.len() as u32 - 1
            }));
        }
    }
    let mut out = Vec::new();
    strings(&mut out, old_value.iter().map(|&v| values.get(v as usize)));
    number(&mut out, distinct.len() as u64);
    planes(&mut out, &lengths);
    planes(&mut out, &seen(&flat));
    column(&mut out, &ids, earlier, true);
    earlier.push(ids);
    (out, old_value)
}

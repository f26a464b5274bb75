//! A table's columns and what was derived from them with effort; the rest is derived again.

use super::{FrozenError, Read, Sink, Source, below};
use crate::catalogue::CatalogueSpec;
use crate::columns::{Lists, Strings};
use crate::fold::Folding;
use crate::grams::{Grams, Postings};
use crate::sound::Readings;
use crate::table::{Codes, Columns, FacetIndex, Table, TextIndex, Values};

type Written<E> = Result<(), E>;

pub(super) fn write<E>(sink: &mut Sink<'_, E>, table: &Table) -> Written<E> {
    let columns = &table.columns;
    strings(sink, &columns.keys)?;
    for (values, text) in columns.texts.iter().zip(&table.texts) {
        strings(sink, &values.values)?;
        lists(sink, &values.of_row)?;
        strings(sink, &text.folded)?;
        strings(sink, &text.squeezed)?;
        sink.number(u32::from(text.grams.is_some()))?;
        if let Some(grams) = &text.grams {
            for one in [&grams.text, &grams.squeezed, &grams.initials, &grams.syllables] {
                wide(sink, &one.keys)?;
                lists(sink, &one.lists)?;
            }
        }
    }
    for codes in &columns.facets {
        strings(sink, &codes.codes)?;
        lists(sink, &codes.of_row)?;
        sink.numbers(codes.labels.iter().map(|words| u32::from(words.is_some())))?;
        let words = codes.labels.iter().flatten().flatten().map(String::as_str);
        strings(sink, &words.collect())?;
    }
    for numbers in &columns.numbers {
        sink.number(numbers.len() as u32)?;
        numbers.iter().try_for_each(|number| sink.bytes(&number.to_le_bytes()))?;
    }
    for values in &columns.display {
        strings(sink, &values.values)?;
        lists(sink, &values.of_row)?;
    }
    sink.numbers(columns.readings.chars.iter().map(|(c, _)| u32::from(*c)))?;
    sink.numbers(columns.readings.chars.iter().map(|(_, readings)| readings.len() as u32))?;
    let readings = columns.readings.chars.iter().flat_map(|(_, readings)| readings);
    strings(sink, &readings.map(String::as_str).collect())?;
    for (ranks, order) in table.text_ranks.iter().zip(&table.permutations) {
        sink.number(u32::from(ranks.is_some()))?;
        if let Some(ranks) = ranks {
            sink.numbers(ranks.iter().copied())?;
        }
        sink.numbers(order.iter().copied())?;
    }
    // Whether frequent values had bitmaps: an overlay has none.
    sink.number(u32::from(table.facets.iter().any(|facet| !facet.bitmaps.is_empty())))
}

fn strings<E>(sink: &mut Sink<'_, E>, strings: &Strings) -> Written<E> {
    let (text, ends) = strings.parts();
    sink.number(text.len() as u32)?;
    sink.bytes(text.as_bytes())?;
    sink.numbers(ends.iter().copied())
}

fn lists<E>(sink: &mut Sink<'_, E>, lists: &Lists) -> Written<E> {
    let (ends, ids) = lists.parts();
    sink.numbers(ends.iter().copied())?;
    sink.numbers(ids.iter().copied())
}

fn wide<E>(sink: &mut Sink<'_, E>, numbers: &[u64]) -> Written<E> {
    sink.number(numbers.len() as u32)?;
    numbers.iter().try_for_each(|number| sink.bytes(&number.to_le_bytes()))
}

pub(super) fn read(source: &mut Source<'_>, spec: &'static CatalogueSpec) -> Read<Table> {
    let keys = read_strings(source)?;
    let rows = keys.len();
    let mut texts = Vec::with_capacity(spec.texts.len());
    let mut indexed = Vec::with_capacity(spec.texts.len());
    for _ in spec.texts {
        let values = read_values(source, rows)?;
        let count = values.values.len();
        let folded = read_strings(source)?;
        let squeezed = read_strings(source)?;
        if folded.len() != count || ![0, count].contains(&squeezed.len()) {
            return Err(FrozenError::Malformed);
        }
        let grams = match source.number()? {
            0 => None,
            _ => Some(Grams {
                values: count as u32,
                text: read_postings(source, count)?,
                squeezed: read_postings(source, count)?,
                initials: read_postings(source, count)?,
                syllables: read_postings(source, count)?,
            }),
        };
        let rows_of = values.of_row.inverted(count);
        indexed.push(TextIndex { folded, squeezed, rows_of, grams });
        texts.push(values);
    }
    let mut facets = Vec::with_capacity(spec.facets.len());
    let mut by_code = Vec::with_capacity(spec.facets.len());
    for _ in spec.facets {
        let Values { values: codes, of_row } = read_values(source, rows)?;
        let named = source.numbers()?;
        let words = read_strings(source)?;
        let count = named.iter().filter(|&&named| named != 0).count();
        if named.len() != codes.len() || words.len() != 3 * count {
            return Err(FrozenError::Malformed);
        }
        let mut words = words.iter().map(str::to_owned);
        let mut next = || words.next().unwrap_or_default();
        let labels = named.iter().map(|&named| (named != 0).then(|| [next(), next(), next()]));
        let labels = labels.collect();
        by_code.push(FacetIndex::new(of_row.inverted(codes.len()), rows));
        facets.push(Codes { codes, labels, of_row });
    }
    let mut numbers = Vec::with_capacity(spec.numbers.len());
    for _ in spec.numbers {
        let column: Vec<i64> = source.wide()?.into_iter().map(u64::cast_signed).collect();
        if column.len() != rows {
            return Err(FrozenError::Malformed);
        }
        numbers.push(column);
    }
    let display = spec.display.iter().map(|_| read_values(source, rows));
    let display = display.collect::<Read<Vec<Values>>>()?;
    let readings = read_readings(source)?;
    let (mut text_ranks, mut permutations) = (Vec::new(), Vec::new());
    for sort in spec.sorts {
        let by_text = match sort.by {
            crate::catalogue::SortBy::Text(column) => texts.get(column),
            crate::catalogue::SortBy::Number(_) => None,
        };
        let ranks = match source.number()? {
            0 => None,
            _ => Some(source.numbers()?),
        };
        if ranks.as_ref().map(Vec::len) != by_text.map(|column| column.values.len()) {
            return Err(FrozenError::Malformed);
        }
        let order = below(source.numbers()?, rows)?;
        if order.len() != rows {
            return Err(FrozenError::Malformed);
        }
        text_ranks.push(ranks);
        permutations.push(order);
    }
    let has_bitmaps = source.number()? != 0;
    let folding = Folding::Whole;
    let columns = Columns { spec, keys, texts, facets, numbers, display, readings, folding };
    let ended = Table::ended_rows(&columns, &by_code);
    let mut table =
        Table { columns, texts: indexed, facets: by_code, ended, text_ranks, permutations };
    if has_bitmaps {
        table.facets.iter_mut().for_each(|facet| facet.add_bitmaps(rows));
    }
    Ok(table)
}

fn read_strings(source: &mut Source<'_>) -> Read<Strings> {
    let length = source.number()? as usize;
    let text = str::from_utf8(source.take(length)?).map_err(|_| FrozenError::Malformed)?;
    let ends = source.numbers()?;
    let cut = ends.iter().all(|&end| text.is_char_boundary(end as usize));
    match cut && ends.is_sorted() && ends.last().copied().unwrap_or(0) as usize == length {
        true => Ok(Strings::of_parts(text.to_owned(), ends)),
        false => Err(FrozenError::Malformed),
    }
}

/// Lists of numbers below `end`.
fn read_lists(source: &mut Source<'_>, end: usize) -> Read<Lists> {
    let ends = source.numbers()?;
    let ids = below(source.numbers()?, end)?;
    match ends.is_sorted() && ends.last().copied().unwrap_or(0) as usize == ids.len() {
        true => Ok(Lists::of_parts(ends, ids)),
        false => Err(FrozenError::Malformed),
    }
}

fn read_values(source: &mut Source<'_>, rows: usize) -> Read<Values> {
    let values = read_strings(source)?;
    let of_row = read_lists(source, values.len())?;
    if of_row.len() == rows { Ok(Values { values, of_row }) } else { Err(FrozenError::Malformed) }
}

fn read_postings(source: &mut Source<'_>, values: usize) -> Read<Postings> {
    let keys = source.wide()?;
    let lists = read_lists(source, values)?;
    match keys.len() == lists.len() && keys.is_sorted() {
        true => Ok(Postings { keys, lists }),
        false => Err(FrozenError::Malformed),
    }
}

fn read_readings(source: &mut Source<'_>) -> Read<Readings> {
    let chars = source.numbers()?;
    let counts = source.numbers()?;
    let texts = read_strings(source)?;
    let all = counts.iter().try_fold(0usize, |sum, &count| sum.checked_add(count as usize));
    if chars.len() != counts.len() || all != Some(texts.len()) {
        return Err(FrozenError::Malformed);
    }
    let mut texts = texts.iter().map(str::to_owned);
    let mut readings = Readings::default();
    for (number, count) in chars.into_iter().zip(counts) {
        let c = char::from_u32(number).ok_or(FrozenError::Malformed)?;
        readings.chars.push((c, texts.by_ref().take(count as usize).collect()));
    }
    match readings.chars.is_sorted_by_key(|(c, _)| *c) {
        true => Ok(readings),
        false => Err(FrozenError::Malformed),
    }
}

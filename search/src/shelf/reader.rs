//! Reads a shelf back into columns.

use sha2::{Digest as _, Sha256};

use super::codec::{GIVEN, PLAIN, REPEAT, Source, seen, unzigzag};
use super::{FORMAT, HASH, HEADER, MAGIC, ROWS_MAX, ShelfError, catalogue, shape};
use crate::columns::{Lists, Strings, sort_numbers};
use crate::fold::Folding;
use crate::sound::Readings;
use crate::table::{Codes, Columns, NO_NUMBER, Values};

type Read<T> = Result<T, ShelfError>;

/// Most list entries a column may unfold to: far above what rows hold, far below what hurts a phone.
const ENTRIES_MAX: usize = 4_000_000;

pub(super) fn read(bytes: &[u8]) -> Read<(Columns, u64)> {
    if bytes.len() < MAGIC.len() || &bytes[..MAGIC.len()] != MAGIC {
        return Err(ShelfError::NotAShelf);
    }
    let header = bytes.get(..HEADER).ok_or(ShelfError::Damaged)?;
    if header[8..10] != FORMAT.to_le_bytes() {
        return Err(ShelfError::OtherVersion);
    }
    let word = |at: usize| {
        u32::from_le_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]])
    };
    let spec = catalogue(header[10]).ok_or(ShelfError::OtherVersion)?.spec();
    if word(12) != shape(spec) {
        return Err(ShelfError::OtherVersion);
    }
    let log_size = u64::from(word(16)) | u64::from(word(20)) << 32;
    let rows = word(24) as usize;
    let count = word(28) as usize;
    let expected =
        3 + spec.numbers.len() + spec.texts.len() + spec.facets.len() + spec.display.len();
    if count != expected || rows > ROWS_MAX {
        return Err(ShelfError::Damaged);
    }
    let lengths_end = HEADER + 4 * count;
    let body = bytes.get(lengths_end + HASH..).ok_or(ShelfError::Damaged)?;
    let mut hash = Sha256::new();
    hash.update(&bytes[..lengths_end]);
    hash.update(body);
    if hash.finalize()[..] != bytes[lengths_end..lengths_end + HASH] {
        return Err(ShelfError::Damaged);
    }
    let mut rest = Source::new(body);
    let mut sections = Vec::with_capacity(count);
    for length in bytes[HEADER..lengths_end].chunks_exact(4) {
        let length = u32::from_le_bytes([length[0], length[1], length[2], length[3]]);
        sections.push(Source::new(rest.take(length as usize)?));
    }
    rest.end()?;
    let mut sections = sections.into_iter();
    let mut next = || sections.next().ok_or(ShelfError::Malformed);

    let folding = folding(next()?)?;
    let readings = readings(next()?)?;
    let (keys, place) = keys(next()?, rows)?;
    let mut earlier: Vec<Vec<u32>> = Vec::new();
    let mut stored: Vec<Vec<i64>> = Vec::new();
    for _ in spec.numbers {
        let values = numbers(next()?, rows, &stored, &mut earlier)?;
        stored.push(values);
    }
    let numbers = stored
        .into_iter()
        .map(|values| {
            let mut sorted = vec![NO_NUMBER; rows];
            place.iter().zip(values).for_each(|(&row, value)| sorted[row as usize] = value);
            sorted
        })
        .collect();
    let mut texts = Vec::new();
    for _ in spec.texts {
        let (mut source, mut ids) = (next()?, Vec::new());
        texts.push(lists(&mut source, &place, &mut earlier, &mut ids)?);
        source.end()?;
    }
    let mut facets = Vec::new();
    for _ in spec.facets {
        let (mut source, mut new_number) = (next()?, Vec::new());
        let column = lists(&mut source, &place, &mut earlier, &mut new_number)?;
        let count = column.values.len();
        let named = source.planes(count)?;
        let words = [source.strings()?, source.strings()?, source.strings()?];
        if words.iter().any(|w| w.len() != count) {
            return Err(ShelfError::Malformed);
        }
        source.end()?;
        let mut labels = vec![None; count];
        for (i, &new) in new_number.iter().enumerate() {
            if named[i] > 0 {
                let word = |l: usize| {
                    if words[l][i].is_empty() { words[0][i].clone() } else { words[l][i].clone() }
                };
                labels[new as usize] = Some([word(0), word(1), word(2)]);
            }
        }
        facets.push(Codes { codes: column.values, labels, of_row: column.of_row });
    }
    let mut display = Vec::new();
    for _ in spec.display {
        let (mut source, mut ids) = (next()?, Vec::new());
        display.push(lists(&mut source, &place, &mut earlier, &mut ids)?);
        source.end()?;
    }
    Ok((Columns { spec, keys, texts, facets, numbers, display, readings, folding }, log_size))
}

fn chars(source: &mut Source<'_>) -> Read<Vec<char>> {
    let count = source.count()?;
    let mut list = Vec::new();
    let mut at = 0u32;
    for i in 0..count {
        let step = u32::try_from(source.number()?).map_err(|_| ShelfError::Malformed)?;
        if i > 0 && step == 0 {
            return Err(ShelfError::Malformed);
        }
        at = at.checked_add(step).ok_or(ShelfError::Malformed)?;
        list.push(char::from_u32(at).ok_or(ShelfError::Malformed)?);
    }
    Ok(list)
}

fn folding(mut source: Source<'_>) -> Read<Folding> {
    let chars = chars(&mut source)?;
    let lengths = source.planes(chars.len())?;
    let mut pairs = Vec::with_capacity(chars.len());
    let mut at = 0i64;
    for (c, length) in chars.into_iter().zip(lengths) {
        let mut folded = String::new();
        for _ in 0..length {
            at = at.wrapping_add(unzigzag(source.number()?));
            let code = u32::try_from(at).ok().and_then(char::from_u32);
            folded.push(code.ok_or(ShelfError::Malformed)?);
        }
        pairs.push((c, folded));
    }
    source.end()?;
    Ok(Folding::Shipped(pairs))
}

fn readings(mut source: Source<'_>) -> Read<Readings> {
    let lists = source.strings()?;
    let chars = chars(&mut source)?;
    let ids = source.planes(chars.len())?;
    let mut entries = Vec::with_capacity(chars.len());
    for (c, id) in chars.into_iter().zip(ids) {
        let list = lists.get(id as usize).ok_or(ShelfError::Malformed)?;
        if list.is_empty() || !list.bytes().all(|b| b == b' ' || b.is_ascii_lowercase()) {
            return Err(ShelfError::Malformed);
        }
        entries.push((c, list.split(' ').filter(|r| !r.is_empty()).map(str::to_owned).collect()));
    }
    source.end()?;
    Ok(Readings { chars: entries })
}

/// Keys, ascending, and the row of each stored position.
fn keys(mut source: Source<'_>, rows: usize) -> Read<(Strings, Vec<u32>)> {
    let stored = match source.byte()? {
        0 => source.strings()?,
        1 => {
            let prefix = source.strings()?.pop().ok_or(ShelfError::Malformed)?;
            let digits = source.count()?;
            if digits == 0 || digits % 2 != 0 || digits > 128 {
                return Err(ShelfError::Malformed);
            }
            let mut keys = Vec::with_capacity(rows);
            for _ in 0..rows {
                let mut key = prefix.clone();
                for byte in source.take(digits / 2)? {
                    for nibble in [byte >> 4, byte & 15] {
                        key.push(char::from(b"0123456789abcdef"[usize::from(nibble)]));
                    }
                }
                keys.push(key);
            }
            keys
        }
        _ => return Err(ShelfError::Malformed),
    };
    source.end()?;
    if stored.len() != rows {
        return Err(ShelfError::Malformed);
    }
    let mut order: Vec<u32> = (0..rows as u32).collect();
    sort_numbers(&mut order, &|a, b| stored[a as usize].cmp(&stored[b as usize]));
    if order.windows(2).any(|w| stored[w[0] as usize] == stored[w[1] as usize]) {
        return Err(ShelfError::Malformed);
    }
    let mut place = vec![0; rows];
    order.iter().enumerate().for_each(|(row, &at)| place[at as usize] = row as u32);
    Ok((order.iter().map(|&at| stored[at as usize].as_str()).collect(), place))
}

/// A column's numbers, each below `bound`.
fn column(
    source: &mut Source<'_>,
    rows: usize,
    bound: usize,
    fresh: bool,
    earlier: &[Vec<u32>],
) -> Read<Vec<u32>> {
    let below = |values: Vec<u32>| {
        if values.iter().all(|&v| (v as usize) < bound) {
            Ok(values)
        } else {
            Err(ShelfError::Malformed)
        }
    };
    match source.byte()? {
        PLAIN => {
            let stream = source.planes(rows)?;
            if fresh { seen(stream, bound) } else { below(stream) }
        }
        REPEAT => {
            let mut values: Vec<u32> = Vec::with_capacity(rows);
            let mut next = 0;
            for symbol in source.planes(rows)? {
                values.push(match (symbol, fresh) {
                    (0, _) => *values.last().ok_or(ShelfError::Malformed)?,
                    (1, true) => {
                        next += 1;
                        next - 1
                    }
                    (_, true) => symbol - 2,
                    (_, false) => symbol - 1,
                });
            }
            below(values)
        }
        GIVEN => {
            let other = usize::try_from(source.number()?).map_err(|_| ShelfError::Malformed)?;
            let other = earlier.get(other).ok_or(ShelfError::Malformed)?;
            let stream = source.planes(rows)?;
            let side = source.planes(stream.iter().filter(|&&s| s == 0).count())?;
            let mut side = if fresh { seen(side, bound)? } else { below(side)? }.into_iter();
            let distinct = other.iter().copied().max().map_or(0, |m| m as usize + 1);
            let mut met: Vec<Vec<u32>> = vec![Vec::new(); distinct];
            let mut values = Vec::with_capacity(rows);
            for (symbol, &beside) in stream.into_iter().zip(other) {
                let list = &mut met[beside as usize];
                values.push(match symbol {
                    0 => {
                        let value = side.next().ok_or(ShelfError::Malformed)?;
                        list.push(value);
                        value
                    }
                    _ => *list.get(symbol as usize - 1).ok_or(ShelfError::Malformed)?,
                });
            }
            Ok(values)
        }
        _ => Err(ShelfError::Malformed),
    }
}

fn numbers(
    mut source: Source<'_>,
    rows: usize,
    others: &[Vec<i64>],
    earlier: &mut Vec<Vec<u32>>,
) -> Read<Vec<i64>> {
    let base = match source.count()? {
        0 => None,
        i => Some(others.get(i - 1).ok_or(ShelfError::Malformed)?),
    };
    let count = source.count()?;
    let mut dictionary: Vec<Option<i64>> = Vec::new();
    if source.byte()? > 0 {
        dictionary.push(None);
    }
    let mut at = 0i64;
    while dictionary.len() < count {
        at = at.wrapping_add(unzigzag(source.number()?));
        dictionary.push(Some(at));
    }
    let ids = column(&mut source, rows, dictionary.len(), false, earlier)?;
    source.end()?;
    let values = ids
        .iter()
        .enumerate()
        .map(|(i, &id)| match dictionary[id as usize] {
            None => NO_NUMBER,
            Some(value) => {
                let from = base.map_or(0, |b| b[i]);
                value.wrapping_add(if from == NO_NUMBER { 0 } else { from })
            }
        })
        .collect();
    earlier.push(ids);
    Ok(values)
}

/// A column of lists; `new_number` receives the ascending number of each value as stored.
fn lists(
    source: &mut Source<'_>,
    place: &[u32],
    earlier: &mut Vec<Vec<u32>>,
    new_number: &mut Vec<u32>,
) -> Read<Values> {
    let stored = source.strings()?;
    let count = source.count()?;
    let lengths = source.planes(count)?;
    let total = lengths
        .iter()
        .try_fold(0usize, |sum, &l| sum.checked_add(l as usize))
        .unwrap_or(usize::MAX);
    if total > ENTRIES_MAX {
        return Err(ShelfError::Malformed);
    }
    let flat = seen(source.planes(total)?, stored.len())?;
    let ids = column(source, place.len(), count, true, earlier)?;
    let mut order: Vec<u32> = (0..stored.len() as u32).collect();
    sort_numbers(&mut order, &|a, b| stored[a as usize].cmp(&stored[b as usize]));
    if order.windows(2).any(|w| stored[w[0] as usize] == stored[w[1] as usize]) {
        return Err(ShelfError::Malformed);
    }
    *new_number = vec![0; stored.len()];
    order.iter().enumerate().for_each(|(new, &old)| new_number[old as usize] = new as u32);
    let mut distinct = Lists::default();
    let mut from = 0;
    for length in lengths {
        let to = from + length as usize;
        distinct.push(flat[from..to].iter().map(|&old| new_number[old as usize]));
        from = to;
    }
    let mut row_list = vec![0u32; place.len()];
    place.iter().zip(&ids).for_each(|(&row, &id)| row_list[row as usize] = id);
    let entries: usize = row_list.iter().map(|&id| distinct.get(id as usize).len()).sum();
    if entries > ENTRIES_MAX {
        return Err(ShelfError::Malformed);
    }
    let mut of_row = Lists::default();
    row_list.iter().for_each(|&id| of_row.push(distinct.get(id as usize).iter().copied()));
    earlier.push(ids);
    Ok(Values { values: order.iter().map(|&old| stored[old as usize].as_str()).collect(), of_row })
}

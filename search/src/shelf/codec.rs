//! How numbers, strings and columns are coded.

use super::ShelfError;

/// Reads a section from front to back.
pub(super) struct Source<'a> {
    bytes: &'a [u8],
}

type Read<T> = Result<T, ShelfError>;

impl<'a> Source<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Source<'a> {
        Source { bytes }
    }

    pub(super) fn take(&mut self, len: usize) -> Read<&'a [u8]> {
        let (head, rest) = self.bytes.split_at_checked(len).ok_or(ShelfError::Malformed)?;
        self.bytes = rest;
        Ok(head)
    }

    pub(super) fn byte(&mut self) -> Read<u8> {
        Ok(self.take(1)?[0])
    }

    /// LEB128, at most 64 bits.
    pub(super) fn number(&mut self) -> Read<u64> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let part = u64::from(byte & 0x7f);
            if shift == 63 && part > 1 {
                return Err(ShelfError::Malformed);
            }
            value |= part << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(ShelfError::Malformed)
    }

    /// A count of things of which each takes at least one byte of what is left, or a small one.
    pub(super) fn count(&mut self) -> Read<usize> {
        let count = self.number()?;
        if count > super::ROWS_MAX as u64 * 64 {
            return Err(ShelfError::Malformed);
        }
        Ok(count as usize)
    }

    /// As many numbers, in planes: all lowest bytes, then all second ones, …
    pub(super) fn planes(&mut self, count: usize) -> Read<Vec<u32>> {
        let width = usize::from(self.byte()?);
        if width > 4 {
            return Err(ShelfError::Malformed);
        }
        let mut values = vec![0u32; count];
        for plane in 0..width {
            let bytes = self.take(count)?;
            for (value, &byte) in values.iter_mut().zip(bytes) {
                *value |= u32::from(byte) << (8 * plane);
            }
        }
        Ok(values)
    }

    /// Strings: how much each shares with the one before, the length of the rest, the rests.
    pub(super) fn strings(&mut self) -> Read<Vec<String>> {
        let count = self.count()?;
        let shared = self.planes(count)?;
        let rests = self.planes(count)?;
        let mut text: Vec<u8> = Vec::new();
        let mut strings = Vec::with_capacity(count);
        for (shared, rest) in shared.into_iter().zip(rests) {
            if shared as usize > text.len() {
                return Err(ShelfError::Malformed);
            }
            text.truncate(shared as usize);
            text.extend_from_slice(self.take(rest as usize)?);
            strings.push(String::from_utf8(text.clone()).map_err(|_| ShelfError::Malformed)?);
        }
        Ok(strings)
    }

    pub(super) fn end(&self) -> Read<()> {
        if self.bytes.is_empty() { Ok(()) } else { Err(ShelfError::Malformed) }
    }
}

pub(super) fn unzigzag(value: u64) -> i64 {
    (value >> 1) as i64 ^ -((value & 1) as i64)
}

/// Undoes "0 stands for the next number not seen yet, else number + 1".
pub(super) fn seen(stream: Vec<u32>, bound: usize) -> Read<Vec<u32>> {
    let mut next = 0u32;
    stream
        .into_iter()
        .map(|symbol| {
            let value = match symbol {
                0 => {
                    next += 1;
                    next - 1
                }
                _ => symbol - 1,
            };
            if (value as usize) < bound { Ok(value) } else { Err(ShelfError::Malformed) }
        })
        .collect()
}

/// Ways to code a column's numbers.
pub(super) const PLAIN: u8 = 0;
/// 0: as in the row before; else what `PLAIN` would write, plus one.
pub(super) const REPEAT: u8 = 1;
/// Given another column (its number follows): which of the values met beside that one's value before;
/// 0: a new pair, whose value is in a side stream.
pub(super) const GIVEN: u8 = 2;

#[cfg(feature = "build")]
pub(super) mod write {
    //! The other direction.

    use std::collections::HashMap;

    use super::{GIVEN, PLAIN, REPEAT};

    pub(in crate::shelf) fn number(out: &mut Vec<u8>, mut value: u64) {
        while value >= 0x80 {
            out.push(value as u8 | 0x80);
            value >>= 7;
        }
        out.push(value as u8);
    }

    pub(in crate::shelf) fn zigzag(value: i64) -> u64 {
        (value << 1 ^ value >> 63) as u64
    }

    pub(in crate::shelf) fn planes(out: &mut Vec<u8>, values: &[u32]) {
        let width = 4 - values.iter().copied().max().unwrap_or(0).leading_zeros() as usize / 8;
        out.push(width as u8);
        for plane in 0..width {
            out.extend(values.iter().map(|v| (v >> (8 * plane)) as u8));
        }
    }

    pub(in crate::shelf) fn strings<'a>(out: &mut Vec<u8>, strings: impl Iterator<Item = &'a str>) {
        let strings: Vec<&[u8]> = strings.map(str::as_bytes).collect();
        let mut shared = Vec::with_capacity(strings.len());
        let mut before: &[u8] = b"";
        for text in &strings {
            shared.push(before.iter().zip(*text).take_while(|(a, b)| a == b).count() as u32);
            before = text;
        }
        number(out, strings.len() as u64);
        planes(out, &shared);
        let rests: Vec<u32> =
            strings.iter().zip(&shared).map(|(t, s)| t.len() as u32 - s).collect();
        planes(out, &rests);
        for (text, shared) in strings.iter().zip(shared) {
            out.extend_from_slice(&text[shared as usize..]);
        }
    }

    /// "0 stands for the next number not seen yet, else number + 1."
    pub(in crate::shelf) fn seen(values: &[u32]) -> Vec<u32> {
        let mut next = 0;
        values
            .iter()
            .map(|&v| {
                if v == next {
                    next += 1;
                    0
                } else {
                    v + 1
                }
            })
            .collect()
    }

    /// Bits that a stream costs by the frequencies of its symbols.
    fn cost(stream: &[u32]) -> f64 {
        let mut counts: HashMap<u32, u32> = HashMap::new();
        for &symbol in stream {
            *counts.entry(symbol).or_default() += 1;
        }
        let total = stream.len() as f64;
        // Sorted, so that the same columns always give the same sum and thus the same bytes.
        let mut counts: Vec<u32> = counts.into_values().collect();
        counts.sort_unstable();
        // A symbol's place in a code table costs some bits too.
        counts.into_iter().map(|n| f64::from(n) * (total / f64::from(n)).log2() + 6.0).sum()
    }

    fn given(values: &[u32], other: &[u32], fresh: bool) -> (Vec<u32>, Vec<u32>) {
        let mut met: HashMap<u32, Vec<u32>> = HashMap::new();
        let mut side = Vec::new();
        let stream = values
            .iter()
            .zip(other)
            .map(|(&value, &beside)| {
                let list = met.entry(beside).or_default();
                match list.iter().position(|&v| v == value) {
                    Some(at) => at as u32 + 1,
                    None => {
                        list.push(value);
                        side.push(value);
                        0
                    }
                }
            })
            .collect();
        (stream, if fresh { seen(&side) } else { side })
    }

    /// Writes a column's numbers in the cheapest way; `earlier` are the columns already written. `fresh`: numbers
    /// were given in the order of first appearance.
    pub(in crate::shelf) fn column(
        out: &mut Vec<u8>,
        values: &[u32],
        earlier: &[Vec<u32>],
        fresh: bool,
    ) {
        let plain = if fresh { seen(values) } else { values.to_vec() };
        let repeat: Vec<u32> = plain
            .iter()
            .enumerate()
            .map(|(i, &symbol)| if i > 0 && values[i] == values[i - 1] { 0 } else { symbol + 1 })
            .collect();
        let mut best = (cost(&plain), PLAIN, 0);
        let repeat_cost = cost(&repeat);
        if repeat_cost < best.0 {
            best = (repeat_cost, REPEAT, 0);
        }
        for (i, other) in earlier.iter().enumerate() {
            let (stream, side) = given(values, other, fresh);
            let given_cost = cost(&stream) + cost(&side);
            if given_cost < best.0 {
                best = (given_cost, GIVEN, i);
            }
        }
        out.push(best.1);
        match best.1 {
            PLAIN => planes(out, &plain),
            REPEAT => planes(out, &repeat),
            _ => {
                number(out, best.2 as u64);
                let (stream, side) = given(values, &earlier[best.2], fresh);
                planes(out, &stream);
                planes(out, &side);
            }
        }
    }
}

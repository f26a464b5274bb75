//! An index as bytes: written after it was built, so that the next start reads it instead of building it again.
//!
//! ```text
//! head     magic "LBINDEX\n" · format u32 · catalogue u32 · shape u32 · tables u32 (1, or 2 with an overlay)
//! table    keys · texts · facets · numbers · display · readings · ranks and orders of the sort orders · postings
//! overlay  numbers of the hidden rows of the first table
//! end      SHA-256 of everything before it
//! ```
//! Little-endian, flat arrays: a list of strings is its text and the end of each string, a list of lists is its
//! numbers and the end of each list. Reading is checking the hash, copying, and turning rows by value into values
//! by row, which costs less than hashing them would. The hash finds damage; every number is checked against what
//! it counts besides, so that no file, whoever wrote it, makes a query look outside of an array. It is a cache of
//! one program on one machine: another program writes another file and reads none but its own.

mod table;

use std::fmt;

use sha2::{Digest as _, Sha256};

use crate::bits::Bits;
use crate::catalogue::CatalogueSpec;
use crate::index::Index;
use crate::shelf::shape;

/// First bytes of a frozen index.
const MAGIC: &[u8; 8] = b"LBINDEX\n";
/// Version of the format, which changes whenever what is derived from the records changes its form.
const FORMAT: u32 = 1;
const HASH: usize = 32;
/// Bytes gathered before they are handed on.
const PIECE: usize = 1 << 16;

/// Why bytes are no index of this program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrozenError {
    /// Cut short, or changed: the hash differs.
    Damaged,
    /// Another version of the format, another catalogue or other columns.
    OtherVersion,
    /// The hash is right and the content makes no sense: written by a faulty program.
    Malformed,
}

impl fmt::Display for FrozenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            FrozenError::Damaged => "the index is damaged",
            FrozenError::OtherVersion => "the index is of another version or catalogue",
            FrozenError::Malformed => "the index is malformed",
        })
    }
}

impl std::error::Error for FrozenError {}

type Read<T> = Result<T, FrozenError>;

impl Index {
    /// Writes the index, in pieces, with what was laid over it.
    ///
    /// # Errors
    /// Those of `out`; nothing more is written after the first.
    pub fn freeze<E>(&self, out: &mut dyn FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
        let mut sink = Sink { out, buffer: Vec::with_capacity(2 * PIECE), hash: Sha256::new() };
        sink.bytes(MAGIC)?;
        sink.number(FORMAT)?;
        sink.number(self.spec().catalogue as u32)?;
        sink.number(shape(self.spec()))?;
        sink.number(1 + u32::from(self.laid_over().is_some()))?;
        table::write(&mut sink, self.base_table())?;
        if let Some((table, hidden)) = self.laid_over() {
            table::write(&mut sink, table)?;
            let hidden: Vec<u32> = hidden.iter().collect();
            sink.numbers(hidden.iter().copied())?;
        }
        sink.finish()
    }

    /// Reads an index of a catalogue back. Never panics, whatever the bytes.
    ///
    /// # Errors
    /// [`FrozenError`]; an index is taken whole or not at all.
    pub fn thaw(spec: &'static CatalogueSpec, bytes: &[u8]) -> Read<Index> {
        let (content, hash) =
            bytes.len().checked_sub(HASH).map_or((&[][..], bytes), |at| bytes.split_at(at));
        if Sha256::digest(content)[..] != *hash {
            return Err(FrozenError::Damaged);
        }
        let mut source = Source { rest: content };
        let is_ours = source.take(MAGIC.len())? == MAGIC
            && source.number()? == FORMAT
            && source.number()? == spec.catalogue as u32
            && source.number()? == shape(spec);
        if !is_ours {
            return Err(FrozenError::OtherVersion);
        }
        let tables = source.number()?;
        let base = table::read(&mut source, spec)?;
        let index = match tables {
            1 => Index::of_tables(base, None),
            2 => {
                let table = table::read(&mut source, spec)?;
                let rows = base.columns.rows();
                let mut hidden = Bits::none(rows);
                for row in below(source.numbers()?, rows)? {
                    hidden.insert(row);
                }
                Index::of_tables(base, Some((table, hidden)))
            }
            _ => return Err(FrozenError::Malformed),
        };
        if source.rest.is_empty() { Ok(index) } else { Err(FrozenError::Malformed) }
    }
}

/// Numbers that are all below `end`.
fn below(numbers: Vec<u32>, end: usize) -> Read<Vec<u32>> {
    match numbers.iter().all(|&number| (number as usize) < end) {
        true => Ok(numbers),
        false => Err(FrozenError::Malformed),
    }
}

/// Where an index is written to.
struct Sink<'o, E> {
    out: &'o mut dyn FnMut(&[u8]) -> Result<(), E>,
    buffer: Vec<u8>,
    hash: Sha256,
}

impl<E> Sink<'_, E> {
    fn bytes(&mut self, bytes: &[u8]) -> Result<(), E> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() < PIECE { Ok(()) } else { self.flush() }
    }

    fn flush(&mut self) -> Result<(), E> {
        self.hash.update(&self.buffer);
        (self.out)(&self.buffer)?;
        self.buffer.clear();
        Ok(())
    }

    fn number(&mut self, number: u32) -> Result<(), E> {
        self.bytes(&number.to_le_bytes())
    }

    /// Their number, then they.
    fn numbers(&mut self, numbers: impl Iterator<Item = u32> + Clone) -> Result<(), E> {
        self.number(numbers.clone().count() as u32)?;
        numbers.into_iter().try_for_each(|number| self.number(number))
    }

    fn finish(mut self) -> Result<(), E> {
        self.flush()?;
        let hash = self.hash.finalize();
        (self.out)(&hash)
    }
}

/// What is left of the bytes of an index.
struct Source<'b> {
    rest: &'b [u8],
}

impl<'b> Source<'b> {
    fn take(&mut self, length: usize) -> Read<&'b [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(FrozenError::Malformed)?;
        self.rest = rest;
        Ok(taken)
    }

    fn number(&mut self) -> Read<u32> {
        let bytes = self.take(4)?.first_chunk().ok_or(FrozenError::Malformed)?;
        Ok(u32::from_le_bytes(*bytes))
    }

    fn numbers(&mut self) -> Read<Vec<u32>> {
        let count = self.number()? as usize;
        let bytes = self.take(count.checked_mul(4).ok_or(FrozenError::Malformed)?)?;
        let (chunks, _) = bytes.as_chunks::<4>();
        Ok(chunks.iter().map(|chunk| u32::from_le_bytes(*chunk)).collect())
    }

    /// Whole numbers of eight bytes, with their number before them.
    fn wide(&mut self) -> Read<Vec<u64>> {
        let count = self.number()? as usize;
        let bytes = self.take(count.checked_mul(8).ok_or(FrozenError::Malformed)?)?;
        let (chunks, _) = bytes.as_chunks::<8>();
        Ok(chunks.iter().map(|chunk| u64::from_le_bytes(*chunk)).collect())
    }
}

#[cfg(all(test, feature = "suite"))]
mod tests;

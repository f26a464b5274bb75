//! Hashes of the tree, read out of tiles.

use std::collections::BTreeMap;

use super::{HASH_BYTES, TILE_HEIGHT, TILE_WIDTH, TilePath, TileRow};
use crate::merkle::{Hash, Subtrees, node_hash};

/// Why a tile is of no use.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TileError<E> {
    /// Whoever keeps the tiles could not give it.
    #[error("{0}")]
    Fetch(E),
    /// A tile of another size than its width says.
    #[error("{path} has {bytes} bytes; {width} hashes are {expected}", width = path.width, expected = usize::from(path.width) * HASH_BYTES)]
    Size {
        /// The tile asked for.
        path: TilePath,
        /// Bytes there were.
        bytes: usize,
    },
}

/// The complete subtrees of a log of a given size, read out of tiles that a function fetches. Tiles
/// once fetched are kept: a proof in a log of a million entries needs three.
#[derive(Debug)]
pub struct Tiles<F> {
    size: u64,
    fetch: F,
    kept: BTreeMap<TilePath, Vec<u8>>,
}

impl<F, E> Tiles<F>
where
    F: FnMut(TilePath) -> Result<Vec<u8>, E>,
{
    /// The tiles of a log of `size` entries.
    pub fn new(size: u64, fetch: F) -> Self {
        Tiles { size, fetch, kept: BTreeMap::new() }
    }

    /// The tiles fetched so far.
    pub fn fetched(&self) -> impl Iterator<Item = (&TilePath, &[u8])> {
        self.kept.iter().map(|(path, bytes)| (path, bytes.as_slice()))
    }

    fn tile(&mut self, path: TilePath) -> Result<&[u8], TileError<E>> {
        if !self.kept.contains_key(&path) {
            let bytes = (self.fetch)(path).map_err(TileError::Fetch)?;
            if bytes.len() != usize::from(path.width) * HASH_BYTES {
                return Err(TileError::Size { path, bytes: bytes.len() });
            }
            self.kept.insert(path, bytes);
        }
        Ok(self.kept.get(&path).map_or(&[], Vec::as_slice))
    }
}

impl<F, E> Subtrees for Tiles<F>
where
    F: FnMut(TilePath) -> Result<Vec<u8>, E>,
{
    type Error = TileError<E>;

    fn subtree(&mut self, height: u32, index: u64) -> Result<Hash, Self::Error> {
        // A subtree of height h is some hashes of a tile of level h / 8, hashed together h % 8 times.
        let (level, above) = (height / TILE_HEIGHT, height % TILE_HEIGHT);
        let start = index << above;
        let tile = start / TILE_WIDTH;
        let nodes = if level >= 8 { 0 } else { self.size >> (TILE_HEIGHT * level) };
        let width = nodes.saturating_sub(tile * TILE_WIDTH).min(TILE_WIDTH);
        let path = TilePath {
            row: TileRow::Level(u8::try_from(level).unwrap_or(u8::MAX)),
            index: tile,
            width: u16::try_from(width).unwrap_or(256),
        };
        let bytes = self.tile(path)?;
        let from = usize::try_from(start % TILE_WIDTH).unwrap_or(0) * HASH_BYTES;
        let to = from + (HASH_BYTES << above);
        let mut hashes: Vec<Hash> = bytes
            .get(from..to)
            .ok_or(TileError::Size { path, bytes: bytes.len() })?
            .as_chunks::<HASH_BYTES>()
            .0
            .to_vec();
        while hashes.len() > 1 {
            hashes = hashes.as_chunks::<2>().0.iter().map(|[l, r]| node_hash(l, r)).collect();
        }
        hashes.first().copied().ok_or(TileError::Size { path, bytes: 0 })
    }
}

/// The hash tiles that a log of `new` entries has and one of `old` entries had not, as they stand at
/// `new`: what a mirror fetches and a log writes.
pub fn needed(old: u64, new: u64) -> impl Iterator<Item = TilePath> {
    (0u8..8).flat_map(move |level| {
        let nodes = |size: u64| size >> (8 * u32::from(level));
        let (before, after) = (nodes(old), nodes(new));
        let range =
            if after > before { before / TILE_WIDTH..after.div_ceil(TILE_WIDTH) } else { 0..0 };
        range.map(move |index| TilePath {
            row: TileRow::Level(level),
            index,
            width: u16::try_from((after - index * TILE_WIDTH).min(TILE_WIDTH)).unwrap_or(256),
        })
    })
}

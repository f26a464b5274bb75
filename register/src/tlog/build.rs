//! Making tiles while the log grows.

use super::{HASH_BYTES, TILE_WIDTH, TilePath, TileRow};
use crate::merkle::{Hash, node_hash};

/// Grows the tree leaf by leaf and says which tiles that completed. Keeps at most one tile for each
/// level, so a log of any size takes a few kilobytes.
#[derive(Clone, Debug, Default)]
pub struct Builder {
    size: u64,
    /// The partial tile of each level, leaves first.
    tails: Vec<Vec<Hash>>,
}

/// A tile and its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grown {
    /// Its address.
    pub path: TilePath,
    /// Its hashes, one after the other.
    pub bytes: Vec<u8>,
}

impl Builder {
    /// The empty tree.
    #[must_use]
    pub fn new() -> Builder {
        Builder::default()
    }

    /// The tree of `size` leaves whose partial tiles, leaves first, are `tails`; `None` where they are
    /// not of that size.
    #[must_use]
    pub fn resume(size: u64, tails: &[Vec<u8>]) -> Option<Builder> {
        let mut builder = Builder { size, tails: Vec::with_capacity(tails.len()) };
        for level in 0..8u32 {
            let width = usize::try_from((size >> (8 * level)) % TILE_WIDTH).ok()?;
            let index = usize::try_from(level).ok()?;
            let bytes = tails.get(index).map_or(&[][..], Vec::as_slice);
            let (hashes, rest) = bytes.as_chunks::<HASH_BYTES>();
            if hashes.len() != width || !rest.is_empty() {
                return None;
            }
            builder.tails.push(hashes.to_vec());
        }
        Some(builder)
    }

    /// Leaves so far.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf hash; the tiles it completed are handed over, level by level.
    pub fn push(&mut self, leaf: Hash, completed: &mut dyn FnMut(Grown)) {
        let mut hash = leaf;
        let mut nodes = self.size;
        self.size += 1;
        for level in 0u8..8 {
            let at = usize::from(level);
            if self.tails.len() <= at {
                self.tails.push(Vec::new());
            }
            let tail = &mut self.tails[at];
            tail.push(hash);
            nodes += 1;
            if !nodes.is_multiple_of(TILE_WIDTH) {
                return;
            }
            completed(Grown {
                path: TilePath {
                    row: TileRow::Level(level),
                    index: nodes / TILE_WIDTH - 1,
                    width: 256,
                },
                bytes: tail.concat(),
            });
            let mut row = std::mem::take(tail);
            while row.len() > 1 {
                row = row.as_chunks::<2>().0.iter().map(|[l, r]| node_hash(l, r)).collect();
            }
            hash = row[0];
            nodes = nodes / TILE_WIDTH - 1;
        }
    }

    /// The partial tiles, leaves first; levels without one are left out.
    pub fn partial(&self) -> impl Iterator<Item = Grown> {
        self.tails.iter().enumerate().filter(|(_, tail)| !tail.is_empty()).map(|(level, tail)| {
            let nodes = self.size >> (8 * level);
            Grown {
                path: TilePath {
                    row: TileRow::Level(u8::try_from(level).unwrap_or(u8::MAX)),
                    index: nodes / TILE_WIDTH,
                    width: u16::try_from(tail.len()).unwrap_or(256),
                },
                bytes: tail.concat(),
            }
        })
    }

    /// The root.
    #[must_use]
    pub fn root(&self) -> Hash {
        // The rightmost complete subtrees, the smallest first: each level's tail from its end.
        let mut right: Option<Hash> = None;
        for tail in &self.tails {
            let mut row = tail.clone();
            while !row.is_empty() {
                // An odd one out at the end is a complete subtree of its height.
                if row.len() % 2 == 1
                    && let Some(left) = row.pop()
                {
                    right = Some(match right {
                        None => left,
                        Some(right) => node_hash(&left, &right),
                    });
                }
                row = row.as_chunks::<2>().0.iter().map(|[l, r]| node_hash(l, r)).collect();
            }
        }
        right.unwrap_or(crate::merkle::EMPTY_ROOT)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::merkle::{self, leaf_hash, root_of, verify_consistency, verify_inclusion};
    use crate::tlog::{Tiles, needed};
    use proptest::prelude::*;

    /// Every tile there is at `size`, the partial ones of that size included.
    fn grow(size: u64) -> (Builder, BTreeMap<TilePath, Vec<u8>>) {
        let mut builder = Builder::new();
        let mut tiles = BTreeMap::new();
        for i in 0..size {
            builder.push(leaf_hash(&i.to_be_bytes()), &mut |tile| {
                tiles.insert(tile.path, tile.bytes);
            });
        }
        tiles.extend(builder.partial().map(|tile| (tile.path, tile.bytes)));
        (builder, tiles)
    }

    #[test]
    fn the_tiles_are_those_of_the_specification() {
        let (_, tiles) = grow(70_000);
        let count = |level, full: bool| {
            tiles
                .keys()
                .filter(|p| p.row == TileRow::Level(level) && p.is_partial() != full)
                .count()
        };
        assert_eq!([count(0, true), count(1, true), count(2, true)], [273, 1, 0]);
        let partial: Vec<String> =
            tiles.keys().filter(|p| p.is_partial()).map(ToString::to_string).collect();
        assert_eq!(partial, ["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"]);
        assert!(
            tiles.keys().eq(needed(0, 70_000).collect::<std::collections::BTreeSet<_>>().iter())
        );
        let (_, tiles) = grow(256);
        assert_eq!(
            tiles.keys().map(ToString::to_string).collect::<Vec<_>>(),
            ["tile/0/000", "tile/1/000.p/1"]
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn tiles_answer_like_the_leaves_themselves(size in 1u64..1500, a in any::<u64>(), b in any::<u64>()) {
            let (builder, tiles) = grow(size);
            let root = merkle::root((0..size).map(u64::to_be_bytes));
            prop_assert_eq!(builder.root(), root);
            let mut source = Tiles::new(size, |path| tiles.get(&path).cloned().ok_or(path));
            prop_assert_eq!(root_of(size, &mut source), Ok(root));
            let index = a % size;
            let proof = merkle::inclusion(index, size, &mut source).unwrap().unwrap();
            prop_assert!(verify_inclusion(index, size, &leaf_hash(&index.to_be_bytes()), &proof, &root).is_ok());
            let old = b % (size + 1);
            let old_root = merkle::root((0..old).map(u64::to_be_bytes));
            let proof = merkle::consistency(old, size, &mut source).unwrap().unwrap();
            prop_assert!(verify_consistency(old, size, &old_root, &root, &proof).is_ok());
            prop_assert!(source.fetched().all(|(path, _)| path.exists_at(size)));
        }

        #[test]
        fn a_builder_resumed_goes_on_the_same(size in 0u64..1200, more in 0u64..300) {
            let (builder, tiles) = grow(size);
            let tails: Vec<Vec<u8>> = (0..8u8).map(|level| {
                builder.partial().find(|t| t.path.row == TileRow::Level(level)).map_or(Vec::new(), |t| t.bytes)
            }).collect();
            let mut resumed = Builder::resume(size, &tails).unwrap();
            let mut all = tiles;
            for i in size..size + more {
                resumed.push(leaf_hash(&i.to_be_bytes()), &mut |tile| { all.insert(tile.path, tile.bytes); });
            }
            all.extend(resumed.partial().map(|tile| (tile.path, tile.bytes)));
            let (whole, expected) = grow(size + more);
            prop_assert_eq!(resumed.root(), whole.root());
            for (path, bytes) in &expected {
                prop_assert_eq!(all.get(path), Some(bytes));
            }
            prop_assert!(Builder::resume(size + 1, &tails).is_none());
        }
    }
}

//! Addresses of tiles and entry bundles (C2SP tlog-tiles, "Merkle Tree" and "Log entries").

use std::fmt;

use super::TILE_WIDTH;

/// What a tile holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TileRow {
    /// The entries themselves.
    Entries,
    /// Hashes of the level, 0 (leaves) to 63.
    Level(u8),
}

/// A tile's address below the log's prefix: `tile/<L>/<N>[.p/<W>]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TilePath {
    /// Which row of tiles.
    pub row: TileRow,
    /// Index of the tile in its row.
    pub index: u64,
    /// Hashes or entries in it: 256, or 1 to 255 of a partial tile.
    pub width: u16,
}

impl TilePath {
    /// Reads an address such as `tile/0/x001/x234/067` or `tile/entries/000.p/17`. Strict: one text
    /// for one tile, as the specification demands.
    #[must_use]
    pub fn parse(text: &str) -> Option<TilePath> {
        let rest = text.strip_prefix("tile/")?;
        let (row, rest) = rest.split_once('/')?;
        let row = match row {
            "entries" => TileRow::Entries,
            level => TileRow::Level(number(level).filter(|l| *l < 64)?.try_into().ok()?),
        };
        let (index, width) = match rest.split_once(".p/") {
            None => (rest, 256),
            Some((index, width)) => {
                (index, number(width).filter(|w| (1..256).contains(w))?.try_into().ok()?)
            }
        };
        let index = parse_index(index)?;
        Some(TilePath { row, index, width })
    }

    /// Whether it is not complete.
    #[must_use]
    pub fn is_partial(self) -> bool {
        u64::from(self.width) < TILE_WIDTH
    }

    /// Whether a log of `size` entries has this tile: complete tiles that are filled, and for the
    /// last one every width up to what there is.
    #[must_use]
    pub fn exists_at(self, size: u64) -> bool {
        let level = match self.row {
            TileRow::Entries => 0,
            TileRow::Level(level) => u32::from(level),
        };
        // Nodes of the level: complete subtrees of 256^level leaves. 2^64 leaves have 8 such levels.
        let nodes = if level >= 8 { 0 } else { size >> (8 * level) };
        self.index
            .checked_mul(TILE_WIDTH)
            .and_then(|start| start.checked_add(u64::from(self.width)))
            .is_some_and(|end| end <= nodes)
    }
}

impl fmt::Display for TilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.row {
            TileRow::Entries => f.write_str("tile/entries")?,
            TileRow::Level(level) => write!(f, "tile/{level}")?,
        }
        let mut groups = vec![self.index % 1000];
        let mut rest = self.index / 1000;
        while rest > 0 {
            groups.push(rest % 1000);
            rest /= 1000;
        }
        for (i, group) in groups.iter().enumerate().rev() {
            write!(f, "/{}{group:03}", if i > 0 { "x" } else { "" })?;
        }
        if self.is_partial() { write!(f, ".p/{}", self.width) } else { Ok(()) }
    }
}

/// A decimal number without leading zeroes.
fn number(text: &str) -> Option<u64> {
    let plain = !text.is_empty()
        && text.len() <= 20
        && text.bytes().all(|b| b.is_ascii_digit())
        && (text == "0" || !text.starts_with('0'));
    if plain { text.parse().ok() } else { None }
}

/// `x001/x234/067` as 1234067.
fn parse_index(text: &str) -> Option<u64> {
    let parts: Vec<&str> = text.split('/').collect();
    let mut index = 0u64;
    for (i, part) in parts.iter().enumerate() {
        let last = i + 1 == parts.len();
        let digits = if last { part } else { part.strip_prefix('x')? };
        if digits.len() != 3 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        // One text for one number: the first group is 000 only where it is the only one.
        if i == 0 && !last && digits == "000" {
            return None;
        }
        index = index.checked_mul(1000)?.checked_add(digits.parse().ok()?)?;
    }
    Some(index)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_examples_of_the_specification_are_read_and_written() {
        let tile = TilePath { row: TileRow::Level(0), index: 1_234_067, width: 256 };
        assert_eq!(tile.to_string(), "tile/0/x001/x234/067");
        // A tree of 70,000: 273 full level-0 tiles and one of 112; 1 full level-1 and one of 17;
        // one level-2 of 1.
        for (text, there) in [
            ("tile/0/272", true),
            ("tile/0/273.p/112", true),
            ("tile/0/273.p/113", false),
            ("tile/0/273", false),
            ("tile/1/000", true),
            ("tile/1/001.p/17", true),
            ("tile/1/001.p/18", false),
            ("tile/2/000.p/1", true),
            ("tile/2/000", false),
            ("tile/3/000.p/1", false),
            ("tile/63/000", false),
            ("tile/entries/273.p/112", true),
        ] {
            assert_eq!(TilePath::parse(text).unwrap().exists_at(70_000), there, "{text}");
        }
    }

    #[test]
    fn other_spellings_are_no_addresses() {
        for text in [
            "tile/00/000",
            "tile/64/000",
            "tile/0/0",
            "tile/0/x000/001",
            "tile/0/001/x002",
            "tile/0/001.p/0",
            "tile/0/001.p/256",
            "tile/0/001.p/01",
            "tile/0/x1/001",
            "tile/8/0/000x",
            "tile/0/",
            "tile/+1/000",
            "tile/0/x999/x999/x999/x999/x999/x999/999",
            "tile/Entries/000",
            "tile/0/001.p/",
            "tile/0/001.P/3",
        ] {
            assert_eq!(TilePath::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn written_is_read_again(level in 0u8..64, index in 0..=u64::MAX / 256, width in 1u16..=256, entries in any::<bool>()) {
            let row = if entries { TileRow::Entries } else { TileRow::Level(level) };
            let tile = TilePath { row, index, width };
            prop_assert_eq!(TilePath::parse(&tile.to_string()), Some(tile));
        }

        #[test]
        fn what_is_read_is_what_would_be_written(text in "tile/(entries|[0-9]{1,2})/(x[0-9]{3}/){0,3}[0-9]{3}(\\.p/[0-9]{1,3})?") {
            if let Some(tile) = TilePath::parse(&text) {
                prop_assert_eq!(tile.to_string(), text);
            }
        }
    }
}

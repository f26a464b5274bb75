//! The shelf: the compact form of one catalogue that the server writes and a browser searches.
//!
//! ```text
//! header   magic "LBSHELF\n" · format u16 · catalogue u8 · 0 u8 · shape u32 · log size u64 · rows u32 ·
//!          sections u32 · length of each section u32 · SHA-256 of everything before and behind it
//! sections folding · readings · keys · one per number · one per text · one per facet · one per display column
//! ```
//! Little-endian, no pointers, every length checked, refused as a whole when one bit differs. What is written is
//! meant to be compressed (brotli): rows stand in an order in which like follows like, and every column is coded
//! in the cheapest of a few ways, among them "given that other column", so that what follows from something
//! else costs nothing. No postings, no tables: the pairs and readings of the characters that occur are in it.
//!
//! `shape` is a hash of the catalogue's column names: a shelf written for other columns is refused.

mod codec;
mod reader;
#[cfg(feature = "build")]
mod writer;

use std::fmt;

use crate::catalogue::{Catalogue, CatalogueSpec, Row};
use crate::engine::{self, Part};
use crate::query::Query;
use crate::results::Results;
use crate::table::Table;

#[cfg(feature = "build")]
pub use writer::write;

/// First bytes of a shelf.
pub const MAGIC: &[u8; 8] = b"LBSHELF\n";
/// Version of the format; a reader refuses any other.
pub const FORMAT: u16 = 1;
/// Most rows a shelf holds; bigger catalogues stay on the server.
pub const ROWS_MAX: usize = 20_000;

const HEADER: usize = 32;
const HASH: usize = 32;

/// A catalogue in the reader's browser.
#[derive(Clone, Debug)]
pub struct Shelf {
    table: Table,
    log_size: u64,
}

/// Why bytes are no shelf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShelfError {
    /// Does not begin as a shelf does.
    NotAShelf,
    /// Another version of the format, or other columns than this program's.
    OtherVersion,
    /// Cut short, or changed: the hash differs.
    Damaged,
    /// The hash is right and the content makes no sense: written by a faulty program.
    Malformed,
}

impl fmt::Display for ShelfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ShelfError::NotAShelf => "not a shelf",
            ShelfError::OtherVersion => "a shelf of another version",
            ShelfError::Damaged => "a damaged shelf",
            ShelfError::Malformed => "a malformed shelf",
        })
    }
}

impl std::error::Error for ShelfError {}

impl Shelf {
    /// Reads a shelf. Never panics, whatever the bytes.
    ///
    /// # Errors
    /// [`ShelfError`]; a shelf is taken whole or not at all.
    pub fn parse(bytes: &[u8]) -> Result<Shelf, ShelfError> {
        let (columns, log_size) = reader::read(bytes)?;
        Ok(Shelf { table: Table::new(columns), log_size })
    }

    /// Answers a query of this catalogue: the same rows, order and counts as the server's index.
    pub fn search(&self, query: &Query) -> Results {
        engine::search(&[Part { table: &self.table, hidden: None }], query)
    }

    /// The catalogue.
    pub fn spec(&self) -> &'static CatalogueSpec {
        self.table.columns.spec
    }

    /// Size of the log it was written from.
    pub fn log_size(&self) -> u64 {
        self.log_size
    }

    /// Number of records.
    pub fn len(&self) -> usize {
        self.table.columns.rows()
    }

    /// Whether there is no record.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Text in the form in which this catalogue is searched. A character that is nowhere in the shelf may
    /// stay as it is: it can match nothing here.
    #[must_use]
    pub fn fold(&self, text: &str) -> String {
        self.table.columns.folding.text(text)
    }

    /// Every row in key order.
    #[must_use]
    pub fn rows(&self) -> Vec<Row> {
        (0..self.len() as u32).map(|row| self.table.columns.row(row)).collect()
    }

    /// The row of a key.
    pub fn row(&self, key: &str) -> Option<Row> {
        self.table.columns.keys.find(key).map(|row| self.table.columns.row(row as u32))
    }
}

/// FNV-1a over the names of a catalogue's columns.
pub(crate) fn shape(spec: &CatalogueSpec) -> u32 {
    let names = (spec.texts.iter().map(|t| t.name))
        .chain(["|"])
        .chain(spec.facets.iter().map(|f| f.name))
        .chain(["|"])
        .chain(spec.numbers.iter().copied())
        .chain(["|"])
        .chain(spec.display.iter().copied());
    let mut hash = 0x811c_9dc5_u32;
    for byte in names.flat_map(|n| n.bytes().chain([0])) {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    hash
}

fn catalogue(number: u8) -> Option<Catalogue> {
    Catalogue::ALL.get(usize::from(number)).copied()
}

#[cfg(all(test, feature = "suite"))]
mod tests {
    use super::*;
    use crate::fold::fold;
    use crate::{Index, Labels};

    /// Every character of the planes in use, white space and controls left out.
    fn characters() -> impl Iterator<Item = char> {
        (' '..'\u{3_2000}').filter(|c| !c.is_whitespace() && !c.is_control())
    }

    #[test]
    fn the_folding_of_a_browser_agrees_with_that_of_the_server_over_every_character() {
        let spec = Catalogue::Products.spec();
        let all: Vec<char> = characters().collect();
        let rows = all.chunks(1_000).enumerate().map(|(i, part)| {
            let mut row = spec.blank_row();
            row.key = format!("{i}");
            row.texts[0] = part.iter().collect();
            row
        });
        let index = Index::build(spec, rows, &Labels::new());
        let shelf = Shelf::parse(&write(&index, 0).expect("a shelf")).expect("a shelf");
        for c in all {
            let text = c.to_string();
            assert_eq!(
                shelf.table.columns.folding.text(&text),
                fold(&text),
                "{c} U+{:04X}",
                u32::from(c)
            );
        }
    }

    #[test]
    fn a_character_that_a_shelf_does_not_know_matches_nothing_in_it() {
        let spec = Catalogue::Products.spec();
        let mut row = spec.blank_row();
        row.key = "p-1".into();
        row.texts[0] = "陶瓷砖 A1".into();
        let index = Index::build(spec, [row], &Labels::new());
        let shelf = Shelf::parse(&write(&index, 0).expect("a shelf")).expect("a shelf");
        for c in characters() {
            let query = Query::parse(spec, [("q", c.to_string())]).expect("a query");
            assert_eq!(shelf.search(&query).total, index.search(&query).total, "{c}");
        }
    }
}

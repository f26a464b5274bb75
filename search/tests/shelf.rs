//! The shelf: small enough, refused when damaged, never a panic.

#[path = "made_up/catalogue.rs"]
mod catalogue;

use proptest::prelude::*;
use search::{Catalogue, Index, Labels, Query, Shelf, ShelfError, shelf};
use sha2::{Digest as _, Sha256};

fn brotli(bytes: &[u8]) -> usize {
    let mut out = Vec::new();
    let parameters =
        brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &parameters).expect("compressed");
    out.len()
}

fn size(products: usize) -> usize {
    let (rows, labels) = catalogue::products(products);
    let index = Index::build(Catalogue::Products.spec(), rows, &labels);
    let bytes = shelf::write(&index, 1).expect("a shelf");
    let parsed = Shelf::parse(&bytes).expect("a shelf");
    assert_eq!(parsed.len(), products);
    let query = Query::parse(parsed.spec(), [("q", "瓷砖"), ("status", "valid")]).expect("a query");
    assert_eq!(parsed.search(&query), index.search(&query));
    let compressed = brotli(&bytes);
    println!("{products} products: {} bytes, {compressed} with brotli 11", bytes.len());
    compressed
}

#[test]
fn a_shelf_of_1_000_products_is_at_most_60_000_bytes_on_the_wire() {
    assert!(size(1_000) <= 60_000);
}

#[test]
fn a_shelf_of_10_000_products_is_at_most_300_000_bytes_on_the_wire() {
    assert!(size(10_000) <= 300_000);
}

#[test]
fn no_shelf_holds_more_than_its_limit() {
    let spec = Catalogue::Systems.spec();
    let row = |i: usize| search::Row { key: format!("{i}"), ..spec.blank_row() };
    let index = Index::build(spec, (0..shelf::ROWS_MAX + 1).map(row), &Labels::new());
    assert!(shelf::write(&index, 0).is_none());
}

fn small() -> Vec<u8> {
    let (rows, labels) = catalogue::products(40);
    shelf::write(&Index::build(Catalogue::Products.spec(), rows, &labels), 9).expect("a shelf")
}

/// Puts the right hash on changed bytes, so that the parser behind the hash is tried too.
fn rehashed(mut bytes: Vec<u8>) -> Vec<u8> {
    let Some(count) = bytes.get(28..32) else { return bytes };
    let count = u32::from_le_bytes([count[0], count[1], count[2], count[3]]) as usize;
    let at = 32 + 4 * count.min(1_000);
    if bytes.len() < at + 32 {
        return bytes;
    }
    let mut hash = Sha256::new();
    hash.update(&bytes[..at]);
    hash.update(&bytes[at + 32..]);
    bytes[at..at + 32].copy_from_slice(&hash.finalize());
    bytes
}

#[test]
fn one_changed_bit_anywhere_is_refused() {
    let bytes = small();
    assert_eq!(Shelf::parse(&bytes).map(|s| (s.len(), s.log_size())).ok(), Some((40, 9)));
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 1 << (at % 8);
        assert!(Shelf::parse(&changed).is_err(), "bit {} of byte {at}", at % 8);
    }
}

#[test]
fn a_shelf_cut_short_or_lengthened_is_refused() {
    let bytes = small();
    for len in 0..bytes.len() {
        assert!(Shelf::parse(&bytes[..len]).is_err(), "first {len} bytes");
    }
    let mut longer = bytes;
    longer.push(0);
    assert_eq!(Shelf::parse(&longer).err(), Some(ShelfError::Damaged));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _ = Shelf::parse(&bytes);
        let mut shelf = shelf::MAGIC.to_vec();
        shelf.extend_from_slice(&bytes);
        let _ = Shelf::parse(&rehashed(shelf));
    }

    #[test]
    fn changes_behind_a_right_hash_make_no_panic(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut bytes = small();
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        if let Ok(shelf) = Shelf::parse(&rehashed(bytes)) {
            for q in ["", "瓷", "gbt4100", "taoci"] {
                let query = Query::parse(shelf.spec(), [("q", q)]).expect("a query");
                let _ = shelf.search(&query);
            }
        }
    }
}

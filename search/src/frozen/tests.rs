use std::convert::Infallible;

use super::*;
use crate::catalogue::Catalogue;
use crate::{Labels, Query};

fn frozen(index: &Index) -> Vec<u8> {
    let mut bytes = Vec::new();
    let written: Result<(), Infallible> = index.freeze(&mut |piece| {
        bytes.extend_from_slice(piece);
        Ok(())
    });
    written.expect("nothing refuses");
    bytes
}

fn small() -> Index {
    let spec = Catalogue::Products.spec();
    let mut labels = Labels::new();
    labels.insert("category", "tiles", ["瓷砖", "瓷磚", "tiles"].map(str::to_owned));
    let rows = (0..3).map(|i| {
        let mut row = spec.blank_row();
        row.key = format!("p-{i}");
        row.texts[0] = format!("陶瓷砖 A{i}");
        row.facets[0] = vec!["tiles".to_owned()];
        row
    });
    let mut changed = spec.blank_row();
    changed.key = "p-1".into();
    changed.texts[0] = "卫生陶瓷".into();
    Index::build_scanning(spec, rows, &labels, 0).overlay([changed], &["p-2".to_owned()], &labels)
}

/// Gives the same bytes a right hash, as a faulty program would.
fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let content = bytes.len() - HASH;
    let hash = Sha256::digest(&bytes[..content]);
    bytes[content..].copy_from_slice(&hash);
    bytes
}

#[test]
fn every_changed_byte_and_every_cut_is_refused() {
    let spec = Catalogue::Products.spec();
    let bytes = frozen(&small());
    assert!(Index::thaw(spec, &bytes).is_ok());
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 1 << (at % 8);
        assert_eq!(Index::thaw(spec, &changed).err(), Some(FrozenError::Damaged), "byte {at}");
        assert_eq!(Index::thaw(spec, &bytes[..at]).err(), Some(FrozenError::Damaged), "cut {at}");
    }
}

/// With a right hash some changes give another index, which nobody can tell; none may make a query panic.
#[test]
fn content_that_makes_no_sense_is_refused_and_never_panics() {
    let spec = Catalogue::Products.spec();
    let bytes = frozen(&small());
    let mut refused = 0;
    for at in 0..bytes.len() - HASH {
        for byte in [0, 1, 0x7f, 0xff] {
            let mut changed = bytes.clone();
            changed[at] = byte;
            match Index::thaw(spec, &sealed(changed)) {
                Err(_) => refused += 1,
                Ok(index) => {
                    for q in ["", "陶瓷", "taoci", "tc", "a1"] {
                        let query = Query::parse(spec, [("q", q)]).expect("a query");
                        let _ = index.search(&query);
                    }
                    let _ = (index.row("p-1"), index.rows(), frozen(&index));
                }
            }
        }
    }
    assert!(refused > bytes.len() / 2, "{refused} of {}", 4 * bytes.len());
}

#[test]
fn an_index_of_another_catalogue_is_refused() {
    let bytes = frozen(&small());
    let other = Index::thaw(Catalogue::Listings.spec(), &bytes).err();
    assert_eq!(other, Some(FrozenError::OtherVersion));
    assert_eq!(Index::thaw(Catalogue::Products.spec(), b"").err(), Some(FrozenError::Damaged));
}

#[test]
fn what_is_read_is_written_as_it_was() {
    let bytes = frozen(&small());
    let index = Index::thaw(Catalogue::Products.spec(), &bytes).expect("an index");
    assert_eq!(frozen(&index), bytes);
    assert_eq!((index.len(), index.overlay_rows()), (2, small().overlay_rows()));
}

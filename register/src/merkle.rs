//! The Merkle tree hash of RFC 6962, section 2.1, with SHA-256, and proofs over it.

use sha2::{Digest, Sha256};

#[cfg(test)]
pub(crate) mod memory;
mod proof;

pub use proof::{
    PROOF_MAX, ProofError, Subtrees, consistency, inclusion, root_of, verify_consistency,
    verify_inclusion,
};

/// A SHA-256 value.
pub type Hash = [u8; 32];

/// The root of the tree without leaves: SHA-256 of nothing.
pub const EMPTY_ROOT: Hash = [
    0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24,
    0x27, 0xae, 0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55,
];

/// The root over the leaves in their order. Keeps one hash for each level of the tree.
#[must_use]
pub fn root<L: AsRef<[u8]>>(leaves: impl IntoIterator<Item = L>) -> Hash {
    // Roots of complete subtrees, the largest first, with the number of their leaves.
    let mut complete: Vec<(u64, Hash)> = Vec::new();
    for leaf in leaves {
        let mut node = (1, leaf_hash(leaf.as_ref()));
        while let Some((size, left)) = complete.pop_if(|(size, _)| *size == node.0) {
            node = (size * 2, node_hash(&left, &node.1));
        }
        complete.push(node);
    }
    let folded = complete.into_iter().map(|(_, hash)| hash).rev();
    folded.reduce(|right, left| node_hash(&left, &right)).unwrap_or(EMPTY_ROOT)
}

/// The hash of a leaf: SHA-256(0x00 ‖ data).
#[must_use]
pub fn leaf_hash(data: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(data).finalize().into()
}

/// The hash of an inner node: SHA-256(0x01 ‖ left ‖ right).
#[must_use]
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::key::hex;
    use proptest::prelude::*;

    /// The eight leaves of the reference implementation's tests.
    const LEAVES: [&[u8]; 8] = [
        b"",
        b"\x00",
        b"\x10",
        b"\x20\x21",
        b"\x30\x31",
        b"\x40\x41\x42\x43",
        b"\x50\x51\x52\x53\x54\x55\x56\x57",
        b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
    ];

    #[test]
    fn the_published_roots_are_reproduced() {
        let of = |n: usize| hex(&root(&LEAVES[..n]));
        assert!(of(0).starts_with("e3b0c442") && of(0).ends_with("b855"));
        assert!(of(3).starts_with("aeb6bcfe") && of(3).ends_with("6e77"));
        assert!(of(8).starts_with("5dc9da79") && of(8).ends_with("4328"));
    }

    /// The definition, word for word: k is the largest power of two smaller than n.
    fn by_definition(leaves: &[Vec<u8>]) -> Hash {
        match leaves {
            [] => Sha256::digest([]).into(),
            [one] => leaf_hash(one),
            many => {
                let k = many.len().next_power_of_two() / 2;
                node_hash(&by_definition(&many[..k]), &by_definition(&many[k..]))
            }
        }
    }

    proptest! {
        #[test]
        fn the_root_is_that_of_the_definition(leaves in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..4), 0..70)) {
            prop_assert_eq!(root(&leaves), by_definition(&leaves));
        }
    }
}

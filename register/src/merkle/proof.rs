//! Inclusion and consistency proofs (RFC 6962, sections 2.1.1 and 2.1.2), made from the hashes of
//! complete subtrees and verified from nothing but two roots (RFC 9162, sections 2.1.3.2 and 2.1.4.2).

use super::{Hash, node_hash};

/// Most hashes of a proof: a log of 2^64 entries has 64 levels.
pub const PROOF_MAX: usize = 64;

/// Whoever knows the hashes of complete subtrees: tiles, a table, leaves in memory.
pub trait Subtrees {
    /// Why a hash could not be had.
    type Error;

    /// The hash of the complete subtree over the leaves `index · 2^height .. (index + 1) · 2^height`.
    ///
    /// # Errors
    /// The hash is not to be had; asked only for subtrees inside the tree of the question.
    fn subtree(&mut self, height: u32, index: u64) -> Result<Hash, Self::Error>;
}

/// Why a proof could not be made or does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The entry, or the smaller tree, is not inside the tree.
    #[error("{inner} is not inside a tree of {size} entries")]
    Range {
        /// Index of the entry, or size of the smaller tree.
        inner: u64,
        /// Size of the tree.
        size: u64,
    },
    /// A proof for these sizes has another number of hashes.
    #[error("the proof has {0} hashes, which is not the number such a proof has")]
    Length(usize),
    /// Hashing along the proof does not give the root.
    #[error("hashing along the proof does not give the root")]
    Root,
}

/// The root of the tree of the first `size` leaves.
///
/// # Errors
/// Those of the subtrees.
pub fn root_of<S: Subtrees>(size: u64, subtrees: &mut S) -> Result<Hash, S::Error> {
    range(0, size, subtrees)
}

/// The hashes that, with the leaf `index`, give the root of the tree of `size` leaves; the leaf's
/// sibling first.
///
/// # Errors
/// Those of the subtrees. An index outside the tree gives `None`.
pub fn inclusion<S: Subtrees>(
    index: u64,
    size: u64,
    subtrees: &mut S,
) -> Result<Option<Vec<Hash>>, S::Error> {
    if index >= size {
        return Ok(None);
    }
    // From the root down: the other half of each split; the proof wants them from the leaf up.
    let (mut start, mut end) = (0, size);
    let mut proof = Vec::new();
    while end - start > 1 {
        let middle = start + split(end - start);
        if index < middle {
            proof.push(range(middle, end, subtrees)?);
            end = middle;
        } else {
            proof.push(range(start, middle, subtrees)?);
            start = middle;
        }
    }
    proof.reverse();
    Ok(Some(proof))
}

/// The hashes that show that the tree of `old` leaves is the beginning of the tree of `new` leaves.
/// Empty where `old` is 0 or equals `new`.
///
/// # Errors
/// Those of the subtrees. An old size beyond the new gives `None`.
pub fn consistency<S: Subtrees>(
    old: u64,
    new: u64,
    subtrees: &mut S,
) -> Result<Option<Vec<Hash>>, S::Error> {
    if old > new {
        return Ok(None);
    }
    let mut proof = Vec::new();
    if old == 0 || old == new {
        return Ok(Some(proof));
    }
    let (mut start, mut end) = (0, new);
    // Whether the range still begins where the old tree does: then its own hash is known already.
    let mut known = true;
    while end != old {
        let middle = start + split(end - start);
        if old <= middle {
            proof.push(range(middle, end, subtrees)?);
            end = middle;
        } else {
            proof.push(range(start, middle, subtrees)?);
            start = middle;
            known = false;
        }
    }
    if !known {
        proof.push(range(start, end, subtrees)?);
    }
    proof.reverse();
    Ok(Some(proof))
}

/// Whether the leaf hash `leaf` stands at `index` in the tree of `size` leaves with this root.
///
/// # Errors
/// It does not, or the proof is of another shape.
pub fn verify_inclusion(
    index: u64,
    size: u64,
    leaf: &Hash,
    proof: &[Hash],
    root: &Hash,
) -> Result<(), ProofError> {
    if index >= size {
        return Err(ProofError::Range { inner: index, size });
    }
    // RFC 9162, section 2.1.3.2.
    let (mut node, mut last) = (index, size - 1);
    let mut hash = *leaf;
    for sibling in proof {
        if last == 0 {
            return Err(ProofError::Length(proof.len()));
        }
        if node & 1 == 1 || node == last {
            hash = node_hash(sibling, &hash);
            if node & 1 == 0 {
                while node & 1 == 0 && node != 0 {
                    node >>= 1;
                    last >>= 1;
                }
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    match (last, hash == *root) {
        (0, true) => Ok(()),
        (0, false) => Err(ProofError::Root),
        _ => Err(ProofError::Length(proof.len())),
    }
}

/// Whether the tree of `new` leaves begins with the tree of `old` leaves.
///
/// # Errors
/// It does not, or the proof is of another shape.
pub fn verify_consistency(
    old: u64,
    new: u64,
    old_root: &Hash,
    new_root: &Hash,
    proof: &[Hash],
) -> Result<(), ProofError> {
    if old > new {
        return Err(ProofError::Range { inner: old, size: new });
    }
    if old == new || old == 0 {
        // The empty tree is the beginning of every tree, and has one root.
        let same = old_root == if old == new { new_root } else { &super::EMPTY_ROOT };
        return match (proof.is_empty(), same) {
            (true, true) => Ok(()),
            (true, false) => Err(ProofError::Root),
            (false, _) => Err(ProofError::Length(proof.len())),
        };
    }
    // RFC 9162, section 2.1.4.2: a tree of a power of two is a node of the new one, known already.
    let (first, rest) = match (old.is_power_of_two(), proof.split_first()) {
        (true, _) => (old_root, proof),
        (false, Some((first, rest))) => (first, rest),
        (false, None) => return Err(ProofError::Length(0)),
    };
    let (mut node, mut last) = (old - 1, new - 1);
    while node & 1 == 1 {
        node >>= 1;
        last >>= 1;
    }
    let (mut of_old, mut of_new) = (*first, *first);
    for sibling in rest {
        if last == 0 {
            return Err(ProofError::Length(proof.len()));
        }
        if node & 1 == 1 || node == last {
            of_old = node_hash(sibling, &of_old);
            of_new = node_hash(sibling, &of_new);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            of_new = node_hash(&of_new, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    if last != 0 {
        return Err(ProofError::Length(proof.len()));
    }
    if of_old == *old_root && of_new == *new_root { Ok(()) } else { Err(ProofError::Root) }
}

/// The largest power of two smaller than `n`, for `n` of at least 2.
fn split(n: u64) -> u64 {
    1 << (n - 1).ilog2()
}

/// The Merkle tree hash of the leaves `start..end`, where `start` is a multiple of the largest power
/// of two that the range holds (all ranges of the definition are).
fn range<S: Subtrees>(start: u64, end: u64, subtrees: &mut S) -> Result<Hash, S::Error> {
    if start == end {
        return Ok(super::EMPTY_ROOT);
    }
    // The range falls into complete subtrees of falling size; they are folded from the right.
    let mut parts = Vec::new();
    let mut at = start;
    while at < end {
        let height = (end - at).ilog2();
        parts.push(subtrees.subtree(height, at >> height)?);
        at += 1 << height;
    }
    let folded = parts.into_iter().rev().reduce(|right, left| node_hash(&left, &right));
    Ok(folded.unwrap_or(super::EMPTY_ROOT))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::merkle::memory::Leaves;
    use crate::merkle::{leaf_hash, root};
    use proptest::prelude::*;

    fn tree(size: u64) -> (Vec<[u8; 8]>, Leaves) {
        let data: Vec<[u8; 8]> = (0..size).map(u64::to_be_bytes).collect();
        let leaves = Leaves(data.iter().map(|d| leaf_hash(d)).collect());
        (data, leaves)
    }

    #[test]
    fn every_entry_of_every_small_tree_is_proven_and_nothing_else() {
        for size in 0..=40u64 {
            let (data, mut leaves) = tree(size);
            let root = root(&data);
            assert_eq!(root_of(size, &mut leaves), Ok(root));
            assert_eq!(inclusion(size, size, &mut leaves), Ok(None));
            for index in 0..size {
                let leaf = leaves.0[index as usize];
                let proof = inclusion(index, size, &mut leaves).unwrap().unwrap();
                assert_eq!(verify_inclusion(index, size, &leaf, &proof, &root), Ok(()));
                for other in (0..=size).filter(|other| *other != index) {
                    assert!(verify_inclusion(other, size, &leaf, &proof, &root).is_err());
                }
                for other in size + 1..size + 3 {
                    // A proof may fit a neighbouring size only where the path is the same; the root
                    // belongs to one size, so a verifier never mixes them. The shape must still fit.
                    if let Ok(()) = verify_inclusion(index, other, &leaf, &proof, &root) {
                        assert_eq!(
                            proof.len(),
                            inclusion(index, other, &mut tree(other).1).unwrap().unwrap().len()
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn every_small_tree_is_shown_to_be_the_beginning_of_every_larger() {
        for new in 0..=34u64 {
            let (data, mut leaves) = tree(new);
            let new_root = root(&data);
            for old in 0..=new {
                let old_root = root(&data[..old as usize]);
                let proof = consistency(old, new, &mut leaves).unwrap().unwrap();
                assert_eq!(
                    verify_consistency(old, new, &old_root, &new_root, &proof),
                    Ok(()),
                    "{old} {new}"
                );
                let mut wrong = old_root;
                wrong[7] ^= 1;
                assert!(verify_consistency(old, new, &wrong, &new_root, &proof).is_err());
                let mut wrong = new_root;
                wrong[31] ^= 0x80;
                assert!(
                    verify_consistency(old, new, &old_root, &wrong, &proof).is_err() || old == 0
                );
                for at in 0..proof.len() {
                    let mut broken = proof.clone();
                    broken[at][0] ^= 1;
                    assert!(verify_consistency(old, new, &old_root, &new_root, &broken).is_err());
                    let mut short = proof.clone();
                    short.remove(at);
                    assert!(verify_consistency(old, new, &old_root, &new_root, &short).is_err());
                }
                let mut long = proof.clone();
                long.push([0; 32]);
                assert!(verify_consistency(old, new, &old_root, &new_root, &long).is_err());
            }
            assert_eq!(consistency(new + 1, new, &mut leaves), Ok(None));
        }
    }

    proptest! {
        #[test]
        fn a_changed_bit_of_an_inclusion_proof_is_caught(size in 1u64..400, index in any::<u64>(), bit in any::<u64>()) {
            let (data, mut leaves) = tree(size);
            let index = index % size;
            let root = root(&data);
            let leaf = leaves.0[index as usize];
            let proof = inclusion(index, size, &mut leaves).unwrap().unwrap();
            let bits = proof.len() as u64 * 256;
            if bits > 0 {
                let mut broken = proof.clone();
                let at = (bit % bits) as usize;
                broken[at / 256][at % 256 / 8] ^= 1 << (at % 8);
                prop_assert!(verify_inclusion(index, size, &leaf, &broken, &root).is_err());
            }
            let mut long = proof;
            long.push(root);
            prop_assert!(verify_inclusion(index, size, &leaf, &long, &root).is_err());
        }

        #[test]
        fn hostile_proofs_never_panic(a in any::<u64>(), b in any::<u64>(), n in 0usize..80) {
            let proof = vec![[1; 32]; n];
            let _ = verify_inclusion(a, b, &[0; 32], &proof, &[2; 32]);
            let _ = verify_consistency(a, b, &[0; 32], &[2; 32], &proof);
        }
    }
}

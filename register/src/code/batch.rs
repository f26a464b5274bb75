//! Unit codes are never stored: a batch keeps their keyed hashes, sorted, in one blob, and the log
//! holds the blob's root.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::CreditCode;
use crate::id::key::hex;
use crate::merkle;

/// The hash under which a unit code is kept.
pub type KeyedHash = [u8; 32];

/// The secret that hashes unit codes. It lives with the private keys, and every node needs it:
/// without it nobody can try codes against a copied blob.
#[derive(Clone)]
pub struct Pepper([u8; 32]);

impl Pepper {
    /// A pepper of 32 random bytes the caller drew.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Pepper {
        Pepper(bytes)
    }

    /// HMAC-SHA-256 (RFC 2104) under this pepper of the code's characters without separators.
    #[must_use]
    pub fn hash(&self, code: &CreditCode) -> KeyedHash {
        // HMAC takes a key of any length.
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0)
            .unwrap_or_else(|_| unreachable!("HMAC takes any key"));
        mac.update(code.as_str().as_bytes());
        mac.finalize().into_bytes().into()
    }
}

// Nothing of the secret in a log line.
impl fmt::Debug for Pepper {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("Pepper(..)")
    }
}

/// The keyed hashes of one batch of unit codes, sorted, each once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    blob: Vec<u8>,
    root: [u8; 32],
}

impl Batch {
    /// A batch of these hashes, whatever their order.
    #[must_use]
    pub fn new(hashes: impl IntoIterator<Item = KeyedHash>) -> Batch {
        let mut hashes: Vec<KeyedHash> = hashes.into_iter().collect();
        hashes.sort_unstable();
        hashes.dedup();
        Batch { root: merkle::root(&hashes), blob: hashes.concat() }
    }

    /// Reads a blob back; nothing where its length or order is not a batch's. Compare
    /// [`Batch::root`] with the log's before trusting it.
    #[must_use]
    pub fn from_blob(blob: Vec<u8>) -> Option<Batch> {
        let (hashes, rest) = blob.as_chunks::<32>();
        if !rest.is_empty() || !hashes.is_sorted_by(|a, b| a < b) {
            return None;
        }
        Some(Batch { root: merkle::root(hashes), blob })
    }

    /// The blob: the hashes one after the other, 32 bytes each, ascending.
    #[must_use]
    pub fn blob(&self) -> &[u8] {
        &self.blob
    }

    /// The root the log holds: the RFC 6962 Merkle tree hash whose leaves are the sorted hashes.
    /// A tree and not a plain hash, so that one unit can be proved to be of the batch without
    /// handing out the others.
    #[must_use]
    pub const fn root(&self) -> &[u8; 32] {
        &self.root
    }

    /// The key of the batch's record, see [`batch_key`].
    #[must_use]
    pub fn key(&self) -> String {
        batch_key(&self.root)
    }

    /// How many codes the batch has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.blob.len() / 32
    }

    /// Whether the batch has no code.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.blob.is_empty()
    }

    /// Whether a code with this hash is of the batch.
    #[must_use]
    pub fn contains(&self, hash: &KeyedHash) -> bool {
        contains(&self.blob, hash)
    }
}

/// Whether a batch's blob (see [`Batch::blob`]) holds this hash. A bisection: its time depends on
/// the keyed hash, which says nothing about how near a guessed code was.
#[must_use]
pub fn contains(blob: &[u8], hash: &KeyedHash) -> bool {
    blob.as_chunks::<32>().0.binary_search(hash).is_ok()
}

/// The key of a batch's record: `U-` and the first 16 hex digits of its root.
#[must_use]
pub fn batch_key(root: &[u8; 32]) -> String {
    format!("U-{}", hex(&root[..8]))
}

/// The key of a change to one unit of a batch: `{batch}/{keyed hash}`, the hash in hex.
#[must_use]
pub fn unit_key(batch: &str, hash: &KeyedHash) -> String {
    format!("{batch}/{}", hex(hash))
}

/// Whether a text is the key of a batch.
#[must_use]
pub fn is_batch_key(key: &str) -> bool {
    key.strip_prefix("U-").is_some_and(|root| {
        root.len() == 16 && root.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_hash_is_hmac_sha256_of_the_characters() {
        // HMAC-SHA-256 with a key of 32 bytes 0x0b over `44260A7K3QMX9D2P`, computed with OpenSSL.
        let pepper = Pepper::new([0x0b; 32]);
        let code = CreditCode::parse("4426-0a7k-3qmx-9d2p").unwrap();
        assert_eq!(hex(&pepper.hash(&code)), EXPECTED);
        assert_eq!(format!("{pepper:?}"), "Pepper(..)");
    }

    const EXPECTED: &str = "c61e8d8eaedc6dfed9b05dfa460e83b35652e01f74214c0df39bd7fa8c3ecb71";

    #[test]
    fn a_batch_says_what_it_holds_whatever_the_order_it_was_given_in() {
        let hashes: Vec<KeyedHash> = (0..9).map(|n| [n * 7 % 9; 32]).collect();
        let batch = Batch::new(hashes.iter().copied().chain([[3; 32]]));
        assert_eq!((batch.len(), batch.blob().len()), (9, 288));
        assert!(!batch.is_empty() && Batch::new([]).is_empty());
        assert!(hashes.iter().all(|hash| batch.contains(hash)));
        assert!(!batch.contains(&[200; 32]));
        assert_eq!(batch, Batch::new(hashes.iter().rev().copied()));
        assert_eq!(batch.root(), &merkle::root((0..9u8).map(|n| [n; 32])));
        assert_eq!(batch.key(), format!("U-{}", &hex(batch.root())[..16]));
        assert_eq!(unit_key("U-0", &[0xab; 32]), format!("U-0/{}", "ab".repeat(32)));
    }

    #[test]
    fn only_a_sorted_blob_of_whole_hashes_is_read() {
        let batch = Batch::new([[1; 32], [2; 32]]);
        assert_eq!(Batch::from_blob(batch.blob().to_vec()).as_ref(), Some(&batch));
        assert_eq!(Batch::from_blob(vec![0; 33]), None);
        assert_eq!(Batch::from_blob([[2; 32], [1; 32]].concat()), None);
        assert_eq!(Batch::from_blob([[1; 32], [1; 32]].concat()), None);
        assert!(Batch::from_blob(Vec::new()).is_some_and(|empty| empty.is_empty()));
    }

    #[test]
    fn a_batch_key_is_sixteen_small_hex_digits() {
        assert!(is_batch_key("U-0123456789abcdef") && is_batch_key(&Batch::new([]).key()));
        for wrong in ["", "U-", "U-0123456789abcde", "U-0123456789abcdeg", "U-0123456789ABCDEF"] {
            assert!(!is_batch_key(wrong), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn a_blob_reads_back_and_no_bytes_make_the_reader_panic(hashes in proptest::collection::vec(any::<[u8; 32]>(), 0..20), bytes in proptest::collection::vec(any::<u8>(), 0..130)) {
            let batch = Batch::new(hashes.iter().copied());
            prop_assert_eq!(Batch::from_blob(batch.blob().to_vec()), Some(batch));
            let _ = contains(&bytes, &[7; 32]);
            let _ = Batch::from_blob(bytes);
        }
    }
}

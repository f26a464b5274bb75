//! The log's rolling hash, and the canonical bytes it covers.
//!
//! `chain(0)` is 32 zero bytes; `chain(n+1) = SHA-256(chain(n) ‖ leaf(n))`, where
//! `leaf(n) = SHA-256(0x00 ‖ canonical JSON of entry n)` is the leaf hash of RFC 6962 §2.1, so that
//! a Merkle tree over the same leaves can be laid beside it later. One stored hash per entry both
//! proves the entry's bytes and fixes everything before it.

use register::Entry;
use register::canonical::{CanonicalError, canonical_entry, leaf_hash};
pub use register::id::key::hex;
use sha2::{Digest, Sha256};

use super::{Result, StoreError};

/// A SHA-256 value.
pub type Chain = [u8; 32];

/// The rolling hash of the empty log.
pub const START: Chain = [0; 32];

/// The rolling hash after one more entry.
#[must_use]
pub fn next(before: &Chain, canonical: &[u8]) -> Chain {
    after(before, &leaf_hash(canonical))
}

/// The rolling hash after one more entry, whose leaf hash is known already.
#[must_use]
pub fn after(before: &Chain, leaf: &[u8; 32]) -> Chain {
    Sha256::new().chain_update(before).chain_update(leaf).finalize().into()
}

/// The canonical JSON of an entry.
///
/// # Errors
/// The entry is larger than 64 KiB (E23) or holds what has no canonical form.
pub fn canonical(entry: &Entry) -> Result<String> {
    match canonical_entry(entry) {
        Ok(text) => Ok(text),
        Err(CanonicalError::TooLarge(bytes)) => {
            Err(StoreError::TooLarge { kind: entry.kind, key: entry.key.clone(), bytes })
        }
        Err(error) => {
            Err(StoreError::Caller(format!("{} {}: {error}", entry.kind.name(), entry.key)))
        }
    }
}

/// 64 hex digits back to a hash.
pub(crate) fn unhex(text: &str) -> Option<Chain> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    let mut chain = START;
    for (i, byte) in chain.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * i..2 * i + 2)?, 16).ok()?;
    }
    Some(chain)
}

//! Entries taken out of the log with what proves them: their bytes, their paths to the root, and the signed checkpoint
//! with that root. Whoever has the log's key can check them without asking anybody.
//!
//! The hashing is that of the published log ([`crate::tlog`], [`crate::merkle`]); here it is put together for a few
//! entries at a time: those behind one page ([`page`]), those a signed statement rests on.

pub mod page;

use base64ct::{Base64, Encoding};
use serde_json::{Value, json};

use crate::merkle::{Hash, PROOF_MAX, leaf_hash, verify_inclusion};
use crate::note::{Note, NoteError, NoteKey};
use crate::tlog::{Checkpoint, HASH_BYTES};

/// What is wrong with a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HeadError {
    /// The note is not signed by the log's key.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The note is signed, and is no checkpoint of the key's log.
    #[error("the signed note is no checkpoint of the log its key is named after")]
    Checkpoint,
}

/// Opens a signed checkpoint: the signature holds and the log is the one the key is named after.
///
/// # Errors
/// It is not signed by the key, or is no checkpoint.
pub fn open(note: &str, key: &NoteKey) -> Result<Checkpoint, HeadError> {
    let text = Note::parse(note)?.text_signed_by(key)?;
    let checkpoint = Checkpoint::parse(text).map_err(|_| HeadError::Checkpoint)?;
    if checkpoint.origin == key.name() { Ok(checkpoint) } else { Err(HeadError::Checkpoint) }
}

/// Why an entry is not the one of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    /// Hashing the bytes along the path does not give the checkpoint's root.
    #[error("its bytes and its path do not lead to the checkpoint's root")]
    NotInLog,
    /// The bytes are no JSON object, or name another place in the log than the one proven.
    #[error("its bytes are no entry, or are that of another place in the log")]
    NoEntry,
}

/// An entry's bytes and its path to the root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proven {
    /// Its index in the log.
    pub seq: u64,
    /// Its bytes as the log hashes them (canonical JSON, RFC 8785).
    pub entry: String,
    /// The hashes beside its path, the leaf's sibling first (RFC 6962, section 2.1.1).
    pub path: Vec<Hash>,
}

impl Proven {
    /// Checks the entry against a checkpoint and reads it.
    ///
    /// # Errors
    /// [`EntryError`].
    pub fn check(&self, head: &Checkpoint) -> Result<Value, EntryError> {
        let leaf = leaf_hash(self.entry.as_bytes());
        verify_inclusion(self.seq, head.size, &leaf, &self.path, &head.root)
            .map_err(|_| EntryError::NotInLog)?;
        let value: Value = serde_json::from_str(&self.entry).map_err(|_| EntryError::NoEntry)?;
        if value["seq"].as_u64() == Some(self.seq) { Ok(value) } else { Err(EntryError::NoEntry) }
    }

    /// As JSON: `seq`, `entry` (its bytes as one text), `path` (hashes in base64).
    #[must_use]
    pub fn to_value(&self) -> Value {
        json!({ "seq": self.seq, "entry": self.entry, "path": hashes_value(&self.path) })
    }

    /// Reads the JSON form; nothing where it is of another shape.
    #[must_use]
    pub fn of_value(value: &Value) -> Option<Proven> {
        Some(Proven {
            seq: value["seq"].as_u64()?,
            entry: value["entry"].as_str()?.to_owned(),
            path: hashes(&value["path"])?,
        })
    }
}

/// Hashes as a list of texts in base64.
#[must_use]
pub fn hashes_value(hashes: &[Hash]) -> Value {
    hashes.iter().map(|hash| Value::from(Base64::encode_string(hash))).collect()
}

/// Reads a list of hashes, at most as many as a proof has.
#[must_use]
pub fn hashes(value: &Value) -> Option<Vec<Hash>> {
    let list = value.as_array().filter(|list| list.len() <= PROOF_MAX)?;
    let one = |text: &Value| {
        let mut hash = Hash::default();
        let bytes = Base64::decode(text.as_str()?, &mut hash).ok()?;
        (bytes.len() == HASH_BYTES).then_some(hash)
    };
    list.iter().map(one).collect()
}

#[cfg(test)]
mod tests;

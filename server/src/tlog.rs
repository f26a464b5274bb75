//! The log as outside programs read it: the signed checkpoint, proofs, and the check of a published
//! log that trusts nobody (C2SP tlog-tiles and its neighbours; formats in `register::tlog`).

mod fetch;
mod verify;
pub mod witness;

use register::note::{self, NoteError, NoteKey};
use register::signature::Signer;
use register::tlog::{Checkpoint, LogProof};

use crate::store::{Reader, StoreError};

pub use fetch::{FetchError, Published};
pub use verify::{Kept, Verified, VerifyError, verify};

/// Where the log's files are, below the portal's root and below a mirror's folder.
pub const PREFIX: &str = "log";

/// What can go wrong when the log is published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The register cannot be read.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// The checkpoint cannot be signed.
    #[error("the checkpoint cannot be signed: {0}")]
    Note(#[from] NoteError),
    /// There is no such entry.
    #[error("the log has {size} entries, there is no entry {seq}")]
    NoEntry {
        /// The entry asked for.
        seq: u64,
        /// Entries there are.
        size: u64,
    },
}

/// The name of a register's log, which is the first line of its checkpoints and the name of its key.
/// It holds the register's id and not its address: every home and every mirror of a log signs and
/// serves the same checkpoints.
#[must_use]
pub fn origin(register_id: &str) -> String {
    format!("liangbiao/register/{register_id}")
}

/// The key that checkpoints of this register are verified with.
///
/// # Errors
/// The key is not of Ed25519, which the specification asks for.
pub fn log_key(register_id: &str, signer: &dyn Signer) -> Result<NoteKey, NoteError> {
    NoteKey::new(&origin(register_id), signer.public_key().clone())
}

/// The signed checkpoint of the log as it stands. Ed25519 signs without randomness: the same log and
/// key give the same bytes on every machine.
///
/// # Errors
/// The register cannot be read, or the key does not sign.
pub fn checkpoint(reader: &Reader, signer: &dyn Signer) -> Result<(u64, String), PublishError> {
    let size = reader.head()?.log_size;
    Ok((size, checkpoint_of(reader, signer, size)?))
}

/// The signed checkpoint of the log when it had `size` entries: what was published then, byte for byte.
///
/// # Errors
/// The log is shorter, the register cannot be read, or the key does not sign.
pub fn checkpoint_of(
    reader: &Reader,
    signer: &dyn Signer,
    size: u64,
) -> Result<String, PublishError> {
    let id = reader.head()?.register_id;
    let text = checkpoint_text(reader, &id, size)?;
    Ok(note::sign(&text, &origin(&id), &[signer])?)
}

fn checkpoint_text(reader: &Reader, id: &str, size: u64) -> Result<String, StoreError> {
    let root = reader.root(size)?;
    Ok(Checkpoint { origin: origin(id), size, root, extensions: Vec::new() }.text())
}

/// The proof that entry `seq` is in the log of the signed checkpoint `note` over `size` entries, with
/// the entry's own bytes beside it.
///
/// # Errors
/// There is no such entry, or the register cannot be read.
pub fn proof(reader: &Reader, seq: u64, size: u64, note: &str) -> Result<LogProof, PublishError> {
    let none = PublishError::NoEntry { seq, size };
    let Some(hashes) = reader.inclusion(seq, size)? else { return Err(none) };
    let Some(text) = reader.texts(seq, 1)?.pop() else { return Err(none) };
    Ok(LogProof { extra: Some(text.into_bytes()), index: seq, hashes, checkpoint: note.to_owned() })
}

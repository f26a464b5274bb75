//! The log as outside programs read it: the signed checkpoint, proofs, and the check of a published
//! log that trusts nobody (C2SP tlog-tiles and its neighbours; formats in `register::tlog`).

mod fetch;
mod verify;
pub mod witness;

use register::Kind;
use register::kinds::rules::text;
use register::note::{self, NoteError, NoteKey};
use register::signature::Signer;
use register::tlog::{Checkpoint, LogProof};

use crate::keys::LogSigner;
use crate::store::{At, Reader, StoreError};

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

/// The signed checkpoint of the log as it stands. The keys sign without randomness: the same log and
/// keys give the same bytes on every machine.
///
/// # Errors
/// The register cannot be read, or the key does not sign.
pub fn checkpoint(reader: &Reader, signer: &LogSigner) -> Result<(u64, String), PublishError> {
    let size = reader.head()?.log_size;
    Ok((size, checkpoint_of(reader, signer, size)?))
}

/// The signed checkpoint of the log when it had `size` entries: what was published then, byte for byte.
///
/// # Errors
/// The log is shorter, the register cannot be read, or the key does not sign.
pub fn checkpoint_of(
    reader: &Reader,
    signer: &LogSigner,
    size: u64,
) -> Result<String, PublishError> {
    let id = reader.head()?.register_id;
    let text = checkpoint_text(reader, &id, size)?;
    let mut signers: Vec<&dyn Signer> = vec![signer];
    signers.extend(second(reader, signer, size)?);
    Ok(note::sign(&text, &origin(&id), &signers)?)
}

/// The key of the second line, where the log of `size` entries says that it is in force: a key put beside the
/// register later changes no checkpoint that was published before.
fn second<'s>(
    reader: &Reader,
    signer: &'s LogSigner,
    size: u64,
) -> Result<Option<&'s dyn Signer>, StoreError> {
    let Some(second) = signer.second() else { return Ok(None) };
    let at = At { as_of: chrono::NaiveDate::MAX, known: size };
    let entry = reader.record(Kind::Key, &second.public_key().id().to_string(), at)?;
    let active = entry.is_some_and(|entry| text(&entry.body, "status") == Some("active"));
    Ok(active.then_some(second))
}

/// The key that verifies the second line of the log's checkpoint of `size` entries, where it has one.
///
/// # Errors
/// The register cannot be read.
pub fn second_key(
    reader: &Reader,
    signer: &LogSigner,
    size: u64,
) -> Result<Option<NoteKey>, PublishError> {
    let Some(second) = second(reader, signer, size)? else { return Ok(None) };
    let id = reader.head()?.register_id;
    Ok(Some(NoteKey::new(&origin(&id), second.public_key().clone())?))
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

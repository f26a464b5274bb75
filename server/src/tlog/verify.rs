//! The check of a published log from outside: every entry hashed again, every tile compared, the
//! checkpoint's signature, and that the log still begins as it did when last looked at.

use register::canonical::parse_entry;
use register::merkle::{self, Hash, ProofError, leaf_hash};
use register::note::{Note, NoteError, NoteKey};
use register::tlog::{
    Builder, Bundle, BundleError, Checkpoint, CheckpointError, Grown, TILE_WIDTH, TileError,
    TilePath, TileRow, Tiles,
};

use super::{FetchError, Published};

/// Why a published log is not to be trusted, or could not be looked at.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// A file could not be had.
    #[error("{0}")]
    Fetch(#[from] FetchError),
    /// The checkpoint is no text.
    #[error("the checkpoint is not UTF-8")]
    NotText,
    /// The note is broken or not signed by the key.
    #[error("the checkpoint: {0}")]
    Note(#[from] NoteError),
    /// The signed text is no checkpoint.
    #[error("the checkpoint: {0}")]
    Checkpoint(#[from] CheckpointError),
    /// The checkpoint is of another log than the key.
    #[error("the checkpoint is of {found:?}, the key is that of {expected:?}")]
    Origin {
        /// The checkpoint's origin.
        found: String,
        /// The key's name.
        expected: String,
    },
    /// The log is shorter than it was.
    #[error("the log has {now} entries and had {before}: entries were taken away")]
    Shorter {
        /// Entries kept in mind.
        before: u64,
        /// Entries now.
        now: u64,
    },
    /// The log does not go on from what it was.
    #[error("the log was rewritten: its first {size} entries are not those it had: {error}")]
    Rewritten {
        /// Entries kept in mind.
        size: u64,
        /// What does not fit.
        error: ProofError,
    },
    /// A bundle is damaged.
    #[error("{path}: {error}")]
    Bundle {
        /// The bundle.
        path: TilePath,
        /// What is wrong.
        error: BundleError,
    },
    /// A bundle of another number of entries.
    #[error("{path} has {found} entries, not {expected}", expected = path.width)]
    Count {
        /// The bundle.
        path: TilePath,
        /// Entries in it.
        found: usize,
    },
    /// An entry is not in canonical form or says it is another.
    #[error("entry {seq}: {what}")]
    Entry {
        /// Its index.
        seq: u64,
        /// What is wrong.
        what: String,
    },
    /// A tile of hashes does not fit the entries.
    #[error("{path} does not fit the entries below it{at}", at = first.map_or(String::new(), |seq| format!(", from entry {seq} on")))]
    Tile {
        /// The tile.
        path: TilePath,
        /// First entry whose hash differs, in a tile of leaves.
        first: Option<u64>,
    },
    /// The root is not that of the entries.
    #[error("the checkpoint's root is not that of the {0} entries")]
    Root(u64),
    /// A tile of another size.
    #[error("{0}")]
    Size(TileError<FetchError>),
}

/// What was seen of a log before: kept by whoever checks, in a file of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Entries then.
    pub size: u64,
    /// Root then.
    pub root: Hash,
}

/// What a check found.
#[derive(Clone, Debug)]
pub struct Verified {
    /// The checkpoint as it was signed.
    pub note: String,
    /// What it says.
    pub checkpoint: Checkpoint,
    /// Bytes of the entries.
    pub entry_bytes: u64,
    /// Tiles of hashes compared.
    pub tiles: u64,
    /// Whether there was something to compare with from before.
    pub continued_from: Option<u64>,
}

/// The signed head of a published log.
///
/// # Errors
/// It cannot be had, is not signed by `key`, or is of another log.
pub fn head(log: &Published, key: &NoteKey) -> Result<(String, Checkpoint), VerifyError> {
    let note = String::from_utf8(log.checkpoint()?).map_err(|_| VerifyError::NotText)?;
    let checkpoint = Checkpoint::parse(Note::parse(&note)?.text_signed_by(key)?)?;
    if checkpoint.origin != key.name() {
        let (found, expected) = (checkpoint.origin, key.name().to_owned());
        return Err(VerifyError::Origin { found, expected });
    }
    Ok((note, checkpoint))
}

/// Checks the whole log: signature, continuation of `kept`, every entry, every tile, the root.
/// `progress` gets entries done and entries in all.
///
/// # Errors
/// What does not hold, or could not be had.
pub fn verify(
    log: &Published,
    key: &NoteKey,
    kept: Option<&Kept>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Verified, VerifyError> {
    let (note, checkpoint) = head(log, key)?;
    let size = checkpoint.size;
    if let Some(kept) = kept {
        continues(log, kept, &checkpoint)?;
    }
    let mut builder = Builder::new();
    let (mut entry_bytes, mut tiles) = (0, 0);
    while builder.size() < size {
        let first = builder.size();
        let width = (size - first).min(TILE_WIDTH);
        let path = TilePath {
            row: TileRow::Entries,
            index: first / TILE_WIDTH,
            width: u16::try_from(width).unwrap_or(256),
        };
        let bytes = log.tile(path)?;
        entry_bytes += bytes.len() as u64 - 2 * width.min(bytes.len() as u64 / 2);
        let mut completed = Vec::new();
        for (entry, seq) in Bundle::new(&bytes).zip(first..) {
            let entry = entry.map_err(|error| VerifyError::Bundle { path, error })?;
            if seq < first + width {
                is_entry(entry, seq)?;
                builder.push(leaf_hash(entry), &mut |tile| completed.push(tile));
            }
        }
        let found = Bundle::new(&bytes).count();
        if found != usize::from(path.width) {
            return Err(VerifyError::Count { path, found });
        }
        for tile in &completed {
            compare(log, tile)?;
            tiles += 1;
        }
        progress(builder.size(), size);
    }
    for tile in builder.partial() {
        compare(log, &tile)?;
        tiles += 1;
    }
    if builder.root() != checkpoint.root {
        return Err(VerifyError::Root(size));
    }
    let continued_from = kept.map(|kept| kept.size);
    Ok(Verified { note, checkpoint, entry_bytes, tiles, continued_from })
}

/// Whether the log of `now` begins with what was kept in mind.
fn continues(log: &Published, kept: &Kept, now: &Checkpoint) -> Result<(), VerifyError> {
    if kept.size > now.size {
        return Err(VerifyError::Shorter { before: kept.size, now: now.size });
    }
    let mut tiles = Tiles::new(now.size, |path| log.tile(path));
    let proof =
        merkle::consistency(kept.size, now.size, &mut tiles).map_err(|error| match error {
            TileError::Fetch(error) => VerifyError::Fetch(error),
            error => VerifyError::Size(error),
        })?;
    merkle::verify_consistency(
        kept.size,
        now.size,
        &kept.root,
        &now.root,
        &proof.unwrap_or_default(),
    )
    .map_err(|error| VerifyError::Rewritten { size: kept.size, error })
}

fn is_entry(bytes: &[u8], seq: u64) -> Result<(), VerifyError> {
    let wrong = |what: String| VerifyError::Entry { seq, what };
    let text = std::str::from_utf8(bytes).map_err(|_| wrong("not UTF-8".to_owned()))?;
    let entry = parse_entry(text).map_err(|error| wrong(error.to_string()))?;
    if entry.seq == seq { Ok(()) } else { Err(wrong(format!("says it is entry {}", entry.seq))) }
}

/// Whether the published tile is the one its entries give.
fn compare(log: &Published, tile: &Grown) -> Result<(), VerifyError> {
    let published = log.tile(tile.path)?;
    if published == tile.bytes {
        return Ok(());
    }
    let leaves = matches!(tile.path.row, TileRow::Level(0));
    let differs = published.chunks(32).zip(tile.bytes.chunks(32)).position(|(a, b)| a != b);
    let first = differs.filter(|_| leaves).map(|at| tile.path.index * TILE_WIDTH + at as u64);
    Err(VerifyError::Tile { path: tile.path, first })
}

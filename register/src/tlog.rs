//! The transparency log's published form: C2SP tlog-tiles, tlog-checkpoint, tlog-proof,
//! tlog-cosignature (<https://c2sp.org/tlog-tiles> and its neighbours), over the Merkle tree of RFC 6962.
//!
//! Everything here is text and bytes: who stores the tiles and who fetches them is somebody else's
//! affair. The hash of an entry is that of its canonical bytes ([`crate::canonical`]).

mod build;
mod bundle;
mod checkpoint;
mod path;
mod proof;
mod tile;

pub use build::{Builder, Grown};
pub use bundle::{Bundle, BundleError, bundle};
pub use checkpoint::{Checkpoint, CheckpointError, ORIGIN_MAX};
pub use path::{TilePath, TileRow};
pub use proof::{LogProof, LogProofError};
pub use tile::{TileError, Tiles, needed};

/// Levels of the tree that one tile covers.
pub const TILE_HEIGHT: u32 = 8;

/// Hashes in a complete tile, entries in a complete bundle.
pub const TILE_WIDTH: u64 = 1 << TILE_HEIGHT;

/// Bytes of a hash.
pub const HASH_BYTES: usize = 32;

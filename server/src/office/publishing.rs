//! Drafts on their way into the log: what a draft holds ([`content`]), what it would do ([`summary`],
//! computed anew against the log's head by [`propose`]), the work in the background ([`work`]), and when its files go ([`tidy`]).
//!
//! Whatever a draft holds, it goes through the functions of the commands, and into the log in one
//! transaction or not at all. A second person approves a summary by its fingerprint: where the same draft
//! would do anything else by then, nothing is written.

mod collect;
pub mod content;
pub mod fields;
pub mod propose;
pub mod summary;
pub mod tidy;
pub mod work;

use std::path::{Path, PathBuf};

use crate::store::beside;

pub use content::{Content, OwnList};
pub use summary::{Line, Summary};

/// Records that may leave a directory before the approver has to type how many do.
pub const EXITS_MAX: u64 = 20;
/// The same in hundredths of what the directory holds.
pub const EXITS_PERCENT_MAX: u64 = 5;

/// Where a draft's files are.
#[must_use]
pub fn folder(register: &Path, id: &str) -> PathBuf {
    beside(register, ".desk.drafts").join(id)
}

/// Makes a draft's folder, for its owner alone.
///
/// # Errors
/// The disk's.
pub fn make_folder(register: &Path, id: &str) -> std::io::Result<PathBuf> {
    let folder = folder(register, id);
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(&folder)?;
    Ok(folder)
}

/// Writes a file whole or not at all.
///
/// # Errors
/// The disk's.
pub fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write as _;
    let partial = beside(path, ".partial");
    let mut file = std::fs::File::create(&partial)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&partial, path)
}

//! `FILE.checkpoint`: the last size and hash of the log, kept outside the database.
//!
//! A restored backup that lacks entries already published would fork the register's history.
//! The file is four lines of text, one field each, ended by a line feed:
//!
//! ```text
//! liangbiao-checkpoint 1
//! register 0123456789abcdef0123456789abcdef
//! size 5012
//! chain 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
//! ```
//!
//! `chain` is the rolling hash of the entries `0..size` (see [`super::chain`]). A later version of
//! the format changes the number of the first line.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use super::chain::{Chain, hex, unhex};
use super::{Result, StoreError, schema};

/// A log's size and rolling hash, bound to the register's id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The register's id, 32 hex digits.
    pub register_id: String,
    /// Entries covered.
    pub size: u64,
    /// Rolling hash of those entries.
    pub chain: Chain,
}

impl Checkpoint {
    /// The checkpoint beside a register, or `None` where there is none.
    ///
    /// # Errors
    /// The file cannot be read or is not a checkpoint.
    pub fn read(register: &Path) -> Result<Option<Checkpoint>> {
        let path = schema::beside(register, ".checkpoint");
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) if error.kind() == std::io::ErrorKind::InvalidData => String::new(),
            Err(error) => return Err(error.into()),
        };
        Self::parse(&text).map(Some).ok_or_else(|| {
            StoreError::Damaged(format!(
                "{} is not a checkpoint of this version; if you are sure that the register is \
                 complete, move it away",
                path.display()
            ))
        })
    }

    fn parse(text: &str) -> Option<Checkpoint> {
        let mut lines = text.lines();
        if lines.next()? != "liangbiao-checkpoint 1" {
            return None;
        }
        let register_id = lines.next()?.strip_prefix("register ")?.to_owned();
        let size = lines.next()?.strip_prefix("size ")?.parse().ok()?;
        let chain = unhex(lines.next()?.strip_prefix("chain ")?)?;
        lines.next().is_none().then_some(Checkpoint { register_id, size, chain })
    }

    /// Writes the checkpoint beside its register: temporary file, sync, rename, so that a crash
    /// leaves the old or the new one. An existing later checkpoint of the same register stays.
    ///
    /// # Errors
    /// The files cannot be written.
    pub fn write(&self, register: &Path) -> Result<()> {
        if let Ok(Some(present)) = Self::read(register)
            && present.register_id == self.register_id
            && present.size > self.size
        {
            return Ok(());
        }
        let path = schema::beside(register, ".checkpoint");
        let temporary = schema::beside(register, &format!(".checkpoint.{}", std::process::id()));
        let mut file = File::create(&temporary)?;
        write!(
            file,
            "liangbiao-checkpoint 1\nregister {}\nsize {}\nchain {}\n",
            self.register_id,
            self.size,
            hex(&self.chain)
        )?;
        file.sync_all()?;
        drop(file);
        std::fs::rename(&temporary, &path)?;
        schema::sync_folder(&path)?;
        Ok(())
    }
}

//! `FILE.cosignatures`: the newest cosignature of each witness, beside the register and no part of the log.
//!
//! Text, three lines a witness and one for each further line it wrote:
//!
//! ```text
//! liangbiao-cosignatures 1
//! witness https://witness.example=witness.example/w1+1234abcd+BASE64
//! size 5012
//! — witness.example/w1 BASE64
//! ```
//!
//! What is read is believed only after it was verified against the log as it stands.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use register::note::Note;

use super::Witness;
use crate::store::{Reader, Result, beside, sync_folder};
use crate::tlog::checkpoint_text;

/// First line of the file.
const HEAD: &str = "liangbiao-cosignatures 1";

/// Most bytes of the file that are read.
const FILE_BYTES_MAX: u64 = 1_000_000;

/// What a witness signed last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witnessed {
    /// The witness.
    pub witness: Witness,
    /// Entries of the log it signed.
    pub size: u64,
    /// Its lines of the checkpoint.
    pub lines: String,
    /// When, in seconds since 1970, as it says.
    pub time: u64,
}

/// The cosignatures of a register, verified; one for each witness.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Book {
    all: Vec<Witnessed>,
}

fn path(register: &Path) -> PathBuf {
    beside(register, ".cosignatures")
}

impl Book {
    /// Reads the file beside a register. What does not verify against the log is left out: another
    /// register's, or of a log that was rewritten since.
    ///
    /// # Errors
    /// The register or the file cannot be read.
    pub fn read(register: &Path, reader: &Reader) -> Result<Book> {
        use std::io::Read as _;
        let mut text = String::new();
        match fs::File::open(path(register)) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Book::default());
            }
            file => file?.take(FILE_BYTES_MAX).read_to_string(&mut text)?,
        };
        let mut book = Book::default();
        let Some(rest) = text.strip_prefix(HEAD) else { return Ok(book) };
        for block in rest.split("\nwitness ").skip(1) {
            let Some((witness, size, lines)) = parse(block) else { continue };
            match verified(reader, &witness, size, &lines)? {
                Some(time) => book.put(Witnessed { witness, size, lines, time }),
                None => tracing::warn!(
                    witness = witness.key.name(),
                    size,
                    "a kept cosignature does not fit the log and is passed over"
                ),
            }
        }
        Ok(book)
    }

    /// When the file beside a register was written; none where there is none.
    #[must_use]
    pub fn written(register: &Path) -> Option<std::time::SystemTime> {
        fs::metadata(path(register)).and_then(|file| file.modified()).ok()
    }

    /// Writes the file: temporary, synced, renamed, so that a crash leaves the old or the new one.
    ///
    /// # Errors
    /// The files cannot be written.
    pub fn write(&self, register: &Path) -> Result<()> {
        let path = path(register);
        let temporary = beside(&path, &format!(".{}", std::process::id()));
        let mut file = fs::File::create(&temporary)?;
        writeln!(file, "{HEAD}")?;
        for one in &self.all {
            write!(file, "witness {}\nsize {}\n{}", one.witness, one.size, one.lines)?;
        }
        file.sync_all()?;
        drop(file);
        fs::rename(&temporary, &path)?;
        Ok(sync_folder(&path)?)
    }

    /// Takes in what a witness signed, in the place of what it signed before.
    pub fn put(&mut self, one: Witnessed) {
        match self.all.iter_mut().find(|known| known.witness.key == one.witness.key) {
            Some(known) => *known = one,
            None => self.all.push(one),
        }
    }

    /// What each witness signed last.
    #[must_use]
    pub fn all(&self) -> &[Witnessed] {
        &self.all
    }

    /// What a witness signed last.
    #[must_use]
    pub fn of(&self, witness: &Witness) -> Option<&Witnessed> {
        self.all.iter().find(|one| one.witness.key == witness.key)
    }

    /// The lines to be put below the checkpoint of the first `size` entries.
    #[must_use]
    pub fn lines(&self, size: u64) -> String {
        self.all.iter().filter(|one| one.size == size).map(|one| one.lines.as_str()).collect()
    }
}

/// One block behind `witness `.
fn parse(block: &str) -> Option<(Witness, u64, String)> {
    let (witness, rest) = block.split_once('\n')?;
    let (size, lines) = rest.split_once('\n')?;
    let lines = if lines.ends_with('\n') { lines.to_owned() } else { format!("{lines}\n") };
    Some((witness.parse().ok()?, size.strip_prefix("size ")?.parse().ok()?, lines))
}

/// The time at which the witness signed the log's first `size` entries, if it did.
fn verified(reader: &Reader, witness: &Witness, size: u64, lines: &str) -> Result<Option<u64>> {
    let head = reader.head()?;
    if size > head.log_size {
        return Ok(None);
    }
    let text = checkpoint_text(reader, &head.register_id, size)?;
    let note = format!("{text}\n{lines}");
    Ok(Note::parse(&note).ok().and_then(|note| note.cosigned_by(&witness.key).ok()))
}

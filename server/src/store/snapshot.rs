//! A copy of a register that is being used, and the proof that a copy is whole.

use std::path::Path;

use chrono::{DateTime, Utc};
use register::merkle::{self, Hash};
use register::tlog::Builder;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use super::view::{self, index, parse};
use super::{Checkpoint, Register, Result, StoreError, chain, log, schema};

/// Pages copied between two looks at the progress: 16 MB.
const PAGES_A_STEP: i32 = 4096;

/// Version of the log's tables that this program reads and writes; it opens files of this and of earlier
/// versions and refuses later ones.
pub const SCHEMA_VERSION: i32 = schema::SCHEMA_VERSION;

/// Version of the view that this program reads; a register with another has its view built anew.
pub const VIEW_VERSION: i64 = schema::VIEW_VERSION;

/// What a whole log amounts to, recomputed from its entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The register's id, 32 hex digits.
    pub register_id: String,
    /// Entries in the log.
    pub log_size: u64,
    /// Rolling hash of all of them (see [`chain`]).
    pub chain: chain::Chain,
    /// Root of the Merkle tree over them (RFC 6962, 2.1).
    pub root: Hash,
    /// When the last one was recorded.
    pub recorded_at: Option<DateTime<Utc>>,
}

impl Proof {
    /// The checkpoint that stands beside a register with this log.
    #[must_use]
    pub fn checkpoint(&self) -> Checkpoint {
        Checkpoint { register_id: self.register_id.clone(), size: self.log_size, chain: self.chain }
    }
}

/// Copies a register's database as it is at one moment to `to`, page by page, while others read and write
/// it. `progress` gets pages done and pages in all.
///
/// The copy is made inside a read transaction: SQLite's backup starts again from the beginning when another
/// process writes in between, and during a long import would never end.
///
/// # Errors
/// `from` is no register or not the one of its checkpoint, `to` exists or cannot be written.
pub fn copy(from: &Path, to: &Path, progress: &mut dyn FnMut(u64, u64)) -> Result<()> {
    if to.exists() {
        return Err(StoreError::Exists(to.to_owned()));
    }
    let source = schema::open(from)?;
    log::verify_checkpoint(&source, from)?;
    source.execute_batch("PRAGMA query_only = ON; BEGIN")?;
    // The transaction begins with the first read.
    view::tip(&source)?;
    pages(&source, to, progress)
}

/// Copies the desk's database the same way, and checks its pages.
///
/// # Errors
/// `from` cannot be read or is damaged, `to` exists or cannot be written.
pub fn copy_desk(from: &Path, to: &Path) -> Result<()> {
    if to.exists() {
        return Err(StoreError::Exists(to.to_owned()));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let source = Connection::open_with_flags(from, flags)?;
    source.busy_timeout(schema::BUSY_WAIT)?;
    source.execute_batch("PRAGMA query_only = ON; BEGIN")?;
    let verdict: String = source.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if verdict != "ok" {
        return Err(StoreError::Damaged(format!("{} is damaged: {verdict}", from.display())));
    }
    pages(&source, to, &mut |_, _| ())
}

/// Copies the pages of a database that is in a read transaction.
fn pages(source: &Connection, to: &Path, progress: &mut dyn FnMut(u64, u64)) -> Result<()> {
    let failed = |error| StoreError::writing(error, to);
    let mut target = Connection::open(to).map_err(failed)?;
    // Nobody reads it before it is whole; the disk is waited for once, at the end.
    target.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;").map_err(failed)?;
    let backup = Backup::new(source, &mut target).map_err(failed)?;
    loop {
        let step = backup.step(PAGES_A_STEP).map_err(failed)?;
        let so_far = backup.progress();
        let (all, left) = (so_far.pagecount.max(0) as u64, so_far.remaining.max(0) as u64);
        progress(all.saturating_sub(left), all);
        match step {
            StepResult::Done => break,
            StepResult::More => {}
            _ => std::thread::sleep(std::time::Duration::from_millis(20)),
        }
    }
    drop(backup);
    target.close().map_err(|(_, error)| failed(error))?;
    std::fs::File::open(to)?.sync_all()?;
    Ok(())
}

/// Reads the whole log of a file that nobody writes to, and recomputes its rolling hash and its root;
/// `progress` gets entries done and entries in all. The file is not touched and nothing is made beside it.
///
/// # Errors
/// The file is no register or of a later version, a page is damaged, an entry lacks or its hash does not
/// fit: the text says which.
pub fn prove(path: &Path, progress: &mut dyn FnMut(u64, u64)) -> Result<Proof> {
    let conn = schema::open_still(path)?;
    let damaged =
        |what: String| Err(StoreError::Damaged(format!("{} is not whole: {what}", path.display())));
    let verdict: String =
        conn.query_row("PRAGMA main.quick_check(1)", [], |row| row.get(0)).map_err(|error| {
            StoreError::Damaged(format!("{} is not whole: {error}", path.display()))
        })?;
    if verdict != "ok" {
        return damaged(verdict);
    }
    let (log_size, tip) = view::tip(&conn)?;
    let mut statement = conn.prepare("SELECT seq, chain, entry FROM main.entries ORDER BY seq")?;
    let mut rows = statement.query([])?;
    let (mut expected, mut before) = (0u64, chain::START);
    let mut tree = Builder::new();
    let (mut register_id, mut recorded_at) = (String::new(), None);
    while let Some(row) = rows.next()? {
        let seq = index(row.get(0)?);
        let (stored, text): (chain::Chain, String) = (row.get(1)?, row.get(2)?);
        if seq != expected {
            return damaged(format!("entry {expected} is missing"));
        }
        before = chain::next(&before, text.as_bytes());
        if before != stored {
            return damaged(format!("the hash of entry {seq} does not fit its text"));
        }
        tree.push(merkle::leaf_hash(text.as_bytes()), &mut |_| ());
        if seq == 0 || seq + 1 == log_size {
            let entry = parse(seq, &text)?;
            recorded_at = Some(entry.recorded_at);
            if seq == 0 {
                register_id = view::register_id_of(&entry)?;
            }
        }
        expected += 1;
        if expected.is_multiple_of(4096) {
            progress(expected, log_size);
        }
    }
    progress(expected, log_size);
    if expected != log_size || before != tip {
        return damaged(format!("{expected} of {log_size} entries were found"));
    }
    Ok(Proof { register_id, log_size, chain: before, root: tree.root(), recorded_at })
}

/// Whether the log in `database`, a file that nobody writes to, goes on from the checkpoint that stands
/// beside `register`, where a register is to be put: a copy that lacks published entries would fork history.
///
/// # Errors
/// [`StoreError::Rewound`], naming `register`; the checkpoint cannot be read.
pub fn continues(database: &Path, register: &Path) -> Result<()> {
    let conn = schema::open_still(database)?;
    log::verify_checkpoint(&conn, register)
}

/// Brings the view of a file up to this program's version; afterwards nothing stands beside it.
///
/// # Errors
/// As [`Register::open`].
pub fn settle(path: &Path) -> Result<()> {
    let register = Register::open(path)?;
    // The last connection that closes folds the journal into the file.
    drop(register);
    Ok(())
}

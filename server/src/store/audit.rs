//! `check`: is the file sound, is the log whole, is the view what the log says?

use std::path::Path;

use rusqlite::Connection;

use super::view::{self, View, index, parse};
use super::{Checkpoint, Result, StoreError, chain, dump, log, removable, schema, units};

/// What a check found.
#[derive(Clone, Debug, Default)]
pub struct Audit {
    /// Entries in the log.
    pub log_size: u64,
    /// The register's id; empty where entry 0 cannot be read.
    pub register_id: String,
    /// Rolling hash of the whole log, hex.
    pub chain: String,
    /// Size of the file in bytes.
    pub file_bytes: u64,
    /// What is wrong; empty for a sound register.
    pub errors: Vec<String>,
    /// What deserves attention but is not wrong.
    pub remarks: Vec<String>,
}

/// The parts of a check, in order; each tells its progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// SQLite's own check of the file.
    File,
    /// Contiguity, hashes and readability of the entries.
    Log,
    /// A view built anew, compared with the stored one.
    View,
    /// The checkpoint beside the file.
    Checkpoint,
}

/// Most errors listed; a damaged file can have millions.
const ERRORS_MAX: usize = 20;

/// Checks a register: the file (SQLite's `integrity_check`), every entry (contiguous, its hash
/// right, readable, canonical, times not falling), the view (equal to one built from the log), the
/// checkpoint. Writes nothing to the register. `progress` gets the step, entries done, entries in all.
///
/// # Errors
/// The register cannot be opened at all; what is wrong inside is in [`Audit::errors`].
pub fn audit(path: &Path, progress: &mut dyn FnMut(Step, u64, u64)) -> Result<Audit> {
    let conn = schema::open(path)?;
    // Read before the snapshot: an append between the two can then only make the log longer.
    let checkpoint = Checkpoint::read(path);
    // One snapshot for everything, so that appends of a running server do not disturb.
    conn.execute_batch(
        "PRAGMA query_only = ON; PRAGMA temp_store = FILE; PRAGMA temp.cache_size = -131072; BEGIN",
    )?;
    let mut audit = Audit { file_bytes: std::fs::metadata(path)?.len(), ..Audit::default() };
    let (log_size, _) = view::tip(&conn)?;
    audit.log_size = log_size;

    progress(Step::File, 0, 1);
    let mut statement = conn.prepare("PRAGMA main.integrity_check(20)")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let line: String = row.get(0)?;
        if line != "ok" {
            audit.error(format!("file: {line}"));
        }
    }
    progress(Step::File, 1, 1);

    check_log(&conn, &mut audit, &mut |done| progress(Step::Log, done, log_size))?;
    if audit.errors.is_empty() {
        check_view(&conn, &mut audit, &mut |done| progress(Step::View, done, log_size))?;
    } else {
        audit.remarks.push("the view was not compared, because the log is damaged".to_owned());
    }

    if super::unfinished(path) {
        audit.error(
            "a redaction was interrupted; `liangbiao redact --due` clears away what is left"
                .to_owned(),
        );
    }

    progress(Step::Checkpoint, 0, 1);
    match checkpoint {
        Err(error) => audit.error(error.to_string()),
        Ok(None) => audit.remarks.push(
            "there is no checkpoint beside the register; the next append writes one".to_owned(),
        ),
        Ok(Some(checkpoint)) => match log::compare(&conn, path, &checkpoint) {
            Err(StoreError::Sqlite(error)) => return Err(error.into()),
            Err(error) => audit.error(error.to_string()),
            Ok(()) if checkpoint.size < log_size => audit.remarks.push(format!(
                "the checkpoint covers {} of {log_size} entries; the next append brings it up",
                checkpoint.size
            )),
            Ok(()) => {}
        },
    }
    progress(Step::Checkpoint, 1, 1);
    Ok(audit)
}

impl Audit {
    fn error(&mut self, text: String) {
        match self.errors.len() {
            n if n < ERRORS_MAX => self.errors.push(text),
            n if n == ERRORS_MAX => self.errors.push("… and more".to_owned()),
            _ => {}
        }
    }
}

fn check_log(conn: &Connection, audit: &mut Audit, progress: &mut dyn FnMut(u64)) -> Result<()> {
    let mut statement = conn.prepare("SELECT seq, chain, entry FROM main.entries ORDER BY seq")?;
    let mut rows = statement.query([])?;
    let mut expected = 0u64;
    let mut before = chain::START;
    let mut last = None;
    while let Some(row) = rows.next()? {
        let seq = index(row.get(0)?);
        if seq != expected {
            audit.error(format!("log: entry {seq} where entry {expected} should be"));
        }
        expected = seq + 1;
        let (stored, text) = match (row.get::<_, chain::Chain>(1), row.get_ref(2)?.as_str()) {
            (Ok(stored), Ok(text)) => (stored, text),
            _ => {
                audit.error(format!("log: entry {seq} is not stored as text with a hash"));
                continue;
            }
        };
        if chain::next(&before, text.as_bytes()) != stored {
            audit.error(format!("log: the hash of entry {seq} does not fit its text"));
        }
        before = stored;
        match parse(seq, text) {
            Err(error) => audit.error(format!("log: {error}")),
            Ok(entry) => {
                if chain::canonical(&entry)? != text {
                    audit.error(format!("log: entry {seq} is not in canonical form"));
                }
                for error in removable::check(conn, text, &entry)? {
                    audit.error(error);
                }
                if let Some(error) = units::check(conn, &entry)? {
                    audit.error(error);
                }
                if last.is_some_and(|last| entry.recorded_at < last) {
                    audit.error(format!("log: entry {seq} was recorded before the one it follows"));
                }
                last = Some(entry.recorded_at);
                if seq == 0 {
                    match view::register_id_of(&entry) {
                        Ok(id) => audit.register_id = id,
                        Err(error) => audit.error(format!("log: {error}")),
                    }
                }
            }
        }
        if expected.is_multiple_of(1024) {
            progress(expected);
        }
    }
    if expected == 0 {
        audit.error("log: there is no entry 0".to_owned());
    }
    audit.chain = chain::hex(&before);
    progress(expected);
    Ok(())
}

fn check_view(conn: &Connection, audit: &mut Audit, progress: &mut dyn FnMut(u64)) -> Result<()> {
    match view::version_and_size(conn)? {
        Some((version, size)) if version == schema::VIEW_VERSION && size == audit.log_size => {}
        Some((version, size)) => {
            audit.error(format!(
                "view: at version {version} and {size} entries, should be at {} and {}; run `liangbiao rebuild`",
                schema::VIEW_VERSION, audit.log_size
            ));
            return Ok(());
        }
        None => {
            audit.error("view: missing; run `liangbiao rebuild`".to_owned());
            return Ok(());
        }
    }
    let stored = dump::hash(conn, "main")?;
    // The temporary database belongs to this connection and spills to a file of its own.
    conn.execute_batch("PRAGMA query_only = OFF")?;
    let mut fresh = View::reset(conn, "temp")?;
    fresh.catch_up(progress)?;
    fresh.finish()?;
    if dump::hash(conn, "temp")? != stored {
        audit.error("view: differs from the one the log gives; run `liangbiao rebuild`".to_owned());
    }
    Ok(())
}

//! Issuing unit codes: a print run of many codes, one record.
//!
//! The codes stand in plain in the run's file only; the register keeps their keyed hashes. So the file
//! must not be lost once the batch is in force, and nothing may be in force that is in no file:
//!
//! 1. the codes are written to `FILE.partial` (mode 0600) and made durable;
//! 2. hashes and record are appended in one transaction;
//! 3. `FILE.partial` gets its name.
//!
//! Whatever happens in between, the same command again finds out from the register whether step 2
//! took place, and either finishes step 3 or begins anew. A file that is there already is compared
//! with the register and left as it is, so the command may be run any number of times.

use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use register::code::{Batch, CreditCode, Pepper};
use register::id::key::hex;
use register::kinds::rules::text;
use register::{Draft, Kind, Reason, ReasonCode};
use serde_json::json;

use super::artwork::Origin;
use super::issue::{self, Terms};
use super::print_run;
use crate::desk::{self, DeskError, Look, Plan, Result, refuse};
use crate::store::{At, Clock, Reader, Register, beside, sync_folder};

/// Most codes of one run; a larger one is several runs. A million take about 60 MB of memory.
pub const COUNT_MAX: u64 = 1_000_000;

/// What is wanted.
#[derive(Clone, Debug)]
pub struct Run {
    /// Product, term, issuer.
    pub terms: Terms,
    /// How many codes: 1 to [`COUNT_MAX`].
    pub count: u64,
    /// The file for the printer.
    pub out: PathBuf,
    /// Where the codes lead.
    pub origin: Origin,
    /// A further run although the register has one of that file name for the product.
    pub again: bool,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// Key of the batch's record.
    pub batch: String,
    /// Codes in it.
    pub count: u64,
    /// What was done.
    pub how: How,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// A new batch was issued.
    Issued,
    /// The file was there and the register knows its batch: nothing was done.
    Already,
    /// An earlier run had been cut short after the batch was in force; its file has its name now.
    Finished,
}

/// Issues a run. `progress` gets the codes drawn so far.
///
/// # Errors
/// The product is not there, the file is not this register's, another run is writing it, or the disk
/// or the register refuses. The register then has nothing new, or the same command again finishes it.
pub fn issue(
    register: &Register,
    clock: &dyn Clock,
    pepper: &Pepper,
    run: &Run,
    progress: &mut dyn FnMut(u64),
) -> Result<Done> {
    if run.count == 0 || run.count > COUNT_MAX {
        return refuse(format!("a run has 1 to {COUNT_MAX} codes; make several runs of more"));
    }
    let reader = register.reader()?;
    if let Some(done) = finished(&reader, pepper, run, &run.out)? {
        return Ok(Done { how: How::Already, ..done });
    }
    let partial = beside(&run.out, ".partial");
    let file = locked(&partial)?;
    // Whoever held the lock before may have finished in the meantime.
    if let Some(done) = finished(&reader, pepper, run, &run.out)? {
        let _ = std::fs::remove_file(&partial);
        return Ok(Done { how: How::Already, ..done });
    }
    if let Some(done) = left_over(&reader, pepper, &partial)? {
        name(&partial, &run.out)?;
        return Ok(Done { how: How::Finished, ..done });
    }
    let outcome = begin(register, clock, pepper, run, &file, progress);
    if matches!(outcome, Err(DeskError::Refused(_))) {
        // Refused before anything was sent to the register.
        let _ = std::fs::remove_file(&partial);
    }
    let done = outcome?;
    name(&partial, &run.out)?;
    Ok(done)
}

fn begin(
    register: &Register,
    clock: &dyn Clock,
    pepper: &Pepper,
    run: &Run,
    file: &File,
    progress: &mut dyn FnMut(u64),
) -> Result<Done> {
    // What can be refused is refused before a hundred thousand codes are drawn.
    desk::act(register, clock, |look| {
        refuse_again(look, run)?;
        let product = issue::product(look, &run.terms)?;
        issue::body(look, &run.terms, &product, "U-batch")?;
        Ok(Plan::nothing(()))
    })?;
    let (codes, batch) = draw(pepper, run.count, progress)?;
    let failed = |error| DeskError::File { path: beside(&run.out, ".partial"), error };
    file.set_len(0).map_err(failed)?;
    let mut buffered = BufWriter::new(file);
    print_run::write(&mut buffered, &codes, &run.origin).map_err(failed)?;
    buffered.flush().map_err(failed)?;
    drop(buffered);
    file.sync_all().map_err(failed)?;
    let file_name = run.out.file_name().map(|name| name.to_string_lossy().into_owned());
    desk::act(register, clock, |look| {
        refuse_again(look, run)?;
        let product = issue::product(look, &run.terms)?;
        let mut body = issue::body(look, &run.terms, &product, "U-batch")?;
        body.insert("batch_root".to_owned(), json!(hex(batch.root())));
        let draft = Draft {
            valid_from: look.at.as_of,
            kind: Kind::Code,
            key: batch.key(),
            reason: Reason::said(
                ReasonCode::Granted,
                Some(format!("单件码一批，共{}枚", batch.len())),
            ),
            source: desk::own_source(file_name.clone()),
            body,
        };
        let mut entries: Vec<_> = look.source(&run.terms.issuer)?.into_iter().collect();
        entries.push(draft.into());
        Ok(Plan { outcome: (), entries, batch: Some(batch.clone()) })
    })?;
    Ok(Done { batch: batch.key(), count: run.count, how: How::Issued })
}

/// The register has a run of that name for that product, and its file is not here: most likely it was
/// moved to the printer. A second run under the name would put twice as many codes into force.
fn refuse_again(look: &Look<'_>, run: &Run) -> Result<()> {
    if run.again {
        return Ok(());
    }
    let name = run.out.file_name().map(|name| name.to_string_lossy());
    let codes = look.reader.referring(Kind::Code, Kind::Product, &run.terms.product, look.at)?;
    for entry in codes.iter().filter(|entry| register::code::is_batch_key(&entry.key)) {
        let first = look.reader.history(Kind::Code, &entry.key)?.into_iter().next();
        if let Some(first) = first
            && first.source.locator.file.as_deref() == name.as_deref()
        {
            return refuse(format!(
                "a run {} was issued for this product on {} as {}, and its file is no longer here; \
                 choose another --out, or issue a further run of that name with --again",
                name.unwrap_or_default(),
                first.valid_from,
                entry.key
            ));
        }
    }
    Ok(())
}

/// Distinct codes and their batch.
fn draw(
    pepper: &Pepper,
    count: u64,
    progress: &mut dyn FnMut(u64),
) -> Result<(Vec<CreditCode>, Batch)> {
    /// Codes to one call of the system's random numbers.
    const AT_ONCE: usize = 4096;
    let wanted = usize::try_from(count).unwrap_or(usize::MAX);
    let mut codes: Vec<CreditCode> = Vec::with_capacity(wanted);
    let mut seen = std::collections::HashSet::with_capacity(wanted);
    let mut random = vec![0; 16 * AT_ONCE];
    while codes.len() < wanted {
        random_bytes(&mut random)?;
        let (drawn, _) = random.as_chunks::<16>();
        for bytes in drawn.iter().take(wanted - codes.len()) {
            let code = CreditCode::mint_unit(*bytes);
            if seen.insert(code) {
                codes.push(code);
            }
        }
        progress(codes.len() as u64);
    }
    let batch = Batch::new(codes.iter().map(|code| pepper.hash(code)));
    Ok((codes, batch))
}

/// Fills a slice from the system's random numbers.
///
/// # Errors
/// The system has none.
pub fn random_bytes(bytes: &mut [u8]) -> Result<()> {
    getrandom::fill(bytes).map_err(|error| crate::keys::KeyError::Random(error.to_string()).into())
}

/// The file is there: whether the register knows it.
fn finished(reader: &Reader, pepper: &Pepper, run: &Run, path: &Path) -> Result<Option<Done>> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(DeskError::File { path: path.to_owned(), error }),
    };
    let place = path.display();
    let codes = match print_run::read(file) {
        Ok(codes) => codes,
        Err(error) => return refuse(format!("{place} exists and is no print run: {error}")),
    };
    let batch = Batch::new(codes.iter().map(|code| pepper.hash(code)));
    let Some(entry) = known(reader, &batch)? else {
        return refuse(format!(
            "{place} exists, and its codes are not in this register; choose another --out"
        ));
    };
    if text(&entry.body, "product") != Some(&run.terms.product) || codes.len() as u64 != run.count {
        return refuse(format!(
            "{place} exists: {} codes of the product {}; choose another --out",
            codes.len(),
            text(&entry.body, "product").unwrap_or_default()
        ));
    }
    Ok(Some(Done { batch: batch.key(), count: run.count, how: How::Already }))
}

/// What an earlier run left: a batch in force, or nothing of value.
fn left_over(reader: &Reader, pepper: &Pepper, partial: &Path) -> Result<Option<Done>> {
    let failed = |error| DeskError::File { path: partial.to_owned(), error };
    let codes = print_run::read(File::open(partial).map_err(failed)?).unwrap_or_default();
    if codes.is_empty() {
        return Ok(None);
    }
    let batch = Batch::new(codes.iter().map(|code| pepper.hash(code)));
    Ok(known(reader, &batch)?.map(|_| Done {
        batch: batch.key(),
        count: batch.len() as u64,
        how: How::Finished,
    }))
}

/// The record of exactly this batch.
fn known(reader: &Reader, batch: &Batch) -> Result<Option<register::Entry>> {
    let at = At { as_of: chrono::NaiveDate::MAX, known: u64::MAX };
    let root = hex(batch.root());
    let entry = reader.record(Kind::Code, &batch.key(), at)?;
    Ok(entry.filter(|entry| text(&entry.body, "batch_root") == Some(&root)))
}

/// Opens or makes the partial file, for its owner only, and locks it against another run.
fn locked(path: &Path) -> Result<File> {
    let failed = |error| DeskError::File { path: path.to_owned(), error };
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => {
            refuse(format!("another program is writing {}", path.display()))
        }
        Err(std::fs::TryLockError::Error(error)) => Err(failed(error)),
    }
}

fn name(partial: &Path, out: &Path) -> Result<()> {
    std::fs::rename(partial, out)
        .and_then(|()| sync_folder(out))
        .map_err(|error| DeskError::File { path: out.to_owned(), error })
}

//! The indexes as a file beside the register (`FILE.index`), so that a start reads them instead of building them.
//!
//! ```text
//! magic "LBKEPT1\n" · a frozen index per catalogue · findings (JSON) · manifest (JSON) ·
//! length of the manifest u64 · SHA-256 of the manifest
//! ```
//! It is a cache: it may be deleted at any time, and is never copied by a backup. It counts for the program that wrote
//! it (version, and length and time of the program's file), for its register and the log's last entry there, for the day
//! it was made on, since a status turns with the day, and until values are taken out. Whatever differs, or fails its hash, is
//! built anew. The log may have gone on a little: what came since is laid over it, as while a portal runs.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Read as _, Seek as _, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::UNIX_EPOCH;

use register::Kind;
use register::id::key::sha256_hex;
use search::Index;
use search::catalogue::Catalogue;
use serde::{Deserialize, Serialize};

use super::lock;
use super::moment::Moment;
use crate::findings::{Found, KeptFindings};
use crate::store::{At, Head, Reader, Result, beside, sync_folder};
use crate::web::project::body;
use crate::web::project::coverage::Sources;
use crate::web::project::findings::Findings;
use crate::web::project::join;
use crate::web::project::policies::Papers;

const MAGIC: &[u8; 8] = b"LBKEPT1\n";
/// Behind the manifest: its length and its hash, in hex.
const END: u64 = 8 + 64;
/// Most bytes of a manifest that are read.
const MANIFEST_MAX: u64 = 1 << 26;

/// What the indexes are a function of, and what of them is not in the sections.
#[derive(Debug, Serialize, Deserialize)]
struct Manifest {
    program: Program,
    register_id: String,
    /// See [`Head::redacted`].
    redacted: u64,
    day: chrono::NaiveDate,
    log_size: u64,
    /// SHA-256 of the text of the last entry; empty for an empty log.
    last: String,
    /// Rows laid over the bases.
    overlaid: usize,
    loaded: Vec<u64>,
    targets: usize,
    sources: Sources,
    /// By [`Catalogue::ALL`]: place in the file, and length.
    indexes: Vec<(u64, u64)>,
    /// Place, length and SHA-256 of the findings; none where they had not been looked for.
    findings: Option<(u64, u64, String)>,
}

/// Which program wrote it: rows are as this program makes them, and another build may make others.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Program {
    version: String,
    length: u64,
    /// Nanoseconds since 1970 at which the program's file was written.
    written: u128,
}

impl Program {
    fn this() -> io::Result<Program> {
        let file = fs::metadata(std::env::current_exe()?)?;
        let written = file.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
        Ok(Program { version: env!("CARGO_PKG_VERSION").to_owned(), length: file.len(), written })
    }
}

/// Where the indexes of a register are kept.
pub(crate) fn file(register: &Path) -> PathBuf {
    beside(register, ".index")
}

/// Deletes what is kept, if anything is.
pub(super) fn delete(register: &Path) {
    match fs::remove_file(file(register)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            tracing::error!(%error, file = %file(register).display(), "delete this file: it may hold what was taken out");
        }
        _ => {}
    }
}

fn last(reader: &Reader, log_size: u64) -> Result<String> {
    let Some(seq) = log_size.checked_sub(1) else { return Ok(String::new()) };
    Ok(reader.texts(seq, 1)?.first().map(|text| sha256_hex(text.as_bytes())).unwrap_or_default())
}

/// Writes a moment of the present in the place of what was kept; not where values were taken out of the
/// register since it was read.
pub(super) fn write(register: &Path, reader: &Reader, moment: &Moment) -> Result<()> {
    let partial = beside(register, &format!(".index.{}.partial", std::process::id()));
    let written = write_to(&partial, register, reader, moment).and_then(|()| {
        if reader.head()?.redacted != moment.head.redacted {
            return Ok(fs::remove_file(&partial)?);
        }
        fs::rename(&partial, file(register))?;
        Ok(sync_folder(register)?)
    });
    if written.is_err() {
        let _ = fs::remove_file(&partial);
    }
    // Whoever took them out may have looked for the file just before it was there.
    if reader.head().map_or(true, |head| head.redacted != moment.head.redacted) {
        delete(register);
    }
    written
}

fn write_to(partial: &Path, register: &Path, reader: &Reader, moment: &Moment) -> Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    // Until it has the register's own permissions nobody else may read it.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(partial)?;
    file.set_permissions(fs::metadata(register)?.permissions())?;
    let mut out = BufWriter::with_capacity(1 << 18, file);
    out.write_all(MAGIC)?;
    let mut at = MAGIC.len() as u64;
    let mut indexes = Vec::with_capacity(Catalogue::COUNT);
    for index in &moment.indexes {
        let start = at;
        index.freeze(&mut |piece| -> io::Result<()> {
            at += piece.len() as u64;
            out.write_all(piece)
        })?;
        indexes.push((start, at - start));
    }
    let found = moment.findings.found.kept().filter(|_| moment.findings.at() == moment.at);
    let findings = match found {
        None => None,
        Some(found) => {
            let text = serde_json::to_vec(&found).map_err(io::Error::from)?;
            out.write_all(&text)?;
            Some((at, text.len() as u64, sha256_hex(&text)))
        }
    };
    let manifest = Manifest {
        program: Program::this()?,
        register_id: moment.head.register_id.clone(),
        redacted: moment.head.redacted,
        day: moment.at.as_of,
        log_size: moment.at.known,
        last: last(reader, moment.at.known)?,
        overlaid: moment.overlaid,
        loaded: moment.loaded.clone(),
        targets: moment.targets,
        sources: moment.sources.clone(),
        indexes,
        findings,
    };
    let text = serde_json::to_vec(&manifest).map_err(io::Error::from)?;
    out.write_all(&text)?;
    out.write_all(&(text.len() as u64).to_le_bytes())?;
    out.write_all(sha256_hex(&text).as_bytes())?;
    out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
    Ok(())
}

/// A moment that was kept, and whether what was found in it waits to be read.
pub(super) struct Kept {
    pub(super) moment: Moment,
    pub(super) unread: bool,
}

/// What the manifest says, where what is kept is of this program, this register and this day.
fn fitting(register: &Path, reader: &Reader, at: At) -> Result<Option<(Manifest, Head)>> {
    let path = file(register);
    let refused = |why: &dyn std::fmt::Display| {
        tracing::info!(file = %path.display(), "the indexes are built anew: {why}");
        Ok(None)
    };
    let manifest = match manifest(&path) {
        Ok(manifest) => manifest,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return refused(&error),
    };
    let head = reader.head()?;
    if manifest.register_id != head.register_id || manifest.redacted != head.redacted {
        delete(register);
        return refused(&"values were taken out of the register, or the file is another's");
    }
    if manifest.program != Program::this()? {
        return refused(&"they were made by another program");
    }
    if manifest.day != at.as_of {
        return refused(&"they are of another day");
    }
    if manifest.log_size > at.known || last(reader, manifest.log_size)? != manifest.last {
        return refused(&"they are of another log");
    }
    let head = Head { log_size: manifest.log_size, ..head };
    Ok(Some((manifest, head)))
}

/// The moment that is kept, where it is of this program, this register and this day; `at` is the present. What was
/// found is read with it up to `findings_at_once` bytes; more is left to [`found`], so that a start does not wait
/// for it.
///
/// # Errors
/// When the register cannot be read. A file that is missing, damaged or of something else is none.
pub(super) fn read(
    register: &Path,
    reader: &Reader,
    at: At,
    findings_at_once: u64,
) -> Result<Option<Kept>> {
    let Some((manifest, head)) = fitting(register, reader, at)? else { return Ok(None) };
    let path = file(register);
    let of = At { known: manifest.log_size, ..at };
    let unread =
        manifest.findings.as_ref().is_some_and(|(_, length, _)| *length > findings_at_once);
    let read = thawed(&path, &manifest.indexes, unread.then_some(Catalogue::Inconsistencies));
    let read = read.and_then(|indexes| match unread {
        true => Ok((indexes, None)),
        false => Ok((indexes, findings(&path, &manifest)?)),
    });
    let (indexes, found) = match read {
        Ok(read) => read,
        Err(error) => {
            tracing::info!(file = %path.display(), "the indexes are built anew: {error}");
            return Ok(None);
        }
    };
    let found = match found {
        Some(kept) => Found::of_kept(kept, reader, of)?,
        None => Found::none(At { known: 0, ..of }),
    };
    let names = Names::read(reader, of)?;
    let moment = Moment {
        loaded: manifest.loaded,
        overlaid: manifest.overlaid,
        sources: manifest.sources,
        targets: manifest.targets,
        indexes,
        ..Moment::of_names(register, head, of, names, found)
    };
    Ok(Some(Kept { moment, unread }))
}

/// What was found, as it is kept, with its index; none where it is damaged or of something else by now.
///
/// # Errors
/// When the register cannot be read.
pub(super) fn found(register: &Path, reader: &Reader, at: At) -> Result<Option<(Found, Index)>> {
    let Some((manifest, _)) = fitting(register, reader, at)? else { return Ok(None) };
    let path = file(register);
    let place = manifest.indexes.get(join::position(Catalogue::Inconsistencies));
    let index = place.ok_or_else(|| damaged("catalogues"));
    let index = index.and_then(|place| thaw(&path, Catalogue::Inconsistencies, *place));
    match index.and_then(|index| Ok((index, findings(&path, &manifest)?))) {
        Ok((index, Some(kept))) => {
            let of = At { known: manifest.log_size, ..at };
            Ok(Some((Found::of_kept(kept, reader, of)?, index)))
        }
        Ok((_, None)) => Ok(None),
        Err(error) => {
            tracing::info!(file = %path.display(), "inconsistencies are looked for anew: {error}");
            Ok(None)
        }
    }
}

/// What is few and read at every start.
pub(super) struct Names {
    pub(super) rows: join::Rows,
}

impl Names {
    /// Places, schemes, policies and departments.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub(super) fn read(reader: &Reader, at: At) -> Result<Names> {
        let mut rows = join::Rows::default();
        reader.records(Kind::Place, at, &mut |entry| {
            rows.places.add(&entry);
            Ok(())
        })?;
        reader.records(Kind::Scheme, at, &mut |entry| {
            rows.schemes.insert(entry.key.clone(), body::names(&entry.body));
            Ok(())
        })?;
        join::papers(&mut rows, &Papers::read(reader, at)?, at.as_of);
        Ok(Names { rows })
    }
}

impl Moment {
    /// A moment with names and findings, whose lists are still empty.
    pub(super) fn of_names(
        register: &Path,
        head: Head,
        at: At,
        names: Names,
        found: Found,
    ) -> Moment {
        let rows = names.rows;
        let empty = |catalogue| Index::build(search::spec(catalogue), [], &search::Labels::new());
        Moment {
            at,
            today: at.as_of,
            only: None,
            whole: true,
            head,
            places: Arc::new(rows.places),
            schemes: Arc::new(rows.schemes),
            loaded: Vec::new(),
            indexes: Catalogue::ALL.map(|catalogue| Arc::new(empty(catalogue))),
            findings: Arc::new(Findings::new(found)),
            overlaid: 0,
            shelves: Default::default(),
            sources: Sources::default(),
            statistics: OnceLock::new(),
            brands: OnceLock::new(),
            lookup: OnceLock::new(),
            path: register.to_owned(),
            papers: Arc::new(rows.papers),
            clauses: rows.clauses,
            targets: rows.targets,
            evaluated: OnceLock::new(),
            evaluating: Mutex::new(()),
        }
    }
}

fn damaged(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("what was kept is damaged ({what})"))
}

/// A part of the file.
fn part(path: &Path, start: u64, length: u64) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    let end = start.checked_add(length).ok_or_else(|| damaged("place"))?;
    if end > file.metadata()?.len() {
        return Err(damaged("length"));
    }
    file.seek(SeekFrom::Start(start))?;
    let mut bytes = Vec::new();
    bytes.reserve_exact(usize::try_from(length).map_err(|_| damaged("length"))?);
    file.take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == length { Ok(bytes) } else { Err(damaged("length")) }
}

fn manifest(path: &Path) -> io::Result<Manifest> {
    let size = fs::metadata(path)?.len();
    let at = size.checked_sub(END).ok_or_else(|| damaged("length"))?;
    if part(path, 0, MAGIC.len() as u64)? != MAGIC {
        return Err(damaged("beginning"));
    }
    let end = part(path, at, END)?;
    let (length, hash) = end.split_first_chunk::<8>().ok_or_else(|| damaged("end"))?;
    let length = u64::from_le_bytes(*length);
    let start = at.checked_sub(length).filter(|_| length <= MANIFEST_MAX);
    let text = part(path, start.ok_or_else(|| damaged("end"))?, length)?;
    if sha256_hex(&text).as_bytes() != hash {
        return Err(damaged("manifest"));
    }
    Ok(serde_json::from_slice(&text)?)
}

fn findings(path: &Path, manifest: &Manifest) -> io::Result<Option<KeptFindings>> {
    let Some((start, length, hash)) = &manifest.findings else { return Ok(None) };
    let text = part(path, *start, *length)?;
    if sha256_hex(&text) != *hash {
        return Err(damaged("findings"));
    }
    Ok(Some(serde_json::from_slice(&text)?))
}

/// The index of a catalogue.
fn thaw(path: &Path, catalogue: Catalogue, place: (u64, u64)) -> io::Result<Index> {
    let bytes = part(path, place.0, place.1)?;
    Index::thaw(search::spec(catalogue), &bytes).map_err(|error| damaged(&error.to_string()))
}

/// The indexes, several at a time, the largest first; empty where one is left out.
fn thawed(
    path: &Path,
    places: &[(u64, u64)],
    without: Option<Catalogue>,
) -> io::Result<[Arc<Index>; Catalogue::COUNT]> {
    if places.len() != Catalogue::COUNT {
        return Err(damaged("catalogues"));
    }
    let mut jobs: Vec<_> = Catalogue::ALL.into_iter().zip(places).enumerate().collect();
    jobs.sort_by_key(|(_, (_, (_, length)))| *length);
    let jobs = Mutex::new(jobs);
    let done: Mutex<Vec<(usize, io::Result<Index>)>> = Mutex::default();
    let work = || {
        loop {
            let Some((i, (catalogue, place))) = lock(&jobs).pop() else { break };
            let index = match without == Some(catalogue) {
                true => Ok(Index::build(search::spec(catalogue), [], &search::Labels::new())),
                false => thaw(path, catalogue, *place),
            };
            lock(&done).push((i, index));
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
        work();
    });
    let mut done = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    done.sort_by_key(|(i, _)| *i);
    let indexes: Vec<Arc<Index>> =
        done.into_iter().map(|(_, index)| Ok(Arc::new(index?))).collect::<io::Result<_>>()?;
    indexes.try_into().map_err(|_| damaged("catalogues"))
}

//! An import from the first byte to the durable append: read, build, check, compare, report, write.

mod check;
pub mod direct;
mod fill;
mod source;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;
use register::message::Message;
use register::{Draft, Kind};
use serde_json::{Value, json};

use super::base::{Base, Batch};
use super::build::{self, FileContext, Made};
use super::columns;
use super::map::Map;
use super::reader::{self, Data, FileFacts, ReadError, Row};
use super::report::Report;
use super::spill::Spill;
use crate::keys::{Founding, KeyError};
use crate::reference;
use crate::store::{Clock, Place, Register, StoreError, SystemClock, china_day, random_id};
use check::Checked;

/// What is to be imported.
#[derive(Debug)]
pub struct Request {
    /// The register; made, with its built-in records, if there is none.
    pub register: Place,
    /// The files and what their rows mean.
    pub files: Vec<(PathBuf, Arc<Map>)>,
    /// Stops after the report.
    pub dry_run: bool,
    /// Refuses everything above this many rejected rows.
    pub reject_limit: Option<u64>,
}

/// Why an import stopped before its report was complete. Nothing was written.
#[derive(Debug)]
pub enum Stop {
    /// A file cannot be read.
    File(String, ReadError),
    /// The register cannot be read or written.
    Store(StoreError),
    /// The disk for the rows laid aside.
    Disk(std::io::Error),
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Stop {
        Stop::Store(error)
    }
}

impl From<KeyError> for Stop {
    fn from(error: KeyError) -> Stop {
        Stop::Store(StoreError::Caller(error.to_string()))
    }
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Stop {
        Stop::Disk(error)
    }
}

/// Hears how far an import is.
pub trait Progress {
    /// A file is being read: bytes of it so far, of how many.
    fn reading(&self, file: &str, bytes: u64, of: u64);
    /// Rows are being checked.
    fn checking(&self, rows: u64, of: u64);
    /// Entries are being written.
    fn writing(&self, entries: u64, of: u64);
}

/// A row laid aside: its drafts, and its cells should it be refused.
#[derive(serde::Serialize, serde::Deserialize)]
struct Laid {
    file: usize,
    number: u64,
    made: Vec<Made>,
    cells: Value,
    /// Whether it is the example row of our own blank list.
    example: bool,
}

/// A file as it was read.
struct Read {
    context: FileContext,
    hash: String,
    facts: FileFacts,
    map: Arc<Map>,
    extra: Vec<(String, u64)>,
}

/// What an import would append, before it does.
pub struct Proposal<'a> {
    /// Log size it was compared with; it is appended only if the log still has it.
    pub known: u64,
    /// What became of the rows.
    pub report: &'a Report,
    out: &'a mut Spill,
}

impl std::fmt::Debug for Proposal<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.debug_struct("Proposal").field("known", &self.known).finish_non_exhaustive()
    }
}

impl Proposal<'_> {
    /// Entries there are.
    #[must_use]
    pub fn entries(&self) -> u64 {
        self.out.len() as u64
    }

    /// The entries, in their order.
    ///
    /// # Errors
    /// The disk's.
    pub fn drafts(&mut self) -> std::io::Result<impl Iterator<Item = std::io::Result<Draft>>> {
        self.out.read::<Draft>()
    }
}

/// Runs an import.
///
/// # Errors
/// When it stopped before the report; nothing was written then.
pub fn run(request: &Request, progress: &dyn Progress) -> Result<Report, Stop> {
    run_judged(request, progress, &mut |_| Ok(true))
}

/// Runs an import that `judge` looks at before anything is written, also where nothing is to be; false:
/// nothing is written. It is asked again where the log went on meanwhile.
///
/// # Errors
/// As [`run`], and `judge`'s own.
pub fn run_judged(
    request: &Request,
    progress: &dyn Progress,
    judge: &mut dyn FnMut(&mut Proposal<'_>) -> Result<bool, Stop>,
) -> Result<Report, Stop> {
    const ATTEMPTS_MAX: u32 = 3;
    let clock = SystemClock;
    let today = china_day(clock.now());
    let folder = std::env::temp_dir();
    let mut rows = Spill::new(&folder)?;
    let mut batch = Batch::default();
    let mut refused = Vec::new();
    let register = match request.register.open() {
        Ok(register) => Some(register),
        Err(StoreError::Missing(_) | StoreError::NoLog(_)) => None,
        Err(error) => return Err(error.into()),
    };
    let base = base_of(register.as_ref())?;
    let mut files = Vec::new();
    for (path, map) in &request.files {
        files.push(read_file(
            path,
            map,
            files.len(),
            &base,
            today,
            progress,
            &mut rows,
            &mut batch,
            &mut refused,
        )?);
    }
    let mut attempt = 0;
    loop {
        attempt += 1;
        let base = base_of(register.as_ref())?;
        let known = base.known;
        let mut checked = Checked::new(&files, today);
        checked.refused.clone_from(&refused);
        let mut out = checked.run(&base, &mut batch, &mut rows, &folder, progress)?;
        let mut report = checked.report(request, out.len());
        let may = report.may_be_written(request.reject_limit);
        let goes_on = judge(&mut Proposal { known, report: &report, out: &mut out })?;
        if !may || !goes_on || request.dry_run {
            report.dry_run = request.dry_run;
            return Ok(report);
        }
        if out.len() == 0 {
            report.log_size = Some(known);
            return Ok(report);
        }
        match write(request, register.as_ref(), known, &mut out, progress) {
            Ok(log_size) => {
                report.written = true;
                report.log_size = Some(log_size);
                return Ok(report);
            }
            // Somebody wrote meanwhile: what was compared may no longer hold.
            Err(Stop::Store(StoreError::Moved { .. })) if attempt < ATTEMPTS_MAX => {}
            Err(stop) => return Err(stop),
        }
    }
}

fn base_of(register: Option<&Register>) -> Result<Base, StoreError> {
    match register {
        Some(register) => Base::open(register.reader()?),
        None => Ok(Base::unmade(reference::drafts())),
    }
}

fn write(
    request: &Request,
    register: Option<&Register>,
    known: u64,
    out: &mut Spill,
    progress: &dyn Progress,
) -> Result<u64, Stop> {
    let total = out.len() as u64;
    let mut drafts = out.read::<Draft>()?.enumerate().map(|(i, draft)| {
        progress.writing(i as u64 + 1, total);
        draft.map_err(StoreError::Io)
    });
    match register {
        Some(register) => Ok(register.try_append(Some(known), &mut drafts)?.log_size),
        None => {
            // The file appears under its name only when everything is in it.
            let now = SystemClock.now();
            let mut creation = request.register.create(&random_id()?, now)?;
            let keys = Founding::random(&request.register.path)?;
            let first = reference::drafts().into_iter().chain([keys.draft(china_day(now))]);
            creation.append(&mut first.map(Ok), now)?;
            creation.append(&mut drafts, now)?;
            keys.write()?;
            creation.finish()?;
            Ok(request.register.reader()?.log_size()?)
        }
    }
}

#[expect(clippy::too_many_arguments, reason = "one caller; the parts belong to different owners")]
fn read_file(
    path: &Path,
    map: &Arc<Map>,
    index: usize,
    base: &Base,
    today: NaiveDate,
    progress: &dyn Progress,
    rows: &mut Spill,
    batch: &mut Batch,
    refused: &mut Vec<Refused>,
) -> Result<Read, Stop> {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let stop = |error| Stop::File(path.display().to_string(), error);
    let hash = reader::file_hash(path).map_err(stop)?;
    let source = format!("{}-{}", map.source.key, &hash[..8]);
    // A file read before keeps its day: the same file is the same source.
    let before = base.record(Kind::Source, &source, NaiveDate::MAX)?;
    let before = before.as_ref().and_then(|b| b.get("retrieved_on")?.as_str()?.parse().ok());
    let retrieved_on = map.source.retrieved_on.or(before).unwrap_or(today);
    let products = if map.asks_for_products() { Some(base.products()?) } else { None };
    let mut context =
        FileContext { name: name.clone(), sheet: None, source, retrieved_on, products };
    let size = std::fs::metadata(path)?.len();
    let mut used = columns::Used::new(map);
    let mut disk = None;
    let mut each = |row: Row| -> Result<(), ReadError> {
        used.see(&row)?;
        match build::row(map, &row, &context) {
            Ok(made) => {
                made.iter().for_each(|m| batch.add(&m.draft));
                let cells = cells_of(&row);
                let example = map.is_example(&row);
                let laid = Laid { file: index, number: row.number, made, cells, example };
                rows.push(&laid).map_err(|e| {
                    let error = ReadError::io(&e);
                    disk = Some(e);
                    error
                })
            }
            Err(messages) => {
                refused.push(Refused {
                    file: index,
                    number: row.number,
                    cells: cells_of(&row),
                    messages,
                });
                Ok(())
            }
        }
    };
    let read = reader::read(
        path,
        &map.options(),
        &|bytes| progress.reading(&name, bytes, size),
        &mut each,
    );
    let facts = match (read, disk) {
        (_, Some(error)) => return Err(error.into()),
        (read, None) => read.map_err(stop)?,
    };
    used.missing(&facts).map_err(stop)?;
    let extra = used.extra();
    context.sheet = facts.sheet.clone();
    Ok(Read { context, hash, facts, map: map.clone(), extra })
}

/// A row as the rejects file will print it.
fn cells_of(row: &Row) -> Value {
    match &row.data {
        Data::Cells(header, cells) => Value::Array(
            cells
                .iter()
                .take(header.names.len().max(cells.len()))
                .cloned()
                .map(Value::String)
                .collect(),
        ),
        Data::Tree(key, value) => match key {
            Some(key) => json!({ "$key": key, "$value": value }),
            None => value.clone(),
        },
    }
}

/// A refused row.
#[derive(Clone, Debug)]
pub(super) struct Refused {
    pub file: usize,
    pub number: u64,
    pub cells: Value,
    pub messages: Vec<Message>,
}

//! An import from the first byte to the durable append: read, build, check, compare, report, write.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;
use register::kinds::validate;
use register::message::{Code, Message};
use register::{Body, Draft, Kind, Locator, SourceRef};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::base::{Base, Batch, World};
use super::build::{self, FileContext, Made};
use super::map::{Existing, Map, Repeat};
use super::reader::{self, Data, FileFacts, ReadError, Row};
use super::report::{Finding, FileReport, Kept, Report};
use super::spill::Spill;
use super::{columns, limits};
use crate::reference;
use crate::store::{Clock, Creation, Reader, Register, StoreError, SystemClock, china_day, random_id};

/// What is to be imported.
#[derive(Debug)]
pub struct Request {
    /// The register's file; made, with its built-in records, if there is none.
    pub register: PathBuf,
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
}

/// What a draft will do to the register.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Effect {
    Unchanged,
    Changed,
    New,
}

/// A file as it was read.
struct Read {
    context: FileContext,
    hash: String,
    facts: FileFacts,
    map: Arc<Map>,
    extra: Vec<(String, u64)>,
}

/// Runs an import.
///
/// # Errors
/// When it stopped before the report; nothing was written then.
pub fn run(request: &Request, progress: &dyn Progress) -> Result<Report, Stop> {
    const ATTEMPTS_MAX: u32 = 3;
    let clock = SystemClock;
    let today = china_day(clock.now());
    let folder = std::env::temp_dir();
    let mut rows = Spill::new(&folder)?;
    let mut batch = Batch::default();
    let mut refused = Vec::new();
    let register = match Register::open(&request.register) {
        Ok(register) => Some(register),
        Err(StoreError::Missing(_)) => None,
        Err(error) => return Err(error.into()),
    };
    let base = base_of(register.as_ref())?;
    let mut files = Vec::new();
    for (path, map) in &request.files {
        files.push(read_file(path, map, files.len(), &base, today, progress, &mut rows, &mut batch, &mut refused)?);
    }
    for attempt in 1.. {
        let base = base_of(register.as_ref())?;
        let known = base.known;
        let mut checked = Checked::new(&files, today);
        checked.refused.clone_from(&refused);
        let mut out = checked.run(&base, &mut batch, &mut rows, &folder, progress)?;
        let mut report = checked.report(request, out.len());
        if !report.may_be_written(request.reject_limit) || request.dry_run {
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
    unreachable!("the loop ends by returning")
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
            let mut creation = Creation::begin(&request.register, &random_id()?, now)?;
            creation.append(&mut reference::drafts().into_iter().map(Ok), now)?;
            creation.append(&mut drafts, now)?;
            creation.finish()?;
            Ok(Reader::open(&request.register)?.log_size()?)
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
    let mut context = FileContext { name: name.clone(), sheet: None, source, retrieved_on };
    let size = std::fs::metadata(path)?.len();
    let mut used = columns::Used::new(map);
    let mut disk = None;
    let mut each = |row: Row| -> Result<(), ReadError> {
        used.see(&row)?;
        match build::row(map, &row, &context) {
            Ok(made) => {
                made.iter().for_each(|m| batch.add(&m.draft));
                let laid = Laid { file: index, number: row.number, made, cells: cells_of(&row) };
                rows.push(&laid).map_err(|e| {
                    let error = ReadError::io(&e);
                    disk = Some(e);
                    error
                })
            }
            Err(messages) => {
                refused.push(Refused { file: index, number: row.number, cells: cells_of(&row), messages });
                Ok(())
            }
        }
    };
    let read = reader::read(path, &map.options(), &|bytes| progress.reading(&name, bytes, size), &mut each);
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
        Data::Cells(header, cells) => {
            Value::Array(cells.iter().take(header.names.len().max(cells.len())).cloned().map(Value::String).collect())
        }
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

type Id = (Kind, String);

/// The checking of all rows against one state of the register.
struct Checked<'a> {
    files: &'a [Read],
    today: NaiveDate,
    refused: Vec<Refused>,
    remarks: Vec<Finding>,
    remark_counts: HashMap<Code, u64>,
    records: HashMap<Kind, [u64; 3]>,
    rows: [u64; 3],
    skipped: u64,
    accepted: Vec<u64>,
    kept: Vec<Kept>,
}

impl<'a> Checked<'a> {
    fn new(files: &'a [Read], today: NaiveDate) -> Checked<'a> {
        Checked {
            files,
            today,
            refused: Vec::new(),
            remarks: Vec::new(),
            remark_counts: HashMap::new(),
            records: HashMap::new(),
            rows: [0; 3],
            skipped: 0,
            accepted: vec![0; files.len()],
            kept: Vec::new(),
        }
    }

    /// Checks every row until no row is refused for a record only a refused row would have brought;
    /// gives the drafts to be appended.
    fn run(
        &mut self,
        base: &Base,
        batch: &mut Batch,
        rows: &mut Spill,
        folder: &Path,
        progress: &dyn Progress,
    ) -> Result<Spill, Stop> {
        let mut bad: HashSet<usize> = HashSet::new();
        let constants = self.constants(batch)?;
        loop {
            let (out, newly) = self.pass(base, batch, rows, folder, &bad, &constants, progress)?;
            let mut dangling = false;
            if !newly.is_empty() {
                for (index, laid) in rows.read::<Laid>()?.enumerate() {
                    let laid = laid?;
                    if newly.contains(&index) {
                        for made in &laid.made {
                            dangling |= batch.remove(&made.draft);
                        }
                    }
                }
                bad.extend(newly);
            }
            if !dangling {
                return Ok(out);
            }
            self.start_again();
        }
    }

    fn start_again(&mut self) {
        self.remarks.clear();
        self.remark_counts.clear();
        self.records.clear();
        self.rows = [0; 3];
        self.skipped = 0;
        self.accepted.fill(0);
    }

    /// The mapping's constants, made once; an error in one is the mapping's, so it stops the import.
    fn constants(&self, batch: &mut Batch) -> Result<Vec<(Draft, Existing)>, Stop> {
        let mut out = Vec::new();
        for file in self.files {
            for constant in &file.map.constants {
                let mut body = constant.body.clone();
                register::kinds::normalise(constant.kind, &mut body);
                let key = match &constant.key {
                    Some(key) => key.clone(),
                    None => register::kinds::key_of(constant.kind, &body)
                        .map_err(|message| self.constant_is_wrong(constant.line, &message, file))?,
                };
                let draft = Draft {
                    valid_from: constant.valid_from.unwrap_or(file.context.retrieved_on),
                    kind: constant.kind,
                    key,
                    reason: constant.reason.clone(),
                    source: SourceRef {
                        id: file.context.source.clone(),
                        locator: Locator { file: Some(file.context.name.clone()), ..Locator::default() },
                    },
                    body,
                };
                batch.add(&draft);
                out.push((draft, constant.existing));
            }
        }
        Ok(out)
    }

    fn constant_is_wrong(&self, line: usize, message: &Message, file: &Read) -> Stop {
        use register::lang::Lang;
        let error = ReadError {
            code: Some(message.code.name()),
            zh: format!("映射文件第{line}行的[[constant]]：{}", message.text(Lang::ZhHans)),
            en: format!("[[constant]] in line {line} of the mapping file: {}", message.text(Lang::En)),
        };
        Stop::File(file.context.name.clone(), error)
    }

    #[expect(clippy::too_many_arguments, reason = "one caller; the parts belong to different owners")]
    fn pass(
        &mut self,
        base: &Base,
        batch: &Batch,
        rows: &mut Spill,
        folder: &Path,
        bad: &HashSet<usize>,
        constants: &[(Draft, Existing)],
        progress: &dyn Progress,
    ) -> Result<(Spill, HashSet<usize>), Stop> {
        let world = World::new(base, batch, self.today);
        let mut drafts_out = Spill::new(folder)?;
        let mut emitted: HashMap<Id, (NaiveDate, u64)> = HashMap::new();
        let mut seen: HashMap<(usize, Id, Option<NaiveDate>), (u64, u64)> = HashMap::new();
        let mut newly = HashSet::new();
        for (draft, existing) in constants {
            let line = |message: &Message| {
                let file = self.files.iter().find(|f| f.context.source == draft.source.id);
                file.map(|file| self.constant_is_wrong(0, message, file))
            };
            let (messages, effect, draft) = judge(&world, base, draft.clone(), *existing)?;
            if let Some(stop) = messages.iter().find(|m| m.is_error()).and_then(line) {
                return Err(stop);
            }
            self.records.entry(draft.kind).or_default()[effect as usize] += 1;
            emit(effect, draft, &mut emitted, &mut drafts_out)?;
        }
        let total = rows.len() as u64;
        for (index, laid) in rows.read::<Laid>()?.enumerate() {
            let Laid { file, number, made, cells } = laid?;
            progress.checking(index as u64 + 1, total);
            if bad.contains(&index) {
                continue;
            }
            if made.is_empty() {
                self.skipped += 1;
                continue;
            }
            let map = &self.files[file].map;
            let mut errors = Vec::new();
            let mut remarks = Vec::new();
            let mut ready = Vec::new();
            let mut first_seen = Vec::new();
            for made in made {
                let record = &map.records[made.record];
                let id = (made.draft.kind, made.draft.key.clone());
                let day = (record.repeat == Repeat::Versions).then_some(made.draft.valid_from);
                let slot = (file, id, day);
                let hash = content_hash(&made.draft);
                match seen.get(&slot).or_else(|| {
                    first_seen.iter().find(|(s, _)| *s == slot).map(|(_, h)| h)
                }) {
                    Some((known, _)) if *known == hash => continue,
                    Some(_) if record.repeat == Repeat::First => continue,
                    Some((_, row)) => {
                        let message = Message::new(Code::E15).column("编号").value(&made.draft.key).arg("r", row);
                        errors.push(message);
                        continue;
                    }
                    None => first_seen.push((slot, (hash, number))),
                }
                let (messages, effect, draft) = judge(&world, base, made.draft, record.existing)?;
                for message in messages {
                    let message = build::at_column(message, record);
                    if message.is_error() { errors.push(message) } else { remarks.push(message) }
                }
                ready.push((effect, draft));
            }
            if !errors.is_empty() {
                errors.sort_by_key(|m| m.code);
                errors.dedup();
                newly.insert(index);
                self.refused.push(Refused { file, number, cells, messages: errors });
                continue;
            }
            seen.extend(first_seen);
            self.accepted[file] += 1;
            let effect = ready.iter().map(|(effect, _)| *effect).max().unwrap_or(Effect::Unchanged);
            self.rows[effect as usize] += 1;
            for message in remarks {
                *self.remark_counts.entry(message.code).or_default() += 1;
                if self.remarks.len() < limits::REJECTIONS_SHOWN * 50 {
                    self.remarks.push(Finding { file, row: number, message });
                }
            }
            for (effect, draft) in ready {
                self.records.entry(draft.kind).or_default()[effect as usize] += 1;
                emit(effect, draft, &mut emitted, &mut drafts_out)?;
            }
        }
        if drafts_out.len() == 0 && self.accepted.iter().all(|n| *n == 0) {
            return Ok((drafts_out, newly));
        }
        // The sources stand first in the log: what rests on them follows.
        let mut out = Spill::new(folder)?;
        for (index, file) in self.files.iter().enumerate() {
            let draft = source_draft(file, self.accepted[index]);
            let (messages, effect, draft) = judge(&world, base, draft, Existing::Replace)?;
            if let Some(message) = messages.iter().find(|m| m.is_error()) {
                return Err(self.constant_is_wrong(1, message, file));
            }
            self.records.entry(Kind::Source).or_default()[effect as usize] += 1;
            if effect != Effect::Unchanged {
                out.push(&draft)?;
            }
        }
        for draft in drafts_out.read::<Draft>()? {
            out.push(&draft?)?;
        }
        Ok((out, newly))
    }

    fn report(&mut self, request: &Request, entries: usize) -> Report {
        self.refused.sort_by_key(|r| (r.file, r.number));
        let files = self
            .files
            .iter()
            .enumerate()
            .map(|(index, file)| FileReport {
                name: file.context.name.clone(),
                path: request.files[index].0.clone(),
                sheet: file.context.sheet.clone(),
                sha256: file.hash.clone(),
                source: file.context.source.clone(),
                rows: file.facts.rows,
                accepted: self.accepted[index],
                rejected: self.refused.iter().filter(|r| r.file == index).count() as u64,
                columns: file.facts.columns.clone(),
                unknown: file.extra.clone(),
            })
            .collect();
        let mut rejections = Vec::new();
        for refused in &mut self.refused {
            for message in &refused.messages {
                rejections.push(Finding { file: refused.file, row: refused.number, message: message.clone() });
            }
            self.kept.push(Kept {
                file: refused.file,
                row: refused.number,
                cells: std::mem::take(&mut refused.cells),
            });
        }
        let mut records: Vec<(Kind, [u64; 3])> = self.records.drain().collect();
        records.sort();
        let mut remark_counts: Vec<(Code, u64)> = self.remark_counts.drain().collect();
        remark_counts.sort();
        Report {
            files,
            new: self.rows[Effect::New as usize],
            changed: self.rows[Effect::Changed as usize],
            unchanged: self.rows[Effect::Unchanged as usize],
            skipped: self.skipped,
            records: records.into_iter().map(|(kind, [same, changed, new])| (kind, [new, changed, same])).collect(),
            rejections,
            kept: std::mem::take(&mut self.kept),
            remarks: std::mem::take(&mut self.remarks),
            remark_counts,
            entries: entries as u64,
            ..Report::default()
        }
    }
}

/// Validates a draft against the register and says what it would do to it.
fn judge(
    world: &World<'_>,
    base: &Base,
    mut draft: Draft,
    existing: Existing,
) -> Result<(Vec<Message>, Effect, Draft), StoreError> {
    const ENTRY_BYTES_MAX: usize = 64 << 10;
    /// What the log adds to a draft: its index and time.
    const ENVELOPE_BYTES: usize = 80;
    let stored = base.stored(&draft)?;
    if let (Some(stored), Existing::Keep) = (&stored, existing) {
        let _ = stored;
        return Ok((Vec::new(), Effect::Unchanged, draft));
    }
    let previous = stored.as_ref().and_then(|s| s.body.as_ref());
    if let (Some(previous), Existing::Merge) = (previous, existing) {
        let mut body = previous.clone();
        body.append(&mut draft.body);
        draft.body = body;
    }
    let mut messages = {
        let context = world.context(&draft, previous);
        validate(draft.kind, &draft.key, &draft.body, &context)
    };
    let bytes = serde_json::to_vec(&draft).map_or(0, |b| b.len()) + ENVELOPE_BYTES;
    if bytes > ENTRY_BYTES_MAX {
        messages.push(Message::new(Code::E23));
        messages.sort_by_key(|m| m.code);
    }
    let effect = match &stored {
        None => Effect::New,
        Some(stored) if stored.recorded || stored.body.as_ref() == Some(&draft.body) => Effect::Unchanged,
        Some(_) => Effect::Changed,
    };
    if effect == Effect::Unchanged {
        // What is in the register already was checked when it came in; later lists do not undo it.
        messages.clear();
    }
    Ok((messages, effect, draft))
}

fn emit(
    effect: Effect,
    draft: Draft,
    emitted: &mut HashMap<Id, (NaiveDate, u64)>,
    out: &mut Spill,
) -> Result<(), Stop> {
    if effect == Effect::Unchanged {
        return Ok(());
    }
    let mark = (draft.valid_from, content_hash(&draft));
    let id = (draft.kind, draft.key.clone());
    if emitted.get(&id) != Some(&mark) {
        out.push(&draft)?;
        emitted.insert(id, mark);
    }
    Ok(())
}

/// A short hash of what a draft says, for telling equal from different within one import.
fn content_hash(draft: &Draft) -> u64 {
    let mut hash = Sha256::new();
    // A map of JSON values always prints, in the order of its keys.
    hash.update(serde_json::to_vec(&draft.body).unwrap_or_default());
    let bytes = hash.finalize();
    let mut first = [0; 8];
    first.copy_from_slice(&bytes[..8]);
    u64::from_be_bytes(first)
}

fn source_draft(file: &Read, accepted: u64) -> Draft {
    let source = &file.map.source;
    let coverage = &source.coverage;
    let holds = i64::try_from(accepted).unwrap_or(i64::MAX);
    let whole = coverage.gaps.is_empty() && coverage.stated_total.is_none_or(|total| total == holds);
    let complete = match (coverage.complete.as_deref(), coverage.stated_total) {
        // Complete is what agrees with the publisher's own number and knows of no gap.
        (Some("yes"), Some(_)) if whole => "yes",
        (Some("yes"), _) | (Some("unknown"), _) => "unknown",
        (Some(_), _) => "no",
        (None, Some(_)) if whole => "yes",
        (None, Some(_)) => "no",
        (None, None) => "unknown",
    };
    let mut statement = json!({
        "holds": holds,
        "complete": complete,
        "last_read_on": file.context.retrieved_on,
    });
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            statement[name] = value;
        }
    };
    put("from", coverage.from.map(|d| json!(d)));
    put("to", coverage.to.map(|d| json!(d)));
    put("stated_total", coverage.stated_total.map(|n| json!(n)));
    put("gaps", (!coverage.gaps.is_empty()).then(|| json!(coverage.gaps)));
    let mut body = Body::new();
    body.insert("publisher".into(), json!(source.publisher));
    body.insert("title".into(), json!(source.title));
    if let Some(url) = &source.url {
        body.insert("url".into(), json!(url));
    }
    if let Some(day) = source.published_on {
        body.insert("published_on".into(), json!(day));
    }
    body.insert("retrieved_on".into(), json!(file.context.retrieved_on));
    body.insert("file_hash".into(), json!(file.hash));
    body.insert("licence".into(), json!(source.licence));
    body.insert("rows".into(), json!(file.facts.rows));
    body.insert("coverage".into(), statement);
    body.insert("sample".into(), json!(source.sample));
    if !file.extra.is_empty() {
        let extra = file.extra.iter().map(|(column, count)| json!({ "column": column, "count": count }));
        body.insert("extra".into(), extra.collect());
    }
    Draft {
        valid_from: file.context.retrieved_on,
        kind: Kind::Source,
        key: file.context.source.clone(),
        reason: register::ReasonCode::Published.into(),
        source: SourceRef { id: file.context.source.clone(), locator: Locator::default() },
        body,
    }
}

//! All rows against one state of the register: every rule, every comparison, every count.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use chrono::NaiveDate;
use register::kinds::validate;
use register::message::{Code, Message};
use register::{Draft, Kind, Locator, SourceRef};
use sha2::{Digest, Sha256};

use super::super::base::{Base, Batch, World};
use super::super::build;
use super::super::limits;
use super::super::map::{Existing, Repeat};
use super::super::reader::ReadError;
use super::super::report::{FileReport, Finding, Kept, Report};
use super::super::spill::Spill;
use super::fill::{self, Filled};
use super::source::source_draft;
use super::{Laid, Progress, Read, Refused, Request, Stop};
use crate::store::StoreError;

/// What a draft will do to the register.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Effect {
    Unchanged,
    Changed,
    New,
}

type Id = (Kind, String);

/// The checking of all rows against one state of the register.
pub(super) struct Checked<'a> {
    files: &'a [Read],
    today: NaiveDate,
    pub(super) refused: Vec<Refused>,
    remarks: Vec<Finding>,
    remark_counts: HashMap<Code, u64>,
    records: HashMap<Kind, [u64; 3]>,
    rows: [u64; 3],
    skipped: u64,
    accepted: Vec<u64>,
    kept: Vec<Kept>,
    /// Per kind and field: records it was added to, records in which it differs.
    fields: BTreeMap<(Kind, &'static str), [u64; 2]>,
}

impl<'a> Checked<'a> {
    pub(super) fn new(files: &'a [Read], today: NaiveDate) -> Checked<'a> {
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
            fields: BTreeMap::new(),
        }
    }

    /// Checks every row until no row is refused for a record only a refused row would have brought;
    /// gives the drafts to be appended.
    pub(super) fn run(
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
        self.fields.clear();
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
                        locator: Locator {
                            file: Some(file.context.name.clone()),
                            ..Locator::default()
                        },
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
            en: format!(
                "[[constant]] in line {line} of the mapping file: {}",
                message.text(Lang::En)
            ),
        };
        Stop::File(file.context.name.clone(), error)
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "one caller; the parts belong to different owners"
    )]
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
            let Judged { messages, effect, draft, .. } =
                judge(&world, base, draft.clone(), *existing)?;
            if let Some(stop) = messages.iter().find(|m| m.is_error()).and_then(line) {
                return Err(stop);
            }
            self.records.entry(draft.kind).or_default()[effect as usize] += 1;
            emit(effect, draft, &mut emitted, &mut drafts_out)?;
        }
        let total = rows.len() as u64;
        for (index, laid) in rows.read::<Laid>()?.enumerate() {
            let Laid { file, number, made, cells, example } = laid?;
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
            let mut remarks: Vec<Message> =
                example.then(|| Message::new(Code::W13)).into_iter().collect();
            let mut ready = Vec::new();
            let mut first_seen = Vec::new();
            for made in made {
                let record = &map.records[made.record];
                let id = (made.draft.kind, made.draft.key.clone());
                let day = (record.repeat == Repeat::Versions).then_some(made.draft.valid_from);
                let slot = (file, id, day);
                let hash = content_hash(&made.draft);
                match seen
                    .get(&slot)
                    .or_else(|| first_seen.iter().find(|(s, _)| *s == slot).map(|(_, h)| h))
                {
                    Some((known, _)) if *known == hash => continue,
                    Some(_) if record.repeat == Repeat::First => continue,
                    Some((_, row)) => {
                        let message = Message::new(Code::E15)
                            .column("编号")
                            .value(&made.draft.key)
                            .arg("r", row);
                        errors.push(message);
                        continue;
                    }
                    None => first_seen.push((slot, (hash, number))),
                }
                let Judged { messages, effect, draft, filled } =
                    judge(&world, base, made.draft, record.existing)?;
                for message in messages {
                    let message = build::at_column(message, record);
                    if message.is_error() { errors.push(message) } else { remarks.push(message) }
                }
                ready.push((effect, draft, filled));
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
            let effect =
                ready.iter().map(|(effect, ..)| *effect).max().unwrap_or(Effect::Unchanged);
            self.rows[effect as usize] += 1;
            if effect == Effect::Unchanged {
                // W04: known already, not written again.
                *self.remark_counts.entry(Code::W04).or_default() += 1;
            }
            for message in remarks {
                *self.remark_counts.entry(message.code).or_default() += 1;
                if self.remarks.len() < limits::REJECTIONS_SHOWN * 50 {
                    self.remarks.push(Finding { file, row: number, message });
                }
            }
            for (effect, draft, filled) in ready {
                for (fields, which) in [(filled.added, 0), (filled.differing, 1)] {
                    for field in fields {
                        self.fields.entry((draft.kind, field)).or_default()[which] += 1;
                    }
                }
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
            let Judged { messages, effect, draft, .. } =
                judge(&world, base, draft, Existing::Replace)?;
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

    pub(super) fn report(&mut self, request: &Request, entries: usize) -> Report {
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
                rejections.push(Finding {
                    file: refused.file,
                    row: refused.number,
                    message: message.clone(),
                });
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
            records: records
                .into_iter()
                .map(|(kind, [same, changed, new])| (kind, [new, changed, same]))
                .collect(),
            rejections,
            kept: std::mem::take(&mut self.kept),
            remarks: std::mem::take(&mut self.remarks),
            remark_counts,
            fields: std::mem::take(&mut self.fields),
            entries: entries as u64,
            ..Report::default()
        }
    }
}

/// A draft and what it would do.
struct Judged {
    messages: Vec<Message>,
    effect: Effect,
    draft: Draft,
    filled: Filled,
}

/// Validates a draft against the register and says what it would do to it.
fn judge(
    world: &World<'_>,
    base: &Base,
    mut draft: Draft,
    existing: Existing,
) -> Result<Judged, StoreError> {
    const ENTRY_BYTES_MAX: usize = 64 << 10;
    /// What the log adds to a draft: its index and time.
    const ENVELOPE_BYTES: usize = 80;
    let mut filled = Filled::default();
    fill::keep_removed(base, &mut draft)?;
    match existing {
        Existing::Fill => filled = fill::complete(base, &mut draft)?.unwrap_or_default(),
        Existing::Lead if base.says_already(&draft)? => {
            return Ok(Judged { messages: Vec::new(), effect: Effect::Unchanged, draft, filled });
        }
        Existing::Lead => fill::lead(base, &mut draft)?,
        _ => {}
    }
    let stored = base.stored(&draft)?;
    if let (Some(stored), Existing::Keep) = (&stored, existing) {
        let messages = other_name(stored, &draft);
        return Ok(Judged { messages, effect: Effect::Unchanged, draft, filled });
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
        Some(stored) if stored.recorded || stored.body.as_ref() == Some(&draft.body) => {
            Effect::Unchanged
        }
        Some(_) => Effect::Changed,
    };
    if effect == Effect::Unchanged {
        // What is in the register already was checked when it came in; later lists do not undo it.
        messages.clear();
    }
    messages.extend(filled.remarks.iter().cloned());
    Ok(Judged { messages, effect, draft, filled })
}

/// A list calls an enterprise by another name than the register does (W02).
fn other_name(stored: &super::super::base::Stored, draft: &Draft) -> Vec<Message> {
    use register::kinds::rules::{text, texts};
    let Some(known) = &stored.body else { return Vec::new() };
    let (Some(a), Some(b)) = (text(&draft.body, "name_zh"), text(known, "name_zh")) else {
        return Vec::new();
    };
    let also = texts(known, "former_names").any(|n| n == a) || text(known, "short_name") == Some(a);
    // Keys made of a name are not checked by it: their spellings differ by nature.
    if draft.kind != Kind::Enterprise || draft.key.starts_with("N-") || a == b || also {
        return Vec::new();
    }
    vec![Message::new(Code::W02).column("企业名称").value(a).arg("a", a).arg("b", b)]
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

//! What a draft would do, found out against the log's head; and doing it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;
use register::change::ended;
use register::lang::Lang;
use register::message::Message;
use register::{CaseRef, Draft, Entry, Kind, Reason, ReasonCode};

use super::collect::Collector;
use super::content::{Content, OwnList};
use super::summary::{self, Fault, Summary};
use crate::code::{change, issue};
use crate::desk::{self, DeskError, Look, Plan};
use crate::import::map::{self, Map};
use crate::import::pipeline::direct::{self, Proposed, Refusal};
use crate::import::pipeline::{self, Progress, Proposal, Request, Stop};
use crate::import::rejects;
use crate::import::report::{Finding, Report};
use crate::keys::Folder;
use crate::store::{At, Place, StoreError};

/// Faults and remarks that are kept for the page; the CSV holds all refused rows.
const FAULTS_MAX: usize = 500;

/// What is needed to find out.
#[derive(Clone, Debug)]
pub struct Means {
    /// The register's file.
    pub register: Place,
    /// Folder of the mapping files.
    pub maps: PathBuf,
    /// Name of the office, publisher of its own acts.
    pub office: String,
    /// The draft's folder.
    pub folder: PathBuf,
    /// The day, China standard time.
    pub today: NaiveDate,
}

/// What is to be done with it.
pub enum Purpose<'a> {
    /// Nothing: find out and lay it aside.
    Look,
    /// Append, if it is what was approved. `before` hears what it is right before the append is tried.
    Publish {
        /// Fingerprint of what was approved.
        fingerprint: &'a str,
        /// Hears what is about to be appended.
        before: &'a mut dyn FnMut(&Summary) -> Result<(), StoreError>,
    },
}

/// What came of it.
#[derive(Debug)]
pub enum Came {
    /// This is what it would do; nothing was written.
    Looked(Box<Summary>),
    /// It would do something else than was approved; nothing was written.
    Moved,
    /// Log sizes before and after.
    Published(u64, u64),
}

/// Why it could not be found out.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The register, the desk's file or a disk.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<std::io::Error> for Trouble {
    fn from(error: std::io::Error) -> Trouble {
        Trouble::Store(error.into())
    }
}

/// Finds out what a draft would do, and does it where that is the purpose.
///
/// # Errors
/// [`Trouble`]; what is wrong with the draft itself is part of the summary.
pub fn propose(
    means: &Means,
    content: &Content,
    purpose: Purpose<'_>,
    progress: &dyn Progress,
) -> Result<Came, Trouble> {
    match content {
        Content::File { map, own, file, sha256, .. } => {
            let file = means.folder.join("upload").join(file);
            let meaning = own.as_ref().map_or(Meaning::Mapping(map), Meaning::Own);
            list(means, meaning, &file, sha256, purpose, progress)
        }
        _ => order(means, content, purpose),
    }
}

/// The mapping of that name in the operator's folder.
///
/// # Errors
/// In the three languages: there is none, or it is wrong.
pub fn read_map(maps: &Path, name: &str) -> Result<Map, [String; 3]> {
    let path = maps.join(format!("{name}.toml"));
    let is_name = !name.is_empty() && !name.contains(['/', '\\']) && !name.starts_with('.');
    let text = is_name.then(|| std::fs::read_to_string(&path).ok()).flatten();
    let Some(text) = text else {
        return Err([
            format!("没有映射文件“{name}”。请找管理员。"),
            format!("沒有映射檔「{name}」。請找管理員。"),
            format!("There is no mapping {name:?}. Ask whoever runs the server."),
        ]);
    };
    map::parse(&text).map_err(|errors| {
        let first = errors.first();
        let (line, zh, en) =
            first.map_or((0, "", ""), |error| (error.line, error.zh.as_str(), error.en.as_str()));
        [
            format!("映射文件“{name}”第{line}行有误：{zh}"),
            format!("映射檔「{name}」第{line}行有誤：{zh}"),
            format!("The mapping {name:?} is wrong in line {line}: {en}"),
        ]
    })
}

fn stopped(summary: &mut Summary, words: [String; 3]) {
    summary.stopped = Some(words);
}

/// What says what the rows of a list mean.
#[derive(Clone, Copy)]
enum Meaning<'a> {
    /// The mapping of that name in the operator's folder.
    Mapping(&'a str),
    /// Our own headers.
    Own(&'a OwnList),
}

fn list(
    means: &Means,
    meaning: Meaning<'_>,
    file: &Path,
    sha256: &str,
    mut purpose: Purpose<'_>,
    progress: &dyn Progress,
) -> Result<Came, Trouble> {
    let register = means.register.open()?;
    let mut summary =
        Summary { known: register.log_size()?, day: means.today, ..Summary::default() };
    let map = match meaning {
        Meaning::Mapping(name) => read_map(&means.maps, name),
        Meaning::Own(own) => {
            let head = register.reader()?.head()?;
            own.map(file, head.has_sample && head.all_sample)
        }
    };
    let map = match map {
        Ok(map) => Arc::new(map),
        Err(words) => {
            stopped(&mut summary, words);
            return laid(means, summary, None);
        }
    };
    let request = Request {
        register: means.register.clone(),
        files: vec![(file.to_owned(), map)],
        dry_run: matches!(purpose, Purpose::Look),
        reject_limit: None,
    };
    let reader = register.reader()?;
    let mut moved = false;
    let mut known = 0;
    let ran = pipeline::run_judged(&request, progress, &mut |proposal: &mut Proposal<'_>| {
        known = proposal.known;
        let looking = matches!(purpose, Purpose::Look);
        let folder = looking.then_some(means.folder.as_path());
        let mut collector = Collector::new(&reader, proposal.known, means.today, folder)?;
        for draft in proposal.drafts()? {
            collector.take(&draft?)?;
        }
        summary = collector.finish()?;
        match &mut purpose {
            Purpose::Look => Ok(true),
            // The file on the disk is the one that was looked at.
            Purpose::Publish { fingerprint, before }
                if summary.fingerprint == *fingerprint
                    && proposal.report.files.iter().all(|file| file.sha256 == sha256) =>
            {
                before(&summary)?;
                Ok(true)
            }
            Purpose::Publish { .. } => {
                moved = true;
                Ok(false)
            }
        }
    });
    let mut report = match ran {
        Ok(report) => report,
        Err(Stop::File(_, error)) => {
            let code = error.code.map_or(String::new(), |code| format!("{code} "));
            let zh = format!("{code}{}", error.zh);
            stopped(&mut summary, [zh.clone(), zh, format!("{code}{}", error.en)]);
            return laid(means, summary, None);
        }
        Err(Stop::Store(error)) => return Err(error.into()),
        Err(Stop::Disk(error)) => return Err(error.into()),
    };
    if moved {
        return Ok(Came::Moved);
    }
    if report.written {
        return Ok(Came::Published(known, report.log_size.unwrap_or(known)));
    }
    if !matches!(purpose, Purpose::Look) {
        return Ok(Came::Moved);
    }
    if report.files.iter().any(|file| file.sha256 != sha256) {
        stopped(
            &mut summary,
            [
                "文件已不是上传的那一份，请作废并重新上传。".to_owned(),
                "檔案已不是上傳的那一份，請作廢並重新上傳。".to_owned(),
                "The file is no longer the one that was sent; discard the draft and send it again."
                    .to_owned(),
            ],
        );
    }
    told(&mut summary, &mut report);
    laid(means, summary, Some(&report))
}

/// What the report of the import says, as the summary keeps it.
fn told(summary: &mut Summary, report: &mut Report) {
    let fault = |finding: &Finding| fault(finding.row, &finding.message);
    summary.rows =
        [report.rows(), report.accepted(), report.rejected(), report.unchanged, report.skipped];
    summary.unknown =
        report.files.iter().flat_map(|file| &file.unknown).map(|(name, _)| name.clone()).collect();
    summary.faults = report.rejections.iter().take(FAULTS_MAX).map(fault).collect();
    summary.remarks = report.remarks.iter().take(FAULTS_MAX).map(fault).collect();
}

fn fault(row: u64, message: &Message) -> Fault {
    Fault {
        row,
        code: message.code.name().to_owned(),
        column: message.column.clone(),
        value: message.value.clone(),
        expected: Lang::ALL.map(|lang| message.text(lang)),
    }
}

/// Lays a summary aside; it is there whole or not at all.
fn laid(means: &Means, summary: Summary, report: Option<&Report>) -> Result<Came, Trouble> {
    if let Some(report) = report {
        rejects::write(report, 0, &means.folder.join(summary::REJECTS), Lang::ZhHans)?;
    }
    let text = serde_json::to_vec(&summary).map_err(std::io::Error::from)?;
    super::write_whole(&means.folder.join(summary::FILE), &text)?;
    Ok(Came::Looked(Box::new(summary)))
}

/// Entries the office makes itself: looked at, decided and appended as the commands do.
fn order(means: &Means, content: &Content, mut purpose: Purpose<'_>) -> Result<Came, Trouble> {
    const ATTEMPTS_MAX: u32 = 5;
    let register = means.register.open()?;
    for _ in 0..ATTEMPTS_MAX {
        let reader = register.reader()?;
        let head = reader.head()?;
        let known = head.log_size;
        let at = At { as_of: means.today, known };
        let all_sample = head.has_sample && head.all_sample;
        let look = Look { reader: &reader, at, all_sample };
        let mut summary = Summary { known, day: means.today, ..Summary::default() };
        let entries = match decided(means, &look, content) {
            Ok(plan) => plan.entries,
            Err(DeskError::Append(Refusal::Store(error))) => return Err(error.into()),
            Err(error) => {
                let told = match error {
                    DeskError::Refused(told) => told,
                    error => error.to_string().into(),
                };
                stopped(&mut summary, told.words());
                return if matches!(purpose, Purpose::Look) {
                    laid(means, summary, None)
                } else {
                    Ok(Came::Moved)
                };
            }
        };
        let looking = matches!(purpose, Purpose::Look);
        let folder = looking.then_some(means.folder.as_path());
        let mut collector = Collector::new(&reader, known, means.today, folder)?;
        for entry in &entries {
            collector.take(&entry.draft)?;
        }
        summary = collector.finish()?;
        match &mut purpose {
            Purpose::Look => {
                match direct::check(&register, known, means.today, &entries) {
                    Ok(()) => {}
                    Err(Refusal::Invalid { messages, .. }) => {
                        summary.faults = messages.iter().map(|m| fault(0, m)).collect();
                        summary.entries = 0;
                    }
                    Err(Refusal::Store(StoreError::Moved { .. })) => continue,
                    Err(Refusal::Store(error)) => return Err(error.into()),
                }
                return laid(means, summary, None);
            }
            Purpose::Publish { fingerprint, before } => {
                if summary.fingerprint != *fingerprint {
                    return Ok(Came::Moved);
                }
                before(&summary)?;
                match direct::append(&register, known, means.today, None, entries) {
                    Ok(done) => return Ok(Came::Published(done.first_seq, done.log_size)),
                    Err(Refusal::Store(StoreError::Moved { .. })) => {}
                    Err(Refusal::Store(error)) => return Err(error.into()),
                    Err(Refusal::Invalid { .. }) => return Ok(Came::Moved),
                }
            }
        }
    }
    Ok(Came::Moved)
}

fn decided(means: &Means, look: &Look<'_>, content: &Content) -> desk::Result<Plan<()>> {
    let entries = match content {
        Content::File { .. } => Vec::new(),
        Content::Correction { record, key, valid_from, why, source, body } => {
            correction(means, look, *record, key, *valid_from, why, source, body)?
        }
        Content::Contest { record, key, case } => contest(look, *record, key, case)?,
        Content::Issue { product, listing, expires_on, seed } => {
            let terms = issue::Terms {
                product: product.clone(),
                listing: (!listing.is_empty()).then(|| listing.clone()),
                expires_on: *expires_on,
                issuer: means.office.clone(),
                sections: issue::Sections::all(),
                ..issue::Terms::default()
            };
            let mut drawn = 0_u32;
            let plan = issue::model(look, &terms, &issue::Wish::default(), &mut || {
                drawn += 1;
                Ok(drawn_from(seed, drawn))
            })?;
            plan.entries
        }
        Content::Status { code, change, why, decision } => {
            let order = change::Order {
                code: code.clone(),
                change: change.change(),
                reason: (!why.is_empty()).then(|| why.clone()),
                decision: (!decision.is_empty()).then(|| decision.clone()),
                on: None,
                issuer: means.office.clone(),
            };
            let folder = Folder::of(&means.register.path);
            change::decide(look, &order, &mut || Ok(folder.pepper()?))?.entries
        }
    };
    Ok(Plan::of((), entries))
}

/// Bytes a code is drawn from: the same for the same draft, which nobody could have chosen.
fn drawn_from(seed: &str, n: u32) -> [u8; 16] {
    use sha2::Digest as _;
    let hash = sha2::Sha256::digest(format!("{seed} {n}").as_bytes());
    let mut out = [0; 16];
    out.copy_from_slice(&hash[..16]);
    out
}

#[expect(clippy::too_many_arguments, reason = "one caller; the parts are the draft's")]
fn correction(
    means: &Means,
    look: &Look<'_>,
    kind: Kind,
    key: &str,
    valid_from: NaiveDate,
    why: &str,
    source: &str,
    body: &register::Body,
) -> desk::Result<Vec<Proposed>> {
    let Some(stands) = look.record(kind, key)? else {
        return desk::refuse_all([
            format!("登记簿里没有这条记录：{key}"),
            format!("登記簿裡沒有這筆紀錄：{key}"),
            format!("there is no record {key}"),
        ]);
    };
    if let Some(last) = look.last_day(kind, key)?
        && valid_from < last
    {
        return desk::refuse_all([
            format!("现行的内容从 {last} 起算，更正不能早于这一天"),
            format!("現行的內容從 {last} 起算，更正不能早於這一天"),
            format!("the record in force begins on {last}; a correction cannot begin before"),
        ]);
    }
    if stands.body == *body && stands.valid_from == valid_from {
        return Ok(Vec::new());
    }
    let mut entries: Vec<Proposed> = Vec::new();
    let source = if source.is_empty() {
        entries.extend(look.source(&means.office)?);
        desk::own_source(None)
    } else {
        if look.record(Kind::Source, source)?.is_none() {
            return desk::refuse_all([
                format!("登记簿里没有这个来源：{source}。空着就是本机关自行更正"),
                format!("登記簿裡沒有這個來源：{source}。空著就是本機關自行更正"),
                format!("there is no source {source}"),
            ]);
        }
        register::SourceRef { id: source.to_owned(), locator: register::Locator::default() }
    };
    let reason = Reason::said(ReasonCode::Corrected, (!why.is_empty()).then(|| why.to_owned()));
    let draft = Draft { valid_from, kind, key: key.to_owned(), reason, source, body: body.clone() };
    entries.push(draft.into());
    Ok(entries)
}

/// A mark on a record, or its end: the version in force once more, with its own day, source and words, so that
/// nothing it says changes and a later version takes its place as it would have taken that one's.
fn contest(look: &Look<'_>, kind: Kind, key: &str, case: &CaseRef) -> desk::Result<Vec<Proposed>> {
    let Some(stands) = look.record(kind, key)? else {
        return desk::refuse_all([
            format!("登记簿里没有这条记录，无法标明有异议：{key}"),
            format!("登記簿裡沒有這筆紀錄，無法標明有異議：{key}"),
            format!("there is no record {key}, so it cannot be contested"),
        ]);
    };
    let code = match case.outcome {
        None => ReasonCode::Contested,
        Some(_) => ReasonCode::ContestClosed,
    };
    if stands.is_contested() == (code == ReasonCode::Contested) {
        return Ok(Vec::new());
    }
    if ended(kind, stands.reason.code, &stands.body) != ended(kind, code, &stands.body) {
        return desk::refuse_all([
            format!(
                "{key} 已经终止，但只有最后一条变更的理由说明了这一点。请先更正记录，写明状态，再标明有异议"
            ),
            format!(
                "{key} 已經終止，但只有最後一筆變更的理由說明了這一點。請先更正紀錄，寫明狀態，再標明有異議"
            ),
            format!(
                "that {key} has ended is said by the reason of its last entry alone; correct the record first, so \
                 that its status says so"
            ),
        ]);
    }
    let reason = Reason { code, text: stands.reason.text.clone(), case: Some(case.clone()) };
    let Entry { valid_from, source, body, .. } = stands;
    Ok(vec![Draft { valid_from, kind, key: key.to_owned(), reason, source, body }.into()])
}

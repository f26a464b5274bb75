//! Whether what a page says is what the log holds: the check a reader's own browser makes.
//!
//! Four things come together: what the page itself printed (its record, day, log size, status), the entries behind it with
//! their proofs, the JSON of the records shown, and what this device remembers of the log from an earlier check.
//!
//! What it cannot see is an entry that is kept back: that takes the whole log (`liangbiao log verify`).

use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::{Proven, hashes, open};
use crate::commitment::is_commitment;
use crate::merkle::verify_consistency;
use crate::note::{NoteError, NoteKey};
use crate::status::{self, Status};
use crate::tlog::Checkpoint;

/// What the page printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Printed<'p> {
    /// Name of the record's kind.
    pub kind: &'p str,
    /// The record's key.
    pub key: &'p str,
    /// The day the page is of, `2026-11-22`.
    pub as_of: &'p str,
    /// The log size the page is of.
    pub known: u64,
    /// The computed status printed on a product's page; empty: none is printed.
    pub status: &'p str,
}

/// What this device remembers: the key seen first and the last signed checkpoint that held. Both or neither.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remembered<'p> {
    /// The log's key, as `name+id+key`.
    pub key: &'p str,
    /// The signed checkpoint.
    pub checkpoint: &'p str,
}

/// How a check came out, as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Everything there is to check was checked and holds.
    Holds,
    /// What was checked holds; something could not be compared: there is no earlier look, or a value is held as a
    /// commitment.
    Partly,
    /// Something needed for a check is missing or cannot be read.
    Unchecked,
    /// Something does not hold.
    Failed,
}

impl Outcome {
    /// The word of the outcome.
    #[must_use]
    pub const fn code(self) -> &'static str {
        ["holds", "partly", "unchecked", "failed"][self as usize]
    }
}

/// What was found: the outcome and, line by line, what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The worst of the lines.
    pub outcome: Outcome,
    /// Word of each line, and its values with tabs between.
    pub lines: Vec<(&'static str, String)>,
}

impl Report {
    const fn new() -> Report {
        Report { outcome: Outcome::Holds, lines: Vec::new() }
    }

    fn line(&mut self, outcome: Outcome, word: &'static str, value: impl std::fmt::Display) {
        self.outcome = self.outcome.max(outcome);
        self.lines.push((word, value.to_string()));
    }

    /// The report as text: a first line with the outcome's word, then `word TAB value…` a line.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = format!("{}\n", self.outcome.code());
        for (word, value) in &self.lines {
            // Writing to a String cannot fail. No value holds a line feed: names of fields are JSON names of entries
            // already checked, everything else is a number or a key of the page.
            let _ = writeln!(text, "{word}\t{}", value.replace('\n', " "));
        }
        text
    }
}

/// Checks a page.
///
/// `answer` is what `/check.json` said of the page: `checkpoint`, `key`, `entries`, `consistency`. `records` are the JSON
/// of the records shown, the page's own first; a text that could not be fetched is left empty.
#[must_use]
pub fn check(
    printed: &Printed<'_>,
    answer: &str,
    records: &[&str],
    remembered: Option<&Remembered<'_>>,
) -> Report {
    let mut report = Report::new();
    let Ok(answer) = serde_json::from_str::<Value>(answer) else {
        report.line(Outcome::Unchecked, "unreadable", "");
        return report;
    };
    let Some(head) = head(&mut report, &answer, remembered) else { return report };
    let Some(entries) = entries(&mut report, &answer, &head) else { return report };
    shown(&mut report, printed, &entries);
    compared(&mut report, printed, &entries, records);
    if let Some(more) = answer["left_out"].as_u64().filter(|more| *more > 0) {
        report.line(Outcome::Partly, "left_out", more);
    }
    report
}

/// The checkpoint: signed by the key, and going on from the one remembered.
fn head(
    report: &mut Report,
    answer: &Value,
    remembered: Option<&Remembered<'_>>,
) -> Option<Checkpoint> {
    let (Some(note), Some(named)) = (answer["checkpoint"].as_str(), answer["key"].as_str()) else {
        report.line(Outcome::Unchecked, "no_checkpoint", "");
        return None;
    };
    let named = named.trim();
    let key = remembered.map_or(named, |seen| seen.key.trim());
    let Ok(key) = key.parse::<NoteKey>() else {
        report.line(Outcome::Unchecked, "unreadable", "");
        return None;
    };
    let head = match open(note, &key) {
        Ok(head) => head,
        // Another key is a thing of its own to say: it is no broken signature.
        Err(super::HeadError::Note(NoteError::NotSigned(_))) if remembered.is_some() => {
            report.line(Outcome::Failed, "other_key", "");
            return None;
        }
        Err(_) => {
            report.line(Outcome::Failed, "bad_signature", "");
            return None;
        }
    };
    report.line(Outcome::Holds, "signed", head.size);
    let Some(seen) = remembered else {
        report.line(Outcome::Partly, "first", "");
        return Some(head);
    };
    let Ok(old) = open(seen.checkpoint, &key) else {
        report.line(Outcome::Unchecked, "memory", "");
        return Some(head);
    };
    let sizes = format!("{}\t{}", old.size, head.size);
    if head.size < old.size {
        report.line(Outcome::Failed, "shorter", sizes);
        return None;
    }
    let holds =
        |path: &[_]| verify_consistency(old.size, head.size, &old.root, &head.root, path).is_ok();
    if head.size == old.size || old.size == 0 {
        // No path is needed, so none that is missing can be to blame.
        match holds(&[]) {
            true => report.line(Outcome::Holds, "goes_on", sizes),
            false => report.line(Outcome::Failed, "forked", sizes),
        }
        return Some(head);
    }
    match hashes(&answer["consistency"]) {
        Some(path) if holds(&path) => report.line(Outcome::Holds, "goes_on", sizes),
        Some(_) => report.line(Outcome::Failed, "forked", sizes),
        None => report.line(Outcome::Unchecked, "no_consistency", sizes),
    }
    Some(head)
}

/// The entries, each in the log of the checkpoint.
fn entries(report: &mut Report, answer: &Value, head: &Checkpoint) -> Option<Vec<Value>> {
    let listed = answer["entries"].as_array().filter(|list| !list.is_empty());
    let Some(listed) = listed else {
        report.line(Outcome::Unchecked, "no_entries", "");
        return None;
    };
    let mut entries = Vec::with_capacity(listed.len());
    for one in listed {
        let Some(one) = Proven::of_value(one) else {
            report.line(Outcome::Unchecked, "unreadable", "");
            return None;
        };
        match one.check(head) {
            Ok(entry) => entries.push(entry),
            Err(_) => report.line(Outcome::Failed, "entry", one.seq),
        }
    }
    if entries.len() == listed.len() {
        report.line(Outcome::Holds, "entries", entries.len());
    }
    Some(entries)
}

/// What `(valid_from, seq)` an entry is chosen by, where it is one of this record and within both times.
fn rank<'e>(entry: &'e Value, of: (&str, &str), printed: &Printed<'_>) -> Option<(&'e str, u64)> {
    let (from, seq) = (entry["valid_from"].as_str()?, entry["seq"].as_u64()?);
    let named = entry["kind"].as_str() == Some(of.0) && entry["key"].as_str() == Some(of.1);
    (named && from <= printed.as_of && seq < printed.known).then_some((from, seq))
}

/// Of the entries at hand, the one that is this record on the page's day (the record rule, [`crate::record`]).
fn chosen<'e>(entries: &'e [Value], of: (&str, &str), printed: &Printed<'_>) -> Option<&'e Value> {
    entries.iter().filter(|e| rank(e, of, printed).is_some()).max_by_key(|e| rank(e, of, printed))
}

/// The status printed follows from the grants.
fn shown(report: &mut Report, printed: &Printed<'_>, entries: &[Value]) {
    if printed.status.is_empty() {
        return;
    }
    let grants = entries.iter().filter(|entry| {
        let key = entry["key"].as_str().unwrap_or_default();
        entry["kind"].as_str() == Some("listing")
            && chosen(entries, ("listing", key), printed) == Some(*entry)
            && entry["body"]["subject"]["kind"].as_str() == Some(printed.kind)
            && entry["body"]["subject"]["key"].as_str() == Some(printed.key)
    });
    let best = grants
        .map(|grant| {
            let grant = &grant["body"];
            let stored = grant["status"].as_str().and_then(Status::from_code);
            // Without a calendar, which would be a tenth of the program: the order of days is that of their texts.
            let over = grant["valid_until"].as_str().is_some_and(|until| printed.as_of > until);
            status::of(stored.unwrap_or(Status::None), over)
        })
        .min()
        .unwrap_or(Status::None)
        .code();
    let both = format!("{}\t{best}", printed.status);
    match best == printed.status {
        true => report.line(Outcome::Holds, "status", both),
        false => report.line(Outcome::Failed, "status_differs", both),
    }
}

/// The records shown are those of the entries, field by field.
fn compared(report: &mut Report, printed: &Printed<'_>, entries: &[Value], records: &[&str]) {
    let (mut fields, mut committed, mut unread) = (0, 0, 0);
    if records.is_empty() {
        report.line(Outcome::Unchecked, "unreadable", "");
    }
    for (i, record) in records.iter().enumerate() {
        let Ok(said) = serde_json::from_str::<Value>(record) else {
            unread += 1;
            continue;
        };
        let of =
            (said["kind"].as_str().unwrap_or_default(), said["key"].as_str().unwrap_or_default());
        if i == 0 && of != (printed.kind, printed.key) {
            report.line(Outcome::Failed, "other_record", of.1);
            continue;
        }
        let seq = said["seq"].as_u64();
        let Some(entry) = entries.iter().find(|entry| entry["seq"].as_u64() == seq) else {
            report.line(
                Outcome::Failed,
                "no_entry",
                format_args!("{}\t{}", seq.unwrap_or(0), of.1),
            );
            continue;
        };
        if chosen(entries, of, printed) != Some(entry) {
            report.line(Outcome::Failed, "not_latest", seq.unwrap_or(0));
            continue;
        }
        let held = compare(entry, &said);
        for name in &held.differs {
            report.line(Outcome::Failed, "differs", format_args!("{}\t{name}", seq.unwrap_or(0)));
        }
        fields += held.same;
        committed += held.committed;
    }
    if unread > 0 {
        report.line(Outcome::Unchecked, "unread", unread);
    }
    if fields > 0 {
        report.line(Outcome::Holds, "fields", fields);
    }
    if committed > 0 {
        report.line(Outcome::Partly, "committed", committed);
    }
}

/// How a record's JSON compares with its entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// Values that are the entry's.
    pub same: usize,
    /// Values the entry holds as a commitment only.
    pub committed: usize,
    /// Names of those that are not the entry's, or are missing.
    pub differs: Vec<String>,
}

/// Compares a record's JSON (docs/url-contract.md, "Record JSON") with the entry it says it is of.
#[must_use]
pub fn compare(entry: &Value, said: &Value) -> Compared {
    let mut held = Compared::default();
    for name in ["kind", "key", "seq", "valid_from", "recorded_at", "reason"] {
        held.one(name, entry.get(name), said.get(name));
    }
    held.one("source.id", entry["source"].get("id"), said["source"].get("id"));
    let empty = Map::new();
    let place = |of: &Value| of["source"]["locator"].as_object().cloned().unwrap_or_default();
    if place(entry) != place(said) {
        held.differs.push("source.locator".to_owned());
    }
    let body = entry["body"].as_object().unwrap_or(&empty);
    let record = said["record"].as_object().unwrap_or(&empty);
    for (name, value) in record {
        match body.get(name) {
            Some(hashed) if is_commitment(hashed) && !is_commitment(value) => held.committed += 1,
            hashed => held.one(name, hashed, Some(value)),
        }
    }
    // What is not for everybody stands in an entry as a commitment, so nothing else may be missing.
    for (name, value) in body.iter().filter(|(name, _)| !record.contains_key(*name)) {
        if is_commitment(value) {
            held.committed += 1;
        } else {
            held.differs.push(name.clone());
        }
    }
    held
}

impl Compared {
    fn one(&mut self, name: &str, hashed: Option<&Value>, said: Option<&Value>) {
        if hashed.is_some() && hashed == said {
            self.same += 1;
        } else {
            self.differs.push(name.to_owned());
        }
    }
}

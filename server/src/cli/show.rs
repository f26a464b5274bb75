//! `liangbiao show`: one record as JSON.

use std::process::ExitCode;

use app::model::record_path;
use chrono::NaiveDate;
use register::{Entry, Kind};
use serde_json::{Value, json};

use super::{RegisterArg, progress};
use crate::store::{self, At, Reader, StoreError};

/// Print one record, or all its versions, as JSON.
///
/// The record is the version in force on a day (today in China unless --as-of is given), as known
/// when the log had a given number of entries (all of them unless --known is given).
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
KIND is one of: enterprise product standard scheme listing evaluation comparison code inspection
penalty restriction recall notice service policy target department place source key.

Exit codes: 0 printed, 1 no such record, 2 usage.

Examples:
  liangbiao show standard 'GB/T 19001-2016'
  liangbiao show product p-d58030165a9c --as-of 2024-06-30
  liangbiao show listing foshan-standard/FSB-2023-0012 --history
  liangbiao show enterprise 91350100M000100Y43 --known 5000")]
pub struct Show {
    /// Kind of the record, e.g. `product`.
    kind: String,
    /// Its key, or the form of it that stands in a page's path (`GB_T-19001-2016`).
    key: String,
    /// The day, YYYY-MM-DD.
    #[arg(long, value_name = "DAY")]
    as_of: Option<NaiveDate>,
    /// Log size: only the first N entries are known.
    #[arg(long, value_name = "N")]
    known: Option<u64>,
    /// Print every version in log order, as a JSON array.
    #[arg(long, conflicts_with = "as_of")]
    history: bool,
    #[command(flatten)]
    register: RegisterArg,
}

/// What came of the look-up.
enum Outcome {
    Found(Value),
    /// Nothing, and why.
    Absent(String),
}

impl Show {
    /// Runs the command.
    #[must_use]
    pub fn run(self) -> ExitCode {
        let Some(kind) = Kind::from_name(&self.kind) else {
            return progress::usage(&unknown_kind(&self.kind));
        };
        match self.look_up(kind) {
            Ok(Outcome::Found(value)) => match serde_json::to_string_pretty(&value) {
                Ok(text) => {
                    progress::say(format_args!("{text}"));
                    ExitCode::SUCCESS
                }
                Err(error) => progress::failure(&StoreError::Caller(error.to_string())),
            },
            Ok(Outcome::Absent(why)) => {
                eprintln!("liangbiao: {why}");
                ExitCode::from(1)
            }
            Err(error) => progress::failure(&error),
        }
    }

    fn look_up(&self, kind: Kind) -> Result<Outcome, StoreError> {
        let reader = self.register.reader()?;
        let head = reader.head()?;
        let at = At {
            as_of: self.as_of.unwrap_or_else(|| store::china_day(chrono::Utc::now())),
            known: self.known.unwrap_or(head.log_size).min(head.log_size),
        };
        let Some(key) = reader.key_of_path(kind, &self.key)? else {
            return Ok(Outcome::Absent(absent_key(&reader, kind, &self.key)?));
        };
        if self.history {
            let versions = reader.history(kind, &key)?;
            let versions = versions.iter().filter(|entry| entry.seq < at.known);
            return Ok(Outcome::Found(Value::Array(
                versions.map(|e| record_json(e, at)).collect(),
            )));
        }
        match reader.record(kind, &key, at)? {
            Some(entry) => Ok(Outcome::Found(record_json(&entry, at))),
            None => Ok(Outcome::Absent(not_yet(&reader, kind, &key, at)?)),
        }
    }
}

/// The record JSON of the HTTP surface; the same members in the same sense.
fn record_json(entry: &Entry, at: At) -> Value {
    json!({
        "kind": entry.kind,
        "key": entry.key,
        "record": entry.body,
        "reason": entry.reason,
        "valid_from": entry.valid_from,
        "seq": entry.seq,
        "recorded_at": entry.recorded_at,
        "source": entry.source,
        "as_of": at.as_of,
        "log_size": at.known,
        "links": links(entry),
    })
}

/// Paths of the record's page and its twin; none for a kind without pages.
fn links(entry: &Entry) -> Value {
    match record_path(entry.kind, &entry.key) {
        Some(page) => json!({ "json": format!("{page}.json"), "page": page }),
        None => json!({}),
    }
}

fn unknown_kind(name: &str) -> String {
    let names = Kind::ALL.map(Kind::name);
    match names.iter().min_by_key(|kind| distance(name, kind)) {
        Some(kind) if distance(name, kind) <= 2 => {
            format!("there is no kind {name:?}; did you mean {kind}?")
        }
        _ => format!("there is no kind {name:?}; the kinds are: {}", names.join(" ")),
    }
}

/// Most near keys named.
const NEAR_MAX: usize = 5;

/// Says that a key never existed, with the keys that look most like it.
fn absent_key(reader: &Reader, kind: Kind, key: &str) -> Result<String, StoreError> {
    let name = kind.name();
    if !reader.has_any(kind)? {
        return Ok(format!("the register holds no {name} at all"));
    }
    // Keys that share the longest beginning with what was typed, nearest first.
    let mut near: Vec<String> = Vec::new();
    let mut end = key.chars().count();
    while near.is_empty() && end > 0 {
        let prefix: String = key.chars().take(end).collect();
        near = reader.keys_like(kind, &prefix, 200)?;
        end /= 2;
    }
    if near.is_empty() {
        near = reader.keys_like(kind, "", NEAR_MAX)?;
    }
    near.sort_by_key(|candidate| distance(key, candidate));
    near.truncate(NEAR_MAX);
    Ok(format!("there is no {name} {key:?}; keys like it: {}", near.join(" · ")))
}

/// Says why a key that exists has no record at that point.
fn not_yet(reader: &Reader, kind: Kind, key: &str, at: At) -> Result<String, StoreError> {
    let name = kind.name();
    let versions = reader.history(kind, key)?;
    let known: Vec<&Entry> = versions.iter().filter(|entry| entry.seq < at.known).collect();
    Ok(match (known.iter().map(|e| e.valid_from).min(), versions.first()) {
        (Some(first), _) => format!(
            "{name} {key} has no version in force on {}; its first one is from {first}",
            at.as_of
        ),
        (None, Some(first)) => format!(
            "{name} {key} was not known at log size {}; its first entry has seq {}",
            at.known, first.seq
        ),
        (None, None) => format!("there is no {name} {key:?}"),
    })
}

/// Edit distance (Levenshtein 1966), for suggestions only; long texts are cut.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) =
        (a.chars().take(64).collect(), b.chars().take(64).collect());
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_help_names_every_kind() {
        let help = <Show as clap::Args>::augment_args(clap::Command::new("show"))
            .render_long_help()
            .to_string();
        for kind in Kind::ALL {
            assert!(help.contains(kind.name()), "{}", kind.name());
        }
    }

    #[test]
    fn a_mistyped_kind_is_answered_with_the_right_one() {
        assert!(unknown_kind("prodcut").contains("did you mean product?"));
        assert!(unknown_kind("sandwich").contains("the kinds are: enterprise product"));
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}

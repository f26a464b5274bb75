//! The register as files: all records as lines of JSON, tables for each kind, a database, the log.
//!
//! Everything is written row by row, one record in memory at a time, so that the size of the register
//! is not the size of the process. The same records, day and log size give the same bytes: the hash of
//! a file can be published and compared.

pub mod columns;
pub mod packed;
pub mod parquet;
pub mod schema;
pub mod sheet;

use std::collections::HashMap;
use std::io::Write as _;
use std::path::Path;

use register::{Entry, Kind};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use self::packed::Packed;
use self::parquet::Table;
use crate::published;
use crate::store::{At, Database, Reader, Result, StoreError, sync_folder};

/// What to write.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Kinds of record; empty: all of them.
    pub kinds: Vec<Kind>,
    /// The records as lines of JSON, in one file.
    pub jsonl: bool,
    /// The records as tables, a file for each kind.
    pub csv: bool,
    /// The records as a database.
    pub sqlite: bool,
    /// The records as tables of Parquet, a file for each kind.
    pub parquet: bool,
    /// The log's entries from this index on, as lines of JSON.
    pub since: Option<u64>,
}

impl Plan {
    /// Everything, as it is published.
    #[must_use]
    pub fn whole() -> Plan {
        Plan {
            jsonl: true,
            csv: true,
            sqlite: true,
            parquet: true,
            since: Some(0),
            ..Plan::default()
        }
    }

    /// What stands in the place of the kind in the names of files that hold several.
    fn what(&self) -> &'static str {
        match self.kinds.as_slice() {
            [kind] => kind.name(),
            [] => "all",
            _ => "some",
        }
    }
}

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// Its name, which holds the day and the log size.
    pub name: String,
    /// What it holds: a kind's name, `all`, `some`, or `entries`.
    pub what: String,
    /// `jsonl`, `csv`, `sqlite` or `parquet`.
    pub format: String,
    /// How it is compressed.
    pub packing: Packing,
    /// Records (or entries) in it.
    pub rows: u64,
    /// Its size in bytes, as it stands on disk.
    pub bytes: u64,
    /// SHA-256 of it as it stands on disk, 64 hex digits.
    pub sha256: String,
}

/// How a file is compressed as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Packing {
    /// gzip, RFC 1952.
    Gzip,
    /// zstd, RFC 8878.
    Zstd,
    /// Not: what is in it is compressed (Parquet).
    None,
}

impl Packing {
    /// What it adds to a file's name.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Packing::Gzip => ".gz",
            Packing::Zstd => ".zst",
            Packing::None => "",
        }
    }
}

/// The packings of what is text or a database.
const BOTH: [Packing; 2] = [Packing::Gzip, Packing::Zstd];

/// The name of a file, without what makes it a compressed one.
#[must_use]
pub fn file_name(what: &str, at: At, extension: &str) -> String {
    format!("liangbiao-{what}-{}-{}.{extension}", at.as_of, at.known)
}

/// Entries read from the log at a time. Each has at most 64 KiB.
const ENTRIES_AT_ONCE: usize = 64;

/// Forces files and their names to the disk: what was said to be written is there after the power failed.
///
/// # Errors
/// A file is not there, or the disk refuses.
pub fn keep(folder: &Path, made: &[Made]) -> std::io::Result<()> {
    for one in made {
        std::fs::File::open(folder.join(&one.name))?.sync_all()?;
    }
    made.first().map_or(Ok(()), |one| sync_folder(&folder.join(&one.name)))
}

/// A record as the line of JSON it is published as. `of_source`: the record of its source.
#[must_use]
pub fn line(entry: &Entry, source: Value) -> Value {
    let mut line = json!({
        "kind": entry.kind.name(),
        "key": entry.key,
        "record": published::fields(entry),
        "valid_from": entry.valid_from.to_string(),
        "seq": entry.seq,
        "recorded_at": entry.recorded_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        "reason": entry.reason,
        "source": source,
    });
    published::say_removed(&mut line, entry);
    line
}

/// Writes the files of a plan into a folder that is there, each under its name only when it is whole.
/// `progress` gets the number of records and entries written so far.
///
/// # Errors
/// The register cannot be read, or a file cannot be written.
pub fn write(
    reader: &Reader,
    at: At,
    plan: &Plan,
    folder: &Path,
    progress: &mut dyn FnMut(u64),
) -> Result<Vec<Made>> {
    let all = Kind::ALL.to_vec();
    let kinds = if plan.kinds.is_empty() { &all } else { &plan.kinds };
    let mut made = Vec::new();
    let mut done = 0;
    if plan.jsonl || plan.csv || plan.sqlite || plan.parquet {
        let mut lines = match plan.jsonl {
            true => Some(Packed::create(folder, plan.what(), "jsonl", at, &BOTH)?),
            false => None,
        };
        let database_name = file_name(plan.what(), at, "sqlite.part");
        let mut database = match plan.sqlite {
            true => Some(Database::create(&folder.join(database_name), &about(reader, at)?)?),
            false => None,
        };
        // Sources are few and every record names one.
        let mut sources: HashMap<String, Option<Entry>> = HashMap::new();
        for kind in kinds {
            let columns = columns::of(*kind);
            let mut table = match plan.csv {
                true => {
                    let mut file = Packed::create(folder, kind.name(), "csv", at, &BOTH)?;
                    file.write_all(sheet::BYTE_ORDER_MARK)?;
                    let mut table = sheet::writer(file);
                    table
                        .write_record(columns.iter().map(|column| &column.name))
                        .map_err(unwritten)?;
                    Some(table)
                }
                false => None,
            };
            if let Some(database) = &mut database {
                database.table(kind.name(), &columns)?;
            }
            let mut parquet = match plan.parquet {
                true => Some(Table::create(folder, *kind, &columns, at)?),
                false => None,
            };
            let mut rows = 0;
            reader.records(*kind, at, &mut |entry| {
                if !published::is_published(&entry, at.as_of) {
                    return Ok(());
                }
                if !sources.contains_key(&entry.source.id) {
                    let record = reader.record(Kind::Source, &entry.source.id, at)?;
                    sources.insert(entry.source.id.clone(), record);
                }
                let of_source = sources.get(&entry.source.id).and_then(Option::as_ref);
                let line = line(&entry, published::source(&entry, of_source));
                if let Some(lines) = &mut lines {
                    writeln!(lines, "{line}")?;
                    lines.rows += 1;
                }
                let cells = || columns.iter().map(|column| line.pointer(&column.pointer));
                if let Some(table) = &mut table {
                    let texts = cells().map(|value| {
                        value.map_or_else(String::new, |v| sheet::harmless(&sheet::cell(v)))
                    });
                    table.write_record(texts).map_err(unwritten)?;
                }
                if let Some(database) = &mut database {
                    database.row(kind.name(), &columns, cells(), &line["record"])?;
                }
                if let Some(parquet) = &mut parquet {
                    parquet.row(cells())?;
                }
                rows += 1;
                done += 1;
                progress(done);
                Ok(())
            })?;
            if let Some(table) = table {
                let mut file = table.into_inner().map_err(|error| unwritten(error.error()))?;
                file.rows = rows;
                made.extend(file.finish()?);
            }
            if let Some(parquet) = parquet {
                made.extend(parquet.finish()?);
            }
        }
        if let Some(lines) = lines {
            made.splice(0..0, lines.finish()?);
        }
        if let Some(database) = database {
            let mut file = Packed::create(folder, plan.what(), "sqlite", at, &BOTH)?;
            let (rows, path) = database.finish()?;
            std::io::copy(&mut std::fs::File::open(&path)?, &mut file)?;
            std::fs::remove_file(&path)?;
            file.rows = rows;
            made.extend(file.finish()?);
        }
    }
    if let Some(since) = plan.since {
        let what = if since == 0 { "entries".to_owned() } else { format!("entries-{since}") };
        let mut file = Packed::create(folder, &what, "jsonl", at, &BOTH)?;
        let mut next = since;
        while next < at.known {
            let left = usize::try_from(at.known - next).unwrap_or(usize::MAX);
            let texts = reader.texts(next, left.min(ENTRIES_AT_ONCE))?;
            if texts.is_empty() {
                break;
            }
            for text in texts {
                writeln!(file, "{text}")?;
                next += 1;
                done += 1;
            }
            file.rows = next - since;
            progress(done);
        }
        let whole = file.finish()?.into_iter();
        made.extend(whole.map(|made| Made { what: "entries".to_owned(), ..made }));
    }
    Ok(made)
}

/// What a file says about itself: where it is from and when.
fn about(reader: &Reader, at: At) -> Result<Vec<(&'static str, String)>> {
    let head = reader.head()?;
    Ok(vec![
        ("register", head.register_id),
        ("as_of", at.as_of.to_string()),
        ("log_size", at.known.to_string()),
        ("sample", head.has_sample.to_string()),
    ])
}

fn unwritten(error: impl std::fmt::Display) -> StoreError {
    StoreError::Caller(format!("a table could not be written: {error}"))
}

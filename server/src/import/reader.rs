//! Readers: a file becomes rows, whatever its format. CSV and JSONL are read in constant memory.

mod csv;
mod encoding;
mod json;
mod path;
mod workbook;

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use std::sync::Arc;

use serde_json::Value;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

pub use encoding::Encoding;
pub use path::{Path as TreePath, Segment};

use super::limits;

/// Why a file cannot be read at all. Nothing of it is imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// Code of domain.md §5 where one fits, e.g. `E22`.
    pub code: Option<&'static str>,
    /// In simplified Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl ReadError {
    /// An error without a code of its own.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> ReadError {
        ReadError { code: None, zh: zh.into(), en: en.into() }
    }

    /// Wraps a failure of the operating system.
    pub fn io(error: &std::io::Error) -> ReadError {
        ReadError::new(
            format!("无法读取文件：{error}"),
            format!("The file cannot be read: {error}"),
        )
    }
}

/// The format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Comma-, semicolon- or tab-separated text, RFC 4180.
    Csv,
    /// A workbook: XLSX, XLSM, XLS or ODS.
    Xlsx,
    /// One JSON document with an array (or object) of rows in it.
    Json,
    /// One JSON object a line.
    Jsonl,
}

impl Format {
    /// The format's name in a mapping file, or `None`.
    pub fn parse(name: &str) -> Option<Format> {
        Some(match name {
            "csv" => Format::Csv,
            "xlsx" => Format::Xlsx,
            "json" => Format::Json,
            "jsonl" => Format::Jsonl,
            _ => return None,
        })
    }

    /// Guesses from the file name; a final `.gz` is looked through.
    pub fn of_name(name: &str) -> Option<Format> {
        let name = name.to_lowercase();
        let name = name.strip_suffix(".gz").unwrap_or(&name);
        Some(match name.rsplit_once('.')?.1 {
            "csv" | "tsv" | "txt" => Format::Csv,
            "xlsx" | "xlsm" | "xlsb" | "xls" | "ods" => Format::Xlsx,
            "json" => Format::Json,
            "jsonl" | "ndjson" => Format::Jsonl,
            _ => return None,
        })
    }

    /// Whether rows are trees rather than cells under a header.
    pub fn is_tree(self) -> bool {
        matches!(self, Format::Json | Format::Jsonl)
    }
}

/// Which sheet of a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// By its name.
    Name(String),
    /// By its place, from 1.
    Number(usize),
}

/// Where the header is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeaderAt {
    /// In this row, from 1.
    Row(u64),
    /// In the first of the leading rows that holds at least two of these headers (as [`header_key`]
    /// writes them); else in the first row that is not empty.
    Known(Vec<String>),
    /// There is none: every row is one of the list.
    None,
}

/// How to read a file.
#[derive(Clone, Debug)]
pub struct Options {
    /// What the file is; the name decides where this says nothing.
    pub format: Option<Format>,
    /// Whether the rows are to be given as trees even if the file is a table: a rejects file of a
    /// JSON list is a CSV and is imported with the same mapping file.
    pub trees: bool,
    /// The encoding, if the mapping file insists on one.
    pub encoding: Option<Encoding>,
    /// The sheet of a workbook; the first with content otherwise.
    pub sheet: Option<Sheet>,
    /// JSON pointer (RFC 6901) to the rows.
    pub pointer: String,
    /// Where the header is.
    pub header: HeaderAt,
    /// Field separator; found from the header line otherwise.
    pub delimiter: Option<u8>,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            format: None,
            trees: false,
            encoding: None,
            sheet: None,
            pointer: String::new(),
            header: HeaderAt::Row(1),
            delimiter: None,
        }
    }
}

/// The header of a table.
#[derive(Clone, Debug, Default)]
pub struct Header {
    /// The cells as printed, trimmed.
    pub names: Vec<String>,
    by_key: HashMap<String, usize>,
}

impl Header {
    /// A header of these cells. Of two equal names the first is found.
    pub fn new(names: Vec<String>) -> Header {
        let mut by_key = HashMap::new();
        for (i, name) in names.iter().enumerate() {
            by_key.entry(header_key(name)).or_insert(i);
        }
        Header { names, by_key }
    }

    /// The column of that name: trimming, NFKC and white space do not count.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.by_key.get(&header_key(name)).copied()
    }
}

/// A header cell as it is compared: NFKC (full- and half-width brackets become equal), white space
/// runs one space, trimmed.
pub fn header_key(name: &str) -> String {
    let folded: String = name.nfkc().collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// One row.
#[derive(Clone, Debug)]
pub struct Row {
    /// As an office program shows it (header = 1); in JSON the element, in JSONL the line, from 1.
    pub number: u64,
    /// What it holds.
    pub data: Data,
}

/// What a row holds.
#[derive(Clone, Debug)]
pub enum Data {
    /// Cells under a header.
    Cells(Arc<Header>, Vec<String>),
    /// A JSON value; the key if the rows are the members of an object.
    Tree(Option<String>, Value),
}

impl Row {
    /// The value at a column name or path, if there is one. A JSON `null` is no value.
    pub fn get(&self, path: &TreePath) -> Option<Value> {
        match &self.data {
            Data::Cells(header, cells) => {
                let cell = cells.get(header.find(&path.text)?)?;
                Some(Value::String(cell.clone()))
            }
            Data::Tree(key, value) => {
                if path.text == "$key" {
                    return key.clone().map(Value::String);
                }
                path.find(value).filter(|v| !v.is_null()).cloned()
            }
        }
    }
}

/// What is known of a file once its rows have been given.
#[derive(Clone, Debug, Default)]
pub struct FileFacts {
    /// Header of a table, or the members met in a tree, in the order first met.
    pub columns: Vec<String>,
    /// Sheet read.
    pub sheet: Option<String>,
    /// Rows given.
    pub rows: u64,
}

/// Receives the rows; an error stops the reading.
pub type Each<'a> = &'a mut dyn FnMut(Row) -> Result<(), ReadError>;

/// Reads a file, giving each row to `each`. `progress` hears the bytes taken from the disk.
///
/// # Errors
/// When the file as a whole cannot be read: missing, too large, not in the format, E22.
pub fn read(
    file: &Path,
    options: &Options,
    progress: &dyn Fn(u64),
    each: Each<'_>,
) -> Result<FileFacts, ReadError> {
    let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let size = std::fs::metadata(file).map_err(|e| ReadError::io(&e))?.len();
    if size > limits::FILE_BYTES_MAX {
        return Err(too_large(limits::FILE_BYTES_MAX));
    }
    let named = Format::of_name(&name);
    let format = match (options.format, named) {
        // A map for a JSON list also reads that list's rejects, which are CSV.
        (Some(wanted), Some(Format::Csv)) if wanted.is_tree() => Format::Csv,
        (Some(Format::Csv), Some(Format::Xlsx)) => Format::Xlsx,
        (Some(Format::Xlsx), Some(Format::Csv)) => Format::Csv,
        (Some(wanted), _) => wanted,
        (None, Some(named)) => named,
        (None, None) => {
            return Err(ReadError::new(
                format!(
                    "无法从文件名“{name}”判断格式，应为 .csv、.xlsx、.json 或 .jsonl（可加 .gz）"
                ),
                format!(
                    "The format cannot be told from the file name {name:?}; \
                     it should end in .csv, .xlsx, .json or .jsonl (also with .gz)."
                ),
            ));
        }
    };
    let trees = options.trees || options.format.is_some_and(Format::is_tree);
    match format {
        Format::Csv => {
            let encoding = encoding::detect(open(file, &|_| ())?, options.encoding)?;
            let text = encoding::decoded(open(file, progress)?, encoding);
            csv::read(text, options, &mut wrapped(trees, each))
        }
        Format::Xlsx => {
            let bytes = whole(file, progress)?;
            workbook::read(bytes, options, &mut wrapped(trees, each))
        }
        Format::Json => json::document(&whole(file, progress)?, &options.pointer, each),
        Format::Jsonl => json::lines(BufReader::new(open(file, progress)?), each),
    }
}

/// SHA-256 of the file as it lies on the disk, 64 lower-case hex digits.
///
/// # Errors
/// When the file cannot be read.
pub fn file_hash(file: &Path) -> Result<String, ReadError> {
    let mut file = File::open(file).map_err(|e| ReadError::io(&e))?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let n = file.read(&mut buffer).map_err(|e| ReadError::io(&e))?;
        if n == 0 {
            return Ok(register::id::key::hex(&hash.finalize()));
        }
        hash.update(&buffer[..n]);
    }
}

/// Turns cells into a tree where the mapping file speaks of paths: each header cell a member, JSON
/// text in a cell (as the rejects file writes lists) a JSON value again.
fn wrapped<'a>(trees: bool, each: Each<'a>) -> impl FnMut(Row) -> Result<(), ReadError> + use<'a> {
    move |row| {
        let row = match row.data {
            Data::Cells(header, cells) if trees => {
                let mut members = serde_json::Map::new();
                let mut key = None;
                for (name, cell) in header.names.iter().zip(cells) {
                    if name == "$key" {
                        key = Some(cell);
                    } else if !cell.is_empty() {
                        let value = match cell.as_bytes()[0] {
                            b'[' | b'{' => {
                                serde_json::from_str(&cell).unwrap_or(Value::String(cell))
                            }
                            _ => Value::String(cell),
                        };
                        members.insert(name.clone(), value);
                    }
                }
                Row { number: row.number, data: Data::Tree(key, Value::Object(members)) }
            }
            data => Row { number: row.number, data },
        };
        each(row)
    }
}

fn too_large(bytes: u64) -> ReadError {
    let mib = bytes >> 20;
    ReadError::new(format!("文件超过上限{mib} MiB"), format!("The file is larger than {mib} MiB."))
}

/// Counts what is taken from the disk and refuses more than the limit after unpacking.
struct Metered<R, F> {
    inner: R,
    seen: u64,
    tell: F,
}

impl<R: Read, F: Fn(u64)> Read for Metered<R, F> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.seen += n as u64;
        (self.tell)(self.seen);
        Ok(n)
    }
}

struct Limited<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.left = self.left.checked_sub(n as u64).ok_or_else(|| {
            std::io::Error::other(format!(
                "more than {} MiB after unpacking",
                limits::UNPACKED_BYTES_MAX >> 20
            ))
        })?;
        Ok(n)
    }
}

/// Opens a file; one that starts with the gzip magic number (RFC 1952) is unpacked.
fn open<'a>(file: &Path, progress: &'a dyn Fn(u64)) -> Result<Box<dyn Read + 'a>, ReadError> {
    let mut magic = [0; 2];
    let io = |e: std::io::Error| ReadError::io(&e);
    let is_gz = {
        let mut start = File::open(file).map_err(io)?;
        start.read_exact(&mut magic).is_ok() && magic == [0x1f, 0x8b]
    };
    let raw = Metered { inner: File::open(file).map_err(io)?, seen: 0, tell: progress };
    let raw = BufReader::with_capacity(1 << 16, raw);
    Ok(if is_gz {
        let inner = flate2::bufread::MultiGzDecoder::new(raw);
        Box::new(Limited { inner, left: limits::UNPACKED_BYTES_MAX })
    } else {
        Box::new(raw)
    })
}

fn whole(file: &Path, progress: &dyn Fn(u64)) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    open(file, progress)?
        .take(limits::DOCUMENT_BYTES_MAX + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| ReadError::io(&e))?;
    if bytes.len() as u64 > limits::DOCUMENT_BYTES_MAX {
        return Err(too_large(limits::DOCUMENT_BYTES_MAX));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests;

//! A kind's table as Apache Parquet, written column by column in groups of rows, so that memory does not grow with the
//! register. Written without Arrow: the columns are flat, and each is one of four physical types.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate};
use parquet::basic::{
    Compression, ConvertedType, LogicalType, Repetition, TimeUnit, Type as Physical, ZstdLevel,
};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;
use register::Kind;
use serde_json::{Value, json};

use super::columns::{Column, Holds};
use super::packed::Packed;
use super::{Made, Packing};
use crate::published;
use crate::store::{At, Result, StoreError};

/// Rows of a group: what is in memory at a time.
const GROUP_ROWS: usize = 8_192;
/// A group ends as well when its texts have so many bytes.
const GROUP_BYTES: usize = 16 * 1024 * 1024;
/// Level of zstd inside the file.
const LEVEL: i32 = 9;

/// The cells of a column in the group being gathered; only those that are there.
#[derive(Debug)]
enum Cells {
    Text(Vec<ByteArray>),
    Int(Vec<i64>),
    /// Days since 1970-01-01.
    Day(Vec<i32>),
    /// Milliseconds since its beginning.
    Moment(Vec<i64>),
    Bool(Vec<bool>),
}

/// A table being written.
pub struct Table {
    writer: SerializedFileWriter<Packed>,
    cells: Vec<Cells>,
    /// For each column and row: 1 where there is a value, 0 where there is none.
    present: Vec<Vec<i16>>,
    rows: usize,
    bytes: usize,
    all: u64,
}

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table").field("rows", &self.all).finish_non_exhaustive()
    }
}

fn failed(error: ParquetError) -> StoreError {
    StoreError::Caller(format!("a Parquet file could not be written: {error}"))
}

fn column(column: &Column) -> std::result::Result<Type, ParquetError> {
    let (physical, logical, converted) = match column.holds {
        Holds::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String), ConvertedType::UTF8),
        Holds::Day => (Physical::INT32, Some(LogicalType::Date), ConvertedType::DATE),
        Holds::Moment => {
            let universal = LogicalType::timestamp(true, TimeUnit::MILLIS);
            (Physical::INT64, Some(universal), ConvertedType::TIMESTAMP_MILLIS)
        }
        Holds::Json => (Physical::BYTE_ARRAY, Some(LogicalType::Json), ConvertedType::JSON),
        Holds::Int => (Physical::INT64, None, ConvertedType::NONE),
        Holds::Bool => (Physical::BOOLEAN, None, ConvertedType::NONE),
    };
    Type::primitive_type_builder(&column.name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical)
        .with_converted_type(converted)
        .build()
}

/// A cell that is no day, or no moment: nothing is left out of a file unseen.
fn strange(value: &Value, expected: &str) -> StoreError {
    failed(ParquetError::General(format!("{value} stands where {expected} is expected")))
}

/// Days since 1970-01-01.
fn day(value: &Value) -> Result<i32> {
    let day = value.as_str().and_then(|text| text.parse::<NaiveDate>().ok());
    let days = day.map(|day| day.signed_duration_since(NaiveDate::default()).num_days());
    days.and_then(|days| i32::try_from(days).ok()).ok_or_else(|| strange(value, "a day"))
}

/// Milliseconds since 1970-01-01T00:00:00Z.
fn moment(value: &Value) -> Result<i64> {
    let moment = value.as_str().and_then(|text| DateTime::parse_from_rfc3339(text).ok());
    moment.map(|moment| moment.timestamp_millis()).ok_or_else(|| strange(value, "a moment"))
}

impl Table {
    /// Begins the table of a kind in a folder. What its columns are stands in the file: their titles in three
    /// languages, under the key `liangbiao.columns`.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn create(folder: &Path, kind: Kind, columns: &[Column], at: At) -> Result<Table> {
        let fields = columns
            .iter()
            .map(|of| column(of).map(Arc::new))
            .collect::<std::result::Result<_, _>>()
            .map_err(failed)?;
        let schema =
            Type::group_type_builder(kind.name()).with_fields(fields).build().map_err(failed)?;
        let titles: Value = published::columns(kind)
            .map(|field| (field.name.to_owned(), json!(field.label)))
            .collect::<serde_json::Map<_, _>>()
            .into();
        let say = |key: &str, value: String| KeyValue::new(format!("liangbiao.{key}"), value);
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(LEVEL).map_err(failed)?))
            .set_created_by(concat!("liangbiao ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_key_value_metadata(Some(vec![
                say("kind", kind.name().to_owned()),
                say("as_of", at.as_of.to_string()),
                say("log_size", at.known.to_string()),
                say("columns", titles.to_string()),
            ]))
            .build();
        let file = Packed::create(folder, kind.name(), "parquet", at, &[Packing::None])?;
        let writer = SerializedFileWriter::new(file, Arc::new(schema), Arc::new(properties))
            .map_err(failed)?;
        let cells = columns
            .iter()
            .map(|column| match column.holds {
                Holds::Text | Holds::Json => Cells::Text(Vec::new()),
                Holds::Day => Cells::Day(Vec::new()),
                Holds::Moment => Cells::Moment(Vec::new()),
                Holds::Int => Cells::Int(Vec::new()),
                Holds::Bool => Cells::Bool(Vec::new()),
            })
            .collect();
        let present = vec![Vec::new(); columns.len()];
        Ok(Table { writer, cells, present, rows: 0, bytes: 0, all: 0 })
    }

    /// Adds a record's cells, in the order of the columns.
    ///
    /// # Errors
    /// A group cannot be written.
    pub fn row<'v>(&mut self, cells: impl Iterator<Item = Option<&'v Value>>) -> Result<()> {
        for ((value, column), present) in cells.zip(&mut self.cells).zip(&mut self.present) {
            let value = value.filter(|value| !value.is_null());
            let there = match (column, value) {
                (_, None) => false,
                (Cells::Int(all), Some(value)) => {
                    all.extend(value.as_i64());
                    value.as_i64().is_some()
                }
                (Cells::Day(all), Some(value)) => {
                    all.push(day(value)?);
                    true
                }
                (Cells::Moment(all), Some(value)) => {
                    all.push(moment(value)?);
                    true
                }
                (Cells::Bool(all), Some(value)) => {
                    all.extend(value.as_bool());
                    value.as_bool().is_some()
                }
                (Cells::Text(all), Some(value)) => {
                    let text = match value {
                        Value::String(text) => text.clone(),
                        other => other.to_string(),
                    };
                    self.bytes += text.len();
                    all.push(ByteArray::from(text.into_bytes()));
                    true
                }
            };
            present.push(i16::from(there));
        }
        self.rows += 1;
        self.all += 1;
        if self.rows >= GROUP_ROWS || self.bytes >= GROUP_BYTES { self.group() } else { Ok(()) }
    }

    /// Writes what was gathered as a group of rows.
    fn group(&mut self) -> Result<()> {
        let mut group = self.writer.next_row_group().map_err(failed)?;
        let mut columns = self.cells.iter_mut().zip(&mut self.present);
        while let Some(mut writer) = group.next_column().map_err(failed)? {
            // As many as the schema has.
            let Some((cells, present)) = columns.next() else { break };
            let levels = Some(present.as_slice());
            match (writer.untyped(), cells) {
                (ColumnWriter::ByteArrayColumnWriter(out), Cells::Text(all)) => {
                    out.write_batch(all, levels, None).map_err(failed)?;
                    all.clear();
                }
                (ColumnWriter::Int32ColumnWriter(out), Cells::Day(all)) => {
                    out.write_batch(all, levels, None).map_err(failed)?;
                    all.clear();
                }
                (ColumnWriter::Int64ColumnWriter(out), Cells::Int(all) | Cells::Moment(all)) => {
                    out.write_batch(all, levels, None).map_err(failed)?;
                    all.clear();
                }
                (ColumnWriter::BoolColumnWriter(out), Cells::Bool(all)) => {
                    out.write_batch(all, levels, None).map_err(failed)?;
                    all.clear();
                }
                _ => {
                    let text = "a column is of another type than its schema".to_owned();
                    return Err(failed(ParquetError::General(text)));
                }
            }
            present.clear();
            writer.close().map_err(failed)?;
        }
        group.close().map_err(failed)?;
        (self.rows, self.bytes) = (0, 0);
        Ok(())
    }

    /// Ends the table and gives its file its name.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn finish(mut self) -> Result<Vec<Made>> {
        if self.rows > 0 {
            self.group()?;
        }
        let mut file = self.writer.into_inner().map_err(failed)?;
        file.rows = self.all;
        Ok(file.finish()?)
    }
}

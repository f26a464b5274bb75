//! JSON documents and JSON lines.

use std::io::BufRead;

use serde_json::Value;

use super::{Data, Each, FileFacts, ReadError, Row};
use crate::import::limits;

/// Reads the array, or the members of the object, at a JSON pointer (RFC 6901).
pub fn document(bytes: &[u8], pointer: &str, each: Each<'_>) -> Result<FileFacts, ReadError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Err(error) = std::str::from_utf8(bytes) {
        return Err(not_utf8(error.valid_up_to() as u64 + 1));
    }
    let mut document: Value = serde_json::from_slice(bytes).map_err(|e| {
        ReadError::new(format!("不是有效的JSON：{e}"), format!("This is not valid JSON: {e}"))
    })?;
    let rows = document.pointer_mut(pointer).map(Value::take);
    let mut facts = Facts::default();
    match rows {
        Some(Value::Array(rows)) => {
            for (row, i) in rows.into_iter().zip(1..) {
                facts.give(i, None, row, each)?;
            }
        }
        Some(Value::Object(rows)) => {
            for ((key, row), i) in rows.into_iter().zip(1..) {
                facts.give(i, Some(key), row, each)?;
            }
        }
        _ => {
            return Err(ReadError::new(
                format!("文件中“{pointer}”处没有数组或对象"),
                format!("There is no array or object at {pointer:?} in the file."),
            ));
        }
    }
    Ok(facts.0)
}

/// Reads one JSON value a line, in constant memory.
pub fn lines(mut text: impl BufRead, each: Each<'_>) -> Result<FileFacts, ReadError> {
    let mut facts = Facts::default();
    let mut line = Vec::new();
    let mut position = 0_u64;
    for number in 1.. {
        line.clear();
        let limit = limits::ROW_BYTES_MAX as u64 + 1;
        let n = std::io::Read::take(&mut text, limit)
            .read_until(b'\n', &mut line)
            .map_err(|e| ReadError::io(&e))?;
        if n == 0 {
            break;
        }
        if n as u64 == limit {
            let max = limits::ROW_BYTES_MAX >> 20;
            return Err(ReadError::new(
                format!("第{number}行超过上限{max} MiB"),
                format!("Line {number} is longer than {max} MiB."),
            ));
        }
        let bytes = match number {
            1 => line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line),
            _ => &line,
        };
        if let Err(error) = std::str::from_utf8(bytes) {
            return Err(not_utf8(position + error.valid_up_to() as u64 + 1));
        }
        position += n as u64;
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        let row: Value = serde_json::from_slice(bytes).map_err(|e| {
            ReadError::new(
                format!("第{number}行不是有效的JSON：{e}"),
                format!("Line {number} is not valid JSON: {e}"),
            )
        })?;
        facts.give(number, None, row, each)?;
    }
    Ok(facts.0)
}

#[derive(Default)]
struct Facts(FileFacts);

impl Facts {
    fn give(
        &mut self,
        number: u64,
        key: Option<String>,
        row: Value,
        each: Each<'_>,
    ) -> Result<(), ReadError> {
        let columns = &mut self.0.columns;
        if let Value::Object(members) = &row {
            for name in members.keys() {
                if columns.len() < limits::COLUMNS_MAX && !columns.contains(name) {
                    columns.push(name.clone());
                }
            }
        }
        self.0.rows += 1;
        if self.0.rows > limits::ROWS_MAX {
            let max = limits::ROWS_MAX;
            return Err(ReadError::new(
                format!("行数超过上限{max}"),
                format!("The file has more than {max} rows."),
            ));
        }
        each(Row { number, data: Data::Tree(key, row) })
    }
}

fn not_utf8(position: u64) -> ReadError {
    ReadError {
        code: Some("E22"),
        zh: format!("JSON文件的编码应为UTF-8：第{position}字节无法识别"),
        en: format!("A JSON file must be UTF-8: byte {position} cannot be understood."),
    }
}

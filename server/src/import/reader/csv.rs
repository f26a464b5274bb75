//! Tables as text, RFC 4180 as lists really come: quoted line breaks, blank lines, any line ending.
//!
//! Written here and not taken from a crate because the row number must be the one an office
//! program shows: a quoted line break does not start a row, a blank line is one.

use std::io::{BufReader, Read};
use std::sync::Arc;

use super::{Data, Each, FileFacts, Header, HeaderAt, Options, ReadError, Row, header_key};
use crate::import::limits;

/// Reads a table from UTF-8 text.
pub fn read(
    text: Box<dyn Read + '_>,
    options: &Options,
    each: Each<'_>,
) -> Result<FileFacts, ReadError> {
    let mut records = Records::new(text, options.delimiter);
    let mut table = Table::new(options);
    let mut cells = Vec::new();
    while let Some(number) = records.next(&mut cells)? {
        table.row(number, std::mem::take(&mut cells), each)?;
    }
    table.finish(each)
}

/// Finds the header among the rows of any table and gives the rest.
pub struct Table<'a> {
    options: &'a Options,
    header: Option<Arc<Header>>,
    /// Rows kept back while the header is looked for.
    waiting: Vec<(u64, Vec<String>)>,
    facts: FileFacts,
}

impl<'a> Table<'a> {
    pub fn new(options: &'a Options) -> Table<'a> {
        Table { options, header: None, waiting: Vec::new(), facts: FileFacts::default() }
    }

    pub fn row(
        &mut self,
        number: u64,
        cells: Vec<String>,
        each: Each<'_>,
    ) -> Result<(), ReadError> {
        if self.header.is_some() {
            return self.give(number, cells, each);
        }
        match &self.options.header {
            HeaderAt::Row(row) if number >= *row => self.set_header(cells),
            HeaderAt::Row(_) => Ok(()),
            HeaderAt::None => {
                self.header = Some(Arc::new(Header::default()));
                self.give(number, cells, each)
            }
            HeaderAt::Known(known) => {
                let hits = cells.iter().filter(|c| known.contains(&header_key(c))).count();
                if hits >= 2 {
                    self.waiting.clear();
                    return self.set_header(cells);
                }
                if !is_blank(&cells) {
                    self.waiting.push((number, cells));
                }
                if self.waiting.len() >= limits::HEADER_SEARCH_ROWS {
                    return self.settle(each);
                }
                Ok(())
            }
        }
    }

    /// No known header was found: the first row is it, and the report will name what is missing.
    fn settle(&mut self, each: Each<'_>) -> Result<(), ReadError> {
        let mut waiting = std::mem::take(&mut self.waiting).into_iter();
        if let Some((_, cells)) = waiting.next() {
            self.set_header(cells)?;
        }
        waiting.try_for_each(|(number, cells)| self.give(number, cells, each))
    }

    fn set_header(&mut self, cells: Vec<String>) -> Result<(), ReadError> {
        let mut names: Vec<String> = cells.iter().map(|c| c.trim().to_owned()).collect();
        while names.last().is_some_and(String::is_empty) {
            names.pop();
        }
        if names.len() > limits::COLUMNS_MAX {
            let max = limits::COLUMNS_MAX;
            return Err(ReadError::new(
                format!("列数超过上限{max}"),
                format!("The table has more than {max} columns."),
            ));
        }
        self.facts.columns = names.clone();
        self.header = Some(Arc::new(Header::new(names)));
        Ok(())
    }

    fn give(
        &mut self,
        number: u64,
        mut cells: Vec<String>,
        each: Each<'_>,
    ) -> Result<(), ReadError> {
        let Some(header) = &self.header else { return Ok(()) };
        if is_blank(&cells) {
            return Ok(());
        }
        // Cells without a header stay, so that a row that has slipped by a column is refused.
        while cells.len() > header.names.len() && cells.last().is_some_and(|c| c.trim().is_empty())
        {
            cells.pop();
        }
        self.facts.rows += 1;
        if self.facts.rows > limits::ROWS_MAX {
            let max = limits::ROWS_MAX;
            return Err(ReadError::new(
                format!("行数超过上限{max}"),
                format!("The file has more than {max} rows."),
            ));
        }
        each(Row { number, data: Data::Cells(header.clone(), cells) })
    }

    pub fn finish(mut self, each: Each<'_>) -> Result<FileFacts, ReadError> {
        if self.header.is_none() {
            self.settle(each)?;
        }
        if self.header.is_none() && !matches!(self.options.header, HeaderAt::None) {
            return Err(ReadError::new("文件中没有表头", "The file has no header row."));
        }
        Ok(self.facts)
    }
}

fn is_blank(cells: &[String]) -> bool {
    cells.iter().all(|c| c.trim().is_empty())
}

/// Splits text into records.
struct Records<'a> {
    text: std::io::Bytes<BufReader<Box<dyn Read + 'a>>>,
    peeked: Option<u8>,
    delimiter: Option<u8>,
    row: u64,
}

impl<'a> Records<'a> {
    fn new(text: Box<dyn Read + 'a>, delimiter: Option<u8>) -> Records<'a> {
        let text = BufReader::with_capacity(1 << 16, text).bytes();
        Records { text, peeked: None, delimiter, row: 0 }
    }

    fn byte(&mut self) -> Result<Option<u8>, ReadError> {
        if let Some(byte) = self.peeked.take() {
            return Ok(Some(byte));
        }
        self.text.next().transpose().map_err(|e| ReadError::io(&e))
    }

    /// The next record's cells and row number; `None` at the end.
    fn next(&mut self, cells: &mut Vec<String>) -> Result<Option<u64>, ReadError> {
        let Some(first) = self.byte()? else { return Ok(None) };
        self.peeked = Some(first);
        self.row += 1;
        if self.delimiter.is_none() {
            // The header is split by whichever separator it holds most of, outside quotes.
            let mut line = Vec::new();
            self.raw_line(&mut line)?;
            self.delimiter = Some(likeliest(&line));
            let rest: Box<dyn Read> = Box::new(std::io::Cursor::new(line));
            let mut one = Records::new(rest, self.delimiter);
            one.next(cells)?;
            return Ok(Some(self.row));
        }
        let delimiter = self.delimiter.unwrap_or(b',');
        let mut cell: Vec<u8> = Vec::new();
        let mut size = 0;
        let mut quoted = false;
        let mut at_start = true;
        loop {
            let byte = self.byte()?;
            size += 1;
            if size > limits::ROW_BYTES_MAX {
                return Err(self.row_too_long());
            }
            match byte {
                None if quoted => {
                    let row = self.row;
                    return Err(ReadError::new(
                        format!("第{row}行的引号没有结束"),
                        format!("A quotation mark opened in row {row} is never closed."),
                    ));
                }
                None => break,
                Some(b'"') if quoted => match self.byte()? {
                    Some(b'"') => cell.push(b'"'),
                    other => {
                        quoted = false;
                        self.peeked = other;
                    }
                },
                Some(byte) if quoted => cell.push(byte),
                Some(b'"') if at_start => {
                    quoted = true;
                    at_start = false;
                }
                Some(byte) if byte == delimiter => {
                    cells.push(text_of(&mut cell));
                    at_start = true;
                }
                Some(b'\n') => break,
                Some(b'\r') => {
                    match self.byte()? {
                        Some(b'\n') | None => {}
                        other => self.peeked = other,
                    }
                    break;
                }
                Some(byte) => {
                    cell.push(byte);
                    at_start = false;
                }
            }
        }
        cells.push(text_of(&mut cell));
        Ok(Some(self.row))
    }

    fn raw_line(&mut self, line: &mut Vec<u8>) -> Result<(), ReadError> {
        let mut quoted = false;
        while let Some(byte) = self.byte()? {
            line.push(byte);
            if line.len() > limits::ROW_BYTES_MAX {
                return Err(self.row_too_long());
            }
            match byte {
                b'"' => quoted = !quoted,
                b'\n' if !quoted => return Ok(()),
                b'\r' if !quoted => {
                    match self.byte()? {
                        Some(b'\n') | None => {}
                        other => self.peeked = other,
                    }
                    return Ok(());
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn row_too_long(&self) -> ReadError {
        let (row, max) = (self.row, limits::ROW_BYTES_MAX >> 20);
        ReadError::new(
            format!("第{row}行超过上限{max} MiB，可能缺少结束的引号"),
            format!("Row {row} is longer than {max} MiB; a closing quotation mark may be missing."),
        )
    }
}

fn likeliest(line: &[u8]) -> u8 {
    let mut counts = [(b',', 0), (b'\t', 0), (b';', 0)];
    let mut quoted = false;
    for &byte in line {
        if byte == b'"' {
            quoted = !quoted;
        }
        if let Some(found) = counts.iter_mut().find(|c| !quoted && c.0 == byte) {
            found.1 += 1;
        }
    }
    counts.into_iter().rev().max_by_key(|c| c.1).map_or(b',', |c| c.0)
}

fn text_of(cell: &mut Vec<u8>) -> String {
    String::from_utf8_lossy(&std::mem::take(cell)).into_owned()
}

//! What a workbook claims of its size, looked at before it is opened: the reader holds a sheet as one block from its
//! first cell to its last, so that two cells at opposite corners would ask for more memory than there is, and it
//! reckons a column's letters without a bound.

use std::io::{BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::super::ReadError;
use crate::import::limits;

/// Rows and columns of a sheet (ECMA-376 part 1, 18.3.1.73 and what every office program keeps to).
const ROWS: u64 = 1_048_576;
const COLUMNS: u64 = 16_384;

/// Looks through the sheets of an XLSX file; other files are left to their reader.
///
/// # Errors
/// A cell that no sheet has, a sheet too large to be held, a file that unpacks to more than may be.
pub fn check(bytes: &[u8]) -> Result<(), ReadError> {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return Ok(()) };
    let mut left = limits::DOCUMENT_BYTES_MAX;
    for i in 0..archive.len() {
        let Ok(part) = archive.by_index(i) else { continue };
        // Every part: which of them is a sheet is for the workbook to say, whatever its name.
        let name = part.name().map_or_else(|_| format!("part {i}"), |name| name.into_owned());
        let mut part = part.take(left + 1);
        let area = area(&name, BufReader::new(&mut part))?;
        left = part.limit().checked_sub(1).ok_or_else(too_large)?;
        if area > limits::WORKBOOK_CELLS_MAX {
            let most = limits::WORKBOOK_CELLS_MAX;
            return Err(ReadError::new(
                format!(
                    "工作簿的 {name} 从第一格到最后一格有 {area} 格，最多 {most} 格；请删去表格以外的内容，或存成 CSV"
                ),
                format!(
                    "{name} of the workbook has {area} cells from its first to its last, at most {most} are read; \
                     delete what lies outside of the table, or save it as CSV"
                ),
            ));
        }
    }
    Ok(())
}

fn too_large() -> ReadError {
    let most = limits::DOCUMENT_BYTES_MAX >> 20;
    ReadError::new(
        format!("工作簿解压后超过 {most} MB；请存成 CSV"),
        format!("The workbook is more than {most} MB when it is unpacked; save it as CSV"),
    )
}

/// Cells from the first to the last of a sheet. What is no XML is left to the reader, which says so.
fn area(name: &str, part: impl std::io::BufRead) -> Result<u64, ReadError> {
    let mut reader = Reader::from_reader(part);
    // As the reader of workbooks is set, so that this one does not stop before it.
    let config = reader.config_mut();
    config.check_end_names = false;
    config.check_comments = false;
    config.allow_unmatched_ends = true;
    let mut buffer = Vec::new();
    let mut corners: Option<[u64; 4]> = None;
    loop {
        let event = match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(start) | Event::Empty(start)) => start,
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {
                buffer.clear();
                continue;
            }
        };
        let attribute = match event.local_name().as_ref() {
            "c" | "row" => "r",
            "dimension" => "ref",
            _ => "",
        };
        for reference in references(&event, attribute).iter().flat_map(|text| text.split(':')) {
            let (column, row) = parse(reference).ok_or_else(|| {
                ReadError::new(
                    format!("工作簿的 {name} 里有不存在的单元格“{reference}”，应在 A1 到 XFD1048576 之间"),
                    format!(
                        "{name} of the workbook names a cell that no sheet has, “{reference}”; they are A1 to XFD1048576"
                    ),
                )
            })?;
            // A row without a column says nothing of the width, the stated dimension nothing of what is there.
            if attribute == "r"
                && let Some(column) = column
            {
                let [left, top, right, bottom] = corners.unwrap_or([column, row, column, row]);
                corners =
                    Some([left.min(column), top.min(row), right.max(column), bottom.max(row)]);
            }
        }
        buffer.clear();
    }
    Ok(corners.map_or(0, |[left, top, right, bottom]| (right - left + 1) * (bottom - top + 1)))
}

/// Every value an attribute has: the reader of workbooks takes the last where one stands there twice.
fn references(event: &BytesStart<'_>, name: &str) -> Vec<String> {
    let mut all = event.attributes();
    let all = all.with_checks(false).flatten();
    all.filter(|one| one.key.as_ref() == name).map(|one| one.value.into_owned()).collect()
}

/// Column, where one is named, and row of a cell, from 1.
fn parse(reference: &str) -> Option<(Option<u64>, u64)> {
    let digits = reference.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = reference.split_at(digits);
    let column = letters.bytes().try_fold(0_u64, |column, letter| {
        let letter = letter.to_ascii_uppercase();
        let value = letter.is_ascii_uppercase().then(|| u64::from(letter - b'A') + 1)?;
        Some(column * 26 + value).filter(|column| *column <= COLUMNS)
    })?;
    let row = row.parse().ok().filter(|row| (1..=ROWS).contains(row))?;
    Some(((column > 0).then_some(column), row))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(cells: &str) -> Result<u64, ReadError> {
        area("xl/worksheets/sheet1.xml", cells.as_bytes())
    }

    #[test]
    fn a_sheet_is_as_large_as_its_corners_say() {
        let sheet = "<worksheet><dimension ref=\"A1:XFD1048576\"/><row r=\"2\"><c r=\"B2\"/><c r=\"D2\"/></row>\
                     <row r=\"9\"><c r=\"C9\"/></row></worksheet>";
        assert_eq!(of(sheet).expect("a sheet"), 3 * 8);
        assert_eq!(of("<worksheet/>").expect("a sheet"), 0);
        let corners = "<c r=\"A1\"/><c r=\"XFD1048576\"/>";
        assert!(of(corners).expect("a sheet") > limits::WORKBOOK_CELLS_MAX);
    }

    #[test]
    fn a_cell_that_no_sheet_has_is_named() {
        for wrong in ["XFE1", "A1048577", "A0", "heetData1", "A", "", "A-1", "A1B"] {
            let error = of(&format!("<row><c r=\"{wrong}\"/></row>")).expect_err(wrong);
            assert!(error.en.contains(wrong) && error.zh.contains("XFD1048576"), "{error:?}");
        }
        assert!(of("<dimension ref=\"A1:ZZZZZZZZ9\"/>").is_err());
        assert!(of("<c r=\"B1\" r=\"inlineStr\"/>").is_err(), "twice");
    }
}

//! What a workbook claims of its size, looked at before it is opened: the reader holds a sheet as one block from its
//! first cell to its last, so that two cells at opposite corners, or one that says it is repeated a million times, would ask
//! for more memory than there is, and it reckons a column's letters without a bound.

use std::io::{BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::super::ReadError;
use crate::import::limits;

/// Rows and columns of a sheet (ECMA-376 part 1, 18.3.1.73 and what every office program keeps to).
const ROWS: u64 = 1_048_576;
const COLUMNS: u64 = 16_384;

/// Looks through the sheets of an XLSX or ODS file, and whether an ODS file is whole, since its reader would wait for the end
/// of a table for ever. An XLS file has 256 columns of 65,536 rows at most.
///
/// # Errors
/// A cell that no sheet has, a sheet too large to be held, a file that unpacks to more than may be, one that was cut off,
/// a binary workbook, whose sheets cannot be looked through.
pub fn check(bytes: &[u8]) -> Result<(), ReadError> {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return Ok(()) };
    let mut left = limits::DOCUMENT_BYTES_MAX;
    // The reader asks for it before anything else of such a file.
    let is_ods = archive.by_name("mimetype").is_ok();
    for i in 0..archive.len() {
        let Ok(part) = archive.by_index(i) else { continue };
        // Every part: which of them is a sheet is for the workbook to say, whatever its name.
        let name = part.name().map_or_else(|_| format!("part {i}"), |name| name.into_owned());
        if name.ends_with("workbook.bin") {
            return Err(ReadError::new(
                "不读取 XLSB（二进制工作簿）；请另存为 XLSX".to_owned(),
                "XLSB, the binary workbook, is not read; save it as XLSX".to_owned(),
            ));
        }
        let mut part = part.take(left + 1);
        let area = area(&name, BufReader::new(&mut part))?;
        left = part.limit().checked_sub(1).ok_or_else(too_large)?;
        drop(part);
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
        if is_ods && name.ends_with(".xml") && !archive.by_index(i).is_ok_and(is_whole) {
            return Err(ReadError::new(
                format!("工作簿的 {name} 不完整或已损坏；请重新导出或上传"),
                format!(
                    "{name} of the workbook is damaged or was cut off; export or send it again"
                ),
            ));
        }
    }
    Ok(())
}

fn spaces_of(event: &BytesStart<'_>) -> u64 {
    if event.name().as_ref() != "text:s" {
        return 0;
    }
    times(event, "text:c")
}

/// How often an attribute says that something is there; once without it. What is no plain number may still be one to
/// the reader, as `&#57;` is, and counts as the greatest.
fn times(event: &BytesStart<'_>, name: &str) -> u64 {
    let said = references(event, name);
    said.iter().map(|text| text.parse().unwrap_or(u64::MAX)).max().unwrap_or(1)
}

/// Whether everything that is opened in a part of an ODS file is closed again, and no more spaces are asked for than a
/// document may have bytes (`text:s`, OpenDocument 1.3 part 3, 6.1.3).
fn is_whole(part: impl Read) -> bool {
    let mut reader = Reader::from_reader(BufReader::new(part.take(limits::DOCUMENT_BYTES_MAX)));
    let (mut buffer, mut open, mut spaces) = (Vec::new(), 0_u64, 0_u64);
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            // That names fit is the reader's own check.
            Ok(Event::Start(event)) => {
                open += 1;
                spaces = spaces.saturating_add(spaces_of(&event));
            }
            Ok(Event::Empty(event)) => spaces = spaces.saturating_add(spaces_of(&event)),
            Ok(Event::End(_)) => open = open.saturating_sub(1),
            Ok(Event::Eof) => return open == 0 && spaces <= limits::DOCUMENT_BYTES_MAX,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
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
    let mut repeated = Repeated::default();
    loop {
        let (event, is_empty) = match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(start)) => (start, false),
            Ok(Event::Empty(start)) => (start, true),
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {
                buffer.clear();
                continue;
            }
        };
        repeated.take(&event, is_empty);
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
    let named =
        corners.map_or(0, |[left, top, right, bottom]| (right - left + 1) * (bottom - top + 1));
    Ok(named.max(repeated.area()))
}

/// The cells of an ODS file, which have no names: each stands behind the one before, and it or its row may say how often
/// it is there (OpenDocument 1.3 part 3, 19.675 and 19.677). All sheets of a file are in one part.
#[derive(Default)]
struct Repeated {
    row: u64,
    rows: u64,
    column: u64,
    /// Of this sheet: rows to the last cell with content, and columns.
    last: [u64; 2],
    largest: u64,
}

impl Repeated {
    fn take(&mut self, event: &BytesStart<'_>, is_empty: bool) {
        match event.name().as_ref() {
            "table:table" => *self = Repeated { largest: self.area(), ..Repeated::default() },
            "table:table-row" => {
                self.row = self.row.saturating_add(self.rows).min(ROWS);
                self.rows = times(event, "table:number-rows-repeated").min(ROWS);
                self.column = 0;
            }
            "table:table-cell" | "table:covered-table-cell" => {
                let columns = times(event, "table:number-columns-repeated").min(COLUMNS);
                self.column = (self.column + columns).min(COLUMNS);
                let said = || {
                    event.attributes().flatten().any(|one| one.key.as_ref().starts_with("office:"))
                };
                if !is_empty || said() {
                    let row = (self.row + self.rows).min(ROWS);
                    self.last = [self.last[0].max(row), self.last[1].max(self.column)];
                }
            }
            _ => {}
        }
    }

    fn area(&self) -> u64 {
        (self.last[0] * self.last[1]).max(self.largest)
    }
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
    fn a_cell_that_is_repeated_is_as_large_as_it_says() {
        let sheet = |rows: &str| format!("<table:table table:name=\"a\">{rows}</table:table>");
        let full = "<table:table-cell office:value-type=\"string\"";
        // As office programs end a sheet: what is empty is said once for all, and costs nothing.
        let usual = format!(
            "<table:table-row>{full}><text:p>x</text:p></table:table-cell>{full}/><table:table-cell \
             table:number-columns-repeated=\"16382\"/></table:table-row><table:table-row \
             table:number-rows-repeated=\"1048575\"><table:table-cell table:number-columns-repeated=\"16384\"/>\
             </table:table-row>"
        );
        assert_eq!(of(&sheet(&usual)).expect("a sheet"), 2);
        let wide = format!(
            "<table:table-row>{full} table:number-columns-repeated=\"16384\"/></table:table-row>"
        );
        assert_eq!(of(&sheet(&wide)).expect("a sheet"), 16_384);
        assert_eq!(of(&sheet(&wide.repeat(3))).expect("a sheet"), 3 * 16_384);
        let tall = format!(
            "<table:table-row table:number-rows-repeated=\"99999999999999999999\">{full}/></table:table-row>\
             <table:table-row table:number-rows-repeated=\"900000\">{full} \
             table:number-columns-repeated=\"9000000\"/></table:table-row>"
        );
        assert!(of(&sheet(&tall)).expect("a sheet") > limits::WORKBOOK_CELLS_MAX);
        // The largest sheet counts, whichever it is.
        assert!(of(&(sheet(&tall) + &sheet(&usual))).expect("sheets") > limits::WORKBOOK_CELLS_MAX);
    }

    #[test]
    fn an_ods_part_is_whole_or_refused() {
        let table =
            "<table:table><table:table-row><table:table-cell/></table:table-row></table:table>";
        assert!(is_whole(table.as_bytes()) && is_whole(&b""[..]));
        for end in 1..table.len() {
            assert!(!is_whole(&table.as_bytes()[..end]), "{end}");
        }
        for wrong in ["<a><b></a></b>", "</a>", "<a></b>", "<a"] {
            assert!(!is_whole(wrong.as_bytes()), "{wrong}");
        }
        assert!(is_whole("<p><text:s text:c=\"7\"/></p>".as_bytes()));
        assert!(!is_whole("<p><text:s text:c=\"99999999999\"/></p>".as_bytes()));
        assert!(!is_whole("<p><text:s text:c=\"99999999999\"></text:s></p>".as_bytes()));
        assert!(!is_whole("<p><text:s text:c=\"&#57;9999999999\"/></p>".as_bytes()));
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

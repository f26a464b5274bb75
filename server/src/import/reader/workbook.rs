//! Workbooks. Typed cells become text as a person would type them: dates `2023-10-12`, whole numbers
//! without a decimal point.

mod bounds;

use std::io::Cursor;

use calamine::{Data as Cell, Reader};

use super::csv::Table;
use super::{Each, FileFacts, Options, ReadError, Sheet};

/// Reads one sheet.
pub fn read(bytes: Vec<u8>, options: &Options, each: Each<'_>) -> Result<FileFacts, ReadError> {
    let broken = |e: &dyn std::fmt::Display| {
        ReadError::new(
            format!("无法打开工作簿：{e}"),
            format!("The workbook cannot be opened: {e}"),
        )
    };
    bounds::check(&bytes)?;
    let mut book =
        calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|e| broken(&e))?;
    let names = book.sheet_names();
    let name = match &options.sheet {
        Some(Sheet::Name(name)) => names.iter().find(|n| n.trim() == name.trim()).cloned(),
        Some(Sheet::Number(n)) => n.checked_sub(1).and_then(|n| names.get(n)).cloned(),
        None => {
            let with_content =
                names.iter().find(|n| book.worksheet_range(n).is_ok_and(|range| !range.is_empty()));
            with_content.or(names.first()).cloned()
        }
    };
    let Some(name) = name else {
        let list = names.join("、");
        return Err(ReadError::new(
            format!("工作簿中没有指定的工作表，现有：{list}"),
            format!("The workbook has no such sheet; it has: {}", names.join(", ")),
        ));
    };
    let range = book.worksheet_range(&name).map_err(|e| broken(&e))?;
    let (top, left) = range.start().unwrap_or((0, 0));
    let mut table = Table::new(options);
    for (i, row) in range.rows().enumerate() {
        let mut cells = vec![String::new(); left as usize];
        cells.extend(row.iter().map(text_of));
        table.row(u64::from(top) + i as u64 + 1, cells, each)?;
    }
    let mut facts = table.finish(each)?;
    facts.sheet = Some(name);
    Ok(facts)
}

fn text_of(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::String(text) => text.clone(),
        Cell::Int(n) => n.to_string(),
        Cell::Float(n) if n.fract() == 0.0 && n.abs() < 1e15 => format!("{n:.0}"),
        Cell::Float(n) => n.to_string(),
        Cell::Bool(b) => b.to_string(),
        Cell::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            let date = format!("{year:04}-{month:02}-{day:02}");
            if (hour, minute, second) == (0, 0, 0) {
                date
            } else {
                format!("{date}T{hour:02}:{minute:02}:{second:02}")
            }
        }
        Cell::DateTime(span) => span.as_f64().to_string(),
        Cell::DateTimeIso(text) => text.strip_suffix("T00:00:00").unwrap_or(text).to_owned(),
        Cell::DurationIso(text) => text.clone(),
        other => other.to_string(),
    }
}

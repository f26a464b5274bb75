//! A print run as CSV: what goes to the printer, and the only place where unit codes stand in plain.

use std::io::{Read, Write};

use register::code::CreditCode;

use super::artwork::Origin;

/// The columns.
pub const COLUMNS: [&str; 3] = ["code", "grouped", "url"];

/// Writes a run: UTF-8, one header row, one row to a code.
///
/// # Errors
/// The writer's.
pub fn write<'c>(
    out: impl Write,
    codes: impl IntoIterator<Item = &'c CreditCode>,
    origin: &Origin,
) -> std::io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(COLUMNS).map_err(of_disk)?;
    for code in codes {
        let row = [code.as_str(), &code.grouped(), &origin.code_url(code.as_str())];
        csv.write_record(row).map_err(of_disk)?;
    }
    csv.flush()
}

/// The system's own error: wrapped, as the conversion leaves it, it no longer says that a disk is full.
fn of_disk(error: csv::Error) -> std::io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => std::io::Error::other(format!("{other:?}")),
    }
}

/// Reads the codes of a run back, in its order. Further columns are passed over.
///
/// # Errors
/// Which row is wrong and why; a file that ends within a row is wrong too.
pub fn read(from: impl Read) -> Result<Vec<CreditCode>, String> {
    let mut csv = csv::Reader::from_reader(from);
    let header = csv.headers().map_err(|error| error.to_string())?;
    let Some(column) = header.iter().position(|name| name.trim_start_matches('\u{feff}') == "code")
    else {
        return Err("there is no column \"code\"".to_owned());
    };
    let mut codes = Vec::new();
    for (index, row) in csv.records().enumerate() {
        let row = row.map_err(|error| error.to_string())?;
        let code = CreditCode::parse(row.get(column).unwrap_or_default());
        codes.push(code.map_err(|error| format!("row {}: {error}", index + 2))?);
    }
    Ok(codes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_reads_back_and_one_cut_short_is_refused() {
        let origin = Origin::parse("https://quality.example").unwrap();
        let codes: Vec<CreditCode> = (1..50).map(|n| CreditCode::mint_unit([n; 16])).collect();
        let mut bytes = Vec::new();
        write(&mut bytes, &codes, &origin).unwrap();
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(text.starts_with("code,grouped,url\n"), "{text}");
        let first = &codes[0];
        let line = format!("{first},{},https://quality.example/q/{first}", first.grouped());
        assert_eq!(text.lines().nth(1), Some(&line[..]));
        assert_eq!(read(&bytes[..]), Ok(codes.clone()));
        // A spreadsheet puts a byte order mark before the first column's name.
        assert_eq!(read(format!("\u{feff}{text}").as_bytes()), Ok(codes));
        assert!(read(&bytes[..bytes.len() - 70]).is_err(), "cut within a row");
        assert!(read(&b"grouped,url\n"[..]).is_err());
        assert!(read(&b"code\n44M3QMX9D2R5\n"[..]).unwrap_err().starts_with("row 2: "));
    }
}

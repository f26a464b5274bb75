//! Cells of tables for office programs.
//!
//! CSV is UTF-8 with a byte order mark, RFC 4180, CRLF. A cell that begins with `=`, `+`, `-`, `@`, a
//! tab or a carriage return gets a leading apostrophe, so that an office program shows it as text
//! instead of running it.

use serde_json::Value;

/// What a CSV begins with, so that office programs read it as UTF-8.
pub const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// A writer of rows in the form every download here has.
pub fn writer<W: std::io::Write>(out: W) -> csv::Writer<W> {
    csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out)
}

/// A value as one cell: nothing for null, lists with semicolons, objects as JSON.
#[must_use]
pub fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(cell).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}

/// A cell no office program will run as a formula. Numbers keep their sign.
#[must_use]
pub fn harmless(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula && cell.parse::<f64>().is_err() { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_becomes_a_formula() {
        for (cell, shown) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
            ("-2+3", "'-2+3"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("-12.5", "-12.5"),
            ("示例", "示例"),
            ("", ""),
        ] {
            assert_eq!(harmless(cell), shown);
        }
    }
}

//! Refused rows as a CSV file: the list's own columns and why, to be put right and imported again
//! with the same mapping.

use std::io::{BufWriter, Write};
use std::path::Path;

use register::lang::Lang;
use serde_json::Value;

use super::columns::REASON_COLUMN;
use super::map::plain;
use super::report::Report;

/// Writes the refused rows of one file; returns how many there were. Nothing is written for none.
///
/// # Errors
/// The disk's.
pub fn write(report: &Report, file: usize, path: &Path, lang: Lang) -> std::io::Result<usize> {
    let kept: Vec<_> = report.kept.iter().filter(|k| k.file == file).collect();
    if kept.is_empty() {
        return Ok(0);
    }
    let mut reasons: std::collections::HashMap<u64, Vec<String>> = Default::default();
    for finding in report.rejections.iter().filter(|f| f.file == file) {
        let m = &finding.message;
        let at = if m.column.is_empty() { String::new() } else { format!("[{}] ", m.column) };
        let text = format!("{} {at}{}", m.code, m.text(lang));
        reasons.entry(finding.row).or_default().push(text);
    }
    let mut columns = report.files[file].columns.clone();
    columns.retain(|c| c != REASON_COLUMN);
    let is_tree = !kept.iter().any(|k| k.cells.is_array());
    if is_tree && kept.iter().any(|k| k.cells.get("$key").is_some()) {
        columns.insert(0, "$key".to_owned());
    }
    let width = kept.iter().filter_map(|k| k.cells.as_array().map(Vec::len)).max().unwrap_or(0);
    let mut out = BufWriter::new(std::fs::File::create(path)?);
    // Office programs take a CSV for UTF-8 only with the mark in front.
    out.write_all("\u{feff}".as_bytes())?;
    let mut head: Vec<String> = report.files[file].columns.clone();
    if is_tree {
        head = columns.clone();
    } else {
        head.resize(head.len().max(width), String::new());
    }
    let reason_at = head.iter().position(|c| c == REASON_COLUMN).unwrap_or(head.len());
    if reason_at == head.len() {
        head.push(REASON_COLUMN.to_owned());
    }
    line(&mut out, &head)?;
    for row in &kept {
        let mut cells: Vec<String> = match &row.cells {
            Value::Array(cells) => cells.iter().map(plain).collect(),
            tree => columns.iter().map(|name| member(tree, name)).collect(),
        };
        cells.resize(head.len(), String::new());
        cells[reason_at] = reasons.get(&row.row).map(|r| r.join("；")).unwrap_or_default();
        line(&mut out, &cells)?;
    }
    out.flush()?;
    Ok(kept.len())
}

fn member(tree: &Value, name: &str) -> String {
    if name == "$key" {
        return tree.get("$key").map(plain).unwrap_or_default();
    }
    let inner = match tree.get("$key") {
        Some(_) => tree.get("$value").unwrap_or(tree),
        None => tree,
    };
    inner.get(name).map(plain).unwrap_or_default()
}

fn line(out: &mut impl Write, cells: &[String]) -> std::io::Result<()> {
    let cells: Vec<String> = cells.iter().map(|c| quoted(c)).collect();
    write!(out, "{}\r\n", cells.join(","))
}

fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',', '\n', '\r']) || cell.starts_with(' ') || cell.ends_with(' ') {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

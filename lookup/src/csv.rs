//! The result as a table for office programs: RFC 4180, CRLF, and no cell that is run as a formula.

use crate::Found;

/// The columns. Codes, not words: a program reads this.
pub const HEAD: &str = "line,text,grade,by,catalogue,key,title,status,credit_code,remarks,more\r\n";

/// The rows of a line: one for each record found, one where there is none.
#[must_use]
pub fn row(number: usize, found: &Found) -> String {
    let remarks: Vec<&str> = found.remarks.iter().map(|remark| remark.name()).collect();
    let remarks = remarks.join("; ");
    let mut out = String::new();
    let mut put = |cells: [&str; 11]| {
        let cells = cells.map(cell);
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    };
    let (number, more) = (number.to_string(), found.more.to_string());
    let grade = found.grade.name();
    if found.hits.is_empty() {
        put([&number, &found.text, grade, "", "", "", "", "", &found.code, &remarks, &more]);
    }
    for hit in &found.hits {
        put([
            &number,
            &found.text,
            grade,
            hit.why.name(),
            hit.catalogue,
            &hit.key,
            &hit.title,
            &hit.status,
            &found.code,
            &remarks,
            &more,
        ]);
    }
    out
}

fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    match text.contains(['"', ',', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}

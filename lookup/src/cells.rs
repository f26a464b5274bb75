//! What people paste: a line each, a table copied out of a sheet, a CSV.

/// Longest line that is read, in characters; of a longer one the beginning.
pub const LINE_CHARS_MAX: usize = 300;

/// The lines of a text that hold anything, with their numbers from 1. A byte order mark is no text.
pub fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    lines.enumerate().map(|(i, line)| (i + 1, line)).filter(|(_, line)| !line.trim().is_empty())
}

/// The cells of a line: between tabs, commas, semicolons and their full-width forms; a cell in quotation marks
/// may hold them. A line without any is one cell.
#[must_use]
pub fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        let begun = cells.last().is_none_or(|cell| cell.trim().is_empty());
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                push(&mut cells, '"');
            }
            '"' if quoted || begun => quoted = !quoted,
            '\t' | ',' | ';' | '，' | '；' | '|' if !quoted => cells.push(String::new()),
            c => push(&mut cells, c),
        }
    }
    cells.iter_mut().for_each(|cell| *cell = cell.trim().to_owned());
    cells.retain(|cell| !cell.is_empty());
    cells
}

fn push(cells: &mut [String], c: char) {
    if let Some(last) = cells.last_mut() {
        last.push(c);
    }
}

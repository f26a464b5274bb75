//! Terms of the text, and the rows they match by relevance.

use crate::bits::Bits;
use crate::fold::{self, Folding};
use crate::sound::SoundTerm;
use crate::table::Table;

/// Equals, starts with, contains, sounds like: smaller is more relevant.
const EQUALS: u8 = 0;
const STARTS: u8 = 1;
const CONTAINS: u8 = 2;
const SOUNDS: u8 = 3;
const CLASSES: usize = 4;

/// A folded term.
pub(crate) struct Term {
    pub(crate) text: String,
    /// Without separators, where it may be a standard number.
    pub(crate) squeezed: Option<String>,
}

/// The rows a term matches.
pub(crate) struct Relevance {
    pub(crate) rows: Bits,
    /// (class × columns + column, rows that match at that level), ascending; a row is at its best level, and
    /// perhaps at worse ones too.
    pub(crate) levels: Vec<(usize, Bits)>,
}

/// Splits a text into folded terms. `GB/T 4100` is one term, as `gbt4100` is: the prefix of a standard number
/// takes the number behind it along.
pub(crate) fn parse(q: &str, folding: &Folding) -> Vec<Term> {
    let mut words: Vec<String> =
        q.split_whitespace().map(|w| folding.text(w)).filter(|w| !w.is_empty()).collect();
    let mut i = 0;
    while i + 1 < words.len() {
        if is_number_prefix(&words[i]) && words[i + 1].starts_with(|c: char| c.is_ascii_digit()) {
            let number = words.remove(i + 1);
            words[i].push(' ');
            words[i].push_str(&number);
        }
        i += 1;
    }
    words
        .into_iter()
        .map(|text| {
            let squeezed = fold::squeeze(&text);
            let numeric = squeezed.starts_with(|c: char| c.is_ascii_lowercase())
                && squeezed.bytes().any(|b| b.is_ascii_digit());
            Term { squeezed: numeric.then_some(squeezed), text }
        })
        .collect()
}

/// Whether a folded word is what stands before the number of a standard: `gb/t`, `t/htsj`, `db44/t`, `iso`.
fn is_number_prefix(word: &str) -> bool {
    const BODIES: &[&str] = &[
        "gb", "gbt", "gbz", "jjf", "jjg", "iso", "iec", "iso/iec", "en", "astm", "jis", "din",
        "bs", "ul", "ansi",
    ];
    if BODIES.contains(&word) {
        return true;
    }
    match word.split_once('/') {
        Some(("t" | "q", body)) => !body.is_empty() && body.chars().all(char::is_alphanumeric),
        Some((body, "t" | "z")) => {
            let letters = body.trim_end_matches(|c: char| c.is_ascii_digit());
            letters.len() == 2 && letters.bytes().all(|b| b.is_ascii_lowercase())
        }
        None => {
            word.len() > 3
                && word.len() < 7
                && word.strip_prefix("db").is_some_and(|d| d.bytes().all(|b| b.is_ascii_digit()))
        }
        _ => false,
    }
}

/// How a term relates to a text: an equal or beginning form beats a contained one.
fn class(folded: &str, term: &str) -> Option<u8> {
    let at = folded.find(term)?;
    Some(match at {
        0 if folded.len() == term.len() => EQUALS,
        0 => STARTS,
        _ => CONTAINS,
    })
}

/// How a term relates to one value of a column.
fn value_class(
    folded: &str,
    squeezed: Option<&str>,
    term: &Term,
    sound: Option<&SoundTerm<'_>>,
) -> Option<u8> {
    let mut best = class(folded, &term.text);
    if let (Some(squeezed), Some(number)) = (squeezed, &term.squeezed)
        && let Some(mut other) = class(squeezed, number)
    {
        if other == STARTS && fold::squeeze(fold::without_year(folded)) == *number {
            other = EQUALS;
        }
        best = Some(best.map_or(other, |b| b.min(other)));
    }
    best.or_else(|| sound.filter(|s| s.matches(folded)).map(|_| SOUNDS))
}

/// The rows a term matches, by relevance.
pub(crate) fn relevance(table: &Table, term: &Term) -> Relevance {
    let rows = table.columns.rows();
    let columns = table.texts.len();
    let sound = table.columns.readings.term(&term.text);
    let mut levels: Vec<Option<Bits>> = (0..CLASSES * columns).map(|_| None).collect();
    let mut all = Bits::none(rows);
    for (c, column) in table.texts.iter().enumerate() {
        let squeezed = |v: usize| (column.squeezed.len() > 0).then(|| column.squeezed.get(v));
        let mut consider = |v: usize| {
            if let Some(class) =
                value_class(column.folded.get(v), squeezed(v), term, sound.as_ref())
            {
                let level = levels[usize::from(class) * columns + c]
                    .get_or_insert_with(|| Bits::none(rows));
                for &row in column.rows_of.get(v) {
                    level.insert(row);
                }
            }
        };
        #[cfg(feature = "build")]
        if let Some(grams) = &column.grams {
            grams.candidates(term, sound.is_some()).into_iter().for_each(|v| consider(v as usize));
            continue;
        }
        (0..column.folded.len()).for_each(&mut consider);
    }
    let levels: Vec<(usize, Bits)> =
        levels.into_iter().enumerate().filter_map(|(l, b)| Some((l, b?))).collect();
    levels.iter().for_each(|(_, b)| all.or(b));
    Relevance { rows: all, levels }
}

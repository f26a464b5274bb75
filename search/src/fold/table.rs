//! The whole folding table, for building an index and for queries on the server.

use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization as _;

use super::plain;

static TRADITIONAL: &str = include_str!("traditional.txt");

/// (traditional, simplified), sorted.
fn pairs() -> &'static [(char, char)] {
    static PAIRS: OnceLock<Vec<(char, char)>> = OnceLock::new();
    PAIRS.get_or_init(|| {
        let mut pairs = Vec::with_capacity(4200);
        for line in TRADITIONAL.lines() {
            let mut chars = line.chars();
            if let Some(simplified) = chars.next() {
                pairs.extend(chars.map(|c| (c, simplified)));
            }
        }
        pairs.sort_unstable();
        pairs
    })
}

fn simplified(c: char) -> char {
    if u32::from(c) < 0x2e80 {
        return c;
    }
    let pairs = pairs();
    pairs.binary_search_by_key(&c, |p| p.0).map_or(c, |i| pairs[i].1)
}

/// Folds one character (not white space) and gives what it becomes.
pub fn fold_char(c: char, mut out: impl FnMut(char)) {
    if c.is_ascii() {
        return out(c.to_ascii_lowercase());
    }
    // The common case: a Chinese character without a compatibility form.
    if matches!(c, '\u{3400}'..='\u{9fff}') {
        return out(simplified(c));
    }
    let mut once = step(c);
    // Lower case may open a new compatibility form and the other way round; two rounds settle every character.
    for _ in 0..4 {
        let twice: Vec<char> = once.iter().flat_map(|&c| step(c)).collect();
        if twice == once {
            break;
        }
        once = twice;
    }
    if once.is_empty() || once.iter().any(|c| c.is_whitespace()) {
        return out(plain(c));
    }
    once.into_iter().for_each(out);
}

fn step(c: char) -> Vec<char> {
    std::iter::once(plain(c))
        .nfkc()
        .flat_map(char::to_lowercase)
        .map(plain)
        .map(simplified)
        .collect()
}

/// Folds text: the form in which text is compared.
pub fn fold(text: &str) -> String {
    super::Folding::Whole.text(text)
}

/// Every character that the whole table folds otherwise than [`plain`], with its folded form; ascending.
pub(crate) fn exceptions() -> &'static [(char, String)] {
    static EXCEPTIONS: OnceLock<Vec<(char, String)>> = OnceLock::new();
    EXCEPTIONS.get_or_init(|| {
        let mut list = Vec::new();
        for c in ('\u{80}'..=char::MAX).filter(|c| !c.is_whitespace()) {
            let mut folded = String::new();
            fold_char(c, |c| folded.push(c));
            if folded.chars().ne([plain(c)]) {
                list.push((c, folded));
            }
        }
        list
    })
}

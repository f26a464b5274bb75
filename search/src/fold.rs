//! Folding: what makes 陶瓷 equal 陶瓷 in traditional characters, `ＧＢ` equal `gb`, and `É` equal `é`.
//!
//! Folding works on one character at a time, so that a browser can do it with the handful of pairs a shelf ships:
//! NFKC, lower case, traditional → simplified, full-width → half-width, every dash a hyphen, white space
//! collapsed. Source of the traditional pairs: OpenCC `TSCharacters` (Apache-2.0), see `table-generator/`.
//! A character whose compatibility form holds white space stays as it is.

#[cfg(feature = "build")]
mod table;

#[cfg(feature = "build")]
pub(crate) use table::exceptions;
#[cfg(feature = "build")]
pub use table::{fold, fold_char};

/// How a table folds characters.
#[derive(Clone, Debug)]
pub(crate) enum Folding {
    /// The whole table, on the server.
    #[cfg(feature = "build")]
    Whole,
    /// The pairs a shelf ships: every character whose folded form consists of characters that occur in the
    /// shelf. A character outside them cannot match anything there. Sorted by character.
    Shipped(Vec<(char, String)>),
}

impl Folding {
    fn push(&self, c: char, out: &mut String) {
        match self {
            #[cfg(feature = "build")]
            Folding::Whole => fold_char(c, |c| out.push(c)),
            Folding::Shipped(pairs) => match pairs.binary_search_by_key(&c, |p| p.0) {
                Ok(i) => out.push_str(&pairs[i].1),
                Err(_) => out.push(plain(c)),
            },
        }
    }

    /// Folds text and collapses its white space.
    pub(crate) fn text(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            if c.is_whitespace() {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            } else {
                self.push(c, &mut out);
            }
        }
        if out.ends_with(' ') {
            out.pop();
        }
        out
    }
}

/// The part of folding that needs no table: ASCII case, full-width forms, dashes.
pub(crate) fn plain(c: char) -> char {
    match c {
        'A'..='Z' => c.to_ascii_lowercase(),
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c).to_ascii_lowercase()
        }
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        _ => c,
    }
}

/// Letters, digits and dots of a folded standard number: `gb/t 4100-2015` → `gbt41002015`.
pub(crate) fn squeeze(folded: &str) -> String {
    folded.chars().filter(|c| c.is_alphanumeric() || *c == '.').collect()
}

/// A folded standard number without its year: `gb/t 4100-2015` → `gb/t 4100`, `iso 9001:2015` → `iso 9001`.
pub(crate) fn without_year(folded: &str) -> &str {
    match folded.rfind(['-', ':']) {
        Some(at) => {
            let year = &folded[at + 1..];
            let is_year = matches!(year.len(), 2 | 4) && year.bytes().all(|b| b.is_ascii_digit());
            if is_year { &folded[..at] } else { folded }
        }
        None => folded,
    }
}

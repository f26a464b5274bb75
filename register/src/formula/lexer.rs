//! Words, numbers and signs of a formula, each with its place.

use super::FormulaError;

/// A piece of a formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A name, a value, a date, a number: what is meant is known where it stands.
    Word(String),
    /// Text in quotation marks: always a value.
    Quoted(String),
    /// One of [`SIGNS`].
    Sign(&'static str),
}

/// A piece and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) piece: Piece,
    /// First character, counted from 1.
    pub(super) at: usize,
    /// Bytes of the formula it takes.
    pub(super) bytes: std::ops::Range<usize>,
}

/// Longer signs first.
const SIGNS: [&str; 16] =
    ["<=", ">=", "!=", "=", "<", ">", "(", ")", ",", ".", "+", "-", "*", "/", "−", "×"];

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Cuts a formula into pieces. A hyphen between two letters or digits belongs to the word
/// (`foshan-standard`, `2025-12-31`); a minus stands between spaces or behind a bracket.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, FormulaError> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let end_of = |i: usize| chars.get(i).map_or(text.len(), |(byte, _)| *byte);
    let mut tokens = Vec::new();
    let mut i = 0;
    while let Some(&(byte, c)) = chars.get(i) {
        let start = i;
        let piece = if c.is_whitespace() {
            i += 1;
            continue;
        } else if in_word(c) {
            let digits_only = |to: usize| chars[start..to].iter().all(|(_, c)| c.is_ascii_digit());
            while let Some(&(_, c)) = chars.get(i) {
                let next = chars.get(i + 1).is_some_and(|(_, c)| in_word(*c));
                let goes_on = in_word(c)
                    || c == '-' && next
                    // A decimal point, not the point of a path.
                    || c == '.' && digits_only(i) && chars.get(i + 1).is_some_and(|(_, c)| c.is_ascii_digit());
                if !goes_on {
                    break;
                }
                i += 1;
            }
            Piece::Word(text[byte..end_of(i)].to_owned())
        } else if c == '"' {
            let close = chars[i + 1..].iter().position(|(_, c)| *c == '"');
            let Some(close) = close else {
                let found = text[byte..].to_owned();
                return Err(FormulaError { at: start + 1, found, allowed: "\"…\"".to_owned() });
            };
            i += close + 2;
            Piece::Quoted(text[byte + 1..end_of(i - 1)].to_owned())
        } else {
            let Some(sign) = SIGNS.into_iter().find(|sign| text[byte..].starts_with(sign)) else {
                let allowed = SIGNS[..14].join(" ");
                return Err(FormulaError { at: start + 1, found: c.to_string(), allowed });
            };
            i += sign.chars().count();
            Piece::Sign(match sign {
                "−" => "-",
                "×" => "*",
                sign => sign,
            })
        };
        tokens.push(Token { piece, at: start + 1, bytes: byte..end_of(i) });
    }
    Ok(tokens)
}

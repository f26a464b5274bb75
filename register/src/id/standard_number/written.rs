//! Telling a number that is in its one written form from other text, without regular expressions: the
//! browser's recount carries none.

/// Bodies that give foreign and international numbers; as in the pattern `foreign`.
const FOREIGN: [&str; 12] =
    ["ISO/IEC", "ISO", "IEC", "EN ISO", "EN", "ASTM", "JIS", "DIN", "BS EN", "BS", "UL", "ANSI"];

/// Whether a text is a standard's key: what [`key`](super::key) answers for some text. Every value of
/// a record that can be read as a number is stored so, and all others are no numbers.
#[must_use]
pub fn is_written(text: &str) -> bool {
    let foreign = |prefix: &&str| {
        let rest = text.strip_prefix(*prefix).and_then(|rest| rest.strip_prefix(' '));
        rest.is_some_and(foreign_number)
    };
    if FOREIGN.iter().any(foreign) {
        return true;
    }
    let Some((prefix, rest)) = text.split_once(' ') else { return false };
    let Some((number, year)) = rest.rsplit_once('-') else { return false };
    if !digits(year, 4..=4) {
        return false;
    }
    if let Some(association) = prefix.strip_prefix("T/") {
        let plain = numbers(number, 0..=0, ".", false);
        let lettered = numbers(number, 1..=4, ".-", false);
        return association.starts_with(|c: char| c.is_ascii_uppercase())
            && association.chars().all(upper_or_digit)
            && (plain || lettered);
    }
    let known = match prefix.strip_prefix("Q/") {
        Some(enterprise) => {
            let named = |c: char| upper_or_digit(c) || ('\u{4e00}'..='\u{9fff}').contains(&c);
            !enterprise.is_empty() && enterprise.chars().all(named)
        }
        None => national(prefix),
    };
    known && numbers(number, 0..=0, ".", true)
}

fn upper_or_digit(c: char) -> bool {
    c.is_ascii_uppercase() || c.is_ascii_digit()
}

fn digits(text: &str, many: std::ops::RangeInclusive<usize>) -> bool {
    many.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// `GB`, `JJF`, `DB44`, `DB4406/T`, `QB/T`.
fn national(prefix: &str) -> bool {
    let (family, kind) = prefix.split_once('/').unwrap_or((prefix, "T"));
    let letters = family.len() == 2 && family.bytes().all(|b| b.is_ascii_uppercase());
    let place = |family: &str| digits(family, 2..=2) || digits(family, 4..=4);
    let measures = ["JJF", "JJG"].contains(&prefix);
    measures
        || matches!(kind, "T" | "Z") && (letters || family.strip_prefix("DB").is_some_and(place))
}

/// Letters at the front, then digits in parts between separators, then perhaps one letter.
fn numbers(
    text: &str,
    front: std::ops::RangeInclusive<usize>,
    separators: &str,
    letter_behind: bool,
) -> bool {
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let rest = &text[letters..];
    let rest = match rest.strip_suffix(|c: char| c.is_ascii_uppercase()) {
        Some(rest) if letter_behind => rest,
        _ => rest,
    };
    front.contains(&letters)
        && rest.split(|c| separators.contains(c)).all(|part| digits(part, 1..=usize::MAX))
}

/// A number behind a foreign body's name: `62552-3:2015`, `C9607:2015`, `D 882-18`, `858`.
fn foreign_number(text: &str) -> bool {
    let number = |text: &str| {
        let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
        let (front, rest) = text.split_at(letters);
        let rest = rest.strip_prefix(' ').unwrap_or(rest);
        front.len() <= 2 && numbers(rest, 0..=0, ".-", true)
    };
    let with_year = |separator: char, short: bool| {
        text.rsplit_once(separator).is_some_and(|(before, year)| {
            number(before) && (digits(year, 4..=4) || short && digits(year, 2..=2))
        })
    };
    number(text) || with_year(':', false) || with_year('-', true)
}

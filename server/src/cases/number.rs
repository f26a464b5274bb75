//! Numbers of cases: `26-0017-K7MQ9X-D2R4HP`.
//!
//! Year and order of coming in (`26-0017`) are what the office and the log call the case. Eleven random
//! characters (54 bits) make the whole number something only its asker has. Alphabet and last character, the check
//! character, are those of GB 32100-2015: it finds every wrong character and every two that were swapped.

use register::id::alphabet31;

use crate::store::{Result, StoreError};

/// Random characters.
const RANDOM: usize = 11;
/// Characters of each of the last two groups: the random ones and the check character.
const GROUP: usize = 6;
/// Fewest and most digits of the order of coming in.
const DIGITS: std::ops::RangeInclusive<usize> = 4..=9;

/// Label and whole number, without hyphens, of the `nth` case of a year.
///
/// # Errors
/// No randomness.
pub fn make(year: u32, nth: u32) -> Result<(String, String)> {
    let label = format!("{year:02}-{nth:04}");
    let mut whole = format!("{year:02}{nth:04}");
    while whole.len() < label.len() - 1 + RANDOM {
        let mut bytes = [0_u8; RANDOM];
        getrandom::fill(&mut bytes)
            .map_err(|error| StoreError::Caller(format!("no randomness: {error}")))?;
        for byte in bytes {
            // 248 is the greatest multiple of 31 in a byte: above it some characters would be likelier.
            if byte < 248 && whole.len() < label.len() - 1 + RANDOM {
                whole.push(char::from(alphabet31::ALPHABET[usize::from(byte % 31)]));
            }
        }
    }
    let check = alphabet31::check_character(&whole)
        .map_err(|(_, c)| StoreError::Caller(format!("{c:?} is in no number of a case")))?;
    whole.push(check);
    Ok((label, whole))
}

/// The number as it is printed.
#[must_use]
pub fn grouped(number: &str) -> String {
    let order = number.len().saturating_sub(2 + RANDOM + 1);
    let mut rest = number;
    let mut parts = Vec::new();
    for length in [2, order, GROUP, GROUP] {
        let Some((part, after)) = rest.split_at_checked(length) else { return number.to_owned() };
        parts.push(part);
        rest = after;
    }
    parts.join("-")
}

/// A typed number without what is between its characters; none: it is none, or a character is wrong.
#[must_use]
pub fn read(typed: &str) -> Option<String> {
    const CHARS_MAX: usize = 40;
    let number: String = typed
        .chars()
        .take(CHARS_MAX)
        .filter(|c| !c.is_whitespace() && !"-‐‑–—－".contains(*c))
        .map(|c| match c.to_ascii_uppercase() {
            // Letters the alphabet has not, taken for the digits they look like.
            'O' => '0',
            'I' => '1',
            c => c,
        })
        .collect();
    let (body, check) = number.split_at_checked(number.len().saturating_sub(1))?;
    let dated = body.len().checked_sub(RANDOM)?;
    if !DIGITS.contains(&dated.checked_sub(2)?) {
        return None;
    }
    let dated = body.bytes().take(dated).all(|b| b.is_ascii_digit());
    let wanted = alphabet31::check_character(body).ok()?;
    (dated && check.starts_with(wanted)).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_back_however_it_was_typed() {
        for (year, nth, starts) in [(26, 17, "26-0017-"), (27, 12_345, "27-12345-")] {
            let (label, number) = make(year, nth).expect("a number");
            let printed = grouped(&number);
            assert!(printed.starts_with(starts), "{printed}");
            assert!(starts.starts_with(&label), "{label}");
            for typed in [
                printed.clone(),
                number.clone(),
                printed.to_lowercase(),
                printed.replace('-', " "),
                printed.replace('0', "O"),
            ] {
                assert_eq!(read(&typed).as_deref(), Some(number.as_str()), "{typed}");
            }
        }
    }

    #[test]
    fn every_wrong_character_and_every_swap_of_neighbours_is_found() {
        let (_, number) = make(26, 17).expect("a number");
        for i in 0..number.len() {
            for &other in alphabet31::ALPHABET {
                let mut wrong = number.clone().into_bytes();
                if wrong[i] != other {
                    wrong[i] = other;
                    let wrong = String::from_utf8(wrong).expect("ascii");
                    assert_eq!(read(&wrong), None, "{wrong} for {number}");
                }
            }
            let mut swapped = number.clone().into_bytes();
            if i > 0 && swapped[i] != swapped[i - 1] {
                swapped.swap(i, i - 1);
                let swapped = String::from_utf8(swapped).expect("ascii");
                assert_eq!(read(&swapped), None, "{swapped} for {number}");
            }
        }
        for nothing in ["", "26-0017", "公告", &"0".repeat(100), "26-0017-SSSSSS-SSSSSS"] {
            assert_eq!(read(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn two_numbers_of_a_place_differ() {
        let [one, other] = [make(26, 1), make(26, 1)].map(|made| made.expect("a number").1);
        assert_ne!(one, other);
    }
}

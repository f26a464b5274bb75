//! Targets of what readers send back: the number of a case, and the token of a form.

use crate::cases::{number, token};
use crate::{Target, seeds_of};

const SECRET: [u8; 32] = [7; 32];
const ABOUT: &str = "product/p-1";

pub fn targets() -> Vec<Target> {
    vec![
        Target {
            name: "case-number",
            longest: 128,
            run: case_number,
            seeds: || {
                let (_, number) = number::make(26, 17).expect("a number");
                let mut seeds = seeds_of(&["26-0017-SSSSSS-SSSSSS", "公告"]);
                seeds.push(number::grouped(&number).into_bytes());
                seeds
            },
        },
        Target {
            name: "form-token",
            longest: 128,
            run: form_token,
            seeds: || {
                let mut seeds = seeds_of(&["", "AAAA"]);
                seeds.push(token::make(&SECRET, ABOUT, 1_000).expect("a token").into_bytes());
                seeds
            },
        },
    ]
}

/// A number as it is typed: both ways of printing it are read as the same.
fn case_number(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let Some(number) = number::read(text) else { return false };
    assert_eq!(number::read(&number).as_ref(), Some(&number));
    assert_eq!(number::read(&number::grouped(&number)).as_ref(), Some(&number));
    true
}

/// A token of this record is of no other one and of no other key, whenever it was made.
fn form_token(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    assert_eq!(token::age(&[8; 32], text, ABOUT, 2_000), None);
    if token::age(&SECRET, text, ABOUT, 2_000).is_none() {
        return false;
    }
    assert_eq!(token::age(&SECRET, text, "product/p-2", 2_000), None);
    let _ = token::age(&SECRET, text, ABOUT, i64::MIN);
    true
}

//! Prints the table of traditional characters: per line a simplified character and the traditional ones that
//! fold to it. `cargo run > ../src/fold/traditional.txt`
//!
//! Source: OpenCC `TSCharacters` (Apache-2.0), first choice per character, read through the crate
//! `ferrous-opencc`, one character at a time so that no phrase rule applies. A chain (a → b → c) is followed
//! to its end, so that folding twice changes nothing.

use std::collections::BTreeMap;

use ferrous_opencc::{OpenCC, config::BuiltinConfig};

fn main() {
    let converter = match OpenCC::from_config(BuiltinConfig::T2s) {
        Ok(converter) => converter,
        Err(error) => {
            eprintln!("{error}");
            std::process::exit(1);
        }
    };
    let simplified = |c: char| {
        let text = converter.convert(&c.to_string());
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(s), None) => s,
            _ => c,
        }
    };
    let mut groups: BTreeMap<char, String> = BTreeMap::new();
    for c in ('\u{2e80}'..='\u{323af}').filter(|c| !c.is_whitespace()) {
        let mut end = simplified(c);
        for _ in 0..8 {
            let next = simplified(end);
            if next == end {
                break;
            }
            end = next;
        }
        if end != c {
            groups.entry(end).or_default().push(c);
        }
    }
    for (simplified, traditional) in groups {
        println!("{simplified}{traditional}");
    }
}

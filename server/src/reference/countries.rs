//! Countries and regions: their names for readers, and the names lists print.
//!
//! Codes are ISO 3166-1 alpha-2, with `EU` and `ZZ` as in [`register::id::country`]. The names are our
//! own table, in the wording used on the Chinese mainland.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Deserialize;

#[derive(Debug, Deserialize)]
struct CountryRow {
    code: String,
    zh: String,
    hant: String,
    en: String,
    /// Other names lists print, `|` apart.
    also: String,
}

#[derive(Debug)]
struct Countries {
    names: HashMap<String, [String; 3]>,
    /// Folded name → code.
    codes: HashMap<String, String>,
}

fn table() -> &'static Countries {
    static TABLE: OnceLock<Countries> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = Countries { names: HashMap::new(), codes: HashMap::new() };
        let rows: Vec<CountryRow> =
            super::tables::rows(include_str!("../../reference/countries.csv"));
        for row in rows {
            let printed = [row.zh.as_str(), row.hant.as_str(), row.en.as_str()];
            for name in printed.into_iter().chain(super::tables::pieces(&row.also)) {
                table.codes.insert(folded(name), row.code.clone());
            }
            table.names.insert(row.code, [row.zh, row.hant, row.en]);
        }
        table
    })
}

/// Name of a code: simplified, traditional, English.
#[must_use]
pub fn country(code: &str) -> Option<[&'static str; 3]> {
    let names = table().names.get(code)?;
    Some([&names[0], &names[1], &names[2]])
}

/// The countries a text names, in its order: `China (sensors), United States` gives `CN` `US`. What
/// stands in brackets says which part, not where; a name that is none in the table gives nothing.
#[must_use]
pub fn countries_in(text: &str) -> Vec<&'static str> {
    let text = without_brackets(text);
    let pieces = pieces_of(&text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        // The longest run of pieces that is one name: "Bosnia and Herzegovina" before "Bosnia".
        let hit = (at + 1..=pieces.len()).rev().find_map(|end| {
            let (first, rest) = (pieces[at].1, &pieces[at + 1..end]);
            let rest = rest.iter().flat_map(|(before, word)| [*before, *word]);
            let name: String = std::iter::once(first).chain(rest).collect();
            code_of(&name).map(|code| (end, code))
        });
        match hit {
            Some((end, code)) => {
                if !found.contains(&code) {
                    found.push(code);
                }
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// A country by its name alone.
fn code_of(name: &str) -> Option<&'static str> {
    const BEFORE: [&str; 4] = ["made in ", "assembled in ", "product of ", "the "];
    if let Some((code, _)) = table().names.get_key_value(name.trim()) {
        return Some(code);
    }
    let mut name = folded(name);
    loop {
        if let Some(code) = table().codes.get(&name) {
            return (code != register::id::country::UNKNOWN).then_some(code.as_str());
        }
        name = BEFORE.iter().find_map(|before| name.strip_prefix(before))?.to_owned();
    }
}

/// Small letters, single spaces, no full stop at the end or between letters.
fn folded(name: &str) -> String {
    name.to_lowercase().replace('.', "").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0_u32;
    text.chars()
        .filter(|c| match c {
            '(' | '（' => {
                depth += 1;
                false
            }
            ')' | '）' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect()
}

/// The text cut at what stands between names; each piece with what stood before it.
fn pieces_of(text: &str) -> Vec<(&str, &str)> {
    const BETWEEN: [&str; 9] = [",", ";", "/", "&", "、", "；", "，", " and ", "和"];
    let mut pieces = Vec::new();
    let mut before = "";
    let mut rest = text;
    loop {
        let cut = BETWEEN.iter().filter_map(|mark| rest.find(mark).map(|at| (at, *mark))).min();
        let Some((at, mark)) = cut else {
            pieces.push((before, rest));
            return pieces;
        };
        pieces.push((before, &rest[..at]));
        before = &rest[at..at + mark.len()];
        rest = &rest[at + mark.len()..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_assigned_code_has_a_name_and_no_name_means_two_countries() {
        let rows: Vec<CountryRow> =
            super::super::tables::rows(include_str!("../../reference/countries.csv"));
        assert_eq!(rows.len(), 251, "249 assigned codes, EU and ZZ");
        let mut seen: HashMap<String, String> = HashMap::new();
        for row in &rows {
            assert!(register::id::country::is_code(&row.code), "{}", row.code);
            let printed = [row.zh.as_str(), row.hant.as_str(), row.en.as_str()];
            for name in printed.into_iter().chain(super::super::tables::pieces(&row.also)) {
                let known = seen.insert(folded(name), row.code.clone());
                assert!(known.is_none_or(|code| code == row.code), "{name} twice");
            }
        }
    }

    #[test]
    fn countries_are_read_as_lists_print_them() {
        for (text, codes) in [
            ("China", &["CN"][..]),
            ("Mexico.", &["MX"]),
            ("U.S.", &["US"]),
            ("The Netherlands", &["NL"]),
            ("Assembled in the United States", &["US"]),
            ("United States and Mexico", &["US", "MX"]),
            ("United States (crossbows), China (sensors)", &["US", "CN"]),
            (
                "Slovakia and China (compressors); and United States (refrigerators)",
                &["SK", "CN", "US"],
            ),
            ("Bosnia and Herzegovina", &["BA"]),
            ("China, Trinidad and Tobago", &["CN", "TT"]),
            ("Hong Kong, China", &["HK"]),
            ("China, Malaysia", &["CN", "MY"]),
            ("Japan and assembled in the United States", &["JP", "US"]),
            ("中国、日本", &["CN", "JP"]),
            ("安提瓜和巴布达", &["AG"]),
            ("CN", &["CN"]),
            ("cn", &[]),
            ("China China", &[]),
            ("Various countries", &[]),
            ("Unknown", &[]),
            ("country not stated", &[]),
            ("", &[]),
        ] {
            assert_eq!(countries_in(text), codes, "{text}");
        }
    }
}

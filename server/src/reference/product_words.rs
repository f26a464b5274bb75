//! Product words in Chinese and English: what makes 冰箱 find a recall of refrigerators, and
//! "refrigerator" a Chinese notice about 冰箱.
//!
//! The table is our own: each row holds words of one meaning. A name is read from its start, always
//! taking the longest run of words (Chinese: of characters) the table knows, so that 冰箱贴 is no 冰箱
//! and "carpet" no "car". What it gives is added to the index as a column of its own; it is never
//! shown as the source's words.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::OnceLock;

use serde::Deserialize;

#[derive(Debug, Deserialize)]
struct WordRow {
    #[expect(dead_code, reason = "for whoever edits the table")]
    group: String,
    /// Chinese words, `|` apart; empty: the English ones are read as a whole and mean nothing here
    /// ("pool table" is neither).
    zh: String,
    /// English words, `|` apart, in the singular; `=` before one: only in exactly that form; `~`: read in
    /// a name, but never added to one.
    en: String,
}

#[derive(Debug, Default)]
struct Words {
    /// English words in the singular, a space apart → Chinese ones.
    english: HashMap<String, Vec<&'static str>>,
    /// The same for words taken only as they are written.
    exact: HashMap<String, Vec<&'static str>>,
    /// Most words in one English entry.
    english_longest: usize,
    /// Chinese, folded → English.
    chinese: HashMap<String, Vec<&'static str>>,
    /// Chinese, folded → Chinese words of the same meaning.
    alike: HashMap<String, Vec<&'static str>>,
    /// Most characters in one Chinese entry.
    chinese_longest: usize,
}

fn table() -> &'static Words {
    static TABLE: OnceLock<Words> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut words = Words::default();
        let rows: Vec<WordRow> =
            super::tables::rows(include_str!("../../reference/product_words.csv"));
        for row in rows {
            // Kept for good: the words are handed out as long as the program runs.
            let zh: Vec<&'static str> = super::tables::pieces(String::leak(row.zh)).collect();
            let en: Vec<&'static str> = super::tables::pieces(String::leak(row.en)).collect();
            for term in &en {
                let (map, key) = match term.strip_prefix('=') {
                    Some(exact) => (&mut words.exact, exact.to_owned()),
                    None => (&mut words.english, singular_all(term.trim_start_matches('~'))),
                };
                words.english_longest = words.english_longest.max(key.split(' ').count());
                append(map.entry(key).or_default(), &zh);
            }
            let plain: Vec<&'static str> =
                en.iter().copied().filter(|term| !term.starts_with(['=', '~'])).collect();
            // One character is part of too many other words to be read in a name.
            for term in zh.iter().filter(|term| term.chars().count() > 1) {
                let key = search::fold::fold(term);
                words.chinese_longest = words.chinese_longest.max(key.chars().count());
                append(words.alike.entry(key.clone()).or_default(), &zh);
                append(words.chinese.entry(key).or_default(), &plain);
            }
        }
        words
    })
}

fn append(list: &mut Vec<&'static str>, more: &[&'static str]) {
    for word in more {
        if !list.contains(word) {
            list.push(word);
        }
    }
}

/// Words to be added to the index of a record with these names: the Chinese of its English product
/// words and the reverse, each once, without those the names hold already.
#[must_use]
pub fn added_words<'n>(names: impl IntoIterator<Item = &'n str>) -> Vec<&'static str> {
    let mut found = Vec::new();
    let mut own = String::new();
    for name in names {
        let folded = search::fold::fold(name);
        from_english(&folded, &mut found);
        from_chinese(&folded, &mut found);
        own.push_str(&folded);
        own.push('\n');
    }
    let mut seen = HashSet::new();
    found.retain(|word| seen.insert(*word) && !own.contains(&search::fold::fold(word)));
    found
}

fn from_english(folded: &str, found: &mut Vec<&'static str>) {
    let words = table();
    let between = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '\'' | '’' | '-' | ' '));
    for part in folded.split(between) {
        let tokens: Vec<&str> = part
            .split([' ', '-'])
            .map(|token| token.trim_matches(['\'', '’']))
            .map(|token| token.strip_suffix("'s").or(token.strip_suffix("’s")).unwrap_or(token))
            .filter(|token| !token.is_empty())
            .collect();
        let single: Vec<String> = tokens.iter().map(|token| singular(token)).collect();
        let mut at = 0;
        while at < tokens.len() {
            let longest = words.english_longest.min(tokens.len() - at);
            let hit = (1..=longest).rev().find_map(|length| {
                let run = at..at + length;
                let chinese = words
                    .exact
                    .get(&tokens[run.clone()].join(" "))
                    .or_else(|| words.english.get(&single[run].join(" ")));
                chinese.map(|chinese| (length, chinese))
            });
            match hit {
                Some((length, chinese)) => {
                    append(found, chinese);
                    at += length;
                }
                None => at += 1,
            }
        }
    }
}

fn from_chinese(folded: &str, found: &mut Vec<&'static str>) {
    let words = table();
    let ends: Vec<usize> = folded.char_indices().map(|(at, _)| at).chain([folded.len()]).collect();
    let mut at = 0;
    while at + 1 < ends.len() {
        let longest = words.chinese_longest.min(ends.len() - 1 - at);
        let hit = (2..=longest).rev().find_map(|length| {
            let english = words.chinese.get(&folded[ends[at]..ends[at + length]])?;
            Some((length, english))
        });
        match hit {
            Some((length, english)) => {
                append(found, english);
                at += length;
            }
            None => at += 1,
        }
    }
}

/// The goods a phrase ends with, as Chinese words of the table: the thing stands last in both languages. The
/// longest run of words that the table knows decides; none where it knows none, or that it means nothing.
#[must_use]
pub fn goods_at_end(phrase: &str) -> BTreeSet<&'static str> {
    let words = table();
    let folded = search::fold::fold(phrase);
    let chars: Vec<usize> = folded.char_indices().map(|(at, _)| at).collect();
    let longest = words.chinese_longest.min(chars.len());
    let chinese = (2..=longest)
        .rev()
        .find_map(|length| words.alike.get(&folded[chars[chars.len() - length]..]));
    if let Some(alike) = chinese {
        return alike.iter().copied().collect();
    }
    let tokens: Vec<&str> = folded
        .split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '\'' | '’')))
        .filter(|token| !token.is_empty())
        .collect();
    let single: Vec<String> = tokens.iter().map(|token| singular(token)).collect();
    let longest = words.english_longest.min(tokens.len());
    let english = (1..=longest).rev().find_map(|length| {
        let from = tokens.len() - length;
        words
            .exact
            .get(&tokens[from..].join(" "))
            .or_else(|| words.english.get(&single[from..].join(" ")))
    });
    english.map(|chinese| chinese.iter().copied().collect()).unwrap_or_default()
}

fn singular_all(words: &str) -> String {
    words.split(' ').map(singular).collect::<Vec<_>>().join(" ")
}

/// One form for singular and plural, the same for the table and for names; it need not be a word.
fn singular(word: &str) -> String {
    const IRREGULAR: [(&str, &str); 11] = [
        ("knives", "knife"),
        ("shelves", "shelf"),
        ("scarves", "scarf"),
        ("loaves", "loaf"),
        ("cookies", "cookie"),
        ("hoodies", "hoodie"),
        ("beanies", "beanie"),
        ("onesies", "onesie"),
        ("floaties", "floatie"),
        ("batteries", "battery"),
        ("potties", "potty"),
    ];
    if let Some((_, one)) = IRREGULAR.iter().find(|(many, _)| *many == word) {
        return (*one).to_owned();
    }
    if word.len() > 4 {
        if let Some(stem) = word.strip_suffix("ies") {
            return format!("{stem}y");
        }
        if ["ches", "shes", "sses", "xes", "zes"].iter().any(|end| word.ends_with(end)) {
            return word[..word.len() - 2].to_owned();
        }
    }
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 1 && !stem.ends_with(['s', 'u', 'i']) => stem.to_owned(),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str) -> Vec<&'static str> {
        added_words([name])
    }

    #[test]
    fn the_table_is_large_and_no_entry_stands_in_it_for_nothing_and_for_something() {
        let rows: Vec<WordRow> =
            super::super::tables::rows(include_str!("../../reference/product_words.csv"));
        let meanings = rows.iter().filter(|row| !row.zh.is_empty()).count();
        assert!(meanings >= 300, "{meanings}");
        let mut nothing = HashSet::new();
        let mut something = HashSet::new();
        for row in &rows {
            assert!(!row.en.is_empty());
            let side = if row.zh.is_empty() { &mut nothing } else { &mut something };
            for term in super::super::tables::pieces(&row.en) {
                assert_eq!(term, search::fold::fold(term), "small letters, single spaces");
                assert!(
                    term.bytes()
                        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'=' | b'~')),
                    "{term}"
                );
                side.insert(singular_all(term.trim_start_matches('~')));
            }
            for term in super::super::tables::pieces(&row.zh) {
                assert!(!term.chars().any(|c| c.is_ascii() || c.is_whitespace()), "{term}");
            }
        }
        let both: Vec<_> = nothing.intersection(&something).collect();
        assert!(both.is_empty(), "{both:?}");
    }

    #[test]
    fn an_english_name_gets_chinese_words_and_a_chinese_one_english() {
        assert_eq!(of("Top-Freezer Refrigerators"), ["冰箱", "电冰箱"]);
        assert_eq!(of("Children's Two-Piece Pajama Sets")[..1], ["儿童"]);
        assert!(of("Children’s pyjamas").contains(&"睡衣"));
        assert!(of("lithium-ion batteries").contains(&"锂电池"));
        assert!(of("家用电冰箱").contains(&"refrigerator"));
        assert!(of("家用電冰箱").contains(&"refrigerator"), "traditional characters too");
        assert!(of("活中華絨螯蟹").contains(&"crab"));
    }

    #[test]
    fn the_longest_words_are_read_and_words_inside_others_are_not() {
        let none: [&str; 0] = [];
        assert!(!of("Infant car seats").contains(&"椅子"));
        assert_eq!(of("Carpets"), ["地毯"]);
        assert_eq!(of("Refrigerator magnets"), ["冰箱贴"]);
        assert_eq!(of("冰箱贴"), ["refrigerator magnet", "fridge magnet"]);
        assert_eq!(of("Pool tables"), none);
        assert!(of("Clothes irons").contains(&"熨斗"));
        assert_eq!(of("Iron"), none, "a metal, not the appliance");
        assert_eq!(of("grill brush"), ["烧烤刷"]);
        assert_eq!(of("灯"), none, "one character is part of too many words");
    }

    #[test]
    fn what_stands_last_is_the_thing() {
        let ends = |phrase: &str| goods_at_end(phrase).into_iter().collect::<Vec<_>>();
        let fridge = ends("Side-by-Side Refrigerators");
        assert!(fridge.contains(&"冰箱"), "{fridge:?}");
        assert!(ends("上置冷冻室电冰箱").contains(&"冰箱"));
        assert!(ends("Mini Fridge").contains(&"冰箱") && ends("minifridges").contains(&"冰箱"));
        assert!(!ends("chest freezers").contains(&"冰箱") && !ends("chest freezers").is_empty());
        assert_eq!(ends("立式冷冻箱"), ends("Upright freezers"));
        assert_eq!(ends("refrigerator magnets"), ["冰箱贴"]);
        assert!(ends("Top Freezer").is_empty(), "a part of a refrigerator");
        assert!(ends("refrigerator defrosters").is_empty());
        assert!(ends("").is_empty());
    }

    #[test]
    fn a_word_the_name_has_already_is_not_added() {
        assert!(!added_words(["家用电冰箱", "Household refrigerator"]).contains(&"电冰箱"));
        assert!(!added_words(["家用电冰箱", "Household refrigerator"]).contains(&"refrigerator"));
    }
}

//! What goods a name means: the last word of each of its phrases.
//!
//! English and Chinese both put the thing last: a refrigerator magnet is a magnet, 冰箱贴 is no 冰箱. What
//! follows with "with", "for", "in" tells about the thing and is cut away.

use std::collections::BTreeSet;

/// Kinds of goods, each named by its words of a table.
pub type Kinds = BTreeSet<&'static str>;

/// Words that end the naming of the thing and begin what is said about it.
const CUTS: [&str; 30] = [
    "with",
    "without",
    "for",
    "in",
    "on",
    "due",
    "because",
    "after",
    "following",
    "sold",
    "used",
    "from",
    "by",
    "that",
    "which",
    "featuring",
    "including",
    "containing",
    "made",
    "manufactured",
    "recalled",
    "recall",
    "distributed",
    "imported",
    "limited",
    "model",
    "models",
    "series",
    "of",
    "at",
];

/// A word of a text: where it begins and ends, in bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'t> {
    pub text: &'t str,
    pub start: usize,
    pub end: usize,
}

/// The words of a text: runs of letters and digits; an apostrophe within a word belongs to it.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    let mut from = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = c.is_alphanumeric() || (from.is_some() && matches!(c, '\'' | '’'));
        match (from, inside) {
            (None, true) => from = Some(at),
            (Some(start), false) => {
                found.push(Word { text: &text[start..at], start, end: at });
                from = None;
            }
            _ => {}
        }
    }
    found
}

/// The goods a text prints one after the other: a recall of several goods separates them.
pub(super) fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split([';', '；', '\n']).map(str::trim).filter(|item| !item.is_empty())
}

/// The phrases of one of them: cut at marks and at "and", each up to what is said about the thing.
pub(super) fn phrases(item: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let marks = |c: char| ",，、&/()（）[]【】:：\"“”".contains(c);
    for part in item.split(marks) {
        let mut from = 0;
        let mut done = false;
        for word in words(part) {
            let folded = word.text.to_ascii_lowercase();
            if matches!(folded.as_str(), "and" | "or") {
                if !done {
                    found.push(part[from..word.start].trim());
                }
                (from, done) = (word.end, false);
            } else if !done && CUTS.contains(&folded.as_str()) && stands_alone(part, word) {
                found.push(part[from..word.start].trim());
                done = true;
            }
        }
        if !done {
            found.push(part[from..].trim());
        }
    }
    found.retain(|phrase| !phrase.is_empty());
    found
}

/// Between spaces: "built-in" and "side by side" name the thing, "in" and "by" end its name.
fn stands_alone(part: &str, word: Word<'_>) -> bool {
    let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let side = |text: &str| text.trim_end().to_ascii_lowercase().ends_with("side");
    space(part[..word.start].chars().next_back())
        && space(part[word.end..].chars().next())
        && !(word.text.eq_ignore_ascii_case("by") && side(&part[..word.start]))
}

/// The kinds of goods a text names. `ends` gives the kinds whose word ends a phrase.
pub(super) fn kinds(text: &str, ends: &dyn Fn(&str) -> Kinds) -> Kinds {
    items(text).flat_map(phrases).flat_map(|phrase| ends(bare(phrase))).collect()
}

/// A phrase without the model number behind the thing.
fn bare(phrase: &str) -> &str {
    let words = words(phrase);
    let digits =
        |word: &&Word<'_>| word.text.chars().any(|c| c.is_ascii_digit()) && word.text.is_ascii();
    let kept = words.len() - words.iter().rev().take_while(digits).count();
    kept.checked_sub(1).map_or("", |last| &phrase[..words[last].end])
}

/// Whether a text says that the goods are for business, not for homes.
pub(super) fn commercial(text: &str) -> bool {
    text.contains("商用")
        || text.contains("工业用")
        || words(text).iter().any(|word| {
            ["commercial", "industrial"].iter().any(|one| word.text.eq_ignore_ascii_case(one))
        })
}

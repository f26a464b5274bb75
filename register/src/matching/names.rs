//! Comparing names of firms as notices print them.

use super::Fold;

/// A name for comparing: folded, letters, digits and characters only. Brackets, dots and spaces are
/// set by whoever types the name.
pub(super) fn form(name: &str, fold: Fold<'_>) -> String {
    fold(name).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether two printed names are the same name.
#[must_use]
pub fn same_name(a: &str, b: &str, fold: Fold<'_>) -> bool {
    let a = form(a, fold);
    !a.is_empty() && a == form(b, fold)
}

/// What may stand between the beginning of a sentence and a firm's name.
const BEFORE: [&str; 7] = ["关于", "对", "由", "向", "因", "责令", "警惕"];
/// What, right behind a firm's name, makes it the name of another.
const BEHIND: [&str; 12] = [
    "分公司",
    "子公司",
    "集团",
    "总公司",
    "公司",
    "分厂",
    "工厂",
    "厂",
    "分店",
    "门店",
    "经营部",
    "办事处",
];
/// How a name ends that cannot be the beginning of a longer one but by [`BEHIND`].
const ENDS: [&str; 4] = ["公司", "厂", "合作社", "研究院"];
/// Shorter names stand in any text by chance.
const CHARS_MIN: usize = 6;

/// Whether a text names a firm: its whole name, not as a part of a longer name. In a running text the
/// name has to begin the text or a part of it (after a punctuation mark, a bracket or a quotation
/// mark), since Chinese has no spaces and 大和示例电器有限公司 is not 示例电器有限公司.
#[must_use]
pub fn names_firm(text: &str, name: &str, fold: Fold<'_>) -> bool {
    let words = fold(name);
    let name = form(name, fold);
    if name.chars().count() < CHARS_MIN {
        return false;
    }
    let text = fold(text);
    if name.is_ascii() {
        // Latin letters have spaces: whole words, one after the other.
        let (text, name) = (latin(&text), latin(&words));
        return text.windows(name.len()).any(|window| window == name);
    }
    parts(&text).any(|part| {
        let starts =
            BEFORE.iter().filter_map(|word| part.strip_prefix(word)).chain([part.as_str()]);
        starts.filter_map(|part| part.strip_prefix(name.as_str())).any(|rest| ends(&name, rest))
    })
}

/// The words of a text between marks.
fn latin(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

/// The pieces of a text between marks. A bracket within a firm's name is no end of it, so each piece
/// is tried together with those behind it.
fn parts(text: &str) -> impl Iterator<Item = String> {
    let mut starts = vec![0];
    let marks = text.char_indices().filter(|(_, c)| !c.is_alphanumeric());
    starts.extend(marks.map(|(at, c)| at + c.len_utf8()));
    starts.into_iter().map(move |at| {
        // A name has at most some hundred characters.
        text[at..].chars().filter(|c| c.is_alphanumeric()).take(200).collect()
    })
}

fn ends(name: &str, rest: &str) -> bool {
    if rest.is_empty() {
        return true;
    }
    if BEHIND.iter().any(|word| rest.starts_with(word)) {
        return false;
    }
    ENDS.iter().any(|end| name.ends_with(end))
}

/// Whether a text has a word of Latin letters and digits (a model), not as a part of a longer one.
pub(super) fn has_word(text: &str, word: &str, fold: Fold<'_>) -> bool {
    let (text, word) = (fold(text), fold(word));
    let word = word.trim();
    let edge = |c: Option<char>| !c.is_some_and(|c| c.is_ascii_alphanumeric() || "-/.".contains(c));
    word.chars().count() >= 2
        && text.match_indices(word).any(|(at, found)| {
            edge(text[..at].chars().next_back()) && edge(text[at + found.len()..].chars().next())
        })
}

//! All words of the pages, in three languages, one table per page.
//!
//! A table cannot be incomplete: every entry is written in the three languages or does not compile.
//! Sentences with values have named places, `{n}`; [`fill`] puts the values in.

pub mod about;
pub mod badge;
pub mod chain;
pub mod changes;
pub mod check;
pub mod cite;
pub mod contest;
pub mod desk;
pub mod label;
pub mod list;
pub mod log;
pub mod lookup;
pub mod mirror;
pub mod offline;
pub mod place;
pub mod policy;
pub mod record;
pub mod report;
pub mod scan;
pub mod scans;
pub mod service;
pub mod site;
pub mod state;
pub mod statistics;
pub mod verify;

use register::Lang;

/// Words in the three languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words(pub [&'static str; 3]);

impl Words {
    /// These words in a language.
    #[must_use]
    pub const fn to(self, lang: Lang) -> &'static str {
        self.0[lang as usize]
    }
}

/// A table of words: `NAME: "简体", "繁體", "English";`. `ALL` lists them for the tests.
macro_rules! words {
    ($($name:ident: $zh:literal, $hant:literal, $en:literal;)*) => {
        $(
            #[doc = $zh]
            pub const $name: $crate::i18n::Words = $crate::i18n::Words([$zh, $hant, $en]);
        )*
        /// Every entry of this table.
        #[cfg(test)]
        pub const ALL: &[(&str, $crate::i18n::Words)] = &[$((stringify!($name), $name)),*];
    };
}
pub(crate) use words;

/// Puts values into the named places of a sentence.
#[must_use]
pub fn fill(sentence: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(sentence.len() + 16);
    let mut rest = sentence;
    while let Some(open) = rest.find('{') {
        let (before, after) = rest.split_at(open);
        out.push_str(before);
        let Some(close) = after.find('}') else {
            rest = after;
            break;
        };
        let name = &after[1..close];
        match values.iter().find(|(n, _)| *n == name) {
            Some((_, value)) => out.push_str(value),
            None => out.push_str(&after[..=close]),
        }
        rest = &after[close + 1..];
    }
    out.push_str(rest);
    out
}

/// A whole number with thousands separated: `152,036`.
#[must_use]
pub fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Tenths of a percent as a number of percent, without a needless `.0`: `275` → `27.5`, `380` → `38`.
#[must_use]
pub fn percent(tenths: i64) -> String {
    let whole = tenths.unsigned_abs();
    let sign = if tenths < 0 { "−" } else { "" };
    match whole % 10 {
        0 => format!("{sign}{}", whole / 10),
        rest => format!("{sign}{}.{rest}", whole / 10),
    }
}

/// The comma between parts of a line: full-width in Chinese.
#[must_use]
pub const fn comma(lang: Lang) -> &'static str {
    ["，", "，", ", "][lang as usize]
}

/// The enumerating mark: 、 in Chinese.
#[must_use]
pub const fn and(lang: Lang) -> &'static str {
    ["、", "、", ", "][lang as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tables() -> Vec<(&'static str, Words)> {
        [
            site::ALL,
            list::ALL,
            policy::ALL,
            record::ALL,
            about::ALL,
            changes::ALL,
            verify::ALL,
            label::ALL,
            report::ALL,
            contest::ALL,
            scan::ALL,
            scans::ALL,
            service::ALL,
            statistics::ALL,
            offline::ALL,
            lookup::ALL,
            desk::ALL,
            desk::cases::ALL,
            desk::drafts::ALL,
        ]
        .concat()
    }

    fn chinese(c: char) -> bool {
        ('\u{4e00}'..='\u{9fff}').contains(&c)
    }

    #[test]
    fn every_word_is_there_and_punctuation_is_full_width_beside_chinese() {
        for (name, words) in tables() {
            for lang in [Lang::ZhHans, Lang::ZhHant] {
                let text: Vec<char> = words.to(lang).chars().collect();
                assert!(!text.is_empty(), "{name} says nothing in {lang:?}");
                for pair in text.windows(2) {
                    let half = |c| ",;:!?()".contains(c);
                    assert!(
                        !(chinese(pair[0]) && (half(pair[1]) || pair[1] == '.')
                            || half(pair[0]) && chinese(pair[1])),
                        "{name} in {lang:?}: {}",
                        words.to(lang)
                    );
                }
            }
            assert!(
                !words.to(Lang::En).chars().any(|c| chinese(c) || "，。；：（）".contains(c))
                    || name.starts_with("LANG_"),
                "{name} is not English: {}",
                words.to(Lang::En)
            );
        }
    }

    #[test]
    fn places_are_the_same_in_all_languages() {
        let places = |text: &str| {
            let mut found: Vec<&str> = text
                .split('{')
                .skip(1)
                .filter_map(|part| part.split_once('}').map(|(name, _)| name))
                .collect();
            found.sort_unstable();
            found.join(" ")
        };
        for (name, words) in tables() {
            for lang in Lang::ALL {
                assert_eq!(
                    places(words.to(lang)),
                    places(words.to(Lang::ZhHans)),
                    "{name} in {lang:?}"
                );
            }
        }
    }

    /// Simplified forms that are also characters of their own in traditional text, read one by one.
    const ALIKE: &str = "修准出制即只台合吊同向回家布才查核真私系表面";

    #[test]
    fn traditional_text_holds_no_simplified_character() {
        // A character is a simplified form if some other character folds to it.
        let mut simplified = std::collections::HashSet::new();
        for c in '\u{4e00}'..='\u{9fff}' {
            search::fold::fold_char(c, |folded| {
                if folded != c {
                    simplified.insert(folded);
                }
            });
        }
        assert!(simplified.contains(&'标'), "the folding table is not what this test rests on");
        let mut found = std::collections::BTreeMap::new();
        for (name, words) in tables() {
            for c in words.to(Lang::ZhHant).chars() {
                if !name.starts_with("LANG_") && simplified.contains(&c) && !ALIKE.contains(c) {
                    found.insert(c, name);
                }
            }
        }
        assert!(found.is_empty(), "simplified characters in traditional text: {found:?}");
    }

    #[test]
    fn numbers_are_grouped_and_percents_are_short() {
        assert_eq!(count(152_036), "152,036");
        assert_eq!(count(1), "1");
        assert_eq!(percent(275), "27.5");
        assert_eq!(percent(-380), "−38");
        assert_eq!(fill("{n} of {m}, {x}", &[("n", "1"), ("m", "2")]), "1 of 2, {x}");
    }
}

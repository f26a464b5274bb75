//! Readings of Chinese characters, from the crate `pinyin` (MIT; data of pinyin-data, MIT).
//!
//! A character with several readings (调 diao, tiao; 行 xing, hang) is indexed under all of them: a reader who types
//! `kongtiao` means 空调, and a wrong reading costs a line too many, a missing one costs the answer.

use std::collections::{BTreeSet, HashSet};

use pinyin::{ToPinyin as _, ToPinyinMulti as _};

use crate::sound::Readings;

/// The reading by which names are sorted where it is not the first of the dictionary.
const COMMON: &[(char, &str)] = &[
    ('佛', "fo"),
    ('厦', "xia"),
    ('调', "tiao"),
    ('长', "chang"),
    ('薄', "bo"),
    ('系', "xi"),
    ('都', "du"),
    ('参', "shen"),
    ('番', "fan"),
];

/// Readings of a folded character without tones, the most common first; ü as `v` and as `u`.
pub(crate) fn readings(c: char) -> Vec<String> {
    let mut list: Vec<String> = Vec::new();
    let mut add = |reading: &str| {
        let spellings = if reading.contains('ü') {
            vec![reading.replace('ü', "v"), reading.replace('ü', "u")]
        } else {
            vec![reading.to_owned()]
        };
        for spelling in spellings {
            // Unaccented ê and syllabic m̀ and the like: nobody types them.
            if spelling.bytes().all(|b| b.is_ascii_lowercase())
                && !spelling.is_empty()
                && !list.contains(&spelling)
            {
                list.push(spelling);
            }
        }
    };
    if let Some((_, reading)) = COMMON.iter().find(|e| e.0 == c) {
        add(reading);
    }
    if let Some(reading) = c.to_pinyin() {
        add(reading.plain());
    }
    if let Some(others) = c.to_pinyin_multi() {
        others.into_iter().for_each(|r| add(r.plain()));
    }
    list
}

/// The readings of every character in these texts.
pub(crate) fn collect(folded: impl Iterator<Item = String>) -> Readings {
    let mut seen = HashSet::new();
    for text in folded {
        seen.extend(text.chars().filter(|c| !c.is_ascii()));
    }
    let chars: BTreeSet<char> = seen.into_iter().collect();
    Readings {
        chars: chars.into_iter().map(|c| (c, readings(c))).filter(|e| !e.1.is_empty()).collect(),
    }
}

//! Postings over the distinct values of a large text column: which values can match a term at all.
//!
//! Candidates are checked on the text afterwards, so a posting list may hold too much but never too little.

use std::collections::HashMap;

use crate::columns::{Lists, Strings};
use crate::engine::Term;
use crate::sound::Readings;

/// A column with fewer distinct values is scanned: a few thousand short strings take microseconds.
pub(crate) const SCAN_MAX: usize = 2_000;
/// Most ways to cut a term into syllables that are followed; a term with more is compared with every value.
const CUTS_MAX: usize = 64;

/// Postings of one column, flat: written out and read back as they are (`frozen`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Grams {
    pub(crate) values: u32,
    /// One or two folded characters (the second 0 for one) → values, ascending.
    pub(crate) text: Postings,
    /// The same over standard numbers without separators.
    pub(crate) squeezed: Postings,
    /// Two initials of neighbours → values.
    pub(crate) initials: Postings,
    /// Syllable → values.
    pub(crate) syllables: Postings,
}

/// Values by key: keys ascending, the list of each end to end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Postings {
    pub(crate) keys: Vec<u64>,
    pub(crate) lists: Lists,
}

impl Postings {
    fn of(map: HashMap<u64, Vec<u32>>) -> Postings {
        let mut lists: Vec<(u64, Vec<u32>)> = map.into_iter().collect();
        lists.sort_unstable_by_key(|(key, _)| *key);
        let mut postings = Postings::default();
        for (key, list) in lists {
            postings.keys.push(key);
            postings.lists.push(list);
        }
        postings
    }

    /// Empty where the key has none.
    fn get(&self, key: u64) -> &[u32] {
        self.keys.binary_search(&key).map_or(&[], |i| self.lists.get(i))
    }
}

fn pair(a: char, b: Option<char>) -> u64 {
    u64::from(u32::from(a)) << 32 | b.map_or(0, |b| u64::from(u32::from(b)))
}

/// Letters as a number; none for more than eight of them, which no syllable has.
fn letters(text: &[u8]) -> Option<u64> {
    let number = |sum: u64, byte: &u8| sum << 8 | u64::from(*byte);
    (text.len() <= 8).then(|| text.iter().fold(0, number))
}

fn add(map: &mut HashMap<u64, Vec<u32>>, key: u64, value: u32) {
    let list = map.entry(key).or_default();
    if list.last() != Some(&value) {
        list.push(value);
    }
}

fn add_text(map: &mut HashMap<u64, Vec<u32>>, text: &str, value: u32) {
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        add(map, pair(c, None), value);
        if let Some(&next) = chars.peek() {
            add(map, pair(c, Some(next)), value);
        }
    }
}

impl Grams {
    /// Indexes the values of a column.
    pub(crate) fn build(folded: &Strings, squeezed: &Strings, readings: &Readings) -> Grams {
        let [mut text, mut numbers, mut initials, mut syllables] =
            [(); 4].map(|()| HashMap::<u64, Vec<u32>>::new());
        for (v, value) in folded.iter().enumerate() {
            let v = v as u32;
            add_text(&mut text, value, v);
            let mut before: &[String] = &[];
            for c in value.chars() {
                let here = readings.of(c);
                for reading in here {
                    if let Some(syllable) = letters(reading.as_bytes()) {
                        add(&mut syllables, syllable, v);
                    }
                    for earlier in before {
                        let (Some(&a), Some(&b)) =
                            (earlier.as_bytes().first(), reading.as_bytes().first())
                        else {
                            continue;
                        };
                        add(&mut initials, u64::from(a) << 8 | u64::from(b), v);
                    }
                }
                before = here;
            }
        }
        for (v, number) in squeezed.iter().enumerate() {
            add_text(&mut numbers, number, v as u32);
        }
        Grams {
            values: folded.len() as u32,
            text: Postings::of(text),
            squeezed: Postings::of(numbers),
            initials: Postings::of(initials),
            syllables: Postings::of(syllables),
        }
    }

    /// Values that may match a term, ascending.
    pub(crate) fn candidates(&self, term: &Term, sound: bool) -> Vec<u32> {
        let mut found = containing(&self.text, &term.text);
        if let Some(number) = &term.squeezed {
            found = union(found, containing(&self.squeezed, number));
        }
        if sound {
            found = union(found, self.by_initials(&term.text));
            match self.by_syllables(&term.text) {
                Some(values) => found = union(found, values),
                None => return (0..self.values).collect(),
            }
        }
        found
    }

    fn by_initials(&self, term: &str) -> Vec<u32> {
        let lists = term
            .as_bytes()
            .windows(2)
            .map(|w| self.initials.get(u64::from(w[0]) << 8 | u64::from(w[1])));
        intersection(lists.collect())
    }

    /// Follows every way to cut the term into syllables that occur; none if there are too many.
    fn by_syllables(&self, term: &str) -> Option<Vec<u32>> {
        let mut found = Vec::new();
        let mut cuts = 0;
        let mut open: Vec<(usize, Vec<&[u32]>)> = vec![(0, Vec::new())];
        while let Some((from, lists)) = open.pop() {
            if from == term.len() {
                cuts += 1;
                if cuts > CUTS_MAX {
                    return None;
                }
                found = union(found, intersection(lists));
                continue;
            }
            if open.len() > CUTS_MAX {
                return None;
            }
            // The longest syllable has six letters: zhuang.
            for to in from + 1..=term.len().min(from + 6) {
                let list = letters(&term.as_bytes()[from..to]).map(|l| self.syllables.get(l));
                if let Some(list) = list.filter(|list| !list.is_empty()) {
                    let mut lists = lists.clone();
                    lists.push(list);
                    open.push((to, lists));
                }
            }
        }
        Some(found)
    }
}

fn containing(postings: &Postings, term: &str) -> Vec<u32> {
    let chars: Vec<char> = term.chars().collect();
    let list = |key: u64| postings.get(key);
    match chars.as_slice() {
        [] => Vec::new(),
        [one] => list(pair(*one, None)).to_vec(),
        _ => intersection(chars.windows(2).map(|w| list(pair(w[0], Some(w[1])))).collect()),
    }
}

/// Values in every list. Stops shrinking once few are left: checking those on the text is cheaper.
fn intersection(mut lists: Vec<&[u32]>) -> Vec<u32> {
    lists.sort_by_key(|l| l.len());
    let Some((first, others)) = lists.split_first() else { return Vec::new() };
    let mut found = first.to_vec();
    for list in others {
        if found.len() <= 32 {
            break;
        }
        if list.len() / found.len() > 16 {
            found.retain(|v| list.binary_search(v).is_ok());
        } else {
            let mut rest = list.iter();
            let mut next = rest.next();
            found.retain(|v| {
                while next.is_some_and(|n| n < v) {
                    next = rest.next();
                }
                next == Some(v)
            });
        }
    }
    found
}

fn union(a: Vec<u32>, b: Vec<u32>) -> Vec<u32> {
    if a.is_empty() {
        return b;
    }
    if b.is_empty() {
        return a;
    }
    let mut all = a;
    all.extend(b);
    all.sort_unstable();
    all.dedup();
    all
}

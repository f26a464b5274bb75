//! Postings over the distinct values of a large text column: which values can match a term at all.
//!
//! Candidates are checked on the text afterwards, so a posting list may hold too much but never too little.

use std::collections::HashMap;

use crate::columns::Strings;
use crate::engine::Term;
use crate::sound::Readings;

/// A column with fewer distinct values is scanned: a few thousand short strings take microseconds.
pub(crate) const SCAN_MAX: usize = 2_000;
/// Most ways to cut a term into syllables that are followed; a term with more is compared with every value.
const CUTS_MAX: usize = 64;

/// Postings of one column.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grams {
    values: u32,
    /// One or two folded characters (the second 0 for one) → values, ascending.
    text: HashMap<u64, Vec<u32>>,
    /// The same over standard numbers without separators.
    squeezed: HashMap<u64, Vec<u32>>,
    /// Two initials of neighbours → values.
    initials: HashMap<[u8; 2], Vec<u32>>,
    /// Syllable → values.
    syllables: HashMap<String, Vec<u32>>,
}

fn pair(a: char, b: Option<char>) -> u64 {
    u64::from(u32::from(a)) << 32 | b.map_or(0, |b| u64::from(u32::from(b)))
}

fn add<K: std::hash::Hash + Eq>(map: &mut HashMap<K, Vec<u32>>, key: K, value: u32) {
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
        let mut grams = Grams { values: folded.len() as u32, ..Grams::default() };
        for (v, text) in folded.iter().enumerate() {
            let v = v as u32;
            add_text(&mut grams.text, text, v);
            let mut before: &[String] = &[];
            for c in text.chars() {
                let here = readings.of(c);
                for reading in here {
                    match grams.syllables.get_mut(reading.as_str()) {
                        Some(list) if list.last() == Some(&v) => {}
                        Some(list) => list.push(v),
                        None => {
                            grams.syllables.insert(reading.clone(), vec![v]);
                        }
                    }
                    for earlier in before {
                        let (Some(&a), Some(&b)) =
                            (earlier.as_bytes().first(), reading.as_bytes().first())
                        else {
                            continue;
                        };
                        add(&mut grams.initials, [a, b], v);
                    }
                }
                before = here;
            }
        }
        for (v, text) in squeezed.iter().enumerate() {
            add_text(&mut grams.squeezed, text, v as u32);
        }
        grams
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
            .map(|w| self.initials.get(&[w[0], w[1]]).map_or(&[][..], Vec::as_slice));
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
                if let Some(list) = self.syllables.get(&term[from..to]) {
                    let mut lists = lists.clone();
                    lists.push(list);
                    open.push((to, lists));
                }
            }
        }
        Some(found)
    }
}

fn containing(map: &HashMap<u64, Vec<u32>>, term: &str) -> Vec<u32> {
    let chars: Vec<char> = term.chars().collect();
    let list = |key: u64| map.get(&key).map_or(&[][..], Vec::as_slice);
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

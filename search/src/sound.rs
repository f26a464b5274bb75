//! Matching by sound: a term of Latin letters against the readings of Chinese characters.
//!
//! A term matches a run of Chinese characters when it spells their full pinyin without tones (`taoci`), or, from
//! two letters on, their initials (`tcz`), beginning and ending at syllable boundaries: `aoci` and `taoc` match
//! nothing in 陶瓷. ü is typed `v` or `u`. A character with several readings matches by each of them.
//! Chinese never matches by sound: only terms of Latin letters come here.

/// The readings of the characters that occur: shipped with a shelf, so that a browser has no table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Readings {
    /// Ascending by character; the first reading is the most common one, by which names are sorted.
    pub(crate) chars: Vec<(char, Vec<String>)>,
}

impl Readings {
    pub(crate) fn of(&self, c: char) -> &[String] {
        match self.chars.binary_search_by_key(&c, |e| e.0) {
            Ok(i) => &self.chars[i].1,
            Err(_) => &[],
        }
    }

    /// Prepares a term; none if it is not made of Latin letters only.
    pub(crate) fn term<'a>(&'a self, term: &'a str) -> Option<SoundTerm<'a>> {
        if term.is_empty() || !term.bytes().all(|b| b.is_ascii_lowercase()) {
            return None;
        }
        let initials = term.len() > 1;
        let first = &term[..1];
        let starts: Vec<char> = self
            .chars
            .iter()
            .filter(|(_, readings)| {
                readings
                    .iter()
                    .any(|r| term.starts_with(r.as_str()) || initials && r.starts_with(first))
            })
            .map(|e| e.0)
            .collect();
        (!starts.is_empty()).then_some(SoundTerm { readings: self, term, initials, starts })
    }

    /// What names are sorted by: each Chinese character as its most common reading and itself.
    pub(crate) fn sort_key(&self, folded: &str) -> String {
        let mut key = String::with_capacity(folded.len() * 2);
        for c in folded.chars() {
            if let Some(reading) = self.of(c).first() {
                key.push_str(reading);
                // Behind every letter of a syllable and before the next: `xi` + 安 before `xian`.
                key.push('\u{1}');
            }
            key.push(c);
        }
        key
    }
}

/// A term of Latin letters with the characters it can begin at.
pub(crate) struct SoundTerm<'a> {
    readings: &'a Readings,
    term: &'a str,
    initials: bool,
    starts: Vec<char>,
}

impl SoundTerm<'_> {
    /// Whether the term sounds like a part of a folded text.
    pub(crate) fn matches(&self, folded: &str) -> bool {
        // Models, numbers, English: nothing to sound out.
        if folded.is_ascii() {
            return false;
        }
        let mut rest = folded.chars();
        loop {
            let here = rest.clone();
            let Some(c) = rest.next() else { return false };
            if c.is_ascii() || self.starts.binary_search(&c).is_err() {
                continue;
            }
            if self.full(here.clone(), self.term) || self.initials && self.initial(here) {
                return true;
            }
        }
    }

    fn full(&self, mut text: std::str::Chars<'_>, term: &str) -> bool {
        if term.is_empty() {
            return true;
        }
        let Some(c) = text.next() else { return false };
        let readings = self.readings.of(c);
        readings.iter().any(|r| {
            term.strip_prefix(r.as_str()).is_some_and(|rest| self.full(text.clone(), rest))
        })
    }

    fn initial(&self, text: std::str::Chars<'_>) -> bool {
        let mut text = text;
        self.term.bytes().all(|letter| {
            text.next().is_some_and(|c| {
                self.readings.of(c).iter().any(|r| r.as_bytes().first() == Some(&letter))
            })
        })
    }
}

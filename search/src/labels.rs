//! Words for codes that come from the records (categories, schemes, places).

use std::collections::BTreeMap;

/// (facet, code) → words: simplified, traditional, English. Codes of a fixed vocabulary need none.
#[derive(Clone, Debug, Default)]
pub struct Labels {
    words: BTreeMap<&'static str, BTreeMap<String, [String; 3]>>,
}

impl Labels {
    /// No words.
    pub fn new() -> Labels {
        Labels::default()
    }

    /// Says what a code is called.
    pub fn insert(&mut self, facet: &'static str, code: impl Into<String>, words: [String; 3]) {
        self.words.entry(facet).or_default().insert(code.into(), words);
    }

    /// What a code is called.
    pub fn get(&self, facet: &str, code: &str) -> Option<&[String; 3]> {
        self.words.get(facet)?.get(code)
    }
}

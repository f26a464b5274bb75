//! The page that looks up a whole list.

use super::Link;

/// What the page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LookupPage {
    /// Addresses of the shelves the browser looks the list up in; none where a catalogue is too large for one.
    pub shelves: Vec<String>,
    /// Rows the shelves hold together.
    pub records: u64,
    /// Status codes with their words, by catalogue: `products.valid` → 有效. For the script.
    pub statuses: Vec<(String, String)>,
    /// Most lines the server takes at a time, and most bytes.
    pub lines_max: usize,
    /// Most kilobytes the server takes at a time.
    pub kilobytes_max: usize,
    /// What the server found, if it was asked to.
    pub result: Option<LookupResult>,
}

/// A list that was looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LookupResult {
    /// Not looked up: why.
    Refused(String),
    /// Looked up.
    Lines(Vec<LookupLine>),
}

/// A line of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookupLine {
    /// Its number in the list, from 1.
    pub number: usize,
    /// As it was given.
    pub text: String,
    /// `certain`, `possible`, `code`, `none`.
    pub grade: &'static str,
    /// The records found: where they are, their status in words, what they were found by.
    pub hits: Vec<LookupHit>,
    /// Records beyond those.
    pub more: usize,
    /// A quality credit code, if the line is one.
    pub code: String,
    /// What else there is to say.
    pub remarks: Vec<&'static str>,
}

/// A record found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookupHit {
    /// To its page.
    pub link: Link,
    /// Its catalogue.
    pub catalogue: &'static str,
    /// Its status, in words.
    pub status: String,
    /// What it was found by.
    pub why: &'static str,
}

//! Fuzzing targets: one for each parser that reads what somebody else wrote.
//!
//! A target reads bytes and says whether its parser took them. What it takes it holds to more than not having
//! panicked: written again it is the same, read again it is equal. A target panics where that fails.

// The folders `cases`, `import` and `reference` here are links to the server's: the same files, compiled without the rest.
mod cases {
    pub mod number;
    pub mod token;
}
#[expect(dead_code, unused_imports, reason = "what the rest of the server calls")]
mod import {
    pub mod limits;
    pub mod map;
    pub mod reader;
}
#[expect(dead_code, reason = "what the rest of the server calls")]
mod reference {
    mod countries;
    mod tables;
    pub use countries::countries_in;
}

/// What those files need of the server's store: its error.
mod store {
    /// As the server's.
    pub type Result<T> = std::result::Result<T, StoreError>;

    /// The one variant they make.
    #[derive(Debug)]
    pub enum StoreError {
        Caller(#[expect(dead_code, reason = "printed by Debug")] String),
    }
}

mod domain;
mod forms;
mod lists;

use std::path::{Path, PathBuf};

/// A parser under test.
pub struct Target {
    /// Its name on the command line and of its folders.
    pub name: &'static str,
    /// Reads an input; whether the parser took it. Panics where a promise of the parser fails.
    pub run: fn(&[u8]) -> bool,
    /// Inputs to begin with, some of them taken.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// Longest input that is tried, bytes.
    pub longest: usize,
}

/// All of them.
#[must_use]
pub fn targets() -> Vec<Target> {
    let mut all = domain::targets();
    all.extend(forms::targets());
    all.extend(lists::targets());
    all
}

/// Folder of a target's inputs that are kept in the project: found by fuzzing, one of each kind.
#[must_use]
pub fn corpus(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(name)
}

/// Folder of inputs a target once failed on.
#[must_use]
pub fn crashes(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("crashes").join(name)
}

/// The texts as seeds.
fn seeds_of(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

//! The oracle suite of `search` as a wasm module. Node calls `run_suite` and reports what it returns or throws.

use wasm_bindgen::prelude::wasm_bindgen;

/// Compares that many random queries; gives a line that says what was covered.
///
/// # Errors
/// The first difference, thrown as a string.
#[wasm_bindgen]
pub fn run_suite(seed: u32, queries: u32) -> Result<String, String> {
    search::suite::run(u64::from(seed), queries as usize).map(|s| {
        format!(
            "{} queries, {} with hits, {} sets of {} records",
            s.queries, s.with_hits, s.datasets, s.rows
        )
    })
}

/// Reads bytes as a shelf and says how many records it holds: what a reader's browser does first.
///
/// # Errors
/// Why the bytes are no shelf.
#[wasm_bindgen]
pub fn shelf_rows(bytes: &[u8]) -> Result<u32, String> {
    search::Shelf::parse(bytes).map(|s| s.len() as u32).map_err(|e| e.to_string())
}

//! The verdict's suite as a wasm module. Node calls it and compares its answers with the program's.

use wasm_bindgen::prelude::wasm_bindgen;

/// Judges that many random cases; gives one hash over all verdicts and the number of each outcome.
#[wasm_bindgen]
pub fn verdicts(seed: u32, cases: u32) -> String {
    register::verdict::suite::run(u64::from(seed), cases).to_string()
}

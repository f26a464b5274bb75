//! The check of a page as a wasm module: the page hands it what it printed, what `/check.json` answered, the
//! records' JSON and what this device remembers, and gets what holds and what does not, line by line. It judges
//! with `register::evidence`, as the command line and the tests do; the words are the page's own.

use register::evidence::page::{Printed, Remembered, check};
use wasm_bindgen::prelude::wasm_bindgen;

/// Checks a page; see [`register::evidence::page::check`] for what each part is.
///
/// `records` are texts with a NUL between, in which no JSON has one. `key` and `note` are what this device
/// remembers, both empty at the first look. The first line of the answer is the outcome (`holds`, `partly`,
/// `unchecked`, `failed`), each other one a word and its values with tabs between.
#[wasm_bindgen]
#[must_use]
#[expect(clippy::too_many_arguments, reason = "a struct would cost the page more JavaScript")]
pub fn judge(
    kind: &str,
    of: &str,
    as_of: &str,
    known: f64,
    status: &str,
    answer: &str,
    records: &str,
    key: &str,
    note: &str,
) -> String {
    // A log size is far below 2^53; what is none is 0, at which no entry counts.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "said above")]
    let printed = Printed { kind, key: of, as_of, known: known as u64, status };
    let records: Vec<&str> = records.split('\0').collect();
    let seen = Remembered { key, checkpoint: note };
    let seen = (!key.is_empty() || !note.is_empty()).then_some(&seen);
    check(&printed, answer, &records, seen).text()
}

//! Counting again as a wasm module: the recount page hands it the answer of
//! `/targets/{id}/recount.json?records=all`, and gets what the formula comes to over the records in it,
//! computed with the functions the server computes with. The words are the page's own.

use register::formula::recounted;
use wasm_bindgen::prelude::wasm_bindgen;

/// Counts again from an answer and compares with the value the page says.
///
/// One line `word TAB value`: `equal` or `differs` with the value counted here; `none` with the reason why the
/// formula has no value; `too_many` where the answer carries no records; `unreadable` for what is no such
/// answer.
#[wasm_bindgen]
#[must_use]
pub fn recount(answer: &str, said: &str) -> String {
    let Ok(answer) = serde_json::from_str(answer) else { return "unreadable\t".to_owned() };
    let counted = recounted(&answer, said);
    let (word, value) = counted.line();
    format!("{word}\t{value}")
}

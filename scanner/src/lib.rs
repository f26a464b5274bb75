//! The decoder as a wasm module: the worker of the scan page hands it pixels and gets texts.

use scanner_decode::{Effort, Grey, decode};
use wasm_bindgen::prelude::wasm_bindgen;

/// Every code in a picture of four bytes a pixel (red, green, blue, opacity), as the canvas gives them:
/// name of the format, text, name of the format, text, …
///
/// `photo` looks as hard as the server does at an upload; without it the picture is a frame of a camera
/// and a hard one is left to the next. A picture whose bytes do not fit its size holds nothing.
#[wasm_bindgen]
#[must_use]
pub fn read(rgba: &[u8], width: usize, height: usize, photo: bool) -> Vec<String> {
    let Some(picture) = Grey::from_rgba(width, height, rgba) else { return Vec::new() };
    let effort = if photo { Effort::Photo } else { Effort::Frame };
    // A worker that takes too long is ended by its page, so there is no clock in here.
    let found = decode(&picture, effort, &mut || true);
    found.into_iter().flat_map(|code| [code.format.name().to_owned(), code.text]).collect()
}

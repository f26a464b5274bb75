//! The wasm entry point of the islands.

use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the boot script once the module is there.
#[wasm_bindgen]
pub fn start() {
    app::islands::start();
}

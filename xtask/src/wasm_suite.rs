//! The search suite compiled to wasm: what a reader's browser computes, against the same oracle.

use wasm_bindgen_cli_support::Bindgen;

use crate::Outcome;
use crate::tools::{self, WASM_TARGET};

/// Queries compared; each against four engines.
const QUERIES: u32 = 10_000;
/// A fixed seed: a failure comes back.
const SEED: u32 = 20_261_122;

const SCRIPT: &str = "
const suite = require(process.argv[1]);
try {
  console.log('search in wasm: ' + suite.run_suite(Number(process.argv[2]), Number(process.argv[3])));
} catch (difference) {
  console.error(String(difference));
  process.exit(1);
}";

/// Compiles the suite and runs it under Node.js.
pub fn run() -> Outcome {
    if !tools::has("node") {
        return Err("the search suite in wasm runs under Node.js, which is not here; cargo xtask setup installs it \
                    (Debian and Ubuntu, as root), or get it from https://nodejs.org"
            .to_owned());
    }
    tools::run(tools::cargo().args([
        "build",
        "-p",
        "search-wasm-suite",
        "--target",
        WASM_TARGET,
        "--release",
    ]))?;
    let compiled = tools::target().join(WASM_TARGET).join("release/search_wasm_suite.wasm");
    let folder = tools::target().join("wasm-suite");
    let failed = |error| format!("wasm-bindgen: {error:#}");
    Bindgen::new()
        .input_path(compiled)
        .out_name("suite")
        .nodejs(true)
        .map_err(failed)?
        .typescript(false)
        .generate(&folder)
        .map_err(failed)?;
    tools::run(
        tools::command("node")
            .args(["-e", SCRIPT])
            .arg(folder.join("suite.js"))
            .args([SEED.to_string(), QUERIES.to_string()]),
    )
}

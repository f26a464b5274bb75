//! What a reader's browser computes, against what the server computes: the search suite with its
//! oracle, and the verdict on random cases.

use std::path::PathBuf;

use wasm_bindgen_cli_support::Bindgen;

use crate::Outcome;
use crate::tests::PROFILE;
use crate::tools::{self, WASM_TARGET};

/// Queries compared; each against four engines.
const QUERIES: u32 = 10_000;
/// Codes judged here and there.
const VERDICTS: u32 = 100_000;
/// A fixed seed: a failure comes back.
const SEED: u32 = 20_261_122;

const SEARCH: &str = "
const suite = require(process.argv[1]);
try {
  console.log('search in wasm: ' + suite.run_suite(Number(process.argv[2]), Number(process.argv[3])));
} catch (difference) {
  console.error(String(difference));
  process.exit(1);
}";

const VERDICT: &str = "
const suite = require(process.argv[1]);
process.stdout.write(suite.verdicts(Number(process.argv[2]), Number(process.argv[3])));";

/// Compiles the suites and runs them under Node.js.
pub fn run() -> Outcome {
    if !tools::has("node") {
        return Err("the suites in wasm run under Node.js, which is not here; cargo xtask setup installs it \
                    (Debian and Ubuntu, as root), or get it from https://nodejs.org"
            .to_owned());
    }
    verdicts()?;
    let suite = module("search-wasm-suite")?;
    tools::run(
        tools::command("node")
            .args(["-e", SEARCH])
            .arg(suite)
            .args([SEED.to_string(), QUERIES.to_string()]),
    )
}

/// Judges the same random cases in the program and in wasm. Both give one hash over the JSON of
/// every verdict, sentences included, so equal hashes are equal answers.
fn verdicts() -> Outcome {
    let numbers = [SEED.to_string(), VERDICTS.to_string()];
    let package = "register-wasm-suite";
    let here = tools::output(
        tools::cargo()
            .args(["run", "--quiet", "--profile", PROFILE, "-p", package, "--"])
            .args(&numbers),
    )?;
    let suite = module(package)?;
    let there =
        tools::output(tools::command("node").args(["-e", VERDICT]).arg(suite).args(&numbers))?;
    let (here, there) = (here.trim(), there.trim());
    if here != there {
        return Err(format!("{VERDICTS} verdicts differ\n  here: {here}\n  wasm: {there}"));
    }
    println!("verdicts in wasm: {VERDICTS} equal to the program's, {here}");
    Ok(())
}

/// Compiles a suite to wasm; gives the module Node.js loads.
fn module(package: &str) -> Outcome<PathBuf> {
    tools::run(tools::cargo().args([
        "build",
        "-p",
        package,
        "--lib",
        "--target",
        WASM_TARGET,
        "--profile",
        "wasm",
    ]))?;
    let file = format!("{}.wasm", package.replace('-', "_"));
    let compiled = tools::target().join(WASM_TARGET).join("wasm").join(file);
    let folder = tools::target().join("wasm-suite").join(package);
    let failed = |error| format!("wasm-bindgen: {error:#}");
    Bindgen::new()
        .input_path(compiled)
        .out_name("suite")
        .nodejs(true)
        .map_err(failed)?
        .typescript(false)
        .generate(&folder)
        .map_err(failed)?;
    Ok(folder.join("suite.js"))
}

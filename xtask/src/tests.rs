//! `cargo xtask test`: everything that holds the portal to its promises.

use crate::frontend::Part;
use crate::steps::Steps;
use crate::tools::{self, WASM_TARGET};
use crate::{Outcome, build, setup, wasm_suite};

/// Name, words, work.
type Step = (&'static str, &'static str, fn() -> Outcome);

/// The steps, in order; `--only NAME` chooses.
const STEPS: [Step; 6] = [
    ("fmt", "Formatting", fmt),
    ("clippy", "Lints", clippy),
    ("doc", "Examples in the documentation", doc),
    ("unit", "Unit, property and router tests", unit),
    ("wasm", "Search and verdicts in wasm", wasm_suite::run),
    ("e2e", "Browser tests", end_to_end),
];

/// `cargo xtask test [--only STEP]… [--list]`.
pub fn command(words: &[String]) -> Outcome {
    let mut only = Vec::new();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--list" => {
                for (name, what, _) in STEPS {
                    println!("{name:8}{what}");
                }
                return Ok(());
            }
            "--only" => only
                .push(words.next().ok_or("--only wants the name of a step; see --list")?.as_str()),
            other => {
                return Err(format!("“{other}” is not an option of test; see cargo xtask help"));
            }
        }
    }
    if let Some(unknown) = only.iter().find(|name| STEPS.iter().all(|(step, ..)| step != *name)) {
        return Err(format!("no step “{unknown}”; see cargo xtask test --list"));
    }
    let chosen = |name: &str| only.is_empty() || only.contains(&name);
    let browser = chosen("e2e");
    let count = STEPS.iter().filter(|(name, ..)| chosen(name)).count();
    let mut steps = Steps::new(count + 1 + if browser { build::STEPS + 1 } else { 0 });
    steps.step("Rust for wasm", tools::wasm_target)?;
    if browser {
        // First, so that a machine that lacks something says so before the long work.
        steps.step("What the browser tests need", || setup::for_browser_tests().map(|_| ()))?;
    }
    for (name, what, work) in STEPS.into_iter().filter(|(name, ..)| chosen(name)) {
        if name == "e2e" {
            build::binary(&mut steps)?;
            // The runner's own summary is the last thing printed.
            steps.last(what, work)?;
        } else {
            steps.step(what, work)?;
        }
    }
    Ok(())
}

fn fmt() -> Outcome {
    tools::run(tools::cargo().args(["fmt", "--all", "--check"]))
}

fn clippy() -> Outcome {
    let strict = ["--", "-D", "warnings"];
    tools::run(tools::cargo().args(["clippy", "--all-targets"]).args(strict))?;
    // These two promise to build for a browser, with nothing of the host in them.
    tools::run(
        tools::cargo()
            .args(["clippy", "-p", "register", "-p", "search", "--target", WASM_TARGET])
            .args(strict),
    )?;
    for part in Part::ALL {
        tools::run(
            tools::cargo()
                .args(["clippy", "-p", part.name(), "--target", WASM_TARGET])
                .args(strict),
        )?;
    }
    Ok(())
}

fn doc() -> Outcome {
    tools::run(tools::cargo().args(["test", "--quiet", "--doc"]))
}

fn unit() -> Outcome {
    if tools::has("cargo-nextest") {
        tools::run(tools::cargo().args([
            "nextest",
            "run",
            "--no-fail-fast",
            "--status-level",
            "fail",
        ]))
    } else {
        tools::run(tools::cargo().args(["test", "--no-fail-fast", "--all-targets"]))
    }
}

fn end_to_end() -> Outcome {
    let folder = tools::root().join("end2end");
    let browser = setup::for_browser_tests()?;
    let binary =
        tools::target().join("dist").join(format!("liangbiao{}", std::env::consts::EXE_SUFFIX));
    tools::run(
        tools::command("node")
            .args(["node_modules/@playwright/test/cli.js", "test"])
            .env("CHROMIUM", browser)
            .env("LIANGBIAO", binary)
            .current_dir(folder),
    )
}

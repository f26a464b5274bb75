//! `cargo xtask test`: everything that holds the portal to its promises.

use crate::frontend::Part;
use crate::steps::Steps;
use crate::tools::{self, WASM_TARGET};
use crate::{Outcome, build, deny, faults, setup, wasm_suite};

/// Name, words, work.
type Step = (&'static str, &'static str, fn() -> Outcome);

/// The profile of all that is compiled for this machine, and the folder of what it makes.
pub const PROFILE: &str = "checked";

/// The program with its assets inside, as it is handed out. Doc, unit and browser tests ask for the same, so that
/// it is compiled once.
const WHOLE: [&str; 2] = ["--features", "server/embed"];

/// The steps that compile it.
const WITH_ASSETS: [&str; 4] = ["doc", "unit", "faults", "e2e"];

/// The steps, in order; `--only NAME` chooses.
const STEPS: [Step; 8] = [
    ("fmt", "Formatting", fmt),
    ("deny", "Licences and sources of what we depend on", deny::step),
    ("clippy", "Lints", clippy),
    ("doc", "Examples in the documentation", doc),
    ("unit", "Unit, property and router tests", unit),
    ("wasm", "Search and verdicts in wasm", wasm_suite::run),
    ("faults", "Kills, disk errors, rot and wrong clocks, in short", faults::short),
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
    let mut assets = WITH_ASSETS.into_iter().any(chosen);
    let count = STEPS.iter().filter(|(name, ..)| chosen(name)).count();
    let before = usize::from(browser) + if assets { build::ASSET_STEPS } else { 0 };
    let mut steps = Steps::new(count + 1 + before);
    steps.step("Rust for wasm", tools::wasm_target)?;
    if browser {
        // First, so that a machine that lacks something says so before the long work.
        steps.step("What the browser tests need", || setup::for_browser_tests().map(|_| ()))?;
    }
    for (name, what, work) in STEPS.into_iter().filter(|(name, ..)| chosen(name)) {
        if WITH_ASSETS.contains(&name) && std::mem::take(&mut assets) {
            build::assets(&mut steps)?;
        }
        if name == "e2e" {
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
    tools::run(
        tools::cargo().args(["clippy", "--profile", PROFILE, "--all-targets"]).args(strict),
    )?;
    let wasm = ["clippy", "--profile", "wasm", "--target", WASM_TARGET];
    // These two promise to build for a browser, with nothing of the host in them.
    tools::run(tools::cargo().args(wasm).args(["-p", "register", "-p", "search"]).args(strict))?;
    for part in Part::ALL {
        tools::run(tools::cargo().args(wasm).args(["-p", part.name()]).args(strict))?;
    }
    Ok(())
}

fn doc() -> Outcome {
    let doc = ["test", "--quiet", "--doc", "--profile", PROFILE];
    tools::run(tools::cargo().args(doc).args(WHOLE).env("LIANGBIAO_SITE_DIR", tools::site()))
}

fn unit() -> Outcome {
    let mut cargo = tools::cargo();
    if tools::has("cargo-nextest") {
        cargo.args(["nextest", "run", "--cargo-profile", PROFILE, "--no-fail-fast"]);
        cargo.args(["--status-level", "fail"]);
    } else {
        cargo.args(["test", "--profile", PROFILE, "--no-fail-fast", "--all-targets"]);
    }
    tools::run(cargo.args(WHOLE).env("LIANGBIAO_SITE_DIR", tools::site()))
}

fn end_to_end() -> Outcome {
    let folder = tools::root().join("end2end");
    let browser = setup::for_browser_tests()?;
    // The unit tests have made it; alone this step has to.
    let build = ["build", "-p", "server", "--profile", PROFILE];
    tools::run(tools::cargo().args(build).args(WHOLE).env("LIANGBIAO_SITE_DIR", tools::site()))?;
    let binary =
        tools::target().join(PROFILE).join(format!("liangbiao{}", std::env::consts::EXE_SUFFIX));
    tools::run(
        tools::command("node")
            .args(["node_modules/@playwright/test/cli.js", "test"])
            .env("CHROMIUM", browser)
            .env("LIANGBIAO", binary)
            .current_dir(folder),
    )
}

//! `cargo xtask faults`: builds the program as it is tested, and the suite of faults, and runs it.

use crate::steps::Steps;
use crate::tests::PROFILE;
use crate::{Outcome, build, tools};

/// `cargo xtask faults [--only NAME] [--short] [--seed N]`.
pub fn command(words: &[String]) -> Outcome {
    build::assets(&mut Steps::new(build::ASSET_STEPS))?;
    run(words)
}

/// The part of it that `cargo xtask test` runs.
pub fn short() -> Outcome {
    run(&["--short".to_owned()])
}

fn run(words: &[String]) -> Outcome {
    let build = ["build", "-p", "server", "-p", "faults", "--profile", PROFILE];
    tools::run(
        tools::cargo()
            .args(build)
            .args(["--features", "server/embed"])
            .env("LIANGBIAO_SITE_DIR", tools::site()),
    )?;
    let made = |name: &str| {
        tools::target().join(PROFILE).join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    };
    tools::run(tools::command(made("faults")).arg(made("liangbiao")).args(words))
}

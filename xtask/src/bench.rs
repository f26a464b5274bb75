//! `cargo xtask bench`: builds what is handed out, and measures it beside something known.

use crate::steps::Steps;
use crate::{Outcome, build, tools};

/// `cargo xtask bench NAME …`.
pub fn command(words: &[String]) -> Outcome {
    let [name, rest @ ..] = words else {
        return Err(
            "bench wants the name of what to measure: verify, unknown, append or nodes".to_owned()
        );
    };
    let mut bench = tools::cargo();
    if name == "nodes" {
        // A simulation: nothing has to be built for it but itself.
        return tools::run(bench.args(["run", "-p", "bench", "--", name]).args(rest));
    }
    let mut steps = Steps::new(build::STEPS);
    let binary = build::binary(&mut steps)?;
    tools::run(
        bench
            .args(["run", "-p", "bench", "--profile", "dist", "--features", "server/embed"])
            .env("LIANGBIAO_SITE_DIR", tools::site())
            .args(["--", name])
            .arg(&binary)
            .args(rest),
    )
}

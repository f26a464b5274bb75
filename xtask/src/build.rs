//! `cargo xtask build`: one file with everything inside.

use std::path::PathBuf;

use crate::assets::Site;
use crate::frontend::{self, Profile};
use crate::steps::Steps;
use crate::{Outcome, tools};

/// Steps of a build; commands that build first count them in.
pub const STEPS: usize = 5;

/// `cargo xtask build`.
pub fn command() -> Outcome {
    let binary = binary(&mut Steps::new(STEPS))?;
    let size = std::fs::metadata(&binary).map(|file| file.len()).unwrap_or_default();
    eprintln!("\n{} ({:.1} MB) holds the whole portal.", binary.display(), size as f64 / 1e6);
    Ok(())
}

/// `cargo xtask assets`: for a server that is run from its own build, as in `LIANGBIAO_SITE_DIR=… cargo run`.
pub fn assets_command() -> Outcome {
    assets(&mut Steps::new(STEPS - 1))?;
    eprintln!("\nLIANGBIAO_SITE_DIR={}", tools::site().display());
    Ok(())
}

/// Builds the binary with every asset inside; returns where it is.
pub fn binary(steps: &mut Steps) -> Outcome<PathBuf> {
    assets(steps)?;
    steps.step("The server, with the assets inside", || {
        tools::run(
            tools::cargo()
                .args(["build", "-p", "server", "--profile", "dist", "--features", "embed"])
                .env("LIANGBIAO_SITE_DIR", tools::site()),
        )
    })?;
    Ok(tools::target().join("dist").join(format!("liangbiao{}", std::env::consts::EXE_SUFFIX)))
}

fn assets(steps: &mut Steps) -> Outcome {
    steps.step("Rust for wasm", tools::wasm_target)?;
    let compiled = steps.step("Islands to wasm", || frontend::compile(Profile::Small))?;
    let (folder, wasm) = steps.step("Their JavaScript, and fewer bytes", || {
        let folder = frontend::bindgen(&compiled)?;
        let wasm = frontend::optimise(&folder)?;
        Ok((folder, wasm))
    })?;
    steps.step("Assets: hashed names, brotli, gzip", || {
        let mut site = Site::new(true);
        site.add_source()?;
        site.add_frontend(&folder, &wasm)?;
        site.finish()
    })
}

//! `cargo xtask build`: one file with everything inside.

use std::path::PathBuf;

use crate::assets::Site;
use crate::frontend::{self, Part, Profile};
use crate::steps::Steps;
use crate::{Outcome, tools};

/// Steps of the assets; commands that make them first count them in.
pub const ASSET_STEPS: usize = 4;

/// Steps of a build; commands that build first count them in.
pub const STEPS: usize = ASSET_STEPS + 1;

/// `cargo xtask build`.
pub fn command() -> Outcome {
    let binary = binary(&mut Steps::new(STEPS))?;
    let size = std::fs::metadata(&binary).map(|file| file.len()).unwrap_or_default();
    eprintln!("\n{} ({:.1} MB) holds the whole portal.", binary.display(), size as f64 / 1e6);
    Ok(())
}

/// `cargo xtask assets`: for a server that is run from its own build, as in `LIANGBIAO_SITE_DIR=… cargo run`.
pub fn assets_command() -> Outcome {
    assets(&mut Steps::new(ASSET_STEPS))?;
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

/// Builds the assets: what browsers download.
pub fn assets(steps: &mut Steps) -> Outcome {
    steps.step("Rust for wasm", tools::wasm_target)?;
    let compiled = steps.step("Islands, decoder and verifier to wasm", || {
        Part::ALL
            .iter()
            .map(|part| frontend::compile(*part, Profile::Small))
            .collect::<Outcome<Vec<_>>>()
    })?;
    let parts = steps.step("Their JavaScript, and fewer bytes", || {
        let made = Part::ALL.iter().zip(&compiled).map(|(part, compiled)| {
            let folder = frontend::bindgen(*part, compiled)?;
            let wasm = frontend::optimise(*part, &folder)?;
            Ok((*part, folder, wasm))
        });
        made.collect::<Outcome<Vec<_>>>()
    })?;
    steps.step("Assets: hashed names, brotli, gzip", || {
        let mut site = Site::new(true);
        site.add_source()?;
        for (part, folder, wasm) in &parts {
            site.add_part(*part, folder, wasm)?;
        }
        site.finish()
    })
}

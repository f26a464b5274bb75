//! The browser's parts: `frontend`, `scanner`, `verifier`, `verifier/sm2`, `recounter`, `lookup/wasm` and `checker` to wasm, their JavaScript, and the bytes squeezed out of them.

use std::path::{Path, PathBuf};

use wasm_bindgen_cli_support::Bindgen;

use crate::Outcome;
use crate::assets::hash16;
use crate::tools::{self, WASM_TARGET};

/// Features are named one by one: with `--all-features` wasm-opt writes imports that browsers refuse.
const WASM_OPT_FLAGS: [&str; 10] = [
    "-Oz",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    // What values can reach where, over the whole program; then the smallest code for what is left.
    "--gufa",
    "-Oz",
    "--strip-target-features",
];

/// A crate that is compiled to wasm. Each is a download of its own, fetched when it is needed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The islands.
    Frontend,
    /// The decoder of the scan page.
    Scanner,
    /// What is checked without a network.
    Verifier,
    /// Signatures of SM2, for the verifier.
    VerifierSm2,
    /// What counts a target again.
    Recounter,
    /// What looks a list up.
    Lookup,
    /// What checks a page against the log.
    Checker,
}

impl Part {
    /// All of them.
    pub const ALL: [Part; 7] = [
        Part::Frontend,
        Part::Scanner,
        Part::Verifier,
        Part::VerifierSm2,
        Part::Recounter,
        Part::Lookup,
        Part::Checker,
    ];

    /// Name of the crate and of the files made from it.
    pub fn name(self) -> &'static str {
        match self {
            Part::Frontend => "frontend",
            Part::Scanner => "scanner",
            Part::Verifier => "verifier",
            Part::VerifierSm2 => "verifier-sm2",
            Part::Recounter => "recounter",
            Part::Lookup => "lookup-wasm",
            Part::Checker => "checker",
        }
    }
}

/// How a part is compiled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Small (profile `wasm` of the workspace).
    Small,
    /// Quickly compiled, for `cargo xtask dev`.
    Quick,
}

impl Profile {
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Profile::Small => ("wasm", "wasm"),
            Profile::Quick => ("dev", "debug"),
        }
    }
}

/// Compiles a part; returns the wasm file as the compiler left it.
///
/// A cargo call for each: compiled together with the server, Leptos would get both of its features `csr`
/// and `ssr`, and compiled together with the decoder, the islands would carry the decoder's calendar.
pub fn compile(part: Part, profile: Profile) -> Outcome<PathBuf> {
    let (profile, folder) = profile.names();
    tools::run(tools::cargo().args([
        "build",
        "-p",
        part.name(),
        "--target",
        WASM_TARGET,
        "--profile",
        profile,
    ]))?;
    // Cargo names the file after the library, in which a hyphen becomes an underscore.
    let file = format!("{}.wasm", part.name().replace('-', "_"));
    Ok(tools::target().join(WASM_TARGET).join(folder).join(file))
}

/// Makes the JavaScript beside the wasm. Returns the folder that holds `{part}.js`, `{part}_bg.wasm` and
/// perhaps `snippets/`; done once per compiled file.
pub fn bindgen(part: Part, compiled: &Path) -> Outcome<PathBuf> {
    let name = part.name();
    let hash = hash16(&tools::read(compiled)?);
    let folder = tools::target().join("wasm-bindgen").join(hash);
    if folder.join(format!("{name}.ready")).exists() {
        return Ok(folder);
    }
    let failed = |error| format!("wasm-bindgen: {error:#}");
    Bindgen::new()
        .input_path(compiled)
        .out_name(name)
        .web(true)
        .map_err(failed)?
        .typescript(false)
        // The script finds its wasm beside itself; nobody else has to know the wasm's name.
        .omit_default_module_path(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(&folder)
        .map_err(failed)?;
    tools::write(&folder.join(format!("{name}.ready")), b"")?;
    Ok(folder)
}

/// Runs wasm-opt over the wasm in `folder`; returns the file to publish. Done once per input.
/// Without Node.js the wasm is published as it is, larger and equally right.
pub fn optimise(part: Part, folder: &Path) -> Outcome<PathBuf> {
    let name = part.name();
    let input = folder.join(format!("{name}_bg.wasm"));
    let output = folder.join(format!("{name}_bg.opt.wasm"));
    if output.exists() {
        return Ok(output);
    }
    if !tools::has_node() {
        eprintln!(
            "      Node.js is not here: wasm-opt is skipped, the download is about a fifth larger."
        );
        return Ok(input);
    }
    let packages = tools::root().join("frontend");
    if let Err(error) = tools::npm_ci(&packages) {
        eprintln!("      wasm-opt is skipped, it could not be installed: {error}");
        return Ok(input);
    }
    let partial = folder.join(format!("{name}_bg.part"));
    tools::run(
        tools::command("node")
            .arg(packages.join("node_modules/binaryen/bin/wasm-opt"))
            .args(WASM_OPT_FLAGS)
            .arg(&input)
            .arg("-o")
            .arg(&partial),
    )?;
    std::fs::rename(&partial, &output).map_err(|error| format!("{}: {error}", output.display()))?;
    let size = |path: &Path| std::fs::metadata(path).map(|file| file.len()).unwrap_or_default();
    eprintln!("      wasm-opt: {} → {} bytes", size(&input), size(&output));
    Ok(output)
}

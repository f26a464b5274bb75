//! What the tests need beside Rust: Node.js, a Chromium, Chinese fonts, npm packages, a PostgreSQL.
//!
//! Packages of the system are installed where that can be done without asking (root, apt-get);
//! elsewhere the exact command is said. Packages of npm go into `node_modules` here.

use std::path::{Path, PathBuf};

use crate::{Outcome, tools};

/// `cargo xtask setup`.
pub fn command() -> Outcome {
    tools::wasm_target()?;
    for_storage_tests()?;
    for_fault_tests()?;
    for_browser_tests().map(|_| ())
}

/// A PostgreSQL for the tests of the log's second home. Where it cannot be installed without asking, those
/// tests are skipped and say so.
fn for_storage_tests() -> Outcome {
    let found = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    if found.into_iter().any(|version| version.path().join("bin/initdb").exists())
        || tools::has("initdb")
    {
        return Ok(());
    }
    if may_install() {
        return install(&["postgresql"]);
    }
    eprintln!(
        "      no PostgreSQL 15 is installed: the tests of a log at home in PostgreSQL are skipped. On Debian or \
         Ubuntu: sudo apt-get install postgresql"
    );
    Ok(())
}

/// What makes disks fail and clocks go wrong. Without them those parts of the fault suite are skipped and say so.
fn for_fault_tests() -> Outcome {
    let there = [
        ("strace", tools::has("strace")),
        ("libfaketime", Path::new("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1").exists()),
    ];
    let missing: Vec<&str> =
        there.into_iter().filter(|(_, there)| !there).map(|(name, _)| name).collect();
    match missing.is_empty() {
        true => Ok(()),
        false if may_install() => install(&missing),
        false => {
            eprintln!(
                "      {} missing: parts of `cargo xtask faults` are skipped",
                missing.join(", ")
            );
            Ok(())
        }
    }
}

/// Whether packages of the system can be installed without asking.
fn may_install() -> bool {
    let root = tools::output(tools::command("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    root && tools::has("apt-get")
}

/// Makes sure that browser tests can run; returns the browser.
pub fn for_browser_tests() -> Outcome<PathBuf> {
    let mut missing = Vec::new();
    if !tools::has("node") {
        missing.push("nodejs");
    }
    if !tools::has("npm") {
        missing.push("npm");
    }
    if chromium().is_none() {
        missing.push("chromium");
    }
    if !has_chinese_font() {
        missing.push("fonts-noto-cjk");
    }
    if !missing.is_empty() {
        install(&missing)?;
    }
    tools::npm_ci(&tools::root().join("end2end"))?;
    chromium().ok_or_else(|| "Chromium is not found even now; name it in CHROMIUM".to_owned())
}

/// The browser: `CHROMIUM`, else the first that is installed.
fn chromium() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("CHROMIUM") {
        return Some(PathBuf::from(named));
    }
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
        "/snap/bin/chromium",
    ]
    .iter()
    .map(PathBuf::from)
    .find(|path| path.exists())
}

/// Without one, every Chinese character is the same empty box, and a screenshot shows nothing.
fn has_chinese_font() -> bool {
    match tools::output(tools::command("fc-list").arg(":lang=zh")) {
        Ok(fonts) => !fonts.trim().is_empty(),
        // No fontconfig: a system that has fonts its own way (or none; then Chromium brings fontconfig).
        Err(_) => !Path::new("/usr/bin/apt-get").exists(),
    }
}

fn install(packages: &[&str]) -> Outcome {
    let words = packages.join(" ");
    if !may_install() {
        return Err(format!(
            "the browser tests need: {words}. On Debian or Ubuntu: sudo apt-get update && sudo apt-get install -y \
             --no-install-recommends {words}. Elsewhere: Node.js 20 or newer with npm, Chromium (name it in \
             CHROMIUM when it is in an unusual place), and a font with Chinese characters."
        ));
    }
    eprintln!("      installing {words}");
    let apt = || {
        let mut apt = tools::command("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive").arg("-qq");
        apt
    };
    tools::run(apt().arg("update"))?;
    tools::run(apt().args(["install", "-y", "--no-install-recommends"]).args(packages))
}

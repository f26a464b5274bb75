//! `cargo xtask deny`: what may come in by way of a dependency, as `deny.toml` says, checked by cargo-deny.

use std::path::{Path, PathBuf};

use crate::{Outcome, tools};

/// Names a copy of the RustSec database where `--db` does not.
const VARIABLE: &str = "LIANGBIAO_ADVISORY_DB";

/// The folder cargo-deny looks for below its `db-path`: a name it makes from the address in `deny.toml`
/// (`db-urls`). Another release that makes another one says in its error where it looked.
const DB_FOLDER: &str = "advisory-db-3157b0e258782691";

const INSTALL: &str = "cargo install cargo-deny --locked --version ^0.20 (some minutes of compiling; packages of \
                       distributions and ready-made programs of its releases do as well)";

/// `cargo xtask deny [--db FOLDER]`.
pub fn command(words: &[String]) -> Outcome {
    let db = match words {
        [] => std::env::var_os(VARIABLE).map(PathBuf::from),
        [option, folder] if option == "--db" => Some(PathBuf::from(folder)),
        [option] if option == "--db" => return Err("--db wants a folder".to_owned()),
        [other, ..] => {
            return Err(format!("“{other}” is not an option of deny; see cargo xtask help"));
        }
    };
    if !tools::has("cargo-deny") {
        return Err(format!("cargo-deny is not here. Install it: {INSTALL}"));
    }
    check(&tools::root().join("deny.toml"), &["bans", "licenses", "sources"])?;
    match db {
        Some(db) => advisories(&db),
        None => {
            println!(
                "skipped: advisories. Name a copy of the RustSec database (github.com/RustSec/advisory-db) by \
                 --db FOLDER or {VARIABLE}."
            );
            Ok(())
        }
    }
}

/// The same as a step of the tests, which asks for nothing to be installed.
pub fn step() -> Outcome {
    if tools::has("cargo-deny") {
        command(&[])
    } else {
        println!("skipped: cargo-deny is not here. To have it: {INSTALL}");
        Ok(())
    }
}

/// Runs cargo-deny by these settings. Without a network: the crates of Cargo.lock are fetched when it is built.
fn check(settings: &Path, what: &[&str]) -> Outcome {
    tools::run(
        tools::command("cargo-deny")
            .args(["--locked", "--all-features", "--config"])
            .arg(settings)
            .args(["check", "--hide-inclusion-graph"])
            .args(what),
    )
}

/// Checks for advisories in a copy of the database, which is read as it is and never fetched.
///
/// cargo-deny takes a git repository in a folder of its own naming, and nothing is written where the
/// database lies: so a copy is made below `target/`, with one commit.
fn advisories(db: &Path) -> Outcome {
    if !db.join("crates").is_dir() {
        return Err(format!(
            "{} holds no RustSec database: it has no folder “crates”",
            db.display()
        ));
    }
    let place = tools::target().join("deny");
    let repository = place.join(DB_FOLDER);
    if repository.exists() {
        std::fs::remove_dir_all(&repository)
            .map_err(|error| format!("{}: {error}", repository.display()))?;
    }
    let files = copy(&db.join("crates"), &repository.join("crates"))?;
    let git = |words: &[&str]| {
        let mut git = tools::command("git");
        git.current_dir(&repository).args([
            "-c",
            "user.name=xtask",
            "-c",
            "user.email=xtask@localhost",
        ]);
        tools::output(git.args(words)).map(|_| ())
    };
    git(&["init", "--quiet"])?;
    git(&["add", "--all"])?;
    git(&["commit", "--quiet", "--message", "A copy of the database"])?;
    tools::write(&repository.join(".git/FETCH_HEAD"), b"")?;
    let settings = tools::root().join("deny.toml");
    let bytes = tools::read(&settings)?;
    let text =
        String::from_utf8(bytes).map_err(|error| format!("{}: {error}", settings.display()))?;
    let head = "[advisories]\n";
    if !text.contains(head) {
        return Err(format!("{} has no [advisories]", settings.display()));
    }
    // A debug form of a path is a basic string of TOML as long as it holds no unusual characters.
    let text = text.replace(head, &format!("{head}db-path = {:?}\n", place.display().to_string()));
    let settings = place.join("deny.toml");
    tools::write(&settings, text.as_bytes())?;
    println!("{files} advisories in {}", db.display());
    tools::run(
        tools::command("cargo-deny")
            .args(["--locked", "--all-features", "--offline", "--config"])
            .arg(&settings)
            .args(["check", "--hide-inclusion-graph", "advisories"]),
    )
}

/// Copies the advisories, files that end in `.md`; returns how many.
fn copy(from: &Path, to: &Path) -> Outcome<usize> {
    let mut count = 0;
    let failed = |error| format!("{}: {error}", from.display());
    for entry in std::fs::read_dir(from).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            count += copy(&path, &to)?;
        } else if path.extension().is_some_and(|extension| extension == "md") {
            tools::write(&to, &tools::read(&path)?)?;
            count += 1;
        }
    }
    Ok(count)
}

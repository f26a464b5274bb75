//! `cargo xtask`: builds, runs and tests the whole portal. See `cargo xtask help`.
//!
//! Written by hand on few crates, because everything here is compiled before the first step of
//! `cargo xtask run` can begin.

mod assets;
mod bench;
mod build;
mod deny;
mod dev;
mod dev_proxy;
mod faults;
mod frontend;
mod fuzz;
mod minify;
mod reproduce;
mod run;
mod sbom;
mod setup;
mod steps;
mod tests;
mod tools;
mod wasm_suite;

use std::process::ExitCode;

/// What a task says when it cannot go on: one text for the person at the terminal.
type Outcome<T = ()> = Result<T, String>;

const HELP: &str = "\
cargo xtask COMMAND

  build                     leaves one file, target/dist/liangbiao, with all assets inside
  assets                    only the assets, in target/site
  run   [--listen ADDR] [--register FILE] [--products N]
                            builds, makes a sample register on first use, serves it
  dev   [--listen ADDR] [--register FILE] [--products N]
                            the same, quickly built; rebuilds and reloads the browser on change
  test  [--only STEP]... [--list]
                            formatting, lints, tests, wasm tests, browser tests
  bench verify [--codes N] [--requests N]
                            processor time of verdict pages, beside axum serving a constant
  bench unknown [--codes N]
                            whether the time of an answer tells an almost right unit code from a wrong one
  bench append [--entries N]
                            how fast the log grows, beside the disk's own fsync
  bench nodes [--nodes N] …
                            many readers, one writer, nodes that lag and are lost: the claims of docs/scale.md
  faults [--only NAME]... [--short] [--seed N]
                            kills, disk errors, rot and wrong clocks against the built program, with what
                            must hold afterwards
  deny  [--db FOLDER]       licences, bans, sources and, from a copy of the RustSec database, advisories
  fuzz  [TARGET] [--seconds N] [--jobs N] [--keep]
                            parsers fed with what nobody would write, 600 s each unless said; --keep puts
                            the inputs that reach most into fuzz/corpus
  sbom                      what is in the program and the wasm, as CycloneDX: target/sbom/liangbiao.cdx.json
  reproduce                 whether the assets built in another folder are the same bytes
  setup                     installs what `test` needs beside Rust (Chromium, fonts, npm packages,
                            PostgreSQL, strace, libfaketime)

ADDR is 127.0.0.1:3000 unless given. The sample register is target/sample/register.db.
";

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let command = args.next().unwrap_or_default();
    let rest: Vec<String> = args.collect();
    let outcome = match command.as_str() {
        "build" => no_more(&rest).and_then(|()| build::command()),
        "assets" => no_more(&rest).and_then(|()| build::assets_command()),
        "run" => run::Options::parse(&rest).and_then(|options| run::command(&options)),
        "dev" => run::Options::parse(&rest).and_then(|options| dev::command(&options)),
        "test" => tests::command(&rest),
        "bench" => bench::command(&rest),
        "faults" => faults::command(&rest),
        "deny" => deny::command(&rest),
        "fuzz" => fuzz::command(&rest),
        "sbom" => no_more(&rest).and_then(|()| sbom::command()),
        "reproduce" => no_more(&rest).and_then(|()| reproduce::command()),
        "setup" | "ci-setup" => no_more(&rest).and_then(|()| setup::command()),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        other => {
            eprint!(
                "{}{HELP}",
                if other.is_empty() {
                    String::new()
                } else {
                    format!("No command “{other}”.\n\n")
                }
            );
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("\nxtask: {message}");
            ExitCode::FAILURE
        }
    }
}

fn no_more(rest: &[String]) -> Outcome {
    match rest.first() {
        None => Ok(()),
        Some(extra) => Err(format!("“{extra}” is not expected here; see cargo xtask help")),
    }
}

#[cfg(test)]
mod named {
    use std::path::{Path, PathBuf};

    use super::{HELP, tools};

    fn texts(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            found.push(entry.path());
        }
    }

    #[test]
    fn every_command_that_is_written_about_is_there() {
        let root = tools::root();
        let mut files = Vec::new();
        for folder in ["", "docs", "deploy", ".ci"] {
            texts(&root.join(folder), &mut files);
        }
        let commands: Vec<&str> = HELP
            .lines()
            .filter_map(|line| line.strip_prefix("  "))
            .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
            .filter_map(|line| line.split_whitespace().next())
            .collect();
        let mut named = 0;
        for file in files {
            // Pictures and folders are no texts.
            let Ok(text) = std::fs::read_to_string(&file) else { continue };
            for rest in text.split("cargo xtask ").skip(1) {
                let name: String =
                    rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '-').collect();
                if !name.is_empty() && name != "help" {
                    assert!(commands.contains(&&*name), "{}: cargo xtask {name}", file.display());
                    named += 1;
                }
            }
        }
        assert!(named > 10 && commands.len() > 8, "{named} of {commands:?}");
    }
}

//! `cargo xtask bench`: figures with both sides of every ratio, losing ones included.
//!
//! Times of day and of machines differ; a ratio of two things measured in one run on one machine says
//! more. What is counted is the processor time of the serving process, so a slow client spoils nothing.

mod append;
mod constant;
mod http;
mod nodes;
mod process;
mod random;
mod register;
mod unknown;
mod verify;

use std::process::ExitCode;

const HELP: &str = "\
bench verify LIANGBIAO [--codes N] [--requests N]
    verdict pages: one code over and over (from the cache of bodies), N codes each once
    (default 1,000,000), beside axum serving a constant of the same size
bench unknown LIANGBIAO [--codes N]
    unit codes that are not on record (default 1,000,000), every other one a single character away from
    an issued code: whether the time of an answer tells them apart
bench append LIANGBIAO [--entries N]
    entries appended durably, one and more (default up to 100,000) to a transaction, beside fsync of the same disk
bench nodes [--nodes N] [--hours N] [--reads PER_SECOND] [--cost-us N] [--cores N] [--replay PER_SECOND]
            [--start SECONDS] [--fresh-for SECONDS] [--import ENTRIES] [--fault SECONDS] [--seed N]
    nothing is measured: many readers, one writer, nodes that lag, crash and are cut off, simulated; what
    docs/scale.md claims of staleness and recovery is checked
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["verify", binary, rest @ ..] => verify::run(binary, rest),
        ["unknown", binary, rest @ ..] => unknown::run(binary, rest),
        ["append", binary, rest @ ..] => append::run(binary, rest),
        ["nodes", rest @ ..] => nodes::run(rest),
        // Started by `verify` as a process of its own, so that its processor time can be read.
        ["constant", bytes] => constant::serve(bytes),
        _ => {
            eprint!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("bench: {message}");
            ExitCode::FAILURE
        }
    }
}

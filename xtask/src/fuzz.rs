//! `cargo xtask fuzz`: the parsers under libFuzzer, guided by which branches an input reaches.
//!
//! The compiler that is used everywhere here has no sanitizers, but it has LLVM's pass that counts edges, which is
//! what guides a fuzzer. Without `unsafe` code of our own there is little for a sanitizer to find; overflows and
//! broken promises panic.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use crate::{Outcome, tools};

/// Counters of edges, their places, and the values that are compared (SanitizerCoverage in LLVM's documentation).
const FLAGS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
                     -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
                     -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing";

/// Seconds for each target where nothing else is said.
const SECONDS: u64 = 600;
/// Longest time for one input, seconds.
const INPUT_SECONDS: u64 = 5;
/// Most memory, MB.
const MEMORY_MB: u64 = 2048;
/// Kept inputs of a target: at most so many, and so many bytes together.
const KEPT: usize = 24;
const KEPT_BYTES: usize = 8 << 10;

struct Options {
    target: Option<String>,
    seconds: u64,
    keep: bool,
    jobs: usize,
}

fn parse(words: &[String]) -> Outcome<Options> {
    let mut options = Options { target: None, seconds: SECONDS, keep: false, jobs: 1 };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--seconds" => {
                let seconds = words.next().and_then(|seconds| seconds.parse().ok());
                options.seconds =
                    seconds.filter(|n| *n > 0).ok_or("--seconds wants a number above 0")?;
            }
            "--jobs" => {
                let jobs = words.next().and_then(|jobs| jobs.parse().ok());
                options.jobs = jobs.filter(|n| *n > 0).ok_or("--jobs wants a number above 0")?;
            }
            "--keep" => options.keep = true,
            name if !name.starts_with('-') && options.target.is_none() => {
                options.target = Some(name.to_owned());
            }
            other => {
                return Err(format!("“{other}” is not expected here; see cargo xtask help"));
            }
        }
    }
    Ok(options)
}

/// `cargo xtask fuzz [TARGET] [--seconds N] [--jobs N] [--keep]`.
pub fn command(words: &[String]) -> Outcome {
    let options = parse(words)?;
    let program = build()?;
    let names = tools::output(tools::command(&program).env("LIANGBIAO_FUZZ_LIST", "1"))?;
    let mut targets: Vec<(&str, &str)> =
        names.lines().filter_map(|line| line.split_once(' ')).collect();
    if let Some(wanted) = &options.target {
        targets.retain(|(name, _)| name == wanted);
        if targets.is_empty() {
            return Err(format!("no target “{wanted}”; there are:\n{names}"));
        }
    }
    println!(
        "{:16}{:>12}{:>10}{:>9}{:>8}  found",
        "target", "inputs", "a second", "edges", "corpus"
    );
    targets.reverse();
    let (targets, failed) = (Mutex::new(targets), Mutex::new(Vec::new()));
    let work = || -> Outcome {
        loop {
            let Some((name, longest)) = held(&targets).pop() else { return Ok(()) };
            let found = run(&program, name, longest, options.seconds)?;
            if options.keep {
                keep(&program, name, longest)?;
            }
            if found > 0 {
                held(&failed).push(name);
            }
        }
    };
    std::thread::scope(|scope| -> Outcome {
        let others: Vec<_> = (1..options.jobs).map(|_| scope.spawn(work)).collect();
        let mut done = work();
        for other in others {
            done = done.and(other.join().unwrap_or_else(|_| Err("a thread panicked".to_owned())));
        }
        done
    })?;
    let failed = held(&failed);
    if failed.is_empty() {
        Ok(())
    } else {
        Err(format!(
            "found something: {}. The inputs are in fuzz/crashes, the words in target/fuzzing; commit an input with \
             its mending, and the tests replay it.",
            failed.join(", ")
        ))
    }
}

fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Builds the fuzzer with coverage compiled in; returns where it is.
fn build() -> Outcome<PathBuf> {
    let version = tools::output(tools::command("rustc").arg("-vV"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or_default();
    // With a target named, macros and build scripts are compiled without these flags.
    tools::run(
        tools::cargo()
            .args(["build", "--locked", "-p", "fuzz", "--bin", "fuzz", "--features", "libfuzzer"])
            .args(["--profile", "fuzz", "--target", host])
            .env("RUSTFLAGS", FLAGS),
    )
    .map_err(|error| {
        format!("{error}. libFuzzer is C++: a C++ compiler has to be here (Debian: g++).")
    })?;
    Ok(tools::target()
        .join(host)
        .join("fuzz")
        .join(format!("fuzz{}", std::env::consts::EXE_SUFFIX)))
}

/// The fuzzer for a target.
fn fuzzer(program: &Path, name: &str, longest: &str) -> std::process::Command {
    let mut command = tools::command(program);
    command
        .env("LIANGBIAO_FUZZ_TARGET", name)
        .arg(format!("-max_len={longest}"))
        .arg(format!("-timeout={INPUT_SECONDS}"))
        .arg(format!("-rss_limit_mb={MEMORY_MB}"));
    command
}

fn work(name: &str) -> PathBuf {
    tools::target().join("fuzzing").join(name)
}

fn inputs(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> =
        entries.map(|one| one.path()).filter(|one| one.is_file()).collect();
    files.sort();
    files
}

/// Runs a target for so many seconds; returns how many inputs it failed on.
fn run(program: &Path, name: &str, longest: &str, seconds: u64) -> Outcome<usize> {
    let work = work(name);
    let make = |folder: &Path| {
        std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))
    };
    let (kept, crashes) = (folder("corpus", name), folder("crashes", name));
    make(&work.join("seeds"))?;
    make(&work.join("corpus"))?;
    let before = inputs(&crashes).len();
    make(&crashes)?;
    let log = work.join("log.txt");
    let words =
        std::fs::File::create(&log).map_err(|error| format!("{}: {error}", log.display()))?;
    let began = Instant::now();
    let mut command = fuzzer(program, name, longest);
    command
        .env("LIANGBIAO_FUZZ_SEEDS", work.join("seeds"))
        .arg(format!("-max_total_time={seconds}"))
        .arg("-print_final_stats=1")
        .arg(format!("-artifact_prefix={}/", crashes.display()))
        .arg(work.join("corpus"))
        .arg(work.join("seeds"))
        .stdout(Stdio::null())
        .stderr(words);
    if kept.is_dir() {
        command.arg(&kept);
    }
    let status = command.status().map_err(|error| format!("{}: {error}", program.display()))?;
    let text = String::from_utf8_lossy(&tools::read(&log)?).into_owned();
    let tried = after(&text, "stat::number_of_executed_units:");
    let speed = tried as f64 / began.elapsed().as_secs_f64();
    let found = inputs(&crashes).len().saturating_sub(before);
    if inputs(&crashes).is_empty() {
        // Nothing to keep: git knows no empty folders, and neither should anyone else.
        let _ = std::fs::remove_dir(&crashes);
    }
    println!(
        "{name:16}{tried:>12}{speed:>10.0}{:>9}{:>8}  {found}",
        after(&text, "cov:"),
        inputs(&work.join("corpus")).len(),
    );
    if !status.success() && found == 0 {
        return Err(format!("{name} ended before its time; {} says why", log.display()));
    }
    Ok(found)
}

fn folder(kind: &str, name: &str) -> PathBuf {
    tools::root().join("fuzz").join(kind).join(name)
}

/// The number behind the last place of some words; 0 where they are not there.
fn after(text: &str, words: &str) -> u64 {
    let number = text.rsplit_once(words).map(|(_, rest)| rest.trim_start());
    let digits = number.and_then(|rest| rest.split(|c: char| !c.is_ascii_digit()).next());
    digits.and_then(|digits| digits.parse().ok()).unwrap_or_default()
}

/// Puts the fewest inputs that reach the same edges into the project, the small ones before the large.
fn keep(program: &Path, name: &str, longest: &str) -> Outcome {
    let work = work(name);
    let merged = work.join("merged");
    if merged.exists() {
        std::fs::remove_dir_all(&merged)
            .map_err(|error| format!("{}: {error}", merged.display()))?;
    }
    std::fs::create_dir_all(&merged).map_err(|error| format!("{}: {error}", merged.display()))?;
    let kept = folder("corpus", name);
    let mut command = fuzzer(program, name, longest);
    command.arg("-merge=1").arg(&merged).arg(work.join("corpus")).arg(work.join("seeds"));
    if kept.is_dir() {
        command.arg(&kept);
    }
    tools::run(command.stdout(Stdio::null()).stderr(Stdio::null()))?;
    let mut found = Vec::new();
    for file in inputs(&merged) {
        found.push((tools::read(&file)?, file.file_name().unwrap_or_default().to_owned()));
    }
    found.sort_by_key(|(bytes, name)| (bytes.len(), name.clone()));
    for file in inputs(&kept) {
        std::fs::remove_file(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    }
    // Evenly over all sizes: the short ones alone would be those that are refused at once.
    let every = found.len().div_ceil(KEPT).max(1);
    let mut left = KEPT_BYTES;
    for (bytes, file) in found.into_iter().step_by(every) {
        if bytes.len() <= left {
            left -= bytes.len();
            tools::write(&kept.join(file), &bytes)?;
        }
    }
    Ok(())
}

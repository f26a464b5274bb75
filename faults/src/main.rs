//! What may befall a register, done to the built program: `faults BINARY [--only NAME] [--short] [--seed N]`.
//!
//! `cargo xtask faults` builds the program and runs this. A seed makes the moments of a run the same again,
//! as far as the machine keeps time.

mod browser;
mod place;
mod publishing;
mod resources;
mod scenarios;
mod served;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

/// What a scenario came to.
#[derive(Default)]
pub struct Count {
    /// Runs made.
    pub runs: u64,
    /// Those after which something did not hold.
    pub failed: u64,
    /// Why it could not be run at all on this machine.
    pub skipped: Option<String>,
    /// What else is worth saying.
    pub remark: String,
}

impl Count {
    /// Takes down a run.
    pub fn run(&mut self, name: &str, which: &str, outcome: Result<(), String>) {
        self.runs += 1;
        if let Err(why) = outcome {
            self.failed += 1;
            println!("faults: {name}  {which}: {why}");
        }
    }
}

/// How much is done, and from which seed.
pub struct Extent {
    /// The program.
    pub binary: PathBuf,
    /// Where registers are made.
    pub folder: PathBuf,
    /// A part of it, in less than two minutes.
    pub short: bool,
    /// Where the random numbers begin.
    pub seed: u64,
}

fn main() -> ExitCode {
    match begin() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("faults: {error}");
            ExitCode::from(2)
        }
    }
}

fn begin() -> Result<bool, String> {
    let mut words = std::env::args().skip(1);
    let binary = PathBuf::from(words.next().ok_or("the program to test is missing")?);
    let binary = binary.canonicalize().map_err(|error| format!("{}: {error}", binary.display()))?;
    let folder = std::env::temp_dir().join(format!("liangbiao-faults-{}", std::process::id()));
    let mut extent = Extent { binary, folder, short: false, seed: 2026 };
    let mut only = Vec::new();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--short" => extent.short = true,
            "--only" => only.push(words.next().ok_or("--only wants the name of a scenario")?),
            "--seed" => {
                let seed = words.next().and_then(|seed| seed.parse().ok());
                extent.seed = seed.ok_or("--seed wants a whole number")?;
            }
            other => return Err(format!("“{other}” is not an option")),
        }
    }
    if let Some(unknown) =
        only.iter().find(|name| scenarios::ALL.iter().all(|(own, _)| own != name))
    {
        let names: Vec<_> = scenarios::ALL.iter().map(|(name, _)| *name).collect();
        return Err(format!("no scenario “{unknown}”; there are {}", names.join(", ")));
    }
    println!("faults: seed {}", extent.seed);
    let (mut passed, mut failed, mut skipped) = (0, 0, 0);
    for (name, scenario) in scenarios::ALL {
        if !only.is_empty() && !only.iter().any(|own| own == name) {
            continue;
        }
        let started = Instant::now();
        let mut count = Count::default();
        if let Err(error) = scenario(&extent, &mut count) {
            count.run(name, "the scenario itself", Err(error));
        }
        if let Some(why) = &count.skipped {
            println!("faults: {name}  skipped: {why}");
            skipped += 1;
        }
        let seconds = started.elapsed().as_secs();
        let Count { runs, failed: bad, remark, .. } = count;
        println!("faults: {name}  {runs} runs, {bad} failed{remark} ({seconds} s)");
        passed += runs - bad;
        failed += bad;
    }
    let _ = std::fs::remove_dir_all(&extent.folder);
    println!("{passed} passed, {failed} failed, {skipped} skipped");
    Ok(failed == 0)
}

//! The same suite built for this machine: `register-wasm-suite SEED CASES` prints one hash over all
//! verdicts and the number of each outcome.

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1).map(|word| word.parse::<u32>());
    match (words.next(), words.next()) {
        (Some(Ok(seed)), Some(Ok(cases))) => {
            println!("{}", register::verdict::suite::run(u64::from(seed), cases));
            ExitCode::SUCCESS
        }
        _ => {
            eprintln!("usage: register-wasm-suite SEED CASES");
            ExitCode::from(2)
        }
    }
}

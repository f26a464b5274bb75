//! Progress on the terminal, and how commands report failure.

use std::io::IsTerminal;
use std::process::ExitCode;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::store::StoreError;

/// A bar over `total` of something, on standard error; hidden when that is not a terminal.
#[must_use]
pub fn bar(total: u64, what: &str) -> ProgressBar {
    let target = if std::io::stderr().is_terminal() {
        ProgressDrawTarget::stderr()
    } else {
        ProgressDrawTarget::hidden()
    };
    let bar = ProgressBar::with_draw_target(Some(total), target);
    if let Ok(style) =
        ProgressStyle::with_template("{msg:24} {bar:32} {human_pos}/{human_len}  {per_sec}  {eta}")
    {
        bar.set_style(style);
    }
    bar.set_message(what.to_owned());
    bar
}

/// Says on standard error why nothing was done, exit code 1.
#[must_use]
pub fn failure(error: &StoreError) -> ExitCode {
    eprintln!("liangbiao: {error}");
    ExitCode::from(1)
}

/// Says on standard error what was wrong with the command line, exit code 2.
#[must_use]
pub fn usage(text: &str) -> ExitCode {
    eprintln!("liangbiao: {text}");
    ExitCode::from(2)
}

/// Prints a line on standard output. A reader that left early (`| head`) is no failure.
pub fn say(line: std::fmt::Arguments<'_>) {
    use std::io::Write;
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

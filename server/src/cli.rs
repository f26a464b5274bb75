//! The command line: one file per command in `cli/`.
//!
//! Exit codes: 0 done, 1 nothing was written (or the check failed), 2 usage.

pub mod audit;
pub mod check;
pub mod code;
pub mod desk;
pub mod export;
pub mod import;
pub mod key;
pub mod log;
pub mod lookup;
pub mod matches;
pub mod progress;
pub mod rebuild;
pub mod redact;
pub mod reference;
pub mod sample;
pub mod serve;
pub mod show;
pub mod template;
pub mod verify;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// `liangbiao`: publish a public register of quality.
#[derive(Debug, Parser)]
#[command(name = "liangbiao", version, about = "Publish a public register of quality", long_about = None)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Where the register is, for every command that needs one.
#[derive(Clone, Debug, clap::Args)]
pub struct RegisterArg {
    /// The register's file.
    #[arg(long, env = "LIANGBIAO_REGISTER", default_value = "./register.db")]
    pub register: PathBuf,
}

/// The commands.
#[derive(Debug, Subcommand)]
#[non_exhaustive]
#[expect(
    missing_docs,
    reason = "the command's own struct documents it, for readers and for --help"
)]
pub enum Command {
    Audit(audit::Audit),
    Check(check::Check),
    Code(code::Code),
    Desk(desk::Desk),
    Export(export::Export),
    Import(Box<import::Import>),
    Key(key::Key),
    Log(log::Log),
    Matches(matches::ShowMatches),
    Match(lookup::Match),
    Rebuild(rebuild::Rebuild),
    Redact(redact::Redact),
    Reference(reference::Reference),
    Sample(sample::Sample),
    Serve(serve::Args),
    Show(show::Show),
    Template(template::Template),
    Verify(verify::Verify),
}

/// Runs a parsed command line.
pub fn run(cli: Cli) -> ExitCode {
    match cli.command {
        Command::Audit(audit) => audit.run(),
        Command::Check(check) => check.run(),
        Command::Code(code) => code.run(),
        Command::Desk(desk) => desk.run(),
        Command::Export(export) => export.run(),
        Command::Import(import) => import::run(&import),
        Command::Key(key) => key.run(),
        Command::Log(log) => log.run(),
        Command::Matches(matches) => matches.run(),
        Command::Match(lookup) => lookup.run(),
        Command::Rebuild(rebuild) => rebuild.run(),
        Command::Redact(redact) => redact.run(),
        Command::Reference(reference) => reference.run(),
        Command::Sample(sample) => sample.run(),
        Command::Serve(args) => serve::run(args),
        Command::Show(show) => show.run(),
        Command::Template(template) => template::run(&template),
        Command::Verify(verify) => verify.run(),
    }
}

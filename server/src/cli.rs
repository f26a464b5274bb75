//! The command line: one file per command in `cli/`.
//!
//! Exit codes: 0 done, 1 nothing was written (or the check failed), 2 usage.

pub mod audit;
pub mod backup;
pub mod cases;
pub mod check;
pub mod code;
pub mod config;
pub mod desk;
pub mod export;
pub mod import;
pub mod key;
pub mod log;
pub mod logging;
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

use crate::store::{self, Address, Place, Reader, Register};

/// `liangbiao`: publish a public register of quality.
#[derive(Debug, Parser)]
#[command(name = "liangbiao", version, about = "Publish a public register of quality", long_about = None)]
pub struct Cli {
    /// A file of settings (TOML): what has an environment variable may stand in it, LIANGBIAO_RATE_LIMIT as
    /// rate-limit. Flags and variables go before it.
    #[arg(long, global = true, env = "LIANGBIAO_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Where the register is, for every command that needs one.
#[derive(Clone, Debug, clap::Args)]
pub struct RegisterArg {
    /// The register's file [default: ./register.db]. With --log this machine's view of that log
    /// [default: ./DATABASE.view.db]; it is made where there is none.
    #[arg(long, env = "LIANGBIAO_REGISTER", value_name = "FILE")]
    register: Option<PathBuf>,
    /// The log's home, where it is not the register's file: postgres://USER:PASSWORD@HOST:PORT/DATABASE,
    /// with ?sslmode=verify-full outside of one's own network. PGPASSWORD is read as well.
    #[arg(long, env = "LIANGBIAO_LOG", value_name = "URL", hide_env_values = true)]
    log: Option<AddressArg>,
}

/// An address as it was written. It may hold a password: it is read later, because errors on the command
/// line quote what they are about.
#[derive(Clone)]
pub struct AddressArg(String);

impl AddressArg {
    /// The words themselves, which may hold a password.
    fn as_written(&self) -> &str {
        &self.0
    }
}

impl From<String> for AddressArg {
    fn from(text: String) -> AddressArg {
        AddressArg(text)
    }
}

impl std::fmt::Debug for AddressArg {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AddressArg")
    }
}

impl RegisterArg {
    /// Where the register is.
    ///
    /// # Errors
    /// The address of the log is not one.
    pub fn place(&self) -> store::Result<Place> {
        let home = self.log.as_ref().map(|AddressArg(text)| Address::parse(text)).transpose()?;
        let path = match (&self.register, &home) {
            (Some(path), _) => path.clone(),
            (None, Some(address)) => address.view_file(),
            (None, None) => PathBuf::from("./register.db"),
        };
        Ok(Place { path, home })
    }

    /// The register's file, with what lies beside it. An address that cannot be read is told of by what
    /// opens the register.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.place().map_or_else(|_| PathBuf::from("./register.db"), |place| place.path)
    }

    /// Opens the register for reading and writing.
    ///
    /// # Errors
    /// As [`Place::open`].
    pub fn open(&self) -> store::Result<Register> {
        self.place()?.open()
    }

    /// Opens the register for reading.
    ///
    /// # Errors
    /// As [`Place::reader`].
    pub fn reader(&self) -> store::Result<Reader> {
        self.place()?.reader()
    }
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
    Backup(backup::Backup),
    Cases(cases::Cases),
    Check(check::Check),
    Code(code::Code),
    Config(Box<config::Config>),
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
    Restore(backup::Restore),
    Sample(sample::Sample),
    Serve(serve::Args),
    Show(show::Show),
    Template(template::Template),
    Verify(verify::Verify),
}

/// Reads the command line and the configuration file, and runs what they ask for.
#[must_use]
pub fn main() -> ExitCode {
    match config::parse() {
        Ok((cli, None)) => run(cli),
        Ok((_, Some(code))) | Err(code) => code,
    }
}

/// Runs a parsed command line.
pub fn run(cli: Cli) -> ExitCode {
    match cli.command {
        Command::Audit(audit) => audit.run(),
        Command::Backup(backup) => backup.run(),
        Command::Cases(cases) => cases.run(),
        Command::Check(check) => check.run(),
        Command::Code(code) => code.run(),
        Command::Desk(desk) => desk.run(),
        // Answered while the command line is read, which alone knows where values are from.
        Command::Config(_) => ExitCode::SUCCESS,
        Command::Export(export) => export.run(),
        Command::Import(import) => import::run(&import),
        Command::Key(key) => key.run(),
        Command::Log(log) => log.run(),
        Command::Matches(matches) => matches.run(),
        Command::Match(lookup) => lookup.run(),
        Command::Rebuild(rebuild) => rebuild.run(),
        Command::Redact(redact) => redact.run(),
        Command::Reference(reference) => reference.run(),
        Command::Restore(restore) => restore.run(),
        Command::Sample(sample) => sample.run(),
        Command::Serve(args) => serve::run(args),
        Command::Show(show) => show.run(),
        Command::Template(template) => template::run(&template),
        Command::Verify(verify) => verify.run(),
    }
}

//! `liangbiao code`: issue quality credit codes, change their status, print them.

mod change;
mod issue;
mod label;
mod list;
mod sign;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use register::code::CreditCode;

use crate::code::artwork::Origin;
use crate::code::artwork::qr::Correction;
use crate::desk::{DeskError, Result, refuse};

/// Issue quality credit codes, change their status, print them.
#[derive(Clone, Debug, clap::Args)]
pub struct Code {
    #[command(subcommand)]
    what: What,
}

#[derive(Clone, Debug, clap::Subcommand)]
enum What {
    Issue(Box<issue::Issue>),
    Activate(change::Activate),
    Suspend(change::Suspend),
    Restore(change::Restore),
    Withdraw(change::Withdraw),
    Cancel(change::Cancel),
    List(list::List),
    Label(label::Label),
    Sheet(label::Sheet),
    Sign(sign::Sign),
}

/// Where printed codes lead.
#[derive(Clone, Debug, clap::Args)]
struct OriginArg {
    /// Where readers reach the portal, e.g. https://quality.example: what codes are printed with.
    #[arg(long, env = "LIANGBIAO_ORIGIN", value_parser = Origin::parse)]
    origin: Option<Origin>,
}

/// Where `liangbiao serve` listens unless told otherwise.
const LOCAL: &str = "http://127.0.0.1:3000";

impl OriginArg {
    /// The origin, or this computer's with a warning: what is printed with it leads nowhere.
    fn get(&self) -> Result<Origin> {
        if let Some(origin) = &self.origin {
            return Ok(origin.clone());
        }
        eprintln!(
            "liangbiao: no --origin and no LIANGBIAO_ORIGIN: addresses lead to this computer \
             ({LOCAL}); set one before anything is printed"
        );
        Origin::parse(LOCAL).map_err(|text| DeskError::Refused(text.into()))
    }
}

/// Who acts.
#[derive(Clone, Debug, clap::Args)]
struct IssuerArg {
    /// Name of the authority that issues.
    #[arg(long, env = "LIANGBIAO_OFFICE", default_value = "本登记簿")]
    issuer: String,
}

/// How a symbol is drawn.
#[derive(Clone, Debug, clap::Args)]
struct DrawArgs {
    /// How much of the symbol may be damaged: L 7 %, M 15 %, Q 25 %, H 30 %.
    #[arg(long, value_enum, default_value = "M", ignore_case = true)]
    ec: Correction,
    /// Side of the symbol in millimetres, without the white around it; the least one otherwise.
    #[arg(long, value_name = "MM")]
    size: Option<f64>,
    /// Language of the words: zh, zh-Hant or en.
    #[arg(long, value_parser = super::import::language, default_value = "zh")]
    lang: register::Lang,
}

impl Code {
    /// Runs the command.
    #[must_use]
    pub fn run(self) -> ExitCode {
        let done = match self.what {
            What::Issue(issue) => issue.run(),
            What::Activate(args) => args.run(),
            What::Suspend(args) => args.run(),
            What::Restore(args) => args.run(),
            What::Withdraw(args) => args.run(),
            What::Cancel(args) => args.run(),
            What::List(list) => list.run(),
            What::Label(label) => label.run(),
            What::Sheet(sheet) => sheet.run(),
            What::Sign(sign) => sign.run(),
        };
        concluded(done)
    }
}

/// The exit code of a command, its error said.
pub(super) fn concluded(done: Result<()>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("liangbiao: {error}");
            ExitCode::from(1)
        }
    }
}

/// Reads a code as it was typed.
fn read(text: &str) -> Result<CreditCode> {
    CreditCode::parse(text).or_else(|error| refuse(format!("{text}: {error}")))
}

/// Writes a file whole or not at all.
fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let partial: PathBuf = crate::store::beside(path, ".partial");
    std::fs::write(&partial, bytes)
        .and_then(|()| std::fs::rename(&partial, path))
        .map_err(|error| DeskError::File { path: path.to_owned(), error })
}

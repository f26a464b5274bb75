//! `liangbiao export`: the register as files for others.

use std::path::PathBuf;
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::ValueEnum;
use register::Kind;

use super::{RegisterArg, progress};
use crate::opendata::{self, Made, Plan};
use crate::store::{self, At, Reader, StoreError};

/// Write the records, or the log, as files for others.
///
/// The files are those the portal offers at /data: all records as lines of JSON, a table (CSV) for each
/// kind, a SQLite database. Names hold the day and the log size, and the same register gives the same
/// bytes. Only what the portal shows is in them: a record whose publication term is over, a removed
/// value or a field that is not for everybody is left out. One record at a time is in memory.
///
/// With --since the log's entries from that index on are written instead, as lines of canonical JSON:
/// what was appended since the log had so many entries.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Prints the SHA-256 and the name of every file, as `sha256sum --check` reads them.

Exit codes: 0 written, 1 nothing or not everything was written, 2 usage.

Examples:
  liangbiao export --out files
  liangbiao export --out files --format csv --kind product --kind listing
  liangbiao export --out files --since 48213
  liangbiao export --out files | (cd files && sha256sum --check)")]
pub struct Export {
    /// Folder for the files; made if it is not there.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// What to write.
    #[arg(long, value_enum, default_value_t = Format::All)]
    format: Format,
    /// Only records of this kind; may be given several times.
    #[arg(long, value_name = "KIND")]
    kind: Vec<String>,
    /// The log's entries from this index on, and nothing else.
    #[arg(long, value_name = "N", conflicts_with_all = ["kind", "format", "as_of"])]
    since: Option<u64>,
    /// The day, YYYY-MM-DD; today in China unless given. Publication terms are those of that day.
    #[arg(long, value_name = "DAY")]
    as_of: Option<NaiveDate>,
    #[command(flatten)]
    register: RegisterArg,
}

/// Form of the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Lines of JSON, one file.
    Jsonl,
    /// Tables, one file for each kind.
    Csv,
    /// A SQLite database.
    Sqlite,
    /// All of these, and the whole log.
    All,
}

impl Export {
    /// Runs the command.
    #[must_use]
    pub fn run(self) -> ExitCode {
        let mut kinds = Vec::new();
        for name in &self.kind {
            match Kind::from_name(name) {
                Some(kind) if !kinds.contains(&kind) => kinds.push(kind),
                Some(_) => {}
                None => {
                    let names = Kind::ALL.map(Kind::name).join(" ");
                    return progress::usage(&format!(
                        "there is no kind {name:?}; the kinds are: {names}"
                    ));
                }
            }
        }
        match self.write(kinds) {
            Ok(files) => {
                for file in files {
                    progress::say(format_args!("{}  {}", file.sha256, file.name));
                }
                ExitCode::SUCCESS
            }
            Err(error) => progress::failure(&error),
        }
    }

    fn write(&self, kinds: Vec<Kind>) -> Result<Vec<Made>, StoreError> {
        let reader = Reader::open(&self.register.register)?;
        let at = At {
            as_of: self.as_of.unwrap_or_else(|| store::china_day(chrono::Utc::now())),
            known: reader.log_size()?,
        };
        if let Some(since) = self.since.filter(|since| *since > at.known) {
            return Err(StoreError::Caller(format!(
                "the log has {} entries; there is nothing from {since} on",
                at.known
            )));
        }
        let all = self.format == Format::All;
        let plan = match self.since {
            Some(since) => Plan { since: Some(since), ..Plan::default() },
            None => Plan {
                jsonl: all || self.format == Format::Jsonl,
                csv: all || self.format == Format::Csv,
                sqlite: all || self.format == Format::Sqlite,
                since: (all && kinds.is_empty()).then_some(0),
                kinds,
            },
        };
        std::fs::create_dir_all(&self.out)?;
        let bar = progress::bar(at.known, "records");
        let made = opendata::write(&reader, at, &plan, &self.out, &mut |done| {
            bar.set_length(at.known.max(done));
            bar.set_position(done);
        });
        bar.finish_and_clear();
        made
    }
}

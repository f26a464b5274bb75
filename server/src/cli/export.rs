//! `liangbiao export`: the register as files for others, and the portal as files for any static host.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::ValueEnum;
use register::{Kind, Lang};

use super::{RegisterArg, progress};
use crate::mirror::{self, Order};
use crate::opendata::{self, Made, Plan};
use crate::store::{self, At, StoreError};

/// Write the records, or the log, as files for others.
///
/// The files are those the portal offers at /data: all records as lines of JSON, a table (CSV and Parquet)
/// for each kind, a SQLite database; text and database as gzip and as zstd. Names hold the day and the log size, and the same register gives the same
/// bytes. Only what the portal shows is in them: a record whose publication term is over, a removed
/// value or a field that is not for everybody is left out. One record at a time is in memory.
///
/// With --since the log's entries from that index on are written instead, as lines of canonical JSON:
/// what was appended since the log had so many entries.
///
/// With --mirror the portal itself is written instead, as a folder of pages that any static host serves.
/// A second run into the same folder writes only what changed. See docs/mirror.md.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Prints the SHA-256 and the name of every file, as `sha256sum --check` reads them; with --mirror, how many
files are new, changed, the same and gone.

Exit codes: 0 written, 1 nothing or not everything was written, 2 usage.

Examples:
  liangbiao export --out files
  liangbiao export --out files --format csv --kind product --kind listing
  liangbiao export --out files --since 48213
  liangbiao export --out files | (cd files && sha256sum --check)
  liangbiao export --mirror site --base-url https://quality.example
  liangbiao export --mirror site --language zh-Hans --language en")]
pub struct Export {
    /// Folder for the files; made if it is not there.
    #[arg(long, value_name = "DIR", required_unless_present = "mirror", conflicts_with = "mirror")]
    out: Option<PathBuf>,
    /// What to write.
    #[arg(long, value_enum, default_value_t = Format::All, conflicts_with = "mirror")]
    format: Format,
    /// Only records of this kind; may be given several times.
    #[arg(long, value_name = "KIND", conflicts_with = "mirror")]
    kind: Vec<String>,
    /// The log's entries from this index on, and nothing else.
    #[arg(long, value_name = "N", conflicts_with_all = ["kind", "format", "as_of", "mirror"])]
    since: Option<u64>,
    /// The day, YYYY-MM-DD; today in China unless given. Publication terms are those of that day.
    #[arg(long, value_name = "DAY", conflicts_with = "mirror")]
    as_of: Option<NaiveDate>,
    /// Folder for a static mirror of the portal: new, empty, or a mirror already.
    #[arg(long, value_name = "DIR")]
    mirror: Option<PathBuf>,
    /// Where the portal itself is, e.g. https://quality.example; every page of the mirror leads there.
    #[arg(long, env = "LIANGBIAO_ORIGIN", default_value = "", value_name = "URL", value_parser = super::serve::origin)]
    base_url: String,
    /// Name of the authority that publishes this register, for the mirror's pages.
    #[arg(long, env = "LIANGBIAO_OFFICE", default_value = "", value_name = "NAME")]
    office: String,
    /// Language of the mirror's pages; may be given several times. All of them unless given.
    #[arg(long, value_enum, value_name = "LANGUAGE", requires = "mirror")]
    language: Vec<Language>,
    #[command(flatten)]
    register: RegisterArg,
}

/// A language of the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Language {
    /// Simplified Chinese, without a prefix in the path.
    #[value(name = "zh-Hans")]
    ZhHans,
    /// Traditional Chinese, below /zh-Hant.
    #[value(name = "zh-Hant")]
    ZhHant,
    /// English, below /en.
    #[value(name = "en")]
    En,
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
    /// Tables of Parquet, one file for each kind.
    Parquet,
    /// All of these, and the whole log.
    All,
}

impl Export {
    /// Runs the command.
    #[must_use]
    pub fn run(self) -> ExitCode {
        if let Some(folder) = &self.mirror {
            return self.write_mirror(folder);
        }
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

    fn write_mirror(&self, folder: &Path) -> ExitCode {
        let chosen = |lang: &Lang| {
            let name = match lang {
                Lang::ZhHans => Language::ZhHans,
                Lang::ZhHant => Language::ZhHant,
                Lang::En => Language::En,
            };
            self.language.is_empty() || self.language.contains(&name)
        };
        let order = Order {
            base_url: self.base_url.clone(),
            office: self.office.clone(),
            languages: Lang::ALL.into_iter().filter(chosen).collect(),
            now: chrono::Utc::now(),
        };
        if let Err(error) = self.register.place().and_then(|place| place.bring_up()) {
            return progress::failure(&error);
        }
        let bar = progress::bar(1, "files");
        let made = mirror::write(&self.register.path(), folder, &order, &|done, total| {
            bar.set_length(total);
            bar.set_position(done);
        });
        bar.finish_and_clear();
        match made {
            Ok(counts) => {
                let mirror::Counts { new, changed, same, resumed, gone, bytes } = counts;
                let files = counts.files();
                progress::say(format_args!("files       {files} ({bytes} bytes)"));
                progress::say(format_args!("new         {new}"));
                progress::say(format_args!("changed     {changed}"));
                progress::say(format_args!("same        {same}"));
                if resumed > 0 {
                    progress::say(format_args!("resumed     {resumed} of a run that was stopped"));
                }
                progress::say(format_args!("gone        {gone}"));
                ExitCode::SUCCESS
            }
            Err(error) => {
                eprintln!("liangbiao: {error}");
                ExitCode::from(1)
            }
        }
    }

    fn write(&self, kinds: Vec<Kind>) -> Result<Vec<Made>, StoreError> {
        let reader = self.register.reader()?;
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
                parquet: all || self.format == Format::Parquet,
                since: (all && kinds.is_empty()).then_some(0),
                kinds,
            },
        };
        let out = self.out.as_deref().unwrap_or_else(|| Path::new("."));
        std::fs::create_dir_all(out)?;
        let bar = progress::bar(at.known, "records");
        let made = opendata::write(&reader, at, &plan, out, &mut |done| {
            bar.set_length(at.known.max(done));
            bar.set_position(done);
        });
        bar.finish_and_clear();
        let made = made?;
        opendata::keep(out, &made)?;
        Ok(made)
    }
}

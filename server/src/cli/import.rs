//! `liangbiao import`: a list becomes entries.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use indicatif::{ProgressBar, ProgressStyle};
use register::lang::Lang;

use super::RegisterArg;
use crate::import::map::{self, Map, MapError};
use crate::import::pipeline::{self, Progress, Request, Stop};
use crate::import::report::Report;
use crate::import::{limits, rejects, template};

/// Import lists: CSV, XLSX, JSON or JSONL, also as .gz.
///
/// With --map, a mapping file says what the rows mean. With --kind, the list stands under the
/// headers of our own template (see `liangbiao template`).
///
/// Exit codes: 0 the accepted rows are in (also when nothing was new), 1 nothing was written,
/// 2 wrong usage.
#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("meaning").required(true).args(["map", "kind"])))]
pub struct Import {
    /// The lists, in the order in which they are to be taken.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The mapping file.
    #[arg(long, value_name = "MAP.toml")]
    pub map: Option<PathBuf>,
    /// Kind of record of a list under our own headers, e.g. `listing`.
    #[arg(long)]
    pub kind: Option<String>,
    /// What is the same for the whole list, as COLUMN=VALUE or FIELD=VALUE; may be repeated.
    #[arg(long, value_name = "COLUMN=VALUE", requires = "kind")]
    pub set: Vec<String>,
    /// Who published the list.
    #[arg(long, requires = "kind", value_name = "PUBLISHER")]
    pub source: Option<String>,
    /// The list's title; the file name otherwise.
    #[arg(long, requires = "kind")]
    pub title: Option<String>,
    /// Where the list was found.
    #[arg(long, requires = "kind")]
    pub url: Option<String>,
    /// Terms of use of the list.
    #[arg(long, requires = "kind")]
    pub licence: Option<String>,
    /// The day the list was taken from its publisher; the day of its first import otherwise.
    #[arg(long, requires = "kind", value_name = "DATE")]
    pub retrieved_on: Option<chrono::NaiveDate>,
    /// The rows are made up.
    #[arg(long, requires = "kind")]
    pub sample: bool,
    /// Sheet of a workbook, by name or number.
    #[arg(long, requires = "kind")]
    pub sheet: Option<String>,
    #[command(flatten)]
    #[expect(missing_docs, reason = "the argument's own doc is its help")]
    pub register: RegisterArg,
    /// Stop after the report.
    #[arg(long)]
    pub dry_run: bool,
    /// Refuse everything if more rows than this are rejected.
    #[arg(long, value_name = "N")]
    pub reject_limit: Option<u64>,
    /// Where rejected rows go; FILE.rejected.csv in the current folder otherwise. With several
    /// lists, a folder.
    #[arg(long, value_name = "PATH")]
    pub rejects: Option<PathBuf>,
    /// Writes the report as JSON there.
    #[arg(long, value_name = "FILE.json")]
    pub report: Option<PathBuf>,
    /// Language of the report: zh, zh-Hant or en.
    #[arg(long, value_parser = language, default_value = "zh")]
    pub lang: Lang,
    /// Prints errors only.
    #[arg(long, short)]
    pub quiet: bool,
}

/// The language of an option's value.
///
/// # Errors
/// The words known.
pub fn language(text: &str) -> Result<Lang, String> {
    match text {
        "zh" | "zh-Hans" => Ok(Lang::ZhHans),
        "zh-Hant" => Ok(Lang::ZhHant),
        "en" => Ok(Lang::En),
        _ => Err("use zh, zh-Hant or en".to_owned()),
    }
}

const NOTHING_WRITTEN: u8 = 1;
const USAGE: u8 = 2;

/// Runs the command.
pub fn run(args: &Import) -> ExitCode {
    // A portal on the same machine goes first.
    crate::priority::step_back();
    let files = match plan(args) {
        Ok(files) => files,
        Err(code) => return code,
    };
    let register = match args.register.place() {
        Ok(place) => place,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(USAGE);
        }
    };
    let request =
        Request { register, files, dry_run: args.dry_run, reject_limit: args.reject_limit };
    let bars = Bars::new(args.quiet);
    let result = pipeline::run(&request, &bars);
    bars.bar.finish_and_clear();
    match result {
        Ok(report) => conclude(args, &report),
        Err(stop) => {
            eprintln!("{}", told(&stop, args.lang));
            ExitCode::from(NOTHING_WRITTEN)
        }
    }
}

/// Which mapping goes with which file.
fn plan(args: &Import) -> Result<Vec<(PathBuf, Arc<Map>)>, ExitCode> {
    if let Some(path) = &args.map {
        let map = Arc::new(read_map(path, args.lang)?);
        return Ok(args.files.iter().map(|file| (file.clone(), map.clone())).collect());
    }
    let kind = args.kind.as_deref().unwrap_or_default();
    let ask = template::Ask {
        kind: kind.to_owned(),
        set: args.set.clone(),
        publisher: args.source.clone(),
        title: args.title.clone(),
        url: args.url.clone(),
        licence: args.licence.clone(),
        retrieved_on: args.retrieved_on,
        sample: args.sample,
        sheet: args.sheet.clone(),
    };
    args.files
        .iter()
        .map(|file| match template::map_for(&ask, file) {
            Ok(map) => Ok((file.clone(), Arc::new(map))),
            Err(template::Refused::Usage { zh, en }) => {
                eprintln!("{}", if args.lang == Lang::En { en } else { zh });
                Err(ExitCode::from(USAGE))
            }
            Err(template::Refused::File(error)) => {
                eprintln!("{}", told(&Stop::File(file.display().to_string(), error), args.lang));
                Err(ExitCode::from(NOTHING_WRITTEN))
            }
        })
        .collect()
}

fn read_map(path: &Path, lang: Lang) -> Result<Map, ExitCode> {
    let failed = |line: usize, zh: &str, en: &str| {
        let text = if lang == Lang::En { en } else { zh };
        eprintln!("{}:{line}: {text}", path.display());
    };
    let size = std::fs::metadata(path).map(|m| m.len()).unwrap_or(0);
    if size > limits::MAP_BYTES_MAX {
        failed(1, "映射文件超过1 MiB", "The mapping file is larger than 1 MiB");
        return Err(ExitCode::from(NOTHING_WRITTEN));
    }
    let text = std::fs::read_to_string(path).map_err(|error| {
        let (zh, en) = (
            format!("无法读取映射文件：{error}"),
            format!("The mapping file cannot be read: {error}"),
        );
        eprintln!("{}: {}", path.display(), if lang == Lang::En { en } else { zh });
        ExitCode::from(NOTHING_WRITTEN)
    })?;
    map::parse(&text).map_err(|errors| {
        for MapError { line, zh, en } in &errors {
            failed(*line, zh, en);
        }
        ExitCode::from(NOTHING_WRITTEN)
    })
}

fn told(stop: &Stop, lang: Lang) -> String {
    let en = lang == Lang::En;
    match stop {
        Stop::File(name, error) => {
            let code = error.code.map_or(String::new(), |c| format!("{c} "));
            let text = if en { &error.en } else { &error.zh };
            let end = if en { "Nothing was written." } else { "未写入任何内容。" };
            format!("{name}: {code}{text}\n{end}")
        }
        Stop::Store(error) => error.to_string(),
        Stop::Disk(error) if en => {
            format!("No room to lay rows aside: {error}. Nothing was written.")
        }
        Stop::Disk(error) => format!("临时文件无法写入：{error}。未写入任何内容。"),
    }
}

fn conclude(args: &Import, report: &Report) -> ExitCode {
    let mut failed = false;
    let mut out = std::io::stdout().lock();
    if !args.quiet {
        let colour = out.is_terminal() && std::env::var_os("NO_COLOR").is_none();
        // A reader that has gone away (`| head`) is no reason to fail.
        let _ = out.write_all(report.text(args.lang, colour).as_bytes());
    }
    if !report.dry_run || args.rejects.is_some() {
        for (index, file) in report.files.iter().enumerate() {
            let path = rejects_path(args, &file.name);
            match rejects::write(report, index, &path, args.lang) {
                Ok(0) => {}
                Ok(_) if args.quiet => {}
                Ok(rows) => {
                    let _ = match args.lang {
                        Lang::ZhHans => {
                            writeln!(out, "拒绝的{rows}行在 {}，改正后可再次导入。", path.display())
                        }
                        Lang::ZhHant => {
                            writeln!(out, "拒絕的{rows}行在 {}，改正後可再次匯入。", path.display())
                        }
                        Lang::En => writeln!(
                            out,
                            "The {rows} rejected rows are in {}; put them right and import again.",
                            path.display()
                        ),
                    };
                }
                Err(error) => {
                    eprintln!("{}: {error}", path.display());
                    failed = true;
                }
            }
        }
    }
    if let Some(path) = &args.report {
        let mut text = report.json().to_string();
        text.push('\n');
        if let Err(error) = std::fs::write(path, text) {
            eprintln!("{}: {error}", path.display());
            failed = true;
        }
    }
    // The entries are in whatever became of the files beside them; that is said, not hidden.
    let done = report.is_in()
        || (report.dry_run && report.accepted() > 0 && report.limit_passed.is_none());
    if done && !failed { ExitCode::SUCCESS } else { ExitCode::from(NOTHING_WRITTEN) }
}

fn rejects_path(args: &Import, name: &str) -> PathBuf {
    let own = format!("{name}.rejected.csv");
    match &args.rejects {
        None => PathBuf::from(own),
        Some(path) if args.files.len() > 1 || path.is_dir() => path.join(own),
        Some(path) => path.clone(),
    }
}

/// One bar for the three steps; hidden where nobody watches.
struct Bars {
    bar: ProgressBar,
    style: ProgressStyle,
}

impl Bars {
    fn new(quiet: bool) -> Bars {
        let bar = if quiet { ProgressBar::hidden() } else { ProgressBar::new(0) };
        let style = ProgressStyle::with_template("{msg} {wide_bar} {percent}% {eta}");
        let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
        bar.set_style(style.clone());
        Bars { bar, style }
    }

    fn at(&self, message: &str, position: u64, length: u64) {
        if self.bar.length() != Some(length) {
            self.bar.set_style(self.style.clone());
            self.bar.set_length(length);
        }
        if self.bar.message() != message {
            self.bar.set_message(message.to_owned());
        }
        self.bar.set_position(position);
    }
}

impl Progress for Bars {
    fn reading(&self, file: &str, bytes: u64, of: u64) {
        self.at(file, bytes, of);
    }

    fn checking(&self, rows: u64, of: u64) {
        const EVERY: u64 = 256;
        if rows.is_multiple_of(EVERY) || rows == of {
            self.at("核对 checking", rows, of);
        }
    }

    fn writing(&self, entries: u64, of: u64) {
        const EVERY: u64 = 256;
        if entries.is_multiple_of(EVERY) || entries == of {
            self.at("写入 writing", entries, of);
        }
    }
}

//! `liangbiao reference`: the built-in data, and bringing a register's copy up to date.

use std::process::ExitCode;

use chrono::NaiveDate;

use super::{RegisterArg, progress};
use crate::reference::update::{Change, changes};
use crate::reference::{departments, places, policies, schemes, systems, targets};
use crate::store::{At, Log, Result};

/// After every day a record can begin on; four digits, as days are stored.
const END_OF_TIME: NaiveDate = NaiveDate::from_ymd_opt(9999, 12, 31).unwrap();

/// The built-in reference data: systems, schemes, places, departments, policies, targets.
#[derive(Clone, Debug, clap::Args)]
pub struct Reference {
    #[command(subcommand)]
    what: What,
}

#[derive(Clone, Debug, clap::Subcommand)]
enum What {
    List(List),
    Update(Update),
}

/// List what this program has built in.
///
/// Tab-separated: table, id, name in simplified Chinese, name in English, standing.
#[derive(Clone, Debug, clap::Args)]
struct List {
    /// Only this table: systems, schemes, places, departments, policies or targets.
    #[arg(value_parser = ["systems", "schemes", "places", "departments", "policies", "targets"])]
    table: Option<String>,
}

/// Append to a register what is new or different in this program's built-in data.
///
/// A record the operator has set from a source of their own is left alone. Nothing is ever removed.
/// `serve` never does this.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 done (also when nothing differs), 1 nothing was written, 2 usage.

Examples:
  liangbiao reference update --dry-run
  liangbiao reference update --register /srv/liangbiao/register.db")]
struct Update {
    /// Print the differences and append nothing.
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    register: RegisterArg,
}

impl Reference {
    /// Runs the command.
    #[must_use]
    pub fn run(self) -> ExitCode {
        match self.what {
            What::List(list) => list.run(),
            What::Update(update) => match update.run() {
                Ok(()) => ExitCode::SUCCESS,
                Err(error) => progress::failure(&error),
            },
        }
    }
}

impl List {
    fn run(&self) -> ExitCode {
        let wanted = |table: &str| self.table.as_deref().is_none_or(|only| only == table);
        let mut lines = Vec::new();
        if wanted("systems") {
            lines.extend(systems().iter().map(|s| {
                let [zh, _, en] = &s.name;
                format!("system\t{}\t{zh}\t{en}\t{}", s.id, s.standing.label()[2])
            }));
        }
        if wanted("schemes") {
            lines.extend(
                schemes().iter().map(|s| {
                    format!("scheme\t{}\t{}\t{}\t{}", s.id, s.name_zh, s.name_en, s.status)
                }),
            );
        }
        if wanted("places") {
            lines.extend(places().iter().map(|p| {
                let standing = if p.valid_to.is_empty() { "in use" } else { "old code" };
                format!("place\t{}\t{}\t{}\t{standing}", p.code, p.name_zh, p.name_en)
            }));
        }
        if wanted("departments") {
            lines.extend(departments().iter().map(|d| {
                let years: Vec<String> =
                    d.successors().map(|(id, year)| format!("{id} since {year}")).collect();
                let standing = if years.is_empty() { "in being".into() } else { years.join(", ") };
                format!("department\t{}\t{}\t{}\t{standing}", d.id, d.name_zh, d.name_en)
            }));
        }
        if wanted("policies") {
            lines.extend(policies().iter().map(|p| {
                format!("policy\t{}\t{}\t{}\tissued {}", p.id, p.title_zh, p.title_en, p.issued_on)
            }));
        }
        if wanted("targets") {
            lines.extend(targets().iter().map(|t| {
                let due =
                    if t.due.is_empty() { "no date".into() } else { format!("due {}", t.due) };
                format!("target\t{}\t{}\t{}\t{due}", t.id, t.measure_zh, t.measure_en)
            }));
        }
        print_lines(&lines)
    }
}

/// Prints, and stops quietly when the reader (`head`) has gone.
fn print_lines(lines: &[String]) -> ExitCode {
    use std::io::Write as _;
    let mut out = std::io::stdout().lock();
    for line in lines {
        if writeln!(out, "{line}").is_err() {
            break;
        }
    }
    ExitCode::SUCCESS
}

impl Update {
    fn run(&self) -> Result<()> {
        let register = self.register.open()?;
        let reader = register.reader()?;
        let known = reader.head()?.log_size;
        // Far ahead: a version that begins tomorrow is a version too.
        let at = At { as_of: END_OF_TIME, known };
        let found = changes(|kind, key| reader.record(kind, key, at))?;
        for change in &found {
            match change {
                Change::New(draft) => println!("new       {}\t{}", draft.kind.name(), draft.key),
                Change::Changed(draft, fields) => {
                    println!(
                        "changed   {}\t{}\t{}",
                        draft.kind.name(),
                        draft.key,
                        fields.join(", ")
                    );
                }
                Change::Kept(draft, source) => {
                    println!("kept      {}\t{}\tset from {source}", draft.kind.name(), draft.key);
                }
            }
        }
        let drafts: Vec<_> = found.iter().filter_map(Change::draft).cloned().collect();
        let kept = found.len() - drafts.len();
        if self.dry_run {
            println!("would append {} entries, {kept} kept as the operator set them", drafts.len());
            return Ok(());
        }
        if !drafts.is_empty() {
            register.append(&mut drafts.clone().into_iter())?;
        }
        println!("appended {} entries, {kept} kept as the operator set them", drafts.len());
        Ok(())
    }
}

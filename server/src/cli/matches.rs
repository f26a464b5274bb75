//! `liangbiao matches`: which notices and recalls are about what is listed?

use std::collections::BTreeMap;
use std::process::ExitCode;

use chrono::NaiveDate;
use register::Kind;

use super::{RegisterArg, progress};
use crate::matches::{self, Matches};
use crate::store::{self, At, StoreError};

/// List the notices and recalls that are, certainly or possibly, about products and enterprises.
///
/// A match is certain where an identifier proves it: a key, a barcode, a certificate, a credit code, or
/// the brand with the whole model number. It is possible where a name is printed alike. The portal shows
/// the same matches on the pages of products, enterprises and codes; a possible match changes no verdict.
/// The rules stand in docs/matching.md. Writes nothing.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 done, 1 the register cannot be read, 2 usage.

Examples:
  liangbiao matches
  liangbiao matches --register /srv/liangbiao/register.db --possible
  liangbiao matches --json > matches.jsonl")]
pub struct ShowMatches {
    /// The day, YYYY-MM-DD; today in China unless given.
    #[arg(long, value_name = "DAY")]
    as_of: Option<NaiveDate>,
    /// Name the certain matches.
    #[arg(long)]
    certain: bool,
    /// Name the possible matches.
    #[arg(long)]
    possible: bool,
    /// Print every match as a line of JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    register: RegisterArg,
}

impl ShowMatches {
    /// Runs the command.
    #[must_use]
    pub fn run(self) -> ExitCode {
        match self.find() {
            Ok(found) => {
                self.tell(&found);
                ExitCode::SUCCESS
            }
            Err(error) => progress::failure(&error),
        }
    }

    fn find(&self) -> Result<Matches, StoreError> {
        let reader = self.register.reader()?;
        let at = At {
            as_of: self.as_of.unwrap_or_else(|| store::china_day(chrono::Utc::now())),
            known: reader.log_size()?,
        };
        let bar = progress::bar(1, "products");
        let found = matches::find(&reader, at, &mut |done, all| {
            bar.set_length(all);
            bar.set_position(done);
        });
        bar.finish_and_clear();
        found
    }

    fn tell(&self, found: &Matches) {
        if self.json {
            for line in &found.lines {
                progress::say(format_args!("{}", line.as_json()));
            }
            return;
        }
        progress::say(format_args!("{} notices and recalls", found.records));
        for (kind, all) in [(Kind::Product, found.products), (Kind::Enterprise, found.enterprises)]
        {
            let [certain, possible] = ["certain", "possible"].map(|d| found.subjects(kind, d));
            progress::say(format_args!(
                "{}: {all}, with a certain match {certain}, with a possible one {possible}",
                kind.name()
            ));
        }
        let mut by: BTreeMap<(&str, &str, &str), u64> = BTreeMap::new();
        for line in &found.lines {
            *by.entry((line.subject.0.name(), line.degree(), line.why())).or_default() += 1;
        }
        for ((kind, degree, why), count) in by {
            progress::say(format_args!("{count:>8}  {kind}, {degree}, by {why}"));
        }
        for line in &found.lines {
            let named = match line.degree() {
                "certain" => self.certain,
                _ => self.possible,
            };
            if named {
                progress::say(format_args!(
                    "\n{} by {}\n  {} {}  {}\n  {} {}  {}",
                    line.degree(),
                    line.why(),
                    line.subject.0.name(),
                    line.subject.1,
                    line.subject_title,
                    line.record.0.name(),
                    line.record.1,
                    line.record_title,
                ));
            }
        }
    }
}

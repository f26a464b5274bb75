//! `liangbiao redact`: take values out of the register for good.

use std::path::Path;
use std::process::ExitCode;

use register::Kind;

use super::{RegisterArg, progress};
use crate::store::{self, StoreError, Take, Taken};

/// Take values out of the register for good, and say so in the log.
///
/// Only what the log keeps as commitments can be taken out: names of natural persons, and what is
/// published until a day only. The value and its salt are deleted from every version of the record,
/// with everything made of them: references of the view, files of /data, old pages of the database and
/// of its journal. No hash, tile or proof changes. An entry with the reason `redacted` is appended; it
/// names the entries and fields. A portal that serves the register drops what it keeps in memory at its
/// next request. Backups and copies that others made are out of its reach.
///
/// --due takes out what was published until a day that is over (rule I18 of `liangbiao audit`).
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 taken out (with --due also when nothing was due), 1 nothing was taken out or old pages are \
left, 2 usage.

Examples:
  liangbiao redact --due --register /srv/liangbiao/register.db
  liangbiao redact --due --dry-run
  liangbiao redact enterprise 91350100M000100Y43 --field legal_representative --reason 依本人申请")]
pub struct Redact {
    /// Kind of the record, e.g. `penalty`.
    #[arg(required_unless_present = "due", requires = "key", conflicts_with = "due")]
    kind: Option<String>,
    /// Key of the record.
    #[arg(requires = "reason")]
    key: Option<String>,
    /// Only this field; may be given several times. Every field that can be taken out unless given.
    #[arg(long, value_name = "FIELD", requires = "key")]
    field: Vec<String>,
    /// Why, in words for readers of the log; never what is taken out.
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// Every record whose publication term is over.
    #[arg(long)]
    due: bool,
    /// Print what would be taken out and write nothing.
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    register: RegisterArg,
}

/// The reason of what is taken out because its term is over, as the rule has it.
const TERM_OVER: &str = "公示期限届满";

/// Longest reason in characters.
const REASON_CHARACTERS_MAX: usize = 500;

impl Redact {
    /// Runs the command.
    #[must_use]
    pub fn run(self) -> ExitCode {
        let kind = match self.kind.as_deref().map(|name| Kind::from_name(name).ok_or(name)) {
            None => None,
            Some(Ok(kind)) => Some(kind),
            Some(Err(name)) => {
                let names: Vec<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
                let list = names.join(", ");
                return progress::usage(&format!("there is no kind {name:?}; they are {list}"));
            }
        };
        let reason = self.reason.as_deref().unwrap_or(TERM_OVER).trim();
        if reason.is_empty() || reason.chars().count() > REASON_CHARACTERS_MAX {
            return progress::usage("--reason takes 1 to 500 characters");
        }
        if reason.chars().any(char::is_control) {
            return progress::usage("--reason is one line");
        }
        match self.redact(kind, reason) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => progress::failure(&error),
        }
    }

    fn redact(&self, kind: Option<Kind>, reason: &str) -> Result<(), StoreError> {
        let path = &self.register.path();
        let register = self.register.open()?;
        let take = |(kind, key), fields: &[String]| Take {
            kind,
            key,
            fields: fields.to_vec(),
            reason: reason.to_owned(),
        };
        let takes: Vec<Take> = match (kind, &self.key) {
            (Some(kind), Some(key)) => vec![take((kind, key.clone()), &self.field)],
            _ => {
                let today = store::china_day(chrono::Utc::now());
                register.due(today)?.into_iter().map(|id| take(id, &[])).collect()
            }
        };
        if self.dry_run {
            tell(&register.would_redact(&takes)?, "would be taken out");
            return Ok(());
        }
        let interrupted = store::unfinished(path);
        tell(&register.redact(&takes)?, "taken out");
        if interrupted {
            progress::say(format_args!("an interrupted redaction was finished"));
        }
        progress::say(format_args!(
            "log         {} entries in {}",
            register.log_size()?,
            shown(path)
        ));
        Ok(())
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

fn tell(taken: &[Taken], what: &str) {
    for one in taken {
        progress::say(format_args!("{} {}  {}", one.kind.name(), one.key, one.listed()));
    }
    let values: usize = taken.iter().flat_map(|t| &t.entries).map(|(_, fields)| fields.len()).sum();
    progress::say(format_args!("{values} values of {} records {what}", taken.len()));
}

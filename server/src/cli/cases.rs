//! `liangbiao cases`: reports of errors and requests for corrections, without what people wrote.

use std::process::ExitCode;
use std::sync::Arc;

use super::RegisterArg;
use super::progress::say;
use crate::cases::{Cases as Kept, KEEP_DAYS};
use crate::store::{Clock, Result, SystemClock, china_day};

/// List reports of errors and requests for corrections. Tab-separated: number, state, day received, day an
/// answer is due, "overdue" where that is over, who asks, what is wrong, record, outcome.
///
/// What people wrote is encrypted and read at the desk only. `serve` deletes it by itself when its time is
/// over; --purge does so now.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 done, 1 the file of cases cannot be read, 2 usage.

Examples:
  liangbiao cases
  liangbiao cases --purge --register /srv/liangbiao/register.db")]
pub struct Cases {
    /// Delete what people wrote in cases that were answered longer ago than it is kept.
    #[arg(long)]
    purge: bool,
    #[command(flatten)]
    register: RegisterArg,
}

impl Cases {
    /// Runs the command.
    #[must_use]
    pub fn run(self) -> ExitCode {
        match self.done(&SystemClock) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("liangbiao: {error}");
                ExitCode::from(1)
            }
        }
    }

    fn done(&self, clock: &dyn Clock) -> Result<()> {
        const LISTED: usize = 100_000;
        let path = self.register.place()?.path;
        if !path.exists() {
            return Err(crate::store::StoreError::Missing(path));
        }
        let today = china_day(clock.now());
        let Some(cases) = Kept::there(&path, KEEP_DAYS)? else {
            eprintln!("There are no cases; `serve --cases` takes them.");
            return Ok(());
        };
        if self.purge {
            let deleted = cases.file().purge(today)?;
            eprintln!("Deleted what was written in {deleted} cases.");
            return Ok(());
        }
        for row in cases.file().list(LISTED)? {
            let open = row.closed_on.is_none();
            let late = if open && today > row.due_on { "overdue" } else { "" };
            let outcome = if open { "" } else { row.outcome.as_str() };
            say(format_args!(
                "{}\t{}\t{}\t{}\t{late}\t{}\t{}\t{}/{}\t{outcome}",
                row.label,
                row.state.code(),
                row.received_on,
                row.due_on,
                row.asker,
                row.what,
                row.kind,
                row.key
            ));
        }
        Ok(())
    }
}

/// Deletes what is due, now and every hour, for as long as the process lives.
pub(super) fn purge_by_itself(cases: Arc<Kept>) {
    const EVERY: std::time::Duration = std::time::Duration::from_secs(60 * 60);
    std::thread::spawn(move || {
        loop {
            match cases.file().purge(china_day(SystemClock.now())) {
                Ok(0) => {}
                Ok(deleted) => tracing::info!(deleted, "what was written in cases is deleted"),
                Err(error) => tracing::error!(%error, "what was written in cases stays too long"),
            }
            std::thread::sleep(EVERY);
        }
    });
}

//! `liangbiao check`: is the register sound?

use std::process::ExitCode;

use super::{RegisterArg, progress};
use crate::store::{self, Step};

/// Check a register: file, log, view and checkpoint.
///
/// Reads the whole log: SQLite's own check of the file; that entries are numbered without a gap, are
/// readable, in canonical form, and that the rolling hash fits every one of them; that the view
/// equals one built anew from the log; that the log is not behind its checkpoint. Writes nothing,
/// and may run while the register is being served.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 sound, 1 not sound or not readable, 2 usage.

Examples:
  liangbiao check
  liangbiao check --register /srv/liangbiao/register.db")]
pub struct Check {
    #[command(flatten)]
    register: RegisterArg,
}

impl Check {
    /// Runs the command.
    #[must_use]
    pub fn run(self) -> ExitCode {
        let path = &self.register.path();
        // A view of a log elsewhere is compared with it first.
        if let Err(error) = self.register.place().and_then(|place| place.bring_up()) {
            return progress::failure(&error);
        }
        let bar = progress::bar(1, "");
        let audit = store::audit(path, &mut |step, done, total| {
            bar.set_message(match step {
                Step::File => "file",
                Step::Log => "log",
                Step::View => "view",
                Step::Checkpoint => "checkpoint",
            });
            bar.set_length(total);
            bar.set_position(done);
        });
        bar.finish_and_clear();
        let audit = match audit {
            Ok(audit) => audit,
            Err(error) => return progress::failure(&error),
        };
        progress::say(format_args!("register    {}", path.display()));
        progress::say(format_args!("id          {}", audit.register_id));
        progress::say(format_args!("entries     {}", audit.log_size));
        progress::say(format_args!("chain       {}", audit.chain));
        progress::say(format_args!("file size   {} bytes", audit.file_bytes));
        for remark in &audit.remarks {
            progress::say(format_args!("remark      {remark}"));
        }
        if audit.errors.is_empty() {
            progress::say(format_args!("sound       file, log, view and checkpoint"));
            return ExitCode::SUCCESS;
        }
        for error in &audit.errors {
            eprintln!("error       {error}");
        }
        ExitCode::from(1)
    }
}

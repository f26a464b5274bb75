//! `liangbiao rebuild`: the view anew from the log.

use std::process::ExitCode;

use super::{RegisterArg, progress};
use crate::store::StoreError;

/// Throw the view away and build it again from the log.
///
/// The log is not touched, and the new view is the same row for row unless the old one was damaged
/// or of another version. Readers see the old view until the new one is complete.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 rebuilt, 1 nothing was written, 2 usage.

Example:
  liangbiao rebuild --register register.db")]
pub struct Rebuild {
    #[command(flatten)]
    register: RegisterArg,
}

impl Rebuild {
    /// Runs the command.
    #[must_use]
    pub fn run(self) -> ExitCode {
        match self.rebuild() {
            Ok((entries, hash)) => {
                progress::say(format_args!("view built from {entries} entries, SHA-256 {hash}"));
                ExitCode::SUCCESS
            }
            Err(error) => progress::failure(&error),
        }
    }

    fn rebuild(&self) -> Result<(u64, String), StoreError> {
        let register = self.register.open()?;
        let reader = register.reader()?;
        let bar = progress::bar(register.log_size()?, "view");
        let entries = register.rebuild(&mut |done| bar.set_position(done))?;
        bar.finish_and_clear();
        Ok((entries, reader.view_hash()?))
    }
}

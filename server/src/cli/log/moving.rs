//! `liangbiao log move`: a register from one home to another.

use super::{Done, words};
use crate::cli::AddressArg;
use crate::cli::progress::say;
use crate::store::{self, Address, End};

/// Carry a register between a file and PostgreSQL: the same entries, byte for byte.
///
/// Checkpoints, proofs and the register's id stay what they are. The target must be empty: a file that does
/// not exist, a database without a log. Afterwards the old home takes no entries any more: a file becomes
/// this machine's view of the log, to be served with --log; a database stays readable. Keys (FILE.keys) are
/// not carried; they stay beside the file. Cut short, it can be run again.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 moved, 1 nothing was moved, 2 usage.

Examples:
  liangbiao log move --from register.db --to postgres://liangbiao@db.example/quality
  liangbiao log move --from postgres://liangbiao@db.example/quality --to register.db")]
pub(super) struct Move {
    /// Where the register is: a file or postgres://…
    #[arg(long, value_name = "FILE|URL")]
    from: AddressArg,
    /// Where it goes: a file or postgres://…
    #[arg(long, value_name = "FILE|URL")]
    to: AddressArg,
}

impl Move {
    pub(super) fn run(self) -> Done {
        let (from, to) = (end(&self.from)?, end(&self.to)?);
        let moved = store::move_log(&from, &to).map_err(words)?;
        say(format_args!("register    {}", moved.register_id));
        say(format_args!("entries     {}", moved.size));
        say(format_args!("root        {}", moved.root));
        match (&from, &to) {
            (End::File(path), End::Postgres(address)) => say(format_args!(
                "the log is at home in {address} now; serve it with --log and --register {}",
                path.display()
            )),
            (_, End::File(path)) => {
                say(format_args!("the log is at home in {} now", path.display()));
            }
            (_, End::Postgres(address)) => say(format_args!("the log is at home in {address} now")),
        }
        Ok(())
    }
}

fn end(text: &AddressArg) -> Result<End, String> {
    let text = text.as_written();
    match Address::is_meant(text) {
        true => Address::parse(text).map(|address| End::Postgres(Box::new(address))).map_err(words),
        false => Ok(End::File(text.into())),
    }
}

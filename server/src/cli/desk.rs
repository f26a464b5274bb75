//! `liangbiao desk`: who may use the publishing desk.

use std::process::ExitCode;
use std::sync::Arc;

use super::RegisterArg;
use super::progress::say;
use crate::office::web::Desk as Opened;
use crate::office::{AccountError, INVITE_DAYS, Office, Role};
use crate::store::SystemClock;

/// The publishing desk: who may use it.
///
/// Accounts are kept in FILE.desk beside the register, never in the public log. The desk itself is
/// started with `liangbiao serve --desk ADDR`.
#[derive(Clone, Debug, clap::Args)]
pub struct Desk {
    #[command(subcommand)]
    what: What,
}

#[derive(Clone, Debug, clap::Subcommand)]
enum What {
    /// Accounts of the desk.
    #[command(subcommand)]
    User(User),
}

#[derive(Clone, Debug, clap::Subcommand)]
enum User {
    Add(Add),
    List(List),
    Roles(Roles),
    Disable(Disable),
    Reset(Reset),
}

/// Make an account. Prints the code its person enrols with at the desk, once, within three days.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 done, 1 nothing was changed, 2 usage.

Example:
  liangbiao desk user add 王芳 --role drafter")]
struct Add {
    /// The account's name: 1 to 40 letters, digits, spaces, - or .
    name: String,
    #[command(flatten)]
    roles: RolesArg,
    #[command(flatten)]
    register: RegisterArg,
}

#[derive(Clone, Debug, clap::Args)]
struct RolesArg {
    /// What the account may do; may be given several times. Nobody approves a draft of their own.
    #[arg(long = "role", value_enum, required = true, value_name = "ROLE")]
    roles: Vec<Role>,
}

/// List accounts. Tab-separated: name, roles, active, invited or disabled.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 done, 1 the desk's file cannot be read, 2 usage.

Example:
  liangbiao desk user list")]
struct List {
    #[command(flatten)]
    register: RegisterArg,
}

/// Give an account other roles. Its sessions end.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 done, 1 nothing was changed, 2 usage.

Example:
  liangbiao desk user roles 王芳 --role drafter --role auditor")]
struct Roles {
    /// The account's name.
    name: String,
    #[command(flatten)]
    roles: RolesArg,
    #[command(flatten)]
    register: RegisterArg,
}

/// Let nobody sign in with an account any more. Its sessions end; the audit trail keeps its name.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 done, 1 nothing was changed, 2 usage.

Example:
  liangbiao desk user disable 王芳")]
struct Disable {
    /// The account's name.
    name: String,
    #[command(flatten)]
    register: RegisterArg,
}

/// Take an account's password, one-time codes and sessions away, for a person who lost them. Prints the
/// code to enrol with anew.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 done, 1 nothing was changed, 2 usage.

Example:
  liangbiao desk user reset 王芳")]
struct Reset {
    /// The account's name.
    name: String,
    #[command(flatten)]
    register: RegisterArg,
}

impl Desk {
    /// Runs the command.
    #[must_use]
    pub fn run(self) -> ExitCode {
        let What::User(user) = self.what;
        let done = match user {
            User::Add(args) => office(&args.register)
                .and_then(|office| office.add(&args.name, &args.roles.roles))
                .map(|code| invited(&args.name, &code)),
            User::List(args) => office(&args.register).and_then(|office| list(&office)),
            User::Roles(args) => office(&args.register)
                .and_then(|office| office.set_roles(&args.name, &args.roles.roles)),
            User::Disable(args) => {
                office(&args.register).and_then(|office| office.disable(&args.name))
            }
            User::Reset(args) => office(&args.register)
                .and_then(|office| office.reset(&args.name))
                .map(|code| invited(&args.name, &code)),
        };
        match done {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("liangbiao: {error}");
                ExitCode::from(1)
            }
        }
    }
}

fn office(register: &RegisterArg) -> Result<Office, AccountError> {
    let path = register.place()?.path;
    if !path.exists() {
        return Err(crate::store::StoreError::Missing(path).into());
    }
    Ok(Office::open(&path, Arc::new(SystemClock))?)
}

fn invited(name: &str, code: &str) {
    eprintln!(
        "Tell {name}, and nobody else, this code; it is good for {INVITE_DAYS} days, at /enrol of the desk:"
    );
    say(format_args!("{code}"));
}

fn list(office: &Office) -> Result<(), AccountError> {
    for account in office.file().accounts()? {
        let state = match (account.disabled, account.totp.is_some()) {
            (true, _) => "disabled",
            (false, true) => "active",
            (false, false) => "invited",
        };
        say(format_args!("{}\t{}\t{state}", account.name, account.roles));
    }
    Ok(())
}

/// Deletes the files of drafts that were kept long enough, now and every hour, for as long as the process lives.
pub(super) fn tidy_by_itself(desk: Arc<Opened>) {
    const EVERY: std::time::Duration = std::time::Duration::from_secs(60 * 60);
    std::thread::spawn(move || {
        loop {
            match desk.tidy() {
                Ok(0) => {}
                Ok(drafts) => tracing::info!(drafts, "the files of ended drafts are deleted"),
                Err(error) => tracing::error!(%error, "the files of ended drafts stay too long"),
            }
            std::thread::sleep(EVERY);
        }
    });
}

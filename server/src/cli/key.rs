//! `liangbiao key`: the keys that sign statements and the log.

use std::process::ExitCode;

use chrono::NaiveDate;
use register::Kind;
use register::kinds::rules::text;
use register::signature::{Algorithm, KeyId, PublicKey};

use super::RegisterArg;
use super::code::concluded;
use super::progress::say;
use crate::desk::{self, Plan, Result, refuse};
use crate::keys::life::{self, End};
use crate::keys::{Folder, Held};
use crate::store::{At, Clock as _, SystemClock, china_day};

/// Keys that sign statements and the log.
#[derive(Clone, Debug, clap::Args)]
pub struct Key {
    #[command(subcommand)]
    what: What,
}

#[derive(Clone, Debug, clap::Subcommand)]
enum What {
    New(New),
    List(List),
    Retire(Retire),
    Revoke(Revoke),
}

/// Make a key and put it into force, or take up one held by a device.
///
/// The private half goes into FILE.keys/KID.key beside the register, mode 0600; a file that others
/// can read is refused ever after. With --run the private half stays where it is: the program gets
/// the bytes to be signed on its standard input and answers with the signature in base64 (64 bytes:
/// R‖S of Ed25519, r‖s of SM2). It has to sign a trial message before the key is taken up.
///
/// SM2 in software makes no deployment compliant with 密评.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 done, 1 nothing was written, 2 usage.

Examples:
  liangbiao key new --holder 示例市市场监督管理局
  liangbiao key new --algorithm sm2 --public BASE64 --run /usr/local/bin/hsm-sign --run slot3
  liangbiao key new --for-log --algorithm sm2")]
struct New {
    /// The algorithm.
    #[arg(long, default_value = "ed25519", value_parser = ["ed25519", "sm2"])]
    algorithm: String,
    /// Who holds the key.
    #[arg(long, env = "LIANGBIAO_OFFICE", default_value = "本登记簿")]
    holder: String,
    /// The program that signs, then each of its arguments, one --run for each. No shell reads them.
    #[arg(long, value_name = "WORD", requires = "public")]
    run: Vec<String>,
    /// The key signs the log: below its own line every checkpoint from now on has one of SM2. The file is
    /// FILE.keys/log.sm2.key; a device cannot hold this key, since the same checkpoint has to be signed alike
    /// each time.
    #[arg(long, conflicts_with_all = ["run", "public"])]
    for_log: bool,
    /// The public key in base64, of a key held elsewhere.
    #[arg(long, value_name = "BASE64", requires = "run")]
    public: Option<String>,
    #[command(flatten)]
    register: RegisterArg,
}

/// List the register's keys and whether this node can sign with them.
///
/// Tab-separated: key id, algorithm, status, from, to, holder, where the private half is.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 done, 1 the register or a key cannot be read, 2 usage.

Example:
  liangbiao key list")]
struct List {
    #[command(flatten)]
    register: RegisterArg,
}

/// Retire a key: what it signed until today stays good, and it signs no more.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 done (also when it was retired already), 1 nothing was written, 2 usage.

Example:
  liangbiao key retire 530d903a00000000 --reason 到期轮换")]
struct Retire {
    #[command(flatten)]
    ending: Ending,
}

/// Revoke a key that may be in other hands: what it signed from that day on is worth nothing.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 done (also when it was revoked already), 1 nothing was written, 2 usage.

Example:
  liangbiao key revoke 530d903a00000000 --reason 私钥可能泄露 --on 2026-11-01")]
struct Revoke {
    #[command(flatten)]
    ending: Ending,
    /// The day from which its signatures are worth nothing, today or before; today otherwise.
    #[arg(long, value_name = "DATE")]
    on: Option<NaiveDate>,
}

#[derive(Clone, Debug, clap::Args)]
struct Ending {
    /// The key's id.
    kid: String,
    /// Why, in the words readers will see.
    #[arg(long, value_name = "TEXT", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    reason: String,
    #[command(flatten)]
    register: RegisterArg,
}

impl Key {
    /// Runs the command.
    #[must_use]
    pub fn run(self) -> ExitCode {
        concluded(match self.what {
            What::New(new) => new.run(),
            What::List(list) => list.run(),
            What::Retire(Retire { ending }) => ending.run(End::Retired, None),
            What::Revoke(Revoke { ending, on }) => ending.run(End::Revoked, on),
        })
    }
}

impl New {
    fn run(self) -> Result<()> {
        let register = self.register.open()?;
        let folder = Folder::of(&self.register.path());
        let Some(algorithm) = Algorithm::from_code(&self.algorithm) else {
            return refuse(format!("the algorithm {} is not known", self.algorithm));
        };
        // The file comes first: a key in force whose private half is nowhere would have to be revoked.
        // A file without an entry signs nothing, because signing asks for the entry.
        let public = match &self.public {
            None if self.for_log && algorithm != Algorithm::Sm2 => {
                return refuse(
                    "the log has its key of Ed25519; a second one is of SM2: --algorithm sm2",
                );
            }
            None if self.for_log => folder.second_log_key()?,
            None => folder.new_key(algorithm)?,
            Some(text) => {
                let Ok(public) = PublicKey::from_record(algorithm, text) else {
                    return refuse(format!("--public is no public key of {}", self.algorithm));
                };
                folder.add_command(&public, self.run)?;
                public
            }
        };
        let id = public.id().to_string();
        desk::act(&register, &SystemClock, |look| {
            if look.record(Kind::Key, &id)?.is_some() {
                return refuse(format!("the register has the key {id} already"));
            }
            let holder = if self.for_log { life::LOG_HOLDER } else { &self.holder };
            let draft = life::first_draft(&public, desk::SOURCE, holder, look.at.as_of);
            let source = look.source(&self.holder)?;
            Ok(Plan::of((), source.into_iter().chain([draft.into()]).collect()))
        })?;
        say(format_args!("key         {id}"));
        say(format_args!("algorithm   {}", algorithm.code()));
        say(format_args!("public      {}", public.to_record()));
        let held = folder.held()?;
        if let Some(key) = held.iter().find(|key| key.public_key.id().to_string() == id) {
            say(format_args!("file        {}", key.path.display()));
        }
        Ok(())
    }
}

impl List {
    fn run(&self) -> Result<()> {
        let reader = self.register.open()?.reader()?;
        let held = Folder::of(&self.register.path()).held()?;
        let at = At { as_of: china_day(SystemClock.now()), known: reader.log_size()? };
        let place = |key: &Held| match &key.command {
            Some(command) => format!("command {}", command.join(" ")),
            None => key.path.display().to_string(),
        };
        reader.records(Kind::Key, at, &mut |entry| {
            let of = |field: &str| text(&entry.body, field).unwrap_or_default().to_owned();
            let here = held.iter().find(|key| key.public_key.id().to_string() == entry.key);
            say(format_args!(
                "{}\t{}\t{}\t{}\t{}\t{}\t{}",
                entry.key,
                of("algorithm"),
                of("status"),
                of("valid_from"),
                of("valid_to"),
                of("holder"),
                here.map_or_else(|| "not here".to_owned(), place)
            ));
            Ok(())
        })?;
        Ok(())
    }
}

impl Ending {
    fn run(self, end: End, on: Option<NaiveDate>) -> Result<()> {
        let register = self.register.open()?;
        let Some(kid) = KeyId::parse(&self.kid) else {
            return refuse(format!("{:?} is no key id: 16 hex digits in small letters", self.kid));
        };
        let id = kid.to_string();
        let ended = match end {
            End::Retired => "retired",
            End::Revoked => "revoked",
        };
        let ((), appended) = desk::act(&register, &SystemClock, |look| {
            let Some(entry) = look.record(Kind::Key, &id)? else {
                return refuse(format!("the register has no key {id}"));
            };
            if text(&entry.body, "status") == Some(ended) {
                return Ok(Plan::nothing(()));
            }
            let day = on.unwrap_or(look.at.as_of);
            if day > look.at.as_of {
                return refuse(format!("{day} is yet to come"));
            }
            if let Some(last) = look.last_day(Kind::Key, &id)?
                && day < last
            {
                return refuse(format!(
                    "the record in force begins on {last}; a change cannot begin before"
                ));
            }
            let draft = life::end_draft(&id, &entry.body, end, &self.reason, desk::SOURCE, day);
            let holder = text(&entry.body, "holder").unwrap_or_default().to_owned();
            Ok(Plan::of((), look.source(&holder)?.into_iter().chain([draft.into()]).collect()))
        })?;
        say(format_args!("key         {id}"));
        say(format_args!("status      {ended}"));
        match appended {
            Some(appended) => say(format_args!("entry       {}", appended.log_size - 1)),
            None => say(format_args!("note        it stood so already; nothing was written")),
        }
        Ok(())
    }
}

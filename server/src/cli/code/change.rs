//! `liangbiao code activate | suspend | restore | withdraw | cancel`.

use chrono::NaiveDate;

use super::IssuerArg;
use crate::cli::RegisterArg;
use crate::cli::progress::say;
use crate::code::change::{Change, Order, decide};
use crate::desk::{self, Result};
use crate::keys::Folder;
use crate::store::SystemClock;

#[derive(Clone, Debug, clap::Args)]
struct Target {
    /// A model or unit code as it is printed, or the key of a whole batch (U-…).
    code: String,
    /// The decision's number.
    #[arg(long, value_name = "NUMBER")]
    decision: Option<String>,
    /// The day it takes effect, today or before; today otherwise.
    #[arg(long, value_name = "DATE")]
    on: Option<NaiveDate>,
    #[command(flatten)]
    issuer: IssuerArg,
    #[command(flatten)]
    register: RegisterArg,
}

impl Target {
    fn run(self, change: Change, reason: Option<String>) -> Result<()> {
        let register = self.register.open()?;
        let folder = Folder::of(&self.register.path());
        let order = Order {
            code: self.code,
            change,
            reason,
            decision: self.decision,
            on: self.on,
            issuer: self.issuer.issuer,
        };
        let mut pepper = || Ok(folder.pepper()?);
        let (changed, appended) =
            desk::act(&register, &SystemClock, |look| decide(look, &order, &mut pepper))?;
        say(format_args!("code        {}", changed.key));
        say(format_args!("status      {}", changed.status));
        match appended {
            Some(appended) => say(format_args!("entry       {}", appended.log_size - 1)),
            None => say(format_args!("note        it stood so already; nothing was written")),
        }
        Ok(())
    }
}

macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident = $change:ident;)*) => {$(
        #[derive(Clone, Debug, clap::Args)]
        $(#[$doc])*
        pub(super) struct $name {
            #[command(flatten)]
            target: Target,
            /// Why, in the words readers will see.
            #[arg(long, value_name = "TEXT", value_parser = clap::builder::NonEmptyStringValueParser::new())]
            reason: String,
        }

        impl $name {
            pub(super) fn run(self) -> Result<()> {
                self.target.run(Change::$change, Some(self.reason))
            }
        }
    )*};
}

commands! {
    /// Suspend a code: it is not to be relied on for now.
    ///
    /// The code's page says so at once. One unit of a batch can be suspended by its printed code.
    #[command(after_help = "\
Exit codes: 0 done (also when it was suspended already), 1 nothing was written, 2 usage.

Example:
  liangbiao code suspend 44AB-CDEF-GHJK --reason 抽查不合格，限期整改 --decision 示例〔2026〕3号")]
    Suspend = Suspend;
    /// Restore a suspended code.
    #[command(after_help = "\
Exit codes: 0 done (also when it is in force already), 1 nothing was written, 2 usage.

Example:
  liangbiao code restore 44AB-CDEF-GHJK --reason 复查合格")]
    Restore = Restore;
    /// Withdraw a code for good: a decision of the authority (撤销).
    #[command(after_help = "\
Exit codes: 0 done (also when it was withdrawn already), 1 nothing was written, 2 usage.

Example:
  liangbiao code withdraw 44AB-CDEF-GHJK --reason 提供虚假材料 --decision 示例〔2026〕4号")]
    Withdraw = Withdraw;
    /// Cancel a code for good at the holder's wish (注销).
    #[command(after_help = "\
Exit codes: 0 done (also when it was cancelled already), 1 nothing was written, 2 usage.

Example:
  liangbiao code cancel 44AB-CDEF-GHJK --reason 企业停产，申请注销")]
    Cancel = Cancel;
}

/// Put a code issued as a draft into force.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 done (also when it is in force already), 1 nothing was written, 2 usage.

Example:
  liangbiao code activate 44AB-CDEF-GHJK")]
pub(super) struct Activate {
    #[command(flatten)]
    target: Target,
}

impl Activate {
    pub(super) fn run(self) -> Result<()> {
        self.target.run(Change::Activate, None)
    }
}

//! `liangbiao code list`.

use register::Kind;
use register::kinds::rules::{day, text};

use crate::cli::RegisterArg;
use crate::cli::progress::say;
use crate::desk::Result;
use crate::store::{At, Clock as _, SystemClock, china_day};

/// List the codes of a register as they stand today.
///
/// Tab-separated: code or batch, level, status, product, issued on, expires on. Units of a batch are
/// listed only where something was said about them alone.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 done, 1 the register cannot be read, 2 usage.

Examples:
  liangbiao code list
  liangbiao code list --status suspended
  liangbiao code list --product p-d58030165a9c")]
pub(super) struct List {
    /// Only the codes of this product.
    #[arg(long, value_name = "ID")]
    product: Option<String>,
    /// Only codes of this status.
    #[arg(long, value_parser = [
        "draft", "valid", "suspended", "withdrawn", "cancelled", "superseded", "expired",
    ])]
    status: Option<String>,
    #[command(flatten)]
    register: RegisterArg,
}

impl List {
    pub(super) fn run(&self) -> Result<()> {
        let reader = self.register.reader()?;
        let today = china_day(SystemClock.now());
        let at = At { as_of: today, known: reader.log_size()? };
        let mut show = |entry: register::Entry| {
            let body = &entry.body;
            let of = |field: &str| text(body, field).unwrap_or_default();
            let over = day(body, "expires_on").is_some_and(|until| until < today);
            let status = match of("status") {
                "valid" | "suspended" if over => "expired",
                stored => stored,
            };
            if self.status.as_deref().is_none_or(|wanted| wanted == status) {
                say(format_args!(
                    "{}\t{}\t{status}\t{}\t{}\t{}",
                    entry.key,
                    of("level"),
                    of("product"),
                    of("issued_on"),
                    of("expires_on")
                ));
            }
            Ok(())
        };
        match &self.product {
            Some(product) => {
                for entry in reader.referring(Kind::Code, Kind::Product, product, at)? {
                    show(entry)?;
                }
            }
            None => reader.records(Kind::Code, at, &mut show)?,
        }
        Ok(())
    }
}

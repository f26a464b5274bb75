//! `liangbiao code issue`.

use std::path::PathBuf;
use std::time::Instant;

use chrono::NaiveDate;
use register::Kind;
use serde_json::json;

use super::{IssuerArg, OriginArg};
use crate::cli::progress::say;
use crate::cli::{RegisterArg, progress};
use crate::code::issue::{Issued, Sections, Terms, Wish, model};
use crate::code::units::{self, How, Run, random_bytes};
use crate::desk::{self, Result, object, refuse};
use crate::keys::Folder;
use crate::store::SystemClock;

/// Issue a code for a product, or a run of codes for single items.
///
/// A model code stands for all items of a product. A product that has one in force keeps it: the
/// command says so and issues nothing.
///
/// Unit codes (--level unit) are drawn by the thousand. They go into the CSV file named by --out,
/// readable by you only, and nowhere else: the register keeps keyed hashes. The file is durable
/// before the batch is in force. Should the command be interrupted, run it again: it finds out how
/// far it came and finishes. A file that is there already is left as it is.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 done (also when the code was there already), 1 nothing was issued, 2 usage.

Examples:
  liangbiao code issue --product p-d58030165a9c --origin https://quality.example
  liangbiao code issue --product p-d58030165a9c --level unit --count 100000 --out run-7.csv
  liangbiao code issue --product p-d58030165a9c --replacing 44AB-CDEF-GHJK")]
pub(super) struct Issue {
    /// The product's key, as in the address of its page.
    #[arg(long, value_name = "ID")]
    product: String,
    /// What a code stands for.
    #[arg(long, value_enum, default_value = "model")]
    level: Level,
    /// How many unit codes.
    #[arg(
        long,
        value_name = "N",
        required_if_eq("level", "unit"),
        value_parser = clap::value_parser!(u64).range(1..=units::COUNT_MAX)
    )]
    count: Option<u64>,
    /// The file for the printer: CSV with the columns code, grouped, url.
    #[arg(long, value_name = "FILE.csv", required_if_eq("level", "unit"))]
    out: Option<PathBuf>,
    /// Key of the listing the code rests on, where the product has several.
    #[arg(long, value_name = "KEY")]
    listing: Option<String>,
    /// The last day the code is good for.
    #[arg(long, value_name = "DATE")]
    expires: Option<NaiveDate>,
    /// First two digits of a model code; the holder's province otherwise.
    #[arg(long, value_name = "44")]
    province: Option<String>,
    /// Issue a further code, or a further run of the same file name.
    #[arg(long)]
    again: bool,
    /// Issue a new code in place of this one, which becomes superseded.
    #[arg(long, value_name = "CODE", conflicts_with = "again")]
    replacing: Option<String>,
    /// Issue it as a draft, to be activated later.
    #[arg(long)]
    draft: bool,
    /// What the pack should say; may be repeated. From the product's record otherwise.
    #[arg(long, value_name = "TEXT")]
    pack: Vec<String>,
    /// Sections of the holder's credit file that the code's page leads to, with commas between:
    /// inspections, certificates, honours, penalties, recalls; or none.
    #[arg(long, value_name = "LIST", default_value_t = Sections::all(), value_parser = Sections::parse)]
    credit_sections: Sections,
    /// The holder pays first, before the cause is found.
    #[arg(long)]
    pay_first: bool,
    /// Who insures the holder's liability.
    #[arg(long, value_name = "NAME")]
    insurer: Option<String>,
    /// Number of the policy.
    #[arg(long, value_name = "NUMBER", requires = "insurer")]
    policy_number: Option<String>,
    /// Most the insurer pays, in yuan.
    #[arg(long, value_name = "YUAN", requires = "insurer", value_parser = clap::value_parser!(i64).range(1..=90_000_000_000_000))]
    limit_yuan: Option<i64>,
    /// The policy's last day.
    #[arg(long, value_name = "DATE", requires = "insurer")]
    insured_until: Option<NaiveDate>,
    /// Where a claim is made.
    #[arg(long, value_name = "URL")]
    claim_url: Option<String>,
    #[command(flatten)]
    issuer: IssuerArg,
    #[command(flatten)]
    origin: OriginArg,
    #[command(flatten)]
    register: RegisterArg,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Level {
    /// All items of a product.
    Model,
    /// One item each.
    Unit,
}

impl Issue {
    pub(super) fn run(self) -> Result<()> {
        let register = self.register.open()?;
        let origin = self.origin.get()?;
        let terms = self.terms();
        match (self.level, self.count, self.out) {
            (Level::Model, None, None) => {
                let wish =
                    Wish { province: self.province, again: self.again, replacing: self.replacing };
                let mut draw = || {
                    let mut bytes = [0; 16];
                    random_bytes(&mut bytes)?;
                    Ok(bytes)
                };
                let (issued, _) = desk::act(&register, &SystemClock, |look| {
                    model(look, &terms, &wish, &mut draw)
                })?;
                let (code, note) = match &issued {
                    Issued::New(code) => (code, None),
                    Issued::Already(code) => {
                        (code, Some("the product has this code already; nothing was issued"))
                    }
                };
                say(format_args!("code        {code}"));
                say(format_args!("printed as  {}", code.grouped()));
                say(format_args!("url         {}", origin.code_url(code.as_str())));
                if let Some(note) = note {
                    say(format_args!("note        {note}"));
                }
                Ok(())
            }
            (Level::Model, ..) => {
                refuse("--count and --out are for unit codes; add --level unit, or leave them out")
            }
            (Level::Unit, Some(count), Some(out)) => {
                if self.replacing.is_some() || self.province.is_some() {
                    return refuse("--replacing and --province are for model codes");
                }
                let unused = register.reader()?.keys_like(Kind::Code, "U-", 1)?.is_empty();
                let folder = Folder::of(&self.register.path());
                let pepper = folder.pepper_or_new(unused)?;
                let run = Run { terms, count, out, origin, again: self.again };
                let began = Instant::now();
                let bar = progress::bar(count, "codes");
                let done = units::issue(&register, &SystemClock, &pepper, &run, &mut |n| {
                    bar.set_position(n);
                });
                bar.finish_and_clear();
                let done = done?;
                say(format_args!("batch       {}", done.batch));
                say(format_args!("codes       {}", done.count));
                say(format_args!("file        {}", run.out.display()));
                say(format_args!("time        {:.1} s", began.elapsed().as_secs_f64()));
                match done.how {
                    How::Issued => {}
                    How::Already => say(format_args!(
                        "note        the file and its batch were there already; nothing was issued"
                    )),
                    How::Finished => say(format_args!(
                        "note        an earlier run was cut short after the batch was in force; its \
                         file is complete now"
                    )),
                }
                Ok(())
            }
            // clap asks for both with `--level unit`.
            (Level::Unit, ..) => refuse("unit codes need --count and --out"),
        }
    }

    fn terms(&self) -> Terms {
        let mut redress = json!({});
        let mut put = |name: &str, value: Option<serde_json::Value>| {
            if let Some(value) = value {
                redress[name] = value;
            }
        };
        put("pay_first", self.pay_first.then_some(json!(true)));
        put("insurer", self.insurer.as_ref().map(|v| json!(v)));
        put("policy_number", self.policy_number.as_ref().map(|v| json!(v)));
        // At most 9·10^13 yuan: a hundred times that fits.
        put("limit_fen", self.limit_yuan.map(|yuan| json!(yuan * 100)));
        put("valid_until", self.insured_until.map(|v| json!(v)));
        put("claim_url", self.claim_url.as_ref().map(|v| json!(v)));
        Terms {
            product: self.product.clone(),
            listing: self.listing.clone(),
            expires_on: self.expires,
            issuer: self.issuer.issuer.clone(),
            expected_pack: self.pack.clone(),
            sections: self.credit_sections.clone(),
            redress: object(redress),
            draft: self.draft,
        }
    }
}

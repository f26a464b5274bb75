//! `liangbiao audit`: which records do not fit one another?

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::Arc;

use chrono::NaiveDate;
use register::inconsistency::{Cited, Finding, Rule, title};
use register::lang::Lang;

use super::{RegisterArg, progress};
use crate::findings::{Audience, Found, as_json};
use crate::store::{self, At, StoreError};

/// Run the cross-record rules and list what does not fit.
///
/// Twenty-two rules (I01 to I22) compare the records of the register with one another as of a day:
/// an enterprise on an adverse list that was granted an award, a certificate that expired under a
/// valid listing, a comparison with a baseline that was renewed. Every finding names the records with
/// their sources. The portal publishes the same findings at /inconsistencies, but for I18: records
/// whose publication term is over, which the operator has to redact (`liangbiao redact --due`). Writes
/// nothing.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 nothing found, 1 something was found (or the register cannot be read), 2 usage.

Examples:
  liangbiao audit
  liangbiao audit --register /srv/liangbiao/register.db --rule I05
  liangbiao audit --as-of 2026-01-01 --json > findings.json")]
pub struct Audit {
    /// The day, YYYY-MM-DD; today in China unless given.
    #[arg(long, value_name = "DAY")]
    as_of: Option<NaiveDate>,
    /// Only this rule, with all its findings; may be given several times.
    #[arg(long, value_name = "Ixx")]
    rule: Vec<String>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    register: RegisterArg,
}

/// Findings shown of each rule where no rule is asked for.
const EXAMPLES: usize = 3;

impl Audit {
    /// Runs the command.
    #[must_use]
    pub fn run(self) -> ExitCode {
        // A portal on the same machine goes first.
        crate::priority::step_back();
        let mut rules = Vec::new();
        for name in &self.rule {
            let Some(rule) =
                Rule::ALL.into_iter().find(|rule| rule.code().eq_ignore_ascii_case(name.trim()))
            else {
                return progress::usage(&format!("there is no rule {name:?}; they are I01 to I22"));
            };
            rules.push(rule);
        }
        match self.found() {
            Ok(found) => {
                let at = found.at;
                let mut findings = found.all();
                findings.retain(|finding| rules.is_empty() || rules.contains(&finding.rule));
                match self.json {
                    true => progress::say(format_args!("{:#}", as_json(&findings, at))),
                    false => tell(&findings, at, rules.is_empty()),
                }
                ExitCode::from(u8::from(!findings.is_empty()))
            }
            Err(error) => progress::failure(&error),
        }
    }

    fn found(&self) -> Result<Found, StoreError> {
        let reader = self.register.reader()?;
        let at = At {
            as_of: self.as_of.unwrap_or_else(|| store::china_day(chrono::Utc::now())),
            known: reader.log_size()?,
        };
        let bar = progress::bar(1, "enterprises");
        let found = Found::read(&reader, at, Audience::Operator, &mut |done, all| {
            bar.set_length(all);
            bar.set_position(done);
        });
        bar.finish_and_clear();
        found
    }
}

fn tell(findings: &[Arc<Finding>], at: At, cut: bool) {
    let mut by_rule: BTreeMap<Rule, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        by_rule.entry(finding.rule).or_default().push(finding);
    }
    progress::say(format_args!("as of {}, {} entries", at.as_of, at.known));
    for (rule, found) in &by_rule {
        let [zh, _, en] = title(*rule);
        progress::say(format_args!("{}  {:>6}  {zh} · {en}", rule.code(), found.len()));
    }
    progress::say(format_args!("all  {:>6}", findings.len()));
    if by_rule.contains_key(&Rule::I18) {
        progress::say(format_args!("I18: `liangbiao redact --due` takes out what is over"));
    }
    for (rule, found) in &by_rule {
        let shown = if cut { EXAMPLES } else { usize::MAX };
        for finding in found.iter().take(shown) {
            progress::say(format_args!(
                "\n{}  {}{}",
                finding.id(),
                finding.sentence(Lang::ZhHans),
                if finding.contested() { "（有异议）" } else { "" }
            ));
            for record in &finding.records {
                progress::say(format_args!("     {}", line(record)));
            }
        }
        if found.len() > shown {
            let more = found.len() - shown;
            progress::say(format_args!("     … {more} more: --rule {}", rule.code()));
        }
    }
}

/// A record with its source, in one line.
fn line(record: &Cited) -> String {
    let Cited { kind, key, seq, source, place, .. } = record;
    format!("{} {key} (entry {seq}, {source} {place})", kind.name()).replace(" )", ")")
}

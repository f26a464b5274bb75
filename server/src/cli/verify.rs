//! `liangbiao verify`: the verdict on a code, and signed statements.

mod state;

use std::path::PathBuf;
use std::process::ExitCode;

use register::Lang;
use register::code::{CreditCode, DIGITS, Qualifier, Statement};
use register::signature::judge;
use register::verdict::{Asked, Outcome, Verdict, View};

use super::{RegisterArg, progress};
use crate::behind::Behind;
use crate::keys::Folder;
use crate::store::{self, At, StoreError};
use crate::web::verify;

/// Say what the register holds about a quality credit code: the same verdict as the page, the JSON and
/// the browser give.
///
/// CODE is a model or unit code as printed (spaces, hyphens and lower case are fine), or the 212 digits
/// of a signed statement.
///
/// With --state, a statement of what was registered on a day (the .json behind /products/…/state and
/// /enterprises/…/state) is verified instead: its proofs, its checkpoint, that what it claims follows from
/// its entries, and its signature. That needs neither a register nor a network. --keys is the file
/// /.well-known/jwks.json, fetched beforehand from a place you trust; without it nothing says whose the key is.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 the registration holds (valid, or valid with a notice), 1 it does not or nothing can be
said, 2 usage. With --state: 0 it holds and a key given with --keys vouches for it, 1 it does not hold, or
nothing says whose key it is.

Examples:
  liangbiao verify 44M3-QMX9-D2R4
  liangbiao verify 44M3-QMX9-D2R4 --lot B2403
  liangbiao verify 44M3QMX9D2R4 --json --register real.db
  liangbiao verify --state state.json --keys jwks.json")]
pub struct Verify {
    /// The code.
    #[arg(required_unless_present = "state")]
    code: Option<String>,
    /// Verify this file, a statement of what was registered on a day, instead of a code.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["code", "lot", "json"])]
    state: Option<PathBuf>,
    /// The public keys a statement's signature is judged by (a JSON Web Key Set).
    #[arg(long, value_name = "FILE", requires = "state")]
    keys: Option<PathBuf>,
    /// The lot printed on the item, as in the page's ?lot=: recalls that list other lots are then said
    /// not to cover it. Registered is the whole model.
    #[arg(long, value_parser = lot)]
    lot: Option<String>,
    /// Print the verdict as JSON, in three languages.
    #[arg(long)]
    json: bool,
    /// Language of the answer: zh-Hans, zh-Hant or en.
    #[arg(long, value_name = "LANG", default_value = "zh-Hans", value_parser = lang, conflicts_with = "json")]
    lang: Lang,
    #[command(flatten)]
    register: RegisterArg,
}

fn lang(text: &str) -> Result<Lang, String> {
    Lang::ALL
        .into_iter()
        .find(|lang| lang.tag().eq_ignore_ascii_case(text))
        .ok_or_else(|| "expected zh-Hans, zh-Hant or en".to_owned())
}

/// A lot as the page takes it.
fn lot(text: &str) -> Result<String, String> {
    let lot = text.trim();
    let most = Qualifier::Lot.characters_max();
    Qualifier::Lot.check(lot).map(|_| lot.to_owned()).map_err(|_| {
        format!("a lot number is of at most {most} letters, digits and common signs (GS1 AI 10)")
    })
}

impl Verify {
    /// Runs the command.
    #[must_use]
    pub fn run(self) -> ExitCode {
        if let Some(file) = &self.state {
            return state::run(file, self.keys.as_deref());
        }
        if self.lot.is_some() && self.statement().is_some() {
            eprintln!(
                "liangbiao: --lot is for codes; a signed statement is of a code, not of a lot"
            );
            return ExitCode::from(2);
        }
        let verdict = match self.verdict() {
            Ok(verdict) => verdict,
            Err(error) => return progress::failure(&error),
        };
        if self.json {
            let mut value = verdict.json(self.code());
            if let Some(lot) = &self.lot {
                value["lot"] = lot.as_str().into();
            }
            progress::say(format_args!("{value:#}"));
        } else {
            progress::say(format_args!("{}", verdict.sentence(self.lang)));
            for reason in &verdict.reasons {
                let date = reason.date.map(|date| format!(" ({date})")).unwrap_or_default();
                progress::say(format_args!("- {}{date}", reason.text(self.lang)));
            }
        }
        match verdict.outcome {
            Outcome::Valid | Outcome::ValidButNotice => ExitCode::SUCCESS,
            _ => ExitCode::from(1),
        }
    }

    fn verdict(&self) -> Result<Verdict, StoreError> {
        self.register.place()?.check_home()?;
        let reader = self.register.reader()?;
        // Without it a unit code gets the answer that nothing can be said.
        let pepper = Folder::of(&self.register.path()).pepper().ok();
        let head = reader.head()?;
        let now = chrono::Utc::now();
        // As the server: a clock behind the log does not make the log younger.
        let now = head.recorded_at.map_or(now, |recorded| recorded.max(now));
        let at = At { as_of: store::china_day(now), known: head.log_size };
        let view = View::fresh(now, at.known);
        if let Some(digits) = self.statement() {
            return match Statement::parse(&digits) {
                Ok(statement) => {
                    let keys = verify::keys(&reader, at)?;
                    let state = judge(&statement, &keys);
                    let behind = Behind::of_code(&reader, at, statement.code(), pepper.as_ref())?;
                    Ok(behind.judge(Asked::Statement(&statement, state), view, at.as_of))
                }
                Err(bad) => Ok(Behind::default().judge(Asked::BadStatement(bad), view, at.as_of)),
            };
        }
        let mut place: Option<CreditCode> = None;
        let asked = Asked::typed(self.code(), &mut place);
        let mut behind = match asked.code() {
            Some(code) => Behind::of_code(&reader, at, code, pepper.as_ref())?,
            None => Behind::default(),
        };
        behind.lot.clone_from(&self.lot);
        Ok(behind.judge(asked, view, at.as_of))
    }

    /// What was typed; clap asks for it unless there is a file.
    fn code(&self) -> &str {
        self.code.as_deref().unwrap_or_default()
    }

    /// The digits, where what was typed are those of a statement.
    fn statement(&self) -> Option<String> {
        let digits: String = self.code().chars().filter(|c| !c.is_whitespace()).collect();
        let is = digits.len() == DIGITS && digits.bytes().all(|b| b.is_ascii_digit());
        is.then_some(digits)
    }
}

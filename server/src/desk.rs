//! What an operator's command decides and writes by itself: it looks at the register as it stands, and
//! what it decides is appended only if the register still stands so.

use chrono::NaiveDate;
use register::code::Batch;
use register::{Body, Draft, Entry, Kind, Locator, ReasonCode, SourceRef};
use serde_json::{Value, json};

use crate::import::pipeline::direct::{self, Proposed, Refusal};
use crate::keys::KeyError;
use crate::store::{Appended, At, Clock, Reader, Register, StoreError, china_day};

/// Key of the source of entries the operator makes with a command.
pub const SOURCE: &str = "own-acts";

/// Why a command did nothing.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DeskError {
    /// What was asked cannot be done; the text says why and what can.
    #[error("{0}")]
    Refused(Told),
    /// An entry breaks a rule, or the register refused.
    #[error(transparent)]
    Append(#[from] Refusal),
    /// The keys refused.
    #[error(transparent)]
    Keys(#[from] KeyError),
    /// A file could not be read or written.
    #[error("{}", crate::store::told_of_file(path, error))]
    File {
        /// The file.
        path: std::path::PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
}

/// Why something was refused. Commands speak English; what the desk's pages can run into is said in their languages as well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    en: String,
    /// Simplified and traditional Chinese.
    chinese: Option<[String; 2]>,
}

impl Told {
    /// In simplified Chinese, traditional Chinese and English.
    #[must_use]
    pub fn words(&self) -> [String; 3] {
        match &self.chinese {
            Some([zh, hant]) => [zh.clone(), hant.clone(), self.en.clone()],
            None => [
                format!("办不到。程序的说明：{}", self.en),
                format!("辦不到。程式的說明：{}", self.en),
                self.en.clone(),
            ],
        }
    }
}

impl From<String> for Told {
    fn from(en: String) -> Told {
        Told { en, chinese: None }
    }
}

impl std::fmt::Display for Told {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.en)
    }
}

impl From<StoreError> for DeskError {
    fn from(error: StoreError) -> DeskError {
        DeskError::Append(error.into())
    }
}

/// Result of a command.
pub type Result<T> = std::result::Result<T, DeskError>;

/// Refuses what only a command asks.
pub(crate) fn refuse<T>(text: impl Into<String>) -> Result<T> {
    Err(DeskError::Refused(text.into().into()))
}

/// Refuses what a page of the desk asks as well: in simplified Chinese, traditional Chinese and English.
pub(crate) fn refuse_all<T>([zh, hant, en]: [String; 3]) -> Result<T> {
    Err(DeskError::Refused(Told { en, chinese: Some([zh, hant]) }))
}

/// The register as a command finds it.
#[derive(Debug)]
pub struct Look<'r> {
    /// Reads the register.
    pub reader: &'r Reader,
    /// Today, and the log's size.
    pub at: At,
    /// Whether the whole register is made up.
    pub all_sample: bool,
}

impl Look<'_> {
    /// The record as it stands today.
    ///
    /// # Errors
    /// The database's.
    pub fn record(&self, kind: Kind, key: &str) -> Result<Option<Entry>> {
        Ok(self.reader.record(kind, key, self.at)?)
    }

    /// The day of the record's latest version, also one that begins after today.
    ///
    /// # Errors
    /// The database's.
    pub fn last_day(&self, kind: Kind, key: &str) -> Result<Option<NaiveDate>> {
        let history = self.reader.history(kind, key)?;
        Ok(history.iter().map(|entry| entry.valid_from).max())
    }

    /// The source such entries rest on, to be written with the first of them.
    ///
    /// # Errors
    /// The database's.
    pub fn source(&self, publisher: &str) -> Result<Option<Proposed>> {
        if self.reader.ever_existed(Kind::Source, SOURCE, self.at.known)? {
            return Ok(None);
        }
        let today = self.at.as_of;
        let body = json!({
            "publisher": publisher,
            "title": "本登记簿自行办理的事项（赋码、状态变更、密钥）",
            "retrieved_on": today,
            // There is no file: the SHA-256 of nothing.
            "file_hash": register::id::key::sha256_hex(b""),
            "licence": "本登记簿自行记录",
            "coverage": {
                "holds": 0,
                "complete": "unknown",
                "last_read_on": today,
                "gaps": ["逐条记入登记簿，不另计条数"],
            },
            "sample": self.all_sample,
        });
        let draft = Draft {
            valid_from: today,
            kind: Kind::Source,
            key: SOURCE.to_owned(),
            reason: ReasonCode::Listed.into(),
            source: own_source(None),
            body: object(body),
        };
        Ok(Some(draft.into()))
    }
}

/// What a command decided to write.
#[derive(Debug)]
pub struct Plan<T> {
    /// What it will say.
    pub outcome: T,
    /// The entries, none where there is nothing to do.
    pub entries: Vec<Proposed>,
    /// Hashes of unit codes to be stored with them.
    pub batch: Option<Batch>,
}

impl<T> Plan<T> {
    /// Nothing to be written.
    pub fn nothing(outcome: T) -> Plan<T> {
        Plan { outcome, entries: Vec::new(), batch: None }
    }

    /// These entries.
    pub fn of(outcome: T, entries: Vec<Proposed>) -> Plan<T> {
        Plan { outcome, entries, batch: None }
    }
}

/// Looks, decides and appends; decides again when somebody else has written in between.
///
/// # Errors
/// `decide`'s own, or the append's. Nothing was written then.
pub fn act<T>(
    register: &Register,
    clock: &dyn Clock,
    mut decide: impl FnMut(&Look<'_>) -> Result<Plan<T>>,
) -> Result<(T, Option<Appended>)> {
    const ATTEMPTS_MAX: u32 = 5;
    let mut attempt = 0;
    loop {
        attempt += 1;
        let reader = register.reader()?;
        let head = reader.head()?;
        let today = china_day(clock.now());
        let look = Look {
            reader: &reader,
            at: At { as_of: today, known: head.log_size },
            all_sample: head.has_sample && head.all_sample,
        };
        let plan = decide(&look)?;
        if plan.entries.is_empty() {
            return Ok((plan.outcome, None));
        }
        let known = look.at.known;
        match direct::append(register, known, today, plan.batch.as_ref(), plan.entries) {
            Ok(appended) => return Ok((plan.outcome, Some(appended))),
            Err(Refusal::Store(StoreError::Moved { .. })) if attempt < ATTEMPTS_MAX => {}
            Err(refusal) => return Err(refusal.into()),
        }
    }
}

/// The source of an entry made by a command, with the file it went to, if any.
#[must_use]
pub fn own_source(file: Option<String>) -> SourceRef {
    SourceRef { id: SOURCE.to_owned(), locator: Locator { file, ..Locator::default() } }
}

/// The body a literal object is.
pub(crate) fn object(value: Value) -> Body {
    match value {
        Value::Object(body) => body,
        _ => Body::new(),
    }
}

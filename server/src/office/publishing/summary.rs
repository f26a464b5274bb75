//! What a draft would do, as it is kept beside it and shown.

use std::io::{BufRead as _, BufReader};
use std::path::Path;

use chrono::NaiveDate;
use register::{Body, Change, Kind};
use serde::{Deserialize, Serialize};

/// File of a summary in a draft's folder.
pub const FILE: &str = "summary.json";
/// Refused rows as CSV, to be put right and sent again.
pub const REJECTS: &str = "rejected.csv";

/// File of the lines of one sort of change.
#[must_use]
pub fn lines_file(change: Change) -> String {
    format!("{}.jsonl", change.code())
}

/// What is wrong with a row, or with the draft as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// Row as an office program shows it; 0: not a row's.
    pub row: u64,
    /// Code of the rule.
    pub code: String,
    /// Column; may be empty.
    pub column: String,
    /// Value; may be empty.
    pub value: String,
    /// What was expected, in the three languages.
    pub expected: [String; 3],
}

/// Records leaving a directory.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exits {
    /// Key of the scheme, or the name of the kind.
    pub from: String,
    /// How many leave.
    pub leave: u64,
    /// How many it holds.
    pub holds: u64,
}

impl Exits {
    /// Whether so many are more than a slip of the pen may be.
    #[must_use]
    pub const fn is_over_budget(&self) -> bool {
        self.leave > super::EXITS_MAX || self.leave * 100 > self.holds * super::EXITS_PERCENT_MAX
    }
}

/// One record before and after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Its kind.
    pub kind: Kind,
    /// Its key.
    pub key: String,
    /// The day it becomes true.
    pub valid_from: NaiveDate,
    /// Code of the reason.
    pub reason: String,
    /// The reason in words; may be empty.
    pub text: String,
    /// Row of the list; none: it is not from one.
    pub row: Option<u64>,
    /// Before; none: there was none.
    pub before: Option<Body>,
    /// After.
    pub after: Body,
}

/// What a draft would do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Log size it was computed against.
    pub known: u64,
    /// The day it was computed on, China standard time.
    pub day: NaiveDate,
    /// SHA-256 over everything that would be written and what it would take the place of.
    pub fingerprint: String,
    /// SHA-256 over kinds, keys and days of what would be written: by it the log is asked, after a stop in
    /// between, whether it was.
    pub mark: String,
    /// Entries to be appended.
    pub entries: u64,
    /// Records that come, leave, change.
    pub counts: [u64; 3],
    /// By directory, where any leave.
    pub exits: Vec<Exits>,
    /// Rows: read, accepted, refused, unchanged, left out by condition; zeros where it is no list.
    pub rows: [u64; 5],
    /// Columns nobody asked for.
    pub unknown: Vec<String>,
    /// What is wrong, the first of it.
    pub faults: Vec<Fault>,
    /// Remarks on accepted rows, the first of them.
    pub remarks: Vec<Fault>,
    /// Why there is nothing at all (a file that cannot be read), in the three languages; empty: there is.
    pub stopped: Option<[String; 3]>,
}

impl Summary {
    /// Whether there is anything to be published.
    #[must_use]
    pub const fn can_be_published(&self) -> bool {
        self.entries > 0 && self.stopped.is_none()
    }

    /// The number of exits the approver has to type; none: few enough.
    #[must_use]
    pub fn asks_twice(&self) -> Option<u64> {
        self.exits.iter().any(Exits::is_over_budget).then_some(self.counts[1])
    }

    /// Reads the one of a draft's folder; none: there is none, or not a whole one.
    #[must_use]
    pub fn read(folder: &Path) -> Option<Summary> {
        serde_json::from_slice(&std::fs::read(folder.join(FILE)).ok()?).ok()
    }
}

/// The lines of one sort of change, so many from one on.
///
/// # Errors
/// The disk's, or a line that is none.
pub fn lines(
    folder: &Path,
    change: Change,
    from: usize,
    most: usize,
) -> std::io::Result<Vec<Line>> {
    let file = match std::fs::File::open(folder.join(lines_file(change))) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        opened => opened?,
    };
    let mut found = Vec::new();
    for line in BufReader::new(file).lines().skip(from).take(most) {
        found.push(serde_json::from_str(&line?)?);
    }
    Ok(found)
}

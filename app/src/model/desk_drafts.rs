//! Drafts of the publishing desk.

use super::Diff;

/// A draft in the list of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftItem {
    /// Id.
    pub id: String,
    /// Number.
    pub number: u64,
    /// Title.
    pub title: String,
    /// Code of its kind.
    pub kind: String,
    /// Code of its place.
    pub place: String,
    /// Who made it.
    pub maker: String,
    /// When it was last moved, Beijing time.
    pub changed: String,
}

/// One row or field that is wrong, or a remark.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FaultLine {
    /// Row; 0: of no row.
    pub row: u64,
    /// Code of the rule.
    pub code: String,
    /// Column.
    pub column: String,
    /// Value.
    pub value: String,
    /// What was expected.
    pub expected: String,
}

/// Records leaving a directory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExitLine {
    /// Name of the directory, or of the kind.
    pub from: String,
    /// How many leave.
    pub leave: u64,
    /// Of how many.
    pub holds: u64,
    /// More than a slip of the pen may be.
    pub over: bool,
}

/// A record before and after.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeskChange {
    /// Its kind in words.
    pub kind: String,
    /// What it is called.
    pub title: String,
    /// Its key.
    pub key: String,
    /// The day.
    pub valid_from: String,
    /// Code of the reason.
    pub reason: String,
    /// Its words; may be empty.
    pub text: String,
    /// Row of the list; none: not from one.
    pub row: Option<u64>,
    /// There was no version before.
    pub is_new: bool,
    /// Fields.
    pub diffs: Vec<Diff>,
    /// Where it is corrected; empty: not from here.
    pub correct: String,
}

/// A summary in the page's language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SummaryView {
    /// Log size it was computed against.
    pub known: u64,
    /// The day.
    pub day: String,
    /// What it is approved by.
    pub fingerprint: String,
    /// Why nothing can be published; empty: something can.
    pub stopped: String,
    /// Rows: read, accepted, refused, unchanged, left out; empty: no list.
    pub rows: Option<[u64; 5]>,
    /// Entries.
    pub entries: u64,
    /// Records that come, leave, change.
    pub counts: [u64; 3],
    /// Exits.
    pub exits: Vec<ExitLine>,
    /// The number the approver has to type; none: none.
    pub asks: Option<u64>,
    /// What is wrong.
    pub faults: Vec<FaultLine>,
    /// Remarks.
    pub remarks: Vec<FaultLine>,
    /// There is a CSV of refused rows.
    pub rejects: bool,
    /// Columns nobody asked for.
    pub unknown: Vec<String>,
    /// Code of the sort of change shown.
    pub show: String,
    /// Page of it, from 1, and pages there are.
    pub page: [u64; 2],
    /// The changes of that page.
    pub lines: Vec<DeskChange>,
}

/// A draft's page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftView {
    /// As it is listed.
    pub item: DraftItem,
    /// When it was made, Beijing time.
    pub made: String,
    /// Who decided; empty: nobody yet.
    pub decider: String,
    /// Why it was sent back; empty: it was not.
    pub note: String,
    /// Hash and bytes of its file; none: it has none.
    pub file: Option<(String, u64)>,
    /// How far the work on it is: step, done, of how much.
    pub progress: Option<(u8, u64, u64)>,
    /// The last check failed.
    pub failed: bool,
    /// What it would do, or did.
    pub summary: Option<SummaryView>,
    /// Who looks may submit and discard it.
    pub can_submit: bool,
    /// Who looks may take it back, as nobody has decided on it yet.
    pub can_take_back: bool,
    /// Its file and report were kept as long as they are, and are gone.
    pub files_deleted: bool,
    /// Who looks may decide.
    pub can_decide: bool,
    /// Who looks could decide, were it not theirs.
    pub is_own: bool,
    /// Entries published and where readers see them.
    pub published: Option<(u64, String)>,
}

/// A field of the form of a correction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldView {
    /// Name in the form.
    pub name: String,
    /// Words, with the unit if there is one.
    pub label: String,
    /// Value.
    pub value: String,
    /// Values there are, with their words; empty: free.
    pub choices: Vec<(String, String)>,
    /// Several, one a line.
    pub lines: bool,
    /// It can be edited.
    pub editable: bool,
}

/// The form to send a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewForm {
    /// Names and words of the kinds there is a blank list for.
    pub own: Vec<(String, String)>,
    /// Names and titles of the mappings that are installed.
    pub maps: Vec<(String, String)>,
    /// The one that is chosen; empty: none yet.
    pub chosen: String,
    /// Megabytes at most.
    pub most: u64,
    /// Who published a list under our own headers.
    pub publisher: String,
    /// Its title.
    pub title: String,
    /// Where it was published.
    pub url: String,
    /// Terms of use.
    pub licence: String,
}

impl NewForm {
    /// What a kind of our own headers is called in the form, so that it is no mapping's name: those hold no `/`.
    #[must_use]
    pub fn own_choice(kind: &str) -> String {
        format!("own/{kind}")
    }
}

/// The form of a correction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CorrectForm {
    /// Code and words of the kind.
    pub kind: (String, String),
    /// Key.
    pub key: String,
    /// Title of the record.
    pub title: String,
    /// The day.
    pub valid_from: String,
    /// Why.
    pub why: String,
    /// Source.
    pub source: String,
    /// Fields.
    pub fields: Vec<FieldView>,
}

/// Pages of drafts.
#[derive(Clone, Debug, PartialEq)]
pub enum DraftsPage {
    /// All of them, and whether who looks may make one.
    List(Vec<DraftItem>, bool),
    /// The form to send a list.
    New(Box<NewForm>),
    /// One.
    One(Box<DraftView>),
    /// The form to find a record: kinds.
    Find(Vec<(String, String)>),
    /// The form to correct it.
    Correct(Box<CorrectForm>),
    /// The forms about codes: product and code as they were typed.
    Codes(String, String),
}

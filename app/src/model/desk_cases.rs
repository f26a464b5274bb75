//! Cases at the publishing desk.

/// A case in the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeskCase {
    /// What the office calls it: `26-0017`.
    pub label: String,
    /// Kind of the record in words.
    pub kind: String,
    /// Key of the record.
    pub key: String,
    /// Code of what is wrong.
    pub what: String,
    /// Code of who asks.
    pub asker: String,
    /// The day it came in.
    pub received: String,
    /// The day an answer is due.
    pub due: String,
    /// That day is over and there is no answer.
    pub overdue: bool,
    /// Code of how far it is.
    pub state: String,
    /// Code of the outcome, proposed or decided; may be empty.
    pub outcome: String,
    /// The record is marked as contested because of this case.
    pub contested: bool,
}

/// Whether the record of a case is contested, and what may be done about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeskMark {
    /// The record is contested because of another case, or because its source says so.
    pub by_another: bool,
    /// There is no such record: a code that nobody registered.
    pub no_record: bool,
    /// It was marked, and a later version of the record took the mark's place.
    pub lapsed: bool,
    /// Drafts of a mark or its end that wait: id and number.
    pub drafts: Vec<(String, u64)>,
    /// May propose the mark.
    pub can_mark: bool,
    /// May propose its end.
    pub can_settle: bool,
    /// What was typed before.
    pub typed: String,
    /// Most characters.
    pub most: usize,
}

/// The page of one case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeskCaseView {
    /// The case.
    pub item: DeskCase,
    /// The record's public page; may be empty.
    pub href: String,
    /// What was written: label and text.
    pub lines: Vec<(String, String)>,
    /// Why it is not shown; empty: it is.
    pub unread: String,
    /// Who answers; may be empty.
    pub examiner: String,
    /// Who closed it; may be empty.
    pub closer: String,
    /// The answer, proposed or given; may be empty.
    pub reason: String,
    /// Why the answer was sent back; may be empty.
    pub note: String,
    /// The day it was closed; may be empty.
    pub closed: String,
    /// The day what was written is deleted; empty: it is not closed.
    pub purged: String,
    /// May take it up.
    pub can_examine: bool,
    /// May answer it.
    pub can_answer: bool,
    /// May close it or send the answer back.
    pub can_close: bool,
    /// Wrote the answer, so that another person has to close it.
    pub is_own: bool,
    /// Whether the record is contested.
    pub mark: DeskMark,
}

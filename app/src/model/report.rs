//! The form that reports an error, and the state of a case.

/// What is shown or sent back of a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportForm {
    /// Code of what is wrong; empty: nothing is chosen.
    pub what: String,
    /// Code of who asks; empty: nothing is chosen.
    pub who: String,
    /// What would be right.
    pub right: String,
    /// What shows it.
    pub evidence: String,
    /// Name.
    pub name: String,
    /// Telephone or e-mail.
    pub contact: String,
    /// Where it was bought; asked of codes that are not on record.
    pub bought: String,
    /// What stands in the field that people do not see.
    pub honey: String,
}

/// The page `/report`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportPage {
    /// The record as the address names it: `product/p-…`.
    pub about: String,
    /// Its kind in words.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// Its page, path without language prefix.
    pub href: String,
    /// What the form is signed with.
    pub token: String,
    /// What was typed before.
    pub form: ReportForm,
    /// It is about a code that is not on record.
    pub unknown: bool,
    /// Names of fields and what is wrong with them, in the page's language.
    pub errors: Vec<(&'static str, String)>,
    /// Why it was not sent; empty: it was not tried.
    pub alert: String,
    /// Most characters: of what would be right, of the evidence, of name and contact.
    pub most: [usize; 3],
    /// Working days until it is taken up, and until it is answered.
    pub days: [u32; 2],
    /// Days after the answer that it is kept.
    pub kept: u32,
}

/// The page `/case`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CasePage {
    /// The number as it was typed; empty: none was.
    pub typed: String,
    /// The case; none: there is none of that number.
    pub case: Option<CaseView>,
}

/// A case as everybody with its number may see it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseView {
    /// The whole number, grouped.
    pub number: String,
    /// The record: its kind in words and its key.
    pub record: String,
    /// The record's page, path without language prefix; empty: it has none.
    pub href: String,
    /// Code of what is wrong.
    pub what: String,
    /// Code of who asks.
    pub asker: String,
    /// The day it came in.
    pub received: String,
    /// The day an answer is due.
    pub due: String,
    /// Whether holidays are known up to then.
    pub exact: bool,
    /// Whether that day is over and there is no answer.
    pub overdue: bool,
    /// The day it was taken up; empty: not yet.
    pub examined: String,
    /// The day it was answered; empty: not yet.
    pub answered: String,
    /// Code of the outcome; empty: not yet.
    pub outcome: String,
    /// The answer; empty: there is none, or its time is over.
    pub reason: String,
    /// The last day the answer's text is kept; empty: there is no answer.
    pub until: String,
}

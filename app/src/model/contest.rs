//! That a record is contested, as its page says it.

use super::Link;

/// A mark of the office on a record: what it says is in doubt, and somebody looks into it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contested {
    /// The day it was marked.
    pub since: String,
    /// What the office calls the case, `26-0017`; empty: the source says that it is contested, not the office.
    pub case: String,
    /// Code of what is said to be wrong; may be empty.
    pub what: String,
    /// Code of the legal basis; may be empty.
    pub basis: String,
    /// The day an answer is due; may be empty.
    pub due: String,
    /// What the office, or the source, says of it; may be empty.
    pub words: String,
    /// The record, on pages of several.
    pub about: Option<Link>,
}

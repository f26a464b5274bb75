//! The page that says how another page is checked against the log.

use super::Link;

/// What stands behind a page, and how to check it by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckPage {
    /// The page checked: its title and its fixed address.
    pub of: Link,
    /// The same as JSON, for programs.
    pub data: String,
    /// Entries of the log at the checkpoint.
    pub size: u64,
    /// The key that verifies the checkpoint; empty: this node does not sign.
    pub key: String,
    /// The entries.
    pub entries: Vec<CheckEntry>,
    /// Entries behind the page that are not listed here.
    pub left_out: u64,
}

/// One entry behind a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckEntry {
    /// Its index.
    pub seq: u64,
    /// Kind, in words.
    pub kind: String,
    /// The record's key.
    pub key: String,
    /// The day it became true.
    pub valid_from: String,
    /// What it is to the page.
    pub role: CheckRole,
}

/// What an entry is to a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CheckRole {
    /// The record itself, as the page shows it.
    #[default]
    Record,
    /// A record the page shows beside it.
    Joined,
    /// An earlier or later version.
    History,
}

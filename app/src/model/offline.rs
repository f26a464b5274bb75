//! `/offline`: what can be kept on a phone.

/// `/offline`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OfflinePage {
    /// The copy that can be kept; none: this register has no key to sign one with.
    pub copy: Option<OfflineCopy>,
}

/// A signed copy of the register.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OfflineCopy {
    /// Model codes in it.
    pub codes: u64,
    /// What the programs that read it weigh on the way, in bytes.
    pub programs: u64,
    /// What it weighs itself on the way, in bytes.
    pub bytes: u64,
    /// The key that signs it, as a verifier key of signed notes.
    pub key: String,
    /// The day it speaks of.
    pub day: String,
}

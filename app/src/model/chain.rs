//! What took the place of what: the editions of a standard.

use super::{Link, Status};

/// The editions before and after one, as far as records say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chain {
    /// All of them with the one looked at, newest first.
    pub editions: Vec<Edition>,
    /// The edition in force today, where it is a later one than the one looked at.
    pub current: Option<Link>,
    /// Later editions are said to exist and none the register holds is in force.
    pub no_current: bool,
    /// Where the chain is broken (rule I16), and what is printed instead of a number.
    pub faults: Vec<ChainFault>,
}

/// One edition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edition {
    /// Number and title; linked where the register holds it.
    pub link: Link,
    /// Its status; none where the register does not hold it.
    pub status: Option<Status>,
    /// Day of issue; may be empty.
    pub issued_on: String,
    /// The edition looked at.
    pub here: bool,
}

/// What is wrong with a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChainFault {
    /// The source names something that is no standard number, e.g. a committee: kept as printed.
    NotANumber {
        /// As printed.
        printed: String,
        /// The edition whose record says so.
        of: String,
    },
    /// The edition named is not in the register.
    NotHeld(String),
    /// An edition is said to be replaced by itself.
    Itself(String),
    /// Following the chain leads back to an edition.
    Circle(String),
    /// The later edition was issued before the earlier one.
    Dates {
        /// The edition replaced.
        older: String,
        /// What is said to replace it.
        newer: String,
    },
}

//! Quality credit codes: issuing them, changing their status, printing them.
//!
//! What a code is and what its state means stands in the `register` crate; this module holds what
//! needs files, random numbers and a register that can be written.

pub mod artwork;
pub mod change;
pub mod find;
pub mod issue;
pub mod print_run;
pub mod units;

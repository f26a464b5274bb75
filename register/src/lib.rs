//! The register's domain: parsed identifiers, kinds of record, entries, and the one rule that
//! turns entries into records.
//!
//! Nothing here reads a file, a clock or a random source: time and input are arguments. The crate
//! builds for the host and for `wasm32-unknown-unknown`, so that the server and a reader's browser
//! judge alike.

pub mod canonical;
pub mod change;
pub mod code;
pub mod commitment;
pub mod comparison;
pub mod coverage;
pub mod entry;
pub mod evidence;
pub mod formula;
pub mod id;
pub mod inconsistency;
pub mod kinds;
pub mod lang;
pub mod matching;
pub mod merkle;
pub mod message;
pub mod note;
pub mod offline;
pub mod record;
pub mod refs;
pub mod signature;
pub mod state;
pub mod status;
pub mod status_list;
pub mod tlog;
pub mod verdict;

pub use change::Change;
pub use entry::{Body, CaseRef, Draft, Entry, Locator, Reason, ReasonCode, SourceRef};
pub use kinds::{Kind, key_of, normalise, validate};
pub use lang::Lang;
pub use message::{Code, Message};
pub use refs::references;

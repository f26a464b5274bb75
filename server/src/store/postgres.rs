//! The log's home in PostgreSQL, for several machines. Every node keeps a copy of the log and its view in
//! an SQLite file of its own, which catches up by reading the log from its last entry on; so all reads are
//! what they are for a register in one file.
//!
//! A writer holds an advisory lock, brings its own copy up, appends to the copy and to the home, and
//! commits there first: what is acknowledged is durable at home, and a copy that lost its own commit reads
//! the same entries back.

mod address;
mod follow;
mod home;
mod session;
mod tables;
mod tls;

pub use address::Address;
pub use follow::{Following, follow};

pub(super) use follow::catch_up;
pub(super) use home::{Home, forget, push, push_batch};
pub(super) use session::Session;

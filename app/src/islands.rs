//! What runs in the browser only.

mod list;

pub use list::start;

//! What runs in the browser only.

mod api;
mod list;

pub use list::start;

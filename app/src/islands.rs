//! What runs in the browser only.

pub mod list;

//! What readers see: a page is a pure function of a [`model::PageContext`] and a model.
//!
//! `model` is plain data, filled by whoever has the records; `pages` turn it into whole documents
//! (server only); `components` render on the server and in the browser; `islands` run in the
//! browser only. Nothing here reads a clock, a connection or a file.

// Views are types that nest as deep as the markup: rustc's default of 128 is too small for a page.
#![recursion_limit = "512"]

pub mod components;
pub mod i18n;
#[cfg(feature = "csr")]
pub mod islands;
pub mod model;
#[cfg(feature = "ssr")]
pub mod pages;

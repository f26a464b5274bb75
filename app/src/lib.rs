//! What readers see: a page is a pure function of a [`model::PageContext`] and a model.
//!
//! `model` is plain data, filled by whoever has the records; `pages` turn it into whole documents
//! (server only); `components` render on the server and in the browser; `islands` run in the
//! browser only. Nothing here reads a clock, a connection or a file.

pub mod components;
pub mod i18n;
#[cfg(feature = "csr")]
pub mod islands;
pub mod model;
#[cfg(feature = "ssr")]
pub mod pages;

//! Lists in: mapping files, readers, reports, templates.
//!
//! The path of a row: [`reader`] gives it cells or a tree, [`map`] says what it means, [`build`]
//! makes drafts of it, [`pipeline`] checks them all, compares them with the register and appends
//! every accepted one in one transaction, [`report`] says what happened. [`template`] is the way in
//! for a list typed on our own headers, without a mapping file.

mod base;
pub mod build;
mod columns;
pub mod limits;
pub mod map;
mod personal;
pub mod pipeline;
pub mod reader;
pub mod rejects;
pub mod report;
mod spill;
pub mod template;

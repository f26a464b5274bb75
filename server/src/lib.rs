//! The portal: storage, import, pages over HTTP, command line.

pub mod backup;
pub mod behind;
pub mod cases;
pub mod changes;
pub mod cli;
pub mod code;
pub mod desk;
pub mod findings;
pub mod import;
pub mod keys;
pub mod matches;
pub mod mirror;
pub mod office;
pub mod opendata;
mod priority;
pub mod published;
pub mod recount;
pub mod reference;
pub mod sample;
pub mod store;
pub mod tlog;
pub mod web;

//! From records to what is shown: rows of the catalogues, models of the pages, JSON and CSV.
//!
//! One file per page or catalogue. Everything here is a function of a reader at one point in time.

pub mod body;
pub mod chain;
pub mod changes;
pub mod comparison;
pub mod contest;
pub mod coverage;
pub mod credit;
pub mod directory;
pub mod enterprise;
pub mod facts;
pub mod findings;
pub mod join;
pub mod labels;
pub mod list;
pub mod notice;
pub mod origins;
pub mod place;
pub mod policies;
pub mod product;
pub mod related;
pub mod rows;
pub mod service;
pub mod site;
pub mod standard;
pub mod statistics;
pub mod supervision;
pub mod supervision_rows;
pub mod systems;
pub mod targets;
pub mod timeline;
pub mod twin;
pub mod verify;
pub mod view;

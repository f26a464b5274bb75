//! Built-in reference data: systems, schemes, places, departments, policies with their clauses and
//! targets.
//!
//! The tables are CSV files in `server/reference/`, embedded in the program and read once.
//! Systems stay a table of the program. Everything else becomes entries of every register (source
//! [`SOURCE`], never sample; the locator names document and clause), appended when it is created and
//! brought up to date only by `liangbiao reference update`.

mod countries;
mod drafts;
mod policy;
mod product_words;
mod tables;
pub mod update;
pub mod working_days;

pub use countries::{countries_in, country};
pub use drafts::{EARLIEST, SOURCE, drafts};
pub use policy::{
    DepartmentRow, TargetRow, TaskRow, department, departments, target, targets, task, tasks,
};
pub use product_words::{added_words, goods_at_end};
pub use tables::{
    Basis, PlaceRow, PolicyRow, SchemeRow, Standing, System, category, places, policies, policy,
    scheme, schemes, system, systems, word,
};

#[cfg(test)]
mod tests;

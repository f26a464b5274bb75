//! Built-in reference data: systems, schemes, places, policies.
//!
//! The tables are CSV files in `server/reference/`, embedded in the program and read once.
//! Systems and policies stay tables of the program. Places and schemes become entries of every
//! register (source [`SOURCE`], never sample), appended when it is created and brought up to date
//! only by `liangbiao reference update`.

mod countries;
mod drafts;
mod product_words;
mod tables;
pub mod update;

pub use countries::{countries_in, country};
pub use drafts::{EARLIEST, SOURCE, drafts};
pub use product_words::added_words;
pub use tables::{
    Basis, PlaceRow, PolicyRow, SchemeRow, Standing, System, category, places, policies, policy,
    scheme, schemes, system, systems, word,
};

#[cfg(test)]
mod tests;

//! One query engine, two places: the server (feature `build`) and the browser.
//!
//! A [`Catalogue`] is a table of [`Row`]s. The tables in [`catalogue`] say, once, which text
//! columns, facets, sort orders and display columns each catalogue has; the URL, the page, JSON,
//! CSV, the shelf and the tests all follow from them.
//!
//! Both places run the same code over the same columns: the server's [`Index`] adds postings,
//! bitmaps and prepared sort orders, the browser's shelf goes without. A suite compares both with a
//! brute-force oracle, natively and in wasm.

mod bits;
pub mod catalogue;
mod columns;
mod engine;
pub mod fold;
#[cfg(feature = "build")]
mod frozen;
#[cfg(feature = "build")]
mod grams;
#[cfg(feature = "build")]
mod index;
mod labels;
#[cfg(feature = "build")]
mod pinyin;
pub mod query;
mod results;
pub mod shelf;
mod sound;
#[cfg(feature = "suite")]
pub mod suite;
mod table;

pub use catalogue::{
    Catalogue, CatalogueSpec, Facet, FacetOrder, Filter, Row, Sort, SortBy, Text, spec,
};
#[cfg(feature = "build")]
pub use frozen::FrozenError;
#[cfg(feature = "build")]
pub use index::Index;
pub use labels::Labels;
pub use query::{Query, QueryError, QueryProblem};
pub use results::{FacetResult, FacetValue, Results, RowRef};
pub use shelf::{Shelf, ShelfError};

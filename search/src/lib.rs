//! One query engine, two places: the server (feature `build`) and the browser.
//!
//! A [`Catalogue`] is a table of [`Row`]s. The tables in [`catalogue`] say, once, which text
//! columns, facets, sort orders and display columns each catalogue has; the URL, the page, JSON,
//! CSV, the shelf and the tests all follow from them.

pub mod catalogue;

pub use catalogue::{
    Catalogue, CatalogueSpec, Facet, FacetOrder, Filter, Row, Sort, SortBy, Text, spec,
};

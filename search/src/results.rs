//! What a search gives: the same on the server and in the browser.

use crate::catalogue::Row;

/// The answer to a query.
///
/// **Total order of the rows.** By relevance: each term's class in its best text column (0 equals,
/// 1 starts with, 2 contains, 3 sounds like), then that column's position; a row counts with its worst term;
/// then records that have not ended before those that have; then key, by code point. By a sort order:
/// its value (none last), then key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Results {
    /// Number of hits.
    pub total: usize,
    /// The rows of the asked page.
    pub rows: Vec<RowRef>,
    /// Facets in the order of the catalogue's table.
    pub facets: Vec<FacetResult>,
}

/// A hit, with everything a result line shows.
pub type RowRef = Row;

/// A facet with its counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetResult {
    /// Name of the facet.
    pub name: &'static str,
    /// Values that have a hit or are chosen, in the facet's order; of a facet that is not shown on pages, the
    /// chosen ones only.
    pub values: Vec<FacetValue>,
}

/// A value of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetValue {
    /// Code in URL and JSON.
    pub code: String,
    /// Words for readers: simplified, traditional, English; the code itself where there are none.
    pub label: [String; 3],
    /// Hits if this value alone were chosen in its facet, all other facets and the text as they are.
    pub count: usize,
    /// Whether it is chosen.
    pub selected: bool,
}

impl Results {
    /// A facet by its name.
    pub fn facet(&self, name: &str) -> Option<&FacetResult> {
        self.facets.iter().find(|f| f.name == name)
    }
}

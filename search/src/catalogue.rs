//! The catalogues: their text columns, facets, sort orders and display columns.

/// What can be listed, filtered and searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are the vocabulary itself")]
pub enum Catalogue {
    Products,
    Enterprises,
    Standards,
    /// All grants under all schemes; a directory is this catalogue filtered by `scheme`.
    Listings,
    /// Notices and recalls.
    Notices,
    /// The 500 named systems of the policy documents.
    Systems,
}

/// A facet: "or" inside, "and" between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facet {
    /// Parameter name in the URL and name in JSON, e.g. `status`.
    pub name: &'static str,
    /// Words for readers: simplified, traditional, English.
    pub label: [&'static str; 3],
    /// How its values are ordered on the page.
    pub order: FacetOrder,
    /// Whether the page offers its values as check boxes (false: URL and API only, e.g. `enterprise`).
    pub shown: bool,
}

/// How the values of a facet are ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FacetOrder {
    /// Most hits without any filter first, then code.
    Count,
    /// By code, ascending.
    Code,
    /// By code, descending (years).
    CodeDescending,
    /// In this order.
    Fixed(&'static [&'static str]),
}

/// A sort order other than the default (relevance when there is a query, else the first of these).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// Value of `sort=`.
    pub name: &'static str,
    /// Words for readers: simplified, traditional, English.
    pub label: [&'static str; 3],
    /// Which of [`Row::numbers`] orders; rows without a value come last; ties go by key.
    pub number: usize,
    /// Greatest first.
    pub descending: bool,
}

/// A text column: searched, and weighted by its position (earlier is heavier).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// Name, for documentation.
    pub name: &'static str,
    /// Few distinct values (brand, enterprise): indexed as a dictionary.
    pub dictionary: bool,
    /// Holds a standard number: also indexed without separators.
    pub number: bool,
}

/// Everything the engine and the pages know about one catalogue.
#[derive(Clone, Copy, Debug)]
pub struct CatalogueSpec {
    /// Which.
    pub catalogue: Catalogue,
    /// Name in URLs: the list is `/{name}` and the shelf `/shelf/{name}-{hash}`.
    pub name: &'static str,
    /// Searched columns, heaviest first.
    pub texts: &'static [Text],
    /// Facets in page order.
    pub facets: &'static [Facet],
    /// Sort orders; the first is the default without a query.
    pub sorts: &'static [Sort],
    /// Names of [`Row::numbers`].
    pub numbers: &'static [&'static str],
    /// Names of [`Row::display`].
    pub display: &'static [&'static str],
}

/// One record as the engine sees it. Columns are in the order of the catalogue's spec.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The record's key.
    pub key: String,
    /// One string per text column; several values (standards, GTINs) are separated by a newline.
    pub texts: Vec<String>,
    /// Per facet the codes that apply. A hierarchical facet (place, category) lists every prefix level.
    pub facets: Vec<Vec<String>>,
    /// Per sort column a value (days since 1970-01-01 for dates), or none.
    pub numbers: Vec<Option<i64>>,
    /// What a result line shows beside facets and texts.
    pub display: Vec<String>,
}

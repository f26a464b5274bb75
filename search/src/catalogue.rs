//! The catalogues: their text columns, facets, filters, sort orders and display columns.
//!
//! One table per catalogue, in a file of its own below. URL, page, JSON, CSV, shelf and tests all
//! follow from these tables; nothing else in the project repeats a facet's name or its words.

mod departments;
mod enterprises;
mod inconsistencies;
mod inspections;
mod listings;
mod notices;
mod penalties;
mod policies;
mod products;
mod restrictions;
mod services;
mod standards;
mod systems;
mod targets;
mod words;

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
    /// Public quality services and where they are.
    Services,
    Policies,
    Targets,
    Departments,
    /// Samples of supervision inspections.
    Inspections,
    /// Penalties within their publication term.
    Penalties,
    /// Presence on adverse lists, within the publication term.
    Restrictions,
    /// Records that do not fit one another.
    Inconsistencies,
}

impl Catalogue {
    /// How many catalogues there are.
    pub const COUNT: usize = 14;

    /// Every catalogue; the position is its number in a shelf's header.
    pub const ALL: [Catalogue; Catalogue::COUNT] = [
        Catalogue::Products,
        Catalogue::Enterprises,
        Catalogue::Standards,
        Catalogue::Listings,
        Catalogue::Notices,
        Catalogue::Systems,
        Catalogue::Services,
        Catalogue::Policies,
        Catalogue::Targets,
        Catalogue::Departments,
        Catalogue::Inspections,
        Catalogue::Penalties,
        Catalogue::Restrictions,
        Catalogue::Inconsistencies,
    ];

    /// The catalogue's table.
    pub fn spec(self) -> &'static CatalogueSpec {
        spec(self)
    }

    /// The catalogue whose lists live at `/{name}`.
    pub fn from_name(name: &str) -> Option<Catalogue> {
        Catalogue::ALL.into_iter().find(|c| c.spec().name == name)
    }
}

/// The table of a catalogue.
pub fn spec(catalogue: Catalogue) -> &'static CatalogueSpec {
    match catalogue {
        Catalogue::Products => &products::SPEC,
        Catalogue::Enterprises => &enterprises::SPEC,
        Catalogue::Standards => &standards::SPEC,
        Catalogue::Listings => &listings::SPEC,
        Catalogue::Notices => &notices::SPEC,
        Catalogue::Systems => &systems::SPEC,
        Catalogue::Services => &services::SPEC,
        Catalogue::Policies => &policies::SPEC,
        Catalogue::Targets => &targets::SPEC,
        Catalogue::Departments => &departments::SPEC,
        Catalogue::Inspections => &inspections::SPEC,
        Catalogue::Penalties => &penalties::SPEC,
        Catalogue::Restrictions => &restrictions::SPEC,
        Catalogue::Inconsistencies => &inconsistencies::SPEC,
    }
}

/// A value of a fixed vocabulary with its words: simplified, traditional, English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Value {
    /// Code in URL and JSON.
    pub code: &'static str,
    /// Words for readers.
    pub label: [&'static str; 3],
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
    /// Whether the page offers its values as check boxes. A facet that is not shown (e.g. `enterprise`)
    /// filters all the same; its result lists the chosen values only.
    pub shown: bool,
}

impl Facet {
    /// The fixed vocabulary of the facet; empty where the codes come from the records.
    pub fn values(&self) -> &'static [Value] {
        match self.order {
            FacetOrder::Fixed(values) => values,
            _ => &[],
        }
    }

    /// Words of a code of the fixed vocabulary.
    pub fn fixed_label(&self, code: &str) -> Option<[&'static str; 3]> {
        self.values().iter().find(|v| v.code == code).map(|v| v.label)
    }
}

/// How the values of a facet are ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FacetOrder {
    /// Most records without any filter first, then code.
    Count,
    /// By code, ascending (divisions: a district follows its city).
    Code,
    /// By code, descending (years).
    CodeDescending,
    /// In this order; codes outside the vocabulary come last, by code.
    Fixed(&'static [Value]),
}

/// A sort order other than relevance (which is the default when there is a query, else the first of these).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// Value of `sort=`.
    pub name: &'static str,
    /// Words for readers: simplified, traditional, English.
    pub label: [&'static str; 3],
    /// What is compared; rows without a value come last; ties go by key, ascending.
    pub by: SortBy,
    /// Greatest first.
    pub descending: bool,
}

/// What a sort order compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortBy {
    /// That position of [`Row::numbers`].
    Number(usize),
    /// That position of [`Row::texts`], its first value: Chinese characters by their most common
    /// reading, then by code point; everything folded.
    Text(usize),
}

/// A text column: searched, weighted by its position (earlier is heavier), and shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// Name, for [`Row::text`] and documentation.
    pub name: &'static str,
    /// Holds standard numbers: `gbt4100` finds `GB/T 4100-2015`.
    pub number: bool,
}

/// A parameter of a list's URL besides the facets: the same for every catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Parameter name.
    pub name: &'static str,
    /// Words for readers: simplified, traditional, English.
    pub label: [&'static str; 3],
    /// What it accepts, for documentation.
    pub accepts: &'static str,
}

/// Every parameter a list understands besides its facets, in canonical URL order (`q` stands before
/// the facets, the rest behind them).
pub const FILTERS: &[Filter] = &[
    Filter {
        name: "q",
        label: ["查找", "查找", "Search"],
        accepts: "at most 200 characters, at most 16 terms separated by white space",
    },
    Filter {
        name: "sort",
        label: ["排序", "排序", "Sort"],
        accepts: "name of a sort order of the catalogue, or relevance",
    },
    Filter { name: "page", label: ["页码", "頁碼", "Page"], accepts: "from 1" },
    Filter {
        name: "per_page",
        label: ["每页行数", "每頁行數", "Per page"],
        accepts: "1 to 100, default 24",
    },
    Filter { name: "as_of", label: ["截至", "截至", "As of"], accepts: "date YYYY-MM-DD" },
    Filter {
        name: "known",
        label: ["已知条目数", "已知條目數", "Log size"],
        accepts: "log size, a whole number",
    },
    Filter { name: "size", label: ["大字", "大字", "Large type"], accepts: "large" },
];

/// Everything the engine and the pages know about one catalogue.
#[derive(Clone, Copy, Debug)]
pub struct CatalogueSpec {
    /// Which.
    pub catalogue: Catalogue,
    /// Name in URLs: the list is `/{name}` and the shelf `/shelf/{name}-{hash}`.
    pub name: &'static str,
    /// Searched columns, heaviest first.
    pub texts: &'static [Text],
    /// Facets in page order: the one FACETS table of the catalogue.
    pub facets: &'static [Facet],
    /// Sort orders; the first is the default without a query.
    pub sorts: &'static [Sort],
    /// Names of [`Row::numbers`].
    pub numbers: &'static [&'static str],
    /// Names of [`Row::display`].
    pub display: &'static [&'static str],
    /// Codes of the facet `status` that rank a record behind the others when relevance is equal.
    pub ended: &'static [&'static str],
}

impl CatalogueSpec {
    /// Position of a text column.
    pub fn text(&self, name: &str) -> Option<usize> {
        self.texts.iter().position(|t| t.name == name)
    }

    /// Position of a facet.
    pub fn facet(&self, name: &str) -> Option<usize> {
        self.facets.iter().position(|f| f.name == name)
    }

    /// Position of a number column.
    pub fn number(&self, name: &str) -> Option<usize> {
        self.numbers.iter().position(|n| *n == name)
    }

    /// Position of a display column.
    pub fn display(&self, name: &str) -> Option<usize> {
        self.display.iter().position(|n| *n == name)
    }

    /// Position of a sort order.
    pub fn sort(&self, name: &str) -> Option<usize> {
        self.sorts.iter().position(|s| s.name == name)
    }

    /// A row of the right shape without any value.
    pub fn blank_row(&self) -> Row {
        Row {
            key: String::new(),
            texts: vec![String::new(); self.texts.len()],
            facets: vec![Vec::new(); self.facets.len()],
            numbers: vec![None; self.numbers.len()],
            display: vec![String::new(); self.display.len()],
        }
    }
}

/// One record as the engine sees it. Columns are in the order of the catalogue's spec.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The record's key.
    pub key: String,
    /// One string per text column; several values (standards, GTINs) are separated by a newline.
    pub texts: Vec<String>,
    /// Per facet the codes that apply, sorted by the index. A hierarchical facet lists every level:
    /// place `440000` `440600` `440606`, category `家电` `家电/制冷`; so the deepest level comes last.
    pub facets: Vec<Vec<String>>,
    /// Per number column a value (days since 1970-01-01 for dates), or none.
    pub numbers: Vec<Option<i64>>,
    /// What a result line shows beside facets, texts and numbers.
    pub display: Vec<String>,
}

impl Row {
    /// First value of a text column, empty where there is none.
    pub fn text(&self, spec: &CatalogueSpec, name: &str) -> &str {
        self.texts_of(spec, name).next().unwrap_or_default()
    }

    /// Every value of a text column.
    pub fn texts_of<'a>(
        &'a self,
        spec: &CatalogueSpec,
        name: &str,
    ) -> impl Iterator<Item = &'a str> {
        let text =
            spec.text(name).and_then(|i| self.texts.get(i)).map(String::as_str).unwrap_or_default();
        text.split('\n').filter(|v| !v.is_empty())
    }

    /// Codes of a facet.
    pub fn codes(&self, spec: &CatalogueSpec, name: &str) -> &[String] {
        spec.facet(name).and_then(|i| self.facets.get(i)).map(Vec::as_slice).unwrap_or_default()
    }

    /// Last code of a facet: the only one, or the deepest level; empty where there is none.
    pub fn code(&self, spec: &CatalogueSpec, name: &str) -> &str {
        self.codes(spec, name).last().map(String::as_str).unwrap_or_default()
    }

    /// A number.
    pub fn number(&self, spec: &CatalogueSpec, name: &str) -> Option<i64> {
        spec.number(name).and_then(|i| self.numbers.get(i)).copied().flatten()
    }

    /// A display column, empty where there is none.
    pub fn shown(&self, spec: &CatalogueSpec, name: &str) -> &str {
        spec.display(name).and_then(|i| self.display.get(i)).map(String::as_str).unwrap_or_default()
    }
}

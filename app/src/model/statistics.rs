//! `/statistics`: tables of figures, each with the list of the rows behind it.

use super::{Coverage, Link, YearCount};

/// `/statistics`
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatisticsPage {
    /// The scheme the figures are narrowed to.
    pub scheme: Option<Link>,
    /// Tables, in page order.
    pub tables: Vec<StatTable>,
    /// Query string of the page's own parameters (`scheme=…&table=…`), empty without.
    pub narrowed: String,
    /// One table was asked for and is shown whole.
    pub only: bool,
    /// What the register holds, as far as its sources say.
    pub coverage: Coverage,
    /// Inspections that no rate counts, because their round is not known to be complete.
    pub incomplete: Option<StatFigure>,
}

/// One table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatTable {
    /// Its code: `schemes years status places sectors exits survival passes`.
    pub code: String,
    /// Codes of its columns.
    pub columns: Vec<String>,
    /// Lines shown.
    pub lines: Vec<StatLine>,
    /// Lines that only the whole table shows.
    pub more: u64,
    /// Grants per year, for the chart of the years.
    pub years: Vec<YearCount>,
}

/// One line of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatLine {
    /// What it counts, linked where it has a page.
    pub label: Link,
    /// By the table's columns.
    pub cells: Vec<Option<StatCell>>,
}

/// A count and the list of its rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatFigure {
    /// Rows.
    pub count: u64,
    /// Their list, path without language prefix.
    pub href: String,
}

/// One cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatCell {
    /// The count.
    pub figure: StatFigure,
    /// What it is a share of.
    pub of: Option<StatFigure>,
    /// The share in tenths of a percent; none where it is no share, or a share of nothing.
    pub tenths: Option<u64>,
}

//! How often readers noted a check of one unit.

/// The page `/q/{code}/scans`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScansPage {
    /// The code in groups of four.
    pub code: String,
    /// The code without hyphens.
    pub plain: String,
    /// How often.
    pub times: u64,
    /// Day of the first note; empty: there is none.
    pub first: String,
    /// Day of the latest.
    pub last: String,
    /// Names of provinces in the page's language, and how often; the most first.
    pub provinces: Vec<(String, u64)>,
    /// Most notes that count a day.
    pub a_day: u32,
    /// Days a note is kept.
    pub kept_days: u32,
}

//! A static mirror: what its pages know of it, and how an address of the portal becomes a file of it.

/// What every page of a mirror says about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mirror {
    /// The day its pages speak of, `YYYY-MM-DD`.
    pub day: String,
    /// Entries in the log it was made from.
    pub log_size: u64,
    /// Root hash of that log, base64, as its checkpoint has it.
    pub root: String,
    /// `https://…`: where the portal itself is; empty: nobody said.
    pub live: String,
    /// The languages it has, in their usual order.
    pub languages: Vec<register::Lang>,
}

/// What a page's file ends in: a plain host tells the type of a file by it.
pub const SUFFIX: &str = ".html";

/// The file of a page by its path (language prefix included, percent-encoded).
#[must_use]
pub fn page_file(path: &str) -> String {
    match path.trim_end_matches('/') {
        root @ ("" | "/zh-Hant" | "/en") => format!("{root}/index{SUFFIX}"),
        path => format!("{path}{SUFFIX}"),
    }
}

/// A page of a list or of its JSON, which the portal has behind `?page=`.
#[must_use]
pub fn part(path: &str, extension: &str, page: u64) -> String {
    if page > 1 { format!("{path}~{page}{extension}") } else { format!("{path}{extension}") }
}

/// Where a mirror answers for a code.
#[must_use]
pub fn asking(prefix: &str, code: &str) -> String {
    format!("{prefix}/offline{SUFFIX}?code={code}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_a_file_that_says_its_type() {
        assert_eq!(page_file("/"), "/index.html");
        assert_eq!(page_file("/en/"), "/en/index.html");
        assert_eq!(page_file("/en"), "/en/index.html");
        assert_eq!(page_file("/standards/GB_T-1.1-2020"), "/standards/GB_T-1.1-2020.html");
        assert_eq!(part("/en/products", SUFFIX, 1), "/en/products.html");
        assert_eq!(part("/en/products", ".json", 3), "/en/products~3.json");
    }
}

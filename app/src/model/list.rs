//! A list as it is shown: the same on the server and in the browser.

use register::Lang;
use search::Catalogue;

use super::{Coverage, Source, Status, mirror};

/// A whole list page (the list itself and what stands around it).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListPage {
    /// The list.
    pub view: ListView,
    /// Records in the catalogue without any filter, ended ones too.
    pub all: u64,
    /// Where the rows come from; at most a handful, the rest is counted in `more_sources`.
    pub sources: Vec<Source>,
    /// Sources not named.
    pub more_sources: usize,
    /// What the list should hold and holds, where that can be said of the whole catalogue.
    pub coverage: Option<Coverage>,
    /// URL of the shelf (`/shelf/products-HASH`); empty: the island asks the JSON twin instead.
    pub shelf: String,
    /// SHA-256 of the shelf, 64 hex digits; empty with `shelf`.
    pub shelf_sha256: String,
    /// More than one facet value is chosen, or a text is: crawlers are kept out.
    pub combined: bool,
    /// Numbers above the list: status code and count; empty: none.
    pub standings: Vec<(String, u64)>,
    /// Set on past dates above the limit for building a past index: the list is empty and says why.
    pub too_large_for_past: bool,
}

/// The list region: tags, count, sort, rows, paging, facets.
#[derive(Clone, Debug, PartialEq)]
pub struct ListView {
    /// Which catalogue.
    pub catalogue: Catalogue,
    /// Language.
    pub lang: Lang,
    /// Large type.
    pub large: bool,
    /// Path of the list without language prefix (`/products`, `/directories/foshan-standard`).
    pub path: String,
    /// Query text as typed; empty: none.
    pub q: String,
    /// Canonical pairs of the query without `page` and `size`, in canonical order. A directory leaves its own
    /// `scheme` out.
    pub pairs: Vec<(String, String)>,
    /// Hits.
    pub total: u64,
    /// Page shown, from 1.
    pub page: u64,
    /// Rows a page.
    pub per_page: u64,
    /// Rows of this page.
    pub items: Vec<Item>,
    /// Facets offered as check boxes, in page order, values ordered.
    pub facets: Vec<FacetView>,
    /// Filters in force, removable.
    pub tags: Vec<Tag>,
    /// Sort orders.
    pub sorts: Vec<SortOption>,
    /// Set when the list is of another day.
    pub as_of: Option<String>,
    /// Set when the list is as known at an earlier log size.
    pub known: Option<u64>,
    /// The day the list speaks of (the default of the date field).
    pub day: String,
    /// It stands in a static mirror: links lead to files.
    pub mirror: bool,
}

impl Default for ListView {
    fn default() -> Self {
        ListView {
            catalogue: Catalogue::Products,
            lang: Lang::ZhHans,
            large: false,
            path: "/products".into(),
            q: String::new(),
            pairs: Vec::new(),
            total: 0,
            page: 1,
            per_page: 24,
            items: Vec::new(),
            facets: Vec::new(),
            tags: Vec::new(),
            sorts: Vec::new(),
            as_of: None,
            known: None,
            day: String::new(),
            mirror: false,
        }
    }
}

/// One row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    /// Key of the record.
    pub key: String,
    /// Path of its page without language prefix; empty: no page.
    pub path: String,
    /// Heading (product name, enterprise, standard title, …).
    pub title: String,
    /// What stands after the heading without being part of the link text (model); may be empty.
    pub subtitle: String,
    /// Second line: holder and place, or what fits the catalogue; parts are joined by commas.
    pub line: Vec<String>,
    /// Third line, small: standards, certificate number, …
    pub small: Vec<String>,
    /// The indicator shown as a miniature chart (products).
    pub measure: Option<Measure>,
    /// A line over time, drawn in 100 by 40: height of the goal, then the points; empty: none.
    pub spark: String,
    /// Middle column of other catalogues: a short fact (number of products, year listed).
    pub fact: String,
    /// Status.
    pub status: Option<Status>,
    /// The record is contested: the office looks into it.
    pub contested: bool,
    /// The row comes from a sample source (in a register that is only partly sample).
    pub sample: bool,
}

/// An indicator in one line: what was measured and how much stricter than the national standard.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measure {
    /// Indicator, as named in the comparison.
    pub indicator: String,
    /// Measured value with unit, `2240 N`; empty: not measured.
    pub value: String,
    /// How much stricter the standard's limit is than the baseline, in tenths of a percent; none: not comparable.
    pub limit: Option<i64>,
    /// The same for the measured value.
    pub measured: Option<i64>,
    /// `lower_better`, `higher_better` or `within`.
    pub direction: String,
}

/// A facet as check boxes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FacetView {
    /// Parameter name.
    pub name: String,
    /// Words.
    pub label: String,
    /// Values in page order.
    pub values: Vec<FacetValue>,
}

/// One value of a facet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FacetValue {
    /// Code.
    pub value: String,
    /// Words.
    pub label: String,
    /// Hits if it were the choice in its facet.
    pub count: u64,
    /// Whether it is chosen.
    pub selected: bool,
}

/// A filter in force.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tag {
    /// Words of the value, or the query text.
    pub label: String,
    /// Words of the facet; for the query text "search".
    pub facet: String,
    /// Parameter it belongs to, `q` for the text.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// A sort order on offer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SortOption {
    /// Value of `sort=`; empty: the default order.
    pub name: String,
    /// Words.
    pub label: String,
    /// Whether it is in force.
    pub selected: bool,
}

/// A link of the paging line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageLink {
    /// Page number.
    pub page: u64,
    /// Link.
    pub href: String,
}

/// The two times of a list or record as the reader chose them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AsOf {
    /// Day.
    pub day: Option<String>,
    /// Log size.
    pub known: Option<u64>,
}

impl ListView {
    /// A link to this list with the query `pairs` and `page`, in its language and size.
    #[must_use]
    pub fn link(&self, pairs: &[(String, String)], page: u64) -> String {
        let mut url = format!("{}{}", self.lang.prefix(), self.path);
        if self.mirror {
            if pairs.is_empty() {
                return mirror::part(&url, mirror::SUFFIX, page);
            }
            url.push_str(mirror::SUFFIX);
        }
        let mut mark = '?';
        let mut push = |name: &str, value: &str| {
            url.push(mark);
            mark = '&';
            url.push_str(&encode(name));
            url.push('=');
            url.push_str(&encode(value));
        };
        for (name, value) in pairs {
            push(name, value);
        }
        if page > 1 {
            push("page", &page.to_string());
        }
        if self.large {
            push("size", "large");
        }
        url
    }

    /// The list without this filter (and on its first page).
    #[must_use]
    pub fn without(&self, name: &str, value: &str) -> String {
        let left: Vec<_> =
            self.pairs.iter().filter(|(n, v)| n != name || v != value).cloned().collect();
        self.link(&left, 1)
    }

    /// The list without any filter, keeping day, log size, sort and rows a page.
    #[must_use]
    pub fn cleared(&self) -> String {
        let left: Vec<_> = self
            .pairs
            .iter()
            .filter(|(name, _)| matches!(name.as_str(), "as_of" | "known" | "sort" | "per_page"))
            .cloned()
            .collect();
        self.link(&left, 1)
    }

    /// Pages there are; at least 1.
    #[must_use]
    pub fn pages(&self) -> u64 {
        self.total.div_ceil(self.per_page.max(1)).max(1)
    }
}

/// Percent-encodes a query value (space as `%20`; `,:/` and unreserved characters are kept).
pub(crate) fn encode(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~,:/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn removing_a_filter_goes_back_to_the_first_page() {
        let pair = |n: &str, v: &str| (n.to_owned(), v.to_owned());
        let view = ListView {
            pairs: vec![pair("q", "砖 a&b"), pair("place", "4406"), pair("sort", "name")],
            page: 3,
            large: true,
            lang: Lang::En,
            total: 49,
            ..ListView::default()
        };
        assert_eq!(
            view.without("place", "4406"),
            "/en/products?q=%E7%A0%96%20a%26b&sort=name&size=large"
        );
        assert_eq!(view.cleared(), "/en/products?sort=name&size=large");
        assert_eq!(view.pages(), 3);
    }
}

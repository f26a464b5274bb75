//! The query of a list: parsed from URL parameters, written back in one canonical order.

use std::fmt;

use crate::catalogue::CatalogueSpec;

/// Longest text of `q`, in characters.
pub const QUERY_CHARS_MAX: usize = 200;
/// Most terms in `q`.
pub const TERMS_MAX: usize = 16;
/// Longest value of a facet parameter, in characters.
pub const VALUE_CHARS_MAX: usize = 200;
/// Most facet values in one query, over all facets.
pub const VALUES_MAX: usize = 200;
/// Rows per page when nothing is said.
pub const PER_PAGE_DEFAULT: u32 = 24;
/// Most rows per page.
pub const PER_PAGE_MAX: u32 = 100;
/// Greatest page number.
pub const PAGE_MAX: u32 = 1_000_000;
/// `sort=relevance`: the default where there is a text, so it is never written.
pub const RELEVANCE: &str = "relevance";

/// What a reader asks of one catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// Text as typed, white space collapsed.
    pub q: String,
    /// Chosen codes per facet of the catalogue, in the order of its table; sorted, without repeats.
    pub filters: Vec<Vec<String>>,
    /// Position of the sort order in the catalogue's table; none: relevance where there is a text,
    /// else the first.
    pub sort: Option<usize>,
    /// From 1.
    pub page: u32,
    /// Rows per page, 1 to [`PER_PAGE_MAX`].
    pub per_page: u32,
    /// Day in China, `YYYY-MM-DD`; none: today.
    pub as_of: Option<String>,
    /// Log size; none: everything known.
    pub known: Option<u64>,
    /// Large type.
    pub large: bool,
    spec: Spec,
}

/// A reference to a catalogue's table, compared by its identity.
#[derive(Clone, Copy)]
struct Spec(&'static CatalogueSpec);

impl fmt::Debug for Spec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name)
    }
}

impl PartialEq for Spec {
    fn eq(&self, other: &Spec) -> bool {
        self.0.catalogue == other.0.catalogue
    }
}

impl Eq for Spec {}

/// Why parameters are no query. Maps to 400.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryError {
    /// The parameter at fault, as it was sent.
    pub parameter: String,
    /// Its value, cut to a hundred characters.
    pub value: String,
    /// What is wrong.
    pub problem: QueryProblem,
}

/// What is wrong with a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryProblem {
    /// The list has no such parameter.
    Unknown,
    /// The value is not what the parameter accepts; the text says what it accepts.
    Bad(&'static str),
    /// Sent twice with different values, and it takes one.
    Repeated,
    /// More than the limit; the text says which.
    TooMuch(&'static str),
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let QueryError { parameter, value, problem } = self;
        match problem {
            QueryProblem::Unknown => write!(f, "unknown parameter \"{parameter}\""),
            QueryProblem::Bad(accepts) => {
                write!(
                    f,
                    "parameter \"{parameter}\": \"{value}\" is not accepted; expected {accepts}"
                )
            }
            QueryProblem::Repeated => write!(f, "parameter \"{parameter}\" is given twice"),
            QueryProblem::TooMuch(limit) => {
                write!(f, "parameter \"{parameter}\": more than {limit}")
            }
        }
    }
}

impl std::error::Error for QueryError {}

impl Query {
    /// The query without any parameter.
    pub fn all(spec: &'static CatalogueSpec) -> Query {
        Query {
            q: String::new(),
            filters: vec![Vec::new(); spec.facets.len()],
            sort: None,
            page: 1,
            per_page: PER_PAGE_DEFAULT,
            as_of: None,
            known: None,
            large: false,
            spec: Spec(spec),
        }
    }

    /// Reads decoded (name, value) pairs. Empty values are ignored: an empty field of a GET form is no filter.
    ///
    /// # Errors
    /// [`QueryError`] naming the first parameter that is unknown, malformed, repeated or too long.
    pub fn parse<N: AsRef<str>, V: AsRef<str>>(
        spec: &'static CatalogueSpec,
        pairs: impl IntoIterator<Item = (N, V)>,
    ) -> Result<Query, QueryError> {
        let mut query = Query::all(spec);
        let mut seen: Vec<(String, String)> = Vec::new();
        let mut values = 0;
        for (name, value) in pairs {
            let (name, value) = (name.as_ref(), value.as_ref().trim());
            let fail = |problem| {
                Err(QueryError {
                    parameter: name.chars().take(100).collect(),
                    value: value.chars().take(100).collect(),
                    problem,
                })
            };
            if let Some(facet) = spec.facet(name) {
                if value.is_empty() {
                    continue;
                }
                values += 1;
                if values > VALUES_MAX {
                    return fail(QueryProblem::TooMuch("200 facet values"));
                }
                if value.chars().count() > VALUE_CHARS_MAX {
                    return fail(QueryProblem::TooMuch("200 characters"));
                }
                if value.chars().any(char::is_control) {
                    return fail(QueryProblem::Bad("a code without control characters"));
                }
                let value = if name == "place" { full_division(value) } else { value.to_owned() };
                choose(&mut query.filters[facet], value);
                continue;
            }
            if !matches!(name, "q" | "sort" | "page" | "per_page" | "as_of" | "known" | "size") {
                return fail(QueryProblem::Unknown);
            }
            if value.is_empty() {
                continue;
            }
            match seen.iter().find(|(n, _)| n == name) {
                Some((_, before)) if before == value => continue,
                Some(_) => return fail(QueryProblem::Repeated),
                None => seen.push((name.to_owned(), value.to_owned())),
            }
            match name {
                "q" => {
                    if value.chars().count() > QUERY_CHARS_MAX {
                        return fail(QueryProblem::TooMuch("200 characters"));
                    }
                    let terms: Vec<&str> = value.split_whitespace().collect();
                    if terms.len() > TERMS_MAX {
                        return fail(QueryProblem::TooMuch("16 terms"));
                    }
                    query.q = terms.join(" ");
                }
                "sort" if value == RELEVANCE => {}
                "sort" => match spec.sort(value) {
                    Some(sort) => query.sort = Some(sort),
                    None => {
                        return fail(QueryProblem::Bad("the name of a sort order of this list"));
                    }
                },
                "page" => match whole(value) {
                    Some(page) if (1..=u64::from(PAGE_MAX)).contains(&page) => {
                        query.page = page as u32
                    }
                    _ => return fail(QueryProblem::Bad("a page number from 1 to 1000000")),
                },
                "per_page" => match whole(value) {
                    Some(rows) if (1..=u64::from(PER_PAGE_MAX)).contains(&rows) => {
                        query.per_page = rows as u32
                    }
                    _ => return fail(QueryProblem::Bad("a number of rows from 1 to 100")),
                },
                "as_of" if is_date(value) => query.as_of = Some(value.to_owned()),
                "as_of" => return fail(QueryProblem::Bad("a date YYYY-MM-DD")),
                "known" => match whole(value) {
                    Some(size) => query.known = Some(size),
                    None => return fail(QueryProblem::Bad("a log size, a whole number")),
                },
                _ if value == "large" => query.large = true,
                _ => return fail(QueryProblem::Bad("large")),
            }
        }
        Ok(query)
    }

    /// The catalogue asked.
    pub fn spec(&self) -> &'static CatalogueSpec {
        self.spec.0
    }

    /// The parameters in canonical order, defaults left out: equal queries give equal URLs.
    pub fn to_pairs(&self) -> Vec<(&'static str, String)> {
        let spec = self.spec();
        let mut pairs = Vec::new();
        if !self.q.is_empty() {
            pairs.push(("q", self.q.clone()));
        }
        for (facet, chosen) in spec.facets.iter().zip(&self.filters) {
            pairs.extend(chosen.iter().map(|value| (facet.name, value.clone())));
        }
        if let Some(sort) = self.sort.and_then(|i| spec.sorts.get(i)) {
            pairs.push(("sort", sort.name.to_owned()));
        }
        if self.page != 1 {
            pairs.push(("page", self.page.to_string()));
        }
        if self.per_page != PER_PAGE_DEFAULT {
            pairs.push(("per_page", self.per_page.to_string()));
        }
        if let Some(day) = &self.as_of {
            pairs.push(("as_of", day.clone()));
        }
        if let Some(size) = self.known {
            pairs.push(("known", size.to_string()));
        }
        if self.large {
            pairs.push(("size", "large".to_owned()));
        }
        pairs
    }

    /// [`Query::to_pairs`] as a query string without `?`, percent-encoded as a browser encodes a form's
    /// fields (RFC 3986 unreserved characters stay, a space becomes `+`).
    pub fn to_query_string(&self) -> String {
        let mut text = String::new();
        for (name, value) in self.to_pairs() {
            if !text.is_empty() {
                text.push('&');
            }
            text.push_str(name);
            text.push('=');
            for byte in value.bytes() {
                match byte {
                    b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'.' | b'_' | b'*' => {
                        text.push(byte as char)
                    }
                    b' ' => text.push('+'),
                    _ => {
                        text.push('%');
                        for digit in [byte >> 4, byte & 15] {
                            text.push(char::from(b"0123456789ABCDEF"[usize::from(digit)]));
                        }
                    }
                }
            }
        }
        text
    }

    /// Codes chosen in a facet.
    pub fn chosen(&self, facet: &str) -> &[String] {
        self.spec().facet(facet).map(|i| self.filters[i].as_slice()).unwrap_or_default()
    }

    /// Whether a code is chosen.
    pub fn has(&self, facet: &str, code: &str) -> bool {
        self.chosen(facet).iter().any(|c| c == code)
    }

    /// Number of facet values chosen.
    pub fn chosen_count(&self) -> usize {
        self.filters.iter().map(Vec::len).sum()
    }

    /// Whether nothing narrows the list: no text, no facet value.
    pub fn is_everything(&self) -> bool {
        self.q.is_empty() && self.chosen_count() == 0
    }

    /// The same query with a code of a facet chosen, or no longer chosen; back on page 1.
    #[must_use]
    pub fn with_facet_toggled(&self, facet: &str, code: &str) -> Query {
        let mut query = self.with_page(1);
        if let Some(i) = self.spec().facet(facet) {
            let chosen = &mut query.filters[i];
            match chosen.iter().position(|c| c == code) {
                Some(at) => {
                    chosen.remove(at);
                }
                None => choose(chosen, code.to_owned()),
            }
        }
        query
    }

    /// The same query without a parameter (`q`, `sort`, `as_of`, …, or a whole facet); back on page 1.
    #[must_use]
    pub fn without(&self, parameter: &str) -> Query {
        let mut query = self.with_page(1);
        match parameter {
            "q" => query.q.clear(),
            "sort" => query.sort = None,
            "per_page" => query.per_page = PER_PAGE_DEFAULT,
            "as_of" => query.as_of = None,
            "known" => query.known = None,
            "size" => query.large = false,
            _ => {
                if let Some(i) = self.spec().facet(parameter) {
                    query.filters[i].clear();
                }
            }
        }
        query
    }

    /// The same query without text and facet values: "clear all". Keeps sort, day, log size and type size.
    #[must_use]
    pub fn cleared(&self) -> Query {
        let mut query = self.with_page(1);
        query.q.clear();
        query.filters.iter_mut().for_each(Vec::clear);
        query
    }

    /// The same query on another page.
    #[must_use]
    pub fn with_page(&self, page: u32) -> Query {
        Query { page, ..self.clone() }
    }

    /// The same query in another sort order.
    #[must_use]
    pub fn with_sort(&self, sort: &str) -> Query {
        Query { sort: self.spec().sort(sort), page: 1, ..self.clone() }
    }

    /// Name of the order that applies: that of `sort`, else [`RELEVANCE`] where there is a text, else the
    /// catalogue's first.
    pub fn order_name(&self) -> &'static str {
        let spec = self.spec();
        match self.sort {
            Some(i) => spec.sorts.get(i).map_or(RELEVANCE, |s| s.name),
            None if !self.q.is_empty() => RELEVANCE,
            None => spec.sorts.first().map_or(RELEVANCE, |s| s.name),
        }
    }

    /// Position of the first row of the page, from 0.
    pub fn offset(&self) -> usize {
        (self.page.max(1) as usize - 1).saturating_mul(self.per_page as usize)
    }

    /// The last page of a result with `total` hits, at least 1.
    pub fn last_page(&self, total: usize) -> u32 {
        let per_page = self.per_page.max(1) as usize;
        u32::try_from(total.div_ceil(per_page).max(1)).unwrap_or(PAGE_MAX)
    }
}

/// Adds a code to sorted ones, once.
fn choose(chosen: &mut Vec<String>, code: String) {
    if let Err(at) = chosen.binary_search(&code) {
        chosen.insert(at, code);
    }
}

/// A two- or four-digit prefix of a division is the division itself: `44` → `440000`, `4406` → `440600`.
fn full_division(value: &str) -> String {
    let prefix = matches!(value.len(), 2 | 4) && value.bytes().all(|b| b.is_ascii_digit());
    if prefix { format!("{value:0<6}") } else { value.to_owned() }
}

fn whole(value: &str) -> Option<u64> {
    if value.is_empty() || value.len() > 18 || !value.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    value.parse().ok()
}

/// ISO 8601 calendar date of the proleptic Gregorian calendar, years 0001 to 9999.
fn is_date(value: &str) -> bool {
    let b = value.as_bytes();
    if b.len() != 10 || b[4] != b'-' || b[7] != b'-' {
        return false;
    }
    let number = |from: usize, to: usize| {
        b[from..to]
            .iter()
            .try_fold(0u32, |n, d| d.is_ascii_digit().then(|| n * 10 + u32::from(d - b'0')))
    };
    let (Some(year), Some(month), Some(day)) = (number(0, 4), number(5, 7), number(8, 10)) else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    year > 0 && (1..=days).contains(&day)
}

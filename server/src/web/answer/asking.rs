//! What is asked: a route with its query string, read and in canonical form.

use app::model;
use register::code::CreditCode;
use search::Query;

use super::{catalogue, check, cite};
use crate::store::At;
use crate::web::changes::Asked;
use crate::web::failure::Failure;
use crate::web::params::{self, Times};
use crate::web::router::{Format, Page, Route};

/// A parsed request for a page or a twin: everything its bytes depend on, together with the moment.
#[derive(Clone, Debug)]
pub struct Asking {
    /// Where.
    pub route: Route,
    /// The list's query, on lists.
    pub query: Option<Query>,
    /// Both times and size.
    pub times: Times,
    /// The lot of the item in hand, on a verdict.
    pub lot: Option<String>,
    /// On the page all units of a batch share: the batch's key.
    pub batch: Option<String>,
    /// Canonical query string without `size`.
    pub canonical: String,
    /// Whether a CSV is cut to one page (`per_page` was given).
    pub paged: bool,
    /// What else a page that is no list is narrowed by: the statistics' `scheme` and `table`.
    pub narrowed: Vec<(&'static str, String)>,
    /// What the list of changes is asked.
    pub changes: Option<Asked>,
}

impl Asking {
    /// Parses the query string of a route.
    ///
    /// # Errors
    /// [`Failure`] naming the parameter at fault.
    pub fn parse(route: Route, query_string: Option<&str>) -> Result<Asking, Failure> {
        let mut pairs = params::pairs(query_string)?;
        if route.page == Page::Changes {
            let (asked, times) = Asked::parse(&pairs)?;
            return Ok(Asking {
                canonical: asked.canonical(asked.page, &times),
                paged: pairs.iter().any(|(name, value)| name == "per_page" && !value.is_empty()),
                changes: Some(asked),
                times,
                ..Asking::of(route)
            });
        }
        let Some(catalogue) = catalogue(route.page) else {
            // The page on complaints says which code is meant, if it is one.
            let mut own = String::new();
            let lot = match route.page {
                Page::Verify => params::lot(&mut pairs)?,
                _ => None,
            };
            if let Some(lot) = &lot {
                own = params::lot_pair(lot);
            }
            if route.page == Page::About(model::AboutTopic::Report)
                && let Some(i) = pairs.iter().position(|(name, _)| name == "code")
                && let Ok(code) = CreditCode::parse(&pairs.remove(i).1)
            {
                own = format!("code={}", code.as_str());
            }
            let timed = cite::timed(route.page);
            let narrowed = match route.page {
                Page::Statistics => params::taken(&mut pairs, &["scheme", "table"])?,
                // The records behind a count are for programs.
                Page::Recount if route.format == Format::Json => {
                    params::taken(&mut pairs, &["page", "records"])?
                }
                Page::Recount => params::taken(&mut pairs, &["page"])?,
                Page::Check if route.format == Format::Json => {
                    params::taken(&mut pairs, &[cite::OF, check::SINCE])?
                }
                Page::Check => params::taken(&mut pairs, &[cite::OF])?,
                Page::Report => params::taken(&mut pairs, &[crate::web::report::ABOUT])?,
                Page::Case => params::taken(&mut pairs, &[crate::web::report::NUMBER])?,
                Page::Cite | Page::CiteText | Page::CiteBibtex | Page::CiteCsl => {
                    params::taken(&mut pairs, &[cite::OF])?
                }
                _ => Vec::new(),
            };
            let times = Times::parse(&pairs, timed)?;
            let mut asking = Asking {
                route,
                query: None,
                times,
                lot,
                batch: None,
                canonical: own,
                paged: false,
                narrowed,
                changes: None,
            };
            if asking.canonical.is_empty() {
                let parts = [asking.narrowed_query(), asking.times.canonical()];
                asking.canonical = parts
                    .iter()
                    .filter(|part| !part.is_empty())
                    .cloned()
                    .collect::<Vec<_>>()
                    .join("&");
            }
            return Ok(asking);
        };
        let directory = route.page == Page::Directory;
        if directory && pairs.iter().any(|(name, _)| name == "scheme") {
            return Err(Failure::UnknownParameter { name: "scheme".to_owned() });
        }
        let query = Query::parse(search::spec(catalogue), pairs.iter().map(|(n, v)| (n, v)))?;
        let times = Times::of(&query);
        let canonical = params::canonical(&query, None);
        let paged =
            pairs.iter().any(|(name, value)| name == "per_page" && !value.trim().is_empty());
        let query = Some(query);
        let narrowed = Vec::new();
        Ok(Asking {
            route,
            query,
            times,
            lot: None,
            batch: None,
            canonical,
            paged,
            narrowed,
            changes: None,
        })
    }

    /// What is asked by a path alone.
    #[must_use]
    pub fn of(route: Route) -> Asking {
        Asking {
            route,
            query: None,
            times: Times::default(),
            lot: None,
            batch: None,
            canonical: String::new(),
            paged: false,
            narrowed: Vec::new(),
            changes: None,
        }
    }

    /// Asked for as of a day or as known at a log size, be it the present one.
    #[must_use]
    pub const fn dated(&self) -> bool {
        self.times.as_of.is_some() || self.times.known.is_some()
    }

    /// The parameters of [`Asking::narrowed`] as a query string.
    #[must_use]
    pub fn narrowed_query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in &self.narrowed {
            query.append_pair(name, value);
        }
        query.finish()
    }

    /// What the body is a function of, beside the moment.
    #[must_use]
    pub fn cache_key(&self, present: At) -> String {
        let Asking { route, times, canonical, paged, .. } = self;
        format!(
            "{}{}{}?{canonical}|{}{}|{}|{}",
            route.lang.prefix(),
            route.path,
            route.format.extension(),
            u8::from(times.large),
            u8::from(*paged),
            present.known,
            present.as_of,
        )
    }
}

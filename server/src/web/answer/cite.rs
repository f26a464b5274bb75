//! How to quote a page: it is rendered as of its day and log size, and what its data is gets a hash.
//!
//! Cost: that of the page and of its data file, once; both come out of the same places as when they are
//! asked for, and the answer is kept like any other.

use app::model::Citation;
use app::{i18n, pages};
use register::Lang;
use register::id::key::sha256_hex;

use super::{Asking, Making, Rendered, render};
use crate::web::failure::Failure;
use crate::web::index::Indexes;
use crate::web::reply::{Policy, TEXT};
use crate::web::router::{self, Format, Found, PLACES, Page, Route, Twins};

/// Media type of BibTeX (registered by nobody; this is what programs send).
const BIBTEX: &str = "application/x-bibtex; charset=utf-8";
/// Media type of CSL-JSON.
const CSL: &str = "application/vnd.citationstyles.csl+json";

/// The parameter that names the page.
pub(super) const OF: &str = "of";

/// Whether a page can be asked for as of another day.
#[must_use]
pub const fn timed(page: Page) -> bool {
    !matches!(
        page,
        // A verdict is about today; its history is on the page.
        Page::Scan
            | Page::Report
            | Page::Case
            | Page::Offline
            | Page::Lookup
            | Page::About(_)
            | Page::Verify
            | Page::Statement
            | Page::Label
            | Page::LabelSvg
            | Page::LabelPng
            | Page::Scans
            | Page::ProductBadge
            | Page::EnterpriseBadge
            | Page::CodeBadge
            | Page::DigitalLink
            // Two days in one, with links of its own.
            | Page::Changes
            // About the log as it is.
            | Page::Log
            | Page::Cite
            | Page::CiteText
            | Page::CiteBibtex
            | Page::CiteCsl
            | Page::Check
    )
}

/// Where a page can be quoted; empty: it is of today only.
pub(super) fn link(asking: &Asking) -> String {
    let route = &asking.route;
    if !timed(route.page) || route.format != Format::Html {
        return String::new();
    }
    let path = match route.path.as_str() {
        "/" if route.lang != Lang::ZhHans => route.lang.prefix().to_owned(),
        path => format!("{}{path}", route.lang.prefix()),
    };
    let of = with_query(&path, &asking.canonical);
    format!("/cite?{}", query(&of))
}

fn query(of: &str) -> String {
    form_urlencoded::Serializer::new(String::new()).append_pair(OF, of).finish()
}

fn with_query(path: &str, query: &str) -> String {
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

impl Making<'_> {
    pub(super) fn cite(&self, indexes: &Indexes) -> Result<Rendered, Failure> {
        let route = &self.asking.route;
        let cited = self.citation(indexes)?;
        Ok(match route.page {
            Page::CiteText => Rendered::new(TEXT, Policy::Data, (cited.text() + "\n").into_bytes()),
            Page::CiteBibtex => Rendered::new(BIBTEX, Policy::Data, cited.bibtex().into_bytes()),
            Page::CiteCsl => Rendered { mime: CSL, ..Rendered::json(&cited.csl_json()) },
            _ => {
                let of = query(&cited.path);
                let files = ["txt", "bib", "json"].map(|form| format!("/cite.{form}?{of}"));
                let html = pages::cite::render(&self.context(), &cited, &files);
                Rendered::page(html, Policy::Still)
            }
        })
    }

    fn citation(&self, indexes: &Indexes) -> Result<Citation, Failure> {
        let bad = || Failure::BadParameter {
            name: OF.to_owned(),
            expected: Lang::ALL.map(|lang| i18n::cite::MISSING.to(lang).to_owned()),
        };
        let home = if self.view.lang == Lang::ZhHans { "/" } else { self.view.lang.prefix() };
        let of = self.asking.narrowed.first().map_or(home, |(_, of)| of.as_str());
        let (path, asked) = of.split_once('?').map_or((of, None), |(path, q)| (path, Some(q)));
        let Found::Route(found) = router::find(path) else { return Err(bad()) };
        if !timed(found.page) || found.format != Format::Html {
            return Err(bad());
        }
        let place = PLACES.iter().find(|place| place.page == found.page).ok_or_else(bad)?;
        // What it asks for, at a day and a log size that will not move.
        let mut asking = Asking::parse(found, asked)?;
        let at = asking.times.at(self.present.at)?;
        let fixed = fixed(&asking.canonical, &at.as_of.to_string(), at.known);
        let path = format!("{}{}", asking.route.lang.prefix(), asking.route.path);
        asking = Asking::parse(asking.route, Some(&fixed))?;
        let made = |asking: &Asking| -> Result<Rendered, Failure> {
            let made = render(self.portal, indexes, asking, self.present, self.present.at)?;
            // A page that leads on, or says that there was nothing, is none to quote.
            if made.status == axum::http::StatusCode::OK { Ok(made) } else { Err(bad()) }
        };
        let title = title(&made(&asking)?.body);
        let format = match place.twins {
            Twins::Record => Some(Format::Json),
            Twins::List => Some(Format::Csv),
            _ => None,
        };
        let (mut data, mut sha256) = (String::new(), String::new());
        if let Some(format) = format {
            let route = Route { format, ..asking.route.clone() };
            let body = made(&Asking { route, ..asking.clone() })?.body;
            sha256 = sha256_hex(&body);
            data = with_query(&format!("{path}{}", format.extension()), &asking.canonical);
        }
        let fixed = with_query(&path, &asking.canonical);
        Ok(Citation {
            lang: asking.route.lang,
            title,
            office: self.portal.office.clone(),
            url: format!("{}{fixed}", self.portal.origin),
            path: fixed,
            data,
            sha256,
            day: at.as_of.to_string(),
            known: at.known,
            checkpoint: crate::web::log::checkpoint_of(self.portal, at.known)?,
            sample: self.view.all_sample,
        })
    }
}

/// A query with its day and log size.
fn fixed(canonical: &str, day: &str, known: u64) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in form_urlencoded::parse(canonical.as_bytes()) {
        if !matches!(&*name, "as_of" | "known") {
            query.append_pair(&name, &value);
        }
    }
    query.append_pair("as_of", day).append_pair("known", &known.to_string());
    query.finish()
}

/// The title of a page of ours, without the site's name.
fn title(html: &[u8]) -> String {
    let html = String::from_utf8_lossy(html);
    let title = html
        .split_once("<title>")
        .and_then(|(_, rest)| rest.split_once("</title>"))
        .map(|(title, _)| title.rsplit_once(" · ").map_or(title, |(title, _)| title))
        .unwrap_or_default();
    // The five that are written as references; `&amp;` last, so that nothing is read twice.
    let plain = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&amp;", "&")];
    plain.into_iter().fold(title.to_owned(), |title, (from, to)| title.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_was_asked_for_is_replaced_by_the_one_meant() {
        assert_eq!(
            fixed("q=%E7%A0%96&as_of=2020-01-01&known=3", "2020-01-01", 3),
            "q=%E7%A0%96&as_of=2020-01-01&known=3"
        );
        assert_eq!(fixed("", "2026-11-22", 9), "as_of=2026-11-22&known=9");
    }

    #[test]
    fn a_title_is_read_back_as_it_was_written() {
        let html = "<head><title>A &amp;lt; B &lt;b&gt; · 亮标</title></head>";
        assert_eq!(title(html.as_bytes()), "A &lt; B <b>");
    }
}

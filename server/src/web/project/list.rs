//! Lists: what the engine found, as the page shows it.

use app::model::{ListView, Status, StatusOf, encode_key, record_path};
use chrono::{Duration, NaiveDate};
use register::{Kind, Lang};
use search::catalogue::Catalogue;
use search::{CatalogueSpec, Query, Results, Row};

/// A number of the index as a day.
pub fn day(row: &Row, spec: &CatalogueSpec, name: &str) -> Option<String> {
    let days = row.number(spec, name)?;
    NaiveDate::default().checked_add_signed(Duration::try_days(days)?).map(|day| day.to_string())
}

/// Path of a row's page, without language prefix.
pub fn path(catalogue: Catalogue, row: &Row) -> String {
    let spec = search::spec(catalogue);
    let record = |kind, key: &str| record_path(kind, key).unwrap_or_default();
    match catalogue {
        Catalogue::Products => record(Kind::Product, &row.key),
        Catalogue::Enterprises => record(Kind::Enterprise, &row.key),
        Catalogue::Standards => record(Kind::Standard, &row.key),
        Catalogue::Notices => record(Kind::Notice, &row.key),
        Catalogue::Systems => format!("/systems/{}", encode_key(&row.key)),
        Catalogue::Listings => {
            let subject = row.shown(spec, "subject");
            match row.code(spec, "kind") {
                "product" => record(Kind::Product, subject),
                "enterprise" => record(Kind::Enterprise, subject),
                "standard" => record(Kind::Standard, subject),
                _ => record(Kind::Scheme, row.code(spec, "scheme")),
            }
        }
    }
}

/// A name in the page's language from two columns.
fn named(row: &Row, spec: &CatalogueSpec, zh: &str, en: &str, lang: Lang) -> String {
    let english = row.text(spec, en);
    if lang == Lang::En && !english.is_empty() {
        english.to_owned()
    } else {
        row.text(spec, zh).to_owned()
    }
}

/// Heading of a row.
pub fn title(catalogue: Catalogue, row: &Row, lang: Lang) -> String {
    let spec = search::spec(catalogue);
    let title = match catalogue {
        Catalogue::Standards => row.text(spec, "number").to_owned(),
        Catalogue::Notices => row.text(spec, "title").to_owned(),
        Catalogue::Systems => crate::reference::system(&row.key)
            .map(|system| system.name[lang.index()].clone())
            .unwrap_or_default(),
        _ => named(row, spec, "name", "name_en", lang),
    };
    if title.is_empty() { row.key.clone() } else { title }
}

/// Status of a row in its own vocabulary.
pub fn status(catalogue: Catalogue, row: &Row) -> Option<Status> {
    let spec = search::spec(catalogue);
    let code = row.code(spec, "status").to_owned();
    let of = match catalogue {
        Catalogue::Products | Catalogue::Listings => StatusOf::Listing,
        Catalogue::Enterprises => StatusOf::Enterprise,
        Catalogue::Standards => StatusOf::Standard,
        Catalogue::Notices if row.code(spec, "kind") == "recall" => StatusOf::Recall,
        Catalogue::Notices => {
            let code = row.code(spec, "type").to_owned();
            return Some(Status { of: StatusOf::Notice, code, since: None, until: None });
        }
        Catalogue::Systems => {
            let code = if row.code(spec, "data") == "loaded" { "loaded" } else { "empty" };
            let code = code.to_owned();
            return Some(Status { of: StatusOf::System, code, since: None, until: None });
        }
    };
    if code.is_empty() {
        return None;
    }
    let (since, until) = match catalogue {
        Catalogue::Products | Catalogue::Listings => {
            let since = match code.as_str() {
                "valid" | "expired" => None,
                _ => day(row, spec, "status_since"),
            };
            let until = matches!(code.as_str(), "valid" | "suspended" | "expired");
            (since, day(row, spec, "expires").filter(|_| until))
        }
        Catalogue::Standards => (day(row, spec, "effective"), day(row, spec, "withdrawn")),
        Catalogue::Notices => (day(row, spec, "published"), day(row, spec, "ends")),
        _ => (None, None),
    };
    Some(Status { of, code, since, until })
}

/// What a list page is asked with, beside its query.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Language.
    pub lang: Lang,
    /// Path of the list without language prefix.
    pub path: &'a str,
    /// The scheme a directory is of: its own filter is neither shown nor removable.
    pub scheme: Option<&'a str>,
    /// The day the list speaks of.
    pub day: NaiveDate,
}

/// The list region: what the pages' own projection makes of it, so that the browser, which runs the same,
/// shows the same.
pub fn view(asked: Asked<'_>, query: &Query, results: &Results) -> ListView {
    let place = app::model::Place {
        lang: asked.lang,
        path: asked.path,
        fixed: asked.scheme.map(|scheme| ("scheme", scheme)),
        day: &asked.day.to_string(),
    };
    let mut view = app::model::view(&place, query, results);
    if view.catalogue == Catalogue::Systems {
        // The index holds the Chinese words only.
        for item in &mut view.items {
            if let Some(system) = crate::reference::system(&item.key) {
                item.title.clone_from(&system.name[asked.lang.index()]);
                item.line = vec![system.meaning[asked.lang.index()].clone()];
            }
        }
    }
    view
}

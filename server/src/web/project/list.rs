//! Rows outside their page: headings and paths for JSON, CSV, the sitemap and recovery links. What the
//! list page shows of a row is `app::model::view`'s business, the same on the server and in the browser.

use app::model::{encode_key, record_path};
use chrono::{Duration, NaiveDate};
use register::{Kind, Lang};
use search::catalogue::Catalogue;
use search::{CatalogueSpec, Row};

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
        Catalogue::Services => record(Kind::Service, &row.key),
        Catalogue::Policies => record(Kind::Policy, &row.key),
        Catalogue::Targets => record(Kind::Target, &row.key),
        Catalogue::Departments => record(Kind::Department, &row.key),
        Catalogue::Systems => format!("/systems/{}", encode_key(&row.key)),
        Catalogue::Inspections => record(Kind::Inspection, &row.key),
        Catalogue::Penalties => record(Kind::Penalty, &row.key),
        Catalogue::Restrictions => record(Kind::Restriction, &row.key),
        Catalogue::Inconsistencies => super::findings::path(&row.key),
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
        Catalogue::Policies | Catalogue::Targets | Catalogue::Departments
            if lang == Lang::ZhHant =>
        {
            named(row, spec, "name", "name_hant", Lang::En)
        }
        Catalogue::Inspections => {
            format!("{} {}", row.text(spec, "product"), row.text(spec, "model")).trim().to_owned()
        }
        Catalogue::Penalties => row.text(spec, "number").to_owned(),
        Catalogue::Restrictions => row.text(spec, "subject").to_owned(),
        Catalogue::Inconsistencies if lang == Lang::ZhHant => {
            row.text(spec, "name_hant").to_owned()
        }
        _ => named(row, spec, "name", "name_en", lang),
    };
    if title.is_empty() { row.key.clone() } else { title }
}

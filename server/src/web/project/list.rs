//! Lists: what the engine found, as the page shows it.

use app::model::{
    FacetValue, FacetView, Item, ListView, Measure, SortOption, Status, StatusOf, Tag, encode_key,
    record_path,
};
use chrono::{Duration, NaiveDate};
use register::{Kind, Lang};
use search::catalogue::Catalogue;
use search::{CatalogueSpec, Query, Results, Row};

/// Words of a facet's code, as the result tells them.
pub fn label(results: &Results, facet: &str, code: &str, lang: Lang) -> String {
    results
        .facet(facet)
        .and_then(|facet| facet.values.iter().find(|value| value.code == code))
        .map_or_else(|| code.to_owned(), |value| value.label[lang.index()].clone())
}

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

/// A row as the page shows it.
pub fn item(results: &Results, catalogue: Catalogue, row: &Row, lang: Lang) -> Item {
    let spec = search::spec(catalogue);
    let text = |name: &str| row.text(spec, name).to_owned();
    let words = |facet: &str| label(results, facet, row.code(spec, facet), lang);
    let counted = |number: &str, unit: [&str; 3]| match row.number(spec, number) {
        Some(count) if count > 0 => match lang {
            Lang::En => format!("{count} {}", unit[2]),
            _ => format!("{count} {}", unit[lang.index()]),
        },
        _ => String::new(),
    };
    let mut item = Item {
        key: row.key.clone(),
        path: path(catalogue, row),
        title: title(catalogue, row, lang),
        status: status(catalogue, row),
        ..Item::default()
    };
    match catalogue {
        Catalogue::Products => {
            item.subtitle = text("model");
            item.line = vec![
                named(row, spec, "enterprise", "enterprise_en", lang),
                text("brand"),
                words("place"),
            ];
            item.small = row.texts_of(spec, "standard").take(1).map(str::to_owned).collect();
            item.measure = measure(row, spec);
        }
        Catalogue::Enterprises => {
            item.subtitle = text("short_name");
            item.line = vec![words("place"), words("sector")];
            item.small = vec![text("uscc")];
            item.fact = counted("products", ["个产品", "個產品", "products"]);
        }
        Catalogue::Standards => {
            item.subtitle = match lang {
                Lang::En if !text("title_en").is_empty() => text("title_en"),
                _ => text("title"),
            };
            item.line = vec![words("type"), text("issuer")];
            item.small = day(row, spec, "effective").into_iter().collect();
            item.fact = counted("products", ["个产品", "個產品", "products"]);
        }
        Catalogue::Listings => {
            item.subtitle = text("model");
            item.line = vec![text("holder"), words("place"), text("brand")];
            item.small = vec![text("certificate"), row.code(spec, "round").to_owned()];
            item.small.extend(row.texts_of(spec, "standard").take(1).map(str::to_owned));
            item.fact = day(row, spec, "granted").unwrap_or_default();
        }
        Catalogue::Notices => {
            item.subtitle = text("number");
            item.line = vec![text("authority"), text("producer")];
            item.small = vec![row.shown(spec, "hazard").to_owned()];
            item.fact = day(row, spec, "published").unwrap_or_default();
        }
        Catalogue::Systems => {
            let meaning = crate::reference::system(&row.key)
                .map(|system| system.meaning[lang.index()].clone())
                .unwrap_or_default();
            item.line = vec![meaning];
            item.small = vec![words("group"), words("standing")];
        }
    }
    item.line.retain(|part| !part.is_empty());
    item.small.retain(|part| !part.is_empty());
    item
}

/// The indicator of a product as a miniature.
fn measure(row: &Row, spec: &CatalogueSpec) -> Option<Measure> {
    use register::comparison::{Direction, strictness};
    let shown = |name: &str| row.shown(spec, name);
    let indicator = shown("indicator_name");
    if indicator.is_empty() {
        return None;
    }
    let unit = shown("unit");
    let direction = Direction::from_code(shown("direction"));
    let percent = |value: &str| -> Option<i64> {
        let percent = strictness(direction?, value, unit, shown("baseline"), unit).percent()?;
        // One decimal: `27.3` is 273 tenths.
        percent.replace('.', "").parse().ok()
    };
    // The row's own figure knows of differing methods; where it has none, nothing is drawn.
    let comparable = row.number(spec, "strictness").is_some();
    Some(Measure {
        indicator: indicator.to_owned(),
        value: format!("{} {unit}", shown("value")).trim().to_owned(),
        limit: comparable.then(|| percent(shown("limit"))).flatten(),
        measured: comparable.then(|| percent(shown("value"))).flatten(),
        direction: shown("direction").to_owned(),
    })
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

/// The list region.
pub fn view(asked: Asked<'_>, query: &Query, results: &Results) -> ListView {
    let spec = query.spec();
    let own = |name: &str| asked.scheme.is_some() && name == "scheme";
    let lang = asked.lang;
    let pairs: Vec<(String, String)> = query
        .to_pairs()
        .into_iter()
        .filter(|(name, _)| !matches!(*name, "page" | "size") && !own(name))
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    let mut tags = Vec::new();
    if !query.q.is_empty() {
        tags.push(Tag {
            label: query.q.clone(),
            facet: lang.of(&["查找", "查找", "Search"]).to_owned(),
            name: "q".to_owned(),
            value: query.q.clone(),
        });
    }
    for facet in spec.facets.iter().filter(|facet| !own(facet.name)) {
        for code in query.chosen(facet.name) {
            tags.push(Tag {
                label: label(results, facet.name, code, lang),
                facet: lang.of(&facet.label).to_owned(),
                name: facet.name.to_owned(),
                value: code.clone(),
            });
        }
    }
    let facets = spec
        .facets
        .iter()
        .filter(|facet| facet.shown && !own(facet.name))
        .filter_map(|facet| {
            let values: Vec<FacetValue> = results
                .facet(facet.name)?
                .values
                .iter()
                .map(|value| FacetValue {
                    value: value.code.clone(),
                    label: value.label[lang.index()].clone(),
                    count: value.count as u64,
                    selected: value.selected,
                })
                .collect();
            (!values.is_empty()).then(|| FacetView {
                name: facet.name.to_owned(),
                label: lang.of(&facet.label).to_owned(),
                values,
            })
        })
        .collect();
    let order = query.order_name();
    let mut sorts: Vec<SortOption> = Vec::new();
    if !query.q.is_empty() {
        sorts.push(SortOption {
            name: String::new(),
            label: lang.of(&["最相关", "最相關", "Best match"]).to_owned(),
            selected: order == search::query::RELEVANCE,
        });
    }
    for (i, sort) in spec.sorts.iter().enumerate() {
        // The order that applies anyway needs no parameter.
        let default = i == 0 && query.q.is_empty();
        sorts.push(SortOption {
            name: if default { String::new() } else { sort.name.to_owned() },
            label: lang.of(&sort.label).to_owned(),
            selected: order == sort.name,
        });
    }
    ListView {
        catalogue: spec.catalogue,
        lang,
        large: query.large,
        path: asked.path.to_owned(),
        q: query.q.clone(),
        pairs,
        total: results.total as u64,
        page: u64::from(query.page),
        per_page: u64::from(query.per_page),
        items: results.rows.iter().map(|row| item(results, spec.catalogue, row, lang)).collect(),
        facets,
        tags,
        sorts,
        as_of: query.as_of.clone(),
        known: query.known,
        day: asked.day.to_string(),
    }
}

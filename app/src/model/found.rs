//! From what the engine found to what the list shows; the same on the server and in the browser.

use register::{Kind, Lang};
use search::{Catalogue, CatalogueSpec, FacetResult, Query, Results, Row};

use super::{
    FacetValue, FacetView, Item, ListView, Measure, SortOption, Status, StatusOf, Tag, from_days,
    record_path, strictness,
};
use crate::i18n::{count, fill, list as words, policy};

/// Where a list stands.
#[derive(Clone, Debug)]
pub struct Place<'a> {
    /// Language.
    pub lang: Lang,
    /// Path without language prefix.
    pub path: &'a str,
    /// A filter that belongs to the path, not to the reader: `("scheme", "foshan-standard")`.
    pub fixed: Option<(&'a str, &'a str)>,
    /// The day the list speaks of.
    pub day: &'a str,
    /// It stands in a static mirror.
    pub mirror: bool,
}

/// The list of what a query found.
#[must_use]
pub fn view(place: &Place<'_>, query: &Query, results: &Results) -> ListView {
    let spec = query.spec();
    let lang = place.lang;
    let fixed = |name: &str, value: &str| place.fixed == Some((name, value));
    let pairs: Vec<(String, String)> = query
        .to_pairs()
        .into_iter()
        .filter(|(name, value)| !matches!(*name, "page" | "size") && !fixed(name, value))
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    let mut tags = Vec::new();
    if !query.q.is_empty() {
        tags.push(Tag {
            label: query.q.clone(),
            facet: words::TEXT.to(lang).to_owned(),
            name: "q".to_owned(),
            value: query.q.clone(),
        });
    }
    let mut facets = Vec::new();
    for facet in spec.facets {
        let Some(found) = results.facet(facet.name) else { continue };
        let label = facet.label[lang as usize];
        for value in found.values.iter().filter(|v| v.selected && !fixed(facet.name, &v.code)) {
            tags.push(Tag {
                label: value.label[lang as usize].clone(),
                facet: label.to_owned(),
                name: facet.name.to_owned(),
                value: value.code.clone(),
            });
        }
        if !facet.shown || place.fixed.is_some_and(|(name, _)| name == facet.name) {
            continue;
        }
        facets.push(FacetView {
            name: facet.name.to_owned(),
            label: label.to_owned(),
            values: found
                .values
                .iter()
                .map(|v| FacetValue {
                    value: v.code.clone(),
                    label: v.label[lang as usize].clone(),
                    count: v.count as u64,
                    selected: v.selected,
                })
                .collect(),
        });
    }
    let mut sorts = Vec::new();
    if !query.q.is_empty() {
        sorts.push(SortOption {
            name: String::new(),
            label: words::RELEVANCE.to(lang).to_owned(),
            selected: query.sort.is_none(),
        });
    }
    let chosen = query.sort.or(if query.q.is_empty() { Some(0) } else { None });
    // The order that applies anyway needs no parameter.
    let default = query.q.is_empty().then_some(0);
    sorts.extend(spec.sorts.iter().enumerate().map(|(i, sort)| SortOption {
        name: if default == Some(i) { String::new() } else { sort.name.to_owned() },
        label: sort.label[lang as usize].to_owned(),
        selected: chosen == Some(i),
    }));
    ListView {
        catalogue: spec.catalogue,
        lang,
        large: query.large,
        path: place.path.to_owned(),
        q: query.q.clone(),
        pairs,
        total: results.total as u64,
        page: u64::from(query.page),
        per_page: u64::from(query.per_page),
        items: results.rows.iter().map(|row| item(spec, lang, results, row)).collect(),
        facets,
        tags,
        sorts,
        as_of: query.as_of.clone(),
        known: query.known,
        day: place.day.to_owned(),
        mirror: place.mirror,
    }
}

/// One row as a result line. Words of codes (places, groups) are taken from the facets of the same answer.
#[must_use]
pub fn item(spec: &'static CatalogueSpec, lang: Lang, results: &Results, row: &Row) -> Item {
    let text = |name: &str| row.text(spec, name).to_owned();
    // The name in the page's language where the record has one.
    let named = |zh: &str, en: &str| match (lang, row.text(spec, en)) {
        (Lang::En, english) if !english.is_empty() => english.to_owned(),
        _ => row.text(spec, zh).to_owned(),
    };
    let label = |facet: &str| label_of(spec, results, row, facet, lang);
    let day = |name: &str| row.number(spec, name).map(from_days);
    let filled = |parts: Vec<String>| parts.into_iter().filter(|p| !p.is_empty()).collect();
    let status_code = row.code(spec, "status").to_owned();
    // The name in any of three languages.
    let name = || match (lang, row.text(spec, "name_hant"), row.text(spec, "name_en")) {
        (Lang::ZhHant, hant, _) if !hant.is_empty() => hant.to_owned(),
        (Lang::En, _, english) if !english.is_empty() => english.to_owned(),
        _ => row.text(spec, "name").to_owned(),
    };
    let label_all = |facet: &str| labels_of(spec, results, row, facet, lang);
    let number = |column: &str| u64::try_from(row.number(spec, column).unwrap_or(0)).unwrap_or(0);
    let said = |word: crate::i18n::Words, n: u64| {
        if n == 0 { String::new() } else { fill(word.to(lang), &[("n", &count(n))]) }
    };
    let contested = row.code(spec, "contested") == "yes";
    let mut item = Item { key: row.key.clone(), contested, ..Item::default() };
    let path = |kind: Kind, key: &str| record_path(kind, key).unwrap_or_default();
    match spec.catalogue {
        Catalogue::Products => {
            item.path = path(Kind::Product, &row.key);
            item.title = named("name", "name_en");
            let model = text("model");
            if !item.title.contains(&model) {
                item.subtitle = model;
            }
            item.line = filled(vec![named("enterprise", "enterprise_en"), label("place")]);
            item.small = filled(vec![text("standard")]);
            item.measure = measure(spec, row);
            item.status = Some(Status {
                of: StatusOf::Listing,
                code: status_code,
                since: day("status_since"),
                until: day("expires"),
            });
        }
        Catalogue::Enterprises => {
            item.path = path(Kind::Enterprise, &row.key);
            item.title = named("name", "name_en");
            item.line = filled(vec![label("place"), label("sector")]);
            item.small = filled(vec![text("uscc")]);
            let n = u64::try_from(row.number(spec, "products").unwrap_or(0)).unwrap_or(0);
            if n > 0 {
                item.fact = words::counted(Catalogue::Products, lang, n);
                if lang != Lang::En {
                    item.fact = words::PRODUCTS_N.to(lang).replace("{n}", &item.fact);
                }
            }
            item.status =
                Some(Status { of: StatusOf::Enterprise, code: status_code, ..Status::default() });
        }
        Catalogue::Standards => {
            item.path = path(Kind::Standard, &row.key);
            item.title = text("number");
            item.line = filled(vec![named("title", "title_en")]);
            item.small = filled(vec![text("issuer"), label("type")]);
            let n = u64::try_from(row.number(spec, "products").unwrap_or(0)).unwrap_or(0);
            if n > 0 {
                item.fact = words::counted(Catalogue::Products, lang, n);
            }
            let since = match status_code.as_str() {
                "withdrawn" | "replaced" => day("withdrawn"),
                _ => day("effective"),
            };
            item.status =
                Some(Status { of: StatusOf::Standard, code: status_code, since, until: None });
        }
        Catalogue::Listings => {
            let subject = row.shown(spec, "subject");
            item.path = match row.code(spec, "kind") {
                "product" => path(Kind::Product, subject),
                "enterprise" => path(Kind::Enterprise, subject),
                "standard" => path(Kind::Standard, subject),
                _ => String::new(),
            };
            item.title = named("name", "name_en");
            let model = text("model");
            if !item.title.contains(&model) {
                item.subtitle = model;
            }
            item.line = filled(vec![text("holder"), label("place")]);
            item.small = filled(vec![text("certificate"), text("standard")]);
            let year = row.code(spec, "year");
            if !year.is_empty() {
                item.fact = words::LISTED_IN.to(lang).replace("{y}", year);
            }
            item.status = Some(Status {
                of: StatusOf::Listing,
                code: status_code,
                since: day("status_since"),
                until: day("expires"),
            });
        }
        Catalogue::Notices => {
            let recall = row.code(spec, "kind") == "recall";
            item.path = path(if recall { Kind::Recall } else { Kind::Notice }, &row.key);
            item.title = text("title");
            item.line = filled(vec![text("producer"), text("authority")]);
            item.small = filled(vec![text("number"), row.shown(spec, "hazard").to_owned()]);
            item.fact = day("published").unwrap_or_default();
            item.status = Some(if recall {
                Status { of: StatusOf::Recall, code: status_code, ..Status::default() }
            } else {
                let code = row.code(spec, "type").to_owned();
                Status { of: StatusOf::Notice, code, ..Status::default() }
            });
        }
        Catalogue::Services => {
            item.path = path(Kind::Service, &row.key);
            item.title = text("name");
            item.line = filled(vec![text("operator"), label("place")]);
            let needs: Vec<&str> = row.texts_of(spec, "needs").collect();
            item.small = filled(vec![
                needs.join(crate::i18n::and(lang)),
                row.shown(spec, "hours").to_owned(),
                row.shown(spec, "cost").to_owned(),
            ]);
            item.fact = label("system");
            item.status =
                Some(Status { of: StatusOf::Service, code: status_code, ..Status::default() });
        }
        Catalogue::Systems => {
            item.path = format!("/systems/{}", super::encode_key(&row.key));
            item.title = named("name", "name_en");
            item.line = filled(vec![text("meaning")]);
            item.small = filled(vec![label("group")]);
            let n = u64::try_from(row.number(spec, "records").unwrap_or(0)).unwrap_or(0);
            if n > 0 {
                item.fact = count(n);
            }
            let code = if n > 0 { "loaded" } else { "empty" };
            item.status =
                Some(Status { of: StatusOf::System, code: code.to_owned(), ..Status::default() });
        }
        Catalogue::Inspections => {
            item.path = path(Kind::Inspection, &row.key);
            item.title = text("product");
            item.subtitle = text("model");
            item.line = filled(vec![text("producer"), text("brand")]);
            item.small = filled(vec![label("round"), row.shown(spec, "items").to_owned()]);
            item.fact = day("sampled").unwrap_or_default();
            let code = row.code(spec, "result").to_owned();
            item.status = Some(Status { of: StatusOf::Inspection, code, ..Status::default() });
        }
        Catalogue::Penalties => {
            item.path = path(Kind::Penalty, &row.key);
            item.title = text("number");
            item.line = filled(vec![text("party"), text("act")]);
            item.small = filled(vec![row.shown(spec, "content").to_owned(), text("authority")]);
            item.fact = day("decided").unwrap_or_default();
            item.status =
                Some(Status { of: StatusOf::Penalty, code: status_code, ..Status::default() });
        }
        Catalogue::Restrictions => {
            item.path = path(Kind::Restriction, &row.key);
            item.title = text("subject");
            item.line = filled(vec![label("list"), text("cause")]);
            item.small = filled(vec![text("decision"), text("authority")]);
            item.fact = day("listed").unwrap_or_default();
            let since = day("removed").filter(|_| status_code == "removed");
            item.status =
                Some(Status { of: StatusOf::Restriction, code: status_code, since, until: None });
        }
        Catalogue::Inconsistencies => {
            item.path = format!("/inconsistencies/{}", super::encode_key(&row.key));
            let hant = text("name_hant");
            item.title = match lang {
                Lang::ZhHant if !hant.is_empty() => hant,
                _ => named("name", "name_en"),
            };
            item.line = filled(vec![label("rule")]);
            item.small = filled(vec![row.shown(spec, "sources").to_owned()]);
            item.fact = day("since").unwrap_or_default();
            let code = match row.code(spec, "reply") {
                "contested" => "contested",
                _ => row.code(spec, "effect"),
            };
            item.status =
                Some(Status { of: StatusOf::Finding, code: code.to_owned(), ..Status::default() });
        }
        Catalogue::Policies | Catalogue::Targets | Catalogue::Departments => {}
    }
    match spec.catalogue {
        Catalogue::Policies => {
            item.path = path(Kind::Policy, &row.key);
            item.title = name();
            item.line = filled(vec![text("number"), label_all("department")]);
            item.small = filled(vec![
                day("issued").unwrap_or_default(),
                said(policy::CLAUSES_N, number("clauses")),
            ]);
            item.fact = said(policy::TARGETS_N, number("targets"));
            item.status = Some(Status {
                of: StatusOf::Policy,
                code: row.code(spec, "status").to_owned(),
                since: None,
                until: day("expires"),
            });
        }
        Catalogue::Targets => {
            item.path = path(Kind::Target, &row.key);
            item.title = name();
            let unit = row.shown(spec, "unit");
            let goal =
                policy::goal(row.shown(spec, "operator"), row.shown(spec, "goal"), unit, lang);
            item.line = filled(vec![label("policy")]);
            let due = match day("due_on") {
                Some(due) => fill(policy::DUE_ON.to(lang), &[("d", &due)]),
                None => policy::NO_DUE.to(lang).to_owned(),
            };
            item.small = filled(vec![due, label_all("department")]);
            let value = match row.shown(spec, "value") {
                "" => policy::NO_VALUE.to(lang).to_owned(),
                value => policy::with_unit(value, unit, lang),
            };
            item.fact = format!("{value} / {goal}");
            item.spark = row.shown(spec, "spark").to_owned();
            item.status = Some(Status {
                of: StatusOf::Target,
                code: row.code(spec, "status").to_owned(),
                ..Status::default()
            });
        }
        Catalogue::Departments => {
            item.path = path(Kind::Department, &row.key);
            item.title = name();
            item.line = filled(vec![label("level"), label("place")]);
            item.small = filled(vec![
                said(policy::LEAD_N, number("lead")),
                said(policy::CO_N, number("co")),
            ]);
            item.fact = said(policy::TARGETS_N, number("targets"));
            item.status = Some(Status {
                of: StatusOf::Department,
                code: row.code(spec, "status").to_owned(),
                ..Status::default()
            });
        }
        _ => {}
    }
    if item.title.is_empty() {
        item.title.clone_from(&row.key);
    }
    item
}

/// At most two of the words of a facet's codes; more are counted.
fn labels_of(
    spec: &'static CatalogueSpec,
    results: &Results,
    row: &Row,
    facet: &str,
    lang: Lang,
) -> String {
    const SHOWN: usize = 2;
    let codes = row.codes(spec, facet);
    let words: Vec<String> =
        codes.iter().take(SHOWN).map(|code| label_of_code(results, code, facet, lang)).collect();
    let mut line = words.join(crate::i18n::and(lang));
    if codes.len() > SHOWN {
        line.push_str(&fill(policy::AND_MORE.to(lang), &[("n", &count(codes.len() as u64))]));
    }
    line
}

fn measure(spec: &'static CatalogueSpec, row: &Row) -> Option<Measure> {
    let indicator = row.shown(spec, "indicator_name");
    if indicator.is_empty() {
        return None;
    }
    let (value, limit) = (row.shown(spec, "value"), row.shown(spec, "limit"));
    let (baseline, direction) = (row.shown(spec, "baseline"), row.shown(spec, "direction"));
    // The row's own figure knows of differing test methods; where it has none, nothing is drawn.
    let comparable = row.number(spec, "strictness").is_some();
    let against = |value| comparable.then(|| strictness(direction, value, baseline)).flatten();
    Some(Measure {
        indicator: indicator.to_owned(),
        value: if value.is_empty() {
            String::new()
        } else {
            crate::components::chart::with_unit(value, row.shown(spec, "unit"))
        },
        limit: against(limit),
        measured: against(value),
        direction: direction.to_owned(),
    })
}

fn label_of(
    spec: &'static CatalogueSpec,
    results: &Results,
    row: &Row,
    facet: &str,
    lang: Lang,
) -> String {
    label_of_code(results, row.code(spec, facet), facet, lang)
}

fn label_of_code(results: &Results, code: &str, facet: &str, lang: Lang) -> String {
    let found = results
        .facet(facet)
        .and_then(|f: &FacetResult| f.values.iter().find(|v| v.code == code))
        .map(|v| v.label[lang as usize].clone());
    found.unwrap_or_else(|| code.to_owned())
}

#[cfg(test)]
mod tests {
    use search::spec;

    use super::*;

    #[test]
    fn a_product_row_shows_what_the_engine_found() {
        let table = spec(Catalogue::Products);
        let mut row = table.blank_row();
        row.key = "p-1".into();
        let mut text =
            |name: &str, value: &str| row.texts[table.text(name).unwrap()] = value.into();
        text("name", "瓷质抛光砖");
        text("name_en", "Polished tile");
        text("model", "CW-Y1260");
        text("enterprise", "澄瓦陶瓷");
        row.facets[table.facet("status").unwrap()] = vec!["valid".into()];
        row.numbers[table.number("expires").unwrap()] = Some(21_258);
        row.numbers[table.number("strictness").unwrap()] = Some(385);
        for (name, value) in [
            ("indicator_name", "破坏强度"),
            ("direction", "higher_better"),
            ("unit", "N"),
            ("value", "2240"),
            ("limit", "1800"),
            ("baseline", "1300"),
        ] {
            row.display[table.display(name).unwrap()] = value.into();
        }
        let item = item(table, Lang::En, &Results::default(), &row);
        assert_eq!(item.title, "Polished tile");
        assert_eq!(item.subtitle, "CW-Y1260");
        let measure = item.measure.unwrap();
        assert_eq!((measure.limit, measure.measured), (Some(385), Some(723)));
        assert_eq!(measure.value, "2240 N");
        assert_eq!(item.status.unwrap().until.as_deref(), Some("2028-03-15"));
    }

    #[test]
    fn a_directory_hides_its_own_scheme() {
        let query = Query::parse(
            spec(Catalogue::Listings),
            [("scheme", "foshan-standard"), ("year", "2024"), ("page", "2")],
        )
        .unwrap();
        let place = Place {
            lang: Lang::ZhHans,
            path: "/directories/foshan-standard",
            fixed: Some(("scheme", "foshan-standard")),
            day: "2026-11-21",
            mirror: false,
        };
        let view = view(&place, &query, &Results::default());
        assert_eq!(view.pairs, [("year".to_owned(), "2024".to_owned())]);
        assert_eq!(view.page, 2);
    }
}

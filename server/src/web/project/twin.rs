//! The twins: JSON of lists and records, CSV of lists. The contract outside programs rely on.
//!
//! CSV is as [`sheet`] writes it.

use register::kinds::Visibility;
use register::{Entry, Kind, Lang};
use search::catalogue::Catalogue;
use search::{Query, Results, Row};
use serde_json::{Map, Value, json};

use super::view::View;
use super::{list, systems};
use crate::opendata::sheet::{self, cell, harmless};
use crate::published;
use crate::store::{At, Result};
use crate::web::router::segment;

/// Kind of a row's record, as JSON names it.
fn kind(catalogue: Catalogue, row: &Row) -> &'static str {
    match catalogue {
        Catalogue::Products => "product",
        Catalogue::Enterprises => "enterprise",
        Catalogue::Standards => "standard",
        Catalogue::Listings => "listing",
        Catalogue::Systems => "system",
        Catalogue::Services => "service",
        Catalogue::Policies => "policy",
        Catalogue::Targets => "target",
        Catalogue::Departments => "department",
        Catalogue::Inspections => "inspection",
        Catalogue::Penalties => "penalty",
        Catalogue::Restrictions => "restriction",
        Catalogue::Inconsistencies => "inconsistency",
        Catalogue::Notices => match row.code(search::spec(catalogue), "kind") {
            "recall" => "recall",
            _ => "notice",
        },
    }
}

/// Path of a row's JSON.
fn json_path(catalogue: Catalogue, row: &Row) -> String {
    format!("/{}/{}.json", search::spec(catalogue).name, segment(&row.key))
}

/// Columns whose text is always a list.
const LISTS: [&str; 9] = [
    "standard",
    "gtin",
    "former_names",
    "models",
    "clause",
    "needs",
    "aliases",
    "added_words",
    "records",
];

/// Names of number columns that are days, and what JSON and CSV call them.
const DAYS: [(&str, &str); 19] = [
    ("due_on", "due_on"),
    ("sampled", "sampled_on"),
    ("announced", "announced_on"),
    ("protected", "protected_until"),
    ("decided", "decided_on"),
    ("removed", "removed_on"),
    ("until", "publish_until"),
    ("deadline", "comment_deadline"),
    ("changed", "changed_on"),
    ("expires", "valid_until"),
    ("granted", "granted_on"),
    ("status_since", "status_since"),
    ("issued", "issued_on"),
    ("effective", "effective_on"),
    ("withdrawn", "withdrawn_on"),
    ("published", "published_on"),
    ("ends", "ends_on"),
    ("listed", "listed_on"),
    ("started", "started_on"),
];

/// A row's values by column, in the catalogue's order: texts, facets, numbers, display columns. A name
/// that two columns share is the text's; the facet's codes are then under `{name}_codes`.
fn columns(catalogue: Catalogue, row: &Row) -> Vec<(String, Value)> {
    let spec = search::spec(catalogue);
    let mut columns: Vec<(String, Value)> = Vec::new();
    for text in spec.texts {
        let values: Vec<&str> = row.texts_of(spec, text.name).collect();
        let value = if LISTS.contains(&text.name) { json!(values) } else { json!(values.first()) };
        columns.push((text.name.to_owned(), value));
    }
    for facet in spec.facets {
        if matches!(facet.name, "status") {
            continue;
        }
        let taken = facet.name == "kind" || columns.iter().any(|(name, _)| name == facet.name);
        let name = match (taken, facet.name) {
            (true, "kind") if catalogue == Catalogue::Listings => "subject_kind".to_owned(),
            (true, "kind") if catalogue == Catalogue::Systems => "record_kind".to_owned(),
            (true, "kind") if catalogue == Catalogue::Inconsistencies => "record_kind".to_owned(),
            (true, "kind") => continue,
            (true, name) => format!("{name}_codes"),
            (false, name) => name.to_owned(),
        };
        columns.push((name, json!(row.codes(spec, facet.name))));
    }
    for number in spec.numbers {
        let (name, value) = match DAYS.iter().find(|(column, _)| column == number) {
            Some((column, name)) => (*name, json!(list::day(row, spec, column))),
            // Tenths of a percent in the index, percent outside.
            None if *number == "strictness" => (
                "strictness_percent",
                json!(row.number(spec, number).map(|tenths| {
                    let sign = if tenths < 0 { "-" } else { "" };
                    format!("{sign}{}.{}", tenths.abs() / 10, tenths.abs() % 10)
                })),
            ),
            None if *number == "since" => ("since", json!(list::day(row, spec, "since"))),
            None => (*number, json!(row.number(spec, number))),
        };
        columns.push((name.to_owned(), value));
    }
    for display in spec.display {
        let name = match (*display, catalogue) {
            ("standing", _) => "standing_since",
            (name, _) => name,
        };
        let shown = row.shown(spec, display);
        columns.push((name.to_owned(), json!((!shown.is_empty()).then_some(shown))));
    }
    columns
}

/// One item of a list.
fn item(catalogue: Catalogue, row: &Row, lang: Lang) -> Value {
    let mut object = Map::new();
    object.insert("kind".into(), json!(kind(catalogue, row)));
    object.insert("key".into(), json!(row.key));
    object.insert("title".into(), json!(list::title(catalogue, row, lang)));
    object.insert("status".into(), status(catalogue, row));
    for (name, value) in columns(catalogue, row) {
        object.entry(name).or_insert(value);
    }
    let prefix = lang.prefix();
    object.insert(
        "links".into(),
        json!({
            "page": format!("{prefix}{}", list::path(catalogue, row)),
            "json": format!("{prefix}{}", json_path(catalogue, row)),
        }),
    );
    Value::Object(object)
}

/// Status code of a row; systems: whether data are loaded.
fn status(catalogue: Catalogue, row: &Row) -> Value {
    let spec = search::spec(catalogue);
    let code = match catalogue {
        Catalogue::Systems => row.code(spec, "data"),
        Catalogue::Inspections => row.code(spec, "result"),
        Catalogue::Inconsistencies => row.code(spec, "reply"),
        _ => row.code(spec, "status"),
    };
    json!((!code.is_empty()).then_some(code))
}

/// JSON of a list. `path` is the list's own, without language prefix.
pub fn list_json(
    query: &Query,
    results: &Results,
    lang: Lang,
    path: &str,
    at: At,
    coverage: Option<&register::coverage::Coverage>,
) -> Value {
    let catalogue = query.spec().catalogue;
    let facets: Map<String, Value> = results
        .facets
        .iter()
        .map(|facet| {
            let values: Vec<Value> = facet
                .values
                .iter()
                .take(crate::web::limits::FACET_VALUES_MAX)
                .map(|value| {
                    json!({
                        "value": value.code,
                        "label": value.label[lang.index()],
                        "count": value.count,
                        "selected": value.selected,
                    })
                })
                .collect();
            (facet.name.to_owned(), Value::Array(values))
        })
        .collect();
    let next = (query.page < query.last_page(results.total)).then(|| {
        let next = query.with_page(query.page + 1).to_query_string();
        format!("{}{path}.json?{next}", lang.prefix())
    });
    json!({
        "total": results.total,
        "page": query.page,
        "per_page": query.per_page,
        "items": results.rows.iter().map(|row| item(catalogue, row, lang)).collect::<Vec<_>>(),
        "facets": facets,
        "coverage": coverage.map(|coverage| coverage_json(coverage, lang)),
        "as_of": at.as_of.to_string(),
        "log_size": at.known,
        "next": next,
    })
}

/// A CSV as every download here is written.
pub fn csv(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut out = sheet::BYTE_ORDER_MARK.to_vec();
    let mut writer = sheet::writer(&mut out);
    // Writing to memory cannot fail.
    let _ = writer.write_record(head);
    for row in rows {
        let _ = writer.write_record(row.iter().map(|cell| harmless(cell)));
    }
    drop(writer);
    out
}

/// CSV of a list: the key, title and status, then every column of the catalogue, then the page's path.
pub fn list_csv(catalogue: Catalogue, results: &Results, lang: Lang) -> Vec<u8> {
    let mut out = sheet::BYTE_ORDER_MARK.to_vec();
    let mut writer = sheet::writer(&mut out);
    let blank = search::spec(catalogue).blank_row();
    let names: Vec<String> = columns(catalogue, &blank).into_iter().map(|(name, _)| name).collect();
    let header = ["kind", "key", "title", "status"].into_iter().map(str::to_owned);
    // Writing to memory cannot fail.
    let _ = writer.write_record(header.chain(names).chain(["page".to_owned()]));
    for row in &results.rows {
        let mut cells = vec![
            kind(catalogue, row).to_owned(),
            row.key.clone(),
            list::title(catalogue, row, lang),
            cell(&status(catalogue, row)),
        ];
        cells.extend(columns(catalogue, row).iter().map(|(_, value)| cell(value)));
        cells.push(format!("{}{}", lang.prefix(), list::path(catalogue, row)));
        let _ = writer.write_record(cells.iter().map(|cell| harmless(cell)));
    }
    drop(writer);
    out
}

/// Rows of cells as CSV, in the same form.
pub fn csv_of(rows: &[Vec<String>]) -> Vec<u8> {
    let mut out = sheet::BYTE_ORDER_MARK.to_vec();
    let mut writer = sheet::writer(&mut out);
    for row in rows {
        // Writing to memory cannot fail.
        let _ = writer.write_record(row.iter().map(|cell| harmless(cell)));
    }
    drop(writer);
    out
}

/// A coverage statement, with its sentence in the language asked for.
pub fn coverage_json(coverage: &register::coverage::Coverage, lang: Lang) -> Value {
    let mut value = coverage.to_value();
    value["sentence"] = json!(coverage.sentence(lang));
    value
}

/// Whether a field of a record is not for everybody.
fn hidden(entry: &Entry, name: &str) -> bool {
    let fields = entry.kind.spec().fields.iter();
    fields.filter(|field| field.name == name).any(|field| field.visibility != Visibility::Public)
}

/// The fields of a record everybody may see.
pub fn public(entry: &Entry) -> Map<String, Value> {
    entry
        .body
        .iter()
        .filter(|(name, _)| !hidden(entry, name))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

/// JSON of a record.
///
/// # Errors
/// When the register cannot be read.
pub fn record_json(view: &View<'_>, entry: &Entry, page: &str, json: &str) -> Result<Value> {
    // What is published for a time only is asked for in that time only.
    let record = published::fields(entry);
    let source = view.record(Kind::Source, &entry.source.id)?;
    // Of a record that several lists made, which of them each present field comes from.
    let sources: Vec<Value> = super::origins::origins(view, entry)?
        .into_iter()
        .map(|origin| {
            let fields: Vec<String> =
                origin.fields.into_iter().filter(|name| !hidden(entry, name)).collect();
            let Entry { seq, source, .. } = origin.entry;
            json!({ "id": source.id, "locator": source.locator, "seq": seq, "fields": fields })
        })
        .collect();
    let prefix = view.lang.prefix();
    let mut answer = json!({
        "kind": systems::kind_name(entry.kind),
        "key": entry.key,
        "record": record,
        "valid_from": entry.valid_from.to_string(),
        "seq": entry.seq,
        "recorded_at": entry.recorded_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        "source": published::source(entry, source.as_ref()),
        "sources": sources,
        "reason": entry.reason,
        "contested": super::contest::of(entry).as_ref().map(super::contest::json),
        "as_of": view.at.as_of.to_string(),
        "log_size": view.at.known,
        "links": {
            "page": format!("{prefix}{page}"),
            "json": format!("{prefix}{json}"),
            "history": format!(
                "{prefix}/changes.json?kind={}&key={}&axis=recorded",
                entry.kind.name(),
                super::changes::encoded(&entry.key)
            ),
        },
    });
    published::say_removed(&mut answer, entry);
    if entry.kind == Kind::Listing
        && let Some(object) = answer.as_object_mut()
    {
        let status = register::status::computed(&entry.body, view.at.as_of);
        object.insert("computed".to_owned(), json!({ "status": status.code() }));
    }
    if entry.kind == Kind::Comparison
        && let Some(object) = answer.as_object_mut()
    {
        let claim = register::comparison::outcome(&entry.body).claim;
        object.insert("computed".to_owned(), json!({ "claim": claim.map(|claim| claim.code()) }));
    }
    Ok(answer)
}

//! `/api/v1/openapi.json`: what programs may ask for, as OpenAPI 3.1.
//!
//! Written from the site map ([`super::router::PLACES`]) and the catalogues' tables, so that it cannot
//! name an address or a parameter that is not there; a test calls all it names.

use search::CatalogueSpec;
use serde_json::{Map, Value, json};

use super::limits;
use super::router::{API, PLACES, Page, Place, Twins};

/// The document of a log that has so many entries: that bounds what may be asked for.
#[must_use]
pub fn document(origin: &str, log_size: u64) -> Value {
    let mut paths = Map::new();
    for place in PLACES {
        if let Some(path) = api_path(place) {
            paths.insert(path, of_place(place, log_size));
        }
    }
    for (path, text, media, parameters) in FILES {
        let parameters: Vec<Value> = parameters
            .iter()
            .map(|(name, required, schema)| {
                let place = if path.contains(&format!("{{{name}}}")) { "path" } else { "query" };
                let schema = match *schema {
                    "integer" => size(log_size),
                    other => json!({ "type": other }),
                };
                json!({ "name": name, "in": place, "required": required, "schema": schema })
            })
            .collect();
        let mut responses = failures();
        let content: Map<String, Value> =
            media.iter().map(|media| ((*media).to_owned(), json!({}))).collect();
        let (status, body) = match content.is_empty() {
            true => ("303", json!({ "description": "Leads to the newest file." })),
            false => ("200", json!({ "description": "What is asked for.", "content": content })),
        };
        responses.insert(status.to_owned(), body);
        let get = json!({ "summary": text, "parameters": parameters, "responses": responses });
        paths.insert((*path).to_owned(), json!({ "get": get }));
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Liangbiao",
            "version": "1",
            "description": "A public register of product quality. Reading only, no key, no account. \
                An unknown parameter, or a value that cannot be one, is a 400 that names it; a code of a facet \
                that no record has finds nothing. Fields may be added, not renamed. \
                Failures are problem+json; outside of /api/v1 a page where `Accept` asks for one.",
            "license": { "name": "The licence of each record is its source's (source.licence)." },
        },
        "servers": [{ "url": if origin.is_empty() { "/" } else { origin } }],
        "paths": paths,
        "components": { "schemas": schemas() },
    })
}

type FileParameter = (&'static str, bool, &'static str);

/// Addresses of files: path, what it is, media types (none: it leads on), parameters.
const FILES: &[(&str, &str, &[&str], &[FileParameter])] = &[
    ("/data/files.json", "The files there are.", &["application/json"], &[]),
    (
        "/data/schema.json",
        "What every field is, as JSON Schema.",
        &["application/schema+json"],
        &[],
    ),
    ("/data/dcat.jsonld", "The files, described as DCAT.", &["application/ld+json"], &[]),
    (
        "/data/entries.jsonl",
        "The log's entries from an index on; `Link` leads to the rest.",
        &["application/x-ndjson"],
        &[("since", false, "integer")],
    ),
    ("/data/latest/{name}", "The newest file of that content.", &[], &[("name", true, "string")]),
    (
        "/data/{name}",
        "A file by its name; one range is answered with 206.",
        &["application/gzip", "application/zstd", "application/vnd.apache.parquet"],
        &[("name", true, "string")],
    ),
    (
        "/log/checkpoint",
        "The log's signed checkpoint (C2SP tlog-checkpoint).",
        &["text/plain; charset=utf-8"],
        &[],
    ),
];

/// The path of a place in the API; none: it is not data, or not always there.
fn api_path(place: &Place) -> Option<String> {
    let data = matches!(place.twins, Twins::List | Twins::Record | Twins::Verdict);
    match place.page {
        _ if !data => None,
        // Notes of checks are off unless the operator asks for them.
        Page::Scans => None,
        // For a browser that checks a page: described in docs/log.md.
        Page::Check => None,
        Page::Verify => Some(format!("{API}/verify/{{code}}")),
        _ => Some(format!("{API}{}", place.pattern)),
    }
}

fn of_place(place: &Place, log_size: u64) -> Value {
    let mut parameters: Vec<Value> = Vec::new();
    if let Some((_, rest)) = place.pattern.split_once('{') {
        let name = rest.split('}').next().unwrap_or_default();
        parameters.push(json!({
            "name": name, "in": "path", "required": true, "schema": key(place.page),
            "description": "A key; `/` is written `_`, a space `-`.",
        }));
    }
    let schema = match super::answer::catalogue(place.page) {
        Some(catalogue) => {
            let spec = search::spec(catalogue);
            parameters.extend(of_list(spec, place.page));
            "List"
        }
        None => {
            parameters.extend(own(place.page, log_size));
            if super::answer::is_record(place.page) { "Record" } else { "Answer" }
        }
    };
    if super::answer::timed(place.page) {
        parameters.push(query("as_of", day()));
        parameters.push(query("known", size(log_size)));
    }
    let schema = json!({ "$ref": format!("#/components/schemas/{schema}") });
    let mut responses = failures();
    let content = json!({ "application/json": { "schema": schema } });
    responses.insert(
        "200".to_owned(),
        json!({ "description": "What is asked for.", "content": content }),
    );
    // A key that exists, but not on that day or at that log size, is told as such; of what is no code, or
    // none on record, there is a verdict too.
    let told: &[(&str, &str)] = match place.pattern.contains('{') {
        _ if place.page.is_verdict() => &[("400", "Answer"), ("404", "Answer"), ("410", "Answer")],
        true => &[("404", "Absent")],
        false => &[],
    };
    for (status, schema) in told {
        if let Some(response) = responses.get_mut(*status) {
            let schema = format!("#/components/schemas/{schema}");
            response["content"]["application/json"] = json!({ "schema": { "$ref": schema } });
        }
    }
    let get = json!({
        "summary": format!("The JSON of the page {}.", place.pattern),
        "parameters": parameters,
        "responses": responses,
    });
    json!({ "get": get })
}

fn query(name: &str, schema: Value) -> Value {
    json!({ "name": name, "in": "query", "required": false, "schema": schema })
}

/// Parameters of a list, by its catalogue.
fn of_list(spec: &CatalogueSpec, page: Page) -> Vec<Value> {
    let mut parameters =
        vec![query("q", json!({ "type": "string", "maxLength": limits::QUERY_CHARS_MAX }))];
    for facet in spec.facets {
        // A directory is one scheme's list.
        if page == Page::Directory && facet.name == "scheme" {
            continue;
        }
        let codes: Vec<&str> = facet.values().iter().map(|value| value.code).collect();
        let item = match codes.is_empty() {
            true => code(),
            // No bound: a code that no record has finds nothing, so that links outlive tables.
            false => json!({ "type": "string", "examples": codes }),
        };
        let mut parameter = query(facet.name, json!({ "type": "array", "items": item }));
        parameter["explode"] = json!(true);
        parameter["description"] = json!(facet.label[2]);
        parameters.push(parameter);
    }
    // Without a value it is as if it were not there.
    let sorts: Vec<&str> = spec.sorts.iter().map(|sort| sort.name).chain([""]).collect();
    parameters.push(query("sort", json!({ "type": "string", "enum": sorts })));
    parameters.push(query("page", number_of_page()));
    let most = json!({ "type": "integer", "minimum": 1, "maximum": limits::PER_PAGE_MAX });
    parameters.push(query("per_page", most));
    parameters
}

/// Parameters of places that are no lists of a catalogue.
fn own(page: Page, log_size: u64) -> Vec<Value> {
    let text = || json!({ "type": "string" });
    match page {
        Page::Verify => vec![query("lot", json!({ "type": "string", "maxLength": 20 }))],
        Page::Recount => vec![query("page", number_of_page())],
        Page::Statistics => vec![query("scheme", text()), query("table", text())],
        Page::Changes => vec![
            query("axis", json!({ "type": "string", "enum": ["valid", "recorded"] })),
            query("from", day()),
            query("to", day()),
            query("known_from", size(log_size)),
            query("kind", text()),
            query("change", json!({ "type": "string", "enum": ["added", "left", "changed"] })),
            query("scheme", json!({ "type": "string", "pattern": "^[a-z0-9-]*$" })),
            query("key", text()),
            query("enterprise", text()),
            query("q", text()),
            query("page", number_of_page()),
            query(
                "per_page",
                json!({ "type": "integer", "minimum": 1, "maximum": limits::PER_PAGE_MAX }),
            ),
        ],
        _ => Vec::new(),
    }
}

/// A day, or nothing: the present one.
fn day() -> Value {
    json!({ "anyOf": [{ "type": "string", "format": "date" }, { "type": "string", "maxLength": 0 }] })
}

/// A number of entries that the log has had.
fn size(log_size: u64) -> Value {
    json!({ "type": "integer", "minimum": 0, "maximum": log_size })
}

/// The number of a page of a list.
fn number_of_page() -> Value {
    json!({ "type": "integer", "minimum": 1, "maximum": search::query::PAGE_MAX })
}

/// A facet's code where the table does not list them.
fn code() -> Value {
    // Unicode's control characters (Cc).
    json!({ "type": "string", "pattern": "^[^\\u0000-\\u001f\\u007f-\\u009f]*$" })
}

/// What stands in a path for a record, or on a label.
fn key(page: Page) -> Value {
    match page {
        // 24 bytes of payload and 64 of signature, in decimal.
        Page::Statement => json!({ "type": "string", "pattern": "^[0-9]{212}$" }),
        _ => json!({ "type": "string" }),
    }
}

fn failures() -> Map<String, Value> {
    let problem = |text: &str| {
        let schema = json!({ "$ref": "#/components/schemas/Problem" });
        let content = json!({ "application/problem+json": { "schema": schema } });
        json!({ "description": text, "content": content })
    };
    [
        ("400", "A parameter or value that is not understood, or a limit."),
        ("404", "Nothing there."),
        ("410", "Its time of publication is over."),
        ("429", "This network asked for too much; `Retry-After` says when to come back. Counted answers have `RateLimit-Policy` and `RateLimit`."),
        ("503", "Too busy; `Retry-After` says when to come back."),
    ]
    .into_iter()
    .map(|(status, text)| (status.to_owned(), problem(text)))
    .collect()
}

fn schemas() -> Value {
    let text = json!({ "type": "string" });
    let number = json!({ "type": "integer" });
    json!({
        "List": {
            "type": "object",
            "required": ["total", "page", "per_page", "items", "facets", "coverage", "as_of", "log_size", "next"],
            "properties": {
                "total": number, "page": number, "per_page": number,
                "items": { "type": "array", "items": {
                    "type": "object", "required": ["kind", "key", "title", "status", "links"],
                } },
                "facets": { "type": "object" },
                "as_of": { "type": "string", "format": "date" },
                "log_size": number,
                "next": { "type": ["string", "null"] },
            },
        },
        "Record": {
            "type": "object",
            "required": ["kind", "key", "record", "valid_from", "seq", "recorded_at", "source",
                "sources", "reason", "as_of", "log_size", "links"],
            "properties": {
                "kind": text, "key": text, "record": { "type": "object" },
                "valid_from": { "type": "string", "format": "date" }, "seq": number,
            },
        },
        "Answer": { "type": "object" },
        "Absent": {
            "type": "object",
            "required": ["kind", "key", "record", "first_valid_from", "as_of", "log_size", "links"],
        },
        "Problem": {
            "type": "object", "required": ["type", "title", "status"],
            "properties": { "type": text, "title": text, "status": number, "parameter": text },
        },
    })
}

//! `/notices/{id}`: a notice or a recall.

use app::model::{Link, NoticePage, Status, StatusOf};
use register::{Entry, Kind};
use serde_json::Value;

use super::view::{self, View};
use super::{body, origins, rows};
use crate::store::Result;
use crate::web::limits;

/// The page of a notice or a recall.
///
/// # Errors
/// When the register cannot be read.
pub fn page(view: &View<'_>, entry: &Entry) -> Result<NoticePage> {
    let b = &entry.body;
    let recall = entry.kind == Kind::Recall;
    let (status, issuer, date, mut facts, sections) = if recall {
        (
            Status {
                of: StatusOf::Recall,
                code: body::text(b, "status").to_owned(),
                since: body::maybe(b, "started_on").map(str::to_owned),
                until: body::maybe(b, "ends_on").map(str::to_owned),
            },
            body::text(b, "authority"),
            body::text(b, "started_on"),
            view.facts(
                entry,
                &[
                    "alert_type",
                    "heading",
                    "number",
                    "foreign_number",
                    "producer",
                    "models",
                    "lots",
                    "production_range",
                    "units",
                    "units_text",
                    "injuries",
                    "made_in",
                    printed_origin(b),
                    "region",
                    "contact",
                    "started_on",
                    "ends_on",
                ],
            )?,
            sections(view, entry, &["defect", "hazard", "remedy", "description"]),
        )
    } else {
        let over = body::date(b, "expires_on").is_some_and(|day| view.at.as_of > day);
        (
            Status {
                until: body::maybe(b, "expires_on").filter(|_| over).map(str::to_owned),
                ..view::status(StatusOf::Notice, body::text(b, "type"))
            },
            body::text(b, "issuer"),
            body::text(b, "published_on"),
            view.facts(
                entry,
                &[
                    "type",
                    "published_on",
                    "scope",
                    "hs",
                    "ics",
                    "standards",
                    "places",
                    "comment_deadline",
                    "expires_on",
                ],
            )?,
            Vec::new(),
        )
    };
    facts.extend(view.added_words(&rows::added_words(entry)));
    Ok(NoticePage {
        meta: view.meta(entry)?,
        title: view.title(entry),
        recall,
        status,
        issuer: issuer.to_owned(),
        date: if date.is_empty() { entry.valid_from.to_string() } else { date.to_owned() },
        sections,
        facts,
        about: about(view, entry)?,
        url: body::maybe(b, "url").map(str::to_owned),
        history: view.history(entry.kind, &entry.key)?,
        sources: origins::sources(view, entry)?,
    })
}

/// The origin as printed, where it says more than the countries do ("China (sensors)"); else no field.
fn printed_origin(b: &register::Body) -> &'static str {
    let more = body::text(b, "made_in_text").contains('(') || !b.contains_key("made_in");
    if more { "made_in_text" } else { "" }
}

/// Long texts, each under its field's words, cut at line ends into paragraphs.
fn sections(view: &View<'_>, entry: &Entry, names: &[&str]) -> Vec<(String, Vec<String>)> {
    names
        .iter()
        .filter_map(|name| {
            let field = entry.kind.spec().fields.iter().find(|field| field.name == *name)?;
            let paragraphs: Vec<String> = match entry.body.get(*name)? {
                Value::String(text) => text
                    .lines()
                    .map(str::trim)
                    .filter(|line| !line.is_empty())
                    .map(str::to_owned)
                    .collect(),
                other => vec![view.value(&field.ty, other)],
            };
            (!paragraphs.is_empty()).then(|| (view.words(&field.label).to_owned(), paragraphs))
        })
        .collect()
}

/// Products and enterprises of this register it names.
fn about(view: &View<'_>, entry: &Entry) -> Result<Vec<Link>> {
    let b = &entry.body;
    let mut keys: Vec<(Kind, String)> = Vec::new();
    let mut add = |kind: Kind, list: Vec<&str>| {
        keys.extend(list.into_iter().map(|key| (kind, key.to_owned())));
    };
    add(Kind::Product, body::texts(b, "products"));
    add(Kind::Enterprise, body::texts(b, "enterprises"));
    if let Some(producer) = body::object(b, "producer") {
        add(Kind::Enterprise, body::maybe(producer, "uscc").into_iter().collect());
    }
    let mut links = Vec::new();
    for (kind, key) in keys.into_iter().take(limits::BLOCK_ROWS_MAX) {
        if view.record(kind, &key)?.is_some() {
            links.push(view.link(kind, &key)?);
        }
    }
    Ok(links)
}

//! Changes as pages, JSON, CSV and feeds tell them.

use app::i18n::{changes as words, fill, record};
use app::model::{ChangeLine, Link, record_path};
use register::kinds::Visibility;
use register::{Entry, Kind};
use serde_json::{Map, Value, json};

use super::view::{self, View};
use super::{body, facts, supervision};
use crate::changes::Row;
use crate::store::Result;
use crate::web::router::segment;

/// A change with its bodies.
#[derive(Debug)]
pub struct Told {
    /// What it was.
    pub row: Row,
    /// The entry.
    pub entry: Entry,
    /// The version before.
    pub before: Option<Entry>,
}

/// Reads the bodies of some changes.
///
/// # Errors
/// When the register cannot be read; so for all below.
pub fn told(view: &View<'_>, rows: &[Row]) -> Result<Vec<Told>> {
    let mut told = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(entry) = view.reader.entry(u64::from(row.seq))? else { continue };
        let before = match row.before {
            Some(seq) => view.reader.entry(u64::from(seq))?,
            None => None,
        };
        told.push(Told { row: *row, entry, before });
    }
    Ok(told)
}

/// The record a change is shown under: a grant's subject, a comparison's product, else itself.
pub fn about(view: &View<'_>, entry: &Entry) -> Result<Link> {
    let b = &entry.body;
    let subject = match entry.kind {
        Kind::Code => Some((Kind::Product, body::text(b, "product"))),
        Kind::Listing | Kind::Evaluation | Kind::Comparison => {
            facts::subject_kind(b).map(|kind| (kind, body::subject(b).1))
        }
        _ => None,
    };
    if let Some((kind, key)) = subject.filter(|(_, key)| !key.is_empty()) {
        let mut link = view.link(kind, key)?;
        if kind == Kind::Product
            && let Some(product) = view.record(kind, key)?
            && let Some(model) = body::maybe(&product.body, "model")
        {
            link.text = format!("{} {model}", link.text);
        }
        return Ok(link);
    }
    Ok(match entry.kind {
        // A person, a team, a name: the directory they are in.
        Kind::Listing | Kind::Evaluation => view.link(Kind::Scheme, body::text(b, "scheme"))?,
        Kind::Product => {
            let name = [view.title(entry), body::text(b, "model").to_owned()].join(" ");
            Link::record(name.trim(), entry.kind, &entry.key)
        }
        Kind::Inspection | Kind::Restriction => {
            Link::record(supervision::title(view, entry)?, entry.kind, &entry.key)
        }
        Kind::Source => Link::plain(body::maybe(b, "title").unwrap_or(&entry.key)),
        kind => Link::record(view.title(entry), kind, &entry.key),
    })
}

/// The kind in words, then what tells this record from others about the same.
fn detail(view: &View<'_>, entry: &Entry) -> Result<Vec<Link>> {
    let b = &entry.body;
    let mut parts = vec![Link::plain(view.words(&entry.kind.spec().label))];
    let mut text = |text: Option<&str>| parts.extend(text.map(Link::plain));
    match entry.kind {
        Kind::Listing => {
            text(body::maybe(b, "certificate_number"));
            if facts::subject_kind(b).is_some() {
                parts.insert(1, view.link(Kind::Scheme, body::text(b, "scheme"))?);
            }
        }
        Kind::Evaluation => parts.push(view.link(Kind::Scheme, body::text(b, "scheme"))?),
        Kind::Comparison => text(body::maybe(b, "name_zh")),
        Kind::Product => parts.push(view.link(Kind::Enterprise, body::text(b, "holder"))?),
        Kind::Code | Kind::Key => text(Some(&entry.key)),
        _ => {}
    }
    parts.retain(|part| !part.text.is_empty());
    Ok(parts)
}

/// A change as the page shows it.
pub fn line(view: &View<'_>, told: &Told) -> Result<ChangeLine> {
    let Told { row, entry, before } = told;
    let diffs = before.as_ref().map(|before| view.diffs(entry.kind, &before.body, &entry.body));
    Ok(ChangeLine {
        change: row.change.code().to_owned(),
        reason: view::reason_code(entry),
        text: reason_text(entry),
        about: about(view, entry)?,
        detail: detail(view, entry)?,
        diffs: diffs.unwrap_or_default(),
        valid_from: entry.valid_from.to_string(),
        recorded_at: view::beijing(entry.recorded_at),
        source: view.source(entry)?.title,
        seq: entry.seq,
    })
}

/// The source's words; entry 0's are the register's id.
fn reason_text(entry: &Entry) -> String {
    entry.reason.told().filter(|_| entry.seq > 0).unwrap_or_default().to_owned()
}

/// Paths of a change's page and JSON, without language prefix.
fn paths(view: &View<'_>, entry: &Entry) -> Result<(Option<String>, Option<String>)> {
    let own = record_path(entry.kind, &entry.key);
    let json = match entry.kind {
        Kind::Listing => Some(format!("/listings/{}.json", segment(&entry.key))),
        // A directory's JSON is its list.
        _ => own.as_ref().map(|path| format!("{path}.json")),
    };
    let page = match own {
        Some(path) => Some(path),
        None => about(view, entry)?.href,
    };
    Ok((page, json))
}

/// Fields that differ, with their values as they are stored.
fn fields(view: &View<'_>, told: &Told) -> Vec<Value> {
    let Some(before) = &told.before else { return Vec::new() };
    let fields = told.entry.kind.spec().fields.iter();
    fields
        .filter(|field| field.visibility == Visibility::Public)
        .map(|field| (field, before.body.get(field.name), told.entry.body.get(field.name)))
        .filter(|(_, old, new)| old != new)
        .map(|(field, old, new)| {
            json!({
                "name": field.name, "label": view.words(&field.label), "before": old, "after": new,
            })
        })
        .collect()
}

/// A change as JSON. `signed`: proofs can be had here.
pub fn item(view: &View<'_>, told: &Told, signed: bool) -> Result<Value> {
    let Told { row, entry, before } = told;
    let prefix = view.lang.prefix();
    let (page, json) = paths(view, entry)?;
    let mut links = Map::new();
    for (name, path) in [("page", page), ("json", json)] {
        if let Some(path) = path {
            links.insert(name.to_owned(), json!(format!("{prefix}{path}")));
        }
    }
    if signed {
        links.insert("proof".to_owned(), json!(format!("/log/proof/{}.tlog-proof", entry.seq)));
    }
    let source = view.source(entry)?;
    Ok(json!({
        "kind": entry.kind.name(),
        "key": entry.key,
        "title": about(view, entry)?.text,
        "status": entry.body.get("status"),
        "change": row.change.code(),
        "reason": { "code": entry.reason.code, "text": reason_text(entry) },
        "fields": fields(view, told),
        "valid_from": entry.valid_from.to_string(),
        "recorded_at": entry.recorded_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        "seq": entry.seq,
        "before_seq": before.as_ref().map(|before| before.seq),
        "source": {
            "id": entry.source.id, "title": source.title, "url": source.url,
            "locator": entry.source.locator, "sample": source.sample,
        },
        "links": links,
    }))
}

/// Columns of the CSV.
pub const CSV_HEAD: [&str; 14] = [
    "seq",
    "change",
    "kind",
    "key",
    "title",
    "status",
    "valid_from",
    "recorded_at",
    "reason",
    "reason_text",
    "fields",
    "source",
    "before_seq",
    "page",
];

/// A change as a row of the CSV; the fields that differ stand in one cell.
pub fn csv_row(view: &View<'_>, told: &Told) -> Result<Vec<String>> {
    let Told { row, entry, before } = told;
    let fields: Vec<String> = fields(view, told)
        .iter()
        .map(|field| format!("{}: {} → {}", field["name"], field["before"], field["after"]))
        .map(|text| text.replacen('"', "", 2))
        .collect();
    let (page, _) = paths(view, entry)?;
    Ok(vec![
        entry.seq.to_string(),
        row.change.code().to_owned(),
        entry.kind.name().to_owned(),
        entry.key.clone(),
        about(view, entry)?.text,
        body::text(&entry.body, "status").to_owned(),
        entry.valid_from.to_string(),
        entry.recorded_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        view::reason_code(entry),
        reason_text(entry),
        fields.join("; "),
        entry.source.id.clone(),
        before.as_ref().map(|before| before.seq.to_string()).unwrap_or_default(),
        page.map(|page| format!("{}{page}", view.lang.prefix())).unwrap_or_default(),
    ])
}

/// Title and text of a change in a feed.
pub fn entry_text(view: &View<'_>, told: &Told) -> Result<(String, String)> {
    let line = line(view, told)?;
    let (lang, colon) = (view.lang, [": "; 3]);
    let colon = if lang == register::Lang::En { colon[0] } else { "：" };
    let stop = ["。", "。", ". "][lang.index()];
    let word = words::change(&line.change).2.to(lang);
    let title = format!("{word}{colon}{}", line.about.text);
    let detail: Vec<String> = line.detail.iter().map(|part| part.text.clone()).collect();
    let mut text = detail.join(app::i18n::comma(lang));
    text.push_str(stop);
    let mut add = |sentence: &str| {
        if !sentence.is_empty() {
            text.push_str(sentence);
            if !sentence.ends_with(['。', '.', '！', '？', '!', '?']) {
                text.push_str(stop);
            }
        }
    };
    add(record::event(&line.reason).2.to(lang));
    add(&line.text);
    let nothing = record::NOTHING.to(lang);
    let shown = |value: &str| if value.is_empty() { nothing.to_owned() } else { value.to_owned() };
    for diff in &line.diffs {
        add(&format!("{}{colon}{} → {}", diff.field, shown(&diff.old), shown(&diff.new)));
    }
    add(&fill(words::TRUE_ON.to(lang), &[("d", &line.valid_from)]));
    add(&fill(words::RECORDED_ON.to(lang), &[("d", &line.recorded_at)]));
    if !line.source.is_empty() {
        add(&format!("{}{}", record::SOURCE.to(lang), line.source));
    }
    Ok((title, text.trim_end().to_owned()))
}

/// Path of the page a feed's entry leads to, without language prefix.
pub fn page(view: &View<'_>, entry: &Entry) -> Result<String> {
    let kind = entry.kind.name();
    let listed = || format!("/changes?kind={kind}&key={}&axis=recorded", encoded(&entry.key));
    Ok(paths(view, entry)?.0.unwrap_or_else(listed))
}

/// A value inside a query string.
pub fn encoded(value: &str) -> String {
    form_urlencoded::byte_serialize(value.as_bytes()).collect()
}

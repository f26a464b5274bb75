//! `/enterprises/{uscc}/credit`: every record about an enterprise, in one order of time.

use app::model::{CreditPage, CreditPart, FileLine, Link, Status, StatusOf};
use register::inconsistency::{is_honour, protected_until};
use register::{Entry, Kind, Lang};
use serde_json::{Value, json};

use super::facts::Grant;
use super::supervision::{basis, choice, day, is_published, status, title};
use super::view::{self, View};
use super::{body, findings, join, systems};
use crate::store::Result;
use crate::web::limits;

/// The credit file of an enterprise. `possible` are records that print a name like the enterprise's
/// and no code.
///
/// # Errors
/// When the register cannot be read.
pub fn page(view: &View<'_>, entry: &Entry, possible: &[Entry]) -> Result<CreditPage> {
    let lines = lines(view, &entry.key, possible)?;
    let mut seen = std::collections::BTreeSet::new();
    let mut sources = view.sources([entry])?;
    for line in &lines {
        let (kind, key) = &line.record;
        if seen.len() < 12
            && seen.insert(line.source.clone())
            && let Some(kind) = Kind::from_name(kind)
            && let Some(record) = view.record(kind, key)?
        {
            let mut source = view.source(&record)?;
            // Each line has its own place; of the source itself the title is enough.
            source.locator.clear();
            if !sources.iter().any(|known| known.title == source.title) {
                sources.push(source);
            }
        }
    }
    let name = body::name(&entry.body, view.lang).to_owned();
    Ok(CreditPage {
        meta: view.meta(entry)?,
        enterprise: Link::record(name.clone(), Kind::Enterprise, &entry.key),
        name,
        findings: findings::lines(view, Kind::Enterprise, &entry.key),
        lines,
        sources,
    })
}

/// Every line, newest first.
///
/// # Errors
/// When the register cannot be read.
pub fn lines(view: &View<'_>, key: &str, possible: &[Entry]) -> Result<Vec<FileLine>> {
    let mut lines = Vec::new();
    for (kind, part) in [
        (Kind::Inspection, CreditPart::Inspections),
        (Kind::Penalty, CreditPart::Penalties),
        (Kind::Restriction, CreditPart::Restrictions),
        (Kind::Recall, CreditPart::Recalls),
        (Kind::Notice, CreditPart::Notices),
    ] {
        for record in view.reader.referring(kind, Kind::Enterprise, key, view.at)? {
            if is_published(&record, view.today) {
                lines.push(line(view, part, &record)?);
            }
        }
    }
    let mut listings = view.reader.referring(Kind::Listing, Kind::Enterprise, key, view.at)?;
    let known: std::collections::BTreeSet<u64> = listings.iter().map(|one| one.seq).collect();
    let products = view.reader.referring(Kind::Product, Kind::Enterprise, key, view.at)?;
    for product in products.iter().take(limits::BLOCK_ROWS_MAX) {
        let own = join::listings_of(view.reader, view.at, Kind::Product, &product.key)?;
        listings.extend(own.into_iter().filter(|one| !known.contains(&one.seq)));
    }
    for listing in &listings {
        lines.push(grant(view, listing)?);
    }
    for record in view.reader.referring(Kind::Evaluation, Kind::Enterprise, key, view.at)? {
        if body::subject(&record.body) == ("enterprise", key) {
            lines.push(rating(view, &record)?);
        }
    }
    for standard in view.reader.referring(Kind::Standard, Kind::Enterprise, key, view.at)? {
        lines.push(drafted(view, &standard, key)?);
    }
    for record in possible {
        lines.push(line(view, CreditPart::Possible, record)?);
    }
    lines.sort_by(|a, b| (&b.date, a.part, &a.record).cmp(&(&a.date, b.part, &b.record)));
    Ok(lines)
}

fn new(view: &View<'_>, part: CreditPart, entry: &Entry) -> Result<FileLine> {
    Ok(FileLine {
        part,
        date: day(entry),
        what: Link::record(title(view, entry)?, entry.kind, &entry.key),
        detail: String::new(),
        status: status(entry),
        source: view.source(entry)?.title,
        record: (systems::kind_name(entry.kind), entry.key.clone()),
    })
}

fn joined(view: &View<'_>, parts: Vec<String>) -> String {
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(if view.lang == Lang::En { ", " } else { "，" })
}

fn line(view: &View<'_>, part: CreditPart, entry: &Entry) -> Result<FileLine> {
    use app::i18n::{fill, record as words};
    let b = &entry.body;
    let mut line = new(view, part, entry)?;
    let said = |words: app::i18n::Words, name: &str, value: &str| match value {
        "" => String::new(),
        value => fill(words.to(view.lang), &[(name, value)]),
    };
    let parts = match entry.kind {
        Kind::Inspection => {
            let items = body::objects(b, "items");
            let failed = items.iter().filter(|item| body::text(item, "verdict") == "fail");
            let failed: Vec<&str> = failed.map(|item| body::text(item, "name")).collect();
            let lot = body::text(b, "lot").to_owned();
            let until = protected_until(b).map(|day| day.to_string()).unwrap_or_default();
            let follow_up = match body::text(b, "follow_up") {
                "" | "none" => String::new(),
                _ => choice(view, entry, "follow_up"),
            };
            vec![
                body::text(b, "round").to_owned(),
                choice(view, entry, "level"),
                lot,
                failed.join("、"),
                follow_up,
                body::text(b, "closed_on").to_owned(),
                said(words::PROTECTED, "d", &until),
            ]
        }
        Kind::Penalty => vec![
            body::text(b, "act").to_owned(),
            body::text(b, "content").to_owned(),
            said(words::BASIS, "b", &basis(entry)),
            body::text(b, "authority").to_owned(),
            said(words::PUBLISHED_UNTIL, "d", body::text(b, "publish_until")),
        ],
        Kind::Restriction => {
            let removed = match body::text(b, "removed_on") {
                "" => String::new(),
                day => fill(
                    words::SINCE_UNTIL.to(view.lang),
                    &[("a", body::text(b, "listed_on")), ("b", day)],
                ),
            };
            vec![
                body::text(b, "cause").to_owned(),
                removed,
                said(words::BASIS, "b", &basis(entry)),
                body::text(b, "authority").to_owned(),
                said(words::PUBLISHED_UNTIL, "d", body::text(b, "publish_until")),
            ]
        }
        Kind::Recall => vec![
            body::text(b, "number").to_owned(),
            body::texts(b, "models").join("、"),
            body::text(b, "authority").to_owned(),
        ],
        _ => {
            line.status = Some(view::status(StatusOf::Notice, body::text(b, "type")));
            vec![body::text(b, "issuer").to_owned()]
        }
    };
    line.detail = joined(view, parts);
    Ok(line)
}

fn grant(view: &View<'_>, listing: &Entry) -> Result<FileLine> {
    let b = &listing.body;
    let grant = Grant::of(listing, view.at.as_of);
    let scheme = view.record(Kind::Scheme, &grant.scheme)?;
    let name = scheme.as_ref().map_or("", |scheme| body::text(&scheme.body, "name_zh"));
    let part = if is_honour(name) { CreditPart::Honours } else { CreditPart::Certificates };
    let mut line = new(view, part, listing)?;
    line.what = view.link(Kind::Scheme, &grant.scheme)?;
    if let Some(granted) = grant.granted {
        line.date = granted.to_string();
    }
    let subject = match body::subject(b) {
        ("product", key) => match view.record(Kind::Product, key)? {
            Some(product) => {
                format!("{} {}", view.title(&product), body::text(&product.body, "model"))
            }
            None => String::new(),
        },
        ("standard", key) => key.to_owned(),
        _ => String::new(),
    };
    line.detail = joined(
        view,
        vec![
            subject,
            body::text(b, "certificate_number").to_owned(),
            body::text(b, "issuer").to_owned(),
        ],
    );
    line.status = Some(super::product::listing_status(view, listing));
    Ok(line)
}

fn rating(view: &View<'_>, entry: &Entry) -> Result<FileLine> {
    let b = &entry.body;
    let mut line = new(view, CreditPart::Ratings, entry)?;
    line.what = view.link(Kind::Enterprise, body::text(b, "evaluator"))?;
    line.date = body::text(b, "evaluated_on").to_owned();
    let rating = body::object(b, "rating");
    let of = |name: &str| rating.map_or("", |rating| body::text(rating, name)).to_owned();
    let until = match of("valid_until") {
        day if day.is_empty() => day,
        day => format!("{} {day}", view.words(&["有效至", "有效至", "valid until"])),
    };
    line.detail = joined(view, vec![of("grade"), of("method"), until]);
    line.status = body::maybe(b, "result").map(|code| view::status(StatusOf::Evaluation, code));
    Ok(line)
}

fn drafted(view: &View<'_>, entry: &Entry, key: &str) -> Result<FileLine> {
    let b = &entry.body;
    let mut line = new(view, CreditPart::Standards, entry)?;
    let (link, status) = view.standard(&entry.key)?;
    line.what = link;
    line.status = status;
    let own = body::objects(b, "participants")
        .into_iter()
        .find(|one| body::text(one, "enterprise") == key);
    let joined_on = own.map_or("", |one| body::text(one, "joined_on"));
    let days = [joined_on, body::text(b, "declared_on"), body::text(b, "issued_on")];
    if let Some(day) = days.into_iter().find(|day| !day.is_empty()) {
        day.clone_into(&mut line.date);
    }
    Ok(line)
}

/// The credit file as JSON: the same lines, each with kind and key of its record.
#[must_use]
pub fn as_json(page: &CreditPage, key: &str, view: &View<'_>) -> Value {
    let prefix = view.lang.prefix();
    let lines: Vec<Value> = page
        .lines
        .iter()
        .map(|line| {
            let href = line.what.href.as_ref().map(|href| format!("{prefix}{href}"));
            json!({
                "part": line.part.code(),
                "date": line.date,
                "kind": line.record.0,
                "key": line.record.1,
                "title": line.what.text,
                "detail": line.detail,
                "status": line.status.as_ref().map(|status: &Status| status.code.clone()),
                "source": line.source,
                "page": href,
            })
        })
        .collect();
    let own = app::model::record_path(Kind::Enterprise, key).unwrap_or_default();
    json!({
        "kind": "enterprise",
        "key": key,
        "name": page.name,
        "contested": page.meta.contested.as_ref().map(super::contest::json),
        "total": lines.len(),
        "lines": lines,
        "as_of": view.at.as_of.to_string(),
        "log_size": view.at.known,
        "links": {
            "page": format!("{prefix}{own}/credit"),
            "json": format!("{prefix}{own}/credit.json"),
            "enterprise": format!("{prefix}{own}"),
        },
    })
}

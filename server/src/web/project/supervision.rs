//! `/inspections/{key}`, `/penalties/{key}`, `/restrictions/{key}`, and what these kinds share.

use app::model::{Link, Status, StatusOf, SupervisionPage, list_path};
use chrono::NaiveDate;
use register::inconsistency::protected_until;
use register::{Entry, Kind, Lang};
use search::catalogue::Catalogue;

use super::view::{self, View};
use super::{body, findings};
use crate::store::Result;

/// Whether a record may be shown on a day: a penalty or a presence on an adverse list only until its
/// `publish_until`, everything else always.
pub fn is_published(entry: &Entry, today: NaiveDate) -> bool {
    crate::published::is_published(entry, today)
}

/// How a record of supervision came out, or stands.
pub fn status(entry: &Entry) -> Option<Status> {
    let b = &entry.body;
    let (of, field) = match entry.kind {
        Kind::Inspection => (StatusOf::Inspection, "result"),
        Kind::Penalty => (StatusOf::Penalty, "status"),
        Kind::Restriction => (StatusOf::Restriction, "status"),
        Kind::Recall => (StatusOf::Recall, "status"),
        _ => return None,
    };
    let code = body::maybe(b, field)?;
    let since = body::maybe(b, "removed_on").filter(|_| code == "removed").map(str::to_owned);
    Some(Status { since, ..view::status(of, code) })
}

/// The day a record of supervision speaks of.
pub fn day(entry: &Entry) -> String {
    let fields: &[&str] = match entry.kind {
        Kind::Inspection => &["sampled_on", "announced_on"],
        Kind::Penalty => &["decided_on"],
        Kind::Restriction => &["listed_on"],
        Kind::Recall => &["started_on"],
        Kind::Notice => &["published_on"],
        _ => &[],
    };
    let stated = fields.iter().find_map(|field| body::maybe(&entry.body, field));
    stated.map_or_else(|| entry.valid_from.to_string(), str::to_owned)
}

/// What a record of supervision is called: product and model, decision number, list and firm.
///
/// # Errors
/// When the register cannot be read.
pub fn title(view: &View<'_>, entry: &Entry) -> Result<String> {
    let b = &entry.body;
    Ok(match entry.kind {
        Kind::Inspection => {
            let words = [body::text(b, "product_name"), body::text(b, "model")].join(" ");
            words.trim().to_owned()
        }
        Kind::Restriction => {
            let subject = view.link(Kind::Enterprise, body::text(b, "subject"))?.text;
            let list = choice(view, entry, "list");
            [list, subject].join(if view.lang == Lang::En { ": " } else { "：" })
        }
        _ => view.title(entry),
    })
}

/// The word of an enumerated field.
pub fn choice(view: &View<'_>, entry: &Entry, field: &str) -> String {
    let code = body::text(&entry.body, field);
    let choices = entry.kind.spec().field(field).and_then(|field| field.choices());
    choices.map_or_else(|| code.to_owned(), |choices| view.choice(choices, code))
}

/// The laws a decision rests on, in one line.
pub fn basis(entry: &Entry) -> String {
    let parts: Vec<String> = body::objects(&entry.body, "basis")
        .into_iter()
        .map(|one| format!("{} {}", body::text(one, "law"), body::text(one, "article")))
        .collect();
    parts.join("；")
}

/// The page of a record of supervision.
///
/// # Errors
/// When the register cannot be read.
pub fn page(view: &View<'_>, entry: &Entry) -> Result<SupervisionPage> {
    let b = &entry.body;
    let catalogue = match entry.kind {
        Kind::Penalty => Catalogue::Penalties,
        Kind::Restriction => Catalogue::Restrictions,
        _ => Catalogue::Inspections,
    };
    let heading = app::i18n::list::heading(catalogue).to(view.lang);
    let fields: &[&str] = match entry.kind {
        Kind::Inspection => &[
            "round",
            "level",
            "sample_number",
            "sampled_on",
            "announced_on",
            "brand",
            "lot",
            "production_date",
            "producer",
            "producer_address",
            "sampled_at",
            "standard",
            "tester",
            "report_number",
            "notice",
            "follow_up",
            "closed_on",
            "remark",
        ],
        Kind::Penalty => &[
            "party",
            "act",
            "basis",
            "measure",
            "content",
            "decided_on",
            "publish_until",
            "report_numbers",
        ],
        _ => &[
            "list",
            "subject",
            "cause",
            "basis",
            "decision",
            "listed_on",
            "removed_on",
            "removal_reason",
            "measures",
            "publish_until",
        ],
    };
    Ok(SupervisionPage {
        meta: view.meta(entry)?,
        list: Link::to(heading, list_path(catalogue)),
        title: title(view, entry)?,
        status: status(entry),
        authority: body::text(b, "authority").to_owned(),
        date: day(entry),
        notes: notes(view, entry),
        facts: view.facts(entry, fields)?,
        items: items(view, entry),
        about: about(view, entry)?,
        findings: findings::lines(view, entry.kind, &entry.key),
        history: view.history(entry.kind, &entry.key)?,
        sources: view.sources([entry])?,
    })
}

fn notes(view: &View<'_>, entry: &Entry) -> Vec<String> {
    use app::i18n::{fill, list, record as words};
    let mut notes = Vec::new();
    if let Some(until) = protected_until(&entry.body).filter(|_| entry.kind == Kind::Inspection) {
        notes.push(fill(words::PROTECTED.to(view.lang), &[("d", &until.to_string())]));
    }
    let by_name = body::object(&entry.body, "producer")
        .or_else(|| body::object(&entry.body, "party"))
        .is_some_and(|party| body::maybe(party, "uscc").is_none());
    if by_name {
        notes.push(list::BY_NAME.to(view.lang).to_owned());
    }
    notes
}

fn items(view: &View<'_>, entry: &Entry) -> Vec<[String; 4]> {
    body::objects(&entry.body, "items")
        .into_iter()
        .map(|item| {
            let verdict = body::text(item, "verdict");
            let word = match verdict {
                "" => String::new(),
                code => view.choice(register::kinds::inspection::ITEMS_VERDICT, code),
            };
            let text = |name| body::text(item, name).to_owned();
            [text("name"), text("result"), text("limit"), word]
        })
        .collect()
}

/// The enterprise it names by code, and of an inspection the product of that maker and model.
fn about(view: &View<'_>, entry: &Entry) -> Result<Vec<Link>> {
    let b = &entry.body;
    let of = |name| body::object(b, name).map_or("", |party| body::text(party, "uscc"));
    let firm = match entry.kind {
        Kind::Inspection => of("producer"),
        Kind::Penalty => of("party"),
        _ => body::text(b, "subject"),
    };
    let mut links = Vec::new();
    let Some(record) = view.record(Kind::Enterprise, firm)? else { return Ok(links) };
    links.push(Link::record(view.title(&record), Kind::Enterprise, firm));
    if entry.kind == Kind::Inspection {
        let model = register::id::text::nfkc(body::text(b, "model")).to_uppercase();
        for product in view.reader.referring(Kind::Product, Kind::Enterprise, firm, view.at)? {
            let own = body::text(&product.body, "model");
            if !model.is_empty() && register::id::text::nfkc(own).to_uppercase() == model {
                let name = format!("{} {own}", view.title(&product));
                links.push(Link::record(name, Kind::Product, &product.key));
            }
        }
    }
    Ok(links)
}

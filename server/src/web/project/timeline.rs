//! Lines of time that join several records: a product's grants, everything about an enterprise.

use app::model::{Event, Link};
use register::status::Status;
use register::{Entry, Kind};

use super::body;
use super::facts::Grant;
use super::view::{self, View};
use crate::store::Result;

/// A record of another kind as one event: an inspection, a penalty, a recall, a restriction.
///
/// # Errors
/// When the register cannot be read.
pub fn event(view: &View<'_>, entry: &Entry) -> Result<Event> {
    let b = &entry.body;
    let (code, date, text) = match entry.kind {
        Kind::Inspection => {
            let result = body::text(b, "result");
            let code = match result {
                "pass" => "inspection_pass",
                "fail" => "inspection_fail",
                other => other,
            };
            let name = [body::text(b, "product_name"), body::text(b, "model")].join(" ");
            (code.to_owned(), body::text(b, "sampled_on"), name.trim().to_owned())
        }
        Kind::Penalty => {
            ("penalty".to_owned(), body::text(b, "decided_on"), body::text(b, "act").to_owned())
        }
        Kind::Restriction => (
            "restriction".to_owned(),
            body::text(b, "listed_on"),
            body::text(b, "cause").to_owned(),
        ),
        Kind::Recall => (
            "recall".to_owned(),
            body::text(b, "started_on"),
            body::text(b, "product_name").to_owned(),
        ),
        _ => (view::reason_code(entry), "", entry.reason.told().unwrap_or_default().to_owned()),
    };
    let about = match entry.kind {
        Kind::Recall | Kind::Notice => {
            Some(Link::record(view.title(entry), entry.kind, &entry.key))
        }
        _ => None,
    };
    Ok(Event {
        code,
        date: if date.is_empty() { entry.valid_from.to_string() } else { date.to_owned() },
        text,
        about,
        seq: Some(entry.seq),
        recorded_at: view::beijing(entry.recorded_at),
        diffs: Vec::new(),
        source: view.source(entry)?.title,
    })
}

/// The day a grant ran out, computed: it is never an entry.
pub fn expiry(view: &View<'_>, listing: &Entry, about: Option<Link>) -> Option<Event> {
    let grant = Grant::of(listing, view.at.as_of);
    let until = grant.until.filter(|_| grant.status == Status::Expired)?;
    Some(Event {
        code: "expired".to_owned(),
        date: until.succ_opt().unwrap_or(until).to_string(),
        about,
        ..Event::default()
    })
}

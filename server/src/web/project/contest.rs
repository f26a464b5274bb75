//! That a record is contested: what its page and its JSON say of it.

use app::model::{Contested, Link};
use register::{Entry, Kind};
use serde_json::{Value, json};

use super::view::{self, View};
use crate::behind::Behind;

/// What the record's page says; none: it is not contested.
pub fn of(entry: &Entry) -> Option<Contested> {
    if !entry.is_contested() {
        return None;
    }
    let words = entry.reason.told().unwrap_or_default().to_owned();
    Some(match &entry.reason.case {
        // A mark of the office has the day of the version it is about; it was made when it was recorded.
        Some(case) => Contested {
            since: view::day(entry.recorded_at).to_string(),
            case: case.number.clone(),
            what: case.what.clone(),
            basis: case.basis.clone(),
            due: case.due_on.map(|day| day.to_string()).unwrap_or_default(),
            words,
            about: None,
        },
        None => Contested { since: entry.valid_from.to_string(), words, ..Contested::default() },
    })
}

/// What the page of a code says of the records it names.
pub fn behind(view: &View<'_>, behind: &Behind) -> Vec<Contested> {
    behind
        .named()
        .filter_map(|entry| {
            let about = match entry.kind {
                // The page is the code's own.
                Kind::Code => Link::plain(Kind::Code.label(view.lang)),
                kind => match view.link(kind, &entry.key) {
                    Ok(link) => link,
                    Err(_) => Link::plain(kind.label(view.lang)),
                },
            };
            of(entry).map(|mark| Contested { about: Some(about), ..mark })
        })
        .collect()
}

/// The field `contested` of a record's JSON.
pub fn json(of: &Contested) -> Value {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let mut value = json!({
        "since": of.since,
        "case": text(&of.case),
        "what": text(&of.what),
        "basis": text(&of.basis),
        "due_on": text(&of.due),
        "text": text(&of.words),
    });
    if let Some(about) = &of.about {
        value["about"] = json!({ "title": about.text, "page": about.href });
    }
    value
}

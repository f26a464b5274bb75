//! What a status looks like and which date goes with it; on the server and in the browser.

use crate::i18n::{Words, record as words};
use crate::model::{Status, StatusOf};

/// Class (tone), icon and word of a status.
#[must_use]
pub fn shape(of: StatusOf, code: &str) -> (&'static str, &'static str, Words) {
    words::status(of, code)
}

/// The date that goes with a status: until when it holds, or since when it does not.
#[must_use]
pub fn day_of(status: &Status) -> Option<(Words, &str)> {
    let (word, day) = match (status.of, status.code.as_str()) {
        (StatusOf::Listing, "expired") => (words::ENDED_ON, status.until.as_ref()),
        (StatusOf::Listing, "withdrawn") => (words::WITHDRAWN_ON, status.since.as_ref()),
        (StatusOf::Listing, "cancelled") => (words::CANCELLED_ON, status.since.as_ref()),
        (StatusOf::Listing, "exited") => (words::EXITED_ON, status.since.as_ref()),
        (StatusOf::Listing, "replaced") => (words::REPLACED_ON, status.since.as_ref()),
        (StatusOf::Listing, "suspended") if status.until.is_none() => {
            (words::SUSPENDED_ON, status.since.as_ref())
        }
        _ => match &status.until {
            Some(day) => (words::UNTIL, Some(day)),
            None => (words::SINCE, status.since.as_ref()),
        },
    };
    day.filter(|day| !day.is_empty()).map(|day| (word, day.as_str()))
}

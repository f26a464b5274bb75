//! What a listing's status is on a day, and which of a product's listings decides.

use chrono::NaiveDate;

use crate::kinds::rules::{day, text};
use crate::{Body, Lang};

/// A listing's status as computed for a day, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are the vocabulary itself")]
pub enum Status {
    Valid,
    Suspended,
    Expired,
    Withdrawn,
    Cancelled,
    Exited,
    Replaced,
    None,
}

impl Status {
    /// All, best first.
    pub const ALL: [Status; 8] = [
        Status::Valid,
        Status::Suspended,
        Status::Expired,
        Status::Withdrawn,
        Status::Cancelled,
        Status::Exited,
        Status::Replaced,
        Status::None,
    ];

    /// The code in URLs and JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        ["valid", "suspended", "expired", "withdrawn", "cancelled", "exited", "replaced", "none"]
            [self as usize]
    }

    /// The status of that code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.code() == code)
    }

    /// The words in simplified Chinese, traditional Chinese and English. Four ways of ending have four words.
    #[must_use]
    pub const fn label(self) -> [&'static str; 3] {
        match self {
            Status::Valid => ["有效", "有效", "Valid"],
            Status::Suspended => ["暂停", "暫停", "Suspended"],
            Status::Expired => ["过期", "過期", "Expired"],
            Status::Withdrawn => ["撤销", "撤銷", "Withdrawn"],
            Status::Cancelled => ["注销", "註銷", "Cancelled"],
            Status::Exited => ["退出", "退出", "Exited"],
            Status::Replaced => ["换证", "換證", "Replaced"],
            Status::None => ["无登记", "無登記", "Not listed"],
        }
    }

    /// The word in one language.
    #[must_use]
    pub fn word(self, lang: Lang) -> &'static str {
        lang.of(&self.label())
    }

    /// The icon and colour: `ok`, `warn`, `bad`, `off` or `unk`. Never shown without the word.
    #[must_use]
    pub const fn icon(self) -> &'static str {
        match self {
            Status::Valid => "ok",
            Status::Suspended => "warn",
            Status::Withdrawn => "bad",
            Status::Expired | Status::Cancelled | Status::Exited | Status::Replaced => "off",
            Status::None => "unk",
        }
    }
}

/// A listing's status on a day. `expired` is never stored: it is a valid or suspended listing past
/// its `valid_until`.
#[must_use]
pub fn computed(listing: &Body, as_of: NaiveDate) -> Status {
    let stored = text(listing, "status").and_then(Status::from_code).unwrap_or(Status::None);
    of(stored, day(listing, "valid_until").is_some_and(|until| as_of > until))
}

/// The status of a listing whose stored status is this, `over`: its last day is past.
#[must_use]
pub const fn of(stored: Status, over: bool) -> Status {
    match stored {
        Status::Valid | Status::Suspended if over => Status::Expired,
        stored => stored,
    }
}

/// The listing that decides a product's status: the best one, of equals the one granted last.
#[must_use]
pub fn deciding<'b>(
    listings: impl IntoIterator<Item = &'b Body>,
    as_of: NaiveDate,
) -> Option<(&'b Body, Status)> {
    let rated = listings.into_iter().map(|listing| (listing, computed(listing, as_of)));
    rated.min_by_key(|(listing, status)| (*status, std::cmp::Reverse(day(listing, "granted_on"))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn listing(status: &str, granted: &str, until: &str) -> Body {
        let value = json!({ "status": status, "granted_on": granted, "valid_until": until });
        value.as_object().cloned().unwrap()
    }

    fn on(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_listing_expires_the_day_after_its_last_and_only_while_it_runs() {
        let running = listing("valid", "2023-06-30", "2026-06-30");
        assert_eq!(computed(&running, on("2026-06-30")), Status::Valid);
        assert_eq!(computed(&running, on("2026-07-01")), Status::Expired);
        assert_eq!(
            computed(&listing("suspended", "2023-06-30", "2026-06-30"), on("2026-07-01")),
            Status::Expired
        );
        assert_eq!(
            computed(&listing("withdrawn", "2023-06-30", "2026-06-30"), on("2026-07-01")),
            Status::Withdrawn
        );
        assert_eq!(computed(&Body::new(), on("2026-07-01")), Status::None);
    }

    #[test]
    fn the_best_listing_decides_and_of_equals_the_latest() {
        let day = on("2025-01-01");
        let old = listing("valid", "2020-01-01", "2030-01-01");
        let new = listing("valid", "2024-01-01", "2030-01-01");
        let gone = listing("withdrawn", "2024-06-01", "2030-01-01");
        assert_eq!(deciding([&old, &gone, &new], day), Some((&new, Status::Valid)));
        assert_eq!(deciding([&gone], day).map(|d| d.1), Some(Status::Withdrawn));
        assert_eq!(deciding([], day), None);
    }

    #[test]
    fn every_status_has_a_code_words_and_an_icon() {
        for status in Status::ALL {
            assert_eq!(Status::from_code(status.code()), Some(status));
            for lang in Lang::ALL {
                assert!(!status.word(lang).is_empty());
            }
            assert!(["ok", "warn", "bad", "off", "unk"].contains(&status.icon()));
        }
    }
}

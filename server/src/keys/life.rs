//! A key's life as entries: in force, retired, revoked.

use chrono::NaiveDate;
use register::signature::{KeyRecord, PublicKey};
use register::{Body, Draft, Kind, Locator, Reason, ReasonCode, SourceRef};
use serde_json::json;

/// Who holds the key that signs the log.
pub const LOG_HOLDER: &str = "本登记簿（日志签名）";

/// The entry that puts a key into force.
#[must_use]
pub fn first_draft(public: &PublicKey, source: &str, holder: &str, day: NaiveDate) -> Draft {
    let body = json!({
        "algorithm": public.algorithm().code(),
        "public_key": public.to_record(),
        "holder": holder,
        "valid_from": day,
        "status": "active",
    });
    Draft {
        valid_from: day,
        kind: Kind::Key,
        key: public.id().to_string(),
        reason: Reason::from(ReasonCode::Listed),
        source: SourceRef { id: source.to_owned(), locator: Locator::default() },
        // The literal above is an object.
        body: body.as_object().cloned().unwrap_or_default(),
    }
}

/// How a key's life ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// In order: what it signed until that day stays good.
    Retired,
    /// It may be in other hands: what it signed from that day on is worth nothing.
    Revoked,
}

/// The entry that ends a key's life on `day`, from its present body.
#[must_use]
pub fn end_draft(
    id: &str,
    body: &Body,
    end: End,
    why: &str,
    source: &str,
    day: NaiveDate,
) -> Draft {
    let mut body = body.clone();
    let (status, code) = match end {
        End::Retired => ("retired", ReasonCode::Cancelled),
        End::Revoked => ("revoked", ReasonCode::Withdrawn),
    };
    body.insert("status".to_owned(), json!(status));
    body.insert("reason".to_owned(), json!(why));
    // A key that was retired before keeps the day on which it last signed.
    body.entry("valid_to").or_insert_with(|| json!(day));
    Draft {
        valid_from: day,
        kind: Kind::Key,
        key: id.to_owned(),
        reason: Reason::said(code, Some(why.to_owned())),
        source: SourceRef { id: source.to_owned(), locator: Locator::default() },
        body,
    }
}

/// Reads a `key` entry as a record to judge signatures by; nothing where it is none.
#[must_use]
pub fn record_of(entry: &register::Entry) -> Option<KeyRecord> {
    KeyRecord::from_body(&entry.key, &entry.body, entry.valid_from).ok()
}

//! A signed statement of what the register held about a product or an enterprise on a day, as known at a log size.
//!
//! The statement is one JSON object. It carries the entries it rests on with their proofs, and everything it claims is
//! worked out from them by [`claims`]: whoever verifies one works it out again. The signature is over the canonical form
//! (RFC 8785) of the object without its member `signature`, behind the line [`CONTEXT`].

use std::collections::BTreeMap;

use base64ct::{Base64, Encoding};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde_json::{Map, Value, json};

use crate::canonical::{CanonicalError, canonical_json, parse_entry};
use crate::evidence::{self, Proven};
use crate::kinds::rules::text;
use crate::note::NoteKey;
use crate::record::select;
use crate::signature::{
    Algorithm, KeyId, KeyRecord, PublicKey, SignError, SignatureBytes, Signer, Standing, Verifier,
};
use crate::status::{Status, computed};
use crate::{Body, Entry, Kind};

/// What stands before the canonical form in the bytes that are signed, so that no signature of another use fits.
pub const CONTEXT: &str = "liangbiao-state-1\n";

/// Most listings a statement names, so that it prints on one sheet of A4; what is beyond is counted.
pub const LISTINGS_MAX: usize = 12;

/// Whom and when a statement is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// A product or an enterprise.
    pub kind: Kind,
    /// Its key.
    pub key: String,
    /// The day.
    pub as_of: NaiveDate,
    /// The log size.
    pub known: u64,
    /// Path of the page, with both times.
    pub link: String,
    /// Listings on record that the statement does not name.
    pub left_out: u64,
}

/// Why a statement is not to be believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StateError {
    /// No JSON of this form.
    #[error("this is no statement: {0}")]
    Shape(&'static str),
    /// The checkpoint is not signed by the log's key, or is of another size.
    #[error("the checkpoint does not hold")]
    Checkpoint,
    /// An entry is not in the log of the checkpoint.
    #[error("entry {0} is not in the log of the checkpoint")]
    Entry(u64),
    /// What it claims does not follow from its entries.
    #[error("{0:?} does not follow from the entries")]
    Claim(String),
    /// It has no signature.
    #[error("it is not signed")]
    Unsigned,
    /// The signature is not that of its bytes.
    #[error("the signature does not hold: the text was changed, or another key signed it")]
    Signature,
    /// The key is not among those given.
    #[error("the key {0} is not among the keys given")]
    UnknownKey(KeyId),
    /// The key was not in force on the day the statement is dated.
    #[error("the key {0} was not in force on the day the statement is dated")]
    NotInForce(KeyId),
}

type Result<T> = std::result::Result<T, StateError>;

/// Whether a listing is one a statement about this record names.
#[must_use]
pub fn concerns(kind: Kind, key: &str, listing: &Body) -> bool {
    let named = |path| text(listing, path).unwrap_or_default();
    let is_subject = named("subject.kind") == kind.name() && named("subject.key") == key;
    is_subject || (kind == Kind::Enterprise && text(listing, "holder") == Some(key))
}

/// The order of the listings in a statement: best status, then latest grant, then key.
#[must_use]
pub fn order(listing: &Entry, as_of: NaiveDate) -> impl Ord + use<> {
    let granted = text(&listing.body, "granted_on").unwrap_or_default().to_owned();
    (computed(&listing.body, as_of), std::cmp::Reverse(granted), listing.key.clone())
}

/// What follows from entries about somebody: all members of a statement but those of its proof.
///
/// # Errors
/// [`StateError::Shape`] where the record itself or the log's last entry is missing.
pub fn claims(about: &About, entries: &[Entry]) -> Result<Value> {
    let About { kind, key, as_of, known, .. } = about;
    let of = |kind: Kind, key: &str| {
        select(entries.iter().filter(|e| e.kind == kind && e.key == key), *as_of, *known)
    };
    let record = of(*kind, key).ok_or(StateError::Shape("the record is missing"))?;
    let last = entries.iter().find(|e| Some(e.seq) == known.checked_sub(1));
    let known_at = last.ok_or(StateError::Shape("the log's last entry is missing"))?.recorded_at;
    let mut listings: BTreeMap<&str, &Entry> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| entry.kind == Kind::Listing) {
        if let Some(listing) = of(Kind::Listing, &entry.key)
            && concerns(*kind, key, &listing.body)
        {
            listings.insert(&listing.key, listing);
        }
    }
    let mut listings: Vec<&Entry> = listings.into_values().collect();
    listings.sort_by_cached_key(|listing| order(listing, *as_of));
    let source = |entry: &Entry| {
        let record = of(Kind::Source, &entry.source.id);
        let said = |name: &str| record.and_then(|source| source.body.get(name)).cloned();
        json!({
            "id": entry.source.id, "locator": entry.source.locator,
            "title": said("title"), "publisher": said("publisher"), "sample": said("sample"),
        })
    };
    let lines: Vec<Value> = listings
        .iter()
        .map(|listing| {
            let said = |name: &str| listing.body.get(name).cloned();
            json!({
                "seq": listing.seq, "key": listing.key, "valid_from": listing.valid_from,
                "scheme": said("scheme"), "subject": said("subject"),
                "status": computed(&listing.body, *as_of).code(),
                "certificate_number": said("certificate_number"), "granted_on": said("granted_on"),
                "valid_until": said("valid_until"), "issuer": said("issuer"), "source": source(listing),
            })
        })
        .collect();
    let status = match kind {
        Kind::Enterprise => record.body.get("status").cloned().unwrap_or_default(),
        _ => {
            let best = listings.iter().map(|listing| computed(&listing.body, *as_of)).min();
            best.unwrap_or(Status::None).code().into()
        }
    };
    let said = |name: &str| record.body.get(name).cloned();
    Ok(json!({
        "type": CONTEXT.trim_end(),
        "about": {
            "kind": kind.name(), "key": key, "name": said("name_zh"), "name_en": said("name_en"),
            "model": said("model"), "brand": said("brand"), "holder": said("holder"),
            "uscc": said("uscc"), "seq": record.seq, "source": source(record),
        },
        "as_of": as_of, "known": known, "known_at": known_at, "link": about.link,
        "status": status, "listings": lines, "left_out": about.left_out,
    }))
}

/// A statement without a signature: its claims, their entries, the checkpoint and the key of the log.
///
/// # Errors
/// As [`claims`].
pub fn unsigned(about: &About, proven: &[Proven], checkpoint: &str, key: &str) -> Result<Value> {
    let entries = read(proven)?;
    let mut statement = claims(about, &entries)?;
    statement["entries"] = proven.iter().map(Proven::to_value).collect();
    statement["checkpoint"] = checkpoint.into();
    statement["log_key"] = key.into();
    Ok(statement)
}

fn read(proven: &[Proven]) -> Result<Vec<Entry>> {
    proven
        .iter()
        .map(|one| parse_entry(&one.entry).map_err(|_| StateError::Entry(one.seq)))
        .collect()
}

/// The day in China of an instant.
fn china_day(instant: DateTime<Utc>) -> NaiveDate {
    (instant + TimeDelta::hours(8)).date_naive()
}

/// Why a statement could not be signed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignStateError {
    /// The key did not sign.
    #[error(transparent)]
    Sign(#[from] SignError),
    /// The statement has no canonical form.
    #[error(transparent)]
    Canonical(#[from] CanonicalError),
    /// There is no day to date it by.
    #[error("the statement names no time at which the log had its size")]
    Time,
}

/// Signs a statement. It is dated the day the log reached its size, or the first day of the key where that is later:
/// the same statement and key give the same bytes whenever they are asked for.
///
/// # Errors
/// [`SignStateError`].
pub fn sign(
    mut statement: Value,
    key: &KeyRecord,
    signer: &dyn Signer,
) -> std::result::Result<Value, SignStateError> {
    let known_at = statement["known_at"].as_str().and_then(|at| at.parse().ok());
    let day = china_day(known_at.ok_or(SignStateError::Time)?).max(key.valid_from);
    statement["dated"] = json!(day);
    let public = signer.public_key();
    let signature = signer.sign(&message(&statement)?)?;
    statement["signature"] = json!({
        "kid": public.id().to_string(),
        "algorithm": public.algorithm().code(),
        "public_key": public.to_record(),
        "value": Base64::encode_string(&signature),
    });
    Ok(statement)
}

/// The bytes that are signed.
fn message(statement: &Value) -> std::result::Result<Vec<u8>, CanonicalError> {
    let mut plain = statement.as_object().cloned().unwrap_or_default();
    plain.remove("signature");
    Ok(format!("{CONTEXT}{}", canonical_json(&Value::Object(plain))?).into_bytes())
}

/// What verifying found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Whom and when it is about.
    pub about: About,
    /// The key that signed it.
    pub kid: KeyId,
    /// The day it is dated.
    pub dated: NaiveDate,
    /// Whose key it is: one of those given, in force that day, or only what the statement itself says.
    pub key: KeyTrust,
}

/// What is known of the signing key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyTrust {
    /// It is among the keys given and was in force on the day.
    Known,
    /// It is among the keys given, was in force on the day, and was revoked from this later day on. The day of a
    /// statement is its signer's word, so this is worth less.
    RevokedLater(NaiveDate),
    /// No keys were given.
    Unchecked,
}

/// Verifies a statement, without a network: proofs, claims, signature, and, where `keys` are given, whose it is.
/// The log's own key has to be among them too.
///
/// # Errors
/// The first thing that does not hold.
pub fn verify(statement: &Value, keys: Option<&[KeyRecord]>) -> Result<Verified> {
    let about = about(statement).ok_or(StateError::Shape("about, as_of or known"))?;
    let text =
        |name: &str| statement[name].as_str().ok_or(StateError::Shape("checkpoint or log_key"));
    let log_key: NoteKey = text("log_key")?.parse().map_err(|_| StateError::Checkpoint)?;
    let head = evidence::open(text("checkpoint")?, &log_key).map_err(|_| StateError::Checkpoint)?;
    if head.size != about.known {
        return Err(StateError::Checkpoint);
    }
    let listed = statement["entries"].as_array().ok_or(StateError::Shape("entries"))?;
    let mut proven = Vec::with_capacity(listed.len());
    for one in listed {
        let one = Proven::of_value(one).ok_or(StateError::Shape("entries"))?;
        one.check(&head).map_err(|_| StateError::Entry(one.seq))?;
        proven.push(one);
    }
    let claimed = claims(&about, &read(&proven)?)?;
    let proof = ["entries", "checkpoint", "log_key", "dated", "signature"];
    let empty = Map::new();
    let (said, follows) =
        (statement.as_object().unwrap_or(&empty), claimed.as_object().unwrap_or(&empty));
    let other =
        |name: &&String| said.get(*name) != follows.get(*name) && !proof.contains(&name.as_str());
    if let Some(name) = said.keys().chain(follows.keys()).find(other) {
        return Err(StateError::Claim(name.clone()));
    }
    let signature = &statement["signature"];
    if signature.is_null() {
        return Err(StateError::Unsigned);
    }
    let public = public_key(signature).ok_or(StateError::Signature)?;
    let kid = public.id();
    let value = signature["value"].as_str().and_then(|value| Base64::decode_vec(value).ok());
    let value: Option<SignatureBytes> = value.and_then(|bytes| bytes.try_into().ok());
    let message = message(statement).map_err(|_| StateError::Signature)?;
    let holds = value.is_some_and(|value| public.verify(&message, &value).is_ok());
    if !holds || signature["kid"].as_str() != Some(&*kid.to_string()) {
        return Err(StateError::Signature);
    }
    let dated = statement["dated"].as_str().and_then(|day| day.parse().ok());
    let dated: NaiveDate = dated.ok_or(StateError::Shape("dated"))?;
    let Some(keys) = keys else {
        return Ok(Verified { about, kid, dated, key: KeyTrust::Unchecked });
    };
    let known = |key: &PublicKey| keys.iter().find(|known| known.public_key == *key);
    let log = log_key.public_key();
    known(log).ok_or(StateError::UnknownKey(log.id()))?;
    let key = match known(&public).ok_or(StateError::UnknownKey(kid))?.on(dated) {
        Standing::InForce => KeyTrust::Known,
        Standing::RevokedLater(day) => KeyTrust::RevokedLater(day),
        _ => return Err(StateError::NotInForce(kid)),
    };
    Ok(Verified { about, kid, dated, key })
}

fn public_key(signature: &Value) -> Option<PublicKey> {
    let algorithm = Algorithm::from_code(signature["algorithm"].as_str()?)?;
    PublicKey::from_record(algorithm, signature["public_key"].as_str()?).ok()
}

fn about(statement: &Value) -> Option<About> {
    Some(About {
        kind: Kind::from_name(statement["about"]["kind"].as_str()?)?,
        key: statement["about"]["key"].as_str()?.to_owned(),
        as_of: statement["as_of"].as_str()?.parse().ok()?,
        known: statement["known"].as_u64()?,
        link: statement["link"].as_str()?.to_owned(),
        left_out: statement["left_out"].as_u64()?,
    })
}

#[cfg(test)]
mod tests;

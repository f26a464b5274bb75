//! Which key was valid when. A signature is judged by the key that was valid when it was made.

use chrono::NaiveDate;

use super::{Algorithm, KeyId, PublicKey, SignatureBytes};
use crate::Body;
use crate::code::Statement;
use crate::kinds::rules::{day, text};

/// The status of a record of kind `key`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are the vocabulary itself")]
pub enum KeyStatus {
    Pending,
    Active,
    Retired,
    Revoked,
}

impl KeyStatus {
    /// All.
    pub const ALL: [KeyStatus; 4] =
        [KeyStatus::Pending, KeyStatus::Active, KeyStatus::Retired, KeyStatus::Revoked];

    /// The stored value.
    #[must_use]
    pub const fn code(self) -> &'static str {
        ["pending", "active", "retired", "revoked"][self as usize]
    }
}

/// A key and its life, as the log has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRecord {
    /// The key.
    pub public_key: PublicKey,
    /// First day on which it signs.
    pub valid_from: NaiveDate,
    /// Last day on which it signs, where one is set.
    pub valid_to: Option<NaiveDate>,
    /// Its status now.
    pub status: KeyStatus,
    /// The day from which it has this status: `valid_from` of the entry that gave it.
    pub since: NaiveDate,
}

/// Why a record is no usable key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyRecordError {
    /// `algorithm`, `status` or `valid_from` is missing or unknown.
    #[error("algorithm, status or first day of the key is missing or unknown")]
    Fields,
    /// `public_key` is no key of that algorithm.
    #[error("the public key is not one of its algorithm")]
    Key,
    /// The record's key is not the id of its public key.
    #[error("the record's key is not the id derived from its public key")]
    Id,
}

/// How a key stood on the day a signature claims to be of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// It was in force.
    InForce,
    /// It was in force, and was revoked later, from that day on.
    RevokedLater(NaiveDate),
    /// It was not yet in force; its first day, where that is known.
    NotYet(NaiveDate),
    /// It was no longer in force; its last day.
    Over(NaiveDate),
    /// It had been revoked, from that day on.
    Revoked(NaiveDate),
}

impl KeyRecord {
    /// Reads a record of kind `key`: its key, its body, and the day from which its status holds
    /// (`valid_from` of the entry, see [`crate::Entry`]).
    ///
    /// # Errors
    /// A field is missing, or key and id do not belong together.
    pub fn from_body(id: &str, body: &Body, since: NaiveDate) -> Result<KeyRecord, KeyRecordError> {
        let algorithm = text(body, "algorithm").and_then(Algorithm::from_code);
        let code = text(body, "status");
        let status = KeyStatus::ALL.into_iter().find(|status| Some(status.code()) == code);
        let (Some(algorithm), Some(status), Some(valid_from)) =
            (algorithm, status, day(body, "valid_from"))
        else {
            return Err(KeyRecordError::Fields);
        };
        let public_key = text(body, "public_key").ok_or(KeyRecordError::Key)?;
        let public_key =
            PublicKey::from_record(algorithm, public_key).map_err(|_| KeyRecordError::Key)?;
        if KeyId::parse(id) != Some(public_key.id()) {
            return Err(KeyRecordError::Id);
        }
        Ok(KeyRecord { public_key, valid_from, valid_to: day(body, "valid_to"), status, since })
    }

    /// How the key stood on a day. What was signed on the very day of a revocation counts as
    /// signed after it: the day alone cannot tell, and a stolen key is the reason to revoke one.
    #[must_use]
    pub fn on(&self, made: NaiveDate) -> Standing {
        if self.status == KeyStatus::Pending || made < self.valid_from {
            return Standing::NotYet(self.valid_from);
        }
        if self.status == KeyStatus::Revoked && made >= self.since {
            return Standing::Revoked(self.since);
        }
        let retired = (self.status == KeyStatus::Retired).then_some(self.since);
        if let Some(last) = self.valid_to.into_iter().chain(retired).min()
            && made > last
        {
            return Standing::Over(last);
        }
        match self.status {
            KeyStatus::Revoked => Standing::RevokedLater(self.since),
            _ => Standing::InForce,
        }
    }
}

/// What is known of a statement's signature: an input of the verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SignatureState {
    /// It verifies and its key was in force on the day the statement was signed.
    Verified(KeyId),
    /// It verifies; the key was in force then and was revoked later, from that day on. The day in
    /// a statement is its signer's word, so this is worth less.
    RevokedLater(KeyId, NaiveDate),
    /// It verifies, but its key was not in force on the day the statement was signed.
    NotInForce(KeyId, Standing),
    /// No key with the statement's key index verifies it.
    DoesNotVerify,
    /// This view knows no key with the statement's key index.
    UnknownKey(u16),
    /// A key with the statement's key index is known, and this program has no part for its algorithm.
    Unchecked(u16),
}

/// Judges a statement's signature by the keys of the register. The order of the keys is of no
/// consequence; of two keys that share a key index the one that verifies counts.
#[must_use]
pub fn judge<'k>(
    statement: &Statement,
    keys: impl IntoIterator<Item = &'k KeyRecord>,
) -> SignatureState {
    judge_by(statement, keys, PublicKey::holds)
}

/// As [`judge`], for a program that verifies elsewhere: `holds` is asked for each key that has the
/// statement's algorithm and key index, until one does, and answers nothing where it cannot tell.
/// As long as it cannot, no signature is said not to verify.
#[must_use]
pub fn judge_by<'k>(
    statement: &Statement,
    keys: impl IntoIterator<Item = &'k KeyRecord>,
    mut holds: impl FnMut(&PublicKey, &[u8], &SignatureBytes) -> Option<bool>,
) -> SignatureState {
    let named = |key: &&KeyRecord| {
        key.public_key.algorithm() == statement.algorithm()
            && key.public_key.id().index() == statement.key_index()
    };
    let message = statement.signed_bytes();
    let (mut known, mut unchecked) = (false, false);
    for key in keys.into_iter().filter(named) {
        known = true;
        let held = holds(&key.public_key, &message, statement.signature());
        unchecked |= held.is_none();
        if held == Some(true) {
            let id = key.public_key.id();
            return match key.on(statement.issued()) {
                Standing::InForce => SignatureState::Verified(id),
                Standing::RevokedLater(day) => SignatureState::RevokedLater(id, day),
                standing => SignatureState::NotInForce(id, standing),
            };
        }
    }
    if unchecked {
        SignatureState::Unchecked(statement.key_index())
    } else if known {
        SignatureState::DoesNotVerify
    } else {
        SignatureState::UnknownKey(statement.key_index())
    }
}

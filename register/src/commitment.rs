//! Salted commitments: how a value can be deleted while every hash and proof stays as it was.
//!
//! In the hashed form of an entry a removable value is replaced by `{"commitment": "…"}`, the
//! SHA-256 of salt and value. Value and salt are kept beside it; deleting both leaves a hash
//! nobody can guess the value from.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::canonical::{CanonicalError, canonical_json};
use crate::id::key::hex;
use crate::kinds::{Kind, Visibility};
use crate::{Body, Entry};

/// A salt: 16 random bytes, made by the caller (this crate has no randomness).
pub type Salt = [u8; 16];

/// Salts by field name.
pub type Salts = BTreeMap<String, Salt>;

/// SHA-256(`liangbiao-commitment-1` ‖ 0x00 ‖ salt ‖ canonical JSON of the value).
///
/// # Errors
/// Those of [`canonical_json`].
pub fn commit(value: &Value, salt: &Salt) -> Result<[u8; 32], CanonicalError> {
    let text = canonical_json(value)?;
    let mut hash = Sha256::new();
    // The prefix keeps a commitment from being taken for any other hash of the portal.
    hash.update(b"liangbiao-commitment-1\0");
    hash.update(salt);
    hash.update(text.as_bytes());
    Ok(hash.finalize().into())
}

/// The names of the fields of this body that are hashed as commitments: those marked removable or
/// shown until a day only, and the name of a sole trader (code starting 92), who is a natural person.
#[must_use]
pub fn committed_fields(kind: Kind, key: &str, body: &Body) -> Vec<&'static str> {
    let sole_trader = kind == Kind::Enterprise && key.starts_with("92");
    let removable = |visibility| {
        matches!(
            visibility,
            Visibility::Commitment | Visibility::Until | Visibility::CommitmentUntil
        )
    };
    let fields = kind.spec().fields.iter().filter(|f| body.contains_key(f.name));
    fields
        .filter(|f| {
            removable(f.visibility)
                || (sole_trader
                    && matches!(
                        f.name,
                        "name_zh" | "name_hant" | "name_en" | "short_name" | "former_names"
                    ))
        })
        .map(|f| f.name)
        .collect()
}

/// The entry as it is hashed: every committed field that has a salt is its commitment. A field
/// that already is a commitment (its value was deleted) stays as it is, so the hash does too.
///
/// # Errors
/// Those of [`commit`].
pub fn hashed_form(entry: &Entry, salts: &Salts) -> Result<Entry, CanonicalError> {
    let mut hashed = entry.clone();
    for name in committed_fields(entry.kind, &entry.key, &entry.body) {
        if let (Some(value), Some(salt)) = (entry.body.get(name), salts.get(name))
            && !is_commitment(value)
        {
            hashed
                .body
                .insert(name.to_owned(), json!({ "commitment": hex(&commit(value, salt)?) }));
        }
    }
    Ok(hashed)
}

/// Whether a value is a commitment whose value was deleted.
#[must_use]
pub fn is_commitment(value: &Value) -> bool {
    value.as_object().is_some_and(|object| object.len() == 1 && object.contains_key("commitment"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canonical::entry_hash;
    use crate::{Draft, ReasonCode, SourceRef};

    fn enterprise(key: &str) -> Entry {
        let body = json!({ "name_zh": "示例商店", "legal_representative": "示例人甲", "status": "active" });
        let source = SourceRef { id: "list".to_owned(), locator: Default::default() };
        let draft = Draft {
            valid_from: "2024-01-01".parse().unwrap(),
            kind: Kind::Enterprise,
            key: key.to_owned(),
            reason: ReasonCode::Listed.into(),
            source,
            body: body.as_object().cloned().unwrap(),
        };
        draft.at(0, "2024-01-02T00:00:00Z".parse().unwrap())
    }

    #[test]
    fn a_sole_traders_name_is_a_persons_name() {
        let trader = enterprise("92440606MA4X00000A");
        assert_eq!(
            committed_fields(trader.kind, &trader.key, &trader.body),
            ["name_zh", "legal_representative"]
        );
        let firm = enterprise("91350100M000100Y43");
        assert_eq!(committed_fields(firm.kind, &firm.key, &firm.body), ["legal_representative"]);
    }

    #[test]
    fn deleting_the_value_leaves_the_hash_and_hides_the_value() {
        let entry = enterprise("91350100M000100Y43");
        let salts = Salts::from([("legal_representative".to_owned(), [7; 16])]);
        let hashed = hashed_form(&entry, &salts).unwrap();
        assert!(!serde_json::to_string(&hashed).unwrap().contains("示例人甲"));
        let redacted = hashed.clone();
        assert_eq!(
            entry_hash(&hashed_form(&redacted, &Salts::new()).unwrap()),
            entry_hash(&hashed)
        );
        let other = Salts::from([("legal_representative".to_owned(), [8; 16])]);
        assert_ne!(entry_hash(&hashed_form(&entry, &other).unwrap()), entry_hash(&hashed));
    }
}

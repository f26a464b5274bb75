//! Keys with their life as a JSON Web Key Set, so that whoever holds the set can judge a signature without a network.

use base64ct::{Base64UrlUnpadded, Encoding};
use chrono::NaiveDate;
use serde_json::Value;

use super::{Algorithm, KeyRecord, KeyStatus, PublicKey, jwk};

/// A key as a JSON Web Key with its life: `status`, `status_since`, `valid_from` and, where set, `valid_to`. Members
/// a reader does not know are passed over (RFC 7517, section 4).
#[must_use]
pub fn jwk_with_life(key: &KeyRecord) -> Value {
    let mut value = jwk(&key.public_key);
    value["status"] = key.status.code().into();
    value["status_since"] = key.since.to_string().into();
    value["valid_from"] = key.valid_from.to_string().into();
    if let Some(last) = key.valid_to {
        value["valid_to"] = last.to_string().into();
    }
    value
}

/// Reads a set of such keys. A key of another kind, or without its life, is passed over: nothing is verified by it.
#[must_use]
pub fn keys_of_set(set: &Value) -> Vec<KeyRecord> {
    set["keys"].as_array().into_iter().flatten().filter_map(key_of).collect()
}

fn key_of(value: &Value) -> Option<KeyRecord> {
    let text = |name: &str| value[name].as_str();
    let bytes = |name: &str| Base64UrlUnpadded::decode_vec(text(name)?).ok();
    let day = |name: &str| text(name)?.parse::<NaiveDate>().ok();
    let public_key = match (text("kty")?, text("crv")?) {
        ("OKP", "Ed25519") => PublicKey::from_bytes(Algorithm::Ed25519, &bytes("x")?),
        // 04 ‖ x ‖ y (GB/T 32918.1, point uncompressed).
        ("EC", "SM2") => {
            PublicKey::from_bytes(Algorithm::Sm2, &[vec![4], bytes("x")?, bytes("y")?].concat())
        }
        _ => return None,
    };
    let status = text("status")?;
    Some(KeyRecord {
        public_key: public_key.ok()?,
        valid_from: day("valid_from")?,
        valid_to: day("valid_to"),
        status: KeyStatus::ALL.into_iter().find(|known| known.code() == status)?,
        since: day("status_since")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signature::{SecretKey, Signer};
    use serde_json::json;

    #[test]
    fn a_key_and_its_life_are_read_back_and_nothing_else_is() {
        let algorithms: &[Algorithm] = if cfg!(feature = "sm2") {
            &[Algorithm::Ed25519, Algorithm::Sm2]
        } else {
            &[Algorithm::Ed25519]
        };
        for algorithm in algorithms {
            let secret = SecretKey::from_bytes(*algorithm, &[9; 32]).unwrap();
            for (status, valid_to) in
                KeyStatus::ALL.into_iter().zip([None, Some("2027-01-01"), None, None])
            {
                let key = KeyRecord {
                    public_key: secret.public_key().clone(),
                    valid_from: "2025-01-01".parse().unwrap(),
                    valid_to: valid_to.map(|day| day.parse().unwrap()),
                    status,
                    since: "2026-01-01".parse().unwrap(),
                };
                let mut value = jwk_with_life(&key);
                assert_eq!(keys_of_set(&json!({ "keys": [value, { "kty": "RSA" }] })), [key]);
                value.as_object_mut().unwrap().remove("status");
                assert_eq!(keys_of_set(&json!({ "keys": [value] })), []);
            }
        }
        assert_eq!(keys_of_set(&Value::Null), []);
    }
}

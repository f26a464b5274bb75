//! Key ids and the JSON Web Key form of public keys.

use std::fmt;

use base64ct::{Base64UrlUnpadded, Encoding};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{Algorithm, PublicKey};
use crate::id::key::hex;

/// A key's id: the first 8 bytes of its JWK thumbprint (RFC 7638 with SHA-256), as 16 hex digits.
/// Whoever has the key can derive it, so no list is needed to know which key a `kid` means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyId([u8; 8]);

impl KeyId {
    pub(super) fn of(key: &PublicKey) -> KeyId {
        // RFC 7638, 3.3: the required members only, in lexicographic order, without white space. None
        // of them needs escaping, so no JSON writer is needed, which the browser would have to fetch.
        let members: Vec<String> = required_members(key)
            .iter()
            .map(|(name, text)| format!("\"{name}\":\"{text}\""))
            .collect();
        let thumbprint = Sha256::digest(format!("{{{}}}", members.join(",")));
        let mut id = [0; 8];
        id.copy_from_slice(&thumbprint[..8]);
        KeyId(id)
    }

    /// Reads 16 hex digits in small letters.
    #[must_use]
    pub fn parse(text: &str) -> Option<KeyId> {
        let small = text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if text.len() != 16 || !small {
            return None;
        }
        u64::from_str_radix(text, 16).ok().map(|number| KeyId(number.to_be_bytes()))
    }

    /// The first 16 bits, which a signed statement names its key by.
    #[must_use]
    pub const fn index(self) -> u16 {
        u16::from_be_bytes([self.0[0], self.0[1]])
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

/// Names and values of the members RFC 7638 requires, in lexicographic order.
fn required_members(key: &PublicKey) -> Vec<(&'static str, String)> {
    let text = |bytes: &[u8]| Base64UrlUnpadded::encode_string(bytes);
    let named = |crv: &str, kty: &str| vec![("crv", crv.to_owned()), ("kty", kty.to_owned())];
    match (key.algorithm(), key.as_bytes()) {
        (Algorithm::Ed25519, x) => {
            let mut members = named("Ed25519", "OKP");
            members.push(("x", text(x)));
            members
        }
        // 04 ‖ x ‖ y, 32 bytes each.
        (Algorithm::Sm2, point) => {
            let mut members = named("SM2", "EC");
            members.extend([("x", text(&point[1..33])), ("y", text(&point[33..]))]);
            members
        }
    }
}

/// A public key as a JSON Web Key (RFC 7517): `OKP` with `Ed25519` (RFC 8037), or `EC` with `SM2`.
///
/// The curve name `SM2` is not in IANA's registry of JSON Web Key elliptic curves; other programs
/// pass over such a key (RFC 7517, 5). For the same reason it carries no `alg`.
#[must_use]
pub fn jwk(key: &PublicKey) -> Value {
    let required = required_members(key).into_iter();
    let mut members: Value =
        required.map(|(name, text)| (name.to_owned(), Value::from(text))).collect();
    members["kid"] = key.id().to_string().into();
    members["use"] = "sig".into();
    if key.algorithm() == Algorithm::Ed25519 {
        members["alg"] = "EdDSA".into();
    }
    members
}

/// A JSON Web Key Set (RFC 7517, 5).
#[must_use]
pub fn jwks<'k>(keys: impl IntoIterator<Item = &'k PublicKey>) -> Value {
    json!({ "keys": keys.into_iter().map(jwk).collect::<Vec<Value>>() })
}

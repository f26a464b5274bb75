//! Public keys and verifying with them.

use base64ct::{Base64, Encoding};
use sm2::dsa::signature::Verifier as _;
use sm2::elliptic_curve::sec1::ToSec1Point;

use super::{Algorithm, BadKey, BadSignature, KeyId, SM2_ID, SignatureBytes, Verifier};

/// Algorithm byte of Ed25519 before the key in a verifier key of signed notes (C2SP signed-note).
const NOTE_ED25519: u8 = 1;

/// A public key that was checked to be a point of its curve and no weak one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PublicKey {
    algorithm: Algorithm,
    bytes: Vec<u8>,
}

impl PublicKey {
    /// Reads a key: 32 bytes for Ed25519; a point of SEC 1, 2.3.3, for SM2 (65 bytes, or 33
    /// compressed).
    ///
    /// # Errors
    /// The bytes are no key, or a weak one, with which almost any signature would verify.
    pub fn from_bytes(algorithm: Algorithm, bytes: &[u8]) -> Result<PublicKey, BadKey> {
        let bytes = match algorithm {
            Algorithm::Ed25519 => {
                let key = ed25519(bytes).ok_or(BadKey)?;
                if key.is_weak() {
                    return Err(BadKey);
                }
                key.to_bytes().to_vec()
            }
            Algorithm::Sm2 => {
                let key = sm2::PublicKey::from_sec1_bytes(bytes).map_err(|_| BadKey)?;
                key.to_sec1_point(false).as_bytes().to_vec()
            }
        };
        Ok(PublicKey { algorithm, bytes })
    }

    /// Reads the field `public_key` of a record: base64 of the key, for Ed25519 also with the
    /// algorithm byte of a signed note's verifier key before it.
    ///
    /// # Errors
    /// As [`PublicKey::from_bytes`].
    pub fn from_record(algorithm: Algorithm, text: &str) -> Result<PublicKey, BadKey> {
        let bytes = Base64::decode_vec(text).map_err(|_| BadKey)?;
        match (algorithm, bytes.as_slice()) {
            (Algorithm::Ed25519, [NOTE_ED25519, key @ ..]) if key.len() == 32 => {
                PublicKey::from_bytes(algorithm, key)
            }
            (_, key) => PublicKey::from_bytes(algorithm, key),
        }
    }

    /// The field `public_key` of a record: base64 of the note's algorithm byte and the key
    /// (Ed25519), or of the uncompressed point (SM2).
    #[must_use]
    pub fn to_record(&self) -> String {
        match self.algorithm {
            Algorithm::Ed25519 => {
                Base64::encode_string(&[&[NOTE_ED25519][..], &self.bytes].concat())
            }
            Algorithm::Sm2 => Base64::encode_string(&self.bytes),
        }
    }

    /// The algorithm.
    #[must_use]
    pub const fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// 32 bytes (Ed25519), or 65 bytes `04 ‖ x ‖ y` (SM2).
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The key's id, derived from the key alone.
    #[must_use]
    pub fn id(&self) -> KeyId {
        KeyId::of(self)
    }
}

fn ed25519(bytes: &[u8]) -> Option<ed25519_dalek::VerifyingKey> {
    ed25519_dalek::VerifyingKey::from_bytes(bytes.try_into().ok()?).ok()
}

impl Verifier for PublicKey {
    fn verify(&self, message: &[u8], signature: &SignatureBytes) -> Result<(), BadSignature> {
        match self.algorithm {
            // Strict (RFC 8032, 5.1.7, without cofactor, no weak points): every verifier must come
            // to the same answer, the browser's too.
            Algorithm::Ed25519 => ed25519(&self.bytes)
                .ok_or(BadSignature)?
                .verify_strict(message, &ed25519_dalek::Signature::from_bytes(signature))
                .map_err(|_| BadSignature),
            Algorithm::Sm2 => {
                let key = sm2::dsa::VerifyingKey::from_sec1_bytes(SM2_ID, &self.bytes)
                    .map_err(|_| BadSignature)?;
                let signature =
                    sm2::dsa::Signature::from_slice(signature).map_err(|_| BadSignature)?;
                key.verify(message, &signature).map_err(|_| BadSignature)
            }
        }
    }
}

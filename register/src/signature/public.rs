//! Public keys and verifying with them.

use base64ct::{Base64, Encoding};
#[cfg(feature = "sm2")]
use sm2::dsa::signature::Verifier as _;
#[cfg(feature = "sm2")]
use sm2::elliptic_curve::sec1::ToSec1Point;

use super::{Algorithm, BadKey, BadSignature, KeyId, SignatureBytes, Verifier};

/// Algorithm byte of Ed25519 before the key in a verifier key of signed notes (C2SP signed-note).
const NOTE_ED25519: u8 = 1;

/// A public key that was checked to be a point of its curve and no weak one.
///
/// Without the feature `sm2` a key of SM2 is only checked to have the form of a point.
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
            Algorithm::Sm2 => sm2_point(bytes).ok_or(BadKey)?,
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

/// The point, uncompressed.
#[cfg(feature = "sm2")]
fn sm2_point(bytes: &[u8]) -> Option<Vec<u8>> {
    let key = sm2::PublicKey::from_sec1_bytes(bytes).ok()?;
    Some(key.to_sec1_point(false).as_bytes().to_vec())
}

/// What has the form of an uncompressed point (SEC 1, 2.3.3). Whether it lies on the curve is seen by
/// whoever verifies with it.
#[cfg(not(feature = "sm2"))]
fn sm2_point(bytes: &[u8]) -> Option<Vec<u8>> {
    (bytes.len() == 65 && bytes[0] == 4).then(|| bytes.to_vec())
}

#[cfg(feature = "sm2")]
fn sm2_holds(key: &[u8], message: &[u8], signature: &SignatureBytes) -> Option<bool> {
    let Ok(key) = sm2::dsa::VerifyingKey::from_sec1_bytes(super::SM2_ID, key) else {
        return Some(false);
    };
    let Ok(signature) = sm2::dsa::Signature::from_slice(signature) else { return Some(false) };
    Some(key.verify(message, &signature).is_ok())
}

#[cfg(not(feature = "sm2"))]
const fn sm2_holds(_: &[u8], _: &[u8], _: &SignatureBytes) -> Option<bool> {
    None
}

impl PublicKey {
    /// Whether a signature over a message is this key's; nothing where this program was built
    /// without the key's algorithm (feature `sm2`) and cannot tell.
    #[must_use]
    pub fn holds(&self, message: &[u8], signature: &SignatureBytes) -> Option<bool> {
        match self.algorithm {
            // Strict (RFC 8032, 5.1.7, without cofactor, no weak points): every verifier must come
            // to the same answer, the browser's too.
            Algorithm::Ed25519 => Some(ed25519(&self.bytes).is_some_and(|key| {
                let signature = ed25519_dalek::Signature::from_bytes(signature);
                key.verify_strict(message, &signature).is_ok()
            })),
            Algorithm::Sm2 => sm2_holds(&self.bytes, message, signature),
        }
    }
}

impl Verifier for PublicKey {
    fn verify(&self, message: &[u8], signature: &SignatureBytes) -> Result<(), BadSignature> {
        // What cannot be told is not believed here; who has to tell the two apart asks `holds`.
        if self.holds(message, signature) == Some(true) { Ok(()) } else { Err(BadSignature) }
    }
}

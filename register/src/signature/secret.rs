//! Secret keys in memory.

use std::fmt;

use ed25519_dalek::Signer as _;
use sm2::elliptic_curve::sec1::ToSec1Point;

use super::{Algorithm, BadKey, PublicKey, SM2_ID, SignError, SignatureBytes, Signer};

/// A secret key in memory. Both algorithms derive their nonce from key and message (RFC 8032;
/// RFC 6979 with SM3), so signing needs no randomness and signs the same message alike.
pub struct SecretKey {
    inner: Inner,
    public: PublicKey,
}

enum Inner {
    Ed25519(Box<ed25519_dalek::SigningKey>),
    Sm2(Box<sm2::dsa::SigningKey>),
}

impl SecretKey {
    /// A key of 32 random bytes the caller drew: the seed of Ed25519 (RFC 8032, 5.1.5), or the
    /// number d of SM2, big-endian.
    ///
    /// # Errors
    /// The number is 0 or not below n − 1, which SM2 excludes (GB/T 32918.1-2016, 6.1). Random
    /// bytes are such with a probability of about 2⁻³²: draw again.
    pub fn from_bytes(algorithm: Algorithm, bytes: &[u8; 32]) -> Result<SecretKey, BadKey> {
        let (inner, public) = match algorithm {
            Algorithm::Ed25519 => {
                let key = ed25519_dalek::SigningKey::from_bytes(bytes);
                let public = key.verifying_key().to_bytes().to_vec();
                (Inner::Ed25519(Box::new(key)), public)
            }
            Algorithm::Sm2 => {
                let secret = sm2::SecretKey::from_slice(bytes).map_err(|_| BadKey)?;
                if is_largest(bytes) {
                    return Err(BadKey);
                }
                let public = secret.public_key().to_sec1_point(false).as_bytes().to_vec();
                let key = sm2::dsa::SigningKey::new(SM2_ID, &secret).map_err(|_| BadKey)?;
                (Inner::Sm2(Box::new(key)), public)
            }
        };
        Ok(SecretKey { inner, public: PublicKey::from_bytes(algorithm, &public)? })
    }
}

/// Whether the number is n − 1, for which 1 + d has no inverse.
fn is_largest(bytes: &[u8; 32]) -> bool {
    const N_MINUS_1: [u8; 32] = [
        0xff, 0xff, 0xff, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xff, 0x72, 0x03, 0xdf, 0x6b, 0x21, 0xc6, 0x05, 0x2b, 0x53, 0xbb, 0xf4, 0x09, 0x39, 0xd5,
        0x41, 0x22,
    ];
    *bytes == N_MINUS_1
}

impl Signer for SecretKey {
    fn public_key(&self) -> &PublicKey {
        &self.public
    }

    fn sign(&self, message: &[u8]) -> Result<SignatureBytes, SignError> {
        match &self.inner {
            Inner::Ed25519(key) => Ok(key.sign(message).to_bytes()),
            Inner::Sm2(key) => {
                let signature = key.try_sign(message).map_err(|e| SignError(e.to_string()))?;
                Ok(signature.to_bytes().into())
            }
        }
    }
}

// The public half only: nothing of the secret in a log line.
impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.debug_struct("SecretKey").field("public", &self.public).finish_non_exhaustive()
    }
}

//! Keys and signatures: Ed25519 (RFC 8032) and SM2 with SM3 (GB/T 32918.2-2016, GB/T 32905-2016).
//!
//! A signature proves that whoever held a key stated something, and when they say they did; it
//! proves nothing about the goods. SM2 in software does not make a deployment compliant with
//! commercial-cryptography assessment (密评).
//!
//! ```
//! use register::signature::{Algorithm, SecretKey, Signer, Verifier, jwks};
//!
//! // The caller drew 32 random bytes. `Signer` is a trait: a key may sit in another device.
//! let key = SecretKey::from_bytes(Algorithm::Sm2, &[7; 32]).unwrap();
//! let public = key.public_key();
//! let signature = key.sign("条目".as_bytes())?;
//! assert!(public.verify("条目".as_bytes(), &signature).is_ok());
//! assert!(public.verify("条 目".as_bytes(), &signature).is_err());
//!
//! // What `/.well-known/jwks.json` answers; `kid` is 16 hex digits of the RFC 7638 thumbprint.
//! assert_eq!(jwks([public])["keys"][0]["kid"], public.id().to_string());
//! # Ok::<(), register::signature::SignError>(())
//! ```

mod jwk;
mod key_set;
mod life;
mod public;
#[cfg(feature = "sm2")]
mod secret;

pub use jwk::{KeyId, jwk, jwks};
pub use key_set::{jwk_with_life, keys_of_set};
pub use life::{KeyRecord, KeyRecordError, KeyStatus, SignatureState, Standing, judge, judge_by};
pub use public::PublicKey;
#[cfg(feature = "sm2")]
pub use secret::SecretKey;

/// Bytes of a signature: R‖S of Ed25519, r‖s of SM2, each half 32 bytes.
pub type SignatureBytes = [u8; 64];

/// The identity of the signer that SM2 hashes along (GM/T 0009-2012, clause 10: the default).
pub const SM2_ID: &str = "1234567812345678";

/// A signature algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Algorithm {
    /// Ed25519, RFC 8032.
    Ed25519,
    /// SM2 with SM3 and the identity [`SM2_ID`].
    Sm2,
}

impl Algorithm {
    /// All.
    pub const ALL: [Algorithm; 2] = [Algorithm::Ed25519, Algorithm::Sm2];

    /// The word in records of kind `key`: `ed25519` or `sm2`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        ["ed25519", "sm2"][self as usize]
    }

    /// The algorithm of that word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Algorithm> {
        Algorithm::ALL.into_iter().find(|algorithm| algorithm.code() == code)
    }

    /// The number in a signed statement: 1 or 2.
    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8 + 1
    }

    /// The algorithm of that number.
    #[must_use]
    pub fn from_number(number: u8) -> Option<Algorithm> {
        Algorithm::ALL.into_iter().find(|algorithm| algorithm.number() == number)
    }
}

/// Whatever signs: a key in memory, a device, a command.
pub trait Signer {
    /// The key others verify with.
    fn public_key(&self) -> &PublicKey;

    /// Signs a message.
    ///
    /// # Errors
    /// The key, or whatever holds it, did not sign.
    fn sign(&self, message: &[u8]) -> Result<SignatureBytes, SignError>;
}

/// Whatever verifies.
pub trait Verifier {
    /// Verifies a signature over a message.
    ///
    /// # Errors
    /// The signature is not this key's over this message.
    fn verify(&self, message: &[u8], signature: &SignatureBytes) -> Result<(), BadSignature>;
}

/// Why nothing was signed, in words for the operator.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the key did not sign: {0}")]
pub struct SignError(pub String);

/// A signature that is not the key's over the message. Which of the two differs cannot be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the signature does not verify")]
pub struct BadSignature;

/// Bytes that are no key of the algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the bytes are not a key of this algorithm")]
pub struct BadKey;

#[cfg(test)]
#[path = "signature/tests.rs"]
mod tests;

//! What people write is sealed to the office's public key (HPKE, RFC 9180: base mode, X25519 with HKDF-SHA-256,
//! ChaCha20-Poly1305): whoever has the file of cases, or is the public listener, cannot read it.

use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};

use crate::store::{Result, StoreError};

type Curve = X25519HkdfSha256;

/// Bytes of the key a sealed text begins with.
const ENCAPPED: usize = 32;
/// Ties what is sealed to its use.
const INFO: &[u8] = b"liangbiao case 1";
/// Texts are filled up to a multiple of this before they are sealed: the length would tell much of a short one.
const BLOCK: usize = 1_024;

/// Seals.
#[derive(Clone, Debug)]
pub struct Sealer {
    public: [u8; 32],
}

impl Sealer {
    /// To this public key.
    #[must_use]
    pub const fn new(public: [u8; 32]) -> Sealer {
        Sealer { public }
    }

    /// A text, sealed.
    ///
    /// # Errors
    /// The key is none, or there is no randomness.
    pub fn seal(&self, text: &[u8]) -> Result<Vec<u8>> {
        let failed =
            |error| StoreError::Caller(format!("what was written cannot be sealed: {error}"));
        let public = <Curve as Kem>::PublicKey::from_bytes(&self.public).map_err(failed)?;
        let mut padded = zeroize::Zeroizing::new(text.to_vec());
        padded.push(1);
        let length = padded.len().next_multiple_of(BLOCK);
        padded.resize(length, 0);
        let (encapped, sealed) = hpke::single_shot_seal::<ChaCha20Poly1305, HkdfSha256, Curve>(
            &OpModeS::Base,
            &public,
            INFO,
            &padded,
            &[],
        )
        .map_err(failed)?;
        let mut out = encapped.to_bytes().to_vec();
        out.extend(sealed);
        Ok(out)
    }
}

/// Opens.
pub struct Opener {
    secret: zeroize::Zeroizing<[u8; 32]>,
}

impl std::fmt::Debug for Opener {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Opener")
    }
}

impl Opener {
    /// With this private key.
    #[must_use]
    pub fn new(secret: [u8; 32]) -> Opener {
        Opener { secret: zeroize::Zeroizing::new(secret) }
    }

    fn key(&self) -> Option<<Curve as Kem>::PrivateKey> {
        <Curve as Kem>::PrivateKey::from_bytes(&*self.secret).ok()
    }

    /// The public half; zeros where the bytes are no key, to which nothing can be sealed.
    #[must_use]
    pub fn public(&self) -> [u8; 32] {
        let Some(key) = self.key() else { return [0; 32] };
        Curve::sk_to_pk(&key).to_bytes().into()
    }

    /// What was sealed; none: it was sealed to another key, or changed since.
    #[must_use]
    pub fn open(&self, sealed: &[u8]) -> Option<zeroize::Zeroizing<Vec<u8>>> {
        let (encapped, sealed) = sealed.split_at_checked(ENCAPPED)?;
        let encapped = <Curve as Kem>::EncappedKey::from_bytes(encapped).ok()?;
        let padded = hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, Curve>(
            &OpModeR::Base,
            &self.key()?,
            &encapped,
            INFO,
            sealed,
            &[],
        );
        let mut padded = zeroize::Zeroizing::new(padded.ok()?);
        let end = padded.iter().rposition(|byte| *byte != 0)?;
        padded.truncate(end);
        Some(padded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_is_opened_by_its_key_alone_and_does_not_tell_its_length() {
        let opener = Opener::new([7; 32]);
        let sealer = Sealer::new(opener.public());
        for text in ["", "甲", &"长".repeat(1_000)] {
            let sealed = sealer.seal(text.as_bytes()).expect("sealed");
            assert_eq!(opener.open(&sealed).as_deref().map(Vec::as_slice), Some(text.as_bytes()));
            assert!(Opener::new([8; 32]).open(&sealed).is_none(), "another key");
            for at in [0, ENCAPPED, sealed.len() - 1] {
                let mut changed = sealed.clone();
                changed[at] ^= 1;
                assert!(opener.open(&changed).is_none(), "byte {at}");
            }
            assert!(opener.open(&sealed[..40.min(sealed.len())]).is_none());
        }
        let short = sealer.seal("甲".as_bytes()).expect("sealed");
        let longer = sealer.seal("甲乙丙丁".as_bytes()).expect("sealed");
        assert_eq!(short.len(), longer.len());
        let again = sealer.seal("甲".as_bytes()).expect("sealed");
        assert_ne!(short, again, "the same text twice does not look the same");
    }

    #[test]
    fn nothing_is_sealed_to_what_is_no_key() {
        assert!(Sealer::new([0; 32]).seal(b"x").is_err());
    }
}

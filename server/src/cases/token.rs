//! Tokens of forms: each says when its form was made and for which record, and is signed by this portal, so
//! that no cookie is needed to know both.

use base64ct::{Base64UrlUnpadded, Encoding as _};
use hmac::{Hmac, KeyInit as _, Mac};
use sha2::Sha256;

use crate::store::{Result, StoreError};

/// Bytes: seconds of Unix time, random, HMAC-SHA-256 (RFC 2104) over both and the record.
const TIME: usize = 8;
const RANDOM: usize = 16;
const TAG: usize = 32;

/// A token for a form about a record, at a second of Unix time.
///
/// # Errors
/// No randomness.
pub fn make(secret: &[u8; 32], about: &str, now: i64) -> Result<String> {
    let mut bytes = now.to_be_bytes().to_vec();
    let mut random = [0; RANDOM];
    getrandom::fill(&mut random)
        .map_err(|error| StoreError::Caller(format!("no randomness: {error}")))?;
    bytes.extend(random);
    let tag = hash(secret, &bytes, about)
        .ok_or_else(|| StoreError::Caller("a form could not be signed".to_owned()))?
        .finalize()
        .into_bytes();
    bytes.extend_from_slice(&tag);
    Ok(Base64UrlUnpadded::encode_string(&bytes))
}

/// Seconds since a token was made for a form about this record; none: it was not.
#[must_use]
pub fn age(secret: &[u8; 32], token: &str, about: &str, now: i64) -> Option<i64> {
    let bytes = Base64UrlUnpadded::decode_vec(token).ok()?;
    let (said, tag) = bytes.split_at_checked(TIME + RANDOM)?;
    // Compares in constant time.
    hash(secret, said, about).filter(|_| tag.len() == TAG)?.verify_slice(tag).ok()?;
    let time = i64::from_be_bytes(said.get(..TIME)?.try_into().ok()?);
    now.checked_sub(time)
}

fn hash(secret: &[u8; 32], said: &[u8], about: &str) -> Option<Hmac<Sha256>> {
    let mut hash = Hmac::<Sha256>::new_from_slice(secret).ok()?;
    hash.update(b"liangbiao form of a case\0");
    hash.update(said);
    hash.update(about.as_bytes());
    Some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_of_one_key_one_record_and_one_time() {
        let (key, other) = ([7; 32], [8; 32]);
        let token = make(&key, "product/p-1", 1_000).expect("a token");
        assert_eq!(age(&key, &token, "product/p-1", 1_060), Some(60));
        assert_eq!(age(&key, &token, "product/p-2", 1_060), None);
        assert_eq!(age(&other, &token, "product/p-1", 1_060), None);
        for wrong in ["", "x", &token[1..], &token[..token.len() - 4], &format!("{token}AAAA")] {
            assert_eq!(age(&key, wrong, "product/p-1", 1_060), None, "{wrong}");
        }
        let mut bytes = Base64UrlUnpadded::decode_vec(&token).expect("base64");
        bytes[TIME - 1] ^= 1;
        let later = Base64UrlUnpadded::encode_string(&bytes);
        assert_eq!(age(&key, &later, "product/p-1", 1_060), None, "another time");
    }
}

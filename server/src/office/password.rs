//! Passwords: Argon2id (RFC 9106) with the OWASP parameters, and what a password has to be.
//!
//! OWASP ASVS 5.0, chapter 6.2: at least 12 characters, long ones and any character allowed, no rules of
//! composition, none that is common or guessed from where it is used.

use std::sync::LazyLock;

use argon2::{Algorithm, Argon2, Params, Version};
use base64ct::{Base64Unpadded, Encoding as _};
use subtle::ConstantTimeEq as _;
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

use crate::store::{Result, StoreError};

/// Fewest characters.
pub const CHARS_MIN: usize = 12;
/// Most characters: far beyond any that is typed.
pub const CHARS_MAX: usize = 256;
/// Guesses, as a power of ten, below which a password is one that is tried early.
const GUESSES_LOG10_MIN: f64 = 9.0;

/// Kibibytes, passes and lanes: OWASP Password Storage Cheat Sheet, Argon2id.
const COSTS: [u32; 3] = [19 * 1024, 2, 1];
const HASH_BYTES: usize = 32;

/// Why a password will not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weak {
    /// Fewer than [`CHARS_MIN`] characters.
    Short,
    /// More than [`CHARS_MAX`].
    Long,
    /// Common, a pattern, or made of the account's name or the desk's.
    Guessed,
}

/// The password as it is hashed: NFC (ASVS 5.0, 6.2.8 asks that it is otherwise taken as typed).
fn normal(password: &str) -> Zeroizing<String> {
    Zeroizing::new(password.nfc().collect())
}

/// Whether a password may be chosen.
///
/// # Errors
/// [`Weak`].
pub fn check(password: &str, name: &str, office: &str) -> std::result::Result<(), Weak> {
    let password = normal(password);
    let chars = password.chars().count();
    if chars < CHARS_MIN {
        return Err(Weak::Short);
    }
    if chars > CHARS_MAX {
        return Err(Weak::Long);
    }
    let near = [name, office, "liangbiao", "亮标", "亮標", "desk", "register"];
    let guesses = zxcvbn::zxcvbn(&password, &near).guesses_log10();
    // Characters beyond ASCII are no one's first guess, but one repeated is.
    if guesses < GUESSES_LOG10_MIN { Err(Weak::Guessed) } else { Ok(()) }
}

/// A password's hash as a PHC string.
///
/// # Errors
/// No randomness.
pub fn hash(password: &str) -> Result<String> {
    let salt = super::random::<16>()?;
    let hash = derive(password, salt.as_slice(), COSTS)
        .ok_or_else(|| StoreError::Caller("a password could not be hashed".to_owned()))?;
    let [m, t, p] = COSTS;
    let (salt, hash) =
        (Base64Unpadded::encode_string(salt.as_slice()), Base64Unpadded::encode_string(&hash[..]));
    Ok(format!("$argon2id$v=19$m={m},t={t},p={p}${salt}${hash}"))
}

/// Whether it is the password of that hash. Without a hash the same work is done for nothing, so that the
/// time tells nobody whether an account exists.
#[must_use]
pub fn verify(password: &str, stored: Option<&str>) -> bool {
    static NOBODYS: LazyLock<String> = LazyLock::new(|| {
        let [m, t, p] = COSTS;
        format!("$argon2id$v=19$m={m},t={t},p={p}${}${}", "A".repeat(22), "A".repeat(43))
    });
    let known = stored.is_some();
    let matches = matches(password, stored.unwrap_or(&NOBODYS)).unwrap_or(false);
    known && matches
}

fn matches(password: &str, stored: &str) -> Option<bool> {
    let rest = stored.strip_prefix("$argon2id$v=19$")?;
    let mut parts = rest.split('$');
    let mut costs = [0; 3];
    for (cost, part) in costs.iter_mut().zip(parts.next()?.split(',')) {
        *cost = part.split_once('=')?.1.parse().ok()?;
    }
    let salt = Base64Unpadded::decode_vec(parts.next()?).ok()?;
    let hash = Base64Unpadded::decode_vec(parts.next()?).ok()?;
    let found = derive(password, &salt, costs)?;
    Some(found[..].ct_eq(&hash).into())
}

fn derive(password: &str, salt: &[u8], [m, t, p]: [u32; 3]) -> Option<Zeroizing<[u8; HASH_BYTES]>> {
    let params = Params::new(m, t, p, Some(HASH_BYTES)).ok()?;
    let mut out = Zeroizing::new([0; HASH_BYTES]);
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon.hash_password_into(normal(password).as_bytes(), salt, out.as_mut()).ok()?;
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_known_again_whatever_its_normal_form_and_no_other_is() {
        let stored = hash("café latte für alle").expect("hashed");
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(verify("cafe\u{301} latte fu\u{308}r alle", Some(&stored)));
        assert!(!verify("cafe latte fur alle", Some(&stored)));
        assert!(!verify("", None));
        assert_ne!(stored, hash("café latte für alle").expect("hashed"), "the salt is random");
    }

    #[test]
    fn common_short_and_near_passwords_are_refused_and_any_characters_do() {
        let of = |password: &str| check(password, "wang.fang", "示例市市场监督管理局");
        assert_eq!(of("elevenchars"), Err(Weak::Short));
        assert_eq!(of(&"x".repeat(CHARS_MAX + 1)), Err(Weak::Long));
        for weak in ["passwordpassword", "123456789012", "qwertyuiopasdf", "aaaaaaaaaaaaaa"] {
            assert_eq!(of(weak), Err(Weak::Guessed), "{weak}");
        }
        assert_eq!(of("wang.fang2026"), Err(Weak::Guessed));
        assert_eq!(of("corect hors batery stapl"), Ok(()));
        assert_eq!(of("窗外的竹子长得比去年高了三尺"), Ok(()));
    }
}

//! One-time codes: TOTP (RFC 6238) over HOTP (RFC 4226), HMAC-SHA-1, six digits, 30 seconds: what every
//! authenticator app takes.

use base32ct::{Base32UpperUnpadded, Encoding as _};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;
use subtle::ConstantTimeEq as _;

/// Seconds of a step.
const STEP: i64 = 30;
/// Steps before and after the present one whose codes are taken: clocks differ (RFC 6238, 5.2).
const DRIFT: u64 = 1;

/// The code of a step (RFC 4226, 5.3).
#[must_use]
pub fn code(secret: &[u8], step: u64) -> String {
    // HMAC takes keys of any length.
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(secret) else { return String::new() };
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let at = usize::from(hash[hash.len() - 1] & 0x0f);
    let word = [hash[at] & 0x7f, hash[at + 1], hash[at + 2], hash[at + 3]];
    format!("{:06}", u32::from_be_bytes(word) % 1_000_000)
}

/// The step of an instant of Unix time.
#[must_use]
pub fn step(at: i64) -> u64 {
    u64::try_from(at.div_euclid(STEP)).unwrap_or(0)
}

/// The step whose code was typed, if it is one of those about `at`. All are tried, whichever fits.
#[must_use]
pub fn matching(secret: &[u8], typed: &str, at: i64) -> Option<u64> {
    let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let now = step(at);
    let mut found = None;
    for step in now.saturating_sub(DRIFT)..=now + DRIFT {
        if bool::from(code(secret, step).as_bytes().ct_eq(typed.as_bytes())) {
            found = Some(step);
        }
    }
    found
}

/// The secret as it is typed into an app: base 32.
#[must_use]
pub fn text(secret: &[u8]) -> String {
    Base32UpperUnpadded::encode_string(secret)
}

/// The address an app reads from a QR symbol (Key Uri Format of Google Authenticator).
#[must_use]
pub fn uri(secret: &[u8], name: &str) -> String {
    let name = percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC);
    format!("otpauth://totp/Liangbiao:{name}?secret={}&issuer=Liangbiao", text(secret))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_rfc_6238() {
        // Appendix B, SHA-1, the last six of its eight digits.
        let secret = b"12345678901234567890";
        for (at, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code(secret, step(at)), expected, "{at}");
        }
        assert_eq!(text(secret), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }

    #[test]
    fn a_code_is_taken_one_step_early_or_late_and_no_more() {
        let secret = b"12345678901234567890";
        let of = |step: u64| code(secret, step);
        assert_eq!(matching(secret, &of(99), 3_000), Some(99));
        assert_eq!(matching(secret, &format!(" {} ", of(101)), 3_000), Some(101));
        assert_eq!(matching(secret, &of(98), 3_000), None);
        assert_eq!(matching(secret, &of(102), 3_000), None);
        assert_eq!(matching(secret, "", 3_000), None);
    }
}

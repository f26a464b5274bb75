//! What the verifier leaves out: SM2 with SM3 (GB/T 32918.2-2016). Few statements are signed with it, so
//! a page loads this module only when one is.

use register::signature::{Algorithm, PublicKey, SignatureBytes};
use wasm_bindgen::prelude::wasm_bindgen;

/// Whether a signature is a key's over a message: key (65 bytes `04 ‖ x ‖ y`), message and signature
/// (64 bytes `r ‖ s`) in hex with a space between, as the verifier wrote them in a line `sm2`. Anything
/// else is no signature.
#[wasm_bindgen]
#[must_use]
pub fn holds(candidate: &str) -> bool {
    read(candidate)
        .is_some_and(|(key, message, signature)| key.holds(&message, &signature) == Some(true))
}

fn read(candidate: &str) -> Option<(PublicKey, Vec<u8>, SignatureBytes)> {
    let mut words = candidate.split(' ').map(bytes);
    let key = PublicKey::from_bytes(Algorithm::Sm2, &words.next()??).ok()?;
    let (message, signature) = (words.next()??, words.next()??.try_into().ok()?);
    words.next().is_none().then_some((key, message, signature))
}

/// Bytes of hex in small letters.
fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digit = |b: u8| match b {
        b'0'..=b'9' => Some(b - b'0'),
        b'a'..=b'f' => Some(b - b'a' + 10),
        _ => None,
    };
    let (pairs, []) = hex.as_bytes().as_chunks::<2>() else { return None };
    pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect()
}

#[cfg(test)]
mod tests {
    use register::id::key::hex;
    use register::signature::{SecretKey, Signer};

    use super::*;

    #[test]
    fn what_the_server_signs_holds_and_nothing_else_does() {
        let key = SecretKey::from_bytes(Algorithm::Sm2, &[7; 32]).unwrap();
        let signature = key.sign(b"message").unwrap();
        let line = |key: &[u8], message: &[u8], signature: &[u8]| {
            format!("{} {} {}", hex(key), hex(message), hex(signature))
        };
        let public = key.public_key().as_bytes();
        let good = line(public, b"message", &signature);
        assert!(holds(&good));
        assert!(!holds(&line(public, b"massage", &signature)));
        // Every changed digit, and lines that are none.
        for at in 0..good.len() {
            let mut other = good.clone().into_bytes();
            other[at] = if other[at] == b'1' { b'2' } else { b'1' };
            assert!(!holds(std::str::from_utf8(&other).unwrap()), "{at}");
        }
        for bad in
            ["", " ", "  ", "04 00 00", &format!("{good} "), &good[1..], &good.to_uppercase()]
        {
            assert!(!holds(bad), "{bad}");
        }
        let ed25519 = SecretKey::from_bytes(Algorithm::Ed25519, &[7; 32]).unwrap();
        let signature = ed25519.sign(b"message").unwrap();
        assert!(!holds(&line(ed25519.public_key().as_bytes(), b"message", &signature)));
    }
}

//! The 31-character alphabet and check character of GB 32100-2015 (clause 4 and annex A), which
//! social credit codes and this portal's quality credit codes share.

/// Digits and the capital letters without I, O, S, V and Z.
pub const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// A character's value in the alphabet.
#[must_use]
pub fn value(c: char) -> Option<u32> {
    let byte = u8::try_from(c).ok()?;
    ALPHABET.iter().position(|&a| a == byte).and_then(|i| u32::try_from(i).ok())
}

/// The weighted sum of a body: Σ Cᵢ · 3^(i−1) mod 31, i from 1.
///
/// # Errors
/// Position (from 1) and character of the first one outside the alphabet.
pub fn weighted_sum(body: &str) -> Result<u32, (usize, char)> {
    let mut weight = 1;
    let mut sum = 0;
    for (i, c) in body.chars().enumerate() {
        sum += value(c).ok_or((i + 1, c))? * weight;
        weight = weight * 3 % 31;
    }
    Ok(sum)
}

/// The check character of a body: (31 − S mod 31) mod 31 in the alphabet.
///
/// # Errors
/// As [`weighted_sum`].
pub fn check_character(body: &str) -> Result<char, (usize, char)> {
    let sum = weighted_sum(body)?;
    Ok(char::from(ALPHABET[((31 - sum % 31) % 31) as usize]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quality_credit_codes_get_their_published_check_character() {
        for (body, check) in [("44M3QMX9D2R", '4'), ("7K3QMX9D2RT", 'H'), ("44260A7K3QMX9D2", 'P')]
        {
            assert_eq!(check_character(body), Ok(check), "{body}");
        }
        assert_eq!(check_character("44I"), Err((3, 'I')));
    }
}

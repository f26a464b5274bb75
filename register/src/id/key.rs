//! Record keys made from printed words.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

/// The key of a product: `p-` and the first 12 hex digits of SHA-256 over holder, brand, model and,
/// where the source distinguishes variants of one model, the variant, joined by line feeds; each
/// part trimmed, NFKC, upper case.
#[must_use]
pub fn product_key(holder: &str, brand: &str, model: &str, variant: Option<&str>) -> String {
    let fold = |part: &str| super::text::nfkc(part).to_uppercase();
    let mut text = format!("{}\n{}\n{}", fold(holder), fold(brand), fold(model));
    if let Some(variant) = variant.map(fold).filter(|v| !v.is_empty()) {
        text.push('\n');
        text.push_str(&variant);
    }
    format!("p-{}", &sha256_hex(text.as_bytes())[..12])
}

/// The key of an enterprise without a social credit code: `N-{ISO country}-{slug}`.
///
/// `country` other than an assigned code becomes `ZZ`. Punctuation and case do not count, so
/// `Example, Inc.` and `EXAMPLE INC` are one maker.
#[must_use]
pub fn foreign_enterprise_key(country: &str, name: &str) -> String {
    let country = country.trim().to_uppercase();
    let country =
        if super::country::is_code(&country) { country.as_str() } else { super::country::UNKNOWN };
    format!("N-{country}-{}", slug(name))
}

/// Words as a short ASCII key: lower case, accents dropped, hyphens for everything else. Where that
/// loses anything that tells names apart (other scripts, more than 48 characters), eight hex digits
/// of the name's SHA-256 follow; so the slug depends on the name alone.
#[must_use]
pub fn slug(name: &str) -> String {
    const CHARACTERS_MAX: usize = 48;
    let folded = super::text::nfkc(name).to_lowercase();
    let mut out = String::new();
    let mut lost = false;
    for c in folded.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)) {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else {
            lost |= c.is_alphanumeric();
            if !out.is_empty() && !out.ends_with('-') && c != '\'' && c != '’' {
                out.push('-');
            }
        }
    }
    lost |= out.len() > CHARACTERS_MAX;
    out.truncate(CHARACTERS_MAX);
    let mut out = out.trim_end_matches('-').to_owned();
    if lost || out.is_empty() {
        if !out.is_empty() {
            out.push('-');
        }
        out.push_str(&sha256_hex(folded.as_bytes())[..8]);
    }
    out
}

/// Lower-case hex of SHA-256.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Lower-case hex.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a String cannot fail.
        let _ = write!(out, "{byte:02x}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_published_product_key_is_reproduced() {
        let key = product_key("91350100M000100Y43", "示例牌", "SL-100A", None);
        assert_eq!(key, "p-d58030165a9c");
        assert_eq!(product_key(" 91350100m000100y43", "示例牌 ", "ｓｌ－100a", Some(" ")), key);
        assert_ne!(product_key("91350100M000100Y43", "示例牌", "SL-100A", Some("2229666")), key);
    }

    #[test]
    fn makers_abroad_get_readable_keys() {
        assert_eq!(foreign_enterprise_key("us", "Example, Inc."), "N-US-example-inc");
        assert_eq!(foreign_enterprise_key("US", "EXAMPLE INC"), "N-US-example-inc");
        assert_eq!(foreign_enterprise_key("", "Électrolux"), "N-ZZ-electrolux");
        let chinese = foreign_enterprise_key("CN", "示例电器有限公司");
        assert!(chinese.starts_with("N-CN-") && chinese.len() == 13, "{chinese}");
        assert_ne!(chinese, foreign_enterprise_key("CN", "示例电气有限公司"));
    }

    proptest! {
        #[test]
        fn a_slug_is_never_empty_and_always_ascii(name in any::<String>()) {
            let slug = slug(&name);
            prop_assert!(!slug.is_empty() && slug.len() <= 57);
            prop_assert!(slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
        }
    }
}

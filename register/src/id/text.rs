//! Text in one form: Unicode normalisation and trimming.
//!
//! Without the feature `texts` nothing is folded by NFKC and no capitals are made but A to Z. A record's values are in their one form
//! already ([`normalise`](crate::normalise)), so that reading them comes to the same.

use unicode_normalization::UnicodeNormalization;

/// NFKC and trimmed: full-width letters, digits and brackets become half-width.
#[must_use]
pub fn nfkc(text: &str) -> String {
    if !cfg!(feature = "texts") {
        return text.trim().to_owned();
    }
    let folded: String = text.nfkc().collect();
    folded.trim().to_owned()
}

/// In capitals; without the feature `texts` only A to Z.
#[must_use]
pub fn upper(text: &str) -> String {
    if cfg!(feature = "texts") { text.to_uppercase() } else { text.to_ascii_uppercase() }
}

/// NFC, control characters as single spaces, trimmed. What a stored text looks like.
#[must_use]
pub fn nfc(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfc() {
        if !c.is_control() {
            out.push(c);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.trim().to_owned()
}

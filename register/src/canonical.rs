//! The one byte form of an entry, RFC 8785 (JSON Canonicalization Scheme), and its Merkle leaf hash.
//!
//! Written here because the portal's entries hold no floating-point number: what is left of RFC
//! 8785 is the order of names (UTF-16 code units, section 3.2.3) and the escapes of strings (section
//! 3.2.2.2). Floats are refused rather than printed: decimals are texts, so that no reader's
//! parser can change a value.

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::Entry;

/// Most bytes of an entry (E23). An entries tile prefixes each entry with its length in 16 bits.
pub const ENTRY_BYTES_MAX: usize = 64 * 1024 - 1;

/// Deepest nesting of an entry. The kind tables need 5; a limit keeps recursion off the stack's end.
const DEPTH_MAX: usize = 32;

/// Why there is no canonical form.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CanonicalError {
    /// The entry is larger than 64 KiB (E23).
    #[error("the entry has {0} bytes, more than {ENTRY_BYTES_MAX}")]
    TooLarge(usize),
    /// A number that is not a whole number within ±(2^53 − 1).
    #[error("{0} is not a whole number JSON readers agree on; decimals are written as texts")]
    Number(String),
    /// Nested too deeply.
    #[error("nested more than {DEPTH_MAX} deep")]
    Depth,
    /// Not an entry.
    #[error("not an entry: {0}")]
    Shape(String),
}

/// The canonical bytes of a JSON value.
///
/// # Errors
/// [`CanonicalError::Number`] and [`CanonicalError::Depth`].
pub fn canonical_json(value: &Value) -> Result<String, CanonicalError> {
    let mut out = String::new();
    write_value(value, 0, &mut out)?;
    Ok(out)
}

/// The canonical bytes of an entry.
///
/// # Errors
/// [`CanonicalError::TooLarge`] beyond 64 KiB, and those of [`canonical_json`].
pub fn canonical_entry(entry: &Entry) -> Result<String, CanonicalError> {
    let value = serde_json::to_value(entry).map_err(|e| CanonicalError::Shape(e.to_string()))?;
    let text = canonical_json(&value)?;
    if text.len() > ENTRY_BYTES_MAX {
        return Err(CanonicalError::TooLarge(text.len()));
    }
    Ok(text)
}

/// The entry those bytes are the canonical form of.
///
/// # Errors
/// [`CanonicalError::Shape`] where they are no entry or not in canonical form.
pub fn parse_entry(text: &str) -> Result<Entry, CanonicalError> {
    let entry: Entry =
        serde_json::from_str(text).map_err(|e| CanonicalError::Shape(e.to_string()))?;
    if canonical_entry(&entry)? == text {
        Ok(entry)
    } else {
        Err(CanonicalError::Shape("not in canonical form".to_owned()))
    }
}

/// The RFC 6962 leaf hash of some bytes: SHA-256(0x00 ‖ bytes).
#[must_use]
pub fn leaf_hash(bytes: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update([0]);
    hash.update(bytes);
    hash.finalize().into()
}

/// The leaf hash of an entry's canonical bytes.
///
/// # Errors
/// Those of [`canonical_entry`].
pub fn entry_hash(entry: &Entry) -> Result<[u8; 32], CanonicalError> {
    canonical_entry(entry).map(|text| leaf_hash(text.as_bytes()))
}

fn write_value(value: &Value, depth: usize, out: &mut String) -> Result<(), CanonicalError> {
    if depth > DEPTH_MAX {
        return Err(CanonicalError::Depth);
    }
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => {
            // Beyond 2^53 − 1 a JavaScript reader would round (RFC 8785 section 6).
            const WHOLE_MAX: i64 = (1 << 53) - 1;
            match number.as_i64() {
                Some(whole) if (-WHOLE_MAX..=WHOLE_MAX).contains(&whole) => {
                    out.push_str(&whole.to_string())
                }
                _ => return Err(CanonicalError::Number(number.to_string())),
            }
        }
        Value::String(text) => write_text(text, out),
        Value::Array(values) => {
            out.push('[');
            for (i, value) in values.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write_value(value, depth + 1, out)?;
            }
            out.push(']');
        }
        Value::Object(object) => {
            // By UTF-16 code units: the map's own order (UTF-8) differs beyond U+FFFF.
            let mut members: Vec<(&String, &Value)> = object.iter().collect();
            members.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
            out.push('{');
            for (i, (name, value)) in members.into_iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write_text(name, out);
                out.push(':');
                write_value(value, depth + 1, out)?;
            }
            out.push('}');
        }
    }
    Ok(())
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            c if c < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
#[path = "canonical_tests.rs"]
mod tests;

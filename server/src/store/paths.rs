//! Keys as they stand in a URL path.

/// A key's path form before percent-encoding: `/` is written `_` and a space `-`
/// (`GB/T 19851.11-2005` → `GB_T-19851.11-2005`). It is resolved by look-up, never by reversing.
#[must_use]
pub fn path_of_key(key: &str) -> String {
    key.chars()
        .map(|c| match c {
            '/' => '_',
            ' ' => '-',
            other => other,
        })
        .collect()
}

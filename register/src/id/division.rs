//! Administrative division codes, GB/T 2260, and the keys of parks and zones.

/// Whether the text is six digits not starting with 0.
#[must_use]
pub fn is_code(text: &str) -> bool {
    text.len() == 6 && !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether the text is a place key: a division code, or `{code}-{slug}` for parks and zones.
#[must_use]
pub fn is_key(text: &str) -> bool {
    match text.split_once('-') {
        None => is_code(text),
        Some((code, slug)) => {
            is_code(code)
                && !slug.is_empty()
                && !slug.chars().any(|c| c.is_whitespace() || c == '/')
        }
    }
}

/// The province a place key lies in: its first two digits, e.g. `44`.
#[must_use]
pub fn province(key: &str) -> Option<&str> {
    if is_key(key) { key.get(..2) } else { None }
}

/// The codes a place lies in, widest first, itself last: `440606` → `440000`, `440600`, `440606`.
#[must_use]
pub fn ancestors(key: &str) -> Vec<String> {
    if !is_key(key) {
        return Vec::new();
    }
    let mut out: Vec<String> = Vec::new();
    for code in [
        format!("{}0000", &key[..2]),
        format!("{}00", &key[..4]),
        key[..6].to_owned(),
        key.to_owned(),
    ] {
        if !out.contains(&code) {
            out.push(code);
        }
    }
    out
}

/// Whether `place` is `area` or lies in it (`440606` lies in `440600` and in `440000`).
#[must_use]
pub fn lies_in(place: &str, area: &str) -> bool {
    ancestors(place).iter().any(|code| code == area)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_district_lies_in_its_city_and_province() {
        assert_eq!(ancestors("440606"), ["440000", "440600", "440606"]);
        assert_eq!(ancestors("440000"), ["440000"]);
        assert_eq!(
            ancestors("440606-shunde-park"),
            ["440000", "440600", "440606", "440606-shunde-park"]
        );
        assert!(lies_in("440606", "440600") && !lies_in("440606", "440604"));
        assert!(!is_key("44060") && !is_key("4406061") && !is_key("44060六") && !is_key("440606-"));
        assert_eq!(province("US"), None);
    }
}

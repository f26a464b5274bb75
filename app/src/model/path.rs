//! Paths of records: a key is percent-encoded except that `/` is written `_` and a space `-`;
//! the way back is a look-up, never a reversal.

use register::Kind;
use search::Catalogue;

/// First segment of the pages of a kind, where the kind has pages.
#[must_use]
pub fn folder(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Product => "products",
        Kind::Enterprise => "enterprises",
        Kind::Standard => "standards",
        Kind::Scheme => "directories",
        Kind::Notice | Kind::Recall => "notices",
        Kind::Service => "services",
        Kind::Policy => "policies",
        Kind::Target => "targets",
        Kind::Department => "departments",
        Kind::Place => "places",
        Kind::Inspection => "inspections",
        Kind::Penalty => "penalties",
        Kind::Restriction => "restrictions",
        _ => return None,
    })
}

/// Path of a record's page without language prefix; none where the kind has no pages.
#[must_use]
pub fn record_path(kind: Kind, key: &str) -> Option<String> {
    Some(format!("/{}/{}", folder(kind)?, encode_key(key)))
}

/// Path of a catalogue's list. Listings are listed by directory, so theirs is the directories' index.
#[must_use]
pub fn list_path(catalogue: Catalogue) -> &'static str {
    match catalogue {
        Catalogue::Products => "/products",
        Catalogue::Enterprises => "/enterprises",
        Catalogue::Standards => "/standards",
        Catalogue::Listings => "/directories",
        Catalogue::Notices => "/notices",
        Catalogue::Systems => "/systems",
        Catalogue::Services => "/services",
        Catalogue::Policies => "/policies",
        Catalogue::Targets => "/targets",
        Catalogue::Departments => "/departments",
        Catalogue::Inspections => "/inspections",
        Catalogue::Penalties => "/penalties",
        Catalogue::Restrictions => "/restrictions",
        Catalogue::Inconsistencies => "/inconsistencies",
    }
}

/// A key as one path segment.
#[must_use]
pub fn encode_key(key: &str) -> String {
    let mut out = String::with_capacity(key.len());
    for byte in key.bytes() {
        match byte {
            b'/' => out.push('_'),
            b' ' => out.push('-'),
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            _ => {
                const HEX: &[u8; 16] = b"0123456789ABCDEF";
                out.push('%');
                out.push(char::from(HEX[usize::from(byte >> 4)]));
                out.push(char::from(HEX[usize::from(byte & 15)]));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_one_segment_whatever_it_holds() {
        assert_eq!(
            record_path(Kind::Standard, "GB/T 19851.11-2005").as_deref(),
            Some("/standards/GB_T-19851.11-2005")
        );
        assert_eq!(encode_key("示\"<>?#"), "%E7%A4%BA%22%3C%3E%3F%23");
        assert_eq!(record_path(Kind::Source, "x"), None);
    }
}

//! Which bytes of a file are asked for (RFC 9110, 14).

use axum::http::{HeaderMap, header};

/// What a request's `Range` comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Everything: no range, one that is not understood, several, or one of another version.
    Whole,
    /// These bytes: the first, and how many.
    Part(u64, u64),
    /// Nothing that is there: 416.
    Beyond,
}

/// The bytes of a file of `length` bytes with this validator that a request asks for.
///
/// A list of several ranges is answered whole, which a server is free to do and which spares it from
/// assembling a body of a thousand pieces.
#[must_use]
pub fn asked(headers: &HeaderMap, length: u64, etag: &str) -> Asked {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let Some(range) = text(header::RANGE) else { return Asked::Whole };
    // A weak validator or a date cannot say that the bytes are the same (13.1.5).
    if headers.contains_key(header::IF_RANGE) && text(header::IF_RANGE) != Some(etag) {
        return Asked::Whole;
    }
    let Some((unit, spec)) = range.split_once('=') else { return Asked::Whole };
    let spec = spec.trim();
    if !unit.trim().eq_ignore_ascii_case("bytes") || spec.contains(',') {
        return Asked::Whole;
    }
    let Some((first, last)) = spec.split_once('-') else { return Asked::Whole };
    let number = |digits: &str| -> Option<u64> {
        let all = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        // More digits than a length has are beyond any end.
        all.then(|| digits.parse().unwrap_or(u64::MAX))
    };
    match (first, last) {
        ("", last) => match number(last) {
            None => Asked::Whole,
            Some(0) => Asked::Beyond,
            Some(_) if length == 0 => Asked::Beyond,
            Some(count) => {
                let count = count.min(length);
                Asked::Part(length - count, count)
            }
        },
        (first, last) => {
            let (Some(first), last) =
                (number(first), number(last).or(last.is_empty().then_some(u64::MAX)))
            else {
                return Asked::Whole;
            };
            match last {
                None => Asked::Whole,
                Some(last) if last < first => Asked::Whole,
                Some(_) if first >= length => Asked::Beyond,
                Some(last) => Asked::Part(first, last.min(length - 1) - first + 1),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_what_the_standard_says() {
        let asked = |range: &str, length| {
            let headers = HeaderMap::from_iter([(header::RANGE, range.parse().expect("ascii"))]);
            asked(&headers, length, "\"e\"")
        };
        for (range, expected) in [
            ("bytes=0-9", Asked::Part(0, 10)),
            ("bytes=90-", Asked::Part(90, 10)),
            ("bytes=90-999", Asked::Part(90, 10)),
            ("bytes=-5", Asked::Part(95, 5)),
            ("bytes=-500", Asked::Part(0, 100)),
            ("Bytes = 99-99", Asked::Part(99, 1)),
            ("bytes=100-", Asked::Beyond),
            ("bytes=-0", Asked::Beyond),
            ("bytes=99999999999999999999999-", Asked::Beyond),
            ("bytes=9-3", Asked::Whole),
            ("bytes=0-1,5-6", Asked::Whole),
            ("bytes=a-b", Asked::Whole),
            ("bytes=-", Asked::Whole),
            ("bytes=+1-5", Asked::Whole),
            ("bytes 0-9", Asked::Whole),
            ("lines=0-9", Asked::Whole),
        ] {
            assert_eq!(asked(range, 100), expected, "{range}");
        }
        assert_eq!(asked("bytes=0-", 0), Asked::Beyond);
        assert_eq!(asked("bytes=-1", 0), Asked::Beyond);
    }

    #[test]
    fn a_range_of_another_version_is_the_whole() {
        for (version, expected) in [
            ("\"e\"", Asked::Part(0, 10)),
            ("\"old\"", Asked::Whole),
            ("W/\"e\"", Asked::Whole),
            ("Sun, 22 Nov 2026 00:00:00 GMT", Asked::Whole),
        ] {
            let headers = HeaderMap::from_iter([
                (header::RANGE, "bytes=0-9".parse().expect("ascii")),
                (header::IF_RANGE, version.parse().expect("ascii")),
            ]);
            assert_eq!(asked(&headers, 100, "\"e\""), expected, "{version}");
        }
    }
}

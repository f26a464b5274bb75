//! Calendar dates, ISO 8601, and the other ways lists write them.

use chrono::{Datelike, NaiveDate};

/// `YYYY-MM-DD`, exactly.
#[must_use]
pub fn iso(text: &str) -> Option<NaiveDate> {
    let shape = text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
    // Digits and hyphens stand where they should, so every part is there.
    if shape { of(text.get(..4)?, text.get(5..7)?, text.get(8..)?) } else { None }
}

/// A date as Chinese lists write it: 2023-10-12, 2023/10/12, 2023.10.12, 2023年10月12日, 20231012, with or without
/// leading zeros, a time of day after it, or full-width digits. The order year, month, day is never guessed
/// otherwise: 10/12/2023 needs [`with_format`].
#[must_use]
pub fn from_list(text: &str) -> Option<NaiveDate> {
    let folded = super::text::nfkc(text);
    let mut date = folded.as_str();
    if let Some((before, time)) = folded.split_once(['T', ' '])
        && time.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.' | b'Z' | b'+' | b' '))
        && time.contains(':')
    {
        date = before;
    }
    if date.len() == 8 && date.bytes().all(|b| b.is_ascii_digit()) {
        return of(&date[..4], &date[4..6], &date[6..]);
    }
    let (date, separators) = match date.strip_suffix('日') {
        Some(date) => (date, ['年', '月']),
        None => {
            let separator = date.chars().find(|c| !c.is_ascii_digit())?;
            if !['-', '/', '.'].contains(&separator) {
                return None;
            }
            (date, [separator, separator])
        }
    };
    let (year, rest) = date.split_once(separators[0])?;
    let (month, day) = rest.split_once(separators[1])?;
    of(year.trim(), month.trim(), day.trim())
}

/// A date in an explicitly given format (`strftime` marks, e.g. `%m/%d/%Y` or `%d %b %Y`).
#[must_use]
pub fn with_format(text: &str, format: &str) -> Option<NaiveDate> {
    let date = NaiveDate::parse_from_str(&super::text::nfkc(text), format).ok()?;
    (1..=9999).contains(&date.year()).then_some(date)
}

fn of(year: &str, month: &str, day: &str) -> Option<NaiveDate> {
    let digits = |part: &str, widths: std::ops::RangeInclusive<usize>| {
        (widths.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
            .then(|| part.parse::<u32>().ok())?
    };
    let year = i32::try_from(digits(year, 4..=4)?).ok()?;
    NaiveDate::from_ymd_opt(year, digits(month, 1..=2)?, digits(day, 1..=2)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_way_lists_write_a_date_means_the_same_day() {
        let day = NaiveDate::from_ymd_opt(2023, 10, 2).unwrap();
        for text in [
            "2023-10-02",
            "2023/10/02",
            "2023/10/2",
            "2023.10.2",
            "2023年10月2日",
            "２０２３年10月02日",
            "20231002",
            " 2023-10-02 00:00:00 ",
            "2023-10-02T00:00:00.000Z",
        ] {
            assert_eq!(from_list(text), Some(day), "{text}");
        }
        for text in [
            "",
            "10/02/2023",
            "2023-13-01",
            "2023-02-29",
            "2023-10/02",
            "23-10-02",
            "2023年10月",
            "202310020",
            "2023-10-02 x",
        ] {
            assert_eq!(from_list(text), None, "{text}");
        }
        assert_eq!(with_format("10/02/2023", "%m/%d/%Y"), Some(day));
        assert_eq!(with_format("2 Oct 2023", "%d %b %Y"), Some(day));
        assert_eq!(iso("2023-10-2"), None);
        assert_eq!(iso("2023-10-02"), Some(day));
    }

    proptest! {
        #[test]
        fn no_text_makes_the_parsers_panic(text in any::<String>(), digits in "[0-9年月日/.T: -]{0,20}") {
            for t in [&text, &digits] {
                let _ = (iso(t), from_list(t), with_format(t, "%m/%d/%Y"));
            }
        }
    }
}

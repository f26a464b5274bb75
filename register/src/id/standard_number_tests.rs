//! Vectors of the domain reference and what parsers must never do.

use super::*;
use proptest::prelude::*;

fn written(text: &str) -> String {
    key(text).unwrap_or_else(|| "refused".to_owned())
}

#[test]
fn the_patterns_are_regular_expressions() {
    assert!(PATTERNS.is_some());
}

#[test]
fn published_numbers_are_written_one_way() {
    for (text, expected) in [
        ("GB/T 19851.11-2005", "GB/T 19851.11-2005"),
        ("gb/t19851.11—2005", "GB/T 19851.11-2005"),
        ("ＧＢ／Ｔ 19851.11 － 2005", "GB/T 19851.11-2005"),
        ("GB 4706.13-98", "GB 4706.13-1998"),
        ("DB44/T 2599-2024", "DB44/T 2599-2024"),
        ("DB4406/T 12-2024", "DB4406/T 12-2024"),
        ("DB 37/T 2904-2019", "DB37/T 2904-2019"),
        ("DB12/ 684-2016", "DB12 684-2016"),
        ("DB44/26-2001", "DB44 26-2001"),
        ("DB44 26-2001", "DB44 26-2001"),
        ("T/PTSHOES GS001—2017", "T/PTSHOES GS001-2017"),
        ("T/XCFW TG06-011.3—2023", "T/XCFW TG06-011.3-2023"),
        ("T/CSGF T/CSGF024—2023", "T/CSGF 024-2023"),
        ("QB/T 1234-2020", "QB/T 1234-2020"),
        ("JJF 1070-2005", "JJF 1070-2005"),
        ("T/HTSJ 001—2021", "T/HTSJ 001-2021"),
        ("T/FSAS12-2021", "T/FSAS 12-2021"),
        ("Q/GDMD001-2019", "Q/GDMD 001-2019"),
        ("Q/示例 3-2020", "Q/示例 3-2020"),
        ("ISO/IEC 17025:2017", "ISO/IEC 17025:2017"),
        ("IEC 62552-3:2015", "IEC 62552-3:2015"),
        ("UL 858", "UL 858"),
        ("EN 71-1", "EN 71-1"),
        ("EN ISO 12100:2010", "EN ISO 12100:2010"),
        ("JIS C9607:2015", "JIS C9607:2015"),
        ("GB 2760-2014《食品安全国家标准 食品添加剂使用标准》", "GB 2760-2014"),
    ] {
        assert_eq!(written(text), expected, "{text}");
    }
    for text in [
        "",
        "GB/T 19851.11",
        "US Federal Standard",
        "T/001-2021",
        "GB/X 1-2020",
        "2023-10-12",
        "GB/T 12-",
    ] {
        assert_eq!(written(text), "refused", "{text}");
    }
}

#[test]
fn parts_are_told_apart() {
    let number = StandardNumber::parse("Q/GDMD001-2019").unwrap();
    assert_eq!((number.organisation(), number.number.as_str()), (Some("GDMD"), "001"));
    assert_eq!((number.family, number.year), (Family::Enterprise, Some(2019)));
    assert_eq!(number.raw, "Q/GDMD001-2019");
    let group = StandardNumber::parse("T/HTSJ 001—2021").unwrap();
    assert_eq!(group.raw, "T/HTSJ 001—2021");
    assert_eq!(group.loose(), StandardNumber::parse("T/HTSJ 1-2021").unwrap().loose());
    assert_ne!(group.to_string(), "T/HTSJ 1-2021");
    assert_eq!(StandardNumber::parse("GB/T 4100-2015").unwrap().compact(), "gbt41002015");
    assert_eq!(StandardNumber::parse("GB/T 19851.11-2005").unwrap().path(), "GB_T-19851.11-2005");
    assert_eq!(StandardNumber::parse("GB 10-2000").unwrap().loose(), "GB 10-2000");
    assert!(StandardNumber::parse("GB 10-2000").unwrap().mandatory());
}

#[test]
fn what_is_written_is_told_from_other_text() {
    for text in [
        "",
        "GB/T 19851.11",
        "US Federal Standard",
        "GB 4706.13-98",
        "T/ 1-2020",
        "Q/ 1-2020",
        "T/1A 1-2020",
        "GB/X 1-2020",
        "DB444 1-2020",
        "UL",
        "EN ",
        "ISO 1:20",
        "GB/T 1..2-2020",
        "GB/T 1-20201",
        "T/AB 1A-2020",
    ] {
        assert!(!is_written(text), "{text}");
    }
    for text in [
        "GB/T 19851.11-2005",
        "DB4406/T 12-2024",
        "DB12 684-2016",
        "T/PTSHOES GS001-2017",
        "T/XCFW TG06-011.3-2023",
        "JJF 1070-2005",
        "Q/示例 3-2020",
        "GB 1A-2020",
        "ISO/IEC 17025:2017",
        "UL 858",
        "EN 71-1",
        "JIS C9607:2015",
        "ASTM D 882-18",
        "UL 858A-12",
    ] {
        assert_eq!(key(text).as_deref(), Some(text));
        assert!(is_written(text), "{text}");
    }
}

proptest! {
    #[test]
    fn what_is_stored_is_written_exactly_where_it_is_a_number(
        any in any::<String>(),
        like in "(GB|GB/T|GB/X|JJF|T/AB|T/A1|T/1|Q/A1|Q/示|Q/|ISO|ISO/IEC|EN|EN ISO|BS EN|ASTM|UL|DB44/T|DB4406|DB4|DB|QB/T|X)[ /]?[A-Z]{0,3} ?[0-9]{0,4}([.-][0-9]{1,3}){0,2}[A-Z]?([:-][0-9]{2,5})?",
    ) {
        for text in [any, like] {
            let number = key(&text);
            let stored = number.clone().unwrap_or_else(|| crate::id::text::nfc(&text));
            prop_assert_eq!(is_written(&stored), number.is_some(), "{}", stored);
        }
    }

    #[test]
    fn no_text_makes_the_parser_panic(text in any::<String>(), like in "[GBTQDIS/ 0-9.:—-]{0,24}") {
        for t in [&text, &like] {
            if let Ok(number) = StandardNumber::parse(t) {
                let _ = (number.compact(), number.loose(), number.path());
            }
        }
    }

    #[test]
    fn a_written_form_reads_back_as_itself(like in "(GB|GB/T|T/AB|Q/A1|ISO|EN|DB44/T|QB/T) ?[0-9]{1,5}(\\.[0-9]{1,2})?[-:][0-9]{2,4}") {
        if let Ok(number) = StandardNumber::parse(&like) {
            let written = number.to_string();
            prop_assert_eq!(StandardNumber::parse(&written).map(|n| n.to_string()), Ok(written));
        }
    }
}

use proptest::prelude::*;

use super::*;

fn arbitrary() -> impl Strategy<Value = CreditCode> {
    let characters = proptest::collection::vec(0..31usize, 15);
    (characters, any::<bool>()).prop_map(|(values, unit)| {
        let body: Vec<u8> = values.into_iter().map(|v| alphabet31::ALPHABET[v]).collect();
        CreditCode::of_body(if unit { &body } else { &body[..11] }).unwrap()
    })
}

#[test]
fn the_published_check_characters_make_codes() {
    for code in ["44M3QMX9D2R4", "7K3QMX9D2RTH", "44260A7K3QMX9D2P"] {
        assert_eq!(CreditCode::parse(code).unwrap().as_str(), code);
    }
    let code = CreditCode::parse(RESERVED).unwrap();
    assert!(code.is_reserved());
    assert_eq!((code.level(), code.province()), (Level::Model, Some("44")));
    assert_eq!(code.grouped(), "44M3-QMX9-D2R4");
    assert_eq!(format!("{code} {code:?}"), "44M3QMX9D2R4 CreditCode(44M3QMX9D2R4)");
    let unit: CreditCode = "44260A7K3QMX9D2P".parse().unwrap();
    assert_eq!((unit.level(), unit.province()), (Level::Unit, None));
    assert!(!unit.is_reserved());
    assert_eq!(unit.grouped(), "4426-0A7K-3QMX-9D2P");
    assert_eq!(CreditCode::parse("7K3QMX9D2RTH").unwrap().province(), None);
}

#[test]
fn reading_forgives_what_hands_and_phones_do() {
    for text in [
        "44m3qmx9d2r4",
        " 44M3 QMX9 D2R4\n",
        "44M3-QMX9-D2R4",
        "44M3–QMX9—D2R4",
        "44M3‐QMX9−D2R4",
        "44M3－QMX9　D2R4",
        "４４Ｍ３ｑｍｘ９Ｄ２Ｒ４",
        "44M3\u{a0}QMX9\u{a0}D2R4",
    ] {
        assert_eq!(
            CreditCode::parse(text).map(|c| c.to_string()),
            Ok(RESERVED.to_owned()),
            "{text}"
        );
    }
    // O for 0 and I for 1, also in small and full-width letters.
    let code = CreditCode::of_body(b"44100000001").unwrap();
    let typed =
        code.as_str().replacen("00", "oＯ", 1).replacen('1', "Ｉ", 1).replacen("00", "Oo", 1);
    assert_eq!(CreditCode::parse(&typed), Ok(code));
}

#[test]
fn what_only_looks_like_a_code_is_refused_with_its_place() {
    let refused = |text: &str| CreditCode::parse(text).unwrap_err();
    for (text, position, character) in [
        ("44M3QMX9D2RV", 12, 'V'),
        ("44S3QMX9D2R4", 3, 'S'),
        ("44Z3QMX9D2R4", 3, 'Z'),
        ("44M3-QM\u{200b}X9-D2R4", 7, '\u{200b}'),
        ("\u{feff}44M3QMX9D2R4", 1, '\u{feff}'),
        ("44M3QMX9D2R4\u{202e}", 13, '\u{202e}'),
        ("44\u{2066}M3QMX9D2R4", 3, '\u{2066}'),
        ("44М3QMX9D2R4", 3, 'М'),
        ("44M3QMΧ9D2R4", 7, 'Χ'),
        ("44Ⅿ3QMX9D2R4", 3, 'Ⅿ'),
        ("④4M3QMX9D2R4", 1, '④'),
        ("𝟒4M3QMX9D2R4", 1, '𝟒'),
        ("٤4M3QMX9D2R4", 1, '٤'),
        ("44M3_QMX9_D2R4", 5, '_'),
        ("44M3QMX9D2R4\0", 13, '\0'),
        ("44M3\u{ad}QMX9D2R4", 5, '\u{ad}'),
    ] {
        assert_eq!(refused(text), Malformed::Character { position, character }, "{text}");
    }
    assert_eq!(refused(""), Malformed::Length { found: 0 });
    assert_eq!(refused("44M3QMX9D2R"), Malformed::Length { found: 11 });
    assert_eq!(refused("44M3QMX9D2R44"), Malformed::Length { found: 13 });
    assert_eq!(refused("44260A7K3QMX9D2P0"), Malformed::Length { found: 17 });
    assert_eq!(refused("44M3QMX9D2R5"), Malformed::Check);
    assert_eq!(refused("44260A7K3QMX9D2Q"), Malformed::Check);
    assert_eq!(refused(&"4".repeat(1_000_000)), Malformed::Length { found: 1_000_000 });
}

#[test]
fn a_refusal_is_a_sentence_that_shows_no_invisible_character() {
    let text = |m: Malformed, lang| m.text(lang);
    let letter = Malformed::Character { position: 12, character: 'V' };
    assert_eq!(text(letter, Lang::ZhHans), "第12位的字符“V”不会出现在编号中");
    assert_eq!(text(letter, Lang::En), "Position 12: “V” never stands in a code");
    let hidden = Malformed::Character { position: 3, character: '\u{202e}' };
    assert_eq!(text(hidden, Lang::ZhHant), "第3位的字元U+202E不會出現在編號中");
    assert_eq!(hidden.to_string(), "character U+202E at position 3 is not allowed");
    assert_eq!(letter.to_string(), "character \"V\" at position 12 is not allowed");
    let length = Malformed::Length { found: 11 };
    assert_eq!(text(length, Lang::ZhHans), "编号应为12位或16位，读到11位");
    for lang in Lang::ALL {
        for refusal in [letter, hidden, length, Malformed::Check] {
            assert!(!refusal.text(lang).contains('\u{202e}') && !refusal.text(lang).is_empty());
        }
    }
    assert_ne!(text(length, Lang::ZhHant), text(length, Lang::En));
    assert_ne!(text(Malformed::Check, Lang::ZhHans), text(Malformed::Check, Lang::ZhHant));
}

#[test]
fn a_body_of_another_length_makes_no_code() {
    for length in (0..20).filter(|n| *n != 11 && *n != 15) {
        assert_eq!(CreditCode::of_body(&vec![b'4'; length]), None, "{length}");
    }
    assert_eq!(CreditCode::of_body(b"44M3QMX9D2O"), None);
}

proptest! {
    #[test]
    fn printing_and_reading_again_gives_the_same_code(code in arbitrary()) {
        prop_assert_eq!(CreditCode::parse(code.as_str()), Ok(code));
        prop_assert_eq!(CreditCode::parse(&code.grouped()), Ok(code));
        prop_assert_eq!(CreditCode::parse(&code.to_string().to_lowercase()), Ok(code));
    }

    #[test]
    fn every_substitution_and_adjacent_swap_is_caught(code in arbitrary()) {
        let right: Vec<u8> = code.as_str().bytes().collect();
        for at in 0..right.len() {
            for other in alphabet31::ALPHABET {
                let mut wrong = right.clone();
                wrong[at] = *other;
                if wrong != right {
                    let wrong = String::from_utf8(wrong).unwrap();
                    prop_assert_eq!(CreditCode::parse(&wrong), Err(Malformed::Check));
                }
            }
            if at > 0 && right[at - 1] != right[at] {
                let mut wrong = right.clone();
                wrong.swap(at - 1, at);
                let wrong = String::from_utf8(wrong).unwrap();
                prop_assert_eq!(CreditCode::parse(&wrong), Err(Malformed::Check));
            }
        }
    }

    #[test]
    fn no_text_makes_the_reader_panic_and_what_it_reads_is_canonical(text in any::<String>(), near in "[0-9A-Zo i－４Ａ]{10,20}") {
        for text in [text, near] {
            if let Ok(code) = CreditCode::parse(&text) {
                prop_assert_eq!(CreditCode::parse(code.as_str()), Ok(code));
                prop_assert!(code.as_str().bytes().all(|b| alphabet31::ALPHABET.contains(&b)));
            }
        }
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
        let _ = CreditCode::parse(&String::from_utf8_lossy(&bytes));
    }
}

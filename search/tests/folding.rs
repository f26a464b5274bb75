//! Folding on the server and folding in a browser are the same function.

use search::fold::{fold, fold_char};

#[test]
fn folding_twice_changes_nothing() {
    for c in ('\0'..=char::MAX).filter(|c| !c.is_whitespace()) {
        let mut once = String::new();
        fold_char(c, |c| once.push(c));
        let mut twice = String::new();
        once.chars().for_each(|c| fold_char(c, |c| twice.push(c)));
        assert_eq!(once, twice, "{c} U+{:04X}", u32::from(c));
        assert!(!once.is_empty() && !once.chars().any(char::is_whitespace), "{c:?}");
    }
}

#[test]
fn what_readers_type_differently_is_equal() {
    for (typed, stored) in [
        ("ＧＢ／Ｔ　４１００", "gb/t 4100"),
        ("電飯煲", "电饭煲"),
        ("陶瓷磚", "陶瓷砖"),
        ("㎡", "m2"),
        ("ﬁne", "fine"),
        ("T/HTSJ 001—2021", "t/htsj 001-2021"),
        ("  空  調 ", "空调"),
    ] {
        assert_eq!(fold(typed).replace(' ', ""), stored.replace(' ', ""), "{typed}");
    }
    assert_ne!(fold("景点"), fold("经典"));
}

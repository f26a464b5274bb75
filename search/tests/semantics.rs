//! What a reader may rely on when typing into the search box.

use search::{Catalogue, Index, Labels, Query, Results, Row};

fn product(
    key: &str,
    name: &str,
    model: &str,
    brand: &str,
    enterprise: &str,
    standard: &str,
    status: &str,
) -> Row {
    let spec = Catalogue::Products.spec();
    let mut row = spec.blank_row();
    row.key = key.into();
    for (column, value) in [
        ("name", name),
        ("model", model),
        ("brand", brand),
        ("enterprise", enterprise),
        ("standard", standard),
    ] {
        row.texts[spec.text(column).expect(column)] = value.into();
    }
    row.facets[spec.facet("status").expect("status")] = vec![status.into()];
    row
}

fn shelf() -> Vec<Row> {
    vec![
        product(
            "p-1",
            "瓷质抛光砖",
            "CW-Y1260",
            "澄瓦牌",
            "澄瓦陶瓷有限公司",
            "T/LBX 012-2025\nGB/T 4100-2015",
            "expired",
        ),
        product(
            "p-2",
            "IH 电饭煲",
            "QC-FB40",
            "晴川",
            "晴川电器有限公司",
            "GB/T 41001-2020",
            "valid",
        ),
        product("p-3", "空調機", "KT-9", "示例", "示例電器廠", "GB 21455-2019", "valid"),
        product("p-4", "景点门票机", "ＪＤ－１", "景点", "重庆机器厂", "Q/GDMD001-2019", "valid"),
        product("p-5", "陶瓷砖", "TCZ", "陶", "佛山陶瓷厂", "GB/T 4100-2015", "valid"),
        product("p-6", "Refrigerator", "Midea 5", "Midea", "Midea Group", "", "none"),
    ]
}

fn run(rows: Vec<Row>, pairs: &[(&str, &str)]) -> Results {
    let spec = Catalogue::Products.spec();
    let query = Query::parse(spec, pairs.iter().copied()).expect("a query");
    Index::build(spec, rows, &Labels::new()).search(&query)
}

fn keys(q: &str) -> Vec<String> {
    run(shelf(), &[("q", q)]).rows.into_iter().map(|r| r.key).collect()
}

#[test]
fn one_character_finds_every_text_that_contains_it() {
    assert_eq!(keys("陶"), ["p-5", "p-1"]);
    assert_eq!(keys("煲"), ["p-2"]);
}

#[test]
fn every_term_is_required() {
    assert_eq!(keys("陶瓷 佛山"), ["p-5"]);
    assert!(keys("陶瓷 冰箱").is_empty());
}

#[test]
fn traditional_and_simplified_are_equal_on_both_sides() {
    assert_eq!(keys("空调"), ["p-3"]);
    assert_eq!(keys("空調"), ["p-3"]);
    assert_eq!(keys("電飯煲"), ["p-2"]);
}

#[test]
fn case_and_full_width_forms_do_not_matter() {
    for q in ["midea", "MIDEA", "ｍｉｄｅａ"] {
        assert_eq!(keys(q), ["p-6"], "{q}");
    }
    assert_eq!(keys("jd-1"), ["p-4"]);
}

#[test]
fn standard_numbers_match_with_or_without_separators_and_year() {
    for q in ["GB/T 4100", "gbt4100", "gb/t4100", "GB/T4100", "ＧＢ／Ｔ　４１００"] {
        // The standard itself before another that only begins alike; valid before expired.
        assert_eq!(keys(q), ["p-5", "p-1", "p-2"], "{q}");
    }
    assert_eq!(keys("gb/t4100-2015"), ["p-5", "p-1"]);
    assert_eq!(keys("gbt41002015"), ["p-5", "p-1"]);
    assert_eq!(keys("T/LBX 012—2025"), ["p-1"]);
    assert_eq!(keys("qgdmd001"), ["p-4"]);
}

#[test]
fn latin_letters_match_by_sound_at_syllable_boundaries() {
    assert_eq!(keys("taoci"), ["p-1", "p-5"].iter().rev().copied().collect::<Vec<_>>());
    assert_eq!(keys("tczhuan"), Vec::<String>::new(), "full and initials do not mix");
    assert_eq!(keys("aoci"), Vec::<String>::new());
    assert_eq!(keys("taoc"), Vec::<String>::new());
    assert_eq!(keys("kongtiao"), ["p-3"]);
    assert_eq!(keys("chongqing"), ["p-4"]);
    assert_eq!(keys("ktj"), ["p-3"]);
}

#[test]
fn a_text_match_ranks_before_a_match_by_sound() {
    let rows = vec![
        product("p-1", "陶瓷砖", "A", "", "", "", "valid"),
        product("p-2", "砖", "xtcz", "", "", "", "valid"),
    ];
    let found: Vec<String> = run(rows, &[("q", "tcz")]).rows.into_iter().map(|r| r.key).collect();
    assert_eq!(found, ["p-2", "p-1"]);
}

#[test]
fn chinese_never_matches_by_sound() {
    assert_eq!(keys("景点"), ["p-4"]);
    assert!(keys("经典").is_empty());
}

#[test]
fn relevance_is_equal_then_beginning_then_contained_then_column() {
    let rows = vec![
        product("p-1", "智能冰箱", "", "", "", "", "valid"),
        product("p-2", "冰箱门", "", "", "", "", "valid"),
        product("p-3", "冰箱", "", "", "", "", "valid"),
        product("p-4", "门", "", "冰箱", "", "", "valid"),
        product("p-5", "门", "", "", "冰箱厂", "", "valid"),
        product("p-0", "冰箱", "", "", "", "", "withdrawn"),
    ];
    let found: Vec<String> = run(rows, &[("q", "冰箱")]).rows.into_iter().map(|r| r.key).collect();
    assert_eq!(found, ["p-3", "p-0", "p-4", "p-2", "p-5", "p-1"]);
}

#[test]
fn the_count_of_a_value_ignores_its_own_facet_only() {
    let found = run(shelf(), &[("q", "陶"), ("status", "valid")]);
    assert_eq!(found.total, 1);
    let status: Vec<(String, usize, bool)> = found
        .facet("status")
        .expect("status")
        .values
        .iter()
        .map(|v| (v.code.clone(), v.count, v.selected))
        .collect();
    assert_eq!(status, [("valid".into(), 1, true), ("expired".into(), 1, false)]);
}

#[test]
fn an_unknown_value_gives_no_hit_and_is_still_listed() {
    let found = run(shelf(), &[("scheme", "no-such-scheme")]);
    assert_eq!(found.total, 0);
    let scheme = &found.facet("scheme").expect("scheme").values;
    assert_eq!((scheme.len(), scheme[0].count, scheme[0].selected), (1, 0, true));
    assert_eq!(scheme[0].label[0], "no-such-scheme");
    // The counts of the other facets are those of the empty result.
    assert!(found.facet("status").expect("status").values.is_empty());
}

#[test]
fn an_empty_query_lists_everything() {
    let found = run(shelf(), &[("q", "  "), ("status", "")]);
    assert_eq!(found.total, 6);
    assert_eq!(found.rows.len(), 6);
}

#[test]
fn a_withdrawal_shows_at_once_in_the_overlay() {
    let spec = Catalogue::Products.spec();
    let index = Index::build(spec, shelf(), &Labels::new());
    let mut changed = shelf().remove(4);
    changed.facets[spec.facet("status").expect("status")] = vec!["withdrawn".into()];
    let now = index.overlay([changed], &["p-6".to_owned()], &Labels::new());
    let query = Query::parse(spec, [("status", "withdrawn")]).expect("a query");
    assert_eq!(index.search(&query).total, 0);
    let found = now.search(&query);
    assert_eq!(found.rows[0].key, "p-5");
    assert_eq!(now.len(), 5);
    assert!(now.row("p-6").is_none());
}

mod wrong;

use serde_json::{Value, json};

use super::*;
use crate::{Reason, ReasonCode, SourceRef};

const FIRM: &str = "91350100M000100Y43";
const OTHER: &str = "91440606722473344C";

/// Width and case as the search folds them, and the few traditional characters used here.
fn fold(text: &str) -> String {
    let folded = id::text::nfkc(text).to_lowercase();
    folded
        .chars()
        .map(|c| match c {
            '電' => '电',
            '東' => '东',
            '廠' => '厂',
            c => c,
        })
        .collect()
}

/// Kinds of goods by the last word, as the server's table gives them.
fn ends(phrase: &str) -> Kinds {
    let table: [(&str, &[&'static str]); 12] = [
        ("mini fridges", &["冰箱", "迷你冰箱"]),
        ("refrigerators", &["冰箱", "电冰箱"]),
        ("refrigerator", &["冰箱", "电冰箱"]),
        ("freezers", &["冰柜"]),
        ("freezer", &["冰柜"]),
        ("magnets", &["冰箱贴"]),
        ("defrosters", &["除霜器"]),
        ("kettles", &["水壶"]),
        ("backpacks", &["背包"]),
        ("电冰箱", &["冰箱", "电冰箱"]),
        ("冰箱", &["冰箱", "电冰箱"]),
        ("冰箱贴", &["冰箱贴"]),
    ];
    let phrase = fold(phrase);
    let longest =
        table.iter().filter(|(word, _)| phrase.ends_with(word)).max_by_key(|one| one.0.len());
    longest.map(|(_, kinds)| kinds.iter().copied().collect()).unwrap_or_default()
}

/// Brands the register knows.
fn known(brand: &str) -> bool {
    ["auriga", "auriga elite", "auriga white", "nordlys", "summit", "示例"].contains(&brand)
}

const READ: Reading<'static> = Reading { fold: &fold, goods: &ends, known: &known };

fn entry(kind: Kind, key: &str, fields: Value) -> Entry {
    Entry {
        seq: 1,
        recorded_at: "2026-01-02T00:00:00Z".parse().unwrap(),
        valid_from: "2026-01-01".parse().unwrap(),
        kind,
        key: key.to_owned(),
        reason: Reason::from(ReasonCode::Published),
        source: SourceRef { id: "list".to_owned(), locator: Default::default() },
        body: fields.as_object().cloned().unwrap(),
    }
}

fn firm() -> Entry {
    entry(
        Kind::Enterprise,
        FIRM,
        json!({ "name_zh": "示例电器（佛山）有限公司", "name_en": "Sample Appliances Co., Ltd.", "former_names": ["示例电器总厂"] }),
    )
}

fn product() -> Entry {
    entry(
        Kind::Product,
        "p-d58030165a9c",
        json!({ "name_zh": "电冰箱", "holder": FIRM, "model": "SL-100A", "gtins": ["09521234543213"] }),
    )
}

#[test]
fn a_title_names_a_firm_only_by_its_whole_name() {
    let name = "示例电器有限公司";
    for (title, named) in [
        ("示例电器有限公司虚标性能案", true),
        ("关于示例电器有限公司的处罚", true),
        ("典型案例：示例电器有限公司虚标案", true),
        ("“示例电器有限公司”虚假宣传", true),
        ("示例電器有限公司", true),
        ("示例电器　有限公司", true),
        ("责令示例电器有限公司召回产品", true),
        // Longer names.
        ("大示例电器有限公司虚标性能案", false),
        ("大和示例电器有限公司虚标性能案", false),
        ("佛山市示例电器有限公司", false),
        ("示例电器有限公司广州分公司", true),
        ("示例电器有限公司分公司被罚", false),
        ("示例电器有限公司集团", false),
        ("示例电器", false),
        ("示例电器销售有限公司", false),
        ("", false),
    ] {
        assert_eq!(names_firm(title, name, &fold), named, "{title}");
    }
    assert!(!names_firm("示例公司案", "示例公司", &fold), "too short to mean one firm");
    let latin = "Sample Appliances Co., Ltd.";
    assert!(names_firm("Recall: Sample Appliances Co Ltd fridges", latin, &fold));
    assert!(!names_firm("Resample Appliances Co Ltd fridges", latin, &fold));
    assert!(!names_firm("Sample Appliances Co Ltda", latin, &fold));
}

#[test]
fn the_same_name_is_the_same_in_any_width_and_script() {
    for (a, b, same) in [
        ("示例电器（佛山）有限公司", "示例電器(佛山)有限公司", true),
        ("示例电器（佛山）有限公司", "示例电器佛山有限公司", true),
        ("ＡＢＣ电器有限公司", "abc电器有限公司", true),
        ("示例电器有限公司", "示例电器有限责任公司", false),
        ("示例电器有限公司", "例示电器有限公司", false),
        ("示例电器有限公司", "示例电气有限公司", false),
        ("", "", false),
        ("（）", "（）", false),
    ] {
        assert_eq!(same_name(a, b, &fold), same, "{a} {b}");
    }
}

#[test]
fn a_recall_is_about_the_firm_whose_code_it_gives_and_perhaps_about_one_of_its_name() {
    let firm = firm();
    let firm = Firm::of(&firm);
    let recall = |producer: Value| {
        about_firm(&entry(Kind::Recall, "r", json!({ "producer": producer })), &firm, &READ)
    };
    assert_eq!(recall(json!({ "name": "别的名字", "uscc": FIRM })), Some(Match::Certain(By::Uscc)));
    let same = "示例電器(佛山)有限公司";
    assert_eq!(recall(json!({ "name": same })), Some(Match::Possible(Alike::Firm)));
    assert_eq!(recall(json!({ "name": "示例電器總廠" })), None);
    assert_eq!(
        recall(json!({ "name": "示例电器总厂" })),
        Some(Match::Possible(Alike::Firm)),
        "a former name"
    );
    assert_eq!(recall(json!({ "name": same, "uscc": OTHER })), None, "another firm of this name");
    assert_eq!(recall(json!({ "name": "示例电器有限公司" })), None, "a similar name");
    assert_eq!(recall(json!({})), None);
}

#[test]
fn a_notice_that_says_whom_it_means_is_about_nobody_else() {
    let firm = firm();
    let firm = Firm::of(&firm);
    let notice = |fields: Value| about_firm(&entry(Kind::Notice, "n", fields), &firm, &READ);
    let title = "示例电器（佛山）有限公司虚标案";
    assert_eq!(notice(json!({ "title": title })), Some(Match::Possible(Alike::Firm)));
    assert_eq!(
        notice(json!({ "title": "案例", "enterprises": [OTHER, FIRM] })),
        Some(Match::Certain(By::Uscc))
    );
    assert_eq!(notice(json!({ "title": title, "enterprises": [OTHER] })), None);
    assert_eq!(notice(json!({ "title": "电冰箱消费提示" })), None);
}

#[test]
fn a_product_is_matched_by_key_barcode_or_maker_and_model() {
    let (firm, product) = (firm(), product());
    let item = Item::of(&product, Some(&firm), &[]);
    let of = |kind, fields: Value| about_item(&entry(kind, "x", fields), &item, &READ);
    let notice = |fields: Value| of(Kind::Notice, fields);
    let recall = |fields: Value| of(Kind::Recall, fields);
    assert_eq!(notice(json!({ "products": ["p-d58030165a9c"] })), Some(Match::Certain(By::Key)));
    let barcode = json!({ "title": "条码9521234543213的冰箱" });
    assert_eq!(notice(barcode), Some(Match::Certain(By::Gtin)));
    assert_eq!(notice(json!({ "title": "编号95212345432130" })), None, "a longer number");
    assert_eq!(notice(json!({ "title": "条码9521234543214的冰箱" })), None, "check digit");
    let of_model =
        |model: &str, producer: Value| recall(json!({ "producer": producer, "models": [model] }));
    assert_eq!(of_model("ｓｌ-100ａ", json!({ "uscc": FIRM })), Some(Match::Certain(By::Model)));
    assert_eq!(of_model("SL-100AB", json!({ "uscc": FIRM })), None);
    assert_eq!(of_model("SL-100A", json!({ "uscc": OTHER })), None);
    let name = "示例电器（佛山）有限公司";
    assert_eq!(
        of_model("SL-100A", json!({ "name": name })),
        Some(Match::Possible(Alike::FirmModel))
    );
    assert_eq!(of_model("SL-100", json!({ "name": name })), None);
    assert_eq!(of_model("SL-100A", json!({})), None, "a model alone names nothing");
    assert_eq!(
        notice(json!({ "title": "示例电器（佛山）有限公司SL-100A冰箱虚标案" })),
        Some(Match::Possible(Alike::FirmModel))
    );
    let longer = json!({ "title": "示例电器（佛山）有限公司SL-100AB冰箱虚标案" });
    assert_eq!(notice(longer), None);
    assert_eq!(notice(json!({ "title": "SL-100A冰箱虚标案" })), None, "no maker");
}

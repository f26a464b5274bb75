//! One model as its holder sells it.

use super::rules::{self, Check};
use super::{Choice, Field, Kind, KindSpec, Type};
use crate::message::Message;

/// The kind `product`.
pub static SPEC: KindSpec = KindSpec {
    kind: Kind::Product,
    name: "product",
    label: ["产品", "產品", "Product"],
    fields: FIELDS,
    required_columns: &[
        &["产品名称"],
        &["企业名称"],
        &["统一社会信用代码"],
        &["商标"],
        &["规格型号"],
        &["产品类别"],
    ],
    also: &[
        ("企业名称", "enterprise.name_zh"),
        ("食品名称", "name_zh"),
        ("型号", "model"),
        ("规格", "spec"),
        ("品牌", "brand"),
        ("条码", "gtins"),
        ("条形码", "gtins"),
        ("执行标准编号", "standards"),
    ],
    transitions: &[],
    key: rules::product_key,
    check,
    title: |body| rules::title(body, "name_zh"),
};

/// Fields, in the order templates and pages show them.
pub const FIELDS: &[Field] = &[
    Field::new("name_zh", Type::Text { max: 500 }, ["名称", "名稱", "Name"])
        .required()
        .column("产品名称")
        .example("家用电冰箱"),
    Field::new(
        "name_hant",
        Type::Text { max: 500 },
        ["繁体名称", "繁體名稱", "Name in Traditional Chinese"],
    )
    .example("家用電冰箱"),
    Field::new("name_en", Type::Text { max: 500 }, ["英文名称", "英文名稱", "English name"])
        .column("英文名称")
        .example("Household refrigerator"),
    Field::new("holder", Type::Key(Kind::Enterprise), ["持有人", "持有人", "Holder"])
        .required()
        .column("统一社会信用代码")
        .example("91350100M000100Y43"),
    Field::new("brand", Type::Text { max: 500 }, ["商标", "商標", "Brand"])
        .required()
        .column("商标")
        .example("示例牌"),
    Field::new("model", Type::Text { max: 500 }, ["规格型号", "規格型號", "Model"])
        .required()
        .column("规格型号")
        .example("SL-100A"),
    Field::new("variant", Type::Text { max: 500 }, ["规格序号", "規格序號", "Variant"])
        .column("规格序号")
        .example("2229666"),
    Field::new("category", Type::Text { max: 500 }, ["产品类别", "產品類別", "Category"])
        .required()
        .column("产品类别")
        .example("家电/制冷"),
    Field::new("sector", Type::Text { max: 500 }, ["行业", "行業", "Sector"])
        .column("行业")
        .example("家电"),
    Field::new("sector_group", Type::Enum(SECTOR_GROUP), ["行业大类", "行業大類", "Sector group"])
        .column("行业大类")
        .example("consumer"),
    Field::new("gtins", Type::List(&Type::Gtin), ["商品条码", "商品條碼", "Barcodes (GTIN)"])
        .column("商品条码")
        .example("09521234543213"),
    Field::new("spec", Type::Text { max: 500 }, ["规格", "規格", "Specification"])
        .column("规格")
        .example("100 L"),
    Field::new(
        "standards",
        Type::List(&Type::Key(Kind::Standard)),
        ["执行标准", "執行標準", "Standards claimed"],
    )
    .column("执行标准")
    .example("T/FSAS 12-2021"),
    Field::new(
        "pack_claims",
        Type::List(&Type::Struct(PACK_CLAIMS)),
        ["外包装明示", "外包裝明示", "Claims on the pack"],
    )
    .column("外包装明示")
    .example("耗电量 0.35 kW·h/d"),
    Field::new("warranty_months", Type::Int, ["质保期", "質保期", "Warranty (months)"])
        .unit("month")
        .column("质保期")
        .example("36"),
    Field::new("image_hash", Type::Sha256, ["图片", "圖片", "Picture (SHA-256)"])
        .column("图片")
        .example("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    Field::new("status", Type::Enum(STATUS), ["状态", "狀態", "Status"])
        .required()
        .column("状态")
        .example("on_sale"),
];

/// Fields of one `pack_claims`.
pub const PACK_CLAIMS: &[Field] = &[
    Field::new("indicator", Type::Text { max: 500 }, ["指标", "指標", "Indicator"]).required(),
    Field::new("text", Type::Text { max: 500 }, ["明示文字", "明示文字", "Words on the pack"])
        .required(),
];

/// Values of `sector_group`.
pub const SECTOR_GROUP: &[Choice] = &[
    Choice::new("manufacturing", ["制造业", "製造業", "manufacturing"]),
    Choice::new("consumer", ["消费品", "消費品", "consumer goods"]),
    Choice::new("other", ["其他", "其他", "other"]),
];

/// Values of `status`.
pub const STATUS: &[Choice] = &[
    Choice::new("on_sale", ["在产", "在產", "on sale"]),
    Choice::new("discontinued", ["停产", "停產", "discontinued"]),
];

fn check(c: &Check, out: &mut Vec<Message>) {
    rules::cited_standards(c, out);
}

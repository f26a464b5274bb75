//! A quality credit code.

use super::rules::{self, Check};
use super::{Choice, Field, Kind, KindSpec, Type};
use crate::message::Message;

/// The kind `code`.
pub static SPEC: KindSpec = KindSpec {
    kind: Kind::Code,
    name: "code",
    label: ["质量信用码", "質量信用碼", "Quality credit code"],
    fields: FIELDS,
    required_columns: &[
        &["质量信用码"],
        &["产品名称"],
        &["规格型号"],
        &["统一社会信用代码"],
        &["赋码日期"],
        &["状态"],
    ],
    also: &[
        ("质量信用码", "key"),
        ("规格型号", "product.model"),
        ("商品条码", "product.gtins"),
        ("批次", "batch_root"),
        ("保险单号", "redress.policy_number"),
    ],
    transitions: &[
        ("draft", "valid"),
        ("valid", "suspended"),
        ("suspended", "valid"),
        ("valid", "withdrawn"),
        ("valid", "cancelled"),
        ("valid", "superseded"),
        ("suspended", "withdrawn"),
        ("suspended", "cancelled"),
        ("suspended", "superseded"),
    ],
    key: rules::supplied_key,
    check,
    title: |body| rules::titles(body, &["product"]),
};

/// Fields, in the order templates and pages show them.
pub const FIELDS: &[Field] = &[
    Field::new("level", Type::Enum(LEVEL), ["层级", "層級", "Level"])
        .required()
        .column("层级")
        .example("M"),
    Field::new("product", Type::Key(Kind::Product), ["产品", "產品", "Product"])
        .required()
        .column("产品名称")
        .example("p-d58030165a9c"),
    Field::new("holder", Type::Key(Kind::Enterprise), ["持有人", "持有人", "Holder"])
        .required()
        .column("统一社会信用代码")
        .example("91350100M000100Y43"),
    // Where a product has several listings, the one named here decides the code's verdict.
    Field::new(
        "listing",
        Type::Key(Kind::Listing),
        ["所依登记", "所依登記", "Listing it rests on"],
    )
    .example("foshan-standard/FSB-2024-000123"),
    Field::new("issued_on", Type::Date, ["赋码日期", "賦碼日期", "Issued on"])
        .required()
        .column("赋码日期")
        .example("2024-03-01"),
    Field::new("expires_on", Type::Date, ["有效期至", "有效期至", "Expires on"])
        .column("有效期至")
        .example("2027-03-01"),
    Field::new("issuer", Type::Text { max: 500 }, ["赋码机构", "賦碼機構", "Issuer"])
        .required()
        .column("赋码机构")
        .example("示例平台"),
    Field::new("key_id", Type::Key(Kind::Key), ["签名公钥", "簽名公鑰", "Signing key"])
        .example("530d903a00000000"),
    Field::new("status", Type::Enum(STATUS), ["状态", "狀態", "Status"])
        .required()
        .column("状态")
        .example("valid"),
    Field::new("decision", Type::Text { max: 500 }, ["文号", "文號", "Decision number"])
        .column("文号")
        .example("示例决定〔2026〕3号"),
    Field::new("batch_root", Type::Sha256, ["批次根", "批次根", "Root of the batch"])
        .column("批次")
        .example("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    Field::new(
        "credit_sections",
        Type::List(&Type::Struct(CREDIT_SECTIONS)),
        ["信用信息", "信用信息", "Credit record"],
    )
    .column("信用信息")
    .example("inspections 合格 省监督抽查 2024-05-01"),
    Field::new("redress", Type::Struct(REDRESS), ["先行赔付与保险", "先行賠付與保險", "Redress"])
        .unit("fen")
        .column("先行赔付")
        .example("是 示例保险公司 100000"),
    Field::new(
        "expected_pack",
        Type::List(&Type::Text { max: 500 }),
        ["外包装应明示", "外包裝應明示", "What the pack should say"],
    )
    .column("外包装明示")
    .example("耗电量 0.35 kW·h/d"),
];

/// Fields of one `credit_sections`.
pub const CREDIT_SECTIONS: &[Field] = &[
    Field::new("section", Type::Enum(CREDIT_SECTIONS_SECTION), ["栏目", "欄目", "Section"])
        .required(),
    Field::new("text", Type::Text { max: 500 }, ["内容", "內容", "Text"]).required(),
    Field::new("source", Type::Text { max: 500 }, ["来源", "來源", "Source"]).required(),
    Field::new("date", Type::Date, ["日期", "日期", "Date"]).required(),
];

/// Fields of one `redress`.
pub const REDRESS: &[Field] = &[
    Field::new("pay_first", Type::Bool, ["先行赔付", "先行賠付", "Pays first"]),
    Field::new("insurer", Type::Text { max: 500 }, ["承保机构", "承保機構", "Insurer"]),
    Field::new("policy_number", Type::Text { max: 500 }, ["保险单号", "保險單號", "Policy number"]),
    Field::new("limit_fen", Type::Int, ["赔付限额（分）", "賠付限額（分）", "Limit (fen)"])
        .unit("fen"),
    Field::new("valid_until", Type::Date, ["有效期至", "有效期至", "Valid until"]),
    Field::new("claim_url", Type::Url, ["申请赔付", "申請賠付", "Claim"]),
];

/// Values of `level`.
pub const LEVEL: &[Choice] = &[
    Choice::new("M", ["型号码", "型號碼", "model"]),
    Choice::new("U-batch", ["单件码批次", "單件碼批次", "batch of unit codes"]),
    Choice::new("S", ["签名码", "簽名碼", "signed statement"]),
];

/// Values of `status`.
pub const STATUS: &[Choice] = &[
    Choice::new("draft", ["草稿", "草稿", "draft"]),
    Choice::new("valid", ["有效", "有效", "valid"]),
    Choice::new("suspended", ["暂停", "暫停", "suspended"]),
    Choice::new("withdrawn", ["撤销", "撤銷", "withdrawn by the authority"]),
    Choice::new("cancelled", ["注销", "註銷", "cancelled by the holder"]),
    Choice::new("superseded", ["被替代", "被替代", "superseded"]),
];

/// Values of `credit_sections_section`.
pub const CREDIT_SECTIONS_SECTION: &[Choice] = &[
    Choice::new("inspections", ["监督抽查", "監督抽查", "inspections"]),
    Choice::new("certificates", ["认证许可", "認證許可", "certificates"]),
    Choice::new("honours", ["荣誉", "榮譽", "honours"]),
    Choice::new("penalties", ["行政处罚", "行政處罰", "penalties"]),
    Choice::new("recalls", ["召回", "召回", "recalls"]),
    Choice::new("complaints", ["投诉", "投訴", "complaints"]),
];

fn check(c: &Check, out: &mut Vec<Message>) {
    rules::code_left_valid(c, out);
    rules::quality_credit_code(c, out);
    rules::not_before(c, "issued_on", "expires_on", out);
}

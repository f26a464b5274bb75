//! One administrative penalty decision.

use super::rules::{self, Check};
use super::{Choice, Field, Kind, KindSpec, Type};
use crate::message::Message;

/// The kind `penalty`.
pub static SPEC: KindSpec = KindSpec {
    kind: Kind::Penalty,
    name: "penalty",
    label: ["行政处罚", "行政處罰", "Penalty"],
    fields: FIELDS,
    required_columns: &[
        &["行政处罚决定书文号"],
        &["当事人名称"],
        &["统一社会信用代码"],
        &["违法事实"],
        &["处罚依据"],
        &["处罚内容"],
        &["处罚机关"],
        &["处罚决定日期"],
        &["公示截止期"],
    ],
    also: &[
        ("统一社会信用代码", "party.uscc"),
        ("当事人名称", "party.name"),
        ("违法行为", "act"),
        ("处罚种类", "measure"),
    ],
    transitions: &[
        ("in_force", "under_review"),
        ("in_force", "revoked"),
        ("in_force", "repaired"),
        ("under_review", "in_force"),
        ("under_review", "revoked"),
        ("under_review", "repaired"),
    ],
    key: rules::penalty_key,
    check,
    title: |body| rules::titles(body, &["number"]),
};

/// Fields, in the order templates and pages show them.
pub const FIELDS: &[Field] = &[
    Field::new(
        "number",
        Type::Text { max: 500 },
        ["行政处罚决定书文号", "行政處罰決定書文號", "Decision number"],
    )
    .required()
    .column("行政处罚决定书文号")
    .example("示市监处罚〔2024〕1号"),
    Field::new("authority", Type::Text { max: 500 }, ["处罚机关", "處罰機關", "Decided by"])
        .required()
        .column("处罚机关")
        .example("示例市场监管局"),
    Field::new("party", Type::Struct(PARTY), ["当事人", "當事人", "Party"])
        .required()
        .until()
        .column("当事人名称")
        .example("示例电器有限公司"),
    Field::new("act", Type::Text { max: 500 }, ["违法事实", "違法事實", "Act"])
        .required()
        .until()
        .column("违法事实")
        .example("生产不合格产品"),
    Field::new("basis", Type::List(&Type::Struct(BASIS)), ["处罚依据", "處罰依據", "Legal basis"])
        .required()
        .column("处罚依据")
        .example("产品质量法 第49条"),
    Field::new(
        "measure",
        Type::List(&Type::Enum(MEASURE)),
        ["处罚类别", "處罰類別", "Kind of penalty"],
    )
    .required()
    .column("处罚类别")
    .example("fine"),
    Field::new("content", Type::Text { max: 500 }, ["处罚内容", "處罰內容", "Penalty"])
        .required()
        .until()
        .column("处罚内容")
        .example("罚款2万元"),
    Field::new("amount_fen", Type::Int, ["罚款金额（分）", "罰款金額（分）", "Fine (fen)"])
        .unit("fen")
        .column("罚款金额（万元）")
        .example("2"),
    Field::new("decided_on", Type::Date, ["处罚决定日期", "處罰決定日期", "Decided on"])
        .required()
        .column("处罚决定日期")
        .example("2024-05-10"),
    Field::new("publish_until", Type::Date, ["公示截止期", "公示截止期", "Published until"])
        .required()
        .column("公示截止期")
        .example("2025-05-10"),
    Field::new("status", Type::Enum(STATUS), ["状态", "狀態", "Status"])
        .required()
        .column("状态")
        .example("in_force"),
    Field::new(
        "person_name",
        Type::Text { max: 500 },
        ["法定代表人", "法定代表人", "Legal representative"],
    )
    .removable_until()
    .column("法定代表人")
    .example("示例人戊"),
    Field::new(
        "report_numbers",
        Type::List(&Type::Text { max: 500 }),
        ["涉案报告编号", "涉案報告編號", "Reports concerned"],
    )
    .column("涉案报告编号")
    .example("BG-2023-001"),
];

/// Fields of one `party`.
pub const PARTY: &[Field] = &[
    Field::new("name", Type::Text { max: 500 }, ["名称", "名稱", "Name"]).required(),
    Field::new(
        "uscc",
        Type::Uscc,
        ["统一社会信用代码", "統一社會信用代碼", "Unified social credit code"],
    ),
];

/// Fields of one `basis`.
pub const BASIS: &[Field] = &[
    Field::new("law", Type::Text { max: 500 }, ["法律", "法律", "Law"]).required(),
    Field::new("article", Type::Text { max: 500 }, ["条款", "條款", "Article"]),
];

/// Values of `measure`.
pub const MEASURE: &[Choice] = &[
    Choice::new("warning", ["警告", "警告", "warning"]),
    Choice::new("fine", ["罚款", "罰款", "fine"]),
    Choice::new("confiscation", ["没收", "沒收", "confiscation"]),
    Choice::new("revocation", ["吊销许可", "吊銷許可", "revocation of a licence"]),
    Choice::new("order", ["责令改正", "責令改正", "order to put right"]),
];

/// Values of `status`.
pub const STATUS: &[Choice] = &[
    Choice::new("in_force", ["生效", "生效", "in force"]),
    Choice::new("under_review", ["复议诉讼", "複議訴訟", "under review or in court"]),
    Choice::new("revoked", ["撤销", "撤銷", "revoked"]),
    Choice::new("repaired", ["信用修复", "信用修復", "credit repaired"]),
];

fn check(c: &Check, out: &mut Vec<Message>) {
    rules::publish_until(c, "decided_on", out);
    rules::named_party(c, "party", "当事人名称", out);
    rules::no_natural_person(c, "party", "当事人名称", out);
    rules::penalty_lifted(c, out);
}

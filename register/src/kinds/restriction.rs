//! Presence on an adverse list.

use super::rules::{self, Check};
use super::{Choice, Field, Kind, KindSpec, Type};
use crate::message::Message;

/// The kind `restriction`.
pub static SPEC: KindSpec = KindSpec {
    kind: Kind::Restriction,
    name: "restriction",
    label: ["惩戒名单", "懲戒名單", "Restriction"],
    fields: FIELDS,
    required_columns: &[
        &["名单类型"],
        &["企业名称"],
        &["统一社会信用代码"],
        &["列入事由"],
        &["列入依据"],
        &["列入日期"],
        &["列入机关"],
    ],
    also: &[("企业名称", "enterprise.name_zh")],
    transitions: &[("listed", "removed")],
    key: rules::restriction_key,
    check,
    title: |body| rules::titles(body, &["list", "listed_on"]),
};

/// Fields, in the order templates and pages show them.
pub const FIELDS: &[Field] = &[
    Field::new("list", Type::Enum(LIST), ["名单类型", "名單類型", "List"])
        .required()
        .column("名单类型")
        .example("abnormal_operations"),
    Field::new("subject", Type::Key(Kind::Enterprise), ["列入对象", "列入對象", "Listed party"])
        .required()
        .until()
        .column("统一社会信用代码")
        .example("91350100M000100Y43"),
    Field::new("cause", Type::Text { max: 500 }, ["列入事由", "列入事由", "Cause"])
        .required()
        .until()
        .column("列入事由")
        .example("未按期公示年度报告"),
    Field::new("basis", Type::List(&Type::Struct(BASIS)), ["列入依据", "列入依據", "Legal basis"])
        .required()
        .column("列入依据")
        .example("企业信息公示暂行条例 第17条"),
    Field::new("authority", Type::Text { max: 500 }, ["列入机关", "列入機關", "Listed by"])
        .required()
        .column("列入机关")
        .example("示例市场监管局"),
    Field::new("decision", Type::Struct(DECISION), ["决定文书", "決定文書", "Decision"])
        .column("文号")
        .example("示例〔2024〕3号"),
    Field::new("listed_on", Type::Date, ["列入日期", "列入日期", "Listed on"])
        .required()
        .column("列入日期")
        .example("2024-07-10"),
    Field::new("removed_on", Type::Date, ["移出日期", "移出日期", "Removed on"])
        .column("移出日期")
        .example("2024-09-01"),
    Field::new(
        "removal_reason",
        Type::Enum(REMOVAL_REASON),
        ["移出事由", "移出事由", "Reason for removal"],
    )
    .column("移出事由")
    .example("repaired"),
    Field::new("publish_until", Type::Date, ["公示截止期", "公示截止期", "Published until"])
        .required()
        .column("公示截止期")
        .example("2027-07-10"),
    Field::new(
        "measures",
        Type::List(&Type::Text { max: 500 }),
        ["惩戒措施", "懲戒措施", "Measures"],
    )
    .column("惩戒措施")
    .example("限制参与政府采购"),
    Field::new("status", Type::Enum(STATUS), ["状态", "狀態", "Status"])
        .required()
        .column("状态")
        .example("listed"),
];

/// Fields of one `basis`.
pub const BASIS: &[Field] = &[
    Field::new("law", Type::Text { max: 500 }, ["法律", "法律", "Law"]).required(),
    Field::new("article", Type::Text { max: 500 }, ["条款", "條款", "Article"]),
];

/// Fields of one `decision`.
pub const DECISION: &[Field] = &[
    Field::new("number", Type::Text { max: 500 }, ["文号", "文號", "Number"]).required(),
    Field::new("date", Type::Date, ["日期", "日期", "Date"]),
    Field::new("url", Type::Url, ["链接", "鏈接", "Link"]),
];

/// Values of `list`.
pub const LIST: &[Choice] = &[
    Choice::new("abnormal_operations", ["经营异常名录", "經營異常名錄", "abnormal operations"]),
    Choice::new(
        "serious_dishonesty",
        ["严重违法失信名单", "嚴重違法失信名單", "serious dishonesty"],
    ),
    Choice::new("quality_blacklist", ["质量黑名单", "質量黑名單", "quality blacklist"]),
    Choice::new("sector", ["行业名单", "行業名單", "sector list"]),
];

/// Values of `removal_reason`.
pub const REMOVAL_REASON: &[Choice] = &[
    Choice::new("term_ended", ["期满", "期滿", "term ended"]),
    Choice::new("repaired", ["信用修复", "信用修復", "credit repaired"]),
    Choice::new("error", ["列入有误", "列入有誤", "listed in error"]),
];

/// Values of `status`.
pub const STATUS: &[Choice] = &[
    Choice::new("listed", ["列入", "列入", "listed"]),
    Choice::new("removed", ["移出", "移出", "removed"]),
];

fn check(c: &Check, out: &mut Vec<Message>) {
    rules::publish_until(c, "listed_on", out);
    rules::no_natural_persons_key(c, "subject", out);
    rules::restriction_removed(c, out);
    rules::not_before(c, "listed_on", "removed_on", out);
}

//! A recall, a notification from abroad or a refusal at a border.

use super::rules::{self, Check};
use super::{Choice, Field, Kind, KindSpec, Type};
use crate::message::{Code, Message};

/// The kind `recall`.
pub static SPEC: KindSpec = KindSpec {
    kind: Kind::Recall,
    name: "recall",
    label: ["召回", "召回", "Recall"],
    fields: FIELDS,
    required_columns: &[
        &["召回编号"],
        &["生产者名称"],
        &["产品名称"],
        &["规格型号"],
        &["缺陷情况"],
        &["可能后果"],
        &["召回措施"],
        &["召回开始日期"],
        &["联系方式"],
    ],
    also: &[
        ("统一社会信用代码", "producer.uscc"),
        ("生产者名称", "producer.name"),
        ("发布日期", "started_on"),
    ],
    transitions: &[
        ("announced", "in_progress"),
        ("announced", "completed"),
        ("announced", "terminated"),
        ("in_progress", "completed"),
        ("in_progress", "terminated"),
    ],
    key: rules::recall_key,
    check,
    title: |body| rules::titles(body, &["product_name", "number"]),
};

/// Fields, in the order templates and pages show them.
pub const FIELDS: &[Field] = &[
    Field::new("number", Type::Text { max: 500 }, ["召回编号", "召回編號", "Recall number"])
        .required()
        .column("召回编号")
        .example("示召2024-001"),
    Field::new("authority", Type::Text { max: 500 }, ["发布机关", "發佈機關", "Published by"])
        .required()
        .column("发布机关")
        .example("示例市场监管局"),
    Field::new("region", Type::Text { max: 500 }, ["涉及地区", "涉及地區", "Region"])
        .required()
        .column("涉及地区")
        .example("CN"),
    Field::new("alert_type", Type::Enum(ALERT_TYPE), ["类型", "類型", "Type"])
        .required()
        .column("类型")
        .example("recall"),
    Field::new("producer", Type::Struct(PRODUCER), ["生产者", "生產者", "Producer"])
        .column("生产者名称")
        .example("示例电器有限公司"),
    Field::new("product_name", Type::Text { max: 4_000 }, ["产品名称", "產品名稱", "Product"])
        .required()
        .column("产品名称")
        .example("家用电冰箱"),
    Field::new("heading", Type::Text { max: 4_000 }, ["公告标题", "公告標題", "Heading"])
        .column("公告标题")
        .example("示例电器召回家用电冰箱"),
    Field::new(
        "made_in",
        Type::List(&Type::PlaceOrCountry),
        ["原产国家或地区", "原產國家或地區", "Made in"],
    )
    .column("原产国家或地区")
    .example("CN"),
    Field::new(
        "made_in_text",
        Type::Text { max: 500 },
        ["原产国家或地区（原文）", "原產國家或地區（原文）", "Made in, as printed"],
    )
    .column("原产国家或地区（原文）")
    .example("China (sensors)"),
    Field::new("description", Type::Text { max: 16_000 }, ["产品描述", "產品描述", "Description"])
        .column("产品描述")
        .example("This recall involves …"),
    Field::new("models", Type::List(&Type::Text { max: 500 }), ["规格型号", "規格型號", "Models"])
        .column("规格型号")
        .example("SL-100A"),
    Field::new("lots", Type::List(&Type::Text { max: 500 }), ["批号", "批號", "Lots"])
        .column("批号")
        .example("B2403"),
    Field::new(
        "production_range",
        Type::Struct(PRODUCTION_RANGE),
        ["生产日期范围", "生產日期範圍", "Produced between"],
    )
    .column("生产日期范围")
    .example("2024-03-01 2024-03-31"),
    Field::new("units", Type::Int, ["召回数量", "召回數量", "Number of units"])
        .unit("piece")
        .column("召回数量")
        .example("1200"),
    Field::new(
        "units_text",
        Type::Text { max: 500 },
        ["召回数量（原文）", "召回數量（原文）", "Number of units as printed"],
    )
    .column("召回数量（原文）")
    .example("About 8,900"),
    Field::new("defect", Type::Text { max: 16_000 }, ["缺陷情况", "缺陷情況", "Defect"])
        .column("缺陷情况")
        .example("压缩机接线端子松动"),
    Field::new("hazard", Type::Text { max: 16_000 }, ["可能后果", "可能後果", "Hazard"])
        .column("可能后果")
        .example("可能起火"),
    Field::new("injuries", Type::Int, ["伤害人数", "傷害人數", "Injuries"])
        .unit("person")
        .column("伤害人数")
        .example("0"),
    Field::new("remedy", Type::Text { max: 16_000 }, ["召回措施", "召回措施", "Remedy"])
        .column("召回措施")
        .example("免费更换"),
    Field::new("started_on", Type::Date, ["召回开始日期", "召回開始日期", "Started on"])
        .column("召回开始日期")
        .example("2024-08-01"),
    Field::new("ends_on", Type::Date, ["召回结束日期", "召回結束日期", "Ends on"])
        .column("召回结束日期")
        .example("2025-01-31"),
    Field::new("contact", Type::Text { max: 500 }, ["联系方式", "聯繫方式", "Contact"])
        .column("联系方式")
        .example("示例服务热线"),
    Field::new(
        "foreign_number",
        Type::Text { max: 500 },
        ["境外编号", "境外編號", "Number abroad"],
    )
    .column("境外编号")
    .example("A12/00000/24"),
    Field::new("url", Type::Url, ["公告链接", "公告鏈接", "Full text"])
        .column("公告链接")
        .example("https://example.com/r/1"),
    Field::new("status", Type::Enum(STATUS), ["状态", "狀態", "Status"])
        .required()
        .column("状态")
        .example("in_progress"),
];

/// Fields of one `producer`.
pub const PRODUCER: &[Field] = &[
    Field::new("name", Type::Text { max: 500 }, ["名称", "名稱", "Name"]).required(),
    Field::new(
        "uscc",
        Type::Uscc,
        ["统一社会信用代码", "統一社會信用代碼", "Unified social credit code"],
    ),
];

/// Fields of one `production_range`.
pub const PRODUCTION_RANGE: &[Field] = &[
    Field::new("from", Type::Date, ["起", "起", "From"]),
    Field::new("to", Type::Date, ["止", "止", "To"]),
];

/// Values of `alert_type`.
pub const ALERT_TYPE: &[Choice] = &[
    Choice::new("recall", ["召回", "召回", "recall"]),
    Choice::new("notification", ["通报", "通報", "notification"]),
    Choice::new("refusal", ["退运", "退運", "refusal at the border"]),
];

/// Values of `status`.
pub const STATUS: &[Choice] = &[
    Choice::new("announced", ["已公告", "已公告", "announced"]),
    Choice::new("in_progress", ["实施中", "實施中", "in progress"]),
    Choice::new("completed", ["已完成", "已完成", "completed"]),
    Choice::new("terminated", ["终止", "終止", "terminated"]),
];

fn check(c: &Check, out: &mut Vec<Message>) {
    rules::named_party(c, "producer", "生产者名称", out);
    // Foreign makers have no unified social credit code: the remark would stand in every row.
    if rules::text(c.body, "region") == Some("CN") {
        rules::name_only(c, "producer", "生产者名称", out);
    }
    // A printed origin that is no country ("various") stays a text: it is never guessed at.
    if let Some(printed) = rules::text(c.body, "made_in_text")
        && !c.body.contains_key("made_in")
    {
        out.push(Message::new(Code::W12).column("原产国家或地区（原文）").value(printed));
    }
    rules::not_before(c, "started_on", "ends_on", out);
}

//! A public quality service at one place.

use super::rules::{self, Check};
use super::{Choice, Field, Kind, KindSpec, Type};
use crate::message::Message;

/// The kind `service`.
pub static SPEC: KindSpec = KindSpec {
    kind: Kind::Service,
    name: "service",
    label: ["服务", "服務", "Service"],
    fields: FIELDS,
    required_columns: &[&["服务名称"], &["提供单位"], &["所在地"], &["联系方式"]],
    also: &[],
    transitions: &[("open", "closed"), ("closed", "open")],
    key: rules::service_key,
    check,
    title: |body| rules::titles(body, &["name"]),
};

/// Fields, in the order templates and pages show them.
pub const FIELDS: &[Field] = &[
    Field::new("name", Type::Text { max: 500 }, ["服务名称", "服務名稱", "Service"])
        .required()
        .column("服务名称")
        .example("示例产品医院"),
    Field::new("system", Type::System, ["所属平台", "所屬平台", "System"])
        .required()
        .column("所属平台")
        .example("product-hospital"),
    Field::new("operator", Type::Text { max: 500 }, ["提供单位", "提供單位", "Operator"])
        .required()
        .column("提供单位")
        .example("示例检测中心"),
    Field::new("place", Type::Key(Kind::Place), ["所在地", "所在地", "Place"])
        .required()
        .column("所在地")
        .example("440604"),
    Field::new("for_whom", Type::Text { max: 500 }, ["服务对象", "服務對象", "For whom"])
        .column("服务对象")
        .example("中小微企业"),
    Field::new("needs", Type::Text { max: 500 }, ["办理条件", "辦理條件", "What you need"])
        .column("办理条件")
        .example("质量问题诊断"),
    Field::new("scope", Type::Text { max: 500 }, ["范围", "範圍", "Scope"])
        .column("范围")
        .example("cluster"),
    Field::new("contact", Type::Text { max: 500 }, ["联系方式", "聯繫方式", "Contact"])
        .required()
        .column("联系方式")
        .example("示例服务热线"),
    Field::new("hours", Type::Text { max: 500 }, ["办公时间", "辦公時間", "Opening hours"])
        .column("办公时间")
        .example("工作日 9:00–17:00"),
    Field::new("cost", Type::Text { max: 500 }, ["费用", "費用", "Cost"])
        .column("费用")
        .example("免费"),
    Field::new(
        "eligibility",
        Type::List(&Type::Struct(ELIGIBILITY)),
        ["适用名录", "適用名錄", "Who is eligible"],
    )
    .column("适用名录")
    .example("foshan-standard valid"),
    Field::new("url", Type::Url, ["链接", "鏈接", "Link"])
        .column("链接")
        .example("https://example.com/s/1"),
    Field::new("status", Type::Enum(STATUS), ["状态", "狀態", "Status"])
        .required()
        .column("状态")
        .example("open"),
];

/// Fields of one `eligibility`.
pub const ELIGIBILITY: &[Field] = &[
    Field::new("scheme", Type::Key(Kind::Scheme), ["名录", "名錄", "Directory"]).required(),
    Field::new("status", Type::Text { max: 500 }, ["状态", "狀態", "Status"]),
];

/// Values of `status`.
pub const STATUS: &[Choice] = &[
    Choice::new("open", ["开放", "開放", "open"]),
    Choice::new("closed", ["关闭", "關閉", "closed"]),
];

fn check(c: &Check, out: &mut Vec<Message>) {
    rules::place(c, "place", out);
}

//! An announcement, warning, consumer tip or call for comments.

use super::rules;
use super::{Choice, Field, Kind, KindSpec, Type};

/// The kind `notice`.
pub static SPEC: KindSpec = KindSpec {
    kind: Kind::Notice,
    name: "notice",
    label: ["公告", "公告", "Notice"],
    fields: FIELDS,
    required_columns: &[&["标题"], &["发布日期"], &["发布单位"]],
    also: &[],
    transitions: &[],
    key: rules::notice_key,
    check: rules::check_standards,
    title: |body| rules::titles(body, &["title"]),
};

/// Fields, in the order templates and pages show them.
pub const FIELDS: &[Field] = &[
    Field::new("type", Type::Enum(TYPE), ["类型", "類型", "Type"])
        .required()
        .column("类型")
        .example("warning"),
    Field::new("title", Type::Text { max: 500 }, ["标题", "標題", "Title"])
        .required()
        .column("标题")
        .example("关于示例产品的风险提示"),
    Field::new("published_on", Type::Date, ["发布日期", "發佈日期", "Published on"])
        .required()
        .column("发布日期")
        .example("2024-06-01"),
    Field::new("issuer", Type::Text { max: 500 }, ["发布单位", "發佈單位", "Issuer"])
        .required()
        .column("发布单位")
        .example("示例市场监管局"),
    Field::new("body_hash", Type::Sha256, ["正文（SHA-256）", "正文（SHA-256）", "Text (SHA-256)"])
        .example("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    Field::new("url", Type::Url, ["正文链接", "正文鏈接", "Full text"])
        .column("正文链接")
        .example("https://example.com/n/1"),
    Field::new(
        "products",
        Type::List(&Type::Key(Kind::Product)),
        ["涉及产品", "涉及產品", "Products concerned"],
    )
    .column("涉及产品")
    .example("p-d58030165a9c"),
    Field::new(
        "enterprises",
        Type::List(&Type::Key(Kind::Enterprise)),
        ["涉及企业", "涉及企業", "Enterprises concerned"],
    )
    .column("涉及企业")
    .example("91350100M000100Y43"),
    Field::new(
        "standards",
        Type::List(&Type::Key(Kind::Standard)),
        ["涉及标准", "涉及標準", "Standards concerned"],
    )
    .column("涉及标准")
    .example("GB 4706.1-2005"),
    Field::new(
        "places",
        Type::List(&Type::Key(Kind::Place)),
        ["涉及地区", "涉及地區", "Places concerned"],
    )
    .column("涉及地区")
    .example("440600"),
    Field::new("hs", Type::List(&Type::Text { max: 500 }), ["HS编码", "HS編碼", "HS codes"])
        .column("HS编码")
        .example("841810"),
    Field::new("scope", Type::Text { max: 500 }, ["范围", "範圍", "Scope"])
        .column("范围")
        .example("industry"),
    Field::new("comment_deadline", Type::Date, ["截止日期", "截止日期", "Comments until"])
        .column("截止日期")
        .example("2024-07-31"),
    Field::new("expires_on", Type::Date, ["失效日期", "失效日期", "Expires on"])
        .column("失效日期")
        .example("2025-06-01"),
];

/// Values of `type`.
pub const TYPE: &[Choice] = &[
    Choice::new("announcement", ["公告", "公告", "announcement"]),
    Choice::new("warning", ["预警", "預警", "warning"]),
    Choice::new("consumer_tip", ["消费提示", "消費提示", "consumer tip"]),
    Choice::new("priority_fields", ["重点领域", "重點領域", "priority fields"]),
    Choice::new("round_result", ["抽查结果", "抽查結果", "result of an inspection round"]),
    Choice::new("tbt", ["技术性贸易措施", "技術性貿易措施", "technical barriers to trade"]),
    Choice::new("public_comment", ["征求意见", "徵求意見", "public comment"]),
    Choice::new("exit", ["退出公告", "退出公告", "exit"]),
    Choice::new("correction", ["更正", "更正", "correction"]),
    Choice::new("event", ["活动", "活動", "event"]),
    Choice::new("case", ["案例", "案例", "case"]),
    Choice::new("patent-navigation", ["专利导航", "專利導航", "patent navigation"]),
];

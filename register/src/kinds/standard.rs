//! One edition of one standard.

use super::rules::{self, Check};
use super::{Choice, Field, Kind, KindSpec, Type};
use crate::message::{Code, Message};

/// The kind `standard`.
pub static SPEC: KindSpec = KindSpec {
    kind: Kind::Standard,
    name: "standard",
    label: ["标准", "標準", "Standard"],
    fields: FIELDS,
    required_columns: &[&["标准编号"], &["标准名称"], &["标准状态"]],
    also: &[
        ("标准号", "number"),
        ("中文名称", "title_zh"),
        ("归口单位", "issuer"),
        ("是否现行", "status"),
        ("国际标准分类", "ics"),
        ("中国标准分类", "ccs"),
    ],
    transitions: &[
        ("upcoming", "current"),
        ("upcoming", "replaced"),
        ("upcoming", "withdrawn"),
        ("current", "replaced"),
        ("current", "withdrawn"),
        ("replaced", "withdrawn"),
        ("unknown", "upcoming"),
        ("unknown", "current"),
        ("unknown", "replaced"),
        ("unknown", "withdrawn"),
    ],
    key: rules::standard_key,
    check,
    title: |body| rules::titles(body, &["number", "title_zh"]),
};

/// Fields, in the order templates and pages show them.
pub const FIELDS: &[Field] = &[
    Field::new("number", Type::StandardNumber, ["标准编号", "標準編號", "Standard number"])
        .required()
        .column("标准编号")
        .example("T/FSAS 12-2021"),
    Field::new("title_zh", Type::Text { max: 500 }, ["标准名称", "標準名稱", "Title"])
        .required()
        .column("标准名称")
        .example("家用电冰箱"),
    Field::new("title_en", Type::Text { max: 500 }, ["英文标题", "英文標題", "English title"])
        .column("英文名称")
        .example("Household refrigerators"),
    Field::new("type", Type::Enum(TYPE), ["标准类别", "標準類別", "Type of standard"])
        .required()
        .column("标准类别")
        .example("group"),
    Field::new("mandatory", Type::Bool, ["是否强制", "是否強制", "Mandatory"])
        .required()
        .column("是否强制")
        .example("false"),
    Field::new("issuer", Type::Text { max: 500 }, ["发布单位", "發佈單位", "Issuer"])
        .required()
        .column("发布单位")
        .example("示例标准化协会"),
    Field::new("issued_on", Type::Date, ["发布日期", "發佈日期", "Issued on"])
        .column("发布日期")
        .example("2021-06-01"),
    Field::new("effective_on", Type::Date, ["实施日期", "實施日期", "Effective on"])
        .column("实施日期")
        .example("2021-07-01"),
    Field::new("withdrawn_on", Type::Date, ["废止日期", "廢止日期", "Withdrawn on"])
        .column("废止日期")
        .example("2024-01-01"),
    Field::new("status", Type::Enum(STATUS), ["标准状态", "標準狀態", "Status of the standard"])
        .required()
        .column("标准状态")
        .example("current"),
    Field::new(
        "replaces",
        Type::List(&Type::KeyOrText(Kind::Standard)),
        ["代替标准", "代替標準", "Replaces"],
    )
    .column("代替标准")
    .example("T/FSAS 12-2018"),
    Field::new(
        "replaced_by",
        Type::List(&Type::KeyOrText(Kind::Standard)),
        ["被代替标准", "被代替標準", "Replaced by"],
    )
    .column("被代替标准")
    .example("T/FSAS 12-2024"),
    Field::new("adopts", Type::Struct(ADOPTS), ["采标情况", "採標情況", "Adopts"])
        .column("采标情况")
        .example("IEC 62552-3:2015 MOD"),
    Field::new("ics", Type::Text { max: 500 }, ["ICS", "ICS", "ICS"])
        .column("ICS")
        .example("97.040.30"),
    Field::new("ccs", Type::Text { max: 500 }, ["CCS", "CCS", "CCS"]).column("CCS").example("Y61"),
    Field::new("family", Type::System, ["标准系列", "標準系列", "Family"])
        .column("标准系列")
        .example("foshan-standard-family"),
    Field::new(
        "drafters",
        Type::List(&Type::Text { max: 500 }),
        ["起草单位", "起草單位", "Drafted by"],
    )
    .column("起草单位")
    .example("示例电器有限公司"),
    Field::new(
        "participants",
        Type::List(&Type::Struct(PARTICIPANTS)),
        ["主导或参与单位", "主導或參與單位", "Leading and taking part"],
    )
    .column("主导或参与单位")
    .example("91350100M000100Y43 lead 2023-11-01"),
    Field::new("declared_on", Type::Date, ["公开日期", "公開日期", "Declared on"])
        .column("公开日期")
        .example("2021-08-15"),
    Field::new(
        "patents",
        Type::List(&Type::Text { max: 500 }),
        ["必要专利", "必要專利", "Essential patents"],
    )
    .column("必要专利")
    .example("ZL202010000000.0"),
    Field::new("advanced", Type::Bool, ["先进标准", "先進標準", "Advanced standard"])
        .computed()
        .example("true"),
    Field::new("url", Type::Url, ["全文链接", "全文鏈接", "Full text"])
        .column("全文链接")
        .example("https://example.com/std"),
];

/// Fields of one `adopts`.
pub const ADOPTS: &[Field] = &[
    Field::new(
        "number",
        Type::KeyOrText(Kind::Standard),
        ["所采用的标准", "所採用的標準", "Standard adopted"],
    )
    .required(),
    Field::new("degree", Type::Enum(ADOPTS_DEGREE), ["采用程度", "採用程度", "Degree"]).required(),
];

/// Fields of one `participants`.
pub const PARTICIPANTS: &[Field] = &[
    Field::new("enterprise", Type::KeyOrText(Kind::Enterprise), ["企业", "企業", "Enterprise"])
        .required(),
    Field::new("role", Type::Enum(PARTICIPANTS_ROLE), ["角色", "角色", "Role"]).required(),
    Field::new("joined_on", Type::Date, ["参与日期", "參與日期", "Joined on"]),
];

/// Values of `type`.
pub const TYPE: &[Choice] = &[
    Choice::new("national", ["国家标准", "國家標準", "national standard"]),
    Choice::new("industry", ["行业标准", "行業標準", "industry standard"]),
    Choice::new("local", ["地方标准", "地方標準", "local standard"]),
    Choice::new("group", ["团体标准", "團體標準", "group standard"]),
    Choice::new("enterprise", ["企业标准", "企業標準", "enterprise standard"]),
    Choice::new("international", ["国际标准", "國際標準", "international standard"]),
    Choice::new("foreign", ["国外标准", "國外標準", "foreign standard"]),
];

/// Values of `status`.
pub const STATUS: &[Choice] = &[
    Choice::new("upcoming", ["即将实施", "即將實施", "upcoming"]),
    Choice::new("current", ["现行", "現行", "current"]),
    Choice::new("withdrawn", ["废止", "廢止", "withdrawn"]),
    Choice::new("replaced", ["被代替", "被代替", "replaced"]),
    Choice::new("unknown", ["状态不明", "狀態不明", "status unknown"]),
];

/// Values of `adopts_degree`.
pub const ADOPTS_DEGREE: &[Choice] = &[
    Choice::new("IDT", ["等同采用", "等同採用", "identical (IDT)"]),
    Choice::new("MOD", ["修改采用", "修改採用", "modified (MOD)"]),
    Choice::new("NEQ", ["非等效", "非等效", "not equivalent (NEQ)"]),
];

/// Values of `participants_role`.
pub const PARTICIPANTS_ROLE: &[Choice] = &[
    Choice::new("lead", ["主导", "主導", "leading"]),
    Choice::new("join", ["参与", "參與", "taking part"]),
];

fn check(c: &Check, out: &mut Vec<Message>) {
    rules::cited_standards(c, out);
    if let Some(number) = rules::text(c.body, "number") {
        rules::standard_twin(c, "标准编号", number, out);
    }
    // "replaced" without saying by what would leave a reader at a dead end.
    let replaced = rules::text(c.body, "status") == Some("replaced");
    if replaced && rules::texts(c.body, "replaced_by").next().is_none() {
        out.push(Message::new(Code::E02).column("被代替标准"));
    }
}

//! A scheme: who grants what to whom.

use super::rules;
use super::{COVERAGE, Choice, Field, Kind, KindSpec, Type};

/// The kind `scheme`.
pub static SPEC: KindSpec = KindSpec {
    kind: Kind::Scheme,
    name: "scheme",
    label: ["名录", "名錄", "Directory"],
    fields: FIELDS,
    required_columns: &[&["名录名称"], &["授予机构"], &["依据文件"], &["授予对象"]],
    also: &[],
    transitions: &[
        ("current", "historical"),
        ("current", "superseded"),
        ("unverified", "current"),
        ("unverified", "historical"),
        ("unverified", "superseded"),
        ("superseded", "historical"),
    ],
    key: rules::supplied_key,
    check: rules::no_check,
    title: |body| rules::title(body, "name_zh"),
};

/// Fields, in the order templates and pages show them.
pub const FIELDS: &[Field] = &[
    Field::new("name_zh", Type::Text { max: 500 }, ["名录名称", "名錄名稱", "Directory"])
        .required()
        .column("名录名称")
        .example("佛山标准产品"),
    Field::new(
        "name_hant",
        Type::Text { max: 500 },
        ["繁体名称", "繁體名稱", "Name in Traditional Chinese"],
    )
    .example("佛山標準產品"),
    Field::new("name_en", Type::Text { max: 500 }, ["英文名称", "英文名稱", "English name"])
        .required()
        .column("英文名称")
        .example("Foshan Standard product"),
    Field::new("authority", Type::Text { max: 500 }, ["授予机构", "授予機構", "Authority"])
        .required()
        .column("授予机构")
        .example("佛山市市场监督管理局"),
    Field::new(
        "legal_basis",
        Type::List(&Type::Struct(LEGAL_BASIS)),
        ["依据文件", "依據文件", "Legal basis"],
    )
    .required()
    .column("依据文件")
    .example("fs-2020-foshan-standard 二(二)1"),
    Field::new("subject", Type::Enum(SUBJECT), ["授予对象", "授予對象", "Granted to"])
        .required()
        .column("授予对象")
        .example("product"),
    Field::new("levels", Type::List(&Type::Enum(LEVELS)), ["级别", "級別", "Levels"])
        .column("级别")
        .example("市"),
    Field::new(
        "dimensions",
        Type::List(&Type::Text { max: 500 }),
        ["评价维度", "評價維度", "Dimensions"],
    )
    .column("评价维度")
    .example("标准水平"),
    Field::new("validity_months", Type::Int, ["有效期（月）", "有效期（月）", "Validity (months)"])
        .unit("month")
        .column("有效期（年）")
        .example("3"),
    Field::new("certificate_pattern", Type::Regex, ["编号规则", "編號規則", "Number pattern"])
        .column("编号规则")
        .example("^FSB-\\d{4}-\\d{4}$"),
    Field::new("exit_rule", Type::Text { max: 500 }, ["退出规则", "退出規則", "Exit rule"])
        .column("退出规则")
        .example("违反标识管理规定的退出"),
    Field::new("starts_on", Type::Date, ["起始日期", "起始日期", "Starts on"])
        .column("起始日期")
        .example("2020-10-14"),
    Field::new("ends_on", Type::Date, ["终止日期", "終止日期", "Ends on"])
        .column("终止日期")
        .example("2018-12-31"),
    Field::new("status", Type::Enum(STATUS), ["状态", "狀態", "Status"])
        .required()
        .column("状态")
        .example("current"),
    Field::new("successor", Type::Key(Kind::Scheme), ["后继名录", "後繼名錄", "Successor"])
        .column("后继名录")
        .example("quality-brand-zone"),
    Field::new("proves", Type::Text { max: 500 }, ["证明什么", "證明什麼", "What it proves"])
        .required()
        .column("证明什么")
        .example("该型号通过了评价"),
    Field::new(
        "does_not_prove",
        Type::Text { max: 500 },
        ["不证明什么", "不證明什麼", "What it does not prove"],
    )
    .required()
    .column("不证明什么")
    .example("不证明手中这件是正品"),
    Field::new("coverage", Type::Struct(COVERAGE), ["覆盖说明", "覆蓋說明", "Coverage"])
        .required()
        .column("覆盖说明")
        .example("2021-01-01 2025-12-31 480 500 no 2026-01-10"),
];

/// Fields of one `legal_basis`.
pub const LEGAL_BASIS: &[Field] = &[
    Field::new("policy", Type::KeyOrText(Kind::Policy), ["文件", "文件", "Document"]).required(),
    Field::new("clause", Type::Text { max: 500 }, ["条款", "條款", "Clause"]),
];

/// Values of `subject`.
pub const SUBJECT: &[Choice] = &[
    Choice::new("product", ["产品", "產品", "product"]),
    Choice::new("enterprise", ["企业", "企業", "enterprise"]),
    Choice::new("place", ["地区", "地區", "place"]),
    Choice::new("standard", ["标准", "標準", "standard"]),
    Choice::new("person", ["个人", "個人", "person"]),
    Choice::new("team", ["团队", "團隊", "team"]),
];

/// Values of `levels`.
pub const LEVELS: &[Choice] = &[
    Choice::new("国际", ["国际", "國際", "international"]),
    Choice::new("国家", ["国家", "國家", "national"]),
    Choice::new("粤港澳", ["粤港澳", "粵港澳", "Guangdong–Hong Kong–Macao"]),
    Choice::new("省", ["省", "省", "provincial"]),
    Choice::new("市", ["市", "市", "city"]),
    Choice::new("县", ["县", "縣", "county"]),
    Choice::new("企业", ["企业", "企業", "enterprise"]),
];

/// Values of `status`.
pub const STATUS: &[Choice] = &[
    Choice::new("current", ["现行", "現行", "current"]),
    Choice::new(
        "historical",
        ["历史荣誉，现已不再评选", "歷史榮譽，現已不再評選", "historical, no longer granted"],
    ),
    Choice::new("superseded", ["已被替代", "已被替代", "superseded"]),
    Choice::new("unverified", ["现行状态未核实", "現行狀態未核實", "current state not verified"]),
];

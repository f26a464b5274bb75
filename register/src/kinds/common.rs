//! Value tables several kinds share.

use super::{Choice, Field, Type};

/// Yes, no, or nobody says.
pub const YES_NO_UNKNOWN: &[Choice] = &[
    Choice::new("yes", ["是", "是", "yes"]),
    Choice::new("no", ["否", "否", "no"]),
    Choice::new("unknown", ["不明", "不明", "unknown"]),
];

/// What a subject can be. `name` is a bare printed name (a geographical indication).
pub const SUBJECT_KIND: &[Choice] = &[
    Choice::new("product", ["产品", "產品", "product"]),
    Choice::new("enterprise", ["企业", "企業", "enterprise"]),
    Choice::new("place", ["地区", "地區", "place"]),
    Choice::new("standard", ["标准", "標準", "standard"]),
    Choice::new("person", ["个人", "個人", "person"]),
    Choice::new("team", ["团队", "團隊", "team"]),
    Choice::new("name", ["名称", "名稱", "name"]),
];

/// Fields of a coverage statement; see [`crate::coverage`].
pub const COVERAGE: &[Field] = &[
    Field::new("from", Type::Date, ["起", "起", "From"]),
    Field::new("to", Type::Date, ["止", "止", "To"]),
    Field::new("holds", Type::Int, ["收录条数", "收錄條數", "Rows held"]).required(),
    Field::new(
        "stated_total",
        Type::Int,
        ["来源公布总数", "來源公佈總數", "Total stated by the source"],
    ),
    Field::new("complete", Type::Enum(YES_NO_UNKNOWN), ["是否收全", "是否收全", "Complete"])
        .required(),
    Field::new("last_read_on", Type::Date, ["最近核对", "最近核對", "Last checked"]),
    Field::new(
        "gaps",
        Type::List(&Type::Text { max: 500 }),
        ["已知缺口", "已知缺口", "Known gaps"],
    ),
];

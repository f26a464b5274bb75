//! A department of government, past or present.

use super::rules;
use super::{Choice, Field, Kind, KindSpec, Type};

/// The kind `department`.
pub static SPEC: KindSpec = KindSpec {
    kind: Kind::Department,
    name: "department",
    label: ["部门", "部門", "Department"],
    fields: FIELDS,
    required_columns: &[&["部门名称"], &["级别"], &["所在地"]],
    also: &[("变更年份", "successors.year")],
    transitions: &[],
    key: rules::supplied_key,
    check: rules::no_check,
    title: |body| rules::titles(body, &["name"]),
};

/// Fields, in the order templates and pages show them.
pub const FIELDS: &[Field] = &[
    Field::new("name", Type::Text { max: 500 }, ["部门名称", "部門名稱", "Department"])
        .required()
        .column("部门名称")
        .example("佛山市市场监督管理局"),
    Field::new("level", Type::Enum(LEVEL), ["级别", "級別", "Level"])
        .required()
        .column("级别")
        .example("市"),
    Field::new("region", Type::Key(Kind::Place), ["所在地", "所在地", "Region"])
        .required()
        .column("所在地")
        .example("440600"),
    Field::new("valid_from", Type::Date, ["启用日期", "啟用日期", "From"])
        .column("启用日期")
        .example("2019-01-01"),
    Field::new("valid_to", Type::Date, ["停用日期", "停用日期", "To"])
        .column("停用日期")
        .example("2018-10-31"),
    Field::new(
        "successors",
        Type::List(&Type::Struct(SUCCESSORS)),
        ["继任部门", "繼任部門", "Successors"],
    )
    .column("继任部门")
    .example("gd-amr 2018"),
    Field::new("aliases", Type::List(&Type::Text { max: 500 }), ["简称", "簡稱", "Short names"])
        .column("简称")
        .example("市市场监管局"),
    Field::new("contact", Type::Text { max: 500 }, ["联系方式", "聯繫方式", "Contact"])
        .column("联系方式")
        .example("示例服务热线"),
];

/// Fields of one `successors`.
pub const SUCCESSORS: &[Field] = &[
    Field::new("department", Type::Key(Kind::Department), ["部门", "部門", "Department"])
        .required(),
    Field::new("year", Type::Int, ["年份", "年份", "Year"]),
];

/// Values of `level`.
pub const LEVEL: &[Choice] = &[
    Choice::new("国家", ["国家", "國家", "national"]),
    Choice::new("国家驻粤", ["国家驻粤", "國家駐粵", "national, stationed in Guangdong"]),
    Choice::new("省", ["省", "省", "provincial"]),
    Choice::new("市", ["市", "市", "city"]),
    Choice::new("区", ["区", "區", "district"]),
    Choice::new("县", ["县", "縣", "county"]),
];

//! A file, page or list that entries rest on.

use super::rules;
use super::{COVERAGE, Field, Kind, KindSpec, Type};

/// The kind `source`.
pub static SPEC: KindSpec = KindSpec {
    kind: Kind::Source,
    name: "source",
    label: ["来源", "來源", "Source"],
    fields: FIELDS,
    required_columns: &[&["标题"], &["发布单位"], &["获取日期"]],
    also: &[],
    transitions: &[],
    key: rules::supplied_key,
    check: rules::no_check,
    title: |body| rules::titles(body, &["title"]),
};

/// Fields, in the order templates and pages show them.
pub const FIELDS: &[Field] = &[
    Field::new("publisher", Type::Text { max: 500 }, ["发布单位", "發佈單位", "Publisher"])
        .required()
        .column("发布单位")
        .example("示例市场监管局"),
    Field::new("title", Type::Text { max: 500 }, ["标题", "標題", "Title"])
        .required()
        .column("标题")
        .example("示例产品目录(2023年第2批)"),
    Field::new("url", Type::Url, ["链接", "鏈接", "Link"])
        .column("链接")
        .example("https://example.com/list"),
    Field::new("published_on", Type::Date, ["发布日期", "發佈日期", "Published on"])
        .column("发布日期")
        .example("2023-06-30"),
    Field::new("retrieved_on", Type::Date, ["获取日期", "獲取日期", "Retrieved on"])
        .required()
        .column("获取日期")
        .example("2026-01-10"),
    Field::new("file_hash", Type::Sha256, ["文件（SHA-256）", "文件（SHA-256）", "File (SHA-256)"])
        .required()
        .example("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    Field::new("licence", Type::Text { max: 500 }, ["使用许可", "使用許可", "Licence"])
        .required()
        .column("使用许可")
        .example("政府信息公开"),
    Field::new("rows", Type::Int, ["行数", "行數", "Rows"])
        .unit("row")
        .column("行数")
        .example("120"),
    Field::new("coverage", Type::Struct(COVERAGE), ["覆盖说明", "覆蓋說明", "Coverage"])
        .required()
        .column("覆盖说明")
        .example("2023-01-01 2023-12-31 120 120 yes 2026-01-10"),
    Field::new("sample", Type::Bool, ["示例数据", "示例數據", "Sample data"])
        .required()
        .column("示例数据")
        .example("true"),
    Field::new(
        "extra",
        Type::List(&Type::Struct(EXTRA)),
        ["未识别的列", "未識別的列", "Columns not recognised"],
    )
    .example("内部编号 120"),
];

/// Fields of one `extra`.
pub const EXTRA: &[Field] = &[
    Field::new("column", Type::Text { max: 500 }, ["列名", "列名", "Column"]).required(),
    Field::new("count", Type::Int, ["行数", "行數", "Rows"]).required(),
];

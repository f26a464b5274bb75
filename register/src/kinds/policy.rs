//! A policy document.

use super::rules;
use super::{Choice, Field, Kind, KindSpec, Type};

/// The kind `policy`.
pub static SPEC: KindSpec = KindSpec {
    kind: Kind::Policy,
    name: "policy",
    label: ["政策", "政策", "Policy"],
    fields: FIELDS,
    required_columns: &[&["文件标题"], &["发文机关"], &["成文日期"]],
    also: &[],
    transitions: &[],
    key: rules::supplied_key,
    check: rules::no_check,
    title: |body| rules::titles(body, &["title"]),
};

/// Fields, in the order templates and pages show them.
pub const FIELDS: &[Field] = &[
    Field::new("number", Type::Text { max: 500 }, ["文号", "文號", "Document number"])
        .column("文号")
        .example("粤市监〔2023〕74号"),
    Field::new("title", Type::Text { max: 500 }, ["文件标题", "文件標題", "Title"])
        .required()
        .column("文件标题")
        .example("广东省全面提升制造业质量品牌水平的若干政策措施"),
    Field::new(
        "issuers",
        Type::List(&Type::Key(Kind::Department)),
        ["发文机关", "發文機關", "Issued by"],
    )
    .required()
    .column("发文机关")
    .example("gd-amr"),
    Field::new("issued_on", Type::Date, ["成文日期", "成文日期", "Issued on"])
        .required()
        .column("成文日期")
        .example("2023-10-12"),
    Field::new("effective_on", Type::Date, ["施行日期", "施行日期", "Effective on"])
        .column("施行日期")
        .example("2023-10-12"),
    Field::new("valid_until", Type::Date, ["有效期至", "有效期至", "Valid until"])
        .column("有效期至")
        .example("2026-10-12"),
    Field::new("region", Type::Key(Kind::Place), ["适用地区", "適用地區", "Region"])
        .required()
        .column("适用地区")
        .example("440000"),
    Field::new(
        "implements",
        Type::List(&Type::Text { max: 500 }),
        ["上位文件", "上位文件", "Implements"],
    )
    .column("上位文件")
    .example("国办发〔2016〕68号"),
    Field::new(
        "text_hash",
        Type::Sha256,
        ["原文（SHA-256）", "原文（SHA-256）", "Raw text (SHA-256)"],
    )
    .required()
    .example("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    Field::new("clauses", Type::List(&Type::Struct(CLAUSES)), ["条款", "條款", "Clauses"])
        .required()
        .column("条款")
        .example("6 推行产品质量信用码"),
];

/// Fields of one `clauses`.
pub const CLAUSES: &[Field] = &[
    Field::new("clause", Type::Text { max: 500 }, ["条款", "條款", "Clause"]).required(),
    // The document's own words or a summary of them; the source says which.
    Field::new("text", Type::Text { max: 16_000 }, ["内容", "內容", "Text"]).required(),
    Field::new(
        "lead",
        Type::List(&Type::KeyOrText(Kind::Department)),
        ["牵头单位", "牽頭單位", "Led by"],
    ),
    Field::new(
        "co",
        Type::List(&Type::KeyOrText(Kind::Department)),
        ["配合单位", "配合單位", "With"],
    ),
    Field::new("systems", Type::List(&Type::System), ["所涉制度", "所涉制度", "Systems"]),
    // Behind the others: in one cell of a list, parts stand in this order.
    Field::new("heading", Type::Text { max: 500 }, ["标题", "標題", "Heading"]),
    Field::new("sort", Type::Enum(SORT), ["性质", "性質", "Sort"]),
];

/// Values of `sort`.
pub const SORT: &[Choice] = &[
    Choice::new("measure", ["措施", "措施", "measure"]),
    Choice::new("goal", ["目标", "目標", "goal"]),
    Choice::new("principle", ["原则", "原則", "principle"]),
    Choice::new("guidance", ["指导思想", "指導思想", "guidance"]),
    Choice::new("section", ["分节", "分節", "section"]),
    Choice::new("guarantee", ["保障", "保障", "guarantee"]),
];

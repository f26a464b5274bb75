//! A target a policy document sets.

use super::rules;
use super::{Choice, Field, Kind, KindSpec, Type};

/// The kind `target`.
pub static SPEC: KindSpec = KindSpec {
    kind: Kind::Target,
    name: "target",
    label: ["目标", "目標", "Target"],
    fields: FIELDS,
    required_columns: &[
        &["指标名称"],
        &["政策文件"],
        &["条款"],
        &["目标值"],
        &["单位"],
        &["完成期限"],
    ],
    also: &[],
    transitions: &[],
    key: rules::supplied_key,
    check: rules::no_check,
    title: |body| rules::titles(body, &["measure_zh"]),
};

/// Fields, in the order templates and pages show them.
pub const FIELDS: &[Field] = &[
    Field::new("policy", Type::Key(Kind::Policy), ["政策文件", "政策文件", "Policy"])
        .required()
        .column("政策文件")
        .example("fs-2020-foshan-standard"),
    Field::new("clause", Type::Text { max: 500 }, ["条款", "條款", "Clause"])
        .required()
        .column("条款")
        .example("一(三)2"),
    Field::new("measure_zh", Type::Text { max: 500 }, ["指标名称", "指標名稱", "Measure"])
        .required()
        .column("指标名称")
        .example("通过评价的产品数"),
    Field::new("operator", Type::Enum(OPERATOR), ["比较", "比較", "Comparison"])
        .required()
        .column("比较")
        .example(">"),
    Field::new("value", Type::Decimal, ["目标值", "目標值", "Value"])
        .required()
        .unit("as unit")
        .column("目标值")
        .example("500"),
    Field::new("unit", Type::Text { max: 500 }, ["单位", "單位", "Unit"])
        .required()
        .column("单位")
        .example("个"),
    Field::new("due", Type::Date, ["完成期限", "完成期限", "Due"])
        .column("完成期限")
        .example("2025-12-31"),
    Field::new(
        "lead_departments",
        Type::List(&Type::Key(Kind::Department)),
        ["责任单位", "責任單位", "Responsible departments"],
    )
    .column("责任单位")
    .example("fs-amr"),
    Field::new("computable", Type::Enum(COMPUTABLE), ["可否计算", "可否計算", "Can be computed"])
        .required()
        .column("可否计算")
        .example("yes"),
    Field::new("formula", Type::Text { max: 500 }, ["计算口径", "計算口徑", "Formula"])
        .column("计算口径")
        .example("count(listing where scheme=foshan-standard and status=valid)"),
];

/// Values of `operator`.
pub const OPERATOR: &[Choice] = &[
    Choice::new(">=", ["不少于", "不少於", "at least"]),
    Choice::new(">", ["超过", "超過", "more than"]),
    Choice::new("=", ["等于", "等於", "exactly"]),
    Choice::new("~", ["左右", "左右", "about"]),
];

/// Values of `computable`.
pub const COMPUTABLE: &[Choice] = &[
    Choice::new("yes", ["可以计算", "可以計算", "yes"]),
    Choice::new("partly", ["部分可以", "部分可以", "partly"]),
    Choice::new("no", ["不能计算", "不能計算", "no"]),
];

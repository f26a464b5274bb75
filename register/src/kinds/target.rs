//! A target a policy document sets.

use super::rules::{self, Check};
use super::{Choice, Field, Kind, KindSpec, Type};
use crate::formula::Formula;
use crate::message::{Code, Message};

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
    check,
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
    Field::new("text_zh", Type::Text { max: 500 }, ["原文", "原文", "In the document's words"])
        .column("指标原文")
        .example("通过评价的佛山标准产品超过500个"),
    Field::new("measure_zh", Type::Text { max: 500 }, ["指标名称", "指標名稱", "Measure"])
        .required()
        .column("指标名称")
        .example("通过评价的产品数"),
    Field::new(
        "measure_en",
        Type::Text { max: 500 },
        ["指标英文名称", "指標英文名稱", "Measure in English"],
    )
    .column("指标英文名称")
    .example("evaluated products"),
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
    Field::new("note", Type::Text { max: 500 }, ["说明", "說明", "Note"])
        .column("说明")
        .example("只数到期日仍有效的登记"),
    Field::new(
        "official_values",
        Type::List(&Type::Struct(OFFICIAL_VALUES)),
        ["官方公布值", "官方公佈值", "Official values"],
    ),
];

/// Fields of one `official_values`: a value somebody else counted, with where it was published.
pub const OFFICIAL_VALUES: &[Field] = &[
    Field::new("value", Type::Decimal, ["数值", "數值", "Value"]).required().unit("as unit"),
    Field::new("as_of", Type::Date, ["截至", "截至", "As of"]).required(),
    Field::new("source", Type::Text { max: 500 }, ["来源", "來源", "Source"]).required(),
    Field::new("url", Type::Url, ["链接", "連結", "Link"]),
];

/// A formula is read when it is written down: a mistake in it is the row's, not the reader's.
fn check(c: &Check, out: &mut Vec<Message>) {
    let missing = |field: &str| Message::new(Code::E02).column(c.heading(field));
    let Some(text) = rules::text(c.body, "formula") else {
        if matches!(rules::text(c.body, "computable"), Some("yes" | "partly")) {
            out.push(missing("formula"));
        }
        return;
    };
    match Formula::parse(text) {
        Err(error) => out.push(error.message().column(c.heading("formula"))),
        Ok(formula) if formula.uses_due() && rules::text(c.body, "due").is_none() => {
            out.push(missing("due"));
        }
        Ok(_) => {}
    }
}

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

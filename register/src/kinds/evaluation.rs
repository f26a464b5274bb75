//! One assessment of one subject.

use super::rules::{self, Check};
use super::{Choice, Field, Kind, KindSpec, Type};
use crate::message::{Code, Message};

/// The kind `evaluation`.
pub static SPEC: KindSpec = KindSpec {
    kind: Kind::Evaluation,
    name: "evaluation",
    label: ["评价", "評價", "Evaluation"],
    fields: FIELDS,
    required_columns: &[
        &["产品名称"],
        &["规格型号"],
        &["统一社会信用代码"],
        &["评价日期"],
        &["评价机构"],
        &["标准水平"],
        &["质量稳定"],
        &["科技创新"],
        &["效益提升"],
        &["评价结论"],
    ],
    also: &[
        ("规格型号", "product.model"),
        ("统一社会信用代码", "product.holder"),
        ("质量稳定", "dimensions.quality_stability"),
        ("科技创新", "dimensions.innovation"),
        ("效益提升", "dimensions.performance_gain"),
        ("标准水平", "dimensions.standard_level"),
        ("版本", "specification.version"),
        ("满分", "dimensions.full_mark"),
    ],
    transitions: &[],
    key: rules::evaluation_key,
    check,
    title: |body| rules::titles(body, &["scheme", "evaluated_on"]),
};

/// Fields, in the order templates and pages show them.
pub const FIELDS: &[Field] = &[
    Field::new("scheme", Type::Key(Kind::Scheme), ["名录", "名錄", "Directory"])
        .required()
        .column("名录名称")
        .example("foshan-standard"),
    Field::new("subject", Type::Subject, ["对象", "對象", "Subject"])
        .required()
        .column("产品名称")
        .example("product p-d58030165a9c"),
    Field::new("evaluator", Type::Key(Kind::Enterprise), ["评价机构", "評價機構", "Evaluator"])
        .required()
        .column("评价机构")
        .example("91350100M000100Y43"),
    Field::new(
        "specification",
        Type::Struct(SPECIFICATION),
        ["评价规范", "評價規範", "Evaluation specification"],
    )
    .required()
    .column("评价规范")
    .example("评价规范 2023版"),
    Field::new("evaluated_on", Type::Date, ["评价日期", "評價日期", "Evaluated on"])
        .required()
        .column("评价日期")
        .example("2023-06-15"),
    Field::new("result", Type::Enum(RESULT), ["评价结论", "評價結論", "Result"])
        .required()
        .column("评价结论")
        .example("passed"),
    Field::new(
        "dimensions",
        Type::List(&Type::Struct(DIMENSIONS)),
        ["评价维度", "評價維度", "Dimensions"],
    )
    .required()
    .column("标准水平")
    .example("standard_level 92 / 100"),
    Field::new("report_number", Type::Text { max: 500 }, ["报告编号", "報告編號", "Report number"])
        .column("报告编号")
        .example("BG-2023-001"),
    Field::new("panel", Type::List(&Type::Text { max: 500 }), ["专家组", "專家組", "Panel"])
        .removable()
        .column("专家组")
        .example("示例人丁"),
    Field::new(
        "supervisor",
        Type::Key(Kind::Department),
        ["监管单位", "監管單位", "Supervising department"],
    )
    .column("监管单位")
    .example("fs-amr"),
    Field::new("rating", Type::Struct(RATING), ["信用等级", "信用等級", "Credit rating"])
        .column("信用等级")
        .example("AAA 2026-12-31"),
];

/// Fields of one `specification`.
pub const SPECIFICATION: &[Field] = &[
    Field::new("title", Type::Text { max: 500 }, ["名称", "名稱", "Title"]).required(),
    Field::new("version", Type::Text { max: 500 }, ["版本", "版本", "Version"]),
];

/// Fields of one `dimensions`.
pub const DIMENSIONS: &[Field] = &[
    Field::new("id", Type::Text { max: 500 }, ["维度", "維度", "Dimension"]).required(),
    Field::new("score", Type::Decimal, ["得分", "得分", "Score"]),
    Field::new("grade", Type::Text { max: 500 }, ["等级", "等級", "Grade"]),
    Field::new("full_mark", Type::Decimal, ["满分", "滿分", "Full mark"]),
    Field::new("source", Type::Text { max: 500 }, ["依据", "依據", "Evidence"]),
];

/// Fields of one `rating`.
pub const RATING: &[Field] = &[
    Field::new("method", Type::Text { max: 500 }, ["方法", "方法", "Method"]),
    Field::new("grade", Type::Text { max: 500 }, ["等级", "等級", "Grade"]).required(),
    Field::new("valid_until", Type::Date, ["有效期至", "有效期至", "Valid until"]),
];

/// Values of `result`.
pub const RESULT: &[Choice] = &[
    Choice::new("passed", ["通过", "通過", "passed"]),
    Choice::new("not_passed", ["未通过", "未通過", "not passed"]),
    Choice::new("applied", ["已申请", "已申請", "applied"]),
    Choice::new("in_review", ["评价中", "評價中", "in review"]),
    Choice::new("withdrawn_application", ["撤回申请", "撤回申請", "application withdrawn"]),
];

/// The four dimensions of a Foshan Standard evaluation, shown apart and never added up.
pub const FOUR_DIMENSIONS: &[Choice] = &[
    Choice::new("standard_level", ["标准水平", "標準水平", "standard level"]),
    Choice::new("quality_stability", ["质量稳定", "質量穩定", "quality stability"]),
    Choice::new("innovation", ["科技创新", "科技創新", "innovation"]),
    Choice::new("performance_gain", ["效益提升", "效益提升", "performance gain"]),
];

fn check(c: &Check, out: &mut Vec<Message>) {
    let Some(scheme) =
        rules::text(c.body, "scheme").and_then(|key| c.ctx.record(Kind::Scheme, key))
    else {
        return;
    };
    let id = |name: &str| {
        FOUR_DIMENSIONS
            .iter()
            .find(|d| d.zh == name || d.code == name)
            .map_or(name.to_owned(), |d| d.code.to_owned())
    };
    let mut wanted: Vec<String> = rules::texts(&scheme, "dimensions").map(id).collect();
    if wanted.is_empty() {
        return;
    }
    let mut given: Vec<String> =
        rules::structs(c.body, "dimensions").filter_map(|d| rules::text(d, "id")).map(id).collect();
    wanted.sort();
    given.sort();
    if wanted != given {
        out.push(Message::new(Code::E17).column("标准水平").value(given.join("、")));
    }
}

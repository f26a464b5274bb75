//! One indicator of one product or standard against baselines.

use super::rules::{self, Check};
use super::{Choice, Field, Kind, KindSpec, Type, YES_NO_UNKNOWN};
use crate::message::{Code, Message};

/// The kind `comparison`.
pub static SPEC: KindSpec = KindSpec {
    kind: Kind::Comparison,
    name: "comparison",
    label: ["指标比对", "指標比對", "Comparison"],
    fields: FIELDS,
    required_columns: &[
        &["产品名称"],
        &["规格型号"],
        &["统一社会信用代码"],
        &["核心指标"],
        &["单位"],
        &["实测值"],
        &["本标准限值"],
        &["指标方向"],
    ],
    also: &[
        ("规格型号", "product.model"),
        ("统一社会信用代码", "product.holder"),
        ("实测值", "measured.value"),
        ("国家标准编号", "baselines.national.standard"),
        ("国家标准限值", "baselines.national.limit"),
        ("国际标准编号", "baselines.international.standard"),
        ("国际标准限值", "baselines.international.limit"),
        ("国外标准编号", "baselines.foreign.standard"),
        ("国外标准限值", "baselines.foreign.limit"),
        ("方法是否等同", "baselines.method_equivalent"),
        ("检验报告编号", "measured.report_number"),
        ("核对日期", "baselines.checked_on"),
    ],
    transitions: &[],
    key: rules::comparison_key,
    check,
    title: |body| rules::title(body, "name_zh"),
};

/// Fields, in the order templates and pages show them.
pub const FIELDS: &[Field] = &[
    Field::new("subject", Type::Subject, ["对象", "對象", "Subject"])
        .required()
        .column("产品名称")
        .example("product p-d58030165a9c"),
    Field::new("indicator", Type::Text { max: 500 }, ["指标代号", "指標代號", "Indicator"])
        .required()
        .example("energy_daily"),
    Field::new("name_zh", Type::Text { max: 500 }, ["核心指标", "核心指標", "Core indicator"])
        .required()
        .column("核心指标")
        .example("耗电量"),
    Field::new("unit", Type::Text { max: 40 }, ["单位", "單位", "Unit"])
        .required()
        .column("单位")
        .example("kW·h/d"),
    Field::new("direction", Type::Enum(DIRECTION), ["指标方向", "指標方向", "Direction"])
        .required()
        .column("指标方向")
        .example("lower_better"),
    Field::new("method", Type::KeyOrText(Kind::Standard), ["试验方法", "試驗方法", "Test method"])
        .column("试验方法")
        .example("GB/T 8059-2016"),
    Field::new("limit", Type::Decimal, ["本标准限值", "本標準限值", "Limit in its own standard"])
        .unit("as unit")
        .column("本标准限值")
        .example("0.40"),
    Field::new("measured", Type::Struct(MEASURED), ["实测值", "實測值", "Measured"])
        .unit("as unit")
        .column("实测值")
        .example("0.35"),
    Field::new(
        "baselines",
        Type::List(&Type::Struct(BASELINES)),
        ["比对基线", "比對基線", "Baselines"],
    )
    .required()
    .column("国家标准限值")
    .example("GB 12021.2-2015 0.55 yes 2025-03-01"),
    Field::new("claim", Type::Enum(CLAIM), ["先进性结论", "先進性結論", "Claim"])
        .computed()
        .column("先进性结论")
        .example("stricter"),
    Field::new(
        "strictness_percent",
        Type::Decimal,
        ["严于基线（%）", "嚴於基線（%）", "Stricter by (%)"],
    )
    .computed()
    .unit("%")
    .example("27.3"),
    Field::new("policy", Type::Key(Kind::Policy), ["依据政策", "依據政策", "Policy"])
        .column("依据政策")
        .example("gd-2016-quality-province"),
];

/// Fields of one `measured`.
pub const MEASURED: &[Field] = &[
    Field::new("value", Type::Decimal, ["实测值", "實測值", "Measured value"]).required(),
    Field::new(
        "report_number",
        Type::Text { max: 500 },
        ["检验报告编号", "檢驗報告編號", "Report number"],
    ),
    Field::new("tester", Type::Text { max: 500 }, ["检验机构", "檢驗機構", "Tester"]),
    Field::new("date", Type::Date, ["检验日期", "檢驗日期", "Tested on"]),
];

/// Fields of one `baselines`.
pub const BASELINES: &[Field] = &[
    Field::new(
        "standard",
        Type::KeyOrText(Kind::Standard),
        ["对比标准", "對比標準", "Standard compared"],
    )
    .required(),
    Field::new("clause", Type::Text { max: 500 }, ["条款", "條款", "Clause"]),
    Field::new("limit", Type::Decimal, ["限值", "限值", "Limit"]),
    Field::new("unit", Type::Text { max: 500 }, ["单位", "單位", "Unit"]),
    Field::new(
        "method_equivalent",
        Type::Enum(YES_NO_UNKNOWN),
        ["方法是否等同", "方法是否等同", "Method equivalent"],
    )
    .required(),
    Field::new("checked_on", Type::Date, ["核对日期", "核對日期", "Checked on"]),
];

/// Values of `direction`.
pub const DIRECTION: &[Choice] = &[
    Choice::new("lower_better", ["越低越好", "越低越好", "lower is better"]),
    Choice::new("higher_better", ["越高越好", "越高越好", "higher is better"]),
    Choice::new("within", ["在范围内", "在範圍內", "within a range"]),
];

/// Values of `claim`.
pub const CLAIM: &[Choice] = &[
    Choice::new("stricter", ["严于", "嚴於", "stricter"]),
    Choice::new("equal", ["相当", "相當", "equal"]),
    Choice::new("looser", ["宽于", "寬於", "looser"]),
    Choice::new("gap_filling", ["填补空白", "填補空白", "fills a gap"]),
];

fn check(c: &Check, out: &mut Vec<Message>) {
    let Some(own) = rules::text(c.body, "unit") else { return };
    for baseline in rules::structs(c.body, "baselines") {
        let (Some(limit), Some(unit)) =
            (rules::text(baseline, "limit"), rules::text(baseline, "unit"))
        else {
            continue;
        };
        if unit != own && crate::comparison::units::factor(unit, own).is_none() {
            out.push(Message::new(Code::E16).column("单位").value(format!("{limit} {unit}")));
        }
    }
    rules::cited_standards(c, out);
}

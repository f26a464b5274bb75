//! Lists of supervision: inspections, penalties, restrictions, recalls.

use register::Kind;
use serde_json::json;

use super::super::cells;
use super::super::heads::Heads;
use super::{Column, companion, field_column, object, push, put, record, special, text_column};
use crate::import::map::{Record, Spec, Step};

const ITEMS: &[&str] = &["不合格项目║检验结果║标准值"];
const CODE_EXAMPLE: &str = "91350100M000100Y43";

pub fn columns(kind: Kind) -> Vec<Column> {
    let field = |name, heads, required, example| field_column(kind, name, heads, required, example);
    let text = text_column;
    match kind {
        Kind::Inspection => vec![
            field("authority", &["公告机关"], true, "示例市场监管局"),
            field("level", &["任务来源/项目名称", "级别"], true, "省级监督抽查"),
            field("round", &["公告号", "批次"], true, "2024年第1期"),
            field("sample_number", &["抽样编号"], true, "CC24440600001"),
            text(&["标称生产企业名称"], true, "示例电器有限公司"),
            text(&["统一社会信用代码"], false, ""),
            field("producer_address", &["标称生产企业地址"], false, "示例市示例路1号"),
            text(&["被抽样单位名称"], false, "示例商场"),
            text(&["被抽样单位地址", "所在省份", "被抽样单位所在省份"], false, "示例市"),
            field("product_name", &["产品名称", "食品名称"], true, "家用电冰箱"),
            field("model", &["规格型号"], true, "SL-100A"),
            field("brand", &["商标"], false, "示例牌"),
            text(&["生产日期/批号"], false, "2024-03-05"),
            text(&["检验结果", ITEMS[0]], true, "不合格"),
            text(ITEMS, false, "耗电量║0.62║≤0.55"),
            field("sampled_on", &["抽样日期"], false, "2024-04-02"),
            field("announced_on", &["公告日期"], false, "2024-06-01"),
            field("tester", &["检验机构"], false, "示例检测中心"),
            field("report_number", &["报告编号"], false, "JC-2024-001"),
            field("standard", &["检验依据"], false, "GB 4706.13-2014"),
            field("follow_up", &["后处理"], false, "ordered"),
            field("closed_on", &["办结日期"], false, ""),
            field("platform_sku", &["网店商品编号"], false, ""),
            field("remark", &["备注"], false, ""),
        ],
        Kind::Penalty => vec![
            field("number", &["行政处罚决定书文号"], true, "示市监处罚〔2024〕1号"),
            text(&["当事人名称"], true, "示例电器有限公司"),
            text(&["统一社会信用代码"], true, CODE_EXAMPLE),
            field("act", &["违法事实", "违法行为"], true, "生产不合格产品"),
            field("basis", &["处罚依据"], true, "产品质量法 第49条"),
            field("content", &["处罚内容"], true, "罚款2万元"),
            field("authority", &["处罚机关"], true, "示例市场监管局"),
            field("decided_on", &["处罚决定日期"], true, "2024-05-10"),
            field("publish_until", &["公示截止期"], true, "2099-05-10"),
            field("amount_fen", &["罚款金额（万元）"], false, "2"),
            field("measure", &["处罚类别", "处罚种类"], false, "fine"),
            field("status", &["状态"], false, "in_force"),
            field("person_name", &["法定代表人"], false, ""),
            field("report_numbers", &["涉案报告编号"], false, ""),
        ],
        Kind::Restriction => vec![
            field("list", &["名单类型"], true, "abnormal_operations"),
            text(&["企业名称"], true, "示例电器有限公司"),
            field("subject", &["统一社会信用代码"], true, CODE_EXAMPLE),
            field("cause", &["列入事由"], true, "未按期公示年度报告"),
            field("basis", &["列入依据"], true, "企业信息公示暂行条例 第17条"),
            field("listed_on", &["列入日期"], true, "2024-07-10"),
            field("authority", &["列入机关"], true, "示例市场监管局"),
            field("publish_until", &["公示截止期"], false, "2099-07-10"),
            field("removed_on", &["移出日期"], false, ""),
            field("removal_reason", &["移出事由"], false, ""),
            field("measures", &["惩戒措施"], false, "限制参与政府采购"),
            text(&["文号"], false, "示例〔2024〕3号"),
        ],
        _ => vec![
            field("number", &["召回编号"], true, "示召2024-001"),
            text(&["生产者名称"], true, "示例电器有限公司"),
            text(&["统一社会信用代码"], false, CODE_EXAMPLE),
            field("product_name", &["产品名称"], true, "家用电冰箱"),
            field("models", &["规格型号"], true, "SL-100A"),
            field("defect", &["缺陷情况"], true, "压缩机接线端子松动"),
            field("hazard", &["可能后果"], true, "可能起火"),
            field("remedy", &["召回措施"], true, "免费更换"),
            field("started_on", &["召回开始日期", "发布日期"], true, "2024-08-01"),
            field("contact", &["联系方式"], true, "示例服务热线"),
            field("lots", &["批号"], false, "B2403"),
            field("production_range", &["生产日期范围"], false, "2024-03-01 2024-03-31"),
            field("units", &["召回数量"], false, "1200"),
            field("ends_on", &["召回结束日期"], false, "2099-01-31"),
            field("authority", &["发布机关"], false, "示例市场监管局"),
            field("region", &["涉及地区"], false, "CN"),
            field("alert_type", &["类型"], false, "recall"),
            field("description", &["产品描述"], false, ""),
            field("injuries", &["伤害人数"], false, "0"),
            field("foreign_number", &["境外编号"], false, ""),
            field("status", &["状态"], false, "in_progress"),
        ],
    }
}

pub fn records(heads: &Heads, publisher: &str) -> Vec<Record> {
    match heads.kind {
        Kind::Inspection => vec![inspection(heads)],
        Kind::Penalty => vec![penalty(heads)],
        Kind::Restriction => restriction(heads),
        _ => vec![recall(heads, publisher)],
    }
}

fn party(heads: &Heads, name: &str) -> Spec {
    let code = heads.cell(&["统一社会信用代码"]).map(|s| Spec { aside: true, ..s });
    object(vec![("name", heads.cell(&[name])), ("uscc", code)])
}

fn inspection(heads: &Heads) -> Record {
    let mut fields = vec![("producer".to_owned(), party(heads, "标称生产企业名称"))];
    for (name, from) in [
        ("authority", &["公告机关"] as &[&str]),
        ("round", &["公告号", "批次"]),
        ("sample_number", &["抽样编号"]),
        ("producer_address", &["标称生产企业地址"]),
        ("product_name", &["产品名称", "食品名称"]),
        ("brand", &["商标"]),
        ("sampled_on", &["抽样日期"]),
        ("announced_on", &["公告日期"]),
        ("tester", &["检验机构"]),
        ("report_number", &["报告编号"]),
        ("standard", &["检验依据"]),
        ("closed_on", &["办结日期"]),
        ("platform_sku", &["网店商品编号"]),
        ("remark", &["备注"]),
    ] {
        put(&mut fields, heads, name, from, None);
    }
    // Official tables leave the model out with a stroke where a product has none.
    put(&mut fields, heads, "model", &["规格型号"], Some(json!("未标注")));
    put(&mut fields, heads, "follow_up", &["后处理"], Some(json!("none")));
    push(
        &mut fields,
        "level",
        special(heads.cell(&["任务来源/项目名称", "级别"]), cells::level),
        None,
    );
    let produced = heads.cell(&["生产日期/批号"]);
    push(&mut fields, "production_date", special(produced.clone(), cells::produced_on), None);
    push(&mut fields, "lot", special(produced, cells::lot), None);
    push(&mut fields, "items", special(lines(heads.cell(ITEMS)), cells::items), None);
    let at = object(vec![
        ("name", heads.cell(&["被抽样单位名称"])),
        (
            "address",
            heads
                .cell(&["被抽样单位地址", "所在省份", "被抽样单位所在省份"])
                .map(|s| Spec { aside: true, ..s }),
        ),
    ]);
    fields.push(("sampled_at".to_owned(), at));
    // A row of the official table with an empty ║ cell is a pass; a result in words goes first.
    if heads.has("检验结果") {
        put(&mut fields, heads, "result", &["检验结果"], None);
    } else {
        push(&mut fields, "result", special(heads.cell(ITEMS), cells::failed), Some(json!("pass")));
    }
    record(Kind::Inspection, fields)
}

/// Line breaks separate findings, so they must outlive the folding of white space.
fn lines(spec: Option<Spec>) -> Option<Spec> {
    spec.map(|mut spec| {
        spec.steps.insert(0, Step::Lines);
        spec
    })
}

fn penalty(heads: &Heads) -> Record {
    let mut fields = vec![("party".to_owned(), party(heads, "当事人名称"))];
    for (name, from) in [
        ("number", &["行政处罚决定书文号"] as &[&str]),
        ("act", &["违法事实", "违法行为"]),
        ("basis", &["处罚依据"]),
        ("content", &["处罚内容"]),
        ("authority", &["处罚机关"]),
        ("decided_on", &["处罚决定日期"]),
        ("publish_until", &["公示截止期"]),
        ("person_name", &["法定代表人"]),
        ("report_numbers", &["涉案报告编号"]),
    ] {
        put(&mut fields, heads, name, from, None);
    }
    put(&mut fields, heads, "status", &["状态"], Some(json!("in_force")));
    push(&mut fields, "amount_fen", special(heads.cell(&["罚款金额（万元）"]), cells::fen), None);
    if heads.has("处罚类别") || heads.has("处罚种类") {
        put(&mut fields, heads, "measure", &["处罚类别", "处罚种类"], None);
    } else {
        push(&mut fields, "measure", special(heads.cell(&["处罚内容"]), cells::measures), None);
    }
    record(Kind::Penalty, fields)
}

fn restriction(heads: &Heads) -> Vec<Record> {
    let mut firm = vec![];
    push(&mut firm, "uscc", heads.cell(&["统一社会信用代码"]), None);
    push(&mut firm, "name_zh", heads.cell(&["企业名称"]), None);
    for (field, value) in
        [("place", json!("CN")), ("status", json!("active")), ("roles", json!(["producer"]))]
    {
        firm.push((field.to_owned(), Spec::constant(value)));
    }
    let mut fields = Vec::new();
    for (name, from) in [
        ("list", "名单类型"),
        ("subject", "统一社会信用代码"),
        ("cause", "列入事由"),
        ("basis", "列入依据"),
        ("listed_on", "列入日期"),
        ("authority", "列入机关"),
        ("publish_until", "公示截止期"),
        ("removed_on", "移出日期"),
        ("removal_reason", "移出事由"),
        ("measures", "惩戒措施"),
    ] {
        put(&mut fields, heads, name, &[from], None);
    }
    push(
        &mut fields,
        "status",
        special(heads.cell(&["移出日期"]), cells::removed),
        Some(json!("listed")),
    );
    if let Some(number) = heads.cell(&["文号"]) {
        fields.push(("decision".to_owned(), object(vec![("number", Some(number))])));
    }
    vec![companion(Kind::Enterprise, "holder", firm), record(Kind::Restriction, fields)]
}

fn recall(heads: &Heads, publisher: &str) -> Record {
    let mut fields = vec![("producer".to_owned(), party(heads, "生产者名称"))];
    for (name, from) in [
        ("number", &["召回编号"] as &[&str]),
        ("product_name", &["产品名称"]),
        ("models", &["规格型号"]),
        ("defect", &["缺陷情况"]),
        ("hazard", &["可能后果"]),
        ("remedy", &["召回措施"]),
        ("started_on", &["召回开始日期", "发布日期"]),
        ("contact", &["联系方式"]),
        ("lots", &["批号"]),
        ("production_range", &["生产日期范围"]),
        ("units", &["召回数量"]),
        ("ends_on", &["召回结束日期"]),
        ("description", &["产品描述"]),
        ("injuries", &["伤害人数"]),
        ("foreign_number", &["境外编号"]),
    ] {
        put(&mut fields, heads, name, from, None);
    }
    put(&mut fields, heads, "authority", &["发布机关"], Some(json!(publisher)));
    put(&mut fields, heads, "region", &["涉及地区"], Some(json!("CN")));
    put(&mut fields, heads, "alert_type", &["类型"], Some(json!("recall")));
    put(&mut fields, heads, "status", &["状态"], Some(json!("announced")));
    record(Kind::Recall, fields)
}

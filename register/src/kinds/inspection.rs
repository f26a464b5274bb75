//! One sample in one round of supervision inspection.

use super::rules::{self, Check};
use super::{Choice, Field, Kind, KindSpec, Type};
use crate::Body;
use crate::message::{Code, Message};

/// The kind `inspection`.
pub static SPEC: KindSpec = KindSpec {
    kind: Kind::Inspection,
    name: "inspection",
    label: ["监督抽查", "監督抽查", "Inspection"],
    fields: FIELDS,
    required_columns: &[
        &["抽样编号"],
        &["标称生产企业名称"],
        &["产品名称", "食品名称"],
        &["规格型号"],
        &["检验结果", "不合格项目║检验结果║标准值"],
    ],
    also: &[
        ("食品名称", "product_name"),
        ("被抽样单位地址", "sampled_at.address"),
        ("所在省份", "sampled_at.address"),
        ("被抽样单位所在省份", "sampled_at.address"),
        ("标称生产企业名称", "producer.name"),
        ("统一社会信用代码", "producer.uscc"),
        ("被抽样单位名称", "sampled_at.name"),
        ("分类", "category"),
        ("备注", "remark"),
        ("网店商品编号", "platform_sku"),
    ],
    transitions: &[],
    key: rules::inspection_key,
    check,
    title: |body| rules::titles(body, &["product_name", "sample_number"]),
};

/// Fields, in the order templates and pages show them.
pub const FIELDS: &[Field] = &[
    Field::new("authority", Type::Text { max: 500 }, ["公告机关", "公告機關", "Announced by"])
        .required()
        .column("公告机关")
        .example("示例市场监管局"),
    Field::new("level", Type::Enum(LEVEL), ["级别", "級別", "Level"])
        .required()
        .column("任务来源/项目名称")
        .example("省"),
    Field::new("round", Type::Text { max: 500 }, ["批次", "批次", "Round"])
        .required()
        .column("公告号")
        .example("2024年第1期"),
    Field::new("sample_number", Type::Text { max: 500 }, ["抽样编号", "抽樣編號", "Sample number"])
        .required()
        .column("抽样编号")
        .example("CC24440600001"),
    Field::new("sampled_on", Type::Date, ["抽样日期", "抽樣日期", "Sampled on"])
        .column("抽样日期")
        .example("2024-04-02"),
    Field::new("product_name", Type::Text { max: 500 }, ["产品名称", "產品名稱", "Product"])
        .required()
        .column("产品名称")
        .example("家用电冰箱"),
    Field::new("sector_group", Type::Enum(SECTOR_GROUP), ["行业大类", "行業大類", "Sector group"])
        .column("行业大类")
        .example("manufacturing"),
    Field::new("brand", Type::Text { max: 500 }, ["商标", "商標", "Brand"])
        .column("商标")
        .example("示例牌"),
    Field::new("model", Type::Text { max: 500 }, ["规格型号", "規格型號", "Model"])
        .required()
        .column("规格型号")
        .example("SL-100A"),
    Field::new("lot", Type::Text { max: 500 }, ["生产批号", "生產批號", "Lot"])
        .column("生产日期/批号")
        .example("B2403"),
    Field::new("production_date", Type::Date, ["生产日期", "生產日期", "Produced on"])
        .column("生产日期/批号")
        .example("2024-03-05"),
    Field::new(
        "producer",
        Type::Struct(PRODUCER),
        ["标称生产企业", "標稱生產企業", "Producer named"],
    )
    .required()
    .column("标称生产企业名称")
    .example("示例电器有限公司"),
    Field::new(
        "producer_address",
        Type::Text { max: 500 },
        ["标称生产企业地址", "標稱生產企業地址", "Address of the producer"],
    )
    .column("标称生产企业地址")
    .example("示例市示例路1号"),
    Field::new("sampled_at", Type::Struct(SAMPLED_AT), ["被抽样单位", "被抽樣單位", "Sampled at"])
        .column("被抽样单位名称")
        .example("示例商场"),
    Field::new(
        "platform_sku",
        Type::Text { max: 500 },
        ["网店商品编号", "網店商品編號", "Item number of the online shop"],
    )
    .column("网店商品编号")
    .example("SKU-0001"),
    Field::new(
        "standard",
        Type::Key(Kind::Standard),
        ["检验依据", "檢驗依據", "Inspected against"],
    )
    .column("检验依据")
    .example("GB 4706.13-2014"),
    Field::new("items", Type::List(&Type::Struct(ITEMS)), ["检验项目", "檢驗項目", "Items"])
        .column("不合格项目║检验结果║标准值")
        .example("耗电量║0.62║≤0.55"),
    Field::new("result", Type::Enum(RESULT), ["检验结果", "檢驗結果", "Result"])
        .required()
        .column("检验结果")
        .example("fail"),
    Field::new("tester", Type::Text { max: 500 }, ["检验机构", "檢驗機構", "Tester"])
        .column("检验机构")
        .example("示例检测中心"),
    Field::new("report_number", Type::Text { max: 500 }, ["报告编号", "報告編號", "Report number"])
        .column("报告编号")
        .example("JC-2024-001"),
    Field::new("notice", Type::Key(Kind::Notice), ["公告", "公告", "Notice"])
        .column("公告号")
        .example("示例市场监管局/2024-06-01/round-1"),
    Field::new("announced_on", Type::Date, ["公告日期", "公告日期", "Announced on"])
        .column("公告日期")
        .example("2024-06-01"),
    Field::new("follow_up", Type::Enum(FOLLOW_UP), ["后处理", "後處理", "Follow-up"])
        .required()
        .column("后处理")
        .example("ordered"),
    Field::new("closed_on", Type::Date, ["办结日期", "辦結日期", "Closed on"])
        .column("办结日期")
        .example("2024-08-01"),
    Field::new(
        "match",
        Type::Enum(MATCH),
        ["企业对应方式", "企業對應方式", "How the producer was matched"],
    )
    .computed()
    .example("name_only"),
    Field::new(
        "protected_until",
        Type::Date,
        ["免重复抽查至", "免重複抽查至", "No repeated sampling until"],
    )
    .computed()
    .example("2024-12-01"),
    Field::new("remark", Type::Text { max: 500 }, ["备注", "備註", "Remark"])
        .column("备注")
        .example("复检维持"),
];

/// Fields of one `producer`.
pub const PRODUCER: &[Field] = &[
    Field::new("name", Type::Text { max: 500 }, ["名称", "名稱", "Name"]).required(),
    Field::new(
        "uscc",
        Type::Uscc,
        ["统一社会信用代码", "統一社會信用代碼", "Unified social credit code"],
    ),
];

/// Fields of one `sampled_at`.
pub const SAMPLED_AT: &[Field] = &[
    Field::new("name", Type::Text { max: 500 }, ["名称", "名稱", "Name"]).required(),
    Field::new("address", Type::Text { max: 500 }, ["地址", "地址", "Address"]),
];

/// Fields of one `items`.
pub const ITEMS: &[Field] = &[
    Field::new("name", Type::Text { max: 500 }, ["检验项目", "檢驗項目", "Item"]).required(),
    Field::new("result", Type::Text { max: 500 }, ["检验结果", "檢驗結果", "Result"]),
    Field::new("limit", Type::Text { max: 500 }, ["标准值", "標準值", "Limit"]),
    Field::new("verdict", Type::Enum(ITEMS_VERDICT), ["判定", "判定", "Verdict"]),
];

/// Values of `level`.
pub const LEVEL: &[Choice] = &[
    Choice::new("国家", ["国家", "國家", "national"]),
    Choice::new("省", ["省", "省", "provincial"]),
    Choice::new("市", ["市", "市", "city"]),
    Choice::new("县", ["县", "縣", "county"]),
];

/// Values of `sector_group`.
pub const SECTOR_GROUP: &[Choice] = &[
    Choice::new("manufacturing", ["制造业", "製造業", "manufacturing"]),
    Choice::new("consumer", ["消费品", "消費品", "consumer goods"]),
    Choice::new("other", ["其他", "其他", "other"]),
];

/// Values of `result`.
pub const RESULT: &[Choice] = &[
    Choice::new("pass", ["合格", "合格", "pass"]),
    Choice::new("fail", ["不合格", "不合格", "fail"]),
    Choice::new("retest", ["复检", "複檢", "retest"]),
];

/// Values of `follow_up`.
pub const FOLLOW_UP: &[Choice] = &[
    Choice::new("none", ["无", "無", "none"]),
    Choice::new("ordered", ["责令整改", "責令整改", "ordered to put right"]),
    Choice::new("rechecked_pass", ["复查合格", "複查合格", "recheck passed"]),
    Choice::new("rechecked_fail", ["复查不合格", "複查不合格", "recheck failed"]),
    Choice::new("closed", ["办结", "辦結", "closed"]),
];

/// Values of `match`.
pub const MATCH: &[Choice] = &[
    Choice::new(
        "uscc",
        ["按统一社会信用代码", "按統一社會信用代碼", "by unified social credit code"],
    ),
    Choice::new("name_only", ["仅按名称", "僅按名稱", "by name only"]),
    Choice::new("none", ["未对应", "未對應", "not matched"]),
];

/// Values of `items_verdict`.
pub const ITEMS_VERDICT: &[Choice] = &[
    Choice::new("pass", ["合格", "合格", "pass"]),
    Choice::new("fail", ["不合格", "不合格", "fail"]),
    Choice::new("unknown", ["未判定", "未判定", "not judged"]),
];

fn check(c: &Check, out: &mut Vec<Message>) {
    rules::named_party(c, "producer", "标称生产企业名称", out);
    rules::name_only(c, "producer", "标称生产企业名称", out);
    rules::cited_standards(c, out);
}

/// The failed items of one `不合格项目║检验结果║标准值` cell. Items are separated by `;`, `；` or a line
/// break, each has exactly three parts; `/` and `—` alone mean empty. An empty cell is a pass: no items.
///
/// # Errors
/// E21 with the number of parts of the first item that has another number.
pub fn failed_items(cell: &str) -> Result<Vec<Body>, Message> {
    const COLUMN: &str = "不合格项目║检验结果║标准值";
    let mut items = Vec::new();
    for item in cell.split([';', '；', '\n', '\r']).map(str::trim).filter(|item| !is_blank(item)) {
        let parts: Vec<&str> = item.split('║').map(str::trim).collect();
        let [name, result, limit] = parts[..] else {
            return Err(Message::new(Code::E21).column(COLUMN).value(item).arg("n", parts.len()));
        };
        let filled = [("name", name), ("result", result), ("limit", limit), ("verdict", "fail")];
        items.push(
            filled
                .into_iter()
                .filter(|(_, v)| !is_blank(v))
                .map(|(k, v)| (k.to_owned(), v.into()))
                .collect(),
        );
    }
    Ok(items)
}

/// Whether a cell of the official table says nothing: empty, `/`, `—` or `-`.
#[must_use]
pub fn is_blank(cell: &str) -> bool {
    matches!(cell.trim(), "" | "/" | "／" | "—" | "——" | "-" | "--")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_item_has_exactly_three_parts() {
        let items = failed_items("耗电量║0.62║≤0.55；标志║不符合║/\n").unwrap();
        assert_eq!(items.len(), 2);
        assert_eq!(rules::text(&items[0], "limit"), Some("≤0.55"));
        assert_eq!(rules::text(&items[1], "limit"), None);
        assert_eq!(failed_items(" / ").unwrap(), Vec::<Body>::new());
        let broken = failed_items("耗电量║0.62").unwrap_err();
        assert_eq!((broken.code, broken.args[0].1.as_str()), (Code::E21, "2"));
    }
}

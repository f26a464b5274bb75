//! Lists of products and of what is granted to, found about or shown by them.

use register::Kind;
use serde_json::json;

use super::super::cells::{self, typed};
use super::super::heads::Heads;
use super::{
    Column, NOT_STATED, companion, field_column, object, push, put, record, reference, special,
    text_column,
};
use crate::import::map::{Existing, Origin, Place, Record, Spec, Step, Template};

const CODE: &[&str] = &["统一社会信用代码", "社会信用代码", "信用代码"];
const FIRM: &[&str] = &["企业名称", "单位名称"];
const MODEL: &[&str] = &["规格型号", "型号"];
const BRAND: &[&str] = &["商标", "品牌"];
const NUMBER: &[&str] = &["证书编号"];
const GRANTED: &[&str] = &["获证（认定）日期", "获证日期", "认定日期"];

const FIRM_EXAMPLE: &str = "示例电器有限公司";
const CODE_EXAMPLE: &str = "91350100M000100Y43";

pub fn columns(kind: Kind) -> Vec<Column> {
    let field = |name, heads, required, example| field_column(kind, name, heads, required, example);
    let text = text_column;
    match kind {
        Kind::Product => vec![
            field("name_zh", &["产品名称", "食品名称"], true, "家用电冰箱"),
            text(FIRM, true, FIRM_EXAMPLE),
            field("holder", CODE, true, CODE_EXAMPLE),
            field("brand", BRAND, true, "示例牌"),
            field("model", MODEL, true, "SL-100A"),
            field("category", &["产品类别"], true, "家电/制冷"),
            text(&["所在地"], false, "440606"),
            field("gtins", &["商品条码", "条码", "条形码"], false, "9521234543213"),
            field("standards", &["执行标准", "执行标准编号"], false, "GB/T 8059-2016"),
            field("status", &["状态"], false, "on_sale"),
            field("warranty_months", &["质保期"], false, "36"),
            field("sector", &["行业"], false, "家电"),
            field("sector_group", &["行业大类"], false, "consumer"),
            field("spec", &["规格"], false, "100 L"),
            field("variant", &["规格序号"], false, ""),
            field("name_en", &["英文名称"], false, "Household refrigerator"),
            field("pack_claims", &["外包装明示"], false, "耗电量 0.35 kW·h/d"),
        ],
        Kind::Listing => vec![
            field("scheme", &["名录名称"], true, "foshan-standard"),
            text(&["企业名称", "姓名", "地区名称", "标准编号", "名称"], true, FIRM_EXAMPLE),
            field(
                "holder",
                &["统一社会信用代码", "信用代码", "姓名", "地区名称", "标准编号", "名称"],
                true,
                CODE_EXAMPLE,
            ),
            field("granted_on", GRANTED, true, "2023-06-30"),
            field("certificate_number", NUMBER, false, "FSB-2023-0012"),
            text(&["产品名称"], false, "家用电冰箱"),
            text(MODEL, false, "SL-100A"),
            text(BRAND, false, "示例牌"),
            text(&["产品类别"], false, "家电/制冷"),
            text(&["所在地"], false, "440606"),
            field("standards", &["执行标准"], false, "GB/T 8059-2016"),
            field("round", &["批次", "年度"], false, "2023年第2批"),
            field("level", &["级别"], false, "市"),
            field("grade", &["等级"], false, "A"),
            field("rank", &["名次"], false, ""),
            field("valid_from", &["生效日期"], false, "2023-07-01"),
            field("valid_until", &["有效期至"], false, "2099-06-30"),
            field("issuer", &["发证机构"], false, "示例评价机构"),
            field("status", &["状态"], false, "valid"),
            field("exit_reason", &["退出原因"], false, ""),
            text(&["文号"], false, "示例〔2023〕1号"),
            text(&["决定日期"], false, "2023-06-30"),
            text(&["公告链接"], false, "https://example.com/list"),
            field("scope", &["认证范围"], false, ""),
            field("trademark_number", &["商标注册号"], false, ""),
            field("area", &["地域范围"], false, ""),
            field("mark_licence", &["标识许可"], false, "BS-2023-0012 包装、广告 2099-06-30"),
        ],
        Kind::Evaluation => vec![
            field("scheme", &["名录名称"], true, "foshan-standard"),
            text(&["产品名称"], true, "家用电冰箱"),
            text(MODEL, true, "SL-100A"),
            text(&["统一社会信用代码"], true, CODE_EXAMPLE),
            text(BRAND, false, "示例牌"),
            field("evaluated_on", &["评价日期"], true, "2023-06-15"),
            field("evaluator", &["评价机构"], true, "示例评价中心"),
            text(&["标准水平"], true, "92"),
            text(&["质量稳定"], true, "90"),
            text(&["科技创新"], true, "85"),
            text(&["效益提升"], true, "88"),
            text(&["满分"], false, "100"),
            field("result", &["评价结论"], true, "passed"),
            text(&["评价规范"], false, "示例评价规范"),
            text(&["版本"], false, "2023版"),
            field("report_number", &["报告编号"], false, "BG-2023-001"),
            field("supervisor", &["监管单位"], false, "fs-amr"),
        ],
        Kind::Comparison => vec![
            text(&["产品名称"], true, "家用电冰箱"),
            text(MODEL, true, "SL-100A"),
            text(&["统一社会信用代码"], true, CODE_EXAMPLE),
            text(BRAND, false, "示例牌"),
            field("name_zh", &["核心指标"], true, "耗电量"),
            field("indicator", &["指标代号"], false, "energy_daily"),
            field("unit", &["单位"], true, "kW·h/d"),
            text(&["实测值"], true, "0.35"),
            field("limit", &["本标准限值"], true, "0.40"),
            field("direction", &["指标方向"], true, "lower_better"),
            text(&["国家标准编号"], false, "GB 12021.2-2015"),
            text(&["国家标准限值"], false, "0.55"),
            text(&["国际标准编号"], false, ""),
            text(&["国际标准限值"], false, ""),
            text(&["国外标准编号"], false, ""),
            text(&["国外标准限值"], false, ""),
            field("method", &["试验方法"], false, "GB/T 8059-2016"),
            text(&["方法是否等同"], false, "是"),
            text(&["检验报告编号"], false, "BG-2023-001"),
            text(&["核对日期"], false, "2025-03-01"),
        ],
        _ => vec![
            text(&["质量信用码"], true, "7K3QMX9D2RTH"),
            text(&["产品名称"], true, "家用电冰箱"),
            text(MODEL, true, "SL-100A"),
            text(&["统一社会信用代码"], true, CODE_EXAMPLE),
            text(BRAND, false, "示例牌"),
            field("issued_on", &["赋码日期"], true, "2024-03-01"),
            field("status", &["状态"], true, "valid"),
            field("level", &["层级"], false, "M"),
            field("expires_on", &["有效期至"], false, "2099-03-01"),
            field("issuer", &["赋码机构"], false, "示例平台"),
            field("decision", &["文号"], false, ""),
            field("expected_pack", &["外包装明示"], false, "耗电量 0.35 kW·h/d"),
        ],
    }
}

pub fn records(heads: &Heads, publisher: &str) -> Vec<Record> {
    match heads.kind {
        Kind::Product => vec![holder(heads), product(heads, false)].into_iter().flatten().collect(),
        Kind::Listing => listing(heads, publisher),
        Kind::Evaluation => {
            let mut out: Vec<Record> = with_product(heads);
            out.extend(evaluator(heads));
            out.push(evaluation(heads));
            out
        }
        Kind::Comparison => {
            let mut out = with_product(heads);
            out.push(comparison(heads));
            out
        }
        _ => {
            let mut out = with_product(heads);
            out.push(code(heads, publisher));
            out
        }
    }
}

/// The enterprise a row names by code and name. Its seat is China where the list says no more: the
/// code is a Chinese one, and its digits say where it was registered, not where the firm is.
fn holder(heads: &Heads) -> Option<Record> {
    let mut fields = Vec::new();
    fields.push(("uscc".to_owned(), heads.cell(CODE)?));
    fields.push(("name_zh".to_owned(), heads.cell(FIRM)?));
    let place = special(heads.cell(&["所在地"]), cells::place);
    push(&mut fields, "place", place, Some(json!("CN")));
    fields.push(("status".to_owned(), Spec::constant("active")));
    fields.push(("roles".to_owned(), Spec::constant(json!(["producer"]))));
    let mut record = companion(Kind::Enterprise, "holder", fields);
    record.valid_from = heads.cell(GRANTED);
    Some(record)
}

/// The product a row describes; in a list of grants it is mentioned in passing.
fn product(heads: &Heads, passing: bool) -> Option<Record> {
    let mut fields = Vec::new();
    let own = Kind::Product.spec();
    let mut take = |name: &str, from: &[&str], default: Option<serde_json::Value>| {
        let ty = own.field(name).map(|f| &f.ty);
        let spec = heads.cell(from).map(|s| match ty {
            Some(ty) => typed(s, ty),
            None => s,
        });
        push(&mut fields, name, spec, default);
    };
    let unlabelled = passing.then(|| json!("未标注"));
    take("name_zh", &["产品名称", "食品名称"], None);
    take("holder", CODE, None);
    take("brand", BRAND, unlabelled);
    take("model", MODEL, None);
    take("category", &["产品类别"], passing.then(|| json!("未分类")));
    take("standards", &["执行标准", "执行标准编号"], None);
    take("gtins", &["商品条码", "条码", "条形码"], None);
    take("status", if passing { &[] } else { &["状态"] }, Some(json!("on_sale")));
    if passing {
        fields.retain(|(name, _)| name != "gtins");
        let mut record = companion(Kind::Product, "product", fields);
        record.valid_from = heads.cell(GRANTED);
        return Some(record);
    }
    for (name, from) in [
        ("warranty_months", "质保期"),
        ("sector", "行业"),
        ("sector_group", "行业大类"),
        ("spec", "规格"),
        ("variant", "规格序号"),
        ("name_en", "英文名称"),
        ("pack_claims", "外包装明示"),
    ] {
        put(&mut fields, heads, name, &[from], None);
    }
    Some(record(Kind::Product, fields))
}

/// A list that names product, model and code. With the brand the product's key is certain, and the
/// row may bring the product; without it, the register must know exactly one such product.
fn with_product(heads: &Heads) -> Vec<Record> {
    if !BRAND.iter().any(|h| heads.has(h)) {
        return Vec::new();
    }
    // Without a firm's name the row cannot bring the firm: its absence is E14, as it should be.
    [holder(heads), product(heads, true)].into_iter().flatten().collect()
}

fn product_key(heads: &Heads) -> Spec {
    if BRAND.iter().any(|h| heads.has(h)) {
        return reference("product");
    }
    match (heads.path(CODE[0]), MODEL.iter().find_map(|h| heads.path(h))) {
        (Some(holder), Some(model)) => {
            Spec::of(Origin::Places(vec![Place::Product { holder, model }]))
        }
        _ => Spec::constant(""),
    }
}

fn product_subject(heads: &Heads) -> Spec {
    object(vec![("kind", Some(Spec::constant("product"))), ("key", Some(product_key(heads)))])
}

fn listing(heads: &Heads, publisher: &str) -> Vec<Record> {
    let mut out = Vec::new();
    let subject = |kind: &str, key: Option<Spec>| {
        object(vec![("kind", Some(Spec::constant(kind))), ("key", key)])
    };
    let slug = |spec: Option<Spec>| {
        spec.map(|mut s| {
            s.steps.push(Step::Slug);
            s
        })
    };
    let mut fields = Vec::new();
    let of = if heads.has("姓名") {
        push(&mut fields, "person_name", heads.cell(&["姓名"]), None);
        let key = heads.cell(NUMBER).or_else(|| slug(heads.cell(&["姓名"])));
        subject("person", key)
    } else if heads.has("地区名称") {
        subject("place", special(heads.cell(&["地区名称"]), cells::place))
    } else if heads.has("标准编号") && !heads.has("企业名称") {
        subject("standard", heads.cell(&["标准编号"]))
    } else if heads.has("名称") && !heads.has("企业名称") {
        let mut subject = subject("name", slug(heads.cell(&["名称"])));
        if let Origin::Struct(members) = &mut subject.origin {
            members.extend(heads.cell(&["名称"]).map(|s| ("name".to_owned(), s)));
        }
        subject
    } else {
        out.extend(holder(heads));
        put(&mut fields, heads, "holder", CODE, None);
        if MODEL.iter().any(|h| heads.has(h)) && heads.has("产品名称") {
            out.extend(product(heads, true));
            product_subject_by_ref()
        } else {
            subject("enterprise", heads.cell(CODE))
        }
    };
    fields.push(("subject".to_owned(), of));
    for (name, from) in [
        ("scheme", &["名录名称"] as &[&str]),
        ("granted_on", GRANTED),
        ("certificate_number", NUMBER),
        ("round", &["批次", "年度"]),
        ("level", &["级别"]),
        ("grade", &["等级"]),
        ("rank", &["名次"]),
        ("valid_from", &["生效日期"]),
        ("valid_until", &["有效期至"]),
        ("standards", &["执行标准"]),
        ("exit_reason", &["退出原因"]),
        ("scope", &["认证范围"]),
        ("trademark_number", &["商标注册号"]),
        ("area", &["地域范围"]),
        ("mark_licence", &["标识许可"]),
        ("models", MODEL),
    ] {
        put(&mut fields, heads, name, from, None);
    }
    put(&mut fields, heads, "issuer", &["发证机构"], Some(json!(publisher)));
    put(&mut fields, heads, "status", &["状态"], Some(json!("valid")));
    let url = heads.cell(&["公告链接"]).map(|s| Spec { aside: true, ..s });
    let date = heads.cell(&["决定日期"]).map(|s| Spec { aside: true, ..s });
    if let Some(number) = heads.cell(&["文号"]) {
        let decision = object(vec![("number", Some(number)), ("date", date), ("url", url)]);
        fields.push(("decision".to_owned(), decision));
    }
    out.push(record(Kind::Listing, fields));
    out
}

fn product_subject_by_ref() -> Spec {
    object(vec![("kind", Some(Spec::constant("product"))), ("key", Some(reference("product")))])
}

/// An evaluator printed by name is entered under a key made of the name.
fn evaluator(heads: &Heads) -> Option<Record> {
    let name = heads.cell(&["评价机构"])?;
    let key = special(Some(name.clone()), cells::enterprise)?;
    let mut fields = vec![("name_zh".to_owned(), name)];
    for (field, value) in
        [("place", json!("CN")), ("status", json!("active")), ("roles", json!(["evaluator"]))]
    {
        fields.push((field.to_owned(), Spec::constant(value)));
    }
    let _ = key;
    let mut record = companion(Kind::Enterprise, "evaluator", fields);
    // A code names an enterprise of its own list; only a name is entered from here.
    let place = heads.path("评价机构")?;
    record.when = vec![crate::import::map::Condition {
        line: 0,
        place: Place::Row(place),
        test: crate::import::map::Test::NotMatches(regex_lite::Regex::new("^[0-9A-Za-z-]+$").ok()?),
    }];
    Some(record)
}

fn evaluation(heads: &Heads) -> Record {
    let mut fields = vec![("subject".to_owned(), product_subject(heads))];
    put(&mut fields, heads, "scheme", &["名录名称"], None);
    put(&mut fields, heads, "evaluated_on", &["评价日期"], None);
    put(&mut fields, heads, "evaluator", &["评价机构"], None);
    put(&mut fields, heads, "result", &["评价结论"], None);
    put(&mut fields, heads, "report_number", &["报告编号"], None);
    put(&mut fields, heads, "supervisor", &["监管单位"], None);
    let title = heads.cell(&["评价规范"]).unwrap_or_else(|| Spec::constant(NOT_STATED));
    let title = Spec { default: title.default.clone().or(Some(json!(NOT_STATED))), ..title };
    let version = heads.cell(&["版本"]);
    fields.push((
        "specification".to_owned(),
        object(vec![("title", Some(title)), ("version", version)]),
    ));
    let dimension = |id: &str, head: &str| {
        let mut full = heads.cell(&["满分"]).unwrap_or_else(|| Spec::constant("100"));
        full.aside = true;
        object(vec![
            ("id", Some(Spec::constant(id))),
            ("score", heads.cell(&[head])),
            ("full_mark", Some(full)),
        ])
    };
    let all = [
        dimension("standard_level", "标准水平"),
        dimension("quality_stability", "质量稳定"),
        dimension("innovation", "科技创新"),
        dimension("performance_gain", "效益提升"),
    ];
    fields.push(("dimensions".to_owned(), Spec::of(Origin::List(all.to_vec()))));
    record(Kind::Evaluation, fields)
}

fn comparison(heads: &Heads) -> Record {
    let mut fields = vec![("subject".to_owned(), product_subject(heads))];
    put(&mut fields, heads, "name_zh", &["核心指标"], None);
    let indicator = heads.cell(&["指标代号"]).or_else(|| {
        heads.cell(&["核心指标"]).map(|mut s| {
            s.steps.push(Step::Slug);
            s
        })
    });
    push(&mut fields, "indicator", indicator, None);
    for (name, from) in [
        ("unit", "单位"),
        ("direction", "指标方向"),
        ("method", "试验方法"),
        ("limit", "本标准限值"),
    ] {
        put(&mut fields, heads, name, &[from], None);
    }
    let aside = |head: &str| heads.cell(&[head]).map(|s| Spec { aside: true, ..s });
    let measured =
        object(vec![("value", heads.cell(&["实测值"])), ("report_number", aside("检验报告编号"))]);
    fields.push(("measured".to_owned(), measured));
    let same = typed_choice(aside("方法是否等同"));
    let baselines = [
        ("国家标准编号", "国家标准限值"),
        ("国际标准编号", "国际标准限值"),
        ("国外标准编号", "国外标准限值"),
    ]
    .into_iter()
    .filter(|(number, limit)| heads.has(number) || heads.has(limit))
    .map(|(number, limit)| {
        object(vec![
            ("standard", heads.cell(&[number])),
            ("limit", heads.cell(&[limit])),
            ("unit", aside("单位")),
            ("method_equivalent", Some(same.clone())),
            ("checked_on", aside("核对日期")),
        ])
    });
    fields.push(("baselines".to_owned(), Spec::of(Origin::List(baselines.collect()))));
    record(Kind::Comparison, fields)
}

fn typed_choice(spec: Option<Spec>) -> Spec {
    let table =
        [("是", "yes"), ("等同", "yes"), ("否", "no"), ("不等同", "no"), ("不明", "unknown")];
    let table = table.map(|(word, code)| (word.to_owned(), json!(code))).to_vec();
    let mut spec = spec.unwrap_or_else(|| Spec::constant("unknown"));
    spec.steps.push(Step::Values(table, crate::import::map::Otherwise::Keep));
    spec.default = Some(json!("unknown"));
    spec.aside = true;
    spec
}

fn code(heads: &Heads, publisher: &str) -> Record {
    let mut fields = vec![("product".to_owned(), product_key(heads))];
    put(&mut fields, heads, "holder", CODE, None);
    put(&mut fields, heads, "level", &["层级"], Some(json!("M")));
    put(&mut fields, heads, "issuer", &["赋码机构"], Some(json!(publisher)));
    for (name, from) in [
        ("issued_on", "赋码日期"),
        ("status", "状态"),
        ("expires_on", "有效期至"),
        ("decision", "文号"),
        ("expected_pack", "外包装明示"),
    ] {
        put(&mut fields, heads, name, &[from], None);
    }
    let key = Template::parse("{质量信用码|upper}").ok();
    Record { key, existing: Existing::Replace, ..record(Kind::Code, fields) }
}

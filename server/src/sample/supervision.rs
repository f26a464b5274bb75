//! Fictional notices, inspections, penalties, restrictions and recalls.

use chrono::{Datelike, Months, NaiveDate};
use register::{Kind, ReasonCode};
use serde_json::{Value, json};

use super::goods::goods;
use super::institutions::tester;
use super::makers::Maker;
use super::oddities::Odd;
use super::products::Product;
use super::random::Random;
use super::sources::Source;
use super::{Event, Out, TODAY, days_after, days_before, standards};

const BUREAU: &str = "示例市市场监督管理局";
const PROVINCE: &str = "示例省市场监督管理局";

/// Rounds of inspection: two a year.
const ROUNDS: [(i32, u32); 12] = [
    (2021, 1),
    (2021, 2),
    (2022, 1),
    (2022, 2),
    (2023, 1),
    (2023, 2),
    (2024, 1),
    (2024, 2),
    (2025, 1),
    (2025, 2),
    (2026, 1),
    (2026, 2),
];

fn announced((year, half): (i32, u32)) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, if half == 1 { 6 } else { 10 }, 15).unwrap_or(TODAY)
}

fn round_notice(round: (i32, u32)) -> Value {
    json!({
        "type": "round_result",
        "title": format!("{}年第{}期产品质量监督抽查结果（示例）", round.0, round.1),
        "published_on": announced(round),
        "issuer": PROVINCE,
    })
}

/// Notices that do not depend on the products.
pub(super) fn push_notices(out: &mut Out, seed: u64) {
    for round in ROUNDS {
        publish(out, announced(round), &round_notice(round));
    }
    for (index, goods) in goods().iter().enumerate() {
        let mut r = Random::of(seed, "notice", index as u64);
        let on = days_before(TODAY, r.between(10, 1500));
        let (kind, title) = match index % 7 {
            0 => ("warning", format!("关于{}质量安全的风险提示（示例）", goods.name[0])),
            1 => ("consumer_tip", format!("选购{}看什么（示例）", goods.name[0])),
            2 => ("tbt", format!("某国修订{}技术法规的通报（示例）", goods.name[0])),
            3 => ("public_comment", format!("征求{}团体标准意见（示例）", goods.name[0])),
            4 => ("priority_fields", format!("{}列入重点领域（示例）", goods.sector)),
            5 => ("case", format!("{}行业质量提升案例（示例）", goods.sector)),
            _ => ("event", format!("{}亮标活动（示例）", goods.sector)),
        };
        let mut body = json!({
            "type": kind,
            "title": title,
            "published_on": on,
            "issuer": BUREAU,
            "standards": [standards::national(goods)],
            "places": ["440600"],
        });
        match kind {
            "public_comment" | "tbt" => {
                // The first of each is still open.
                let days = if index < 7 { 1_600 } else { 60 };
                body["comment_deadline"] = json!(days_after(on, days));
            }
            "warning" => body["expires_on"] = json!(days_after(on, 365)),
            _ => {}
        }
        publish(out, on, &body);
    }
}

fn publish(out: &mut Out, on: NaiveDate, body: &Value) {
    out.push(Kind::Notice, Event::on(on, ReasonCode::Published, Source::Notices), body);
}

/// Inspections of a product, and what follows a failed one.
pub(super) fn push_of_product(out: &mut Out, r: &mut Random, product: &Product) {
    push_named(out, product);
    let inspected = r.chance(22);
    let again = Odd::of(product.index) == Some(Odd::SampledAgain);
    if !(inspected || again || Odd::of(product.index) == Some(Odd::OtherName)) {
        return;
    }
    let round = *r.pick(&ROUNDS);
    let on = announced(round);
    let sampled = days_before(on, r.between(30, 90));
    let failed = r.chance(11) && !again;
    let indicator = r.pick(&product.goods.indicators);
    let limit = super::goods::decimal(indicator.limit, indicator.decimals);
    let (sign, worse) = if indicator.higher_better { ("≥", 82) } else { ("≤", 125) };
    let found = if failed { indicator.limit * worse / 100 } else { indicator.limit };
    let notice = register::kinds::key_of(Kind::Notice, &super::object(&round_notice(round)))
        .unwrap_or_default();
    let mut body = json!({
        "authority": PROVINCE,
        "level": "省",
        "round": format!("{}年第{}期", round.0, round.1),
        "sample_number": format!("SL{}{}{:07}", round.0, round.1, product.index),
        "sampled_on": sampled,
        "product_name": product.name,
        "sector_group": product.goods.group,
        "brand": product.maker.brand[0],
        "model": product.model,
        "lot": format!("B{}{:02}", sampled.year() % 100, sampled.month()),
        "producer": { "name": product.maker.name[0], "uscc": product.maker.uscc },
        "producer_address": format!("{}市示例路{}号", product.maker.place.city, 1 + product.index % 300),
        "sampled_at": { "name": "示例商场", "address": "示例市示例大道1号" },
        "standard": standards::national(product.goods),
        "items": [{
            "name": indicator.name,
            "result": super::goods::decimal(found, indicator.decimals),
            "limit": format!("{sign}{limit}"),
            "verdict": if failed { "fail" } else { "pass" },
        }],
        "result": if failed { "fail" } else { "pass" },
        "tester": tester(product.index),
        "report_number": format!("CC-{}-{:06}", round.0, product.index),
        "notice": notice,
        "announced_on": on,
        "follow_up": if failed { "ordered" } else { "none" },
    });
    if Odd::of(product.index) == Some(Odd::OtherName) {
        body["producer"]["name"] = json!(format!("{}厂（示例）", product.maker.brand[0]));
    }
    let event = Event::on(on, ReasonCode::Published, Source::Inspections);
    out.push(Kind::Inspection, event, &body);
    if again && days_after(on, 110) <= TODAY {
        let second = days_after(on, 80);
        body["authority"] = json!(BUREAU);
        body["level"] = json!("市");
        body["round"] = json!(format!("{}年专项", second.year()));
        body["sample_number"] = json!(format!("SZ{}{:07}", second.year(), product.index));
        body["sampled_on"] = json!(second);
        body["announced_on"] = json!(days_after(second, 30));
        body["report_number"] = json!(format!("CZ-{}-{:06}", second.year(), product.index));
        let event = Event::on(days_after(second, 30), ReasonCode::Published, Source::Inspections);
        out.push(Kind::Inspection, event, &body);
    }
    if !failed {
        return;
    }
    if product.index.is_multiple_of(3) && days_after(on, 20) <= TODAY {
        let event = Event::on(days_after(on, 20), ReasonCode::Contested, Source::Inspections)
            .because("企业对检验结论提出异议，正在核实");
        out.push(Kind::Inspection, event, &body);
    }
    let rechecked = days_after(on, 120);
    if rechecked < TODAY && r.chance(75) {
        body["follow_up"] = json!("rechecked_pass");
        body["closed_on"] = json!(rechecked);
        let event = Event::on(rechecked, ReasonCode::Amended, Source::Inspections);
        out.push(Kind::Inspection, event, &body);
    }
    let decided = days_after(on, r.between(30, 60));
    if decided < TODAY && r.chance(60) {
        push_penalty(out, r, product, decided, indicator.name);
    }
    if r.chance(35) {
        push_recall(out, r, product, on, indicator.name, "");
    }
}

/// Notices and alerts that name a product or its maker: by identifier, or by name only.
fn push_named(out: &mut Out, product: &Product) {
    let on = days_before(TODAY, 20 + i64::try_from(product.index % 700).unwrap_or(0));
    let (name, model, maker) = (&product.name, &product.model, &product.maker.name[0]);
    match Odd::of(product.index) {
        Some(Odd::Warned) => {
            let body = json!({
                "type": if product.index.is_multiple_of(2) { "warning" } else { "consumer_tip" },
                "title": format!("关于{name} {model} 使用安全的提示（示例）"),
                "published_on": on,
                "issuer": BUREAU,
                "products": [product.key],
                "enterprises": [product.maker.uscc],
                "places": ["440600"],
                "expires_on": days_after(on, 900),
            });
            publish(out, on, &body);
        }
        Some(Odd::Case) => {
            let body = json!({
                "type": "case",
                "title": format!("{maker}虚标性能案（示例）"),
                "published_on": on,
                "issuer": PROVINCE,
                "places": ["440000"],
            });
            publish(out, on, &body);
        }
        Some(Odd::NotifiedAbroad) => {
            let body = json!({
                "number": format!("SR-{}-{:06}", on.year(), product.index),
                "authority": "某国产品安全机构（示例）",
                "region": "ZZ",
                "alert_type": if product.index % 200 < 100 { "notification" } else { "refusal" },
                "producer": { "name": maker },
                "product_name": product.goods.name[0],
                "models": [model],
                "hazard": "标签缺少警示语（示例）",
                "remedy": "退出当地市场",
                "started_on": on,
                "foreign_number": format!("ZZ/{:06}", product.index),
                "status": "in_progress",
            });
            out.push(Kind::Recall, Event::on(on, ReasonCode::Published, Source::Notices), &body);
        }
        _ => {}
    }
}

/// A penalty of a body that evaluates, for the report on one product.
pub(super) fn push_false_report(out: &mut Out, body: (&str, &str), on: NaiveDate, report: &str) {
    let decided = days_after(on, 90);
    if decided >= TODAY {
        return;
    }
    let (uscc, name) = body;
    let body = json!({
        "number": format!("示市监处罚〔{}〕假{report}号", decided.year()),
        "authority": BUREAU,
        "party": { "name": name, "uscc": uscc },
        "act": "出具虚假评价报告（示例）",
        "basis": [{ "law": "示例质量法", "article": "第八十八条" }],
        "measure": ["warning", "fine"],
        "content": "警告，罚款50000元",
        "amount_fen": 5_000_000,
        "decided_on": decided,
        "publish_until": decided + Months::new(60),
        "status": "in_force",
        "report_numbers": [report],
    });
    out.push(Kind::Penalty, Event::on(decided, ReasonCode::Published, Source::Decisions), &body);
}

fn push_penalty(out: &mut Out, r: &mut Random, product: &Product, on: NaiveDate, item: &str) {
    let yuan = r.between(5, 60) * 1000;
    let mut body = json!({
        "number": format!("示市监处罚〔{}〕{}号", on.year(), product.index + 1),
        "authority": BUREAU,
        "party": { "name": product.maker.name[0], "uscc": product.maker.uscc },
        "act": format!("生产的{} {}的{item}不合格", product.name, product.model),
        "basis": [{ "law": "示例质量法", "article": "第九十九条" }],
        "measure": ["fine", "order"],
        "content": format!("责令改正，罚款{yuan}元"),
        "amount_fen": yuan * 100,
        "decided_on": on,
        "publish_until": on + Months::new(36),
        "status": "in_force",
    });
    out.push(Kind::Penalty, Event::on(on, ReasonCode::Published, Source::Decisions), &body);
    let repaired = days_after(on, 200);
    if repaired < TODAY && r.chance(30) {
        body["status"] = json!("repaired");
        let event = Event::on(repaired, ReasonCode::Repaired, Source::Decisions);
        out.push(Kind::Penalty, event.because("整改到位，信用修复"), &body);
    }
}

pub(super) fn push_recall(
    out: &mut Out,
    r: &mut Random,
    product: &Product,
    on: NaiveDate,
    item: &str,
    series: &str,
) {
    let started = days_after(on, r.between(5, 25));
    let until = days_after(started, 180);
    let mut body = json!({
        "number": format!("示召{}-{series}{:06}", on.year(), product.index),
        "authority": BUREAU,
        "region": "CN",
        "alert_type": "recall",
        "producer": { "name": product.maker.name[0], "uscc": product.maker.uscc },
        "product_name": product.name,
        "models": [product.model],
        "lots": [format!("B{}{:02}", on.year() % 100, on.month())],
        "units": r.between(80, 9000),
        "defect": format!("{item}达不到标准"),
        "hazard": "使用中可能受伤（示例）",
        "injuries": 0,
        "remedy": "免费更换或退款",
        "started_on": started,
        "ends_on": until,
        "contact": "示例服务热线",
        "status": "in_progress",
    });
    if started > TODAY {
        body["status"] = json!("announced");
    }
    let event = Event::on(started.min(TODAY), ReasonCode::Published, Source::Decisions);
    out.push(Kind::Recall, event, &body);
    if until < TODAY {
        body["status"] = json!("completed");
        out.push(Kind::Recall, Event::on(until, ReasonCode::Amended, Source::Decisions), &body);
    }
}

/// Adverse lists a maker may be on.
pub(super) fn push_of_maker(out: &mut Out, seed: u64, maker: &Maker) {
    let mut r = Random::of(seed, "restriction", maker.number);
    // The smallest sample has one of each end of the story: listed now, and removed again.
    if r.below(50) != 0 && maker.number != 11 && maker.number != 17 {
        return;
    }
    let listed = days_before(TODAY, r.between(60, 900));
    let mut body = json!({
        "list": "abnormal_operations",
        "subject": maker.uscc,
        "cause": "未按期公示年度报告（示例）",
        "basis": [{ "law": "示例公示条例", "article": "第九十九条" }],
        "authority": BUREAU,
        "decision": { "number": format!("示例〔{}〕{}号", listed.year(), maker.number + 1), "date": listed },
        "listed_on": listed,
        "publish_until": listed + Months::new(36),
        "measures": ["不予评先评优"],
        "status": "listed",
    });
    out.push(Kind::Restriction, Event::on(listed, ReasonCode::Listed, Source::Decisions), &body);
    let removed = days_after(listed, 45);
    if maker.number == 17 || r.chance(50) {
        body["status"] = json!("removed");
        body["removed_on"] = json!(removed);
        body["removal_reason"] = json!("repaired");
        let event = Event::on(removed, ReasonCode::Removed, Source::Decisions);
        out.push(Kind::Restriction, event.because("补报年度报告，移出"), &body);
    }
}

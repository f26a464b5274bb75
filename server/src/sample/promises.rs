//! Fictional things the built-in targets count, and a fictional policy with targets that are open, have
//! an official value, or cannot be computed. So every state of a target is seen.

use chrono::NaiveDate;
use register::{Kind, ReasonCode};
use serde_json::{Value, json};

use super::sources::Source;
use super::{Event, Out, TODAY, object};

/// Key of the fictional department, and of the fictional policy.
const OFFICE: &str = "sample-amr";
const POLICY: &str = "sample-2026-plan";

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or(TODAY)
}

pub(super) fn push(out: &mut Out) {
    zones(out);
    indications(out);
    centres(out);
    policy(out);
}

/// Export quality zones in Guangdong, enough for the target of 2017.
fn zones(out: &mut Out) {
    for (i, place) in
        ["440604", "440605", "440606", "440607", "440608", "440106"].iter().enumerate()
    {
        let granted = day(2017, 3, 1 + u32::try_from(i).unwrap_or(0) * 4);
        let body = json!({
            "scheme": "export-quality-zone",
            "subject": { "kind": "place", "key": place },
            "certificate_number": format!("SLCK-2017-{:03}", i + 1),
            "granted_on": granted,
            "issuer": "示例质检机构",
            "area": place,
            "status": "valid",
        });
        out.push(
            Kind::Listing,
            Event::on(granted, ReasonCode::Granted, Source::Directories),
            &body,
        );
    }
}

/// Geographical indications in Gansu, fewer than the target of 2020.
fn indications(out: &mut Out) {
    for (i, (name, place)) in
        [("示例百合", "620102"), ("示例苹果", "620802"), ("示例当归", "621102")].iter().enumerate()
    {
        let granted = day(2018 + i32::try_from(i).unwrap_or(0) / 2, 6, 1);
        let body = json!({
            "scheme": "gi-product",
            "subject": { "kind": "name", "key": name, "name": name },
            "certificate_number": format!("SLGI-62-{:03}", i + 1),
            "granted_on": granted,
            "issuer": "示例地理标志机构",
            "area": place,
            "status": "valid",
        });
        out.push(
            Kind::Listing,
            Event::on(granted, ReasonCode::Granted, Source::Directories),
            &body,
        );
    }
}

/// Operation centres of intellectual property: in parks fewer than the target, in clusters enough.
fn centres(out: &mut Out) {
    const PLACES: [&str; 3] = ["440604", "440605", "440606"];
    for (scope, word, wanted) in [("park", "园区", 12), ("cluster", "集群", 21)] {
        for i in 0..wanted {
            let opened = day(2024, 1 + i / 2, 10);
            let body = json!({
                "name": format!("示例{word}知识产权协同运营中心 {}", i + 1),
                "system": "ip-operation-centre",
                "operator": "示例检测中心",
                "place": PLACES[usize::try_from(i).unwrap_or(0) % PLACES.len()],
                "scope": scope,
                "contact": "示例服务热线",
                "status": "open",
            });
            let event = Event::on(opened, ReasonCode::Published, Source::Services);
            out.push(Kind::Service, event, &body);
        }
    }
}

fn policy(out: &mut Out) {
    let issued = day(2026, 1, 15);
    let event = || Event::on(issued, ReasonCode::Published, Source::Policies);
    let keyed = |out: &mut Out, kind, key: &str, body: &Value| {
        out.push_keyed(kind, key, event(), object(body));
    };
    keyed(
        out,
        Kind::Department,
        OFFICE,
        &json!({ "name": "示例市市场监督管理局", "level": "市", "region": "440600" }),
    );
    let clause = |number: &str, heading: &str, text: &str| {
        json!({
            "clause": number, "heading": heading, "text": text, "sort": "measure",
            "lead": [OFFICE], "systems": ["foshan-standard"],
        })
    };
    keyed(
        out,
        Kind::Policy,
        POLICY,
        &json!({
            "number": "示例〔2026〕1号",
            "title": "示例市质量提升行动计划（示例）",
            "issuers": [OFFICE],
            "issued_on": issued,
            "effective_on": issued,
            "valid_until": "2030-12-31",
            "region": "440600",
            "text_hash": register::id::key::sha256_hex("示例市质量提升行动计划".as_bytes()),
            "clauses": [
                clause("一", "扩大佛山标准产品", "到2028年，有效的佛山标准产品超过一万个（示例）。"),
                clause("二", "提高抽查合格率", "2027年起，抽查合格率不低于95%（示例）。"),
                clause("三", "改善空气质量", "到2025年，PM2.5年均浓度不超过25（示例）。"),
            ],
        }),
    );
    let target = |clause: &str, text: &str, names: [&str; 2], goal: [&str; 3], due: &str| {
        json!({
            "policy": POLICY, "clause": clause, "text_zh": text, "measure_zh": names[0],
            "measure_en": names[1], "operator": goal[0], "value": goal[1], "unit": goal[2],
            "due": due, "lead_departments": [OFFICE],
        })
    };
    let mut products = target(
        "一",
        "有效的佛山标准产品超过一万个（示例）",
        ["有效的佛山标准产品数（示例）", "valid Foshan Standard products (sample)"],
        [">", "10000", "个"],
        "2028-12-31",
    );
    products["computable"] = json!("yes");
    products["formula"] = json!("count(listing where scheme=foshan-standard and status=valid)");
    keyed(out, Kind::Target, "sample-products-2028", &products);
    let mut rate = target(
        "二",
        "2027年起，抽查合格率不低于95%（示例）",
        ["2027年起的抽查合格率（示例）", "pass rate from 2027 (sample)"],
        [">=", "95", "%"],
        "2030-12-31",
    );
    rate["computable"] = json!("yes");
    rate["formula"] = json!(
        "100*count(inspection where sampled_on>=2027-01-01 and result=pass)/count(inspection where sampled_on>=2027-01-01 and result in (pass,fail))"
    );
    keyed(out, Kind::Target, "sample-pass-rate-2027", &rate);
    let mut air = target(
        "三",
        "PM2.5年均浓度在25微克/立方米左右（示例）",
        ["PM2.5年均浓度（示例）", "annual mean PM2.5 (sample)"],
        ["~", "25", "µg/m³"],
        "2025-12-31",
    );
    air["computable"] = json!("no");
    air["official_values"] = json!([
        { "value": "28.5", "as_of": "2024-12-31", "source": "示例生态环境公报（2024年）" },
        { "value": "25.4", "as_of": "2025-12-31", "source": "示例生态环境公报（2025年）",
          "url": "https://example.com/air" },
    ]);
    keyed(out, Kind::Target, "sample-air-2025", &air);
}

//! Fictional standards: a national, an ISO-like and an EN-like baseline for every sort of goods, and
//! the group standards `T/LBX` that go beyond them. None of the numbers is assigned to a real one.

use chrono::NaiveDate;
use register::{Kind, ReasonCode};
use serde_json::json;

use super::goods::{Goods, goods};
use super::sources::Source;
use super::{Event, Out, TODAY, days_before};

/// Editions of the group standard of a sort of goods, oldest first.
pub(super) fn group_years(goods: &Goods) -> &'static [i32] {
    match goods.number % 5 {
        0 => &[2020, 2022, 2025],
        1 => &[2021, 2024],
        2 => &[2022],
        3 => &[2020, 2023],
        _ => &[2021, 2025],
    }
}

/// Number of the edition of `year`.
pub(super) fn group(goods: &Goods, year: i32) -> String {
    format!("T/LBX {:03}-{year}", goods.number)
}

/// The edition in force on `day`; before the first one, the first.
pub(super) fn group_on(goods: &Goods, day: NaiveDate) -> String {
    let years = group_years(goods);
    let in_force = years.iter().rev().find(|&&year| effective(year) <= day);
    group(goods, *in_force.unwrap_or(&years[0]))
}

/// Number of the current national baseline; mandatory for every third sort of goods.
pub(super) fn national(goods: &Goods) -> String {
    let slash = if mandatory(goods) { "" } else { "/T" };
    format!("GB{slash} 99{:03}-{}", goods.number, national_year(goods))
}

/// Number of the ISO-like baseline.
pub(super) fn iso(goods: &Goods) -> String {
    format!("ISO 99{:03}:{}", goods.number, 2015 + goods.number % 6)
}

/// Number of the EN-like baseline.
pub(super) fn en(goods: &Goods) -> String {
    format!("EN 99{:03}:{}", goods.number, 2014 + goods.number % 7)
}

fn mandatory(goods: &Goods) -> bool {
    goods.number.is_multiple_of(3)
}

fn national_year(goods: &Goods) -> i32 {
    2016 + i32::try_from(goods.number % 7).unwrap_or(0)
}

fn effective(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 3, 1).unwrap_or(TODAY)
}

pub(super) fn push(out: &mut Out) {
    for goods in goods() {
        push_national(out, goods);
        push_foreign(out, goods);
        push_group(out, goods);
    }
}

fn push_national(out: &mut Out, goods: &Goods) {
    let [zh, _, en_name] = goods.name;
    let year = national_year(goods);
    let body = |number: &str, year: i32| {
        let effective = effective(year);
        json!({
            "number": number,
            "title_zh": format!("{zh}（示例）"),
            "title_en": format!("{en_name} (sample)"),
            "type": "national",
            "mandatory": mandatory(goods),
            "issuer": "示例国家标准机构",
            "issued_on": days_before(effective, 150),
            "effective_on": effective,
            "status": "current",
            "adopts": { "number": iso(goods), "degree": "MOD" },
        })
    };
    let number = national(goods);
    // Every fourth baseline has an older edition that it replaced.
    if goods.number % 4 == 1 {
        let old_number = number.replace(&format!("-{year}"), &format!("-{}", year - 9));
        let mut old = body(&old_number, year - 9);
        let event = Event::on(effective(year - 9), ReasonCode::Published, Source::Standards);
        out.push(Kind::Standard, event, &old);
        old["status"] = json!("replaced");
        old["replaced_by"] = json!([number]);
        old["withdrawn_on"] = json!(effective(year));
        out.push(
            Kind::Standard,
            Event::on(effective(year), ReasonCode::Replaced, Source::Standards),
            &old,
        );
        let mut new = body(&number, year);
        new["replaces"] = json!([old_number]);
        out.push(
            Kind::Standard,
            Event::on(effective(year), ReasonCode::Published, Source::Standards),
            &new,
        );
        return;
    }
    let event = Event::on(effective(year), ReasonCode::Published, Source::Standards);
    out.push(Kind::Standard, event, &body(&number, year));
}

fn push_foreign(out: &mut Out, goods: &Goods) {
    for (number, kind, issuer) in [
        (iso(goods), "international", "示例国际标准组织"),
        (en(goods), "foreign", "示例欧洲标准组织"),
    ] {
        let [zh, _, en_name] = goods.name;
        let body = json!({
            "number": number,
            "title_zh": format!("{zh}（示例）"),
            "title_en": format!("{en_name} (sample)"),
            "type": kind,
            "mandatory": false,
            "issuer": issuer,
            "status": "current",
        });
        let event = Event::on(effective(2016), ReasonCode::Published, Source::Standards);
        out.push(Kind::Standard, event, &body);
    }
}

fn push_group(out: &mut Out, goods: &Goods) {
    let years = group_years(goods);
    for (i, &year) in years.iter().enumerate() {
        let mut body = group_body(goods, year);
        if let Some(&before) = i.checked_sub(1).and_then(|i| years.get(i)) {
            body["replaces"] = json!([group(goods, before)]);
        }
        let published = Event::on(effective(year), ReasonCode::Published, Source::Standards);
        out.push(Kind::Standard, published, &body);
        if let Some(&next) = years.get(i + 1) {
            body["status"] = json!("replaced");
            body["replaced_by"] = json!([group(goods, next)]);
            body["withdrawn_on"] = json!(effective(next));
            let replaced = Event::on(effective(next), ReasonCode::Replaced, Source::Standards);
            out.push(Kind::Standard, replaced, &body);
        }
    }
    // Every sixth sort of goods has a next edition that is not in force yet; every ninth one had a
    // companion that was withdrawn without a successor.
    if goods.number % 6 == 1 {
        let mut body = group_body(goods, 2027);
        body["status"] = json!("upcoming");
        body["issued_on"] = json!("2026-10-15");
        body["replaces"] = json!([group(goods, years[years.len() - 1])]);
        let issued = NaiveDate::from_ymd_opt(2026, 10, 15).unwrap_or(TODAY);
        out.push(
            Kind::Standard,
            Event::on(issued, ReasonCode::Published, Source::Standards),
            &body,
        );
    }
    if goods.number % 9 == 2 {
        let mut body = group_body(goods, 2019);
        body["number"] = json!(format!("T/LBX {:03}.2-2019", goods.number));
        body["title_zh"] = json!(format!("{} 包装（示例）", goods.name[0]));
        body["title_en"] = json!(format!("{}, packaging (sample)", goods.name[2]));
        out.push(
            Kind::Standard,
            Event::on(effective(2019), ReasonCode::Published, Source::Standards),
            &body,
        );
        body["status"] = json!("withdrawn");
        body["withdrawn_on"] = json!("2023-06-30");
        let gone = NaiveDate::from_ymd_opt(2023, 6, 30).unwrap_or(TODAY);
        out.push(Kind::Standard, Event::on(gone, ReasonCode::Withdrawn, Source::Standards), &body);
    }
    // One list prints words where the number of the next edition should stand.
    if goods.number == 3 {
        let mut body = group_body(goods, 2018);
        body["number"] = json!(format!("T/LBX {:03}.9-2018", goods.number));
        body["title_zh"] = json!(format!("{} 标签（示例）", goods.name[0]));
        body["title_en"] = json!(format!("{}, labels (sample)", goods.name[2]));
        body["status"] = json!("replaced");
        body["replaced_by"] = json!(["另行规定（示例）"]);
        body["withdrawn_on"] = json!("2022-06-30");
        let gone = NaiveDate::from_ymd_opt(2022, 6, 30).unwrap_or(TODAY);
        out.push(Kind::Standard, Event::on(gone, ReasonCode::Replaced, Source::Standards), &body);
    }
}

fn group_body(goods: &Goods, year: i32) -> serde_json::Value {
    let effective = effective(year);
    json!({
        "number": group(goods, year),
        "title_zh": format!("{}（示例）", goods.name[0]),
        "title_en": format!("{} (sample)", goods.name[2]),
        "type": "group",
        "mandatory": false,
        "issuer": "示例标准化促进会",
        "issued_on": days_before(effective, 40),
        "effective_on": effective,
        "status": "current",
        "family": "foshan-standard-family",
        "drafters": ["示例市标准评价中心", "示例检测中心"],
    })
}

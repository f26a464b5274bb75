//! Fictional enterprise standards that their makers declared themselves.

use chrono::{Datelike, NaiveDate};
use register::{Kind, ReasonCode};
use serde_json::json;

use super::goods::goods;
use super::makers::Maker;
use super::random::Random;
use super::sources::Source;
use super::{Event, Out, TODAY, days_before};

/// One in six makers has declared a standard of its own, some of those a later edition too.
pub(super) fn push_of_maker(out: &mut Out, seed: u64, maker: &Maker) {
    let mut r = Random::of(seed, "declared standards", maker.number);
    if !(r.chance(16) || maker.number < 3) {
        return;
    }
    let Some(goods) = goods().iter().find(|goods| goods.sector == maker.sector) else { return };
    let declared = days_before(TODAY, r.between(500, 2300));
    let number = |day: NaiveDate| {
        format!("Q/{}{:05} 99{:03}-{}", maker.initials, maker.number, goods.number, day.year())
    };
    let body = |day: NaiveDate| {
        json!({
            "number": number(day),
            "title_zh": format!("{}（示例企业标准）", goods.name[0]),
            "title_en": format!("{} (sample enterprise standard)", goods.name[2]),
            "type": "enterprise",
            "mandatory": false,
            "issuer": maker.name[0],
            "issued_on": day,
            "effective_on": day,
            "declared_on": day,
            "status": "current",
            "drafters": [maker.name[0]],
            "participants": [{ "enterprise": maker.uscc, "role": "lead", "joined_on": day }],
        })
    };
    let mut first = body(declared);
    out.push(Kind::Standard, Event::on(declared, ReasonCode::Published, Source::Standards), &first);
    let revised = declared + chrono::Months::new(30);
    if revised < TODAY && r.chance(40) {
        first["status"] = json!("replaced");
        first["replaced_by"] = json!([number(revised)]);
        first["withdrawn_on"] = json!(revised);
        out.push(
            Kind::Standard,
            Event::on(revised, ReasonCode::Replaced, Source::Standards),
            &first,
        );
        let mut next = body(revised);
        next["replaces"] = json!([number(declared)]);
        out.push(
            Kind::Standard,
            Event::on(revised, ReasonCode::Published, Source::Standards),
            &next,
        );
    }
}

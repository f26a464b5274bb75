//! Fictional listings: every status a listing can have, with the days and decisions that led to it.

use chrono::{Datelike, Months, NaiveDate};
use register::{Kind, ReasonCode};
use serde_json::{Value, json};

use super::goods::goods;
use super::institutions::{certifier, evaluator};
use super::makers::Maker;
use super::oddities::Odd;
use super::products::Product;
use super::random::Random;
use super::sources::Source;
use super::{Event, Out, TODAY, days_after, days_before, standards, term_end};

/// What became of a product's listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Valid,
    Renewed,
    Suspended,
    Reinstated,
    Withdrawn,
    Cancelled,
    Exited,
    Expired,
    Replaced,
    NeverListed,
}

impl Outcome {
    /// Shares in percent: mostly valid, some of each.
    pub(super) const WEIGHTS: &[(Outcome, u64)] = &[
        (Outcome::Valid, 58),
        (Outcome::Renewed, 12),
        (Outcome::Suspended, 3),
        (Outcome::Reinstated, 3),
        (Outcome::Withdrawn, 5),
        (Outcome::Cancelled, 3),
        (Outcome::Exited, 3),
        (Outcome::Expired, 7),
        (Outcome::Replaced, 3),
        (Outcome::NeverListed, 3),
    ];
}

/// The days of a listing's life.
#[derive(Clone, Copy, Debug)]
pub(super) struct Life {
    pub granted: NaiveDate,
    pub renewed: Option<NaiveDate>,
    pub suspended: Option<NaiveDate>,
    pub reinstated: Option<NaiveDate>,
    pub ended: Option<NaiveDate>,
}

/// Months a product listing runs.
const TERM_MONTHS: u32 = 36;

pub(super) fn life(r: &mut Random, outcome: Outcome) -> Life {
    let back = |r: &mut Random, low, high| days_before(TODAY, r.between(low, high));
    let mut life =
        Life { granted: TODAY, renewed: None, suspended: None, reinstated: None, ended: None };
    match outcome {
        Outcome::Valid | Outcome::NeverListed => life.granted = back(r, 12, 1060),
        Outcome::Renewed => {
            life.granted = back(r, 1140, 2180);
            life.renewed = Some(life.granted + Months::new(TERM_MONTHS));
        }
        Outcome::Suspended => {
            life.granted = back(r, 240, 1000);
            life.suspended = Some(back(r, 5, 150));
        }
        Outcome::Reinstated => {
            life.granted = back(r, 500, 1000);
            let suspended = back(r, 160, 400);
            life.suspended = Some(suspended);
            life.reinstated = Some(days_after(suspended, r.between(30, 120)));
        }
        Outcome::Withdrawn => {
            life.granted = back(r, 700, 1700);
            let ended = days_after(life.granted, r.between(150, 640));
            life.suspended = r.chance(50).then(|| days_before(ended, r.between(20, 90)));
            life.ended = Some(ended);
        }
        Outcome::Cancelled | Outcome::Exited => {
            life.granted = back(r, 600, 1700);
            life.ended = Some(days_after(life.granted, r.between(120, 580)));
        }
        Outcome::Expired => life.granted = back(r, 1120, 2100),
        Outcome::Replaced => {
            life.granted = back(r, 600, 1000);
            life.ended = Some(back(r, 30, 400));
        }
    }
    life
}

/// The scheme a product is listed under first, its certificate prefix and level.
fn scheme_of(r: &mut Random, maker: &Maker) -> (&'static str, &'static str, &'static str) {
    const FOSHAN: (&str, &str, &str) = ("foshan-standard", "FSB", "市");
    const GUANGDONG: (&str, &str, &str) = ("guangdong-quality-certification", "GDY", "省");
    const BAY: (&str, &str, &str) = ("gba-certification", "WQR", "粤港澳");
    const GREEN: (&str, &str, &str) = ("green-product-certification", "LSC", "国家");
    const SAME_LINE: (&str, &str, &str) = ("same-line-same-standard", "STX", "国家");
    if maker.place.in_foshan() {
        r.weighted(&[(FOSHAN, 84), (GUANGDONG, 9), (BAY, 5), (GREEN, 2)])
    } else if maker.place.in_gansu() {
        r.weighted(&[(GREEN, 50), (SAME_LINE, 50)])
    } else {
        r.weighted(&[(GUANGDONG, 44), (BAY, 30), (GREEN, 16), (SAME_LINE, 10)])
    }
}

/// A product's own listing.
#[derive(Clone, Debug)]
pub(super) struct Own {
    pub scheme: &'static str,
    pub key: String,
}

/// The product's own listing through its life, and the others it may have. Returns the own one: where
/// it was replaced, the listing that came after.
pub(super) fn push_of_product(
    out: &mut Out,
    r: &mut Random,
    product: &Product,
    outcome: Outcome,
    life: &Life,
) -> Option<Own> {
    let mut first = None;
    if outcome != Outcome::NeverListed {
        let (scheme, prefix, level) = scheme_of(r, product.maker);
        let key = push_life(out, r, product, outcome, life, (scheme, prefix, level));
        first = Some(Own { scheme, key });
    }
    let electric = matches!(product.goods.sector, "家电" | "照明" | "电缆" | "玩具" | "燃气具");
    if electric && r.chance(60) {
        let granted = days_before(TODAY, r.between(100, 2000));
        let mut body = plain(product, "ccc", "CCC", granted);
        body["level"] = json!("国家");
        body["issuer"] = json!(certifier());
        body["valid_until"] = json!(term_end(granted, 60));
        grant(out, granted, &body);
    }
    if r.chance(3) {
        let granted = days_before(TODAY, r.between(3400, 4600));
        let mut body = plain(product, "guangdong-famous-brand", "MP", granted);
        body["level"] = json!("省");
        body["valid_until"] = json!(term_end(granted, 36));
        grant(out, granted, &body);
    }
    if r.chance(4) {
        let granted = days_before(TODAY, r.between(60, 900));
        let mut body = plain(product, "patented-product-filing", "ZLC", granted);
        body["level"] = json!("省");
        grant(out, granted, &body);
    }
    first
}

fn push_life(
    out: &mut Out,
    r: &mut Random,
    product: &Product,
    outcome: Outcome,
    life: &Life,
    (scheme, prefix, level): (&str, &str, &str),
) -> String {
    let (_, evaluator) = evaluator(product.index);
    let mut body = plain(product, scheme, prefix, life.granted);
    body["level"] = json!(level);
    body["issuer"] = json!(if scheme == "foshan-standard" { evaluator } else { certifier() });
    body["round"] = json!(round(life.granted));
    body["standards"] = json!([product.standard]);
    body["valid_from"] = json!(life.granted);
    body["valid_until"] = json!(term_end(life.granted, TERM_MONTHS));
    if scheme == "foshan-standard" {
        body["mark_licence"] = json!({
            "number": format!("BS-{}-{:06}", life.granted.year(), product.index),
            "uses": ["包装", "广告"],
            "valid_until": body["valid_until"],
        });
    }
    match Odd::of(product.index) {
        Some(Odd::OtherModel) => body["models"] = json!([format!("{}（旧款）", product.model)]),
        Some(Odd::WrongLevel) => body["level"] = json!("国际"),
        _ => {}
    }
    let key = grant(out, life.granted, &body);
    if let Some(on) = life.renewed {
        let until = term_end(life.granted, 2 * TERM_MONTHS);
        body["valid_until"] = json!(until);
        if let Some(licence) = body.get_mut("mark_licence") {
            licence["valid_until"] = json!(until);
        }
        event(out, on, ReasonCode::Renewed, &body, None);
    }
    let decision = |on: NaiveDate, n: u64| json!({ "number": format!("示例〔{}〕{}号", on.year(), product.index % 9000 + n), "date": on });
    if let Some(on) = life.suspended {
        body["status"] = json!("suspended");
        body["exit_reason"] = json!(r.weighted(&[("failed_inspection", 60), ("mark_misuse", 40)]));
        body["decision"] = decision(on, 1);
        event(out, on, ReasonCode::Suspended, &body, Some("暂停使用标识，限期整改"));
    }
    if let Some(on) = life.reinstated {
        body["status"] = json!("valid");
        clear(&mut body);
        event(out, on, ReasonCode::Reinstated, &body, Some("复查合格，恢复"));
    }
    let Some(on) = life.ended else { return key };
    let (status, reason, why, text) = match outcome {
        Outcome::Withdrawn => {
            let why = r.weighted(&[
                ("failed_inspection", 50),
                ("standard_not_met", 25),
                ("false_material", 10),
                ("mark_misuse", 15),
            ]);
            ("withdrawn", ReasonCode::Withdrawn, why, "核实后撤销")
        }
        Outcome::Cancelled => {
            ("cancelled", ReasonCode::Cancelled, "holder_request", "企业停产，申请注销")
        }
        Outcome::Exited => {
            let why = r.weighted(&[("not_renewed", 60), ("standard_not_met", 40)]);
            ("exited", ReasonCode::Exited, why, "按退出机制退出")
        }
        _ => ("replaced", ReasonCode::Replaced, "other", "标准换版，换发证书"),
    };
    body["status"] = json!(status);
    body["exit_reason"] = json!(why);
    body["decision"] = decision(on, 2);
    event(out, on, reason, &body, Some(text));
    if outcome == Outcome::Replaced {
        let mut next = body.clone();
        clear(&mut next);
        next["certificate_number"] =
            json!(format!("{prefix}-{}-{:06}-2", on.year(), product.index));
        next["status"] = json!("valid");
        next["granted_on"] = json!(on);
        next["valid_from"] = json!(on);
        next["valid_until"] = json!(term_end(on, TERM_MONTHS));
        next["round"] = json!(round(on));
        next["standards"] = json!([standards::group_on(product.goods, on)]);
        return grant(out, on, &next);
    }
    key
}

/// Listings of the firm itself, of its area, and of a standard.
pub(super) fn push_of_maker(out: &mut Out, seed: u64, maker: &Maker) {
    let mut r = Random::of(seed, "firm listings", maker.number);
    let firm = json!({ "kind": "enterprise", "key": maker.uscc });
    for (scheme, prefix, level, percent, months) in [
        ("qms-certification", "QMS", "国家", 70, 36),
        ("ems-certification", "EMS", "国家", 35, 36),
        ("energy-management-certification", "ENMS", "国家", 10, 36),
        ("ohsms-certification", "OHS", "国家", 15, 36),
        ("provincial-srdi-sme", "ZJTX", "省", 20, 36),
        ("little-giant", "XJR", "国家", 4, 36),
        ("guangdong-quality-award", "ZLJ", "省", 2, 0),
        ("time-honoured-brand", "LZH", "省", 2, 0),
        ("quality-benchmark", "ZLBG", "省", 2, 0),
        ("guangdong-famous-trademark", "", "省", 0, 0),
    ] {
        if !r.chance(percent) || (maker.place.in_gansu() && scheme.starts_with("guangdong")) {
            continue;
        }
        let granted = days_before(TODAY, r.between(30, if months == 0 { 2000 } else { 1350 }));
        let mut body = json!({
            "scheme": scheme,
            "subject": firm,
            "holder": maker.uscc,
            "certificate_number": format!("{prefix}-{}-{:06}", granted.year(), maker.number),
            "level": level,
            "granted_on": granted,
            "issuer": if level == "国家" { certifier() } else { "示例省主管部门" },
            "status": "valid",
        });
        if months > 0 {
            body["valid_until"] = json!(term_end(granted, months));
        }
        if scheme.ends_with("certification") {
            body["scope"] = json!(format!("{}的设计和制造", maker.sector));
        }
        grant(out, granted, &body);
    }
    if maker.place.in_foshan() && r.chance(6) {
        let granted = days_before(TODAY, r.between(60, 1500));
        let body = json!({
            "scheme": "foshan-benchmark-enterprise",
            "subject": firm,
            "holder": maker.uscc,
            "round": format!("{}年", granted.year()),
            "level": "市",
            "granted_on": granted,
            "issuer": "示例市市场监督管理局",
            "status": "valid",
        });
        grant(out, granted, &body);
    }
    // A standard of the maker's goods leads its class in some year; so does an area, now and then.
    if r.chance(5)
        && let Some(goods) = goods().iter().find(|g| g.sector == maker.sector)
    {
        let granted = days_before(TODAY, r.between(60, 1400));
        let standard = standards::group_on(goods, granted);
        let body = json!({
            "scheme": "enterprise-standard-front-runner",
            "subject": { "kind": "standard", "key": standard },
            "holder": maker.uscc,
            "certificate_number": format!("LPZ-{}-{:06}", granted.year(), maker.number),
            "level": "国家",
            "granted_on": granted,
            "issuer": "示例评估机构",
            "status": "valid",
        });
        grant(out, granted, &body);
    }
    if maker.number % 40 == 3 {
        let granted = days_before(TODAY, 900);
        let body = json!({
            "scheme": "quality-brand-zone",
            "subject": { "kind": "place", "key": maker.place.code },
            "certificate_number": format!("SFQ-{}-{:06}", granted.year(), maker.number),
            "level": "国家",
            "granted_on": granted,
            "issuer": "示例国家主管部门",
            "area": maker.place.code,
            "status": "valid",
        });
        grant(out, granted, &body);
    }
    if maker.sector == "食品" && maker.number % 5 == 2 {
        let name = format!("{}{}（示例）", maker.place.city, maker.brand[0]);
        let granted = days_before(TODAY, r.between(300, 1900));
        let body = json!({
            "scheme": "gi-product",
            "subject": { "kind": "name", "key": register::id::slug(&name) },
            "certificate_number": format!("GI-{}-{:06}", granted.year(), maker.number),
            "level": "国家",
            "granted_on": granted,
            "issuer": "示例国家主管部门",
            "area": maker.place.code,
            "scope": name,
            "status": "valid",
        });
        grant(out, granted, &body);
    }
}

fn plain(product: &Product, scheme: &str, prefix: &str, granted: NaiveDate) -> Value {
    json!({
        "scheme": scheme,
        "subject": { "kind": "product", "key": product.key },
        "holder": product.maker.uscc,
        "certificate_number": format!("{prefix}-{}-{:06}", granted.year(), product.index),
        "granted_on": granted,
        "issuer": "示例省主管部门",
        "models": [product.model],
        "area": product.maker.place.code,
        "status": "valid",
    })
}

fn grant(out: &mut Out, on: NaiveDate, body: &Value) -> String {
    event(out, on, ReasonCode::Granted, body, None)
}

fn event(
    out: &mut Out,
    on: NaiveDate,
    reason: ReasonCode,
    body: &Value,
    text: Option<&str>,
) -> String {
    let mut event = Event::on(on, reason, Source::Directories);
    if let Some(text) = text {
        event = event.because(text);
    }
    out.push(Kind::Listing, event, body)
}

fn clear(body: &mut Value) {
    if let Some(body) = body.as_object_mut() {
        body.remove("exit_reason");
        body.remove("decision");
    }
}

fn round(on: NaiveDate) -> String {
    format!("{}年第{}批", on.year(), (on.month() - 1) / 3 + 1)
}

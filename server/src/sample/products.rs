//! Fictional enterprises, their products, evaluations and comparisons.

use chrono::{Datelike, NaiveDate};
use register::{Kind, ReasonCode};
use serde_json::{Value, json};

use super::codes;
use super::declared;
use super::goods::{Goods, Indicator, decimal, goods};
use super::honours;
use super::institutions::{discredited, evaluator, tester};
use super::listings::{self, Outcome};
use super::makers::Maker;
use super::oddities::Odd;
use super::random::Random;
use super::sources::Source;
use super::{Event, Out, TODAY, days_after, days_before, ratings, standards, supervision};

/// One product with what its other records need to know.
#[derive(Clone, Debug)]
pub(super) struct Product<'m> {
    pub index: u64,
    pub key: String,
    pub maker: &'m Maker,
    pub goods: &'static Goods,
    pub model: String,
    pub name: String,
    /// The edition of the group standard it was evaluated against.
    pub standard: String,
}

/// Everything about one maker: itself, its products, its own listings, its record of supervision.
pub(super) fn push(out: &mut Out, seed: u64, maker: &Maker, first: u64) {
    push_enterprise(out, seed, maker);
    let own: Vec<&'static Goods> = goods().iter().filter(|g| g.sector == maker.sector).collect();
    for n in 0..maker.products {
        let mut r = Random::of(seed, "product", first + n);
        let which = usize::try_from(maker.number + n).unwrap_or(0) % own.len().max(1);
        let Some(&goods) = own.get(which) else { continue };
        push_product(out, seed, &mut r, maker, goods, first + n, n);
    }
    listings::push_of_maker(out, seed, maker);
    honours::push_of_maker(out, maker);
    declared::push_of_maker(out, seed, maker);
    supervision::push_of_maker(out, seed, maker);
    ratings::push_of_maker(out, seed, maker);
}

fn push_enterprise(out: &mut Out, seed: u64, maker: &Maker) {
    let mut r = Random::of(seed, "enterprise", maker.number);
    let since = days_before(TODAY, r.between(2600, 5000));
    let group = goods().iter().find(|g| g.sector == maker.sector).map_or("other", |g| g.group);
    let mut body = json!({
        "name_zh": maker.name[0],
        "name_en": maker.name[1],
        "short_name": format!("{}（示例）", maker.brand[0]),
        "uscc": maker.uscc,
        "place": maker.place.code,
        "status": "active",
        "roles": ["producer"],
        "sector": maker.sector,
        "sector_group": group,
    });
    if r.chance(4) {
        let mut before = body.clone();
        before["name_zh"] = json!(format!("{}{}厂（示例）", maker.place.city, maker.brand[0]));
        out.push(
            Kind::Enterprise,
            Event::on(since, ReasonCode::Listed, Source::Enterprises),
            &before,
        );
        body["former_names"] = json!([before["name_zh"]]);
        let renamed = days_after(since, r.between(400, 1800));
        let event =
            Event::on(renamed, ReasonCode::Amended, Source::Enterprises).because("企业更名");
        out.push(Kind::Enterprise, event, &body);
    } else {
        out.push(
            Kind::Enterprise,
            Event::on(since, ReasonCode::Listed, Source::Enterprises),
            &body,
        );
    }
    // One in two hundred has closed down: its listings say holder_gone or wait to be looked at.
    if maker.number > 8 && (r.below(200) == 0 || maker.number == 23) {
        body["status"] = json!("deregistered");
        let gone = days_before(TODAY, r.between(20, 300));
        out.push(
            Kind::Enterprise,
            Event::on(gone, ReasonCode::Amended, Source::Enterprises),
            &body,
        );
    }
}

fn push_product(
    out: &mut Out,
    seed: u64,
    r: &mut Random,
    maker: &Maker,
    goods: &'static Goods,
    index: u64,
    n: u64,
) {
    const LETTERS: &[u8] = b"ABCDFGHKMNPRTWY";
    let letter = char::from(*r.pick(LETTERS));
    let model = format!("{}-{letter}{}", maker.initials, (n + 1) * 100 + r.below(100));
    let outcome = r.weighted(Outcome::WEIGHTS);
    let life = listings::life(r, outcome);
    let standard = standards::group_on(goods, life.granted);
    let name = format!("{}牌{}", maker.brand[0], goods.name[0]);
    let spec = *r.pick(&goods.specs);
    let national = standards::national(goods);
    let mut body = json!({
        "name_zh": name,
        "name_hant": format!("{}牌{}", maker.brand[1], goods.name[1]),
        "name_en": format!("{} {}", maker.pinyin, inside_a_name(goods.name[2])),
        "holder": maker.uscc,
        "brand": maker.brand[0],
        "model": model,
        "category": goods.category,
        "sector": goods.sector,
        "sector_group": goods.group,
        "spec": spec,
        "standards": [standard, national],
        "warranty_months": *r.pick(&[12, 24, 36, 60]),
        "status": "on_sale",
    });
    if goods.group == "consumer" && r.chance(70) {
        body["gtins"] = json!([gtin(index)]);
    }
    let indicators = indicators(r, goods);
    if let Some(first) = indicators.first() {
        let claim = claim(first);
        body["pack_claims"] = json!([{ "indicator": first.of.name, "text": claim }]);
        if Odd::of(index) == Some(Odd::WellKnownClaim) {
            body["pack_claims"][0]["text"] = json!(format!("{claim}，中国驰名商标（示例）"));
        }
    }
    let listed = days_before(life.granted, r.between(20, 90));
    if r.chance(3) {
        // A slip of the pen that was put right later: the wrong version stays in the log.
        let mut wrong = body.clone();
        wrong["spec"] = json!(format!("{spec}（误）"));
        out.push(Kind::Product, Event::on(listed, ReasonCode::Listed, Source::Products), &wrong);
        let event = Event::on(listed, ReasonCode::Corrected, Source::Products)
            .because("规格录入错误，按原件更正");
        out.push(Kind::Product, event, &body);
    } else {
        out.push(Kind::Product, Event::on(listed, ReasonCode::Listed, Source::Products), &body);
    }
    let key = register::id::product_key(&maker.uscc, &maker.brand[0], &model, None);
    let product = Product { index, key, maker, goods, model, name, standard };
    if outcome == Outcome::Cancelled || r.chance(4) {
        body["status"] = json!("discontinued");
        let stopped = life.ended.unwrap_or_else(|| days_before(TODAY, r.between(10, 200)));
        let event = Event::on(stopped.max(listed), ReasonCode::Amended, Source::Products);
        out.push(Kind::Product, event.because("停产"), &body);
    }
    push_comparisons(out, r, &product, &indicators, life.granted);
    let own = listings::push_of_product(out, r, &product, outcome, &life);
    if own.as_ref().is_some_and(|own| own.scheme == "foshan-standard") {
        push_evaluation(out, r, &product, days_before(life.granted, r.clone().between(5, 40)));
        if let Some(renewed) = life.renewed {
            push_evaluation(out, r, &product, days_before(renewed, 12));
        }
    }
    supervision::push_of_product(out, r, &product);
    honours::push_of_product(out, seed, &product);
    if let Some(own) = own {
        codes::push_of_product(out, seed, &product, &body, outcome, &life, &own);
    }
}

/// `Polished tile` begins small after a brand; `LED lamp` does not.
fn inside_a_name(words: &str) -> String {
    let mut letters = words.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(words.chars().skip(1)).collect()
        }
        _ => words.to_owned(),
    }
}

/// A GTIN-14 under the demonstration prefix 952.
fn gtin(index: u64) -> String {
    let body = format!("0952{:09}", index % 1_000_000_000);
    let check = register::id::gtin::check_digit(&body).unwrap_or('0');
    format!("{body}{check}")
}

/// One indicator of one product.
struct Chosen {
    of: &'static Indicator,
    limit: i64,
    measured: i64,
    iso: Option<i64>,
    en: Option<i64>,
    gap_filling: bool,
}

/// Two to seven indicators; most go beyond the baseline, a few equal or fall short of it.
fn indicators(r: &mut Random, goods: &'static Goods) -> Vec<Chosen> {
    let most = i64::try_from(goods.indicators.len()).unwrap_or(2).min(7);
    let count = r.weighted(&[(2, 25), (3, 40), (4, 20), (5, 8), (6, 4), (7, 3)]).min(most);
    let wanted = if goods.number == 1 { most } else { count };
    goods
        .indicators
        .iter()
        .take(usize::try_from(wanted).unwrap_or(2))
        .map(|of| {
            let step =
                r.weighted(&[(0, 10), (8, 20), (18, 25), (30, 20), (45, 15), (-6, 4), (60, 6)]);
            let limit = beyond(of, of.limit, step);
            let margin = r.weighted(&[(2, 30), (6, 40), (12, 25), (-4, 2)]);
            Chosen {
                of,
                limit,
                measured: beyond(of, limit, margin),
                iso: r
                    .chance(45)
                    .then(|| beyond(of, of.limit, r.weighted(&[(0, 60), (5, 25), (-8, 15)]))),
                en: r
                    .chance(30)
                    .then(|| beyond(of, of.limit, r.weighted(&[(0, 50), (10, 35), (-8, 15)]))),
                gap_filling: r.chance(4),
            }
        })
        .collect()
}

/// A limit `percent` stricter than `limit`, within what the unit allows.
fn beyond(of: &Indicator, limit: i64, percent: i64) -> i64 {
    let top = match of.unit {
        "%" if of.higher_better => 100 * 10_i64.pow(of.decimals),
        _ => i64::MAX,
    };
    if top != i64::MAX {
        return limit + (top - limit).max(0) * percent / 100;
    }
    let percent = match of.unit {
        "dB(A)" | "dB" => percent / 4,
        "1" | "级" => percent / 3,
        _ => percent,
    };
    let by = limit * percent / 100;
    if of.higher_better { limit + by } else { limit - by }
}

fn claim(chosen: &Chosen) -> String {
    let sign = if chosen.of.higher_better { "≥" } else { "≤" };
    let unit = if chosen.of.unit == "1" { "" } else { chosen.of.unit };
    format!("{} {sign} {} {unit}", chosen.of.name, decimal(chosen.limit, chosen.of.decimals))
        .trim_end()
        .to_owned()
}

fn push_comparisons(
    out: &mut Out,
    r: &mut Random,
    product: &Product,
    indicators: &[Chosen],
    granted: NaiveDate,
) {
    for (n, chosen) in indicators.iter().enumerate() {
        let Indicator { code, name, unit, higher_better, limit, decimals } = *chosen.of;
        let tested = days_before(granted, r.between(30, 120));
        let checked = days_before(TODAY, r.weighted(&[(22, 53), (160, 27), (420, 17), (800, 3)]));
        let checked = checked.max(granted);
        let equivalent = if r.chance(5) { "no" } else { "yes" };
        let baseline = |standard: String, limit: i64, equivalent: &str| {
            json!({
                "standard": standard,
                "clause": format!("{}.{}", 4 + n / 3, n % 3 + 1),
                "limit": decimal(limit, decimals),
                "unit": unit,
                "method_equivalent": equivalent,
                "checked_on": checked,
            })
        };
        let mut baselines: Vec<Value> = Vec::new();
        if !chosen.gap_filling {
            baselines.push(baseline(standards::national(product.goods), limit, "yes"));
            baselines
                .extend(chosen.iso.map(|l| baseline(standards::iso(product.goods), l, equivalent)));
            baselines.extend(chosen.en.map(|l| baseline(standards::en(product.goods), l, "yes")));
        }
        let mut body = json!({
            "subject": { "kind": "product", "key": product.key },
            "indicator": code,
            "name_zh": name,
            "unit": unit,
            "direction": if higher_better { "higher_better" } else { "lower_better" },
            "method": standards::national(product.goods),
            "limit": decimal(chosen.limit, decimals),
            "measured": {
                "value": decimal(chosen.measured, decimals),
                "report_number": format!("JC-{}-{:06}", tested.year(), product.index),
                "tester": tester(product.index),
                "date": tested,
            },
            "baselines": baselines,
        });
        if n == 0 && Odd::of(product.index) == Some(Odd::WrongClaim) {
            let computed = register::comparison::outcome(&super::object(&body)).claim;
            let stricter = computed == Some(register::comparison::Claim::Stricter);
            body["claim"] = json!(if stricter { "gap_filling" } else { "stricter" });
        }
        let event = Event::on(granted, ReasonCode::Published, Source::Comparisons);
        out.push(Kind::Comparison, event, &body);
    }
}

fn push_evaluation(out: &mut Out, r: &mut Random, product: &Product, on: NaiveDate) {
    let (mut evaluator, mut evaluator_name) = evaluator(product.index);
    match Odd::of(product.index) {
        Some(Odd::SelfEvaluated) => evaluator.clone_from(&product.maker.uscc),
        Some(Odd::FalseReport) => (evaluator, evaluator_name) = discredited(),
        _ => {}
    }
    let version = if on.year() < 2023 { "2021版" } else { "2023版" };
    let dimension = |id: &str, score: i64, source: String| json!({ "id": id, "score": score.to_string(), "full_mark": "100", "source": source });
    let level = r.between(72, 98);
    let stable = r.between(71, 97);
    let innovation = r.between(70, 95);
    let gain = r.between(70, 93);
    let body = json!({
        "scheme": "foshan-standard",
        "subject": { "kind": "product", "key": product.key },
        "evaluator": evaluator,
        "specification": { "title": "佛山标准产品评价规范（示例）", "version": version },
        "evaluated_on": on,
        "result": "passed",
        "dimensions": [
            dimension("standard_level", level, format!("与{}逐项比对", standards::national(product.goods))),
            dimension("quality_stability", stable, format!("近三年抽查{}次，全部合格", 2 + r.below(7))),
            dimension("innovation", innovation, format!("发明专利{}件，其中{}件写入标准", 1 + r.below(6), r.below(2))),
            dimension("performance_gain", gain, format!("优等品率提高{}个百分点", 1 + r.below(6))),
        ],
        "report_number": format!("PJ-{}-{:06}", on.year(), product.index),
    });
    let event = Event::on(on, ReasonCode::Published, Source::Evaluations);
    out.push(Kind::Evaluation, event, &body);
    if Odd::of(product.index) == Some(Odd::FalseReport) {
        let report = body["report_number"].as_str().unwrap_or_default().to_owned();
        supervision::push_false_report(out, (&evaluator, evaluator_name), on, &report);
    }
}

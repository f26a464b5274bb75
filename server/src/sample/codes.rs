//! Quality credit codes of sample products: in every status, with redress, credit record and what the
//! pack should say.

use chrono::{Datelike, Months, NaiveDate};
use register::code::{Batch, CreditCode, Pepper};
use register::id::key::hex;
use register::{Kind, ReasonCode};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::listings::{Life, Outcome, Own};
use super::products::Product;
use super::random::Random;
use super::sources::Source;
use super::{Event, Out, TODAY, days_after, days_before, object, supervision};
use crate::code::issue::on_pack;
use crate::keys::sample_secret;

const ISSUER: &str = "示例市市场监督管理局";

/// The first day on which sample codes were issued.
const BEGIN: NaiveDate = NaiveDate::from_ymd_opt(2023, 9, 1).unwrap();

/// Months a code runs.
const TERM_MONTHS: u32 = 60;

/// Codes in the sample's one batch of unit codes.
const UNITS: u32 = 24;

/// What becomes of a code whose product is in order.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Valid,
    Draft,
    Suspended,
    Restored,
    Withdrawn,
    Cancelled,
    Superseded,
    Expired,
}

/// The `n`th code of a product: a walk through all codes of a province that looks like chance and meets
/// no code twice, because the step has no common factor with their number.
fn code_of(province: &str, seed: u64, product: u64, n: u64) -> Option<CreditCode> {
    const STEP: u128 = 16_180_339_887_557;
    let start = u128::from(Random::of(seed, "codes", 0).below(u64::MAX));
    let number = start + u128::from(product * 2 + n) * STEP;
    CreditCode::mint_model(province, number.to_be_bytes())
}

/// The code of a product, if it has one, through its life.
pub(super) fn push_of_product(
    out: &mut Out,
    seed: u64,
    product: &Product,
    facts: &Value,
    outcome: Outcome,
    life: &Life,
    own: &Own,
) {
    let mut r = Random::of(seed, "code", product.index);
    let issued = life.granted.max(BEGIN) + chrono::Days::new(r.below(40) + 5);
    let recalled = product.index % 60 == 37;
    if !(r.chance(55) || recalled) || issued > days_before(TODAY, 30) {
        return;
    }
    if life.ended.is_some_and(|ended| issued >= ended) {
        return;
    }
    let Some(code) =
        product.maker.place.code.get(..2).and_then(|p| code_of(p, seed, product.index, 0))
    else {
        return;
    };
    let mut body = first(&mut r, product, facts, own, issued);
    if recalled {
        let on = days_before(TODAY, 40);
        supervision::push_recall(out, &mut r, product, on, "电气安全", "C");
    }
    let fate = r.weighted(&[
        (Fate::Valid, 74),
        (Fate::Draft, 4),
        (Fate::Suspended, 4),
        (Fate::Restored, 4),
        (Fate::Withdrawn, 4),
        (Fate::Cancelled, 3),
        (Fate::Superseded, 4),
        (Fate::Expired, 3),
    ]);
    let middle = days_after(issued, (TODAY - issued).num_days() / 2);
    let mut life_of_code = Story { out, key: code.as_str(), decision: product.index % 9000 };
    if recalled || outcome == Outcome::Renewed {
        life_of_code.step(&body, issued, ReasonCode::Granted, None);
        return;
    }
    if let Some(ended) = life.ended {
        life_of_code.step(&body, issued, ReasonCode::Granted, None);
        // A part of them was forgotten: a code that outlives its listing.
        let (status, reason, why) = match outcome {
            Outcome::Cancelled => ("cancelled", ReasonCode::Cancelled, "企业停产，申请注销"),
            _ => ("withdrawn", ReasonCode::Withdrawn, "所依登记已终止"),
        };
        if outcome != Outcome::Replaced && r.chance(60) {
            body["status"] = json!(status);
            life_of_code.decided(&mut body, ended, reason, why);
        }
        return;
    }
    if let Some(suspended) = life.suspended.filter(|day| *day > issued) {
        life_of_code.step(&body, issued, ReasonCode::Granted, None);
        body["status"] = json!("suspended");
        life_of_code.decided(&mut body, suspended, ReasonCode::Suspended, "所依登记暂停");
        if let Some(reinstated) = life.reinstated {
            body["status"] = json!("valid");
            life_of_code.restored(&mut body, reinstated);
        }
        return;
    }
    match fate {
        Fate::Valid => {
            life_of_code.step(&body, issued, ReasonCode::Granted, None);
            if out.unit_product.is_none() && outcome == Outcome::Valid {
                out.unit_product = Some((object(&body), issued));
            }
        }
        Fate::Draft => {
            body["status"] = json!("draft");
            life_of_code.step(&body, issued, ReasonCode::Listed, None);
        }
        Fate::Expired => {
            body["expires_on"] = json!(middle);
            life_of_code.step(&body, issued, ReasonCode::Granted, None);
        }
        Fate::Suspended | Fate::Restored => {
            life_of_code.step(&body, issued, ReasonCode::Granted, None);
            body["status"] = json!("suspended");
            life_of_code.decided(&mut body, middle, ReasonCode::Suspended, "抽查不合格，限期整改");
            if fate == Fate::Restored {
                body["status"] = json!("valid");
                let restored = days_after(middle, (TODAY - middle).num_days() / 2);
                life_of_code.restored(&mut body, restored);
            }
        }
        Fate::Withdrawn => {
            life_of_code.step(&body, issued, ReasonCode::Granted, None);
            body["status"] = json!("withdrawn");
            life_of_code.decided(&mut body, middle, ReasonCode::Withdrawn, "申报材料不实");
        }
        Fate::Cancelled => {
            life_of_code.step(&body, issued, ReasonCode::Granted, None);
            body["status"] = json!("cancelled");
            life_of_code.decided(&mut body, middle, ReasonCode::Cancelled, "企业申请注销");
        }
        Fate::Superseded => {
            life_of_code.step(&body, issued, ReasonCode::Granted, None);
            let mut next = body.clone();
            body["status"] = json!("superseded");
            let why = Some("包装换版，换发新码");
            life_of_code.step(&body, middle, ReasonCode::Replaced, why);
            next["issued_on"] = json!(middle);
            next["expires_on"] = json!(super::term_end(middle, TERM_MONTHS));
            let next_code = code.province().and_then(|p| code_of(p, seed, product.index, 1));
            if let Some(next_code) = next_code {
                life_of_code.key = next_code.as_str();
                life_of_code.step(&next, middle, ReasonCode::Granted, None);
            }
        }
    }
}

/// The entries of one code.
struct Story<'o, 'k> {
    out: &'o mut Out,
    key: &'k str,
    decision: u64,
}

impl Story<'_, '_> {
    fn step(&mut self, body: &Value, on: NaiveDate, reason: ReasonCode, why: Option<&str>) {
        let mut event = Event::on(on, reason, Source::Codes);
        if let Some(why) = why {
            event = event.because(why);
        }
        self.out.push_keyed(Kind::Code, self.key, event, object(body));
    }

    fn decided(&mut self, body: &mut Value, on: NaiveDate, reason: ReasonCode, why: &str) {
        body["decision"] = json!(format!("示例决定〔{}〕{}号", on.year(), self.decision + 1));
        self.step(body, on, reason, Some(why));
    }

    fn restored(&mut self, body: &mut Value, on: NaiveDate) {
        if let Some(body) = body.as_object_mut() {
            body.remove("decision");
        }
        self.step(body, on, ReasonCode::Reinstated, Some("复查合格，恢复"));
    }
}

fn first(r: &mut Random, product: &Product, facts: &Value, own: &Own, issued: NaiveDate) -> Value {
    let until = super::term_end(issued, TERM_MONTHS);
    let mut body = json!({
        "level": "M",
        "product": product.key,
        "listing": own.key,
        "holder": product.maker.uscc,
        "issued_on": issued,
        "expires_on": until,
        "issuer": ISSUER,
        "status": "valid",
        "expected_pack": on_pack(&object(facts)),
        "credit_sections": credit(r, product, issued),
    });
    if r.chance(70) {
        body["redress"] = json!({
            "pay_first": r.chance(60),
            "insurer": "示例财产保险公司",
            "policy_number": format!("SL{}-{:07}", issued.year(), product.index),
            "limit_fen": r.between(10, 100) * 1_000_000,
            "valid_until": issued + Months::new(12 * u32::try_from(r.between(1, 4)).unwrap_or(1)),
            "claim_url": format!("https://claims.example/{}", product.key),
        });
    }
    body
}

/// Good and bad together, each line with where it is from and its day.
fn credit(r: &mut Random, product: &Product, issued: NaiveDate) -> Value {
    let inspections = Source::Inspections.title();
    let day = |r: &mut Random| days_before(issued, r.between(10, 400));
    let mut lines = vec![json!({
        "section": "certificates",
        "text": format!("{}经评价上榜", product.name),
        "source": Source::Directories.title(),
        "date": day(r),
    })];
    let mut line = |section: &str, text: String, source: &str, date: NaiveDate| {
        lines.push(json!({ "section": section, "text": text, "source": source, "date": date }));
    };
    if r.chance(60) {
        line("inspections", "监督抽查1次，合格".to_owned(), inspections, day(r));
    }
    if r.chance(20) {
        line("honours", "获评示例优质产品".to_owned(), Source::Directories.title(), day(r));
    }
    if r.chance(12) {
        let text = "因标签不规范被责令改正，已改正".to_owned();
        line("penalties", text, Source::Decisions.title(), day(r));
    }
    if r.chance(30) {
        let n = r.between(1, 6);
        line("complaints", format!("投诉{n}件，均已处理"), "示例投诉举报平台", day(r));
    }
    Value::Array(lines)
}

/// The sample's unit codes and their batch; anybody can derive them from the seed.
#[must_use]
pub fn unit_batch(products: u64, seed: u64) -> (Vec<CreditCode>, Batch) {
    let pepper = Pepper::new(sample_secret("pepper", products, seed));
    let codes: Vec<CreditCode> = (0..UNITS)
        .map(|n| {
            let hash = Sha256::digest(format!("liangbiao sample unit {seed} {products} {n}"));
            let mut random = [0; 16];
            random.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
            CreditCode::mint_unit(random)
        })
        .collect();
    let batch = Batch::new(codes.iter().map(|code| pepper.hash(code)));
    (codes, batch)
}

/// The record of [`unit_batch`], for the first product with a code in force, and a change to one unit.
pub(super) fn push_units(out: &mut Out, products: u64, seed: u64) {
    let Some((model, issued)) = out.unit_product.take() else { return };
    let (codes, batch) = unit_batch(products, seed);
    let mut body = Value::Object(model);
    body["level"] = json!("U-batch");
    body["batch_root"] = json!(hex(batch.root()));
    let on = days_after(issued, 10);
    let key = batch.key();
    let mut story = Story { out, key: &key, decision: 0 };
    let run = Some("单件码一批，随货发出");
    story.step(&body, on, ReasonCode::Granted, run);
    let pepper = Pepper::new(sample_secret("pepper", products, seed));
    if let Some(last) = codes.last() {
        let key = register::code::unit_key(&key, &pepper.hash(last));
        body["status"] = json!("suspended");
        let mut story = Story { out, key: &key, decision: 0 };
        story.step(&body, days_after(on, 5), ReasonCode::Suspended, Some("该件包装破损，暂停核实"));
    }
}

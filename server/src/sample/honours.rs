//! Fictional grants to persons and teams, and grants under schemes that are no longer awarded.

use chrono::{Datelike, NaiveDate};
use register::{Kind, ReasonCode};
use serde_json::{Value, json};

use super::makers::Maker;
use super::products::Product;
use super::random::Random;
use super::sources::Source;
use super::{Event, Out, TODAY, days_after, days_before, term_end};

/// Experts of the pool: what the list prints. One asked not to be named.
const EXPERTS: [(&str, Option<&str>); 7] = [
    ("expert-001", Some("示例人甲")),
    ("expert-002", Some("示例人乙")),
    ("expert-003", Some("示例人丙")),
    ("expert-004", Some("示例人丁")),
    ("expert-005", None),
    ("expert-006", Some("示例人戊")),
    ("expert-007", Some("示例人己")),
];

/// Persons and teams; they do not depend on the products.
pub(super) fn push(out: &mut Out, seed: u64) {
    let mut r = Random::of(seed, "persons", 0);
    for (n, (key, name)) in EXPERTS.iter().enumerate() {
        let granted = days_before(TODAY, r.between(300, 1900));
        let mut body = json!({
            "scheme": "foshan-expert-pool",
            "subject": { "kind": "person", "key": key },
            "certificate_number": format!("ZJK-{}-{:03}", granted.year(), n + 1),
            "round": format!("{}年", granted.year()),
            "level": "市",
            "granted_on": granted,
            "issuer": "示例市市场监督管理局",
            "area": "440600",
            "status": "valid",
        });
        if let Some(name) = name {
            body["person_name"] = json!(name);
        }
        let key = grant(out, granted, &body);
        if n == 3 {
            body["status"] = json!("exited");
            body["exit_reason"] = json!("holder_request");
            let on = days_after(granted, 250);
            body["decision"] =
                json!({ "number": format!("示例〔{}〕{}号", on.year(), 8000 + n), "date": on });
            let event = Event::on(on, ReasonCode::Exited, Source::Directories);
            out.push_keyed(
                Kind::Listing,
                &key,
                event.because("本人申请退出"),
                super::object(&body),
            );
        }
    }
    for (n, name) in ["示例陶瓷标准国际化工作室", "示例家电标准国际化工作室"].iter().enumerate()
    {
        let granted = days_before(TODAY, r.between(200, 1200));
        let body = json!({
            "scheme": "international-standard-studio",
            "subject": { "kind": "team", "key": format!("studio-{:03}", n + 1), "name": name },
            "certificate_number": format!("GZS-{}-{:03}", granted.year(), n + 1),
            "level": "省",
            "granted_on": granted,
            "issuer": "示例省主管部门",
            "area": "440600",
            "status": "valid",
        });
        grant(out, granted, &body);
    }
}

/// What a product was once called: grants of the years in which such titles were still given.
pub(super) fn push_of_product(out: &mut Out, seed: u64, product: &Product) {
    let mut r = Random::of(seed, "former honours", product.index);
    let place = product.maker.place;
    let food = product.goods.sector == "食品";
    for (scheme, prefix, percent, from, to, here) in [
        ("guangdong-famous-trademark", "ZMSB", 2, 2012, 2016, !place.in_gansu()),
        ("gansu-famous-brand", "GMP", 30, 2012, 2017, place.in_gansu()),
        ("gansu-famous-trademark", "GZMSB", 20, 2012, 2016, place.in_gansu()),
        ("guangdong-famous-brand-agri", "NMP", 8, 2012, 2016, food && !place.in_gansu()),
        ("pollution-free-product", "WGH", 10, 2014, 2018, food),
    ] {
        if !here || !r.chance(percent) {
            continue;
        }
        let year = i32::try_from(r.between(from, to)).unwrap_or(2014);
        let granted =
            NaiveDate::from_ymd_opt(year, 3 + product.index as u32 % 9, 18).unwrap_or(TODAY);
        let body = json!({
            "scheme": scheme,
            "subject": { "kind": "product", "key": product.key },
            "holder": product.maker.uscc,
            "certificate_number": format!("{prefix}-{year}-{:06}", product.index),
            "level": if scheme == "pollution-free-product" { "国家" } else { "省" },
            "granted_on": granted,
            "valid_until": term_end(granted, 36),
            "issuer": "示例省主管部门",
            "models": [product.model],
            "area": place.code,
            "status": "valid",
        });
        grant(out, granted, &body);
    }
}

/// Zones of a scheme that another one continued.
pub(super) fn push_of_maker(out: &mut Out, maker: &Maker) {
    if maker.number % 45 != 7 {
        return;
    }
    let granted = NaiveDate::from_ymd_opt(2014, 11, 6).unwrap_or(TODAY);
    let ended = NaiveDate::from_ymd_opt(2018, 12, 31).unwrap_or(TODAY);
    let mut body = json!({
        "scheme": "national-brand-zone",
        "subject": { "kind": "place", "key": maker.place.code },
        "certificate_number": format!("ZMPP-2014-{:06}", maker.number),
        "level": "国家",
        "granted_on": granted,
        "issuer": "示例国家主管部门",
        "area": maker.place.code,
        "status": "valid",
    });
    let key = grant(out, granted, &body);
    body["status"] = json!("exited");
    body["exit_reason"] = json!("scheme_ended");
    body["decision"] = json!({ "number": "示例〔2018〕7号", "date": ended });
    let event = Event::on(ended, ReasonCode::Exited, Source::Directories);
    out.push_keyed(Kind::Listing, &key, event.because("名录停止评选"), super::object(&body));
}

fn grant(out: &mut Out, on: NaiveDate, body: &Value) -> String {
    let event = Event::on(on, ReasonCode::Granted, Source::Directories);
    out.push(Kind::Listing, event, body)
}

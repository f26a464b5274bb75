use serde_json::{Value, json};

use super::suite::{Random, Stage};
use super::*;
use crate::code::RESERVED;
use crate::{Lang, Reason as EntryReason, ReasonCode};

mod listings;
mod properties;
mod rules;
mod standing;
mod table;

const HOLDER: &str = "91350100M000100Y43";
const PRODUCT: &str = "p-d58030165a9c";
const DAY: &str = "2026-11-22";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn entry(kind: Kind, key: &str, fields: Value) -> Entry {
    Entry {
        seq: 7,
        recorded_at: "2026-01-02T00:00:00Z".parse().unwrap(),
        valid_from: day("2026-01-01"),
        kind,
        key: key.to_owned(),
        reason: EntryReason::said(ReasonCode::Listed, None),
        source: SourceRef { id: "list".to_owned(), locator: Default::default() },
        body: fields.as_object().cloned().unwrap(),
    }
}

/// A question with all it borrows. As it is made, nothing speaks against the code.
#[derive(Clone, Debug)]
struct Scene {
    code: Option<Entry>,
    asked: CreditCode,
    unit: Option<Entry>,
    /// The key of the listing named as deciding.
    named: Option<&'static str>,
    records: Vec<Entry>,
    findings: Vec<Finding>,
    view: View,
    day: NaiveDate,
    lot: Option<&'static str>,
    statement: Option<(Statement, SignatureState)>,
}

fn scene() -> Scene {
    let code = entry(
        Kind::Code,
        RESERVED,
        json!({
            "level": "M", "product": PRODUCT, "holder": HOLDER, "issued_on": "2026-02-01",
            "expires_on": "2027-01-31", "status": "valid",
        }),
    );
    let records = vec![
        entry(
            Kind::Product,
            PRODUCT,
            json!({
                "name_zh": "家用电冰箱", "holder": HOLDER, "brand": "示例牌", "model": "SL-100A",
                "gtins": ["09521234543213"], "standards": ["GB 12021.2-2015"], "status": "on_sale",
            }),
        ),
        entry(
            Kind::Enterprise,
            HOLDER,
            json!({ "name_zh": "示例电器有限公司", "status": "active" }),
        ),
        entry(
            Kind::Scheme,
            "foshan-standard",
            json!({ "name_zh": "佛山标准产品", "status": "current", "starts_on": "2020-10-14" }),
        ),
        listing("foshan-standard/FSB-2023-0012", "foshan-standard", "valid"),
        entry(Kind::Standard, "T/FSAS 12-2021", json!({ "status": "current" })),
        entry(Kind::Standard, "GB 12021.2-2015", json!({ "status": "current" })),
    ];
    let now = "2026-11-22T04:00:00Z".parse().unwrap();
    Scene {
        code: Some(code),
        asked: CreditCode::parse(RESERVED).unwrap(),
        unit: None,
        named: None,
        records,
        findings: Vec::new(),
        view: View::fresh(now, 48_213),
        day: day(DAY),
        lot: None,
        statement: None,
    }
}

fn listing(key: &str, scheme: &str, status: &str) -> Entry {
    entry(
        Kind::Listing,
        key,
        json!({
            "scheme": scheme, "subject": { "kind": "product", "key": PRODUCT }, "holder": HOLDER,
            "certificate_number": key.split('/').nth(1), "granted_on": "2026-01-01",
            "valid_until": "2028-12-31", "issuer": "示例评价机构", "models": ["SL-100A"],
            "standards": ["T/FSAS 12-2021"], "status": status,
        }),
    )
}

impl Scene {
    fn verdict(&self) -> Verdict {
        let refs: Vec<&Entry> = self.records.iter().collect();
        let asked = match &self.statement {
            Some((statement, state)) => Asked::Statement(statement, *state),
            None => Asked::Code(&self.asked),
        };
        let named = |key| self.records.iter().find(|e| e.kind == Kind::Listing && e.key == key);
        judge(&Question {
            lot: self.lot,
            code: self.code.as_ref(),
            unit: self.unit.as_ref(),
            listing: self.named.and_then(named),
            records: &refs,
            findings: &self.findings,
            ..Question::new(asked, self.view, self.day)
        })
    }

    /// The outcome and the codes of the reasons.
    fn gives(&self) -> (Outcome, Vec<&'static str>) {
        let verdict = self.verdict();
        (verdict.outcome, verdict.reasons.iter().map(|reason| reason.what.code()).collect())
    }

    /// The same with another record.
    fn with(&self, entry: Entry) -> Scene {
        let mut other = self.clone();
        other.records.push(entry);
        other
    }

    /// The same without the records of a kind.
    fn without(&self, kind: Kind) -> Scene {
        let mut other = self.clone();
        other.records.retain(|entry| entry.kind != kind);
        other
    }

    /// The same with a field of the first record of a kind changed; null takes it away.
    fn set(&self, kind: Kind, field: &str, value: Value) -> Scene {
        let mut other = self.clone();
        let found = match kind {
            Kind::Code => other.code.as_mut(),
            kind => other.records.iter_mut().find(|entry| entry.kind == kind),
        };
        change(found.unwrap(), field, value);
        other
    }
}

fn change(entry: &mut Entry, field: &str, value: Value) {
    if value.is_null() {
        entry.body.remove(field);
    } else {
        entry.body.insert(field.to_owned(), value);
    }
}

#[test]
fn nothing_to_say_is_valid_and_says_so_in_every_language() {
    let verdict = scene().verdict();
    assert_eq!((verdict.outcome, verdict.reasons.len()), (Outcome::Valid, 0));
    assert_eq!(
        verdict.sentence(Lang::ZhHans),
        "登记有效：截至查询时，本产品的登记在有效期内，未见需要提醒的事项。"
    );
    assert_eq!((verdict.as_of, verdict.log_size), (day(DAY), 48_213));
    assert_eq!(verdict.log_time, scene().view.log_time);
}

#[test]
fn outcomes_have_the_names_of_the_contract_in_their_order() {
    for (i, outcome) in Outcome::ALL.into_iter().enumerate() {
        assert_eq!(outcome as usize, i);
        assert_eq!(json!(outcome), json!(outcome.code()));
        assert_eq!(serde_json::from_value::<Outcome>(json!(outcome.code())).unwrap(), outcome);
        assert_eq!(outcome.icon() == "ok", outcome == Outcome::Valid);
        assert!(["ok", "warn", "bad", "off", "unk"].contains(&outcome.icon()));
    }
    let icons: Vec<&str> = Outcome::ALL.into_iter().map(Outcome::icon).collect();
    assert_eq!(icons, ["ok", "warn", "unk", "off", "off", "warn", "bad", "bad", "unk", "unk"]);
}

#[test]
fn the_json_of_a_verdict_has_the_names_of_the_contract() {
    let json =
        scene().set(Kind::Listing, "status", "suspended".into()).verdict().json("44M3-QMX9-D2R4");
    assert_eq!(json["code"], "44M3-QMX9-D2R4");
    assert_eq!(json["outcome"], "suspended");
    assert_eq!((&json["as_of"], &json["log_size"]), (&json!(DAY), &json!(48_213)));
    assert_eq!(json["log_time"], "2026-11-22T04:00:00Z");
    assert_eq!(json["sentence"]["zh-Hant"], "暫停：登記自2026-01-01起暫停，原因：未寫明。");
    let reason = &json["reasons"][0];
    let expected = json!({
        "reason": "listing_suspended", "effect": "suspended", "kind": "listing",
        "key": "foshan-standard/FSB-2023-0012", "source": { "id": "list" }, "date": "2026-01-01",
        "text": {
            "zh-Hans": "获证（上榜）自2026-01-01起暂停：未写明",
            "zh-Hant": "獲證（上榜）自2026-01-01起暫停：未寫明",
            "en": "the listing is suspended since 2026-01-01: not stated",
        },
    });
    assert_eq!(reason, &expected);
    let gone = scene().set(Kind::Standard, "status", "withdrawn".into()).verdict().json("x");
    assert_eq!(gone["reasons"][0]["rule"], "I03");
    assert_eq!(gone["reasons"][0]["params"], json!({ "standard": "T/FSAS 12-2021" }));
    assert_eq!(gone["reasons"][0].get("date"), None);
}

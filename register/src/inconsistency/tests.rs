use std::sync::LazyLock;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::ReasonCode;
use crate::{Body, Reason};

mod rules;

const HOLDER: &str = "91350100M000100Y43";
const EVALUATOR: &str = "91440606722473344C";
const PRODUCT: &str = "p-d58030165a9c";
const LISTING: &str = "foshan-standard/FSB-2023-0012";
const DAY: &str = "2026-11-22";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn entry(kind: Kind, key: &str, fields: Value) -> Entry {
    Entry {
        seq: 7,
        recorded_at: "2026-01-02T00:00:00Z".parse().unwrap(),
        valid_from: day("2020-01-01"),
        kind,
        key: key.to_owned(),
        reason: Reason::from(ReasonCode::Listed),
        source: SourceRef { id: "list".to_owned(), locator: Default::default() },
        body: fields.as_object().cloned().unwrap(),
    }
}

/// Records of every kind the rules read, with nothing at odds.
fn records() -> Vec<Entry> {
    let subject = json!({ "kind": "product", "key": PRODUCT });
    vec![
        entry(
            Kind::Enterprise,
            HOLDER,
            json!({ "name_zh": "示例电器有限公司", "former_names": ["示例电器厂"], "status": "active" }),
        ),
        entry(
            Kind::Enterprise,
            EVALUATOR,
            json!({ "name_zh": "示例评价中心", "status": "active" }),
        ),
        entry(
            Kind::Product,
            PRODUCT,
            json!({
                "name_zh": "家用电冰箱", "holder": HOLDER, "brand": "示例牌", "model": "SL-100A",
                "standards": ["GB 12021.2-2015"], "status": "on_sale",
                "pack_claims": [{ "indicator": "energy", "text": "耗电量 0.35 kW·h/24h" }],
            }),
        ),
        entry(
            Kind::Scheme,
            "foshan-standard",
            json!({
                "name_zh": "佛山标准产品", "name_en": "Foshan Standard product", "status": "current",
                "starts_on": "2020-10-14", "ends_on": "2026-12-31", "levels": ["市"],
                "legal_basis": [{ "policy": "policy-a" }],
            }),
        ),
        entry(Kind::Scheme, "ccc", json!({ "name_zh": "强制性产品认证", "status": "current" })),
        entry(Kind::Scheme, "award", json!({ "name_zh": "市政府质量奖", "status": "current" })),
        entry(Kind::Policy, "policy-a", json!({ "title": "意见", "valid_until": "2027-01-01" })),
        entry(
            Kind::Listing,
            LISTING,
            json!({
                "scheme": "foshan-standard", "subject": subject, "holder": HOLDER, "level": "市级",
                "certificate_number": "FSB-2023-0012", "granted_on": "2023-06-30", "status": "valid",
                "valid_until": "2027-06-29", "standards": ["T/FSAS 12-2021"], "models": ["ＳＬ-100a"],
                "mark_licence": { "number": "BS-1", "valid_until": "2027-06-29" },
            }),
        ),
        entry(
            Kind::Listing,
            "ccc/3C-1",
            json!({
                "scheme": "ccc", "subject": subject, "holder": HOLDER, "certificate_number": "3C-1",
                "granted_on": "2022-01-01", "valid_until": "2026-11-22", "status": "valid",
            }),
        ),
        entry(
            Kind::Code,
            "44M3QMX9D2R4",
            json!({ "product": PRODUCT, "holder": HOLDER, "status": "valid", "expires_on": DAY }),
        ),
        entry(
            Kind::Evaluation,
            "foshan-standard/p/1",
            json!({
                "subject": subject, "evaluator": EVALUATOR, "evaluated_on": "2023-05-01",
                "report_number": "PJ-1", "result": "passed",
            }),
        ),
        entry(
            Kind::Comparison,
            "p/energy",
            json!({
                "subject": subject, "name_zh": "耗电量", "unit": "kW·h/24h", "direction": "lower_better",
                "limit": "0.35", "claim": "stricter",
                "measured": { "value": "0.34", "report_number": "JC-1" },
                "baselines": [{
                    "standard": "GB 12021.2-2015", "limit": "0.48", "unit": "kW·h/24h",
                    "method_equivalent": "yes", "checked_on": "2024-11-22",
                }],
            }),
        ),
        entry(
            Kind::Standard,
            "GB 12021.2-2015",
            json!({ "status": "current", "issued_on": "2015-09-18" }),
        ),
        entry(
            Kind::Standard,
            "T/FSAS 12-2019",
            json!({
                "status": "replaced", "replaced_by": ["T/FSAS 12-2021"], "withdrawn_on": "2021-08-01",
            }),
        ),
        entry(
            Kind::Standard,
            "T/FSAS 12-2021",
            json!({ "status": "current", "issued_on": "2021-07-01", "effective_on": "2021-08-01" }),
        ),
        inspection("示例/CC1", "2024-04-02", "pass"),
        entry(
            Kind::Recall,
            "示例/1",
            json!({
                "number": "1", "producer": { "name": "示例电器厂", "uscc": HOLDER },
                "models": ["SL-100A"], "status": "completed", "started_on": "2022-01-01",
            }),
        ),
        entry(
            Kind::Restriction,
            "list/1",
            json!({
                "list": "abnormal_operations", "subject": HOLDER, "cause": "未公示年报",
                "listed_on": "2022-01-01", "removed_on": "2022-03-01", "status": "removed",
                "publish_until": DAY,
            }),
        ),
        entry(
            Kind::Penalty,
            "示罚1号",
            json!({
                "party": { "name": "示例评价中心", "uscc": EVALUATOR }, "act": "未按期校准设备",
                "decided_on": "2024-02-01", "publish_until": "2027-02-01", "status": "in_force",
            }),
        ),
        entry(
            Kind::Source,
            "list",
            json!({ "title": "示例名单", "rows": 120, "coverage": { "holds": 120, "stated_total": 120 } }),
        ),
    ]
}

fn inspection(key: &str, announced: &str, result: &str) -> Entry {
    entry(
        Kind::Inspection,
        key,
        json!({
            "level": "省", "round": "2024年第1期", "product_name": "家用电冰箱", "model": "sl-100a",
            "producer": { "name": "示例电器有限公司", "uscc": HOLDER }, "report_number": "CC-1",
            "sampled_on": announced, "announced_on": announced, "result": result, "follow_up": "none",
        }),
    )
}

fn body<'r>(records: &'r mut [Entry], kind: Kind, key: &str) -> &'r mut Body {
    &mut records.iter_mut().find(|e| e.kind == kind && e.key == key).unwrap().body
}

fn found(records: &[Entry], on: &str) -> Vec<Finding> {
    all(&Joined::new(records, day(on)))
}

/// The rules that find something, each as often as it does.
fn rules(records: &[Entry], on: &str) -> Vec<Rule> {
    found(records, on).iter().map(|finding| finding.rule).collect()
}

#[test]
fn records_that_fit_are_no_finding() {
    assert_eq!(found(&records(), DAY), []);
    assert_eq!(found(&[], DAY), []);
}

#[test]
fn a_finding_names_both_records_with_their_sources_and_says_when_it_is_contested() {
    let mut all = records();
    body(&mut all, Kind::Scheme, "foshan-standard").insert("ends_on".into(), json!("2023-01-01"));
    for entry in &mut all {
        if entry.key == LISTING {
            entry.source.id = "annex".into();
            entry.source.locator.file = Some("名单.xlsx".into());
            entry.source.locator.row = Some(12);
        }
    }
    let [finding] = &found(&all, DAY)[..] else { panic!("{:?}", found(&all, DAY)) };
    assert_eq!(finding.rule, Rule::I04);
    assert!(finding.is_public() && !finding.contested());
    let [listing, scheme] = &finding.records[..] else { panic!("{finding:?}") };
    assert_eq!((listing.source.as_str(), listing.place.as_str()), ("annex", "名单.xlsx 12"));
    assert_eq!((scheme.kind, scheme.key.as_str()), (Kind::Scheme, "foshan-standard"));
    assert!(finding.concerns(Kind::Listing, LISTING) && !finding.concerns(Kind::Listing, "x"));
    assert!(finding.sentence(Lang::ZhHans).contains("2023-06-30"));
    let for_verdict = finding.for_verdict().unwrap();
    assert_eq!(for_verdict.record, (Kind::Listing, LISTING.to_owned()));
    assert_eq!(for_verdict.source.unwrap().id, "annex");

    let id = finding.id();
    all.iter_mut().find(|e| e.key == LISTING).unwrap().reason.code = ReasonCode::Contested;
    let [contested] = &found(&all, DAY)[..] else { panic!() };
    assert!(contested.contested());
    assert_eq!(contested.id(), id, "a reply does not change the name of the finding");
}

#[test]
fn every_rule_has_a_title_in_three_languages() {
    for rule in Rule::ALL {
        let titles = title(rule);
        assert!(titles.iter().all(|words| !words.is_empty()), "{rule:?}");
        assert!(titles[2].is_ascii() || titles[2].contains('’'), "{rule:?}");
    }
}

/// Records at odds, and what is found in them.
static AT_ODDS: LazyLock<(Vec<Entry>, Vec<Finding>)> = LazyLock::new(|| {
    let all = self::rules::at_odds();
    let findings = found(&all, DAY);
    assert!(findings.len() > 15, "{}", findings.len());
    (all, findings)
});

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn neither_the_order_of_the_records_nor_repetition_matters(
        shuffled in Just(AT_ODDS.0.clone()).prop_shuffle(),
        twice in any::<bool>(),
    ) {
        let again = shuffled.iter().filter(|_| twice).cloned().collect::<Vec<_>>();
        let both: Vec<Entry> = shuffled.into_iter().chain(again).collect();
        prop_assert_eq!(&found(&both, DAY), &AT_ODDS.1);
    }

    #[test]
    fn no_records_make_a_rule_panic(
        bodies in prop::collection::vec(crate::kinds::any_bodies(), 0..12),
        keys in prop::collection::vec("[a-c]{1}", 12),
    ) {
        let entries: Vec<Entry> = bodies
            .into_iter()
            .zip(&keys)
            .map(|((kind, body), key)| entry(kind, key, Value::Object(body)))
            .collect();
        let findings = found(&entries, DAY);
        prop_assert!(findings.windows(2).all(|pair| pair[0].rule <= pair[1].rule));
    }
}

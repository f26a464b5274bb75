//! One good body a kind with rules, and each rule broken once.

use super::*;

const CODE: &str = "91350100M000100Y43";

fn register() -> Around {
    Around::default()
        .with(Kind::Enterprise, CODE, json!({ "name_zh": "示例电器有限公司" }))
        .with(Kind::Product, "p-d58030165a9c", json!({ "name_zh": "家用电冰箱" }))
        .with(
            Kind::Scheme,
            "foshan-standard",
            json!({
                "name_zh": "佛山标准产品", "starts_on": "2020-10-14", "ends_on": "2030-12-31",
                "certificate_pattern": r"^FSB-\d{4}-\d{4}$",
                "dimensions": ["标准水平", "质量稳定", "科技创新", "效益提升"],
            }),
        )
}

fn listing() -> Value {
    json!({
        "scheme": "foshan-standard", "subject": { "kind": "product", "key": "p-d58030165a9c" }, "holder": CODE,
        "certificate_number": "FSB-2023-0012", "granted_on": "2023-06-30", "valid_until": "2026-06-30",
        "issuer": "示例评价机构", "status": "valid",
    })
}

#[test]
fn a_good_listing_passes_and_each_broken_rule_is_named() {
    let check = |changes: Value| codes(Kind::Listing, &but(&listing(), changes), &register());
    assert_eq!(check(json!({})), [] as [Code; 0]);
    assert_eq!(check(json!({ "issuer": null })), [Code::E02]);
    assert_eq!(check(json!({ "holder": null })), [Code::E02]);
    assert_eq!(check(json!({ "holder": "9135" })), [Code::E03]);
    assert_eq!(check(json!({ "holder": "91350100M000100Y4Z" })), [Code::E04]);
    assert_eq!(check(json!({ "holder": "91310115MA1H8R7C6D" })), [Code::E05]);
    assert_eq!(check(json!({ "standards": ["说明书"] })), [Code::E08]);
    assert_eq!(check(json!({ "granted_on": "2023/6/30" })), [Code::E09]);
    assert_eq!(check(json!({ "valid_until": "2023-06-29" })), [Code::E10, Code::W07]);
    assert_eq!(check(json!({ "status": "expired" })), [Code::E11]);
    assert_eq!(check(json!({ "status": "withdrawn" })), [Code::E13]);
    assert_eq!(check(json!({ "holder": "91440300708461136T" })), [Code::E14]);
    assert_eq!(check(json!({ "rank": "first" })), [Code::E16]);
    assert_eq!(check(json!({ "granted_on": "2020-10-13" })), [Code::E25]);
    assert_eq!(check(json!({ "scope": "字".repeat(501) })), [Code::E26]);
    assert_eq!(check(json!({ "certificate_number": "FSB-23-12" })), [Code::W05]);
    assert_eq!(check(json!({ "valid_until": "2025-12-31" })), [Code::W07]);
    assert_eq!(check(json!({ "granted_on": "2026-01-11" })), [Code::W09]);
    assert_eq!(check(json!({ "colour": "red" })), [Code::E11]);
}

#[test]
fn every_error_of_a_row_is_reported_not_only_the_first() {
    let broken =
        but(&listing(), json!({ "holder": "9135", "status": "unknown", "granted_on": "soon" }));
    assert_eq!(codes(Kind::Listing, &broken, &register()), [Code::E03, Code::E09, Code::E11]);
}

#[test]
fn an_ended_listing_does_not_come_back_unless_corrected() {
    let gone = but(&listing(), json!({ "status": "withdrawn" }));
    let mut around = register().before(gone);
    assert_eq!(codes(Kind::Listing, &listing(), &around), [Code::E12]);
    around.reason = Some(ReasonCode::Corrected.into());
    assert_eq!(codes(Kind::Listing, &listing(), &around), [] as [Code; 0]);
    let explained = but(
        &listing(),
        json!({ "status": "suspended", "exit_reason": "failed_inspection", "decision": { "number": "示例〔2024〕1号" } }),
    );
    let around = register().before(listing());
    assert_eq!(codes(Kind::Listing, &explained, &around), [] as [Code; 0]);
}

#[test]
fn a_cited_standard_that_is_gone_or_differs_by_zeros_is_remarked_and_kept() {
    let around = register()
        .with(Kind::Standard, "GB 4706.13-2014", json!({ "status": "replaced" }))
        .with(Kind::Standard, "T/HTSJ 001-2021", json!({ "status": "current" }));
    let cites = |number: &str| {
        codes(Kind::Listing, &but(&listing(), json!({ "standards": [number] })), &around)
    };
    assert_eq!(cites("GB 4706.13-2014"), [Code::W08]);
    assert_eq!(cites("T/HTSJ 1-2021"), [Code::W06]);
    assert_eq!(cites("GB/T 1-2020"), [] as [Code; 0]);
}

#[test]
fn an_evaluation_shows_all_four_dimensions_apart() {
    let dimension = |id: &str| json!({ "id": id, "score": "92", "full_mark": "100" });
    let good = json!({
        "scheme": "foshan-standard", "subject": { "kind": "product", "key": "p-d58030165a9c" }, "evaluator": CODE,
        "specification": { "title": "评价规范" }, "evaluated_on": "2023-06-15", "result": "passed",
        "dimensions": (["standard_level", "quality_stability", "innovation", "performance_gain"].map(dimension)),
    });
    assert_eq!(codes(Kind::Evaluation, &good, &register()), [] as [Code; 0]);
    let three = but(
        &good,
        json!({ "dimensions": (["standard_level", "innovation", "标准水平"].map(dimension)) }),
    );
    assert_eq!(codes(Kind::Evaluation, &three, &register()), [Code::E17]);
}

#[test]
fn a_comparison_needs_units_that_convert() {
    let good = json!({
        "subject": { "kind": "product", "key": "p-d58030165a9c" }, "indicator": "energy_daily", "name_zh": "耗电量",
        "unit": "kW·h/d", "direction": "lower_better", "limit": "0.40", "method": "GB/T 8059-2016",
        "baselines": [{ "standard": "GB 12021.2-2015", "limit": "200", "unit": "kWh/yr", "method_equivalent": "yes" }],
    });
    assert_eq!(codes(Kind::Comparison, &good, &register()), [] as [Code; 0]);
    let grams = json!([{ "standard": "US Federal Standard", "limit": "1", "unit": "g", "method_equivalent": "yes" }]);
    assert_eq!(
        codes(Kind::Comparison, &but(&good, json!({ "baselines": grams })), &register()),
        [Code::E16, Code::W10]
    );
    assert_eq!(
        codes(Kind::Comparison, &but(&good, json!({ "limit": "0.4 kW" })), &register()),
        [Code::E16]
    );
    assert_eq!(
        codes(Kind::Comparison, &but(&good, json!({ "unit": null })), &register()),
        [Code::E02]
    );
}

#[test]
fn a_code_is_its_own_key_and_its_check_character_counts() {
    let good = json!({
        "level": "M", "product": "p-d58030165a9c", "holder": CODE, "issued_on": "2024-03-01", "issuer": "示例平台",
        "status": "valid",
    });
    let found = |key: &str, value: &Value, around: &Around| -> Vec<Code> {
        validate(Kind::Code, key, &body(value.clone()), around)
            .into_iter()
            .map(|m| m.code)
            .collect()
    };
    assert_eq!(found("44M3QMX9D2R4", &good, &register()), [] as [Code; 0]);
    assert_eq!(found("U-0123456789abcdef", &good, &register()), [] as [Code; 0]);
    assert_eq!(found("44M3QMX9D2R5", &good, &register()), [Code::E18]);
    assert_eq!(found("", &good, &register()), [Code::E02, Code::E18]);
    let mut around = register().before(good.clone());
    let suspended = but(&good, json!({ "status": "suspended" }));
    assert_eq!(found("44M3QMX9D2R4", &suspended, &around), [Code::E13]);
    around.reason = Some(Reason::said(ReasonCode::Suspended, Some("抽查不合格".to_owned())));
    assert_eq!(found("44M3QMX9D2R4", &suspended, &around), [] as [Code; 0]);
}

#[test]
fn a_place_must_have_stood_on_the_day_where_its_list_is_loaded() {
    let enterprise = |place: &str| json!({ "name_zh": "示例电器有限公司", "uscc": CODE, "place": place, "status": "active", "roles": ["producer"] });
    let mut around = Around::default()
        .with(Kind::Place, "440606", json!({ "name": "顺德区", "valid_from": "2002-12-08" }))
        .with(Kind::Place, "440681", json!({ "name": "顺德市", "valid_to": "2002-12-07" }));
    assert_eq!(codes(Kind::Enterprise, &enterprise("440699"), &around), [] as [Code; 0]);
    around.provinces = vec!["44"];
    assert_eq!(codes(Kind::Enterprise, &enterprise("440606"), &around), [] as [Code; 0]);
    assert_eq!(codes(Kind::Enterprise, &enterprise("440681"), &around), [Code::E19]);
    assert_eq!(codes(Kind::Enterprise, &enterprise("440699"), &around), [Code::E19]);
    assert_eq!(codes(Kind::Enterprise, &enterprise("620100"), &around), [] as [Code; 0]);
    assert_eq!(codes(Kind::Enterprise, &enterprise("US"), &around), [] as [Code; 0]);
    assert_eq!(codes(Kind::Enterprise, &enterprise("佛山"), &around), [Code::E19]);
}

#[test]
fn adverse_records_need_an_end_and_a_reason_to_be_lifted() {
    let good = json!({
        "list": "abnormal_operations", "subject": CODE, "cause": "未按期公示年度报告", "basis": [{ "law": "暂行条例" }],
        "authority": "示例市场监管局", "listed_on": "2024-07-10", "publish_until": "2027-07-10", "status": "listed",
    });
    assert_eq!(codes(Kind::Restriction, &good, &register()), [] as [Code; 0]);
    assert_eq!(
        codes(Kind::Restriction, &but(&good, json!({ "publish_until": null })), &register()),
        [Code::E20]
    );
    assert_eq!(
        codes(
            Kind::Restriction,
            &but(&good, json!({ "publish_until": "2024-07-10" })),
            &register()
        ),
        [Code::E20]
    );
    let removed = but(&good, json!({ "status": "removed" }));
    assert_eq!(codes(Kind::Restriction, &removed, &register().before(good.clone())), [Code::E13]);
    let redacted =
        but(&good, json!({ "cause": { "commitment": "00" }, "subject": { "commitment": "00" } }));
    let key = "abnormal_operations/91350100M000100Y43/2024-07-10";
    let found = validate(Kind::Restriction, key, &body(redacted), &register());
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn a_name_without_code_is_remarked_and_a_name_that_differs_too() {
    let good = json!({
        "authority": "示例市场监管局", "level": "省", "round": "2024年第1期", "sample_number": "CC1", "product_name": "家用电冰箱",
        "model": "SL-100A", "producer": { "name": "示例电器有限公司", "uscc": CODE }, "result": "fail", "follow_up": "ordered",
    });
    assert_eq!(codes(Kind::Inspection, &good, &register()), [] as [Code; 0]);
    let unnamed = but(&good, json!({ "producer": { "name": "示例电器有限公司" } }));
    assert_eq!(codes(Kind::Inspection, &unnamed, &register()), [Code::W03]);
    let other = but(&good, json!({ "producer": { "name": "另一公司", "uscc": CODE } }));
    assert_eq!(codes(Kind::Inspection, &other, &register()), [Code::W02]);
}

#[test]
fn product_barcodes_are_checked_and_organisation_codes_remarked() {
    let product = json!({
        "name_zh": "家用电冰箱", "holder": CODE, "brand": "示例牌", "model": "SL-100A", "category": "家电/制冷", "status": "on_sale",
        "gtins": ["09521234543213"],
    });
    assert_eq!(codes(Kind::Product, &product, &register()), [] as [Code; 0]);
    assert_eq!(
        codes(Kind::Product, &but(&product, json!({ "gtins": ["6921168509265"] })), &register()),
        [Code::E06]
    );
    assert_eq!(
        codes(Kind::Product, &but(&product, json!({ "gtins": ["12"] })), &register()),
        [Code::E07]
    );
    // A right check character over a wrong organisation code.
    let body17 = "91350100M000100Y5";
    let code = format!("{body17}{}", crate::id::uscc::check_character(body17).unwrap_or('0'));
    let around = register().with(Kind::Enterprise, &code, json!({}));
    assert_eq!(
        codes(Kind::Product, &but(&product, json!({ "holder": code })), &around),
        [Code::W01]
    );
}

#[test]
fn normalising_brings_equal_facts_to_equal_bytes() {
    let mut given = body(json!({
        "scheme": "foshan-standard ", "subject": { "kind": "standard", "key": "t/fsas12—2021" }, "holder": " 91350100m000100y43",
        "certificate_number": "fsb－2023－0012", "granted_on": "2023年6月30日", "valid_until": "2026/06/30",
        "decision": { "number": "示例[2024]1号", "url": "" }, "models": ["SL-100A", ""], "rank": "1", "exit_reason": "",
        "standards": [], "scope": " 设计\u{0}和\n制造 ",
    }));
    normalise(Kind::Listing, &mut given);
    let expected = json!({
        "scheme": "foshan-standard", "subject": { "kind": "standard", "key": "T/FSAS 12-2021" }, "holder": CODE,
        "certificate_number": "FSB-2023-0012", "granted_on": "2023-06-30", "valid_until": "2026-06-30",
        "decision": { "number": "示例〔2024〕1号" }, "models": ["SL-100A"], "rank": 1, "scope": "设计 和 制造",
    });
    assert_eq!(Value::Object(given), expected);
}

#[test]
fn keys_follow_the_reference() {
    let key = |kind, value: Value| {
        key_of(kind, &body(value)).unwrap_or_else(|message| message.code.name().to_owned())
    };
    assert_eq!(key(Kind::Listing, listing()), "foshan-standard/FSB-2023-0012");
    let unnumbered = but(&listing(), json!({ "certificate_number": null, "round": "2023年第2批" }));
    assert_eq!(key(Kind::Listing, unnumbered), "foshan-standard/p-d58030165a9c/2023年第2批");
    let product = json!({ "holder": CODE, "brand": "示例牌", "model": "SL-100A" });
    assert_eq!(key(Kind::Product, product), "p-d58030165a9c");
    assert_eq!(key(Kind::Standard, json!({ "number": "T/HTSJ 001—2021" })), "T/HTSJ 001-2021");
    assert_eq!(
        key(Kind::Enterprise, json!({ "name_zh": "Example", "place": "US" })),
        "N-US-example"
    );
    assert_eq!(key(Kind::Enterprise, json!({ "name_zh": "Example" })), "N-ZZ-example");
    assert_eq!(
        key(Kind::Penalty, json!({ "number": "示市监处罚[2024]1号" })),
        "示市监处罚〔2024〕1号"
    );
    let recall = json!({ "authority": "CPSC", "number": "24-001" });
    assert_eq!(key(Kind::Recall, recall), "CPSC/24-001");
    assert_eq!(
        key(Kind::Place, json!({ "code": "440606", "level": "县", "name": "顺德区" })),
        "440606"
    );
    assert_eq!(key(Kind::Scheme, json!({})), "E02");
}

#[test]
fn a_key_that_is_an_identifier_is_checked_as_one() {
    let found = |kind: Kind, key: &str| -> Vec<Code> {
        let messages = validate(kind, key, &Body::new(), &register());
        messages.into_iter().filter(|m| m.column == "编号").map(|m| m.code).collect()
    };
    assert_eq!(found(Kind::Enterprise, CODE), [] as [Code; 0]);
    assert_eq!(found(Kind::Enterprise, "N-US-example"), [] as [Code; 0]);
    assert_eq!(found(Kind::Enterprise, "N-XX-example"), [Code::E03]);
    assert_eq!(found(Kind::Product, "p-d58030165a9c"), [] as [Code; 0]);
    assert_eq!(found(Kind::Product, "fridge"), [Code::E11]);
    assert_eq!(found(Kind::Standard, "GB 1"), [Code::E08]);
    assert_eq!(found(Kind::Place, "440606-park"), [] as [Code; 0]);
    assert_eq!(found(Kind::Place, "Foshan"), [Code::E19]);
    assert_eq!(found(Kind::Scheme, ""), [Code::E02]);
}

#[test]
fn a_targets_formula_is_read_when_it_is_written_down() {
    let found = |change: Value| {
        let mut body = json!({
            "policy": "fs-2020-foshan-standard", "clause": "一（三）2", "measure_zh": "产品数",
            "operator": ">", "value": "500", "unit": "个", "due": "2025-12-31", "computable": "yes",
            "formula": "count(listing where granted_on<=due)",
        });
        for (name, value) in change.as_object().into_iter().flatten() {
            body[name] = value.clone();
        }
        let body = body.as_object().cloned().unwrap_or_default();
        let around = Around::default();
        let messages = validate(Kind::Target, "t", &body, &around);
        messages.into_iter().map(|m| (m.code, m.column.clone())).collect::<Vec<_>>()
    };
    assert_eq!(found(json!({})), []);
    assert_eq!(
        found(json!({ "formula": "count(listing where" })),
        [(Code::E27, "计算口径".to_owned())]
    );
    // A division by zero is no mistake of the formula: it shows when there is nothing to divide by.
    assert_eq!(found(json!({ "formula": "count(listing)/count(service)" })), []);
    assert_eq!(found(json!({ "due": null })), [(Code::E02, "完成期限".to_owned())]);
    assert_eq!(found(json!({ "formula": null })), [(Code::E02, "计算口径".to_owned())]);
    assert_eq!(found(json!({ "formula": null, "computable": "no" })), []);
    let official = json!([{ "value": "35.1", "as_of": "2017-12-31", "source": "示例公报" }]);
    assert_eq!(found(json!({ "official_values": official })), []);
    assert_eq!(
        found(
            json!({ "official_values": [{ "value": "many", "as_of": "2017-12-31", "source": "x" }] })
        ),
        [(Code::E16, "数值".to_owned())]
    );
}

//! The cross-record rules, each where it applies and where it just does not.

use super::*;

/// A recall of the product's own model, with other fields changed.
pub(super) fn recall(fields: Value) -> Entry {
    with_fields(
        Kind::Recall,
        json!({
            "number": "示召2026-001", "producer": { "name": "示例电器有限公司", "uscc": HOLDER },
            "product_name": "家用电冰箱", "models": ["SL-100A"], "started_on": "2026-08-01",
            "remedy": "免费更换", "alert_type": "recall", "status": "in_progress",
        }),
        fields,
    )
}

fn with_fields(kind: Kind, base: Value, fields: Value) -> Entry {
    let mut made = entry(kind, "示例/1", base);
    for (field, value) in fields.as_object().unwrap() {
        change(&mut made, field, value.clone());
    }
    made
}

fn notice(code: &'static str) -> (Outcome, Vec<&'static str>) {
    (Outcome::ValidButNotice, vec![code])
}

fn nothing() -> (Outcome, Vec<&'static str>) {
    (Outcome::Valid, vec![])
}

#[test]
fn a_recall_of_the_model_is_a_recall_of_the_product() {
    let gives = |fields: Value| scene().with(recall(fields)).gives();
    let recalled = (Outcome::Recalled, vec!["recall"]);
    assert_eq!(gives(json!({})), recalled);
    assert_eq!(gives(json!({ "models": ["SL-200", " sl－100a"] })), recalled);
    assert_eq!(gives(json!({ "models": ["SL-200"] })), nothing());
    for status in ["announced", "something else"] {
        assert_eq!(gives(json!({ "status": status })), recalled);
    }
    for status in ["completed", "terminated"] {
        assert_eq!(gives(json!({ "status": status })), nothing());
    }
    assert_eq!(gives(json!({ "started_on": "2026-11-22" })), recalled);
    assert_eq!(gives(json!({ "started_on": "2026-11-23" })), nothing());
    assert_eq!(gives(json!({ "started_on": null })), recalled);
    assert_eq!(gives(json!({ "alert_type": null })), recalled);
    for kind in ["notification", "refusal"] {
        assert_eq!(gives(json!({ "alert_type": kind })), notice("overseas_alert"));
    }
    let verdict = scene().with(recall(json!({}))).verdict();
    assert_eq!(
        verdict.sentence(Lang::ZhHans),
        "正在召回：请停止使用并按召回公告处理（示召2026-001）。"
    );
    assert_eq!(verdict.reasons[0].date, Some(day("2026-08-01")));
    assert_eq!(verdict.reasons[0].get("remedy"), Some("免费更换"));
    assert_eq!(verdict.reasons[0].get("lots"), None);
}

#[test]
fn a_recall_of_lots_covers_an_item_whose_lot_is_not_known() {
    let mut scene = scene().with(recall(json!({ "lots": ["B2403", "B2404"] })));
    assert_eq!(scene.gives().0, Outcome::Recalled);
    assert_eq!(scene.verdict().reasons[0].get("lots"), Some("B2403、B2404"));
    scene.lot = Some("b2404 ");
    assert_eq!(scene.gives().0, Outcome::Recalled);
    scene.lot = Some("B2405");
    assert_eq!(scene.gives(), notice("recall_of_other_lots"));
    let mut all_lots = self::scene().with(recall(json!({})));
    all_lots.lot = Some("B2405");
    assert_eq!(all_lots.gives().0, Outcome::Recalled);
}

#[test]
fn a_recall_without_models_may_cover_a_product_of_that_name() {
    let gives =
        |name: &str| scene().with(recall(json!({ "models": null, "product_name": name }))).gives();
    assert_eq!(gives("家用电冰箱"), notice("recall_without_model"));
    assert_eq!(gives("电冰箱"), notice("recall_without_model"));
    assert_eq!(gives("示例牌 家用电冰箱（双门）"), notice("recall_without_model"));
    assert_eq!(gives("电热水壶"), nothing());
}

#[test]
fn a_name_is_not_a_firm() {
    let of = |producer: Value| scene().with(recall(json!({ "producer": producer })));
    let by_name = of(json!({ "name": "示例电器有限公司" }));
    assert_eq!(by_name.gives(), (Outcome::Valid, vec!["recall_by_name"]));
    assert_eq!(of(json!({ "name": "别家" })).gives(), nothing());
    let other = json!({ "name": "示例电器有限公司", "uscc": "91440606722473344C" });
    assert_eq!(of(other).gives(), nothing());
    let another_model =
        recall(json!({ "producer": { "name": "示例电器有限公司" }, "models": ["SL-200"] }));
    assert_eq!(scene().with(another_model).gives(), nothing());
    assert_eq!(of(json!({ "name": "别家", "uscc": HOLDER })).gives().0, Outcome::Recalled);
}

#[test]
fn the_products_own_holder_counts_where_the_codes_is_another() {
    let mut scene = scene().with(recall(json!({ "producer": { "uscc": "91440606722473344C" } })));
    assert_eq!(scene.gives(), nothing());
    scene = scene.set(Kind::Product, "holder", "91440606722473344C".into());
    assert_eq!(scene.gives().0, Outcome::Recalled);
    let nobody = self::scene().with(recall(json!({ "producer": { "uscc": "" } })));
    assert_eq!(nobody.gives(), nothing());
    let unheld =
        nobody.set(Kind::Code, "holder", Value::Null).set(Kind::Product, "holder", Value::Null);
    assert_eq!(unheld.gives(), (Outcome::CannotTell, vec!["unchecked"]));
}

fn restriction(fields: Value) -> Entry {
    with_fields(
        Kind::Restriction,
        json!({
            "list": "serious_dishonesty", "subject": HOLDER, "cause": "提供虚假材料",
            "decision": { "number": "示例〔2026〕3号" }, "listed_on": "2026-07-10",
            "publish_until": "2029-07-10", "status": "listed",
        }),
        fields,
    )
}

#[test]
fn a_restriction_in_its_term_is_a_notice() {
    let gives = |fields: Value| scene().with(restriction(fields)).gives();
    let listed = notice("holder_restricted");
    assert_eq!(gives(json!({})), listed);
    assert_eq!(gives(json!({ "subject": "91440606722473344C" })), nothing());
    assert_eq!(gives(json!({ "subject": { "commitment": "00" } })), nothing());
    assert_eq!(gives(json!({ "listed_on": "2026-11-22" })), listed);
    assert_eq!(gives(json!({ "listed_on": "2026-11-23" })), nothing());
    assert_eq!(gives(json!({ "publish_until": "2026-11-22" })), listed);
    assert_eq!(gives(json!({ "publish_until": "2026-11-21" })), nothing());
    assert_eq!(gives(json!({ "status": "removed" })), nothing());
    assert_eq!(gives(json!({ "removed_on": "2026-11-22" })), nothing());
    assert_eq!(gives(json!({ "removed_on": "2026-11-23" })), listed);
    let verdict = scene().with(restriction(json!({}))).verdict();
    assert_eq!(
        verdict.sentence(Lang::ZhHans),
        "登记有效，但有需要留意的事项：持有人自2026-07-10起列入严重违法失信名单。"
    );
    assert_eq!(
        verdict.sentence(Lang::En),
        "The registration is valid, but note: the holder is on the list of serious dishonesty since 2026-07-10."
    );
}

#[test]
fn a_restriction_whose_decision_names_the_listing_suspends_it() {
    let gives = |fields: Value| scene().with(restriction(fields)).gives();
    let suspended = (Outcome::Suspended, vec!["listing_restricted"]);
    assert_eq!(gives(json!({ "cause": "撤销证书 fsb-2023-0012" })), suspended);
    assert_eq!(gives(json!({ "measures": ["通报", "停止使用证书FSB-2023-0012"] })), suspended);
    assert_eq!(
        gives(json!({ "measures": ["停止使用证书FSB-2023-0013"] })),
        notice("holder_restricted")
    );
    let decided = |number: &str| {
        scene()
            .set(Kind::Listing, "decision", json!({ "number": number }))
            .with(restriction(json!({})))
            .gives()
    };
    assert_eq!(decided("示例〔2026〕3号"), suspended);
    assert_eq!(decided("示例〔2026〕4号"), notice("holder_restricted"));
    let numbered = |number: &str| {
        scene()
            .set(Kind::Listing, "certificate_number", number.into())
            .with(restriction(json!({ "cause": "第12345号" })))
            .gives()
            .0
    };
    assert_eq!(numbered("123"), Outcome::ValidButNotice);
    assert_eq!(numbered("1234"), Outcome::Suspended);
    let verdict = scene().with(restriction(json!({ "cause": "撤销证书FSB-2023-0012" }))).verdict();
    assert_eq!(
        verdict.sentence(Lang::ZhHans),
        "暂停：登记自2026-07-10起暂停，原因：列入严重违法失信名单，撤销证书FSB-2023-0012（示例〔2026〕3号）。"
    );
}

#[test]
fn a_failed_inspection_is_a_notice_until_it_is_closed() {
    let gives = |fields: Value| {
        let base = json!({
            "producer": { "name": "示例电器有限公司", "uscc": HOLDER }, "model": "sl-100a",
            "round": "2026年第1期", "items": [{ "name": "耗电量" }, { "name": "标志" }],
            "result": "fail", "follow_up": "ordered", "announced_on": "2026-06-01",
        });
        let scene = scene().with(with_fields(Kind::Inspection, base, fields));
        (scene.gives(), scene.verdict().reasons.first().cloned())
    };
    let (given, reason) = gives(json!({}));
    assert_eq!(given, notice("failed_inspection"));
    let reason = reason.unwrap();
    assert_eq!((reason.date, reason.get("items")), (Some(day("2026-06-01")), Some("耗电量、标志")));
    assert_eq!(reason.get("round"), Some("2026年第1期"));
    let undated = gives(json!({ "announced_on": null, "sampled_on": "2026-04-02", "items": null }));
    let undated = undated.1.unwrap();
    assert_eq!((undated.date, undated.get("items")), (Some(day("2026-04-02")), None));
    assert_eq!(gives(json!({ "announced_on": null })).1.unwrap().date, Some(day("2026-01-01")));
    for follow_up in ["none", "ordered", "rechecked_fail"] {
        assert_eq!(gives(json!({ "follow_up": follow_up })).0, notice("failed_inspection"));
    }
    for follow_up in ["closed", "rechecked_pass"] {
        assert_eq!(gives(json!({ "follow_up": follow_up })).0, nothing());
    }
    for result in ["pass", "retest"] {
        assert_eq!(gives(json!({ "result": result })).0, nothing());
    }
    assert_eq!(gives(json!({ "model": "SL-200" })).0, nothing());
    assert_eq!(gives(json!({ "producer": { "name": "示例电器有限公司" } })).0, nothing());
}

#[test]
fn a_standard_that_is_gone_supersedes_the_evaluation_or_is_a_notice() {
    // The first standard is the evaluation's, the second the one the product claims.
    let with = |number: &str, fields: Value| {
        let mut scene = scene();
        let standard = scene.records.iter_mut().find(|entry| entry.key == number).unwrap();
        for (field, value) in fields.as_object().unwrap() {
            change(standard, field, value.clone());
        }
        scene
    };
    for (number, gone) in [
        ("T/FSAS 12-2021", (Outcome::Superseded, vec!["evaluation_standard_gone"])),
        ("GB 12021.2-2015", notice("claimed_standard_gone")),
    ] {
        let gives = |fields: Value| with(number, fields).gives();
        assert_eq!(gives(json!({ "status": "withdrawn" })), gone);
        assert_eq!(gives(json!({ "status": "replaced" })), gone);
        assert_eq!(gives(json!({ "withdrawn_on": "2026-11-22" })), gone);
        assert_eq!(gives(json!({ "withdrawn_on": "2026-11-23" })), nothing());
        assert_eq!(
            gives(json!({ "status": "withdrawn", "withdrawn_on": "2026-11-23" })),
            nothing()
        );
        assert_eq!(gives(json!({ "status": "upcoming" })), nothing());
    }
    let replaced = with(
        "T/FSAS 12-2021",
        json!({ "status": "replaced", "replaced_by": ["T/FSAS 12-2024"], "withdrawn_on": "2026-05-01" }),
    );
    let verdict = replaced.verdict();
    assert_eq!(verdict.sentence(Lang::ZhHans), "已被替代：请查看新的登记：T/FSAS 12-2024。");
    assert_eq!(verdict.sentence(Lang::En), "Replaced: see the newer registration T/FSAS 12-2024.");
    assert_eq!(verdict.reasons[0].date, Some(day("2026-05-01")));
    // A standard that is not loaded is cited as it stands.
    assert_eq!(scene().without(Kind::Standard).gives(), nothing());
}

#[test]
fn a_holder_or_product_that_is_gone_or_missing_is_said_to_be_so() {
    for status in ["deregistered", "revoked"] {
        let scene = scene().set(Kind::Enterprise, "status", status.into());
        assert_eq!(scene.gives(), notice("holder_gone"));
    }
    let revoked = scene().set(Kind::Enterprise, "status", "revoked".into()).verdict();
    assert_eq!(revoked.reasons[0].text(Lang::ZhHans), "持有人的登记状态为吊销");
    assert_eq!(revoked.reasons[0].date, Some(day("2026-01-01")));
    for (kind, key, zh) in [
        (Kind::Product, PRODUCT, "未能核对产品p-d58030165a9c"),
        (Kind::Enterprise, HOLDER, "未能核对企业91350100M000100Y43"),
        (Kind::Scheme, "foshan-standard", "未能核对名录foshan-standard"),
    ] {
        let missing = scene().without(kind);
        assert_eq!(missing.gives(), (Outcome::CannotTell, vec!["unchecked"]));
        let reason = missing.verdict().reasons[0].clone();
        assert_eq!(reason.record, Some((kind, key.to_owned())));
        assert!(reason.text(Lang::ZhHans).starts_with(zh.get(..12).unwrap()));
    }
    let discontinued = scene().set(Kind::Product, "status", "discontinued".into());
    assert_eq!(discontinued.gives(), (Outcome::Valid, vec!["discontinued"]));
    assert_eq!(
        discontinued.verdict().sentence(Lang::ZhHant),
        "登記有效：截至查詢時，本產品的登記在有效期內，未見需要提醒的事項。"
    );
}

#[test]
fn a_certificate_for_other_models_is_pointed_out() {
    let with = |models: Value| scene().set(Kind::Listing, "models", models).gives();
    assert_eq!(with(json!(["SL-200", "SL-300"])), notice("model_mismatch"));
    assert_eq!(with(json!(["SL-200", "ｓｌ－100a"])), nothing());
    assert_eq!(with(json!([])), nothing());
    assert_eq!(with(Value::Null), nothing());
    let verdict = scene().set(Kind::Listing, "models", json!(["SL-200"])).verdict();
    assert_eq!(verdict.reasons[0].text(Lang::ZhHans), "证书所列型号不含SL-100A");
}

fn evaluation(evaluator: &str) -> Entry {
    let fields = json!({
        "subject": { "kind": "product", "key": PRODUCT }, "evaluator": evaluator,
        "evaluated_on": "2026-02-01", "report_number": "BG-1",
    });
    entry(Kind::Evaluation, "foshan-standard/1", fields)
}

const EVALUATOR: &str = "91440606722473344C";

fn penalty(fields: Value) -> Entry {
    with_fields(
        Kind::Penalty,
        json!({
            "party": { "name": "示例检测", "uscc": EVALUATOR }, "act": "出具虚假检验报告",
            "decided_on": "2026-02-01", "publish_until": "2029-02-01", "status": "in_force",
        }),
        fields,
    )
}

#[test]
fn who_evaluates_himself_is_pointed_out() {
    assert_eq!(scene().with(evaluation(HOLDER)).gives(), notice("self_evaluated"));
    assert_eq!(scene().with(evaluation(EVALUATOR)).gives(), nothing());
    let mut of_another = evaluation(HOLDER);
    change(&mut of_another, "subject", json!({ "kind": "product", "key": "p-000000000000" }));
    assert_eq!(scene().with(of_another).gives(), nothing());
    let mut of_standard = evaluation(HOLDER);
    change(&mut of_standard, "subject", json!({ "kind": "standard", "key": PRODUCT }));
    assert_eq!(scene().with(of_standard).gives(), nothing());
}

#[test]
fn a_report_of_somebody_penalised_for_false_reports_is_pointed_out() {
    let evaluated = scene().with(evaluation(EVALUATOR));
    let gives = |fields: Value| evaluated.with(penalty(fields)).gives();
    let pointed_out = notice("false_report");
    assert_eq!(gives(json!({})), pointed_out);
    assert_eq!(gives(json!({ "act": "未按期公示" })), nothing());
    assert_eq!(gives(json!({ "act": "未按期公示", "report_numbers": ["BG-9"] })), pointed_out);
    assert_eq!(gives(json!({ "decided_on": "2026-01-31" })), nothing());
    // A report that is named counts whenever it was decided.
    let named = json!({ "decided_on": "2026-01-31", "report_numbers": ["BG-1"] });
    assert_eq!(gives(named), pointed_out);
    assert_eq!(gives(json!({ "decided_on": "2026-11-22" })), pointed_out);
    assert_eq!(gives(json!({ "decided_on": "2026-11-23" })), nothing());
    assert_eq!(gives(json!({ "publish_until": "2026-11-22" })), pointed_out);
    assert_eq!(gives(json!({ "publish_until": "2026-11-21" })), nothing());
    assert_eq!(gives(json!({ "status": "revoked" })), nothing());
    assert_eq!(gives(json!({ "party": { "name": "别家", "uscc": HOLDER } })), nothing());
    assert_eq!(gives(json!({ "party": { "name": "示例检测" } })), nothing());
    let by_number = json!({ "party": { "name": "示例检测" }, "report_numbers": ["BG-1"] });
    assert_eq!(gives(by_number.clone()), pointed_out);
    assert_eq!(scene().with(penalty(by_number)).gives(), nothing());
    let unnamed = penalty(json!({ "party": { "name": "示例检测" } }));
    let mut anonymous = evaluation(EVALUATOR);
    change(&mut anonymous, "evaluator", Value::Null);
    assert_eq!(scene().with(anonymous).with(unnamed).gives(), nothing());
    let verdict = evaluated.with(penalty(json!({}))).verdict();
    assert_eq!(
        verdict.reasons[0].text(Lang::ZhHans),
        "出具报告的示例检测于2026-02-01因虚假报告受到处罚"
    );
}

fn compared(fields: Value) -> Entry {
    with_fields(
        Kind::Comparison,
        json!({
            "subject": { "kind": "product", "key": PRODUCT }, "name_zh": "耗电量",
            "unit": "kW·h/d", "direction": "lower_better", "limit": "0.40", "claim": "stricter",
            "measured": { "value": "0.35", "report_number": "BG-2" },
            "baselines": [baseline("GB 99999-2015", "2026-03-01")],
        }),
        fields,
    )
}

fn baseline(standard: &str, checked_on: &str) -> Value {
    json!({
        "standard": standard, "limit": "0.55", "unit": "kW·h/d", "method_equivalent": "yes",
        "checked_on": checked_on,
    })
}

#[test]
fn a_comparison_with_a_renewed_or_long_unchecked_baseline_awaits_review() {
    let gives =
        |baselines: Value| scene().with(compared(json!({ "baselines": baselines }))).gives();
    let renewed = notice("baseline_renewed");
    assert_eq!(gives(json!([baseline("GB 99999-2015", "2024-11-22")])), nothing());
    assert_eq!(gives(json!([baseline("GB 99999-2015", "2024-11-21")])), renewed);
    assert_eq!(
        gives(json!([baseline("GB 99999-2015", "2026-01-01"), baseline("X", "2020-01-01")])),
        renewed
    );
    let undated =
        json!([{ "standard": "GB 99999-2015", "limit": "0.55", "method_equivalent": "yes" }]);
    assert_eq!(gives(undated), nothing());
    let standard = entry(Kind::Standard, "GB 99999-2015", json!({ "status": "replaced" }));
    assert_eq!(scene().with(compared(json!({}))).with(standard).gives(), renewed);
    let verdict =
        scene().with(compared(json!({ "baselines": [baseline("X", "2020-01-01")] }))).verdict();
    assert_eq!(verdict.reasons[0].text(Lang::ZhHans), "“耗电量”的基线已更新，原先进性结论待复核");
}

#[test]
fn a_claim_against_its_own_figures_is_pointed_out() {
    let gives = |claim: Value| scene().with(compared(json!({ "claim": claim }))).gives();
    assert_eq!(gives("stricter".into()), nothing());
    assert_eq!(gives("looser".into()), notice("claim_contradicted"));
    assert_eq!(gives(Value::Null), nothing());
    // What cannot be computed contradicts nothing.
    let other_method = json!({ "claim": "looser", "baselines": [{ "standard": "X", "limit": "0.55", "method_equivalent": "no" }] });
    assert_eq!(scene().with(compared(other_method)).gives(), nothing());
}

#[test]
fn a_false_report_behind_a_measured_value_is_pointed_out() {
    let reported = penalty(json!({ "party": { "name": "示例检测" }, "report_numbers": ["BG-2"] }));
    assert_eq!(scene().with(compared(json!({}))).with(reported).gives(), notice("false_report"));
    let other = penalty(json!({ "party": { "name": "示例检测" }, "report_numbers": ["BG-3"] }));
    assert_eq!(scene().with(compared(json!({}))).with(other).gives(), nothing());
}

#[test]
fn the_newest_version_of_a_record_counts_and_later_ones_do_not_yet() {
    let mut removed = restriction(json!({ "status": "removed" }));
    removed.valid_from = day("2026-09-01");
    let both = scene().with(restriction(json!({}))).with(removed.clone());
    assert_eq!(both.gives(), nothing());
    removed.valid_from = day("2026-11-23");
    let both = scene().with(restriction(json!({}))).with(removed.clone());
    assert_eq!(both.gives(), notice("holder_restricted"));
    // Of the same day the later entry.
    removed.valid_from = day("2026-01-01");
    for (seq, expected) in [(8, nothing()), (6, notice("holder_restricted"))] {
        removed.seq = seq;
        assert_eq!(scene().with(restriction(json!({}))).with(removed.clone()).gives(), expected);
        assert_eq!(scene().with(removed.clone()).with(restriction(json!({}))).gives(), expected);
    }
}

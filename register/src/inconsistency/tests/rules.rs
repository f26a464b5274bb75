//! Each rule: fires, does not fire, and on which day it begins to.

use super::*;

type Change = fn(&mut Vec<Entry>);

fn set(all: &mut [Entry], kind: Kind, key: &str, fields: Value) {
    let body = body(all, kind, key);
    body.extend(fields.as_object().cloned().unwrap());
}

fn listing(all: &mut [Entry], fields: Value) {
    set(all, Kind::Listing, LISTING, fields);
}

/// Records at odds in as many ways as fit side by side.
pub(super) fn at_odds() -> Vec<Entry> {
    let mut all = records();
    for (_, change, _, rules) in FIRES {
        let mut tried = all.clone();
        change(&mut tried);
        if super::rules(&tried, DAY).len() > super::rules(&all, DAY).len() && !rules.is_empty() {
            all = tried;
        }
    }
    all
}

const FIRES: &[(&str, Change, &str, &[Rule])] = &[
    (
        "listed again now, the listing and the licence still run",
        |all| {
            set(
                all,
                Kind::Restriction,
                "list/1",
                json!({ "status": "listed", "removed_on": null, "listed_on": "2025-01-01" }),
            );
        },
        DAY,
        &[Rule::I01, Rule::I01],
    ),
    (
        "a grant during the restriction, ended since",
        |all| {
            set(
                all,
                Kind::Restriction,
                "list/1",
                json!({ "status": "listed", "removed_on": null }),
            );
            set(all, Kind::Listing, "ccc/3C-1", json!({ "granted_on": "2021-12-31" }));
            listing(
                all,
                json!({ "granted_on": "2022-01-01", "status": "cancelled", "mark_licence": null }),
            );
            all.retain(|e| e.kind != Kind::Code);
        },
        "2026-11-22",
        &[Rule::I01, Rule::I01, Rule::I10],
    ),
    (
        "the certificate ran until yesterday",
        |_| {},
        "2026-11-23",
        &[Rule::I02, Rule::I08, Rule::I18],
    ),
    (
        "the standard of the listing is replaced",
        |all| {
            set(
                all,
                Kind::Standard,
                "T/FSAS 12-2021",
                json!({ "status": "withdrawn", "withdrawn_on": DAY }),
            )
        },
        DAY,
        &[Rule::I03],
    ),
    (
        "the standard the product claims is withdrawn, which is a baseline too",
        |all| set(all, Kind::Standard, "GB 12021.2-2015", json!({ "status": "withdrawn" })),
        DAY,
        &[Rule::I03, Rule::I08],
    ),
    (
        "granted a day before the scheme began",
        |all| listing(all, json!({ "granted_on": "2020-10-13" })),
        DAY,
        &[Rule::I04],
    ),
    (
        "the evaluator was penalised for a false report after it",
        |all| set(all, Kind::Penalty, "示罚1号", json!({ "act": "出具虚假报告" })),
        DAY,
        &[Rule::I05],
    ),
    (
        "the evaluator was penalised twice: the first decision is told",
        |all| {
            set(all, Kind::Penalty, "示罚1号", json!({ "act": "出具虚假报告" }));
            let again = all.iter().find(|one| one.kind == Kind::Penalty).expect("there").clone();
            all.push(Entry { key: "示罚2号".into(), ..again });
        },
        DAY,
        &[Rule::I05],
    ),
    (
        "a decision that names three reports",
        |all| {
            set(
                all,
                Kind::Penalty,
                "示罚1号",
                json!({ "report_numbers": ["PJ-1", "JC-1", "CC-1"], "party": {} }),
            )
        },
        DAY,
        &[Rule::I05, Rule::I05, Rule::I05],
    ),
    (
        "the recall goes on",
        |all| set(all, Kind::Recall, "示例/1", json!({ "status": "in_progress" })),
        DAY,
        &[Rule::I06],
    ),
    (
        "another list prints another name beside the code",
        |all| {
            set(
                all,
                Kind::Recall,
                "示例/1",
                json!({ "producer": { "name": "他例电器有限公司", "uscc": HOLDER } }),
            )
        },
        DAY,
        &[Rule::I07],
    ),
    (
        "two firms were entered under one code",
        |all| {
            let mut other =
                entry(Kind::Enterprise, HOLDER, json!({ "name_zh": "他例电器有限公司" }));
            other.seq = 3;
            all.push(other);
        },
        DAY,
        &[Rule::I07],
    ),
    (
        "a claim the figures do not give",
        |all| set(all, Kind::Comparison, "p/energy", json!({ "claim": "equal" })),
        DAY,
        &[Rule::I09],
    ),
    (
        "the listing is withdrawn, mark and code run on",
        |all| listing(all, json!({ "status": "withdrawn" })),
        DAY,
        &[Rule::I10],
    ),
    (
        "the holder is gone",
        |all| set(all, Kind::Enterprise, HOLDER, json!({ "status": "deregistered" })),
        DAY,
        &[Rule::I11, Rule::I11],
    ),
    (
        "an inspection failed and is open",
        |all| all.push(inspection("示例/CC2", "2026-05-01", "fail")),
        DAY,
        &[Rule::I12, Rule::I12],
    ),
    (
        "sampled again on the last day of the six months",
        |all| all.push(inspection("示例/CC2", "2024-10-02", "pass")),
        DAY,
        &[Rule::I13],
    ),
    (
        "a level the scheme does not have",
        |all| listing(all, json!({ "level": "省" })),
        DAY,
        &[Rule::I14],
    ),
    (
        "another model on the certificate",
        |all| listing(all, json!({ "models": ["SL-100B"] })),
        DAY,
        &[Rule::I15],
    ),
    (
        "replaced, and nobody says by what",
        |all| set(all, Kind::Standard, "T/FSAS 12-2019", json!({ "replaced_by": [] })),
        DAY,
        &[Rule::I16],
    ),
    (
        "replaced by what is no standard number",
        |all| set(all, Kind::Standard, "T/FSAS 12-2019", json!({ "replaced_by": ["另行规定"] })),
        DAY,
        &[Rule::I16],
    ),
    (
        "replaced by itself",
        |all| {
            set(all, Kind::Standard, "T/FSAS 12-2019", json!({ "replaced_by": ["T/FSAS 12—2019"] }))
        },
        DAY,
        &[Rule::I16],
    ),
    (
        "two editions replace one another",
        |all| {
            set(all, Kind::Standard, "T/FSAS 12-2021", json!({ "replaced_by": ["T/FSAS 12-2019"] }))
        },
        DAY,
        &[Rule::I16, Rule::I16],
    ),
    (
        "withdrawn a day before its successor was issued",
        |all| set(all, Kind::Standard, "T/FSAS 12-2019", json!({ "withdrawn_on": "2021-06-30" })),
        DAY,
        &[Rule::I16],
    ),
    (
        "still current while its successor is in effect",
        |all| {
            set(
                all,
                Kind::Standard,
                "T/FSAS 12-2019",
                json!({ "status": "current", "withdrawn_on": null }),
            )
        },
        DAY,
        &[Rule::I16],
    ),
    (
        "both listings have ended, the code runs",
        |all| {
            listing(
                all,
                json!({ "status": "cancelled", "mark_licence": { "number": "BS-1", "valid_until": "2024-01-01" } }),
            );
            set(all, Kind::Listing, "ccc/3C-1", json!({ "valid_until": "2025-01-01" }));
        },
        DAY,
        &[Rule::I17],
    ),
    (
        "the holder evaluated itself",
        |all| set(all, Kind::Evaluation, "foshan-standard/p/1", json!({ "evaluator": HOLDER })),
        DAY,
        &[Rule::I19],
    ),
    (
        "an honour called a certification on the pack",
        |all| {
            set(
                all,
                Kind::Code,
                "44M3QMX9D2R4",
                json!({ "expected_pack": ["荣获市政府质量奖认证"] }),
            )
        },
        DAY,
        &[Rule::I20],
    ),
    (
        "a well-known trade mark as a claim",
        |all| {
            set(all, Kind::Product, PRODUCT, json!({ "pack_claims": [{ "text": "中国驰名商标" }] }))
        },
        DAY,
        &[Rule::I20],
    ),
    (
        "the only document ended yesterday",
        |all| set(all, Kind::Policy, "policy-a", json!({ "valid_until": "2026-11-21" })),
        DAY,
        &[Rule::I21],
    ),
    (
        "one row fewer than stated",
        |all| set(all, Kind::Source, "list", json!({ "rows": 119 })),
        DAY,
        &[Rule::I22],
    ),
];

const SILENT: &[(&str, Change, &str)] = &[
    (
        "a restriction whose publication term is over counts for nothing but its redaction",
        |all| {
            set(
                all,
                Kind::Restriction,
                "list/1",
                json!({ "status": "listed", "removed_on": null, "subject": null, "cause": null, "publish_until": "2026-11-21" }),
            )
        },
        DAY,
    ),
    (
        "a restriction of another firm",
        |all| {
            set(
                all,
                Kind::Restriction,
                "list/1",
                json!({ "status": "listed", "removed_on": null, "subject": EVALUATOR }),
            )
        },
        DAY,
    ),
    ("the certificate runs through its last day", |_| {}, DAY),
    (
        "a renewed certificate makes the old one history",
        |all| {
            let mut new = all.iter().find(|e| e.key == "ccc/3C-1").unwrap().clone();
            new.key = "ccc/3C-2".into();
            all.push(new);
            set(all, Kind::Listing, "ccc/3C-1", json!({ "valid_until": "2024-01-01" }));
        },
        DAY,
    ),
    (
        "a standard that ends tomorrow",
        |all| set(all, Kind::Standard, "T/FSAS 12-2021", json!({ "withdrawn_on": "2026-11-23" })),
        DAY,
    ),
    (
        "granted on the scheme's first day",
        |all| listing(all, json!({ "granted_on": "2020-10-14" })),
        DAY,
    ),
    (
        "granted on the scheme's last day",
        |all| listing(all, json!({ "granted_on": "2026-12-31" })),
        DAY,
    ),
    (
        "a false report decided before this evaluation",
        |all| {
            set(
                all,
                Kind::Penalty,
                "示罚1号",
                json!({ "act": "出具虚假报告", "decided_on": "2023-04-30" }),
            )
        },
        DAY,
    ),
    (
        "a false report whose penalty was lifted",
        |all| {
            set(
                all,
                Kind::Penalty,
                "示罚1号",
                json!({ "act": "出具虚假报告", "status": "revoked" }),
            )
        },
        DAY,
    ),
    (
        "a recall of another model",
        |all| {
            set(
                all,
                Kind::Recall,
                "示例/1",
                json!({ "status": "in_progress", "models": ["SL-100B"] }),
            )
        },
        DAY,
    ),
    (
        "a recall that begins tomorrow",
        |all| {
            set(
                all,
                Kind::Recall,
                "示例/1",
                json!({ "status": "announced", "started_on": "2026-11-23" }),
            )
        },
        DAY,
    ),
    (
        "a recall that names the maker without its code",
        |all| {
            set(
                all,
                Kind::Recall,
                "示例/1",
                json!({ "status": "in_progress", "producer": { "name": "示例电器有限公司" } }),
            )
        },
        DAY,
    ),
    (
        "a corrected name was a mistake, not another firm",
        |all| {
            let mut wrong =
                entry(Kind::Enterprise, HOLDER, json!({ "name_zh": "示列电器有限公司" }));
            wrong.seq = 3;
            all.push(wrong);
            let newest = all.iter_mut().find(|e| e.key == HOLDER && e.seq == 7).unwrap();
            newest.reason.code = ReasonCode::Corrected;
        },
        DAY,
    ),
    (
        "a mark licence that ended with the listing",
        |all| {
            listing(
                all,
                json!({ "status": "withdrawn", "mark_licence": { "number": "BS-1", "valid_until": "2026-11-21" } }),
            )
        },
        DAY,
    ),
    (
        "a failed inspection that was put right",
        |all| {
            let mut failed = inspection("示例/CC2", "2026-05-01", "fail");
            failed.body.insert("follow_up".into(), json!("rechecked_pass"));
            all.push(failed);
        },
        DAY,
    ),
    (
        "sampled again a day after the six months",
        |all| all.push(inspection("示例/CC2", "2024-10-03", "pass")),
        DAY,
    ),
    (
        "sampled again after a pass in a city's round",
        |all| {
            set(all, Kind::Inspection, "示例/CC1", json!({ "level": "市" }));
            all.push(inspection("示例/CC2", "2024-05-02", "pass"));
        },
        DAY,
    ),
    (
        "an edition that is not loaded is no broken chain",
        |all| {
            set(all, Kind::Standard, "T/FSAS 12-2019", json!({ "replaced_by": ["T/FSAS 12-2022"] }))
        },
        DAY,
    ),
    (
        "a certification may be called one",
        |all| {
            set(
                all,
                Kind::Code,
                "44M3QMX9D2R4",
                json!({ "expected_pack": ["强制性产品认证认证标志"] }),
            )
        },
        DAY,
    ),
    (
        "a scheme with a document whose term nobody knows",
        |all| {
            set(all, Kind::Policy, "policy-a", json!({ "valid_until": "2020-01-01" }));
            set(
                all,
                Kind::Scheme,
                "foshan-standard",
                json!({ "legal_basis": [{ "policy": "policy-a" }, { "policy": "policy-b" }] }),
            );
        },
        DAY,
    ),
    (
        "a source that states no total",
        |all| set(all, Kind::Source, "list", json!({ "rows": 7, "coverage": { "holds": 7 } })),
        DAY,
    ),
];

#[test]
fn each_rule_fires_when_it_should() {
    for (what, change, on, expected) in FIRES {
        let mut all = records();
        change(&mut all);
        assert_eq!(rules(&all, on), *expected, "{what}: {:#?}", found(&all, on));
    }
    let met: BTreeSet<Rule> = FIRES.iter().flat_map(|(.., rules)| rules.iter().copied()).collect();
    assert_eq!(met, Rule::ALL.into_iter().collect(), "every rule has a case");
}

#[test]
fn each_rule_is_silent_when_it_should_be() {
    for (what, change, on) in SILENT {
        let mut all = records();
        change(&mut all);
        assert_eq!(found(&all, on), [], "{what}");
    }
}

#[test]
fn what_is_past_its_publication_term_is_told_to_the_operator_only() {
    let all = records();
    let over = found(&all, "2026-11-23");
    let [term] = over.iter().filter(|f| f.rule == Rule::I18).collect::<Vec<_>>()[..] else {
        panic!("{over:#?}")
    };
    assert!(!term.is_public());
    assert!(over.iter().filter(|f| f.rule != Rule::I18).all(Finding::is_public));
}

#[test]
fn protection_lasts_six_months_from_a_national_or_provincial_pass() {
    let pass = |level: &str, result: &str, on: &str| {
        let mut entry = inspection("示例/1", on, result);
        entry.body.insert("level".into(), json!(level));
        protected_until(&entry.body)
    };
    assert_eq!(pass("省", "pass", "2024-08-31"), Some(day("2025-02-28")));
    assert_eq!(pass("国家", "pass", "2024-04-02"), Some(day("2024-10-02")));
    assert_eq!(pass("市", "pass", "2024-04-02"), None);
    assert_eq!(pass("省", "fail", "2024-04-02"), None);
}

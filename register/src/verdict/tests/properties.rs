//! What must hold whatever the records say.

use super::*;

/// Random cases.
fn cases(seed: u64, count: u32) -> impl Iterator<Item = suite::Case> {
    let mut random = Random::new(seed);
    let stage = Stage::new(&mut random);
    (0..count).map(move |_| stage.case(&mut random))
}

#[test]
fn a_run_of_the_suite_meets_every_outcome_and_repeats() {
    let first = suite::run(20_261_122, 3_000);
    assert!(first.outcomes.iter().all(|count| *count > 5), "{first}");
    assert_eq!(first.outcomes.iter().sum::<u32>(), 3_000);
    assert_eq!(first, suite::run(20_261_122, 3_000));
    assert_ne!(first.digest, suite::run(20_261_123, 3_000).digest);
    assert!(first.to_string().starts_with(&format!("{} valid=", first.digest)));
}

#[test]
fn every_kind_of_reason_is_met() {
    let mut met = std::collections::BTreeSet::new();
    for case in cases(2, 10_000) {
        met.extend(case.verdict().reasons.iter().map(|reason| reason.what.code()));
    }
    // These need what the suite does not deal out, and have tests of their own.
    let elsewhere = ["bad_statement", "clock_behind", "gtin_differs", "recall_without_model"];
    let all = What::ALL.into_iter().map(What::code).filter(|code| !elsewhere.contains(code));
    let missed: Vec<&str> = all.filter(|code| !met.contains(code)).collect();
    assert!(missed.is_empty(), "{missed:?}");
}

#[test]
fn that_a_record_is_contested_changes_no_verdict() {
    let contest = |entry: &Entry| {
        let case = crate::CaseRef { number: "26-0017".to_owned(), ..crate::CaseRef::default() };
        let reason =
            EntryReason { code: ReasonCode::Contested, case: Some(case), ..entry.reason.clone() };
        Entry { reason, seq: entry.seq + 1_000, ..entry.clone() }
    };
    let mut outcomes = std::collections::BTreeSet::new();
    for case in cases(7, 3_000) {
        let refs: Vec<&Entry> = case.records.iter().collect();
        let verdict = judge(&case.question(&refs));
        let contested: Vec<Entry> = case.records.iter().map(contest).collect();
        let refs: Vec<&Entry> = contested.iter().collect();
        let code = case.code.as_ref().map(contest);
        let question = Question { code: code.as_ref(), ..case.question(&refs) };
        assert_eq!(judge(&question), verdict, "{case:?}");
        outcomes.insert(verdict.outcome);
    }
    assert!(outcomes.len() > 8, "{outcomes:?}");
}

#[test]
fn order_and_repetition_of_the_records_do_not_matter() {
    for case in cases(1, 3_000) {
        let verdict = case.verdict();
        let mut refs: Vec<&Entry> = case.records.iter().rev().collect();
        refs.extend(&case.records);
        assert_eq!(judge(&case.question(&refs)), verdict, "{case:?}");
    }
}

/// Records that speak against the product of the suite's cases, whatever else there is.
fn adverse() -> Vec<Entry> {
    let on = |kind, key: &str, fields: Value| {
        let mut entry = entry(kind, key, fields);
        entry.valid_from = day("2020-01-01");
        entry
    };
    let subject = json!({ "kind": "product", "key": PRODUCT });
    let mut all = vec![
        on(
            Kind::Recall,
            "示例/9",
            json!({ "number": "9", "producer": { "uscc": HOLDER }, "models": ["SL-100A"], "status": "announced" }),
        ),
        on(
            Kind::Recall,
            "示例/8",
            json!({ "number": "8", "producer": { "uscc": HOLDER }, "product_name": "家用电冰箱", "status": "announced" }),
        ),
        on(
            Kind::Restriction,
            "list/9",
            json!({ "subject": HOLDER, "list": "sector", "status": "listed" }),
        ),
        on(
            Kind::Inspection,
            "示例/9",
            json!({ "producer": { "uscc": HOLDER }, "model": "SL-100A", "result": "fail", "follow_up": "none" }),
        ),
        on(Kind::Evaluation, "current/9", json!({ "subject": subject, "evaluator": HOLDER })),
        on(
            Kind::Comparison,
            "p/9",
            json!({ "subject": subject, "baselines": [{ "standard": "X", "checked_on": "2010-01-01" }] }),
        ),
    ];
    for status in ["suspended", "withdrawn", "cancelled", "exited", "replaced", "valid"] {
        let mut ended = listing(&format!("current/9-{status}"), "current", status);
        change(&mut ended, "granted_on", "2019-01-01".into());
        change(&mut ended, "valid_until", "2020-01-01".into());
        ended.valid_from = day("2020-01-01");
        all.push(ended);
    }
    for scheme in ["ccc", "production-licence"] {
        let mut ended = listing(&format!("{scheme}/9"), scheme, "valid");
        change(&mut ended, "valid_until", "2020-01-01".into());
        ended.valid_from = day("2020-01-01");
        all.push(ended);
    }
    all
}

#[test]
fn one_more_adverse_record_never_improves_the_outcome() {
    let adverse = adverse();
    for mut case in cases(3, 1_200) {
        // Which listing decides is part of the question; an ended one may take its place only
        // where there was none.
        let refs: Vec<&Entry> = case.records.iter().collect();
        let question = case.question(&refs);
        case.listing = question.listing.or(deciding(PRODUCT, &refs, question.day)).cloned();
        // A listing the code names and nobody has would be there with the record added.
        let code = case.code.iter_mut();
        code.for_each(|code| drop(code.body.remove("listing")));
        let before = case.verdict();
        for entry in &adverse {
            let mut more = case.clone();
            more.records.push(entry.clone());
            let after = more.verdict();
            assert!(after.outcome >= before.outcome, "{} {case:?}\n{after:?}", entry.key);
        }
    }
}

#[test]
fn one_more_ended_listing_never_makes_the_deciding_one_better() {
    let effect = |case: &suite::Case| {
        let mut only = scene().without(Kind::Listing);
        let of_interest = |e: &&Entry| matches!(e.kind, Kind::Listing | Kind::Scheme);
        only.records.extend(case.records.iter().filter(of_interest).cloned());
        let reasons = only.verdict().reasons.into_iter();
        let about =
            reasons.filter(|r| r.what.code().starts_with("listing_") || r.what == What::NoListing);
        about.map(|reason| reason.effect).max().unwrap_or(Outcome::Valid)
    };
    for case in cases(6, 1_200) {
        let before = effect(&case);
        for entry in adverse().into_iter().filter(|entry| entry.kind == Kind::Listing) {
            let mut more = case.clone();
            more.records.push(entry.clone());
            assert!(effect(&more) >= before, "{} {case:?}", entry.key);
        }
    }
}

#[test]
fn a_finding_never_improves_the_outcome_and_imposes_its_own() {
    for rule in Rule::ALL {
        let mut found = scene();
        found.findings.push(Finding {
            rule,
            record: (Kind::Product, PRODUCT.to_owned()),
            about: Vec::new(),
            source: None,
            date: Some(day(DAY)),
            words: ["甲", "乙", "c"].map(str::to_owned),
        });
        let verdict = found.verdict();
        assert_eq!(verdict.outcome, rule.effect(), "{rule:?}");
        assert_eq!(verdict.reasons.len(), 1);
        let reason = &verdict.reasons[0];
        assert_eq!((reason.what.rule(), reason.date), (Some(rule), Some(day(DAY))));
        if rule == Rule::I06 {
            assert!(verdict.sentence(Lang::ZhHans).contains("（p-d58030165a9c）"));
        }
        let said: Vec<String> = Lang::ALL.into_iter().map(|lang| reason.text(lang)).collect();
        assert_eq!(said, ["甲", "乙", "c"]);
    }
    let codes: Vec<&str> = Rule::ALL.into_iter().map(Rule::code).collect();
    let numbers: Vec<String> = (1..=22).map(|n| format!("I{n:02}")).collect();
    assert_eq!(codes, numbers);
    let by_effect = |effect| {
        let of = Rule::ALL.into_iter().filter(move |rule| rule.effect() == effect);
        of.map(Rule::code).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(by_effect(Outcome::Recalled), "I06");
    assert_eq!(by_effect(Outcome::ValidButNotice), "I01 I02 I03 I04 I05 I08 I09 I11 I12 I15 I19");
}

#[test]
fn what_is_stale_or_unchecked_is_never_valid() {
    let sure = [Outcome::Valid, Outcome::ValidButNotice];
    for case in cases(4, 2_000) {
        let doubts: [fn(&mut View); 5] = [
            |view| view.log_time = None,
            |view| view.log_time = Some(view.now - view.fresh_for - TimeDelta::seconds(1)),
            |view| view.log_time = Some(view.now + TimeDelta::seconds(1)),
            |view| view.complete = false,
            |view| view.offline = true,
        ];
        for doubt in doubts {
            let mut doubtful = case.clone();
            doubt(&mut doubtful.view);
            let outcome = doubtful.verdict().outcome;
            assert!(!sure.contains(&outcome) && outcome != Outcome::Unknown, "{doubtful:?}");
            assert!(
                outcome >= case.verdict().outcome || case.verdict().outcome >= Outcome::Unknown
            );
        }
        for kind in [Kind::Product, Kind::Enterprise, Kind::Scheme] {
            let mut less = case.clone();
            less.records.retain(|entry| entry.kind != kind);
            let refs: Vec<&Entry> = less.records.iter().collect();
            let question = less.question(&refs);
            let listed = question.listing.is_some_and(|l| l.valid_from <= question.day)
                || deciding(PRODUCT, &refs, question.day).is_some();
            if kind != Kind::Scheme || listed {
                assert!(!sure.contains(&less.verdict().outcome), "{kind:?} {less:?}");
            }
        }
        let mut none = case.clone();
        none.code = None;
        assert!(!sure.contains(&none.verdict().outcome));
    }
}

#[test]
fn the_outcome_is_that_of_its_first_reason_and_reasons_are_sorted() {
    for case in cases(5, 2_000) {
        let verdict = case.verdict();
        let worst = verdict.reasons.first().map_or(Outcome::Valid, |reason| reason.effect);
        assert_eq!(verdict.outcome, worst);
        assert!(verdict.reasons.is_sorted_by_key(|reason| std::cmp::Reverse(reason.effect)));
        assert_eq!(verdict.deciding().is_some(), !verdict.reasons.is_empty());
        for lang in Lang::ALL {
            assert!(!verdict.sentence(lang).contains(['{', '}']), "{}", verdict.sentence(lang));
        }
    }
}

#[test]
fn a_finding_the_verdict_makes_itself_is_not_said_twice() {
    let mut scene = scene();
    let mut restriction = entry(
        Kind::Restriction,
        "list/1",
        json!({ "subject": HOLDER, "cause": "未公示年报", "listed_on": "2026-02-01", "status": "listed" }),
    );
    restriction.valid_from = day("2026-02-01");
    scene.records.push(restriction);
    let alone = scene.verdict();
    let finding = |key: &str| Finding {
        rule: Rule::I01,
        record: (Kind::Listing, "x".to_owned()),
        about: vec![(Kind::Listing, "x".to_owned()), (Kind::Restriction, key.to_owned())],
        source: None,
        date: None,
        words: ["甲", "甲", "a"].map(str::to_owned),
    };
    scene.findings = vec![finding("list/1")];
    assert_eq!(scene.verdict(), alone);
    scene.findings = vec![finding("list/2")];
    assert_eq!(scene.verdict().reasons.len(), alone.reasons.len() + 1);
}

use chrono::NaiveDate;

use super::*;
use crate::signature::Standing;
use crate::verdict::{Rule, View};

/// The placeholders of a template, sorted.
fn placeholders(template: &str) -> Vec<&str> {
    let mut names: Vec<&str> =
        template.split('{').skip(1).map(|part| part.split('}').next().unwrap()).collect();
    names.sort_unstable();
    names
}

fn is_full_width(text: &str) -> bool {
    !text.contains([',', ';', ':', '(', ')', '"', '?', '!'])
}

#[test]
fn the_official_sentences_and_words_are_there_in_every_language() {
    for outcome in Outcome::ALL {
        for lang in Lang::ALL {
            assert!(!word(outcome, lang).is_empty());
            let chinese = lang != Lang::En;
            let text = sentence(outcome, lang);
            assert!(!chinese || (is_full_width(text) && text.ends_with('。')), "{text}");
            assert!(chinese || text.ends_with('.'), "{text}");
            assert_eq!(placeholders(text), placeholders(sentence(outcome, Lang::ZhHans)));
        }
        assert_ne!(sentence(outcome, Lang::ZhHans), sentence(outcome, Lang::En));
    }
    assert_eq!(word(Outcome::Recalled, Lang::ZhHant), "正在召回");
    assert_eq!(word(Outcome::CannotTell, Lang::En), "Cannot tell now");
}

#[test]
fn every_reason_has_a_clause_with_the_same_placeholders_in_every_language() {
    for what in What::ALL {
        if matches!(what, What::Malformed(_) | What::Finding(_)) {
            assert_eq!(clause(what), ["", "", ""]);
            continue;
        }
        let clauses = clause(what);
        for (lang, text) in Lang::ALL.into_iter().zip(clauses) {
            assert!(!text.is_empty(), "{what:?}");
            assert!(lang == Lang::En || is_full_width(text), "{text}");
            assert!(!text.ends_with(['。', '.']), "{text}");
            assert_eq!(placeholders(text), placeholders(clauses[0]), "{what:?}");
        }
    }
    let mut codes: Vec<&str> = What::ALL.into_iter().map(What::code).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), What::ALL.len());
    let character = crate::code::Malformed::Character { position: 1, character: 'V' };
    assert_eq!(What::Malformed(character).code(), "character");
}

#[test]
fn what_the_source_leaves_out_is_said_to_be_left_out() {
    let reason = Reason::new(What::LicenceExpired);
    assert_eq!(reason.text(Lang::ZhHans), "所需的许可或认证未写明有效期至（日期不详）");
    let reason = Reason::new(What::HolderRestricted).arg("list", "a list of its own");
    assert_eq!(
        reason.text(Lang::En),
        "the holder is on the list of a list of its own since (date unknown)"
    );
    assert_eq!(Reason::new(What::CodeSuspended).cause(Lang::ZhHant), "未寫明");
    let twice = Reason::new(What::ListingWithdrawn)
        .arg("exit_reason", "other")
        .arg("cause", "其他")
        .arg("decision", "1号");
    assert_eq!(twice.cause(Lang::ZhHans), "其他（1号）");
    assert_eq!(twice.cause(Lang::En), "other, 其他 (1号)");
    let unknown = Reason::new(What::UnknownKey).arg("key", "0a0b");
    assert_eq!(unknown.text(Lang::En), "the signing key 0a0b is not known here");
    let unchecked = Reason::new(What::SignatureUnchecked).arg("key", "0a0b");
    assert_eq!(unchecked.text(Lang::ZhHans), "公钥0a0b的签名未能核对");
    let bare = Reason::new(What::Unchecked);
    assert_eq!(bare.text(Lang::ZhHans), "未能核对");
}

#[test]
fn a_verdict_without_a_log_time_or_with_several_notices_reads_well() {
    let view = View::fresh("2026-11-22T04:00:00Z".parse().unwrap(), 9);
    let verdict = |outcome, reasons: Vec<Reason>| Verdict {
        outcome,
        reasons,
        as_of: "2026-11-22".parse().unwrap(),
        log_time: view.log_time,
        log_size: view.log_size,
        contested: false,
    };
    let stale = verdict(Outcome::CannotTell, vec![Reason::new(What::Stale)]);
    assert_eq!(
        stale.sentence(Lang::ZhHans),
        "暂时无法判断：登记数据截至2026-11-22 12:00，请联网后再查。"
    );
    let never = Verdict { log_time: None, ..stale };
    assert_eq!(
        never.sentence(Lang::En),
        "Cannot tell now: the data is as of (time unknown); please try again online."
    );
    assert_eq!(never.word(Lang::ZhHans), "暂时无法判断");
    let notices = vec![
        Reason::new(What::HolderGone).arg("holder_status", "revoked"),
        Reason::new(What::SelfEvaluated),
        Reason::new(What::Discontinued),
    ];
    let noticed = verdict(Outcome::ValidButNotice, notices);
    assert_eq!(
        noticed.sentence(Lang::ZhHans),
        "登记有效，但有需要留意的事项：持有人的登记状态为吊销；评价机构与持有人是同一单位。"
    );
    assert_eq!(
        noticed.sentence(Lang::En),
        "The registration is valid, but note: the holder’s registration status: licence revoked; the evaluator is the holder itself."
    );
    let unknown = verdict(Outcome::Unknown, vec![Reason::new(What::NoRecord)]);
    assert_eq!(unknown.word(Lang::ZhHans), "未找到");
    let withdrawn = verdict(Outcome::Withdrawn, vec![Reason::new(What::CodeWithdrawn)]);
    assert_eq!(
        withdrawn.sentence(Lang::ZhHans),
        "已撤销：登记自（日期不详）起不再有效，原因：未写明。"
    );
    assert_eq!(withdrawn.word(Lang::En), "Withdrawn");
    let cancelled = verdict(Outcome::Withdrawn, vec![Reason::new(What::CodeCancelled)]);
    assert!(cancelled.sentence(Lang::ZhHant).starts_with("已註銷："));
}

#[test]
fn that_nothing_calls_for_attention_is_not_said_of_what_is_contested() {
    let view = View::fresh("2026-11-22T04:00:00Z".parse().unwrap(), 9);
    for outcome in Outcome::ALL {
        let plain = Verdict {
            outcome,
            reasons: Vec::new(),
            as_of: "2026-11-22".parse().unwrap(),
            log_time: view.log_time,
            log_size: view.log_size,
            contested: false,
        };
        let contested = Verdict { contested: true, ..plain.clone() };
        for (lang, word) in Lang::ALL.into_iter().zip(["异议", "異議", "contested"]) {
            let [before, after] = [&plain, &contested].map(|verdict| verdict.sentence(lang));
            assert!(!before.contains(word), "{before}");
            assert_eq!(after.contains(word), outcome == Outcome::Valid, "{after}");
            assert_eq!(before != after, outcome == Outcome::Valid, "{after}");
        }
    }
}

#[test]
fn every_reason_knows_its_rule_and_its_effect() {
    let rules: Vec<(&str, &str)> =
        What::ALL.into_iter().filter_map(|what| Some((what.code(), what.rule()?.code()))).collect();
    let expected = [
        ("recall", "I06"),
        ("listing_restricted", "I01"),
        ("evaluation_standard_gone", "I03"),
        ("holder_restricted", "I01"),
        ("licence_expired", "I02"),
        ("claimed_standard_gone", "I03"),
        ("outside_scheme_dates", "I04"),
        ("false_report", "I05"),
        ("baseline_renewed", "I08"),
        ("claim_contradicted", "I09"),
        ("holder_gone", "I11"),
        ("failed_inspection", "I12"),
        ("model_mismatch", "I15"),
        ("self_evaluated", "I19"),
        ("finding", "I07"),
        ("mark_without_listing", "I10"),
    ];
    assert_eq!(rules, expected);
    // Never better than what the rule imposes; I10 is about the mark.
    for what in What::ALL {
        assert!(what.rule().is_none_or(|rule| what.effect() >= rule.effect()), "{what:?}");
    }
    assert_eq!(What::Finding(Rule::I06).effect(), Outcome::Recalled);
}

#[test]
fn how_a_key_stood_is_said_in_words() {
    let day: NaiveDate = "2026-05-01".parse().unwrap();
    let said = |how| standing(how, Lang::ZhHans);
    assert_eq!(said(Standing::InForce), "有效");
    assert_eq!(said(Standing::RevokedLater(day)), "有效，后于2026-05-01吊销");
    assert_eq!(said(Standing::NotYet(day)), "2026-05-01起才启用");
    assert_eq!(said(Standing::Over(day)), "2026-05-01起停用");
    assert_eq!(said(Standing::Revoked(day)), "2026-05-01起吊销");
    assert_eq!(standing(Standing::Revoked(day), Lang::En), "revoked on 2026-05-01");
}

#[test]
fn the_documentation_names_every_reason() {
    let documented = include_str!("../../../docs/codes.md");
    let character = crate::code::Malformed::Character { position: 1, character: 'V' };
    for what in What::ALL.into_iter().chain([What::Malformed(character)]) {
        assert!(documented.contains(&format!("`{}`", what.code())), "{}", what.code());
    }
}

//! Gates, view, code, unit, statement.

use super::*;
use crate::code::{Batch, Pepper, unit_key};
use crate::id::Gtin;
use crate::signature::{Algorithm, SecretKey, Signer, Standing};

#[test]
fn what_is_no_code_is_malformed_whatever_else_there_is() {
    let scene = scene();
    let mut view = scene.view;
    view.offline = true;
    let mut place = None;
    for (typed, code, zh) in [
        ("44M3-QMX9-D2R5", "check_character", "编号有误：校验不符，请逐位核对后重新输入。"),
        (
            "44M3-QMX9-D2RV",
            "character",
            "编号有误：第12位的字符“V”不会出现在编号中，请逐位核对后重新输入。",
        ),
        ("44M3", "length", "编号有误：编号应为12位或16位，读到4位，请逐位核对后重新输入。"),
    ] {
        let asked = Asked::typed(typed, &mut place);
        assert!(asked.code().is_none());
        let verdict =
            judge(&Question { code: scene.code.as_ref(), ..Question::new(asked, view, scene.day) });
        assert_eq!(verdict.outcome, Outcome::Malformed);
        assert_eq!(verdict.reasons.len(), 1);
        assert_eq!(verdict.reasons[0].what.code(), code);
        assert_eq!(verdict.sentence(Lang::ZhHans), zh);
    }
    let asked = Asked::typed(RESERVED, &mut place);
    assert_eq!(asked.code().map(CreditCode::as_str), Some(RESERVED));
    let asked = Asked::BadStatement(StatementError::TooLarge);
    assert!(asked.code().is_none());
    let verdict = judge(&Question::new(asked, view, scene.day));
    assert_eq!(
        (verdict.outcome, verdict.reasons[0].what),
        (Outcome::Malformed, What::BadStatement)
    );
}

#[test]
fn only_a_fresh_and_complete_view_can_say_that_a_code_is_unknown() {
    let mut scene = scene();
    scene.code = None;
    assert_eq!(scene.gives(), (Outcome::Unknown, vec!["no_record"]));
    scene.view.now += View::FRESH_FOR;
    assert_eq!(scene.gives(), (Outcome::Unknown, vec!["no_record"]));
    scene.view.now += TimeDelta::seconds(1);
    assert_eq!(scene.gives(), (Outcome::CannotTell, vec!["stale"]));
    scene.view.offline = true;
    assert_eq!(scene.gives(), (Outcome::CannotTell, vec!["stale", "offline"]));
    let draft = self::scene().set(Kind::Code, "status", "draft".into());
    assert_eq!(draft.gives(), (Outcome::Unknown, vec!["draft"]));
}

#[test]
fn an_old_unfinished_or_impossible_view_cannot_tell() {
    let with = |change: &dyn Fn(&mut Scene)| {
        let mut scene = scene();
        change(&mut scene);
        scene.gives()
    };
    let cannot = |code: &'static str| (Outcome::CannotTell, vec![code]);
    assert_eq!(with(&|s| s.view.log_time = None), cannot("stale"));
    assert_eq!(with(&|s| s.view.now += TimeDelta::minutes(11)), cannot("stale"));
    assert_eq!(with(&|s| s.view.now += TimeDelta::minutes(10)), (Outcome::Valid, vec![]));
    assert_eq!(with(&|s| s.view.now -= TimeDelta::seconds(1)), cannot("clock_behind"));
    assert_eq!(with(&|s| s.view.complete = false), cannot("incomplete"));
    assert_eq!(with(&|s| s.view.offline = true), cannot("offline"));
    assert_eq!(with(&|s| s.day = day("2026-11-23")), cannot("future_day"));
    // 16:00 UTC is midnight in China.
    let at = |time: &'static str| {
        move |s: &mut Scene| {
            let time = time.parse().unwrap();
            (s.view.log_time, s.view.now) = (Some(time), time);
            s.day = day("2026-11-23");
        }
    };
    assert_eq!(with(&at("2026-11-22T16:00:00Z")), (Outcome::Valid, vec![]));
    assert_eq!(with(&at("2026-11-22T15:59:59Z")), cannot("future_day"));
}

#[test]
fn a_recall_that_is_known_is_shown_even_by_an_old_view() {
    let mut scene = scene().with(rules::recall(json!({})));
    scene.view.now += TimeDelta::days(3);
    assert_eq!(scene.gives(), (Outcome::Recalled, vec!["recall", "stale"]));
}

#[test]
fn a_code_begins_and_ends_on_its_days() {
    let on = |text: &str| {
        let mut scene = scene();
        scene.day = day(text);
        scene.gives()
    };
    assert_eq!(on("2026-02-01"), (Outcome::Valid, vec![]));
    assert_eq!(on("2026-01-31"), (Outcome::CannotTell, vec!["not_yet"]));
    let mut later = scene();
    later.view = View::fresh("2027-02-01T04:00:00Z".parse().unwrap(), 1);
    later.day = day("2027-01-31");
    assert_eq!(later.gives(), (Outcome::Valid, vec![]));
    later.day = day("2027-02-01");
    assert_eq!(later.gives(), (Outcome::Expired, vec!["code_expired"]));
    assert_eq!(later.verdict().reasons[0].date, Some(day("2027-01-31")));
    let suspended = later.set(Kind::Code, "status", "suspended".into());
    assert_eq!(suspended.gives().1, ["code_suspended", "code_expired"]);
    // Once it has ended, its term says nothing more.
    let withdrawn = later.set(Kind::Code, "status", "withdrawn".into());
    assert_eq!(withdrawn.gives().1, ["code_withdrawn"]);
    let mut entered_later = scene();
    entered_later.code.as_mut().unwrap().valid_from = day("2026-11-23");
    assert_eq!(entered_later.gives(), (Outcome::CannotTell, vec!["not_yet"]));
    assert_eq!(entered_later.verdict().reasons[0].date, Some(day("2026-11-23")));
}

#[test]
fn a_code_that_ended_says_when_and_why() {
    for (status, outcome, zh, word) in [
        (
            "suspended",
            Outcome::Suspended,
            "暂停：登记自2026-01-01起暂停，原因：整改中（示例决定〔2026〕3号）。",
            "暂停",
        ),
        (
            "withdrawn",
            Outcome::Withdrawn,
            "已撤销：登记自2026-01-01起不再有效，原因：整改中（示例决定〔2026〕3号）。",
            "已撤销",
        ),
        (
            "cancelled",
            Outcome::Withdrawn,
            "已注销：登记自2026-01-01起不再有效，原因：整改中（示例决定〔2026〕3号）。",
            "已注销",
        ),
        ("superseded", Outcome::Superseded, "已被替代：请查看新的登记。", "已被替代"),
    ] {
        let mut scene = scene().set(Kind::Code, "status", status.into()).set(
            Kind::Code,
            "decision",
            "示例决定〔2026〕3号".into(),
        );
        scene.code.as_mut().unwrap().reason.text = Some("整改中".to_owned());
        let verdict = scene.verdict();
        assert_eq!(verdict.outcome, outcome);
        assert_eq!(verdict.sentence(Lang::ZhHans), zh);
        assert_eq!(verdict.word(Lang::ZhHans), word);
        assert_eq!(verdict.reasons[0].source.as_ref().map(|s| s.id.as_str()), Some("list"));
    }
}

#[test]
fn the_record_of_another_code_is_not_taken_for_this_ones() {
    let mut scene = scene();
    scene.code.as_mut().unwrap().key = "7K3QMX9D2RTH".to_owned();
    assert_eq!(scene.gives(), (Outcome::CannotTell, vec!["unchecked"]));
    let mut scene = self::scene();
    scene.code.as_mut().unwrap().kind = Kind::Product;
    assert_eq!(scene.gives(), (Outcome::CannotTell, vec!["unchecked"]));
}

#[test]
fn a_unit_code_stands_by_its_batch_and_falls_by_itself() {
    let mut scene = scene();
    scene.asked = CreditCode::mint_unit([5; 16]);
    let pepper = Pepper::new([1; 32]);
    let hash = pepper.hash(&scene.asked);
    let batch = Batch::new([hash]).key();
    scene.code.as_mut().unwrap().key.clone_from(&batch);
    assert_eq!(scene.gives(), (Outcome::Valid, vec![]));
    let mut unit = scene.code.clone().unwrap();
    unit.key = unit_key(&batch, &hash);
    scene.unit = Some(unit.clone());
    assert_eq!(scene.gives(), (Outcome::Valid, vec![]));
    change(&mut unit, "status", "withdrawn".into());
    scene.unit = Some(unit.clone());
    assert_eq!(scene.gives(), (Outcome::Withdrawn, vec!["code_withdrawn"]));
    change(&mut unit, "status", "draft".into());
    scene.unit = Some(unit.clone());
    assert_eq!(scene.gives(), (Outcome::Unknown, vec!["draft"]));
    change(&mut unit, "status", "valid".into());
    unit.key = unit_key("U-0000000000000000", &hash);
    scene.unit = Some(unit.clone());
    assert_eq!(scene.gives(), (Outcome::CannotTell, vec!["unchecked"]));
    unit.key = unit_key(&batch, &hash);
    unit.kind = Kind::Product;
    scene.unit = Some(unit);
    assert_eq!(scene.gives(), (Outcome::CannotTell, vec!["unchecked"]));
    scene.unit = None;
    // A unit code recorded by itself, as a statement may be about; a model code's record is none.
    scene.code.as_mut().unwrap().key = scene.asked.to_string();
    assert_eq!(scene.gives(), (Outcome::Valid, vec![]));
    scene.code.as_mut().unwrap().key = RESERVED.to_owned();
    assert_eq!(scene.gives(), (Outcome::CannotTell, vec!["unchecked"]));
}

fn statement(gtin: Option<&str>, from: &str, to: &str) -> Statement {
    let key = SecretKey::from_bytes(Algorithm::Ed25519, &[7; 32]).unwrap();
    let gtin = gtin.map(|gtin| Gtin::parse(gtin).unwrap());
    Statement::sign(CreditCode::parse(RESERVED).unwrap(), gtin, day(from), day(to), &key).unwrap()
}

#[test]
fn a_signed_statement_is_worth_what_its_signature_and_key_are() {
    let key = SecretKey::from_bytes(Algorithm::Ed25519, &[7; 32]).unwrap().public_key().id();
    let signed = statement(Some("09521234543213"), "2026-11-22", "2026-11-22");
    let with = |state| Scene { statement: Some((signed.clone(), state)), ..scene() };
    let revoked = Standing::Revoked(day("2026-05-01"));
    assert_eq!(with(SignatureState::Verified(key)).gives(), (Outcome::Valid, vec![]));
    let later = with(SignatureState::RevokedLater(key, day("2026-11-23")));
    assert_eq!(later.gives(), (Outcome::ValidButNotice, vec!["key_revoked_later"]));
    assert_eq!(later.verdict().reasons[0].date, Some(day("2026-11-23")));
    assert_eq!(later.verdict().reasons[0].get("key"), Some(key.to_string().as_str()));
    let unknown = with(SignatureState::UnknownKey(0x0a0b));
    assert_eq!(unknown.gives(), (Outcome::CannotTell, vec!["unknown_key"]));
    assert_eq!(unknown.verdict().reasons[0].get("key"), Some("0a0b"));
    let unchecked = with(SignatureState::Unchecked(0x0a0b));
    assert_eq!(unchecked.gives(), (Outcome::CannotTell, vec!["signature_unchecked"]));
    assert_eq!(unchecked.verdict().reasons[0].get("key"), Some("0a0b"));
    let forged = with(SignatureState::DoesNotVerify);
    assert_eq!(forged.gives(), (Outcome::Malformed, vec!["signature_mismatch"]));
    assert!(forged.verdict().sentence(Lang::ZhHans).contains("签名不符"));
    for standing in
        [revoked, Standing::Over(day("2026-05-01")), Standing::NotYet(day("2026-05-01"))]
    {
        let not_then = with(SignatureState::NotInForce(key, standing));
        assert_eq!(not_then.gives(), (Outcome::Malformed, vec!["key_not_in_force"]));
        assert_eq!(not_then.verdict().reasons[0].date, Some(day("2026-05-01")));
        assert!(not_then.verdict().sentence(Lang::ZhHant).contains("簽名不符"));
    }
    let mut offline = with(SignatureState::Verified(key));
    offline.view.offline = true;
    assert_eq!(offline.gives(), (Outcome::CannotTell, vec!["offline"]));
    // A statement about a code nobody recorded.
    let mut unknown = with(SignatureState::Verified(key));
    unknown.code = None;
    assert_eq!(unknown.gives(), (Outcome::Unknown, vec!["no_record"]));
}

#[test]
fn a_signed_statement_holds_in_its_days_and_for_its_barcode() {
    let key = SecretKey::from_bytes(Algorithm::Ed25519, &[7; 32]).unwrap().public_key().id();
    let verified = SignatureState::Verified(key);
    let with = |s: Statement| Scene { statement: Some((s, verified)), ..scene() }.gives();
    assert_eq!(with(statement(None, "2026-11-01", "2026-11-22")), (Outcome::Valid, vec![]));
    let expired = with(statement(None, "2026-11-01", "2026-11-21"));
    assert_eq!(expired, (Outcome::Expired, vec!["statement_expired"]));
    let early = with(statement(None, "2026-11-23", "2026-12-01"));
    assert_eq!(early, (Outcome::CannotTell, vec!["not_yet"]));
    let other = with(statement(Some("9506000134352"), "2026-11-01", "2026-11-22"));
    assert_eq!(other, (Outcome::ValidButNotice, vec!["gtin_differs"]));
}

//! The deciding listing, its scheme, and the others.

use super::*;

#[test]
fn a_product_to_which_nothing_was_granted_is_never_plainly_valid() {
    let scene = scene().without(Kind::Listing);
    assert_eq!(scene.gives(), (Outcome::ValidButNotice, vec!["no_listing"]));
    let of_another = scene.with(listing("foshan-standard/2", "foshan-standard", "valid"));
    let of_another = of_another.set(
        Kind::Listing,
        "subject",
        json!({ "kind": "product", "key": "p-000000000000" }),
    );
    assert_eq!(of_another.gives().1, ["no_listing"]);
    let named = Scene { named: Some("foshan-standard/2"), ..of_another };
    assert_eq!(named.gives(), (Outcome::CannotTell, vec!["unchecked"]));
}

#[test]
fn the_deciding_listing_is_the_valid_one_granted_last() {
    let mut older = listing("foshan-standard/A", "foshan-standard", "valid");
    change(&mut older, "granted_on", "2021-01-01".into());
    let withdrawn = listing("foshan-standard/B", "foshan-standard", "withdrawn");
    let all = scene().with(older).with(withdrawn);
    let refs: Vec<&Entry> = all.records.iter().collect();
    let key = |records: &[&Entry]| {
        deciding(PRODUCT, records, all.day).map(|entry| entry.key.clone()).unwrap_or_default()
    };
    assert_eq!(key(&refs), "foshan-standard/FSB-2023-0012");
    assert_eq!(deciding("p-000000000000", &refs, all.day), None);
    // What is not yet in the register on the day does not count.
    assert_eq!(deciding(PRODUCT, &refs, day("2025-12-31")), None);
    // Of two equal in everything else the first key.
    let twin = listing("foshan-standard/FSB-2023-0011", "foshan-standard", "valid");
    assert_eq!(key(&[&refs[..], &[&twin]].concat()), "foshan-standard/FSB-2023-0011");
}

#[test]
fn where_every_listing_has_ended_the_worst_end_decides() {
    let of = |statuses: &[&str]| {
        let mut scene = scene().without(Kind::Listing);
        for (n, status) in statuses.iter().enumerate() {
            let mut entry = listing(&format!("foshan-standard/{n}"), "foshan-standard", status);
            // The worse, the longer ago: the day must not decide.
            change(&mut entry, "granted_on", format!("202{}-01-01", n + 1).into());
            if *status == "valid" {
                change(&mut entry, "valid_until", "2026-11-21".into());
            }
            scene.records.push(entry);
        }
        scene.gives().0
    };
    assert_eq!(of(&["withdrawn", "suspended", "valid", "replaced", "?"]), Outcome::Withdrawn);
    assert_eq!(of(&["cancelled", "suspended"]), Outcome::Withdrawn);
    assert_eq!(of(&["exited", "suspended"]), Outcome::Withdrawn);
    assert_eq!(of(&["suspended", "valid", "replaced", "?"]), Outcome::Suspended);
    assert_eq!(of(&["valid", "replaced", "?"]), Outcome::Expired);
    assert_eq!(of(&["replaced", "?"]), Outcome::Superseded);
    assert_eq!(of(&["?"]), Outcome::CannotTell);
}

#[test]
fn the_listing_that_is_named_decides_and_the_others_are_reasons() {
    let other =
        |status: &str| scene().with(listing("foshan-standard/2", "foshan-standard", status));
    for (status, word) in [("suspended", "暂停"), ("withdrawn", "撤销"), ("exited", "退出")] {
        let scene = other(status);
        assert_eq!(scene.gives(), (Outcome::ValidButNotice, vec!["other_listing"]));
        let zh = scene.verdict().reasons[0].text(Lang::ZhHans);
        assert_eq!(zh, format!("本产品的另一项获证（上榜）自2026-01-01起{word}"));
        let named = Scene { named: Some("foshan-standard/2"), ..scene };
        assert!(named.gives().0 >= Outcome::Suspended);
    }
    for status in ["cancelled", "replaced", "valid"] {
        assert_eq!(other(status).gives(), (Outcome::Valid, vec![]), "{status}");
    }
}

#[test]
fn the_listing_the_code_names_decides_before_any_other() {
    let names = |key: &str| scene().set(Kind::Code, "listing", key.into());
    assert_eq!(names("foshan-standard/FSB-2023-0012").gives(), (Outcome::Valid, vec![]));
    let suspended = listing("foshan-standard/2", "foshan-standard", "suspended");
    let both = names("foshan-standard/2").with(suspended.clone());
    assert_eq!(both.gives(), (Outcome::Suspended, vec!["listing_suspended"]));
    let other_way = Scene { named: Some("foshan-standard/FSB-2023-0012"), ..both };
    assert_eq!(other_way.gives(), (Outcome::Suspended, vec!["listing_suspended"]));
    // One that is named and not there was not checked.
    let missing = names("foshan-standard/3");
    assert_eq!(missing.gives(), (Outcome::CannotTell, vec!["unchecked"]));
    let record = missing.verdict().reasons[0].record.clone();
    assert_eq!(record, Some((Kind::Listing, "foshan-standard/3".to_owned())));
    // A listing of the holder stands behind the code only where the code names it.
    let mut of_holder = listing("foshan-standard/4", "foshan-standard", "valid");
    change(&mut of_holder, "subject", json!({ "kind": "enterprise", "key": HOLDER }));
    assert_eq!(
        names("foshan-standard/4").with(of_holder.clone()).gives(),
        (Outcome::Valid, vec![])
    );
    let only_given = Scene { named: Some("foshan-standard/4"), ..scene().with(of_holder.clone()) };
    assert_eq!(only_given.gives(), (Outcome::CannotTell, vec!["unchecked"]));
    change(&mut of_holder, "subject", json!({ "kind": "enterprise", "key": "91440606722473344C" }));
    let of_another = names("foshan-standard/4").with(of_holder);
    assert_eq!(of_another.gives(), (Outcome::CannotTell, vec!["unchecked"]));
}

#[test]
fn a_named_listing_may_be_handed_over_apart_from_the_records() {
    let apart = listing("foshan-standard/9", "foshan-standard", "withdrawn");
    let scene = scene().set(Kind::Code, "listing", "foshan-standard/9".into());
    let refs: Vec<&Entry> = scene.records.iter().collect();
    let question = Question {
        code: scene.code.as_ref(),
        listing: Some(&apart),
        records: &refs,
        ..Question::new(Asked::Code(&scene.asked), scene.view, scene.day)
    };
    assert_eq!(judge(&question).outcome, Outcome::Withdrawn);
    let other = listing("foshan-standard/8", "foshan-standard", "valid");
    assert_eq!(judge(&Question { listing: Some(&other), ..question }).outcome, Outcome::CannotTell);
}

#[test]
fn a_listing_says_when_and_why_it_ended() {
    let ended = |status: &str| {
        scene()
            .set(Kind::Listing, "status", status.into())
            .set(Kind::Listing, "exit_reason", "failed_inspection".into())
            .set(
                Kind::Listing,
                "decision",
                json!({ "number": "示例〔2026〕1号", "date": "2026-09-30" }),
            )
            .verdict()
    };
    let withdrawn = ended("withdrawn");
    let zh = "已撤销：登记自2026-09-30起不再有效，原因：抽查不合格（示例〔2026〕1号）。";
    assert_eq!(withdrawn.sentence(Lang::ZhHans), zh);
    let en = "No longer valid since 2026-09-30 (withdrawn): failed inspection (示例〔2026〕1号).";
    assert_eq!(withdrawn.sentence(Lang::En), en);
    let cancelled = ended("cancelled");
    assert_eq!(cancelled.word(Lang::En), "Cancelled");
    assert!(cancelled.sentence(Lang::En).contains("(cancelled)"));
    let exited = ended("exited");
    assert_eq!(exited.word(Lang::ZhHant), "已退出");
    let hant = "已退出：登記自2026-09-30起不再有效，原因：抽查不合格（示例〔2026〕1号）。";
    assert_eq!(exited.sentence(Lang::ZhHant), hant);
    let suspended = ended("suspended");
    let zh = "暂停：登记自2026-09-30起暂停，原因：抽查不合格（示例〔2026〕1号）。";
    assert_eq!(suspended.sentence(Lang::ZhHans), zh);
    assert_eq!(ended("replaced").outcome, Outcome::Superseded);
    let expired = scene().set(Kind::Listing, "valid_until", "2026-11-21".into()).verdict();
    let zh = "已过期：登记有效期至2026-11-21，此后未见续期。";
    assert_eq!(expired.sentence(Lang::ZhHans), zh);
    assert_eq!(expired.word(Lang::En), "Expired");
}

#[test]
fn a_listing_begins_on_the_later_of_its_days() {
    let with = |field, text: &str| scene().set(Kind::Listing, field, text.into()).gives();
    assert_eq!(with("granted_on", "2026-11-22"), (Outcome::Valid, vec![]));
    assert_eq!(with("granted_on", "2026-11-23"), (Outcome::CannotTell, vec!["not_yet"]));
    assert_eq!(with("valid_from", "2026-11-22"), (Outcome::Valid, vec![]));
    assert_eq!(with("valid_from", "2026-11-23"), (Outcome::CannotTell, vec!["not_yet"]));
    // A named listing that is not yet in the register on the day is passed over.
    let mut later = scene();
    later.named = Some("foshan-standard/FSB-2023-0012");
    later.records[3].valid_from = day("2026-11-23");
    assert_eq!(later.gives(), (Outcome::ValidButNotice, vec!["no_listing"]));
}

#[test]
fn a_former_honour_never_covers_a_withdrawal() {
    let mut honour = listing("honour/1", "honour", "valid");
    change(&mut honour, "granted_on", "2015-01-01".into());
    change(&mut honour, "valid_until", "2028-01-01".into());
    for (status, reason) in
        [("historical", "historical_scheme"), ("superseded", "superseded_scheme")]
    {
        let scheme = entry(Kind::Scheme, "honour", json!({ "status": status }));
        let both = scene().with(scheme.clone()).with(honour.clone());
        assert_eq!(both.gives(), (Outcome::Valid, vec![]));
        let withdrawn = both.set(Kind::Listing, "status", "withdrawn".into());
        assert_eq!(withdrawn.gives(), (Outcome::Withdrawn, vec!["listing_withdrawn"]));
        let alone = scene().without(Kind::Listing).with(scheme).with(honour.clone());
        assert_eq!(alone.gives(), (Outcome::ValidButNotice, vec![reason]));
    }
}

#[test]
fn a_scheme_of_former_times_or_unknown_standing_is_said_to_be_so() {
    let text = |scene: &Scene, lang| scene.verdict().reasons[0].text(lang);
    let with = |status: &str| scene().set(Kind::Scheme, "status", status.into());
    let historical = with("historical");
    assert_eq!(historical.gives().0, Outcome::ValidButNotice);
    assert_eq!(text(&historical, Lang::ZhHans), "历史荣誉，现已不再评选（2026–2028年）");
    let one = historical.set(Kind::Listing, "valid_until", "2026-12-31".into());
    assert_eq!(text(&one, Lang::En), "a former honour (2026), no longer awarded");
    let endless = historical.set(Kind::Listing, "valid_until", Value::Null);
    assert_eq!(text(&endless, Lang::ZhHant), "歷史榮譽，現已不再評選（2026年）");
    let bare = endless.set(Kind::Listing, "granted_on", Value::Null);
    assert_eq!(text(&bare, Lang::ZhHans), "历史荣誉，现已不再评选");
    let only_end = historical.set(Kind::Listing, "granted_on", Value::Null);
    assert_eq!(text(&only_end, Lang::ZhHans), "历史荣誉，现已不再评选（2028年）");
    let unverified = with("unverified");
    assert_eq!(text(&unverified, Lang::ZhHans), "现行状态未核实");
    for (policy, year) in [
        ("gd-2016-quality-province", Some("2016")),
        ("粤质监〔1998〕12号", Some("1998")),
        ("国发〔2023〕1号", Some("2023")),
        ("12345-2016", Some("2016")),
        ("3016", None),
        ("示例办法", None),
    ] {
        let based = unverified.set(Kind::Scheme, "legal_basis", json!([{ "policy": policy }]));
        assert_eq!(based.verdict().reasons[0].get("year"), year, "{policy}");
    }
    let based = unverified.set(Kind::Scheme, "legal_basis", json!([{ "policy": "gd-2016-x" }]));
    assert_eq!(text(&based, Lang::ZhHans), "依据2016年文件，现行状态未核实");
    let superseded = with("superseded").set(Kind::Scheme, "successor", "next".into());
    assert_eq!(superseded.verdict().reasons[0].get("successor"), Some("next"));
}

#[test]
fn a_grant_outside_its_schemes_dates_is_pointed_out() {
    let granted = |text: &str| {
        scene()
            .set(Kind::Scheme, "starts_on", "2020-10-14".into())
            .set(Kind::Scheme, "ends_on", "2025-10-14".into())
            .set(Kind::Listing, "granted_on", text.into())
            .gives()
    };
    let outside = (Outcome::ValidButNotice, vec!["outside_scheme_dates"]);
    assert_eq!(granted("2020-10-13"), outside);
    assert_eq!(granted("2020-10-14"), (Outcome::Valid, vec![]));
    assert_eq!(granted("2025-10-14"), (Outcome::Valid, vec![]));
    assert_eq!(granted("2025-10-15"), outside);
}

#[test]
fn a_mark_ends_with_its_listing() {
    let licence = json!({ "number": "BS-2023-0012", "valid_until": "2026-11-22" });
    let marked = scene().set(Kind::Listing, "mark_licence", licence);
    assert_eq!(marked.gives(), (Outcome::Valid, vec![]));
    let suspended = marked.set(Kind::Listing, "status", "suspended".into());
    let both = vec!["listing_suspended", "mark_without_listing"];
    assert_eq!(suspended.gives(), (Outcome::Suspended, both.clone()));
    assert_eq!(
        suspended.verdict().reasons[1].text(Lang::ZhHans),
        "专用标识许可BS-2023-0012随之不得再使用"
    );
    let endless = suspended.set(Kind::Listing, "mark_licence", json!({ "number": "BS-1" }));
    assert_eq!(endless.gives().1, both);
    let licence = json!({ "number": "BS-1", "valid_until": "2026-11-21" });
    let over = suspended.set(Kind::Listing, "mark_licence", licence);
    assert_eq!(over.gives().1, ["listing_suspended"]);
}

#[test]
fn a_licence_the_product_needs_and_that_ran_out_is_pointed_out() {
    for scheme in ["ccc", "production-licence"] {
        let licence = |key: &str, until: &str, subject: Value| {
            let mut entry = listing(key, scheme, "valid");
            change(&mut entry, "valid_until", until.into());
            change(&mut entry, "subject", subject);
            entry
        };
        let named = Scene { named: Some("foshan-standard/FSB-2023-0012"), ..scene() };
        let product = json!({ "kind": "product", "key": PRODUCT });
        let holder = json!({ "kind": "enterprise", "key": HOLDER });
        let other = json!({ "kind": "enterprise", "key": "91440606722473344C" });
        let out = (Outcome::ValidButNotice, vec!["licence_expired"]);
        for subject in [&product, &holder] {
            let expired = named.with(licence("l/1", "2026-11-21", subject.clone()));
            assert_eq!(expired.gives(), out);
            assert_eq!(expired.verdict().reasons[0].date, Some(day("2026-11-21")));
            let renewed = expired.with(licence("l/2", "2027-11-21", subject.clone()));
            assert_eq!(renewed.gives(), (Outcome::Valid, vec![]));
            let running = named.with(licence("l/1", "2026-11-22", subject.clone()));
            assert_eq!(running.gives(), (Outcome::Valid, vec![]));
        }
        let elsewhere = named.with(licence("l/1", "2026-11-21", other));
        assert_eq!(elsewhere.gives(), (Outcome::Valid, vec![]));
    }
}

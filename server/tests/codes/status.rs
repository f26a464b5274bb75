//! Suspended, restored, withdrawn, cancelled.

use crate::desk::Desk;

fn issued(desk: &Desk) -> String {
    let issued = desk.run(&["code", "issue", "--product", &desk.product()]).done();
    issued.value("code").to_owned()
}

#[test]
fn a_code_goes_through_its_life_and_what_ended_stays_ended() {
    let desk = Desk::new();
    let code = issued(&desk);
    let status = |desk: &Desk| desk.show("code", &code)["record"]["status"].clone();
    let change = |words: &[&str]| desk.run(&[&["code"], words].concat());
    let size = desk.size();
    change(&["suspend", &code, "--reason", "抽查不合格", "--decision", "示例〔2026〕3号"]).done();
    assert_eq!(status(&desk), "suspended");
    let record = desk.show("code", &code);
    assert_eq!(record["record"]["decision"], "示例〔2026〕3号");
    // The same again writes nothing.
    let again = change(&["suspend", &code, "--reason", "抽查不合格"]).done();
    assert!(again.value("note").contains("nothing was written"));
    assert_eq!(desk.size(), size + 1);
    // A suspension is not got round by a new code.
    let product = record["record"]["product"].as_str().expect("a product").to_owned();
    desk.run(&["code", "issue", "--product", &product]).refused("is suspended");
    change(&["restore", &code, "--reason", "复查合格"]).done();
    assert_eq!(status(&desk), "valid");
    assert!(desk.show("code", &code)["record"]["decision"].is_null());
    change(&["withdraw", &code, "--reason", "材料不实"]).done();
    assert_eq!(status(&desk), "withdrawn");
    let size = desk.size();
    change(&["restore", &code, "--reason", "想恢复"]).refused("is withdrawn, not suspended");
    change(&["suspend", &code, "--reason", "再暂停"]).refused("E12");
    change(&["cancel", &code, "--reason", "再注销"]).refused("E12");
    change(&["activate", &code]).refused("is withdrawn, not draft");
    assert_eq!(desk.size(), size);
    // Now the product may have a new one.
    desk.run(&["code", "issue", "--product", &product]).done();
    let history: serde_json::Value =
        serde_json::from_str(&desk.run(&["show", "code", &code, "--history"]).done().out)
            .expect("JSON");
    let reasons: Vec<&str> = history
        .as_array()
        .expect("entries")
        .iter()
        .filter_map(|entry| entry["reason"]["code"].as_str())
        .collect();
    assert_eq!(reasons, ["granted", "suspended", "reinstated", "withdrawn"]);
}

#[test]
fn a_change_needs_a_reason_and_a_code_that_was_issued() {
    let desk = Desk::new();
    let code = issued(&desk);
    let size = desk.size();
    for words in [&["suspend", &code][..], &["cancel", &code, "--reason", ""], &["withdraw"]] {
        assert_eq!(desk.run(&[&["code"], words].concat()).code, Some(2), "{words:?}");
    }
    let suspend = |code: &str, more: &[&str]| {
        desk.run(&[&["code", "suspend", code, "--reason", "试"], more].concat())
    };
    suspend("44M3QMX9D2R4", &[]).refused("no code 44M3-QMX9-D2R4 was issued");
    suspend("44M3QMX9D2R", &[]).refused("12 or 16 characters");
    suspend("U-0123456789abcdef", &[]).refused("no record");
    suspend(&code, &["--on", "2999-01-01"]).refused("yet to come");
    suspend(&code, &["--on", "2020-01-01"]).refused("cannot begin before");
    assert_eq!(desk.size(), size);
}

#[test]
fn the_verdict_follows_at_once() {
    let desk = Desk::new();
    let code = issued(&desk);
    let outcome = || {
        let verdict = desk.run(&["verify", &code, "--json"]).out;
        let verdict: serde_json::Value = serde_json::from_str(&verdict).expect("JSON");
        verdict["outcome"].as_str().expect("an outcome").to_owned()
    };
    let before = outcome();
    desk.run(&["code", "suspend", &code, "--reason", "试"]).done();
    let listed = desk.run(&["code", "list", "--status", "suspended"]).done();
    assert!(listed.out.contains(&code), "{listed:?}");
    let suspended = outcome();
    desk.run(&["code", "withdraw", &code, "--reason", "试"]).done();
    assert_eq!(outcome(), "withdrawn", "before: {before}, suspended: {suspended}");
}

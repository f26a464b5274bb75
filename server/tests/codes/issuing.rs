//! Issuing and printing model codes.

use register::code::CreditCode;

use crate::desk::Desk;

#[test]
fn a_product_gets_one_code_however_often_it_is_issued() {
    let desk = Desk::new();
    let product = desk.product();
    let before = desk.size();
    let issued = desk.run(&["code", "issue", "--product", &product]).done();
    let code = CreditCode::parse(issued.value("code")).expect("a code");
    assert_eq!(issued.value("url"), format!("https://quality.example/q/{code}"));
    assert_eq!(issued.value("printed"), format!("as  {}", code.grouped()));
    // The code, and once the source such entries rest on.
    assert_eq!(desk.size(), before + 2);
    let record = desk.show("code", code.as_str());
    let body = &record["record"];
    assert_eq!((&body["level"], &body["status"]), (&"M".into(), &"valid".into()));
    assert_eq!(body["product"], product);
    assert!(!body["expected_pack"].as_array().expect("lines").is_empty(), "{body}");
    let holder = desk.show("enterprise", body["holder"].as_str().expect("a holder"));
    let place = holder["record"]["place"].as_str().expect("a place");
    assert_eq!(code.province(), place.get(..2));
    let again = desk.run(&["code", "issue", "--product", &product]).done();
    assert_eq!(again.value("code"), code.as_str());
    assert!(again.value("note").contains("already"));
    assert_eq!(desk.size(), before + 2);
    // The register stays wholly made up: its own acts are too.
    assert_eq!(desk.show("source", "own-acts")["record"]["sample"], true);
    let further = desk.run(&["code", "issue", "--product", &product, "--again"]).done();
    assert_ne!(further.value("code"), code.as_str());
    assert_eq!(desk.size(), before + 3);
}

#[test]
fn a_new_code_may_take_the_place_of_an_old_one_in_one_step() {
    let desk = Desk::new();
    let product = desk.product();
    let old = desk.run(&["code", "issue", "--product", &product]).done();
    let old = old.value("code").to_owned();
    let size = desk.size();
    let new = desk
        .run(&["code", "issue", "--product", &product, "--replacing", &old.to_lowercase()])
        .done();
    assert_eq!(desk.size(), size + 2);
    assert_eq!(desk.show("code", &old)["record"]["status"], "superseded");
    assert_eq!(desk.show("code", new.value("code"))["record"]["status"], "valid");
    // An ended code cannot be replaced again, and then nothing is issued.
    desk.run(&["code", "issue", "--product", &product, "--replacing", "44M3QMX9D2R4"])
        .refused("no code 44M3-QMX9-D2R4 was issued");
    assert_eq!(desk.size(), size + 2);
}

#[test]
fn what_cannot_be_issued_is_refused_with_a_reason() {
    let desk = Desk::new();
    let product = desk.product();
    let size = desk.size();
    let issue = |more: &[&str]| desk.run(&[&["code", "issue"], more].concat());
    issue(&["--product", "p-000000000000"]).refused("there is no product p-000000000000");
    issue(&["--product", &product, "--listing", "no/such"]).refused("there is no listing no/such");
    issue(&["--product", &product, "--expires", "2020-01-01"]).refused("expired on 2020-01-01");
    issue(&["--product", &product, "--province", "4A"]).refused("two digits of a province");
    issue(&["--product", &product, "--count", "5"]).refused("--level unit");
    let missing = issue(&["--product", &product, "--register", "none.db"]);
    missing.refused("there is no register at none.db");
    for usage in [&["--level", "unit", "--product", "p"][..], &["--product", "p", "--count", "0"]] {
        assert_eq!(issue(usage).code, Some(2), "{usage:?}");
    }
    assert_eq!(desk.size(), size);
}

#[test]
fn terms_and_redress_are_on_record() {
    let desk = Desk::new();
    let product = desk.product();
    let issued = desk
        .run(&[
            "code",
            "issue",
            "--product",
            &product,
            "--expires",
            "2099-12-31",
            "--pack",
            "示例一",
            "--pack",
            "示例二",
            "--pay-first",
            "--insurer",
            "示例保险",
            "--policy-number",
            "P1",
            "--limit-yuan",
            "1000",
            "--insured-until",
            "2099-01-01",
            "--claim-url",
            "https://claims.example/1",
            "--issuer",
            "示例机关",
            "--draft",
        ])
        .done();
    let code = issued.value("code").to_owned();
    let record = desk.show("code", &code);
    let body = &record["record"];
    assert_eq!(body["expected_pack"], serde_json::json!(["示例一", "示例二"]));
    assert_eq!(
        body["redress"],
        serde_json::json!({
            "pay_first": true, "insurer": "示例保险", "policy_number": "P1", "limit_fen": 100_000,
            "valid_until": "2099-01-01", "claim_url": "https://claims.example/1",
        })
    );
    assert_eq!((&body["issuer"], &body["status"]), (&"示例机关".into(), &"draft".into()));
    desk.run(&["code", "activate", &code]).done();
    assert_eq!(desk.show("code", &code)["record"]["status"], "valid");
    desk.run(&["code", "activate", &code]).done();
}

#[test]
fn a_code_leads_to_the_sections_of_its_holders_credit_file() {
    let desk = Desk::new();
    let product = desk.product();
    let sections = |more: &[&str]| -> Vec<String> {
        let issue = ["code", "issue", "--product", &product, "--again"];
        let issued = desk.run(&[&issue[..], more].concat()).done();
        let record = desk.show("code", issued.value("code"));
        let body = &record["record"];
        let lines = body["credit_sections"].as_array().cloned().unwrap_or_default();
        for line in &lines {
            // Nothing that a later record could make untrue, or that may be published for a time only.
            assert_eq!(line["text"], "见持有人信用档案");
            assert_eq!((&line["source"], &line["date"]), (&body["issuer"], &body["issued_on"]));
        }
        lines.iter().map(|line| line["section"].as_str().expect("a section").to_owned()).collect()
    };
    let all = ["inspections", "certificates", "honours", "penalties", "recalls"];
    assert_eq!(sections(&[]), all);
    assert_eq!(
        sections(&["--credit-sections", "recalls, inspections,recalls"]),
        ["inspections", "recalls"]
    );
    assert!(sections(&["--credit-sections", "none"]).is_empty());
    for (bad, words) in [
        ("complaints", "this register holds no complaints"),
        ("prizes", "there is no section \"prizes\""),
        ("", "there is no section \"\""),
        ("none,recalls", "there is no section \"none\""),
    ] {
        let refused = desk.run(&["code", "issue", "--product", &product, "--credit-sections", bad]);
        assert_eq!(refused.code, Some(2), "{bad}");
        assert!(refused.err.contains(words), "{refused:?}");
    }
    // A batch of unit codes has them too.
    let unit = [
        "code",
        "issue",
        "--product",
        &product,
        "--level",
        "unit",
        "--count",
        "2",
        "--out",
        "u.csv",
    ];
    let issued = desk.run(&unit).done();
    let lines = desk.show("code", issued.value("batch"))["record"]["credit_sections"].clone();
    assert_eq!(lines.as_array().map(Vec::len), Some(all.len()));
}

#[test]
fn a_label_is_drawn_in_three_forms_and_only_for_a_code_of_the_register() {
    let desk = Desk::new();
    let code = desk.run(&["code", "issue", "--product", &desk.product()]).done();
    let code = CreditCode::parse(code.value("code")).expect("a code");
    for (out, begins) in [("a.svg", &b"<svg "[..]), ("a.png", b"\x89PNG"), ("a.html", b"<!doct")] {
        let drawn = desk.run(&["code", "label", &code.grouped(), "--out", out]).done();
        assert!(drawn.value("symbol").contains("29×29"), "{drawn:?}");
        let bytes = std::fs::read(desk.path(out)).expect("the label");
        assert!(bytes.starts_with(begins), "{out}");
    }
    let label = |args: &[&str]| desk.run(&[&["code", "label"], args].concat());
    label(&["44M3QMX9D2R4", "--out", "b.svg"]).refused("was not issued by the register");
    label(&["44M3QMX9D2R5", "--out", "b.svg"]).refused("check character");
    label(&[code.as_str(), "--out", "b.pdf"]).refused(".svg, .png or .html");
    label(&[code.as_str(), "--size", "9", "--out", "b.svg"]).refused("needs 15 mm or more");
    assert!(!desk.path("b.svg").exists());
    let large = label(&[code.as_str(), "--ec", "h", "--size", "40", "--out", "b.svg"]).done();
    assert!(large.value("symbol").starts_with("version 5"), "{large:?}");
    // Without an origin the label is drawn, and the operator told where it leads.
    let mut command = desk.command(&["code", "label", code.as_str(), "--out", "c.svg"]);
    let output = command.env_remove("LIANGBIAO_ORIGIN").output().expect("the command");
    assert!(String::from_utf8_lossy(&output.stderr).contains("http://127.0.0.1:3000"));
    assert!(output.status.success());
}

#[test]
fn offices_that_issue_at_the_same_moment_issue_one_code() {
    let desk = Desk::new();
    let product = desk.product();
    let size = desk.size();
    let running: Vec<_> = (0..4)
        .map(|_| {
            desk.command(&["code", "issue", "--product", &product])
                .stdout(std::process::Stdio::piped())
                .spawn()
                .expect("the command")
        })
        .collect();
    let mut printed: Vec<String> = running
        .into_iter()
        .map(|child| {
            let output = child.wait_with_output().expect("an answer");
            assert!(output.status.success());
            let text = String::from_utf8(output.stdout).expect("UTF-8");
            text.lines().next().expect("a line").to_owned()
        })
        .collect();
    printed.dedup();
    assert_eq!(printed.len(), 1, "{printed:?}");
    assert_eq!(desk.size(), size + 2);
}

//! A record that is contested: its pages say so calmly, its verdict stays, and the log tells when it was.

use register::{CaseRef, Draft, Kind, Reason, ReasonCode};
use serde_json::Value;
use server::store::Register;

use crate::fixture::{HOLDER, PRODUCT, Site, drafts};
use crate::verify::{code, records};

/// The mark, or its end, as the desk publishes it.
fn mark(of: &Draft, outcome: Option<&str>) -> Draft {
    let code = match outcome {
        None => ReasonCode::Contested,
        Some(_) => ReasonCode::ContestClosed,
    };
    let case = CaseRef {
        number: "26-0017".to_owned(),
        what: "facts".to_owned(),
        basis: "open-information-41".to_owned(),
        due_on: Some("2026-12-11".parse().expect("a day")),
        words: match outcome {
            None => "企业认为型号有误，正在核实。".to_owned(),
            Some(_) => "案件已办结，结果：不采纳。".to_owned(),
        },
        outcome: outcome.map(str::to_owned),
    };
    let reason = Reason { code, text: of.reason.text.clone(), case: Some(case) };
    Draft { reason, ..of.clone() }
}

fn of(kind: Kind, key: &str, all: &[Draft]) -> Draft {
    all.iter().find(|one| one.kind == kind && one.key == key).expect("a record").clone()
}

async fn json(site: &Site, path: &str) -> Value {
    site.get(path).await.json()
}

#[tokio::test]
async fn a_contested_record_says_so_calmly_until_the_mark_is_taken_off() {
    let all = drafts();
    let product = of(Kind::Product, PRODUCT, &all);
    let firm = of(Kind::Enterprise, HOLDER, &all);
    let site = Site::with(vec![mark(&product, None), mark(&firm, None)]);
    let size = json(&site, &format!("/products/{PRODUCT}.json")).await["log_size"].clone();
    let size = size.as_u64().expect("a size");
    for (prefix, words) in [
        ("", ["起有异议（内容写错了）", "主办单位正在核实", "答复期限", "26-0017", "第四十一条"]),
        (
            "/zh-Hant",
            ["起有異議（內容寫錯了）", "主辦單位正在核實", "答覆期限", "26-0017", "第四十一條"],
        ),
        (
            "/en",
            ["Contested since", "the office is looking into it", "due on", "26-0017", "article 41"],
        ),
    ] {
        for path in [
            format!("/products/{PRODUCT}"),
            format!("/enterprises/{HOLDER}"),
            format!("/enterprises/{HOLDER}/credit"),
        ] {
            let page = site.get(&format!("{prefix}{path}")).await.text();
            for word in words {
                assert!(page.contains(word), "{prefix}{path}: {word}");
            }
            // As it was known before the mark.
            let before = site.get(&format!("{prefix}{path}?known={}", size - 2)).await.text();
            assert!(!before.contains(words[0]), "{prefix}{path}");
        }
    }
    let twin = json(&site, &format!("/products/{PRODUCT}.json")).await;
    assert_eq!(twin["contested"]["case"], "26-0017");
    assert_eq!(twin["contested"]["due_on"], "2026-12-11");
    assert_eq!(twin["reason"]["code"], "contested");
    assert_eq!(twin["source"]["id"], "list-2023", "the source is still whose facts these are");
    let credit = json(&site, &format!("/enterprises/{HOLDER}/credit.json")).await;
    assert_eq!(credit["contested"]["case"], "26-0017");
    let feed = site.get(&format!("/changes?key={PRODUCT}&axis=recorded")).await.text();
    assert!(feed.contains("有异议") && feed.contains("正在核实"), "{feed}");

    let register = Register::open(&site.path).expect("a register");
    let end = mark(&product, Some("refused"));
    register.append_with(None, None, &mut std::iter::once(Ok(end))).expect("appended");
    let page = site.get(&format!("/products/{PRODUCT}")).await.text();
    assert!(!page.contains("起有异议"), "{page}");
    assert!(page.contains("异议办结") && page.contains("不采纳"), "the history keeps both");
    assert!(page.contains("企业认为型号有误"), "{page}");
    let twin = json(&site, &format!("/products/{PRODUCT}.json")).await;
    assert_eq!(twin["contested"], Value::Null);
}

#[tokio::test]
async fn rows_of_lists_say_what_is_contested_and_can_be_chosen_by_it() {
    let all = drafts();
    let listing = all
        .iter()
        .find(|one| one.kind == Kind::Listing && one.body["subject"]["key"] == PRODUCT)
        .expect("a listing of the product")
        .clone();
    let firm = of(Kind::Enterprise, HOLDER, &all);
    let site = Site::with(vec![]);
    let lists = ["/products", "/listings", "/enterprises"];
    for list in lists {
        let page = site.get(list).await.text();
        assert!(!page.contains("有异议"), "nothing is contested, so nothing offers it: {list}");
    }
    // The lists are brought forward by what is appended while the portal runs.
    let register = Register::open(&site.path).expect("a register");
    let mut marks = [mark(&listing, None), mark(&firm, None)].into_iter().map(Ok);
    register.append_with(None, None, &mut marks).expect("appended");
    let rebuilt = Site::with(vec![mark(&listing, None), mark(&firm, None)]);
    for site in [&site, &rebuilt] {
        for (list, key) in lists.iter().zip([PRODUCT, listing.key.as_str(), HOLDER]) {
            let found = json(site, &format!("{list}.json?contested=yes")).await;
            let [one] = &found["items"].as_array().expect("items")[..] else {
                panic!("{list}: {found}")
            };
            assert_eq!(one["key"], key, "{list}");
            assert_eq!(one["contested"], serde_json::json!(["yes"]), "{list}: {one}");
            let shown =
                [("", "<b>有异议</b>"), ("/zh-Hant", "<b>有異議</b>"), ("/en", "<b>Contested</b>")];
            for (prefix, words) in shown {
                let page = site.get(&format!("{prefix}{list}")).await.text();
                assert_eq!(page.matches(words).count(), 1, "{prefix}{list}");
                assert!(page.contains("name=\"contested\" value=\"yes\""), "{prefix}{list}");
            }
            let csv = site.get(&format!("{list}.csv?contested=yes")).await.text();
            let head = csv.lines().next().expect("a head");
            assert!(head.split(',').any(|name| name == "contested"), "{head}");
            assert_eq!(csv.lines().count(), 2, "{csv}");
        }
    }
    let mut ends = [mark(&listing, Some("refused"))].into_iter().map(Ok);
    register.append_with(None, None, &mut ends).expect("appended");
    for list in &lists[..2] {
        let found = json(&site, &format!("{list}.json?contested=yes")).await;
        assert_eq!(found["total"], 0, "{list}");
        assert!(!site.get(list).await.text().contains("<b>有异议</b>"), "{list}");
    }
}

#[tokio::test]
async fn a_mark_changes_no_verdict_and_the_page_of_a_code_says_it() {
    let plain = Site::with(records());
    let all: Vec<Draft> = drafts().into_iter().chain(records()).collect();
    let marks = all.iter().filter(|one| matches!(one.kind, Kind::Code | Kind::Product));
    let mut more = records();
    more.extend(marks.map(|one| mark(one, None)));
    let marked = Site::with(more);
    let mut outcomes = std::collections::BTreeSet::new();
    for one in all.iter().filter(|one| one.kind == Kind::Code) {
        let path = format!("/q/{}.json", one.key);
        let [mut before, mut after] = [json(&plain, &path).await, json(&marked, &path).await];
        assert!(before.get("contested").is_none(), "{path}");
        let outcome = before["outcome"].as_str().unwrap_or_default().to_owned();
        // A code that is only prepared is on record for nobody.
        let said = outcome != "unknown";
        assert_eq!(after["contested"][0]["case"] == "26-0017", said, "{path}");
        let calm =
            |value: &Value| value["sentence"]["zh-Hans"].to_string().contains("未见需要提醒的事项");
        assert_eq!(calm(&before), outcome == "valid", "{path}");
        assert!(!calm(&after), "{path}");
        for value in [&mut before, &mut after].into_iter().filter(|_| outcome == "valid") {
            value["sentence"].take();
        }
        outcomes.insert(outcome);
        for value in [&mut before, &mut after] {
            let object = value.as_object_mut().expect("an object");
            object.remove("contested");
            object.remove("log_size");
        }
        assert_eq!(before, after, "{path}");
    }
    assert!(outcomes.len() > 3, "{outcomes:?}");
    let valid = marked.get(&format!("/q/{}", code(1).as_str())).await.text();
    assert!(valid.contains("起有异议") && valid.contains("主办单位正在核实"), "{valid}");
    // Before what the product is: a reader who stops there has read it.
    let [mark, product] = ["起有异议", "class=\"what"].map(|words| valid.find(words));
    assert!(mark.is_some() && mark < product, "{valid}");
    let text =
        marked.get_with(&format!("/q/{}", code(1).as_str()), &[("accept", "text/plain")]).await;
    assert!(text.text().contains("起有异议"), "{}", text.text());
}

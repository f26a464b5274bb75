//! Credit files, publication terms, inconsistencies, possible matches.

use register::{Draft, Kind, ReasonCode};
use serde_json::{Value, json};

use crate::fixture::{HOLDER, PRODUCT, Site, draft};

const OPEN: &str = "示例局/处罚1";
const OVER: &str = "示例局/处罚2";

fn penalty(number: &str, until: &str) -> Draft {
    let body = json!({
        "number": number, "authority": "示例局",
        "party": { "name": "示例电器有限公司", "uscc": HOLDER },
        "act": format!("{number}的违法事实"), "basis": [{ "law": "示例质量法", "article": "第一条" }],
        "measure": ["fine"], "content": "罚款2万元", "decided_on": "2024-05-10",
        "publish_until": until, "status": "in_force",
    });
    draft(Kind::Penalty, number, "2024-05-10", ReasonCode::Published, body)
}

fn recall(number: &str, producer: Value) -> Draft {
    let body = json!({
        "number": number, "authority": "境外机构", "region": "ZZ", "alert_type": "notification",
        "product_name": format!("冰箱{number}"), "models": ["SL-100A"], "producer": producer,
        "started_on": "2026-01-05", "status": "in_progress",
    });
    let key = format!("境外机构/{number}");
    draft(Kind::Recall, &key, "2026-01-05", ReasonCode::Published, body)
}

fn site() -> Site {
    let inspection = json!({
        "authority": "示例局", "level": "省", "round": "2026年第1期", "sample_number": "CC1",
        "sampled_on": "2026-06-01", "announced_on": "2026-07-01", "product_name": "家用电冰箱",
        "model": "SL-100A", "producer": { "name": "示例电器有限公司", "uscc": HOLDER },
        "items": [{ "name": "耗电量", "result": "0.62", "limit": "≤0.55", "verdict": "fail" }],
        "result": "fail", "follow_up": "ordered",
    });
    Site::with(vec![
        // The last day of the term is the tests' present day.
        penalty(OPEN, "2026-11-22"),
        penalty(OVER, "2026-11-21"),
        draft(Kind::Inspection, "示例局/CC1", "2026-07-01", ReasonCode::Published, inspection),
        recall("R1", json!({ "name": "示例電器有限公司" })),
        recall("R2", json!({ "name": "示例电器有限公司", "uscc": "91440606722473344C" })),
        recall("R3", json!({ "name": "大示例电器有限公司" })),
    ])
}

fn path(kind: &str, key: &str) -> String {
    format!("/{kind}/{}", app::model::encode_key(key))
}

#[tokio::test]
async fn what_is_past_its_publication_term_is_gone_from_every_answer() {
    let site = site();
    for twin in ["", ".json", "?as_of=2025-01-01", ".json?as_of=2025-01-01"] {
        let over = site.get(&format!("{}{twin}", path("penalties", OVER))).await;
        assert_eq!(over.status, 410, "{twin}");
        assert!(!over.text().contains("违法事实"), "{twin}");
    }
    assert!(site.get(&path("penalties", OVER)).await.text().contains("公示期限届满，不再公示"));
    let open = site.get(&path("penalties", OPEN)).await;
    assert_eq!(open.status, 200, "through the last day of its term");
    assert!(open.text().contains("违法事实"));
    for list in [
        "/penalties.json",
        "/penalties.csv",
        "/penalties.json?as_of=2025-01-01",
        "/penalties?q=%E8%BF%9D%E6%B3%95",
        &format!("/enterprises/{HOLDER}"),
        &format!("/enterprises/{HOLDER}/credit"),
        &format!("/enterprises/{HOLDER}/credit.json"),
        &format!("/enterprises/{HOLDER}/credit.json?as_of=2025-01-01"),
        "/inconsistencies.json",
    ] {
        let answer = site.get(list).await;
        assert_eq!(answer.status, 200, "{list}");
        assert!(!answer.text().contains("处罚2"), "{list}");
    }
    assert_eq!(
        site.get("/penalties.json").await.json()["total"],
        2,
        "the open one and the fixture's"
    );
}

#[tokio::test]
async fn a_credit_file_has_good_and_bad_in_one_order_with_sources() {
    let site = site();
    let file = site.get(&format!("/enterprises/{HOLDER}/credit.json")).await.json();
    let lines = file["lines"].as_array().unwrap();
    let parts: Vec<&str> = lines.iter().map(|line| line["part"].as_str().unwrap()).collect();
    for part in ["inspections", "penalties", "honours", "possible"] {
        assert!(parts.contains(&part), "{part}: {parts:?}");
    }
    let days: Vec<&str> = lines.iter().map(|line| line["date"].as_str().unwrap()).collect();
    assert!(days.windows(2).all(|pair| pair[0] >= pair[1]), "{days:?}");
    assert!(lines.iter().all(|line| line["source"].as_str().is_some_and(|s| !s.is_empty())));
    for prefix in ["", "/zh-Hant", "/en"] {
        let page = site.get(&format!("{prefix}/enterprises/{HOLDER}/credit")).await;
        assert_eq!(page.status, 200);
        assert!(page.text().contains("耗电量"), "{prefix}");
    }
}

#[tokio::test]
async fn a_name_alone_is_a_possible_match_and_another_firms_code_is_none() {
    let site = site();
    let product = site.get(&format!("/products/{PRODUCT}")).await.text();
    assert!(product.contains("可能相关，仅按名称匹配"));
    let firm = site.get(&format!("/enterprises/{HOLDER}/credit.json")).await.json();
    let possible: Vec<&str> = firm["lines"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|line| line["part"] == "possible")
        .map(|line| line["title"].as_str().unwrap())
        .collect();
    assert_eq!(possible, ["冰箱R1"]);
    assert!(
        product.contains("冰箱R1") && !product.contains("冰箱R2") && !product.contains("冰箱R3")
    );
    // The notice that gives the product's key is certain.
    assert!(product.contains("关于示例产品的风险提示"));
}

#[tokio::test]
async fn what_does_not_fit_is_listed_with_both_records_and_shown_where_it_matters() {
    let site = site();
    let list = site.get("/inconsistencies.json").await.json();
    let items = list["items"].as_array().unwrap();
    let of = |rule: &str| items.iter().find(|item| item["rule"][0] == rule);
    let open = of("I12").expect("a failed inspection with a valid listing");
    assert!(of("I19").is_some(), "the fixture's holder evaluated itself");
    assert!(of("I18").is_none(), "told to the operator only");
    let page = open["links"]["page"].as_str().unwrap();
    let html = site.get(page).await;
    assert_eq!(html.status, 200);
    let html = html.text();
    assert!(
        html.contains("FSB-2023-0012") && html.contains("SL-100A") && html.contains("提出异议")
    );
    let twin = site.get(&format!("{page}.json")).await.json();
    assert_eq!(twin["records"].as_array().unwrap().len(), 2);
    assert_eq!(twin["rule"], "I12");
    for shown in [format!("/products/{PRODUCT}"), format!("/enterprises/{HOLDER}")] {
        assert!(site.get(&shown).await.text().contains(page), "{shown}");
    }
    let key = page.trim_start_matches("/inconsistencies/");
    // A day on which it was so already, one before, and the empty log.
    let day = twin["as_of"].as_str().unwrap();
    let yesterday = day.parse::<chrono::NaiveDate>().unwrap().pred_opt().unwrap();
    for (asked, found) in [
        (format!("as_of={yesterday}"), true),
        ("as_of=2020-01-01".to_owned(), false),
        ("known=0".to_owned(), false),
    ] {
        let list = site.get(&format!("/inconsistencies.json?{asked}")).await;
        assert_eq!(list.status, 200, "{asked}: {}", list.text());
        let has = list.text().contains(key);
        assert_eq!(has, found, "{asked}");
        let one = site.get(&format!("{page}?{asked}")).await;
        assert_eq!(one.status, if found { 200 } else { 404 }, "{asked}");
        let html = site.get(&format!("/inconsistencies?{asked}")).await.text();
        assert!(html.contains("href=\"/inconsistencies\""), "{asked}: the way back");
        if found {
            let json = site.get(&format!("{page}.json?{asked}")).await.json();
            assert_eq!(json["as_of"], yesterday.to_string());
            assert!(one.text().contains(&yesterday.to_string()), "the day is named");
        }
    }
    // A list of that day read for something else knows no findings yet.
    let other = "as_of=2024-06-01";
    assert_eq!(site.get(&format!("/products?{other}")).await.status, 200);
    let after = site.get(&format!("/inconsistencies.json?{other}")).await.json();
    let alone = self::site().get(&format!("/inconsistencies.json?{other}")).await.json();
    assert_eq!(after["total"], alone["total"]);
    assert_eq!(site.get("/inconsistencies/I01-000000000000").await.status, 404);
}

#[tokio::test]
async fn inspections_are_listed_with_their_facets_and_pages() {
    let site = site();
    let list = site.get("/inspections.json?result=fail&place=440606&year=2026").await.json();
    assert_eq!(list["total"], 1);
    let page = list["items"][0]["links"]["page"].as_str().unwrap();
    assert_eq!(site.get(page).await.status, 200);
    let record = site.get(list["items"][0]["links"]["json"].as_str().unwrap()).await.json();
    assert_eq!(record["record"]["items"][0]["limit"], "≤0.55");
}

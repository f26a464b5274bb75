//! Directories: what a reader has to know first, exits with their reasons, persons and names.

use register::{Kind, ReasonCode};
use serde_json::{Value, json};

use crate::fixture::{Site, draft};

fn listing(scheme: &str, number: &str, more: Value) -> register::Draft {
    let mut body = json!({
        "scheme": scheme, "certificate_number": number, "granted_on": "2015-05-01",
        "issuer": "示例单位", "status": "valid", "area": "440604", "level": "市",
    });
    for (name, value) in more.as_object().expect("an object") {
        body[name] = value.clone();
    }
    draft(Kind::Listing, &format!("{scheme}/{number}"), "2015-05-01", ReasonCode::Granted, body)
}

#[tokio::test]
async fn every_directory_says_whether_it_is_still_awarded() {
    let site = Site::new();
    let all = site.get("/directories.json").await.json();
    let items = all["items"].as_array().expect("items");
    assert!(items.len() > 100, "{}", items.len());
    let mut told = (0, 0);
    for item in items {
        let page = item["links"]["page"].as_str().expect("a page");
        let html = site.get(page).await.text();
        match item["status"].as_str().expect("a status") {
            "historical" => {
                told.0 += 1;
                assert!(html.contains("<b>历史荣誉，现已不再评选"), "{page}");
            }
            "unverified" => {
                told.1 += 1;
                let (before, _) = html.split_once("年文件，现行状态未核实").expect(page);
                let year = before.chars().rev().take(4).collect::<String>();
                assert!(year.chars().all(|c| c.is_ascii_digit()), "{page}: {year}");
            }
            _ => assert!(!html.contains("<b>历史荣誉"), "{page}"),
        }
    }
    assert!(told.0 > 5 && told.1 > 20, "{told:?}");
}

#[tokio::test]
async fn a_historical_directory_names_its_years() {
    let subject = json!({ "subject": { "kind": "name", "key": "示例名" } });
    let site = Site::with(vec![listing("gansu-famous-brand", "MP-1", subject)]);
    let html = site.get("/directories/gansu-famous-brand").await.text();
    assert!(html.contains("历史荣誉，现已不再评选（2015–2015 年）。"));
    let html = site.get("/en/directories/gansu-famous-brand").await.text();
    assert!(html.contains("A historical honour, no longer awarded (2015–2015)."));
}

#[tokio::test]
async fn exits_are_counted_by_reason_and_lead_to_their_rows() {
    let site = Site::new();
    let html = site.get("/directories/foshan-standard").await.text();
    assert!(html.contains("/directories/foshan-standard?exit=failed_inspection"));
    let json = site.get("/directories/foshan-standard.json?exit=failed_inspection").await.json();
    assert_eq!((&json["total"], &json["items"][0]["status"]), (&json!(1), &json!("withdrawn")));
    assert_eq!(json["items"][0]["exit_reason"], "failed_inspection");
}

#[tokio::test]
async fn a_person_is_named_only_where_the_list_named_them() {
    let person = |key: &str, name: Option<&str>| {
        let mut more = json!({ "subject": { "kind": "person", "key": key } });
        if let Some(name) = name {
            more["person_name"] = json!(name);
        }
        listing("foshan-expert-pool", key, more)
    };
    let site = Site::with(vec![person("expert-1", Some("示例人甲")), person("expert-2", None)]);
    let json = site.get("/directories/foshan-expert-pool.json?sort=name").await.json();
    let names: Vec<&str> = json["items"]
        .as_array()
        .expect("items")
        .iter()
        .filter_map(|i| i["title"].as_str())
        .collect();
    assert!(names.contains(&"示例人甲") && names.contains(&"姓名未公布"), "{names:?}");
    assert!(!names.contains(&"expert-2"), "a key is no name: {names:?}");
    let record = site.get("/listings/foshan-expert-pool_expert-1.json").await.json();
    assert!(record["record"].get("person_name").is_none(), "{record}");
    let html = site.get("/en/directories/foshan-expert-pool").await.text();
    assert!(html.contains("name not published") && html.contains(">city<"), "words of the page");
}

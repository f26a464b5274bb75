//! Records joined with each other: editions of a standard, codes of a place, words of two languages,
//! and a record that two lists made.

use register::{Draft, Kind, ReasonCode};
use serde_json::{Value, json};

use crate::fixture::{Site, draft};

fn standard(number: &str, issued: &str, status: &str, more: Value) -> Draft {
    let mut body = json!({
        "number": number, "title_zh": "示例器材", "type": "national", "mandatory": false,
        "issuer": "示例标准机构", "issued_on": issued, "status": status,
    });
    for (name, value) in more.as_object().expect("an object") {
        body[name] = value.clone();
    }
    draft(Kind::Standard, number, issued, ReasonCode::Published, body)
}

#[tokio::test]
async fn an_old_edition_leads_to_the_one_in_force_and_says_where_the_chain_breaks() {
    let site = Site::with(vec![
        standard("GB 99990-1996", "1996-01-01", "withdrawn", json!({ "replaced_by": ["TC999"] })),
        standard(
            "GB 99991-2003",
            "2003-01-01",
            "withdrawn",
            json!({ "replaced_by": ["GB 99991-2011"] }),
        ),
        // Only the newer edition says so.
        standard("GB 99991-2011", "2011-01-01", "withdrawn", json!({})),
        standard(
            "GB 99991-2024",
            "2024-01-01",
            "current",
            json!({ "replaces": ["GB 99991-2011"] }),
        ),
        standard(
            "GB 99992-1996",
            "1996-01-01",
            "withdrawn",
            json!({ "replaced_by": ["GB 99992-1996"] }),
        ),
        standard(
            "GB 99993-2001",
            "2001-01-01",
            "withdrawn",
            json!({ "replaced_by": ["GB 99994-2002"] }),
        ),
        standard(
            "GB 99994-2002",
            "2002-01-01",
            "withdrawn",
            json!({ "replaced_by": ["GB 99993-2001"] }),
        ),
        standard(
            "GB 99995-2001",
            "2001-01-01",
            "withdrawn",
            json!({ "replaced_by": ["GB 99995-2010"] }),
        ),
        standard(
            "GB 99996-2010",
            "2010-01-01",
            "withdrawn",
            json!({ "replaced_by": ["GB 99997-2001"] }),
        ),
        standard("GB 99997-2001", "2001-01-01", "current", json!({})),
    ]);
    let page = |number: &str| format!("/en/standards/{}", number.replace(' ', "-"));

    let old = site.get(&page("GB 99991-2003")).await.text();
    let current = old.split("Current edition: ").nth(1).expect("the edition in force");
    assert!(current.starts_with("<a href=\"/en/standards/GB-99991-2024\">"), "{current:.80}");
    // What does not fit is said below the editions.
    let old = old.split("Records that do not fit").next().unwrap_or_default();
    let order: Vec<usize> = ["2024", "2011", "2003"]
        .map(|year| old.rfind(&format!("GB 99991-{year}")).expect("an edition"))
        .to_vec();
    assert!(order.is_sorted(), "newest first: {order:?}");
    let middle = site.get(&page("GB 99991-2011")).await.text();
    assert!(middle.contains("/en/standards/GB-99991-2003") && middle.contains("GB-99991-2024"));
    let new = site.get(&page("GB 99991-2024")).await.text();
    assert!(new.contains("GB-99991-2003") && !new.contains("Current edition: "));

    let committee = site.get(&page("GB 99990-1996")).await.text();
    assert!(committee.contains("names “TC999” as its replacement"), "kept as printed");
    assert!(!committee.contains("standards/TC999"), "a committee is no link");
    assert!(site.get(&page("GB 99992-1996")).await.text().contains("is replaced by itself"));
    assert!(site.get(&page("GB 99993-2001")).await.text().contains("it is a circle"));
    let absent = site.get(&page("GB 99995-2001")).await.text();
    assert!(
        absent.contains("does not hold GB 99995-2010")
            && absent.contains("no later edition in force")
    );
    assert!(
        site.get(&page("GB 99996-2010")).await.text().contains("GB 99997-2001 was issued before")
    );
    // A sound chain has nothing to confess.
    for sound in ["GB 99991-2003", "GB 99991-2011", "GB 99991-2024"] {
        assert!(!site.get(&page(sound)).await.text().contains("The chain is broken"), "{sound}");
    }
}

fn place(code: &str, name: &str, level: &str, from: &str, more: Value) -> Draft {
    let mut body = json!({ "code": code, "name": name, "level": level });
    for (name, value) in more.as_object().expect("an object") {
        body[name] = value.clone();
    }
    draft(Kind::Place, code, from, ReasonCode::Published, body)
}

#[tokio::test]
async fn a_code_retired_long_ago_answers_with_what_took_its_place() {
    let site = Site::with(vec![
        place(
            "442400",
            "示例地区",
            "市",
            "1994-01-01",
            json!({
                "valid_to": "1994-01-01", "replaced_by": ["440699"],
            }),
        ),
        place(
            "440699",
            "示例旧区",
            "县",
            "2002-12-08",
            json!({
                "valid_to": "2002-12-08", "replaced_by": ["440606"],
            }),
        ),
        place("442401", "示例孤县", "县", "1994-01-01", json!({ "valid_to": "1994-01-01" })),
        place(
            "442402",
            "示例圈县",
            "县",
            "1994-01-01",
            json!({
                "valid_to": "1994-01-01", "replaced_by": ["442403"],
            }),
        ),
        place(
            "442403",
            "示例环县",
            "县",
            "1994-01-01",
            json!({
                "valid_to": "1994-01-01", "replaced_by": ["442402"],
            }),
        ),
    ]);
    let old = site.get("/places/442400.json").await.json();
    assert_eq!(old["record"]["name"], "示例地区");
    assert_eq!(old["computed"]["in_use"], false);
    let codes: Vec<&str> = old["computed"]["successors"]
        .as_array()
        .expect("successors")
        .iter()
        .map(|s| s["code"].as_str().expect("a code"))
        .collect();
    assert_eq!(codes, ["440699", "440606"], "step by step to what stands today");
    assert_eq!(old["computed"]["successors"][1]["in_use"], true);
    assert_eq!(old["computed"]["chain_broken"], false);
    let page = site.get("/en/places/442400").await.text();
    assert!(page.contains("not in use since 1994"), "the year, not a day nobody printed");
    assert!(page.contains("/en/places/440606"));
    let exact = site.get("/en/places/440699").await.text();
    assert!(exact.contains("not in use since 2002-12-08"));

    let today = site.get("/places/440606.json").await.json();
    assert_eq!(today["computed"]["in_use"], true);
    let before = today["computed"]["predecessors"].as_array().expect("codes");
    assert!(before.iter().any(|p| p["code"] == "440699"), "{before:?}");
    assert_eq!(today["computed"]["counts"]["products"], 2);
    assert_eq!(today["computed"]["counts"]["enterprises"], 1);
    let page = site.get("/places/440606").await.text();
    assert!(page.contains("/products?place=440606"));
    let listings =
        page.split("href=\"").find(|part| part.starts_with("/listings?")).expect("a link");
    let path = listings.split('"').next().expect("a path");
    assert_eq!(site.get(path).await.status, 200);

    assert!(
        site.get("/en/places/442401").await.text().contains("does not say what took its place")
    );
    let circle = site.get("/places/442402.json").await.json();
    assert_eq!(circle["computed"]["chain_broken"], true);

    let province = site.get("/places/440000.json").await.json();
    let below = province["computed"]["below"].as_array().expect("codes");
    assert!(below.contains(&json!("440600")) && !below.contains(&json!("440606")));
    let over = province["computed"]["below_ended"].as_array().expect("codes");
    assert!(over.contains(&json!("442400")));
    let index = site.get("/places.json").await.json();
    let built_in = Site::new().get("/places.json").await.json();
    assert_eq!(index["ended"].as_u64(), built_in["ended"].as_u64().map(|n| n + 5));
    assert!(index["items"].as_array().is_some_and(|items| items.len() == 34));
    assert_eq!(site.get("/places/999999").await.status, 404);
}

#[tokio::test]
async fn goods_are_found_by_the_words_of_both_languages_and_the_page_says_whose_words_they_are() {
    let recall = |number: &str, name: &str, made_in: Value| {
        let body = json!({
            "number": number, "authority": "示例局", "region": "US", "alert_type": "recall",
            "product_name": name, "started_on": "2024-08-01", "status": "announced",
            "made_in": made_in,
        });
        draft(Kind::Recall, &format!("示例局/{number}"), "2024-08-01", ReasonCode::Published, body)
    };
    let site = Site::with(vec![
        recall("A1", "Example top-freezer refrigerators", json!(["CN", "MX"])),
        recall("A2", "Example refrigerator magnets", json!(["CN"])),
        recall("A3", "Example carpets", json!(["IN"])),
    ]);
    let keys = async |query: &str| -> Vec<String> {
        let list = site.get(&format!("/notices.json?{query}")).await.json();
        let items = list["items"].as_array().expect("items").iter();
        items.map(|item| item["key"].as_str().expect("a key").to_owned()).collect()
    };
    assert_eq!(keys("q=%E5%86%B0%E7%AE%B1").await, ["示例局/A1", "示例局/A2"], "冰箱 and 冰箱贴");
    assert_eq!(keys("q=%E7%94%B5%E5%86%B0%E7%AE%B1").await, ["示例局/A1"], "电冰箱");
    assert_eq!(keys("q=heater").await, ["示例局/2024-001"], "电暖器");
    assert_eq!(keys("q=%E6%B1%BD%E8%BD%A6").await, [""; 0], "no 汽车 in carpets");
    assert_eq!(keys("country=CN").await, ["示例局/A1", "示例局/A2"]);
    assert_eq!(keys("country=MX&country=IN").await.len(), 2);
    let list = site.get("/en/notices.json?q=%E7%94%B5%E5%86%B0%E7%AE%B1").await.json();
    assert_eq!(list["items"][0]["added_words"][0], "冰箱");
    assert_eq!(list["facets"]["country"][0]["label"], "China");
    let path = list["items"][0]["links"]["page"].as_str().expect("a path").to_owned();
    let page = site.get(&path).await.text();
    assert!(page.contains("(added by this register)"));
    let record = site.get(&format!("{path}.json")).await.json();
    assert!(!record["record"].to_string().contains("冰箱"), "no field of the record");
    // A product's Chinese name is found in English where the record has no English word for it.
    let products = site.get("/products.json?q=freezer").await.json();
    assert_eq!(products["total"], 1, "卧式冷柜");
}

#[tokio::test]
async fn a_record_of_two_lists_names_both_sources_and_their_fields() {
    let source = |key: &str, title: &str| {
        draft(
            Kind::Source,
            key,
            "2024-01-01",
            ReasonCode::Published,
            json!({
                "publisher": "示例局", "title": title, "retrieved_on": "2026-01-10",
                "file_hash": "1".repeat(64), "licence": "示例", "coverage": { "complete": "unknown" },
            }),
        )
    };
    let version = |from: &str, more: Value| {
        let mut body = json!({
            "number": "B1", "authority": "示例局", "region": "US", "alert_type": "recall",
            "product_name": "Example kettles", "started_on": "2024-08-01", "status": "announced",
        });
        for (name, value) in more.as_object().expect("an object") {
            body[name] = value.clone();
        }
        let mut draft = draft(Kind::Recall, "示例局/B1", "2024-08-01", ReasonCode::Published, body);
        draft.source.id = from.to_owned();
        draft
    };
    let site = Site::with(vec![
        source("first", "第一份名单"),
        source("second", "第二份名单"),
        version("first", json!({ "hazard": "fire" })),
        version("second", json!({ "hazard": "fire", "remedy": "refund" })),
    ]);
    let path = "/notices/%E7%A4%BA%E4%BE%8B%E5%B1%80_B1";
    let page = site.get(path).await.text();
    assert!(page.contains("第一份名单") && page.contains("第二份名单"));
    let record = site.get(&format!("{path}.json")).await.json();
    assert_eq!(record["source"]["id"], "second", "the version's own");
    let sources = record["sources"].as_array().expect("sources");
    assert_eq!(sources.len(), 2);
    assert!(sources[0]["fields"].as_array().is_some_and(|f| f.contains(&json!("hazard"))));
    assert_eq!(sources[1]["fields"], json!(["remedy"]));
}

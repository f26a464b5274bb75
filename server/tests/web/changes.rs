//! What came, left and changed; the feeds.

use register::{Kind, ReasonCode};
use serde_json::{Value, json};

use crate::fixture::{HOLDER, LISTS, PRODUCT, Site, WITHDRAWN, draft, grant, product};

const GRANT: &str = "foshan-standard/FSB-2023-0013";

fn items(json: &Value) -> &Vec<Value> {
    json["items"].as_array().expect("items")
}

#[tokio::test]
async fn a_withdrawal_is_told_with_its_fields_reason_source_and_place_in_the_log() {
    let site = Site::new();
    let json = site.get("/en/changes.json?scheme=foshan-standard&change=left").await.json();
    assert_eq!(json["total"], 1);
    let item = &items(&json)[0];
    assert_eq!((&item["kind"], &item["key"]), (&json!("listing"), &json!(GRANT)));
    assert_eq!((&item["change"], &item["status"]), (&json!("left"), &json!("withdrawn")));
    assert_eq!(item["title"], "Household refrigerator SL-200B");
    assert_eq!(item["reason"]["code"], "withdrawn");
    assert_eq!(
        item["fields"],
        json!([
            { "name": "status", "label": "Status", "before": "valid", "after": "withdrawn" },
            {
                "name": "exit_reason", "label": "Reason for exit", "before": null,
                "after": "failed_inspection",
            },
        ])
    );
    assert_eq!(item["valid_from"], "2025-03-01");
    assert_eq!(item["source"]["id"], "list-2023");
    let page = site.get("/en/changes?scheme=foshan-standard&change=left").await.text();
    for words in ["Withdrawn", "<del>valid</del>", "<ins>withdrawn by the authority</ins>"] {
        assert!(page.contains(words), "{words} is missing");
    }
    // A withdrawal of 2025 is none of 2024.
    let before = site.get("/changes.json?kind=listing&from=2024-01-01&to=2024-12-31").await.json();
    assert_eq!(before["total"], 0);
}

#[tokio::test]
async fn the_twins_hold_the_same_rows_and_every_link_answers() {
    let site = Site::new();
    for query in ["", "?kind=product&kind=listing", "?change=changed", "?axis=recorded&per_page=7"]
    {
        let json = site.get(&format!("/changes.json{query}")).await.json();
        let csv = site.get(&format!("/changes.csv{query}")).await.text();
        let mut rows = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
        let seqs: Vec<u64> =
            rows.records().map(|row| row.expect("a row")[0].parse().expect("an index")).collect();
        let shown: Vec<u64> = items(&json).iter().filter_map(|i| i["seq"].as_u64()).collect();
        assert!(seqs.starts_with(&shown), "{query}");
        if !query.contains("per_page") {
            assert_eq!(json["total"], seqs.len(), "{query}");
        }
        for item in items(&json) {
            for link in item["links"].as_object().expect("links").values() {
                let status = site.get(link.as_str().expect("a path")).await.status;
                // A directory's rows are of other kinds: only records have a page of their own.
                assert!(status == 200 || status == 303, "{query}: {link} answers {status}");
            }
        }
        let page = site.get(&format!("/changes{query}")).await;
        assert_eq!(page.status, 200);
    }
    let next = site.get("/changes.json?per_page=50").await.json()["next"].clone();
    let next = site.get(next.as_str().expect("a second page")).await.json();
    assert_eq!(next["page"], 2);
}

#[tokio::test]
async fn counts_beside_a_value_are_what_choosing_it_gives() {
    let site = Site::new();
    for query in ["", "scheme=foshan-standard&", "change=added&kind=listing&", "axis=recorded&"] {
        let all = site.get(&format!("/changes.json?{query}")).await.json();
        for facet in ["kind", "change", "scheme"] {
            let left: String = query
                .split_inclusive('&')
                .filter(|pair| !pair.starts_with(&format!("{facet}=")))
                .collect();
            for value in all["facets"][facet].as_array().expect("a facet") {
                let asked =
                    format!("/changes.json?{left}{facet}={}", value["value"].as_str().unwrap());
                let chosen = site.get(&asked).await.json();
                // Other kinds are asked of their own list about the scheme.
                if facet == "kind" && left.contains("scheme=") && value["value"] != "listing" {
                    continue;
                }
                assert_eq!(chosen["total"], value["count"], "{asked}");
            }
        }
    }
}

#[tokio::test]
async fn a_correction_is_a_change_of_the_day_it_was_recorded_and_not_of_the_fact() {
    let mut right = product("卧式冷柜", "SL-200C");
    right["status"] = json!("on_sale");
    let site = Site::with(vec![draft(
        Kind::Product,
        WITHDRAWN,
        "2023-06-30",
        ReasonCode::Corrected,
        right,
    )]);
    let of = |axis: &str| format!("/changes.json?kind=product&key={WITHDRAWN}&axis={axis}");
    let valid = site.get(&of("valid")).await.json();
    assert_eq!(valid["total"], 1, "what was corrected was never so");
    assert_eq!(
        (&items(&valid)[0]["change"], &items(&valid)[0]["fields"]),
        (&json!("added"), &json!([]))
    );
    let recorded = site.get(&of("recorded")).await.json();
    assert_eq!(recorded["total"], 2);
    assert_eq!(items(&recorded)[0]["fields"][0]["before"], "SL-200B");
    assert_eq!(items(&recorded)[0]["fields"][0]["after"], "SL-200C");
    // As it was known before the correction.
    let size = recorded["log_size"].as_u64().expect("a size") - 1;
    let before = site.get(&format!("{}&known={size}", of("recorded"))).await.json();
    assert_eq!(before["total"], 1);
    let since = site.get(&format!("/changes.json?known_from={size}")).await.json();
    assert_eq!((&since["total"], &since["axis"]), (&json!(1), &json!("recorded")));
}

#[tokio::test]
async fn a_list_says_which_of_its_records_changed() {
    let site = Site::new();
    let total = async |path: &str| site.get(path).await.json()["total"].clone();
    assert_eq!(total("/changes.json?kind=product&model=x").await, Value::Null);
    assert_eq!(total("/changes.json?kind=product&status=withdrawn").await, 1);
    assert_eq!(total("/changes.json?kind=product&scheme=foshan-standard").await, 2);
    assert_eq!(total("/changes.json?kind=listing&status=withdrawn").await, 2);
    assert_eq!(total("/changes.json?kind=enterprise&place=4406").await, 1);
    // Text finds the record and what speaks about it.
    let found = site.get("/changes.json?q=SL-100A").await.json();
    let kinds: Vec<&str> = items(&found).iter().filter_map(|i| i["kind"].as_str()).collect();
    for kind in ["product", "listing", "comparison", "evaluation"] {
        assert!(kinds.contains(&kind), "{kind} is missing in {kinds:?}");
    }
    let own = site.get(&format!("/changes.json?enterprise={HOLDER}")).await.json();
    assert!(own["total"].as_u64().expect("a number") >= 8, "{own}");
}

#[tokio::test]
async fn what_is_not_understood_is_named() {
    let site = Site::new();
    for (query, name) in [
        ("colour=red", "colour"),
        ("category=x", "category"),
        ("kind=thing", "kind"),
        ("change=new", "change"),
        ("axis=both", "axis"),
        ("from=2024-1-1", "from"),
        ("from=2024-12-31&to=2024-01-01", "to"),
        ("known_from=-1", "known_from"),
        ("known_from=1&axis=valid", "axis"),
        ("per_page=101", "per_page"),
        ("known=99999999", "known"),
        ("from=2024-01-01&from=2024-01-02", "from"),
    ] {
        let got = site.get(&format!("/changes.json?{query}")).await;
        assert_eq!(got.status, 400, "{query}");
        assert!(got.text().contains(name), "{query}: {}", got.text());
    }
    assert_eq!(site.get("/changes?page=1000").await.status, 404);
}

#[tokio::test]
async fn what_law_takes_off_the_pages_is_in_no_list_of_changes() {
    let over = json!({
        "number": "示例罚2020-9", "authority": "示例局", "party": { "name": "示例插座厂" },
        "act": "不应再显示", "basis": [{ "law": "示例质量法" }], "measure": ["warning"],
        "content": "警告", "decided_on": "2020-06-01", "publish_until": "2023-06-01",
        "status": "in_force",
    });
    let site = Site::with(vec![draft(
        Kind::Penalty,
        "示例罚2020-9",
        "2020-06-01",
        ReasonCode::Listed,
        over,
    )]);
    let asked =
        ["/changes", "/changes.json", "/changes.csv", "/changes.atom", "/changes.feed.json"];
    for path in asked.map(|path| format!("{path}?kind=penalty&axis=recorded")) {
        let text = site.get(&path).await.text();
        assert!(!text.contains("2020-9") && text.contains("2024-1"), "{path}");
    }
    // Nor on a day when it could still be shown: the law speaks of the day of looking.
    let past = site.get("/changes.json?kind=penalty&as_of=2022-01-01").await.json();
    assert_eq!(past["total"], 0);
}

#[tokio::test]
async fn every_list_of_records_has_feeds_of_its_hits() {
    let site = Site::at_origin(Vec::new(), "https://quality.example");
    for list in LISTS {
        let records = !matches!(list, "/systems" | "/inconsistencies");
        for (suffix, mime) in
            [(".atom", "application/atom+xml"), (".feed.json", "application/feed+json")]
        {
            let got = site.get(&format!("{list}{suffix}")).await;
            assert_eq!(got.status == 200, records, "{list}{suffix}: {}", got.status);
            if records {
                assert!(got.header("content-type").starts_with(mime));
            }
        }
        let page = site.get(list).await.text();
        let named = page.contains("type=\"application/atom+xml\"");
        assert_eq!(named, records, "{list}: the feed is not in the head");
    }
    let feed = site.get("/en/products.feed.json?status=withdrawn").await.json();
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    let own = "https://quality.example/en/products.feed.json?status=withdrawn";
    assert_eq!(feed["feed_url"], own);
    let tags: Vec<String> = feed["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|item| format!("{} {}", item["tags"][0], item["tags"][1]).replace('"', ""))
        .collect();
    // The product and its grant, newest first: the withdrawal, the product.
    assert_eq!(tags, ["left listing", "added listing", "added product"]);
    let url = feed["items"][0]["url"].as_str().expect("a page");
    assert_eq!(url, format!("https://quality.example/en/products/{WITHDRAWN}"));
    assert_eq!(site.get("/systems.atom").await.status, 404);
    assert_eq!(site.get(&format!("/products/{PRODUCT}.atom")).await.status, 404);
}

#[tokio::test]
async fn an_enterprise_s_feed_tells_what_ends_within_ninety_days() {
    // Today is 2026-11-22: the ninetieth day is 2027-02-20.
    let grants =
        [("A", "2027-02-20"), ("B", "2027-02-21"), ("C", "2026-11-22"), ("D", "2026-11-21")];
    let more = grants.map(|(number, until)| {
        let key = format!("foshan-standard/{number}");
        let body = grant(PRODUCT, number, "valid", until);
        draft(Kind::Listing, &key, "2023-06-30", ReasonCode::Granted, body)
    });
    let site = Site::with(more.to_vec());
    let feed = site.get(&format!("/enterprises/{HOLDER}.feed.json")).await.json();
    let lapsing: Vec<&str> = feed["items"]
        .as_array()
        .expect("items")
        .iter()
        .filter(|item| item["tags"][0] == "lapsing")
        .filter_map(|item| item["title"].as_str())
        .collect();
    assert_eq!(lapsing.len(), 2, "{lapsing:?}");
    assert!(lapsing.iter().any(|title| title.contains("2027-02-20")));
    assert!(lapsing.iter().any(|title| title.contains("2026-11-22")));
    let xml = site.get(&format!("/enterprises/{HOLDER}.atom")).await.text();
    assert!(
        xml.contains("<category term=\"lapsing\"/>") && xml.contains("term=\"penalty\"").eq(&false)
    );
    let page = site.get(&format!("/enterprises/{HOLDER}")).await.text();
    assert!(page.contains(&format!("href=\"/enterprises/{HOLDER}.atom\"")));
}

#[tokio::test]
async fn a_record_leads_to_its_whole_history() {
    let site = Site::new();
    let json = site.get(&format!("/products/{PRODUCT}.json")).await.json();
    let history = site.get(json["links"]["history"].as_str().expect("a path")).await.json();
    assert_eq!((&history["total"], &items(&history)[0]["key"]), (&json!(1), &json!(PRODUCT)));
    let page = site.get(&format!("/products/{PRODUCT}")).await.text();
    assert!(page.contains(&format!("/changes?key={PRODUCT}&amp;axis=recorded")));
}

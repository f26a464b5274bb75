//! Twins answer exactly the same query as the page.

use crate::fixture::{HOLDER, LISTS, PRODUCT, RECALL, Site, TODAY};

/// Keys of a CSV, in its order.
fn keys(csv: &str) -> Vec<String> {
    let text = csv.strip_prefix('\u{feff}').expect("a byte order mark");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let column = reader.headers().expect("a header").iter().position(|name| name == "key");
    let column = column.expect("a column key");
    reader.records().map(|row| row.expect("a row")[column].to_owned()).collect()
}

#[tokio::test]
async fn csv_json_and_page_hold_the_same_rows_in_the_same_order() {
    let site = Site::new();
    for query in ["", "?q=%E5%86%B0", "?q=sl-100a", "?sort=name"] {
        for list in LISTS {
            // Only products have every one of these.
            if list != "/products" && !query.is_empty() {
                continue;
            }
            let json = site.get(&format!("{list}.json{query}")).await.json();
            let csv = site.get(&format!("{list}.csv{query}")).await;
            assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
            assert!(csv.header("content-disposition").starts_with("attachment; filename="));
            let items = json["items"].as_array().expect("items");
            let of_json: Vec<String> =
                items.iter().map(|item| item["key"].as_str().expect("a key").to_owned()).collect();
            let of_csv = keys(&csv.text());
            assert_eq!(
                of_csv.len() as u64,
                json["total"].as_u64().expect("total"),
                "{list}{query}"
            );
            assert_eq!(of_csv[..of_json.len()], of_json, "{list}{query}");
            let page = site.get(&format!("{list}{query}")).await.text();
            let mut from = 0;
            for item in items {
                let link = item["links"]["page"].as_str().expect("a link");
                let place = page[from..].find(link);
                assert!(place.is_some(), "{list}{query}: {link} is missing or out of order");
                // Two grants of one subject share a page.
                if list == "/products" {
                    from += place.unwrap_or_default();
                }
            }
        }
    }
}

#[tokio::test]
async fn a_list_says_what_the_contract_says() {
    let site = Site::new();
    let json = site.get("/en/products.json?q=%E5%86%B0%E7%AE%B1&status=valid").await.json();
    assert_eq!(
        (&json["total"], &json["page"], &json["per_page"]),
        (&1.into(), &1.into(), &24.into())
    );
    assert_eq!((&json["as_of"], &json["next"]), (&TODAY.into(), &serde_json::Value::Null));
    let item = &json["items"][0];
    assert_eq!((&item["kind"], &item["key"]), (&"product".into(), &PRODUCT.into()));
    assert_eq!(
        (&item["title"], &item["status"]),
        (&"Household refrigerator".into(), &"valid".into())
    );
    assert_eq!(item["strictness_percent"], "27.3");
    let links = item["links"].as_object().expect("links");
    for link in links.values() {
        assert_eq!(site.get(link.as_str().expect("a path")).await.status, 200, "{link}");
    }
    let status = json["facets"]["status"].as_array().expect("a facet");
    let valid = status.iter().find(|value| value["value"] == "valid").expect("valid");
    assert_eq!(
        (&valid["label"], &valid["count"], &valid["selected"]),
        (&"Valid".into(), &1.into(), &true.into())
    );
    for place in ["440000", "440600", "440606", "44", "4406"] {
        let json = site.get(&format!("/products.json?place={place}")).await.json();
        assert_eq!(json["total"], 2, "{place}");
    }
    for (query, total) in [
        ("scheme=foshan-standard", 2),
        ("status=withdrawn", 1),
        ("status=withdrawn&status=valid", 2),
        ("year=2023", 2),
        ("year=2022", 0),
        ("score=90-", 1),
        ("category=%E5%AE%B6%E7%94%B5", 2),
        ("production=on_sale", 2),
        ("q=gbt12021", 0),
        ("q=tfsas12", 2),
        (&format!("enterprise={HOLDER}"), 2),
        ("standard=T%2FFSAS+12-2021", 2),
    ] {
        let json = site.get(&format!("/products.json?{query}")).await.json();
        assert_eq!(json["total"], total, "{query}");
    }
}

#[tokio::test]
async fn every_link_of_every_list_answers() {
    let site = Site::new();
    for list in LISTS {
        let json = site.get(&format!("{list}.json?per_page=100")).await.json();
        for item in
            json["items"].as_array().expect("items").iter().step_by(9).chain(json["items"].get(0))
        {
            for link in item["links"].as_object().expect("links").values() {
                let got = site.get(link.as_str().expect("a path")).await;
                assert_eq!(got.status, 200, "{list}: {link}");
            }
        }
    }
}

#[tokio::test]
async fn a_record_says_where_it_comes_from() {
    let site = Site::new();
    let got = site.get(&format!("/products/{PRODUCT}.json")).await;
    assert_eq!(got.header("content-type"), "application/json");
    let json = got.json();
    assert_eq!((&json["kind"], &json["key"]), (&"product".into(), &PRODUCT.into()));
    assert_eq!(json["record"]["model"], "SL-100A");
    assert_eq!((&json["valid_from"], &json["as_of"]), (&"2023-06-30".into(), &TODAY.into()));
    assert_eq!(json["source"]["id"], "list-2023");
    assert_eq!(json["source"]["licence"], "政府信息公开");
    assert!(json["seq"].is_u64() && json["log_size"].is_u64() && json["recorded_at"].is_string());
    assert_eq!(json["links"]["page"], format!("/products/{PRODUCT}"));
    let recall = site.get("/notices/%E7%A4%BA%E4%BE%8B%E5%B1%80_2024-001.json").await.json();
    assert_eq!((&recall["kind"], &recall["key"]), (&"recall".into(), &RECALL.into()));
    let grant = site.get("/listings/foshan-standard_FSB-2023-0013.json").await.json();
    assert_eq!(grant["computed"]["status"], "withdrawn");
}

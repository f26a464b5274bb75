//! Services are found by what one needs, and listings say what they entitle to.

use register::{Kind, ReasonCode};
use serde_json::json;

use crate::fixture::{HOLDER, PRODUCT, SERVICE, Site, WITHDRAWN, draft, offer};

const PAGE: &str = "/services/quality-loan_%E7%A4%BA%E4%BE%8B%E8%B4%A8%E9%87%8F%E8%B4%B7";

#[tokio::test]
async fn a_service_is_found_by_system_place_need_test_item_and_text() {
    let site = Site::new();
    for (query, total) in [
        ("system=quality-loan", 1),
        ("system=product-hospital", 0),
        ("place=4406", 1),
        ("place=62", 0),
        ("need=%E6%A3%80%E6%B5%8B", 1),
        ("scope=%E5%90%B8%E6%B0%B4%E7%8E%87", 1),
        ("for_whom=%E4%BC%81%E4%B8%9A", 1),
        ("scheme=foshan-standard", 1),
        ("scheme=ccc", 0),
        ("status=closed", 0),
        ("q=%E5%90%B8%E6%B0%B4", 1),
        ("q=zhiliangdai", 1),
        ("q=quality%20loan", 1),
    ] {
        let json = site.get(&format!("/services.json?{query}")).await.json();
        assert_eq!(json["total"], total, "{query}");
    }
    let json = site.get("/en/services.json").await.json();
    let item = &json["items"][0];
    assert_eq!((&item["kind"], &item["key"]), (&json!("service"), &json!(SERVICE)));
    assert_eq!(item["needs"], json!(["融资", "检测", "吸水率"]));
    assert_eq!(json["facets"]["need"][0]["label"], "Testing");
    assert_eq!(json["facets"]["system"][0]["label"], "quality loan");
    for link in item["links"].as_object().expect("links").values() {
        assert_eq!(site.get(link.as_str().expect("a path")).await.status, 200, "{link}");
    }
}

#[tokio::test]
async fn only_a_listing_that_fits_entitles_and_only_to_an_open_service() {
    let site = Site::new();
    let entitled = |html: &str| html.contains(PAGE);
    assert!(entitled(&site.get(&format!("/products/{PRODUCT}")).await.text()));
    assert!(!entitled(&site.get(&format!("/products/{WITHDRAWN}")).await.text()));
    // A product's listing entitles the product's page; the firm's own page speaks of its own listings.
    assert!(!entitled(&site.get(&format!("/enterprises/{HOLDER}")).await.text()));
    assert!(entitled(&site.get("/directories/foshan-standard").await.text()));
    assert!(!entitled(&site.get("/directories/ccc").await.text()));
    // Before the grant there was nothing to entitle.
    let before = site.get(&format!("/products/{PRODUCT}?as_of=2023-12-31")).await.text();
    assert!(!entitled(&before), "the service began in 2024");

    let closed = draft(Kind::Service, SERVICE, "2026-01-01", ReasonCode::Removed, offer("closed"));
    let site = Site::with(vec![closed]);
    assert!(!entitled(&site.get(&format!("/products/{PRODUCT}")).await.text()));
    let page = site.get(PAGE).await.text();
    assert!(page.contains("关闭") && page.contains("/directories/foshan-standard?status=valid"));
}

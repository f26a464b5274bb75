//! Badges: every status, and that they follow the log.

use std::sync::Arc;

use register::{Draft, Kind, ReasonCode};
use serde_json::json;
use server::store::{FixedClock, Log as _, Register};

use crate::fixture::{HOLDER, PRODUCT, Site, WITHDRAWN, clock, draft, grant, product};

const GREEN: &str = "#166534";

/// A product of its own with one grant.
fn listed(key: &str, status: &str, until: &str) -> [Draft; 2] {
    let number = format!("FSB-{key}");
    let mut body = grant(key, &number, status, until);
    if matches!(status, "withdrawn" | "cancelled" | "exited") {
        body["exit_reason"] = json!("failed_inspection");
    }
    let name = format!("示例产品{key}");
    let mut own = product(&name, &format!("M-{key}"));
    own["gtins"] = json!([]);
    [
        draft(Kind::Product, key, "2023-06-30", ReasonCode::Listed, own),
        draft(
            Kind::Listing,
            &format!("foshan-standard/{number}"),
            "2023-06-30",
            ReasonCode::Listed,
            body,
        ),
    ]
}

#[tokio::test]
async fn a_products_badge_says_each_status_in_three_languages_and_only_valid_is_green() {
    let cases = [
        ("p-0000000000a1", "valid", "2028-06-30", ["有效", "有效", "Valid"]),
        ("p-0000000000a2", "valid", "2024-06-30", ["已过期", "已過期", "Expired"]),
        ("p-0000000000a3", "suspended", "2028-06-30", ["暂停", "暫停", "Suspended"]),
        ("p-0000000000a4", "withdrawn", "2028-06-30", ["已撤销", "已撤銷", "Withdrawn"]),
        ("p-0000000000a5", "cancelled", "2028-06-30", ["已注销", "已註銷", "Cancelled"]),
        ("p-0000000000a6", "exited", "2028-06-30", ["已退出", "已退出", "Exited"]),
        ("p-0000000000a7", "replaced", "2028-06-30", ["已被替代", "已被替代", "Replaced"]),
    ];
    let mut more: Vec<Draft> =
        cases.iter().flat_map(|(key, status, until, _)| listed(key, status, until)).collect();
    let bare = product("示例产品", "M-0");
    more.push(draft(Kind::Product, "p-0000000000a8", "2023-06-30", ReasonCode::Listed, bare));
    let site = Site::with(more);
    for (key, status, _, words) in cases {
        for (prefix, word) in ["", "/zh-Hant", "/en"].into_iter().zip(words) {
            let got = site.get(&format!("{prefix}/products/{key}/badge.svg")).await;
            assert_eq!(got.status, 200, "{key}");
            let svg = got.text();
            assert!(svg.contains(&format!(">{word}</text>")), "{status} {prefix}: {svg}");
            assert!(svg.contains("2026-11-22") && svg.len() <= 1_500, "{} bytes", svg.len());
            assert_eq!(svg.contains(GREEN), words[2] == "Valid", "{status}: {svg}");
        }
    }
    let none = site.get("/en/products/p-0000000000a8/badge.svg").await.text();
    assert!(none.contains(">Not listed</text>") && !none.contains(GREEN), "{none}");
    assert_eq!(site.get("/products/p-none/badge.svg").await.status, 404);
}

#[tokio::test]
async fn a_badge_may_be_shown_anywhere_and_can_do_nothing() {
    let site = Site::new();
    for path in
        [format!("/products/{PRODUCT}/badge.svg"), format!("/enterprises/{HOLDER}/badge.svg")]
    {
        let got = site.get(&path).await;
        assert_eq!(got.header("content-type"), "image/svg+xml");
        assert_eq!(
            got.header("content-security-policy"),
            "default-src 'none'; frame-ancestors 'none'; sandbox"
        );
        assert_eq!(got.header("cross-origin-resource-policy"), "cross-origin");
        assert_eq!(got.header("access-control-allow-origin"), "*");
        assert_eq!(got.header("cache-control"), "public, no-cache");
        let again = site.get_with(&path, &[("if-none-match", got.header("etag"))]).await;
        assert_eq!(again.status, 304);
        let svg = got.text();
        for forbidden in ["<script", "href", "<style", "foreignObject", "onload"] {
            assert!(!svg.contains(forbidden), "{path}: {forbidden}");
        }
        assert!(svg.contains("role=\"img\"") && svg.contains("<title") && svg.contains("<desc"));
    }
}

#[tokio::test]
async fn a_withdrawal_shows_with_the_next_request() {
    let key = "p-0000000000b1";
    let site = Site::with(listed(key, "valid", "2028-06-30").into());
    let path = format!("/products/{key}/badge.svg");
    let before = site.get(&path).await;
    assert!(before.text().contains(GREEN));
    let etag = before.header("etag").to_owned();
    let mut body = grant(key, &format!("FSB-{key}"), "withdrawn", "2028-06-30");
    body["exit_reason"] = json!("failed_inspection");
    let number = format!("foshan-standard/FSB-{key}");
    let gone = draft(Kind::Listing, &number, "2026-11-20", ReasonCode::Withdrawn, body);
    let clock = Arc::new(FixedClock(clock()));
    let register = Register::open_with_clock(&site.path, clock).expect("the register");
    register.append(&mut [gone].into_iter()).expect("appended");
    let after = site.get_with(&path, &[("if-none-match", &etag)]).await;
    assert_eq!(after.status, 200);
    assert!(after.text().contains(">已撤销</text>") && !after.text().contains(GREEN));
}

#[tokio::test]
async fn codes_and_enterprises_have_badges_with_the_words_of_their_pages() {
    let site = Site::new();
    let unknown = site.get("/en/q/44M3QMX9D2R4/badge.svg").await;
    assert_eq!(unknown.status, 404);
    assert!(unknown.text().contains(">Not found</text>") && !unknown.text().contains(GREEN));
    let malformed = site.get("/q/44M3QMX9D2R5/badge.svg").await;
    assert_eq!(malformed.status, 400);
    assert!(malformed.text().contains(">编码写错了</text>"));
    let firm = site.get(&format!("/en/enterprises/{HOLDER}/badge.svg")).await.text();
    assert!(firm.contains(">Active, 1 valid listings</text>"), "{firm}");
    assert!(!firm.contains(GREEN), "a registration is no mark of quality");
    let page = site.get(&format!("/en/products/{WITHDRAWN}")).await.text();
    assert!(page.contains("/badge.svg") && page.contains("For your own site"));
    let withdrawn = site.get(&format!("/products/{WITHDRAWN}/badge.svg")).await.text();
    assert!(withdrawn.contains(">已撤销</text>"));
}

#[tokio::test]
async fn no_product_of_a_register_has_a_badge_that_is_better_than_its_page() {
    let site = Site::sample(60);
    let list = site.get("/en/products.json?per_page=100").await.json();
    let mut seen = std::collections::BTreeSet::new();
    for item in list["items"].as_array().expect("products") {
        let (key, status) = (item["key"].as_str().expect("a key"), &item["status"]);
        let svg = site.get(&format!("/en/products/{key}/badge.svg")).await.text();
        let says = |word: &str| svg.contains(&format!(">{word}</text>"));
        let same = match status.as_str().expect("a status") {
            "valid" => true,
            "suspended" => says("Suspended"),
            "expired" => says("Expired"),
            "withdrawn" => says("Withdrawn"),
            "cancelled" => says("Cancelled"),
            "exited" => says("Exited"),
            "replaced" => says("Replaced"),
            _ => says("Not listed"),
        };
        assert!(same || says("Under recall"), "{key} is {status}: {svg}");
        assert!(status == "valid" || !svg.contains(GREEN), "{key} is {status}: {svg}");
        assert_eq!(svg.contains(GREEN), says("Valid"), "{key}");
        seen.insert(status.to_string());
    }
    assert!(seen.len() >= 3, "{seen:?}");
}

//! The portal follows the log.

use std::time::{Duration, Instant};

use register::{Kind, ReasonCode};
use serde_json::json;
use server::store::{FixedClock, Log, Register};

use crate::fixture::{PRODUCT, Site, clock, draft, grant, product};

/// The register as another process has it open: a connection of its own.
fn other_process(path: &std::path::Path) -> Register {
    let clock = std::sync::Arc::new(FixedClock(clock()));
    Register::open_with_clock(path, clock).expect("the same register")
}

#[tokio::test]
async fn what_another_process_appends_shows_without_restart() {
    let site = Site::new();
    let path = format!("/products/{PRODUCT}");
    let before = site.get(&path).await;
    // Warm: a list page, its twin, the counts.
    assert_eq!(site.get("/products.json?status=withdrawn").await.json()["total"], 1);
    let other = other_process(&site.path);
    let mut took = Vec::new();
    // Suspended and reinstated a few times, withdrawn at last: the machine may be busy at one of them.
    for (i, status) in
        ["suspended", "valid", "suspended", "valid", "withdrawn"].into_iter().enumerate()
    {
        let mut body = grant(PRODUCT, "FSB-2023-0012", status, "2028-06-30");
        body["exit_reason"] = json!("mark_misuse");
        let day = format!("2026-11-0{}", i + 1);
        let key = "foshan-standard/FSB-2023-0012";
        let change = draft(Kind::Listing, key, &day, ReasonCode::Amended, body);
        other.append(&mut std::iter::once(change)).expect("appended");
        let acknowledged = Instant::now();
        let list = site.get(&format!("/products.json?status={status}")).await.json();
        took.push(acknowledged.elapsed());
        let keys: Vec<_> =
            list["items"].as_array().expect("items").iter().map(|item| &item["key"]).collect();
        assert!(keys.contains(&&json!(PRODUCT)), "{status}: {keys:?}");
    }
    let best = took.iter().min().copied().unwrap_or_default();
    assert!(best < Duration::from_millis(50), "shown after {took:?}");
    let after = site.get(&path).await;
    assert_ne!(before.header("etag"), after.header("etag"), "the page says it too");
    assert!(after.text().contains("withdrawn") || after.text().contains("撤销"));
    let directory = site.get("/directories/foshan-standard.json?status=withdrawn").await.json();
    assert_eq!(directory["total"], 2);
    let enterprises = site.get("/enterprises.json").await.json();
    assert_eq!(enterprises["items"][0]["listings"], 0, "no valid listing is left");
    println!("changes shown after {took:?}");
}

/// Changes of every kind, laid over, give the same lists as an index made anew.
#[tokio::test]
async fn an_overlay_equals_a_rebuild() {
    let site = Site::new();
    assert_eq!(site.get("/products").await.status, 200);
    let holder = "91440606722473344C";
    let drafts = vec![
        draft(
            Kind::Enterprise,
            holder,
            "2024-01-01",
            ReasonCode::Listed,
            json!({ "name_zh": "另一家示例公司", "uscc": holder, "place": "440106",
                    "status": "active", "roles": ["producer"] }),
        ),
        draft(
            Kind::Product,
            "p-000000000003",
            "2024-01-01",
            ReasonCode::Listed,
            product("空调", "KT-1"),
        ),
        // Changes hands: leaves one enterprise's count and enters another's.
        draft(Kind::Product, PRODUCT, "2024-02-01", ReasonCode::Corrected, {
            let mut body = product("家用电冰箱", "SL-100A");
            body["holder"] = json!(holder);
            body["standards"] = json!(["GB 4706.13-2014"]);
            body
        }),
        draft(
            Kind::Standard,
            "GB 4706.13-2014",
            "2014-01-01",
            ReasonCode::Listed,
            json!({ "number": "GB 4706.13-2014", "title_zh": "制冷器具", "type": "national",
                    "mandatory": true, "issuer": "示例", "status": "current" }),
        ),
        draft(
            Kind::Comparison,
            "p-000000000003/noise",
            "2024-03-01",
            ReasonCode::Listed,
            json!({ "subject": { "kind": "product", "key": "p-000000000003" }, "indicator": "noise",
                    "name_zh": "噪声", "unit": "dB", "direction": "lower_better", "limit": "40",
                    "baselines": [{ "standard": "GB 1-2020", "limit": "50", "method_equivalent": "yes" }] }),
        ),
        // Not yet true: must not show before its day.
        draft(
            Kind::Product,
            "p-000000000004",
            "2030-01-01",
            ReasonCode::Listed,
            product("将来", "F-1"),
        ),
    ];
    let other = other_process(&site.path);
    for draft in drafts {
        other.append(&mut std::iter::once(draft)).expect("appended");
        assert_eq!(site.get("/products.json").await.status, 200, "follows step by step");
    }
    let log_size = site.get("/products.json").await.json()["log_size"].as_u64().expect("a size");
    let lists = ["products", "enterprises", "standards", "listings", "notices", "systems"];
    for list in lists {
        let live = site.get(&format!("/{list}.json?per_page=100")).await.json();
        assert_eq!(live["log_size"], log_size);
        // The same moment under another name: `known` one less than nothing new is a build from scratch.
        let indexes = server::web::index::Indexes::open(
            &site.path,
            Box::new(|| "2026-11-22T04:00:00Z".parse().expect("an instant")),
        )
        .expect("indexes");
        let assets = server::web::assets::Assets::default();
        let fresh = server::web::service(std::sync::Arc::new(server::web::Portal::new(
            indexes,
            assets,
            server::web::Settings::default(),
        )));
        let request = axum::http::Request::get(format!("/{list}.json?per_page=100"))
            .body(axum::body::Body::empty())
            .expect("a request");
        let response = tower::ServiceExt::oneshot(fresh, request).await.expect("infallible");
        let bytes = http_body_util::BodyExt::collect(response.into_body()).await.expect("a body");
        let fresh: serde_json::Value = serde_json::from_slice(&bytes.to_bytes()).expect("JSON");
        assert_eq!(live["total"], fresh["total"], "{list}");
        assert_eq!(live["items"], fresh["items"], "{list}");
        assert_eq!(live["facets"], fresh["facets"], "{list}");
    }
}

#[tokio::test]
async fn a_get_changes_nothing() {
    let site = Site::new();
    for _ in 0..2 {
        site.get("/products").await;
    }
    let before = std::fs::read(&site.path).expect("the register");
    for path in crate::fixture::pages() {
        site.get(&path).await;
        site.get(&format!("{path}?as_of=2024-01-01")).await;
    }
    assert_eq!(std::fs::read(&site.path).expect("the register"), before);
    drop(site.folder);
}

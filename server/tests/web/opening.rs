//! A start from what the last one kept, and what is answered before the lists are there.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::Request;
use chrono::{DateTime, Utc};
use http_body_util::BodyExt;
use register::{Kind, ReasonCode};
use serde_json::json;
use server::store::{FixedClock, Log, Register, Take};
use server::web::assets::Assets;
use server::web::index::Indexes;
use server::web::{Portal, Service, Settings, service};
use tower::ServiceExt;

use crate::fixture::{HOLDER, LISTS, PRODUCT, Site, clock, draft, grant};

fn file(site: &Site) -> PathBuf {
    let mut name = site.path.clone().into_os_string();
    name.push(".index");
    name.into()
}

/// A portal as `serve` starts it, its lists not yet built where they are not kept.
fn started(path: &Path, now: DateTime<Utc>) -> (Arc<Portal>, Service) {
    let indexes = Indexes::open_soon(path, Box::new(move || now)).expect("indexes");
    let assets = Assets::load().expect("assets");
    let settings = Settings { office: "示例市场监管局".to_owned(), ..Settings::default() };
    let portal = Arc::new(Portal::new(indexes, assets, settings));
    (Arc::clone(&portal), service(portal))
}

async fn get(service: &Service, path: &str) -> (u16, Option<String>, String) {
    let request = Request::get(path).body(Body::empty()).expect("a request");
    let response = service.clone().oneshot(request).await.expect("infallible");
    let wait = response.headers().get("retry-after");
    let wait = wait.and_then(|value| value.to_str().ok()).map(str::to_owned);
    let status = response.status().as_u16();
    let bytes = response.into_body().collect().await.expect("a body").to_bytes();
    (status, wait, String::from_utf8_lossy(&bytes).into_owned())
}

async fn until(what: &str, mut is: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is() {
        assert!(start.elapsed() < Duration::from_secs(30), "{what}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// A register whose indexes are kept.
async fn kept() -> Site {
    let site = Site::new();
    let (portal, service) = started(&site.path, clock());
    portal.finish_opening();
    until("the indexes are kept", || file(&site).exists()).await;
    assert_eq!(get(&service, "/products").await.0, 200);
    site
}

fn whole(site: &Site, now: DateTime<Utc>) -> bool {
    Indexes::open_soon(&site.path, Box::new(move || now)).expect("indexes").is_whole()
}

#[tokio::test]
async fn until_the_lists_are_there_codes_are_answered_and_lists_are_not_shown_empty() {
    let site = Site::new();
    let (portal, service) = started(&site.path, clock());
    for prefix in ["", "/zh-Hant", "/en"] {
        for list in LISTS.iter().chain(&["/", "/data", "/statistics", "/changes", "/match"]) {
            let (status, wait, page) = get(&service, &format!("{prefix}{list}")).await;
            assert_eq!((status, wait.as_deref()), (503, Some("5")), "{prefix}{list}");
            let says = match prefix {
                "" => "列表正在读入",
                "/zh-Hant" => "列表正在讀入",
                _ => "its lists are being read",
            };
            assert!(page.contains(says), "{prefix}{list}: {page}");
        }
    }
    let (status, _, text) = get(&service, "/products.json").await;
    assert!(status == 503 && text.contains("about#opening"), "{text}");
    let (status, _, page) = get(&service, "/q/44M3-QMX9-D2R4").await;
    assert!(status != 503, "{page}");
    let before = get(&service, &format!("/products/{PRODUCT}/badge.svg")).await;
    assert_eq!(before.0, 200);
    let (status, _, text) = get(&service, "/readyz").await;
    let ready: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(
        (status, &ready["status"], &ready["lists"]),
        (503, &json!("opening"), &json!(false))
    );

    portal.finish_opening();
    until("the lists are there", || file(&site).exists()).await;
    assert_eq!(get(&service, "/readyz").await.0, 200);
    for list in LISTS {
        let address = format!("{list}.json");
        assert_eq!(get(&service, &address).await.2, site.get(&address).await.text(), "{list}");
    }
    assert_eq!(get(&service, &format!("/products/{PRODUCT}/badge.svg")).await, before);
}

#[tokio::test]
async fn a_start_from_what_was_kept_answers_as_one_that_built_everything() {
    let site = kept().await;
    let mut change = grant(PRODUCT, "FSB-2023-0012", "withdrawn", "2028-06-30");
    change["exit_reason"] = json!("mark_misuse");
    let key = "foshan-standard/FSB-2023-0012";
    for round in 0..2 {
        let (_, service) = started(&site.path, clock());
        for list in LISTS.iter().chain(&["/statistics", "/systems"]) {
            for address in [(*list).to_owned(), format!("{list}.json"), format!("{list}?q=示例")]
            {
                let got = get(&service, &address).await;
                let want = site.get(&address).await;
                assert_eq!(
                    (got.0, got.2),
                    (want.status.as_u16(), want.text()),
                    "{round} {address}"
                );
            }
        }
        // The second time the log has gone on since.
        let other =
            Register::open_with_clock(&site.path, Arc::new(FixedClock(clock()))).expect("it");
        let one = draft(Kind::Listing, key, "2026-11-02", ReasonCode::Amended, change.clone());
        other.append(&mut std::iter::once(one)).expect("appended");
    }
}

#[tokio::test]
async fn what_is_kept_counts_for_its_day_and_its_bytes_only() {
    let site = kept().await;
    assert!(whole(&site, clock()));
    assert!(!whole(&site, clock() + chrono::TimeDelta::days(1)), "statuses turn with the day");
    let bytes = std::fs::read(file(&site)).expect("kept");
    let step = (bytes.len() / 97).max(1);
    for at in (0..bytes.len()).step_by(step).chain([bytes.len() - 1]) {
        let mut changed = bytes.clone();
        changed[at] ^= 0x10;
        std::fs::write(file(&site), &changed).expect("written");
        assert!(!whole(&site, clock()), "byte {at}");
        std::fs::write(file(&site), &bytes[..at]).expect("written");
        assert!(!whole(&site, clock()), "cut at {at}");
    }
    std::fs::write(file(&site), &bytes).expect("written");
    assert!(whole(&site, clock()));
    let another = Site::sample(20);
    std::fs::copy(file(&site), file(&another)).expect("copied");
    assert!(!whole(&another, clock()), "another register's");
}

#[tokio::test]
async fn what_was_taken_out_is_not_kept() {
    const SECRET: &str = "冒用示例标志";
    let penalty = json!({
        "number": "示例罚2025-7", "authority": "示例局",
        "party": { "name": "示例电器有限公司", "uscc": HOLDER }, "act": SECRET,
        "basis": [{ "law": "示例质量法", "article": "第一条" }], "measure": ["fine"],
        "content": "罚款", "decided_on": "2025-05-10", "publish_until": "2099-05-10",
        "status": "in_force",
    });
    let penalty =
        draft(Kind::Penalty, "示例罚2025-7", "2025-05-10", ReasonCode::Published, penalty);
    let site = Site::with(vec![penalty]);
    let (portal, service) = started(&site.path, clock());
    portal.finish_opening();
    until("the indexes are kept", || file(&site).exists()).await;
    let holds = || {
        let bytes = std::fs::read(file(&site)).unwrap_or_default();
        bytes.windows(SECRET.len()).any(|window| window == SECRET.as_bytes())
    };
    assert!(holds(), "the test looks right");
    let other = Register::open_with_clock(&site.path, Arc::new(FixedClock(clock()))).expect("it");
    let take = Take {
        kind: Kind::Penalty,
        key: "示例罚2025-7".to_owned(),
        fields: vec!["act".to_owned()],
        reason: "依法院裁定".to_owned(),
    };
    other.redact(&[take]).expect("taken out");
    assert!(!file(&site).exists(), "whoever takes out removes the file");
    assert_eq!(get(&service, "/penalties").await.0, 200);
    until("kept again", || file(&site).exists()).await;
    assert!(!holds());
}

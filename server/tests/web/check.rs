//! What a browser is handed to check a page with, and the page that says how to do it by hand.

use register::evidence::page::{Outcome, Printed, Remembered, Report, check};
use server::keys::Founding;

use crate::fixture::{HOLDER, PRODUCT, RESTRICTION, Site, TODAY, WITHDRAWN};

fn bundle(of: &str, since: Option<u64>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("of", of);
    if let Some(since) = since {
        query.append_pair("since", &since.to_string());
    }
    format!("/check.json?{}", query.finish())
}

/// Checks a page as its script does.
async fn checked(site: &Site, kind: &str, key: &str, status: &str, path: &str) -> Report {
    let size = site.get("/products.json").await.json()["log_size"].as_u64().expect("a size");
    let of = format!("{path}?as_of={TODAY}&known={size}");
    let got = site.get(&bundle(&of, None)).await;
    assert_eq!(got.status, 200, "{}", got.text());
    let answer = got.json();
    let mut records = Vec::new();
    for one in answer["entries"].as_array().expect("entries") {
        if let Some(json) = one["json"].as_str() {
            let twin = site.get(json).await;
            assert_eq!(twin.status, 200, "{json}");
            records.push(twin.text());
        }
    }
    let records: Vec<&str> = records.iter().map(String::as_str).collect();
    let printed = Printed { kind, key, as_of: TODAY, known: size, status };
    let vkey = site.get("/log/vkey").await.text();
    let note = site.get("/log/checkpoint").await.text();
    let seen = Remembered { key: &vkey, checkpoint: &note };
    check(&printed, &got.text(), &records, Some(&seen))
}

#[tokio::test]
async fn pages_hold_against_the_log_behind_them() {
    let site = Site::new();
    Founding::random(&site.path).expect("keys").write().expect("written");
    for (kind, key, status, path) in [
        ("product", PRODUCT, "valid", format!("/products/{PRODUCT}")),
        ("product", WITHDRAWN, "withdrawn", format!("/products/{WITHDRAWN}")),
        ("enterprise", HOLDER, "", format!("/enterprises/{HOLDER}")),
        ("standard", "T/FSAS 12-2021", "", "/standards/T_FSAS-12-2021".to_owned()),
    ] {
        let report = checked(&site, kind, key, status, &path).await;
        assert_eq!(report.outcome, Outcome::Holds, "{path}: {report:?}");
        assert!(report.lines.iter().any(|(word, _)| *word == "fields"), "{report:?}");
    }
    // What is published for a time is hashed as a commitment, and said not to be compared.
    let path = format!("/restrictions/{}", app::model::encode_key(RESTRICTION));
    let report = checked(&site, "restriction", RESTRICTION, "", &path).await;
    assert!(report.outcome <= Outcome::Partly, "{report:?}");
    // A page that printed something else is found out.
    let path = format!("/products/{WITHDRAWN}");
    let lied = checked(&site, "product", WITHDRAWN, "valid", &path).await;
    assert_eq!(lied.outcome, Outcome::Failed);
}

#[tokio::test]
async fn a_consistency_proof_goes_with_the_size_a_device_has_seen() {
    let site = Site::new();
    Founding::random(&site.path).expect("keys").write().expect("written");
    let of = format!("/products/{PRODUCT}");
    let size = site.get("/products.json").await.json()["log_size"].as_u64().expect("a size");
    let json = site.get(&bundle(&of, Some(3))).await.json();
    assert!(json["consistency"].as_array().is_some_and(|path| !path.is_empty()));
    assert!(site.get(&bundle(&of, Some(size + 1))).await.json()["consistency"].is_null());
    assert_eq!(site.get(&bundle(&of, None)).await.json()["consistency"], serde_json::Value::Null);
    for bad in [
        "/check.json".to_owned(),
        bundle("/products", None),
        bundle("https://elsewhere.example/", None),
        format!("{}&since=x", bundle(&of, None)),
        format!("/check?of=%2Fproducts%2F{PRODUCT}&since=3"),
    ] {
        assert_eq!(site.get(&bad).await.status, 400, "{bad}");
    }
    assert_eq!(site.get(&bundle("/products/p-none", None)).await.status, 404);
}

#[tokio::test]
async fn without_a_log_key_nothing_is_said_to_be_checked() {
    let site = Site::new();
    let json = site.get(&bundle(&format!("/products/{PRODUCT}"), None)).await.json();
    assert!(json["checkpoint"].is_null() && json["key"].is_null());
    let page = site.get(&format!("/en/check?of=%2Fproducts%2F{PRODUCT}")).await.text();
    assert!(page.contains("nothing can be checked here"), "{page}");
    let record = site.get(&format!("/products/{PRODUCT}")).await.text();
    assert!(!record.contains("id=\"proof\""), "no control where nothing can be checked");
}

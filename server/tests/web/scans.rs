//! Notes of readers that they checked a unit.

use axum::body::Body;
use axum::http::Request;
use server::store::{NOTES_A_DAY_MAX, Reader};
use server::web::Settings;

use crate::fixture::{Got, Site};
use crate::units::Units;
use crate::verify::code;

fn units(scan_facts: bool) -> Units {
    Units::new(5, Settings { scan_facts, ..Settings::default() })
}

async fn post(site: &Site, path: &str, form: &str, headers: &[(&str, &str)]) -> Got {
    let mut request = Request::post(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    site.send(request.body(Body::from(form.to_owned())).expect("a request")).await
}

#[tokio::test]
async fn a_note_is_counted_by_pressing_and_by_nothing_else() {
    let units = units(true);
    let (site, unit) = (&units.site, units.codes[0]);
    let path = format!("/q/{unit}");
    let size = Reader::open(&site.path).expect("a reader").log_size().expect("a size");
    let verdict = site.get(&path).await;
    let html = verdict.text();
    assert!(html.contains(&format!("method=\"post\" action=\"{path}/scans\"")), "{html}");
    let head = Request::head(format!("{path}/scans")).body(Body::empty()).expect("a request");
    assert_eq!(site.send(head).await.status, 200);
    for _ in 0..3 {
        let page = site.get(&format!("{path}/scans")).await;
        assert_eq!(page.status, 200);
        assert!(page.text().contains("还没有人记下过"), "{}", page.text());
    }
    let got = post(site, &format!("{path}/scans"), "", &[]).await;
    assert_eq!(
        (got.status.as_u16(), got.header("location")),
        (303, &*format!("{path}/scans")),
        "{}",
        got.text()
    );
    let got = post(site, &format!("/en{path}/scans?size=large"), "province=44", &[]).await;
    assert_eq!(got.header("location"), format!("/en{path}/scans?size=large"));
    let json = site.get(&format!("{path}/scans.json")).await.json();
    assert_eq!(json["times"], 2);
    assert_eq!(json["provinces"], serde_json::json!([{ "province": "44", "times": 1 }]));
    assert_eq!((&json["not_said"], &json["first"]), (&1.into(), &"2026-11-22".into()));
    for (prefix, words) in [
        ("", ["广东 1", "没有说明 1", "不说明这件商品是真是假"]),
        ("/zh-Hant", ["廣東 1", "沒有說明 1", "不說明這件商品是真是假"]),
        ("/en", ["Guangdong 1", "Not said 1", "does not show whether the item is genuine"]),
    ] {
        let html = site.get(&format!("{prefix}{path}/scans")).await.text();
        for word in words {
            assert!(html.contains(word), "{prefix}: {word}: {html}");
        }
    }
    // Other units have none, the log is as long as before, and the verdict says the same.
    let other = site.get(&format!("/q/{}/scans.json", units.codes[1])).await.json();
    assert_eq!(other["times"], 0);
    assert_eq!(Reader::open(&site.path).expect("a reader").log_size().expect("a size"), size);
    assert_eq!(site.get(&path).await.bytes, verdict.bytes);
}

#[tokio::test]
async fn notes_have_bounds_and_only_units_on_record_have_any() {
    let units = units(true);
    let (site, unit) = (&units.site, units.codes[0]);
    let path = format!("/q/{unit}/scans");
    for _ in 0..2 * NOTES_A_DAY_MAX {
        assert_eq!(post(site, &path, "province=11", &[]).await.status, 303);
    }
    let times = |got: Got| got.json()["times"].clone();
    assert_eq!(times(site.get(&format!("{path}.json")).await), NOTES_A_DAY_MAX);
    let next = format!("/q/{}/scans", units.codes[1]);
    for (form, status) in
        [("province=99", 400), ("colour=red", 400), (&*"x".repeat(300), 400), ("province=", 303)]
    {
        assert_eq!(post(site, &next, form, &[]).await.status, status, "{form}");
    }
    // A form on another site leads here and counts nothing.
    let foreign = post(site, &next, "province=44", &[("sec-fetch-site", "cross-site")]).await;
    assert_eq!(foreign.status, 303);
    assert_eq!(times(site.get(&format!("{next}.json")).await), 1);
    let wrong = register::code::CreditCode::mint_unit([0xee; 16]);
    for code in [wrong, code(1)] {
        let path = format!("/q/{code}/scans");
        assert_eq!(post(site, &path, "", &[]).await.status, 404, "{code}");
        assert_eq!(site.get(&path).await.status, 404, "{code}");
    }
    assert!(!site.get(&format!("/q/{}", code(1))).await.text().contains("/scans"));
    // So many in a minute.
    let mut refused = 0;
    for _ in 0..150 {
        let got = post(site, &path, "", &[]).await;
        if got.status == 503 {
            assert!(!got.header("retry-after").is_empty());
            refused += 1;
        }
    }
    assert!(refused > 20, "{refused}");
}

#[tokio::test]
async fn without_the_option_there_is_no_button_no_page_and_no_note() {
    let units = units(false);
    let (site, unit) = (&units.site, units.codes[0]);
    assert!(!site.get(&format!("/q/{unit}")).await.text().contains("/scans"));
    let path = format!("/q/{unit}/scans");
    assert_eq!(site.get(&path).await.status, 404);
    let got = post(site, &path, "province=44", &[]).await;
    assert_eq!((got.status.as_u16(), got.header("allow")), (405, "GET, HEAD"));
}

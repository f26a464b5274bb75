//! The site map answers as it says.

use axum::body::Body;
use axum::http::Request;
use register::Lang;
use server::web::router::{PLACES, Page, Twins};

use crate::fixture::{LISTS, PRODUCT, Site, TODAY, WITHDRAWN, pages};

#[tokio::test]
async fn every_page_answers_in_three_languages() {
    let site = Site::new();
    for lang in Lang::ALL {
        for path in pages() {
            let path = match (lang.prefix(), path.as_str()) {
                ("", path) => path.to_owned(),
                (prefix, "/") => prefix.to_owned(),
                (prefix, path) => format!("{prefix}{path}"),
            };
            let got = site.get(&path).await;
            assert_eq!(got.status, 200, "{path}: {}", got.text());
            assert_eq!(got.header("content-type"), "text/html; charset=utf-8", "{path}");
            // Pages that no index keeps name no other languages; their own they always say.
            let own = if lang == Lang::ZhHans { "zh-CN" } else { lang.tag() };
            let said = [lang.tag(), own].map(|tag| format!("lang=\"{tag}\""));
            assert!(said.iter().any(|lang| got.text().contains(lang)), "{path}");
        }
    }
}

#[tokio::test]
async fn every_place_of_the_map_is_among_the_pages_tested() {
    let pages = pages();
    // What a code opens is tested in `verify.rs`.
    let code = |page: Page| page.is_verdict() || page == Page::Ask;
    for place in PLACES.iter().filter(|place| place.twins != Twins::File && !code(place.page)) {
        let head = place.pattern.split('{').next().unwrap_or_default();
        let fits = |page: &String| match place.pattern.contains('{') {
            true => page.strip_prefix(head).is_some_and(|key| !key.is_empty()),
            false => page == place.pattern,
        };
        // A grant has no page of its own: it leads to its subject's.
        // A check is of a page: `check.rs`.
        // What readers report is taken only where the operator wants it: `report.rs`.
        let elsewhere = matches!(place.pattern, "/listings/{id}" | "/check" | "/report" | "/case");
        assert!(elsewhere || pages.iter().any(fits), "{}", place.pattern);
    }
}

#[tokio::test]
async fn a_grant_leads_to_the_page_of_its_subject() {
    let site = Site::new();
    let got = site.get("/en/listings/foshan-standard_FSB-2023-0012").await;
    assert_eq!(
        (got.status.as_u16(), got.header("location")),
        (303, &*format!("/en/products/{PRODUCT}"))
    );
}

#[tokio::test]
async fn a_trailing_slash_moves_for_good_and_keeps_the_query() {
    let site = Site::new();
    let got = site.get("/en/products/?q=a").await;
    assert_eq!((got.status.as_u16(), got.header("location")), (308, "/en/products?q=a"));
    for path in ["//evil.example/", "//products/"] {
        let request = Request::get(format!("http://localhost{path}")).body(Body::empty());
        let got = site.send(request.expect("a request")).await;
        assert_eq!((got.status.as_u16(), got.header("location")), (404, ""), "{path}");
    }
}

#[tokio::test]
async fn only_reading_is_allowed() {
    let site = Site::new();
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"] {
        let request = Request::builder().method(method).uri("/products").body(Body::empty());
        let got = site.send(request.expect("a request")).await;
        assert_eq!((got.status.as_u16(), got.header("allow")), (405, "GET, HEAD"), "{method}");
    }
}

#[tokio::test]
async fn head_says_what_get_says_without_the_body() {
    let site = Site::new();
    for path in ["/", "/products", "/products.json", "/products.csv", "/nothing", "/robots.txt"] {
        let get = site.get(path).await;
        let request = Request::head(path).body(Body::empty()).expect("a request");
        let head = site.send(request).await;
        assert_eq!((head.status, head.bytes.len()), (get.status, 0), "{path}");
        for name in ["content-type", "content-length", "etag", "cache-control"] {
            assert_eq!(head.header(name), get.header(name), "{path} {name}");
        }
    }
}

#[tokio::test]
async fn an_unknown_parameter_is_a_400_that_names_it() {
    let site = Site::new();
    for path in pages() {
        let got =
            site.get_with(&format!("{path}?colour=red"), &[("accept", "application/json")]).await;
        assert_eq!(got.status, 400, "{path}");
        assert_eq!(got.header("content-type"), "application/problem+json");
        let problem = got.json();
        assert_eq!(
            (&problem["status"], &problem["parameter"]),
            (&400.into(), &"colour".into()),
            "{path}"
        );
        let page = site.get(&format!("{path}?colour=red")).await;
        assert_eq!(page.status, 400, "{path}");
        assert!(page.text().contains("colour"), "{path}");
    }
    for query in
        ["page=0", "per_page=101", "sort=colour", "as_of=2026-02-30", "known=x", "size=huge"]
    {
        let got = site.get(&format!("/products.json?{query}")).await;
        assert_eq!(got.status, 400, "{query}");
        assert_eq!(got.json()["parameter"], query.split('=').next().unwrap_or_default());
    }
    assert_eq!(site.get("/products.json?known=999999").await.status, 400);
}

#[tokio::test]
async fn what_is_not_there_is_a_404_with_a_way_on() {
    let site = Site::new();
    let got = site.get("/en/products/SL-100A").await;
    assert_eq!(got.status, 404);
    assert!(got.text().contains(&format!("/products/{PRODUCT}")), "the model leads to the product");
    assert_eq!(got.header("cache-control"), "no-store");
    let got = site.get("/products/nothing.json").await;
    assert_eq!(
        (got.status.as_u16(), got.header("content-type")),
        (404, "application/problem+json")
    );
    assert_eq!(site.get("/products?page=99").await.status, 404);
}

#[tokio::test]
async fn a_page_of_another_day_shows_that_day() {
    let site = Site::new();
    let valid = |json: &serde_json::Value| {
        json["items"]
            .as_array()
            .map_or(0, |items| items.iter().filter(|item| item["status"] == "valid").count())
    };
    let now = site.get("/products.json").await.json();
    assert_eq!((valid(&now), &now["as_of"]), (1, &TODAY.into()));
    let then = site.get("/products.json?as_of=2025-02-28").await.json();
    assert_eq!((valid(&then), &then["as_of"]), (2, &"2025-02-28".into()));
    let before = site.get("/products.json?as_of=2023-01-01").await.json();
    assert_eq!(before["total"], 0);
    let record = site.get(&format!("/products/{WITHDRAWN}?as_of=2023-01-01")).await;
    assert_eq!(record.status, 200, "a key that exists is never a bare 404");
    let twin = site.get(&format!("/products/{WITHDRAWN}.json?as_of=2023-01-01")).await;
    assert_eq!(
        (twin.status.as_u16(), &twin.json()["first_valid_from"]),
        (404, &"2023-06-30".into())
    );
    let known = site.get("/products.json?known=1").await.json();
    assert_eq!((&known["total"], &known["log_size"]), (&0.into(), &1.into()));
}

#[tokio::test]
async fn every_address_of_the_sitemap_answers() {
    let site = Site::at_origin(Vec::new(), "https://quality.example");
    let index = site.get("/sitemap.xml").await;
    assert_eq!(index.status, 200);
    let mut addresses = 0;
    let locations = |xml: &str| -> Vec<String> {
        xml.split("<loc>https://quality.example")
            .skip(1)
            .filter_map(|rest| rest.split("</loc>").next().map(str::to_owned))
            .collect()
    };
    for part in locations(&index.text()) {
        let part = site.get(&part).await;
        assert_eq!(part.status, 200);
        for path in locations(&part.text()) {
            assert!(!path.contains('?'), "{path}: no combination of filters");
            // Five hundred systems are alike: one in fifty is enough.
            addresses += 1;
            if !path.starts_with("/systems/") || addresses % 50 == 0 {
                assert_eq!(site.get(&path).await.status, 200, "{path}");
            }
        }
    }
    assert!(addresses > 500, "{addresses}");
    assert!(
        site.get("/robots.txt")
            .await
            .text()
            .contains("Sitemap: https://quality.example/sitemap.xml")
    );
}

#[tokio::test]
async fn lists_page_through_every_record_once() {
    let site = Site::new();
    for list in LISTS {
        let mut seen = std::collections::BTreeSet::new();
        let mut next = Some(format!("{list}.json?per_page=100"));
        let mut total = 0;
        while let Some(path) = next {
            let got = site.get(&path).await;
            assert_eq!(got.status, 200, "{path}");
            let page = got.json();
            total = page["total"].as_u64().expect("total");
            for item in page["items"].as_array().expect("items") {
                assert!(seen.insert(item["key"].to_string()), "{path}: {} twice", item["key"]);
            }
            next = page["next"].as_str().map(str::to_owned);
        }
        assert_eq!(seen.len() as u64, total, "{list}");
    }
}

//! Headers over all routes.

use crate::fixture::{Got, PRODUCT, Site, pages};

fn always(got: &Got, path: &str) {
    assert!(got.header("content-security-policy").starts_with("default-src 'none'"), "{path}");
    for forbidden in ["unsafe-inline", "unsafe-eval'", "nonce", "data:", "*"] {
        let csp = got.header("content-security-policy").replace("'wasm-unsafe-eval'", "");
        assert!(!csp.contains(forbidden), "{path}: {csp}");
    }
    assert_eq!(got.header("x-content-type-options"), "nosniff", "{path}");
    assert_eq!(got.header("referrer-policy"), "no-referrer", "{path}");
    assert!(got.header("permissions-policy").contains("geolocation=()"), "{path}");
    assert_eq!(got.header("cross-origin-opener-policy"), "same-origin", "{path}");
    assert!(!got.header("cross-origin-resource-policy").is_empty(), "{path}");
    assert!(got.header("vary").contains("Accept-Encoding"), "{path}");
    assert!(!got.header("cache-control").is_empty(), "{path}");
    assert_eq!(got.header("set-cookie"), "", "{path}: no cookies");
}

#[tokio::test]
async fn every_route_has_the_headers_of_its_kind() {
    let site = Site::new();
    for path in pages() {
        let got = site.get(&path).await;
        always(&got, &path);
        assert_eq!(got.header("cache-control"), "public, no-cache", "{path}");
        let list = matches!(
            path.as_str(),
            "/products"
                | "/listings"
                | "/enterprises"
                | "/standards"
                | "/notices"
                | "/systems"
                | "/services"
                | "/policies"
                | "/targets"
                | "/departments"
                | "/inspections"
                | "/penalties"
                | "/restrictions"
                | "/inconsistencies"
                | "/directories/foshan-standard"
        );
        let csp = got.header("content-security-policy").to_owned();
        // A number that was computed here can be counted again in the browser.
        let runs = list
            || matches!(path.as_str(), "/scan" | "/offline" | "/match")
            || path.ends_with("/recount");
        assert_eq!(csp.contains("script-src 'self' 'wasm-unsafe-eval'"), runs, "{path}: {csp}");
        assert_eq!(
            csp.contains("script-src"),
            // What is new since the reader looked is told by a script that fetches nothing.
            runs || path == "/" || path.starts_with("/changes"),
            "{path}: a page without an island runs no script"
        );
    }
    for (path, status, keep) in [
        ("/products.json", 200, "public, no-cache"),
        ("/products.csv", 200, "public, no-cache"),
        (&*format!("/products/{PRODUCT}.json"), 200, "public, no-cache"),
        ("/robots.txt", 200, "public, no-cache"),
        ("/sitemap.xml", 200, "public, no-cache"),
        ("/sitemap/pages.xml", 200, "public, no-cache"),
        ("/healthz", 200, "no-store"),
        ("/readyz", 200, "no-store"),
        ("/nothing", 404, "no-store"),
        ("/assets/nothing-0.css", 404, "no-store"),
        ("/shelf/nothing", 404, "no-store"),
        ("/products/", 308, "no-store"),
        ("/products?colour=red", 400, "no-store"),
    ] {
        let got = site.get(path).await;
        always(&got, path);
        assert_eq!((got.status.as_u16(), got.header("cache-control")), (status, keep), "{path}");
    }
}

#[tokio::test]
async fn a_body_comes_in_the_coding_asked_for_and_is_revalidated() {
    let site = Site::new();
    let plain = site.get("/products").await;
    assert_eq!(plain.header("content-encoding"), "");
    let mut etags = vec![plain.header("etag").to_owned()];
    for coding in ["br", "gzip"] {
        let got = site.get_with("/products", &[("accept-encoding", coding)]).await;
        assert_eq!(got.header("content-encoding"), coding);
        let mut text = Vec::new();
        if coding == "br" {
            brotli::BrotliDecompress(&mut &got.bytes[..], &mut text).expect("brotli");
        } else {
            let mut decoder = flate2::read::GzDecoder::new(&got.bytes[..]);
            std::io::Read::read_to_end(&mut decoder, &mut text).expect("gzip");
        }
        assert_eq!(text, plain.bytes, "{coding}");
        etags.push(got.header("etag").to_owned());
        let etag = got.header("etag").to_owned();
        let again = site
            .get_with("/products", &[("accept-encoding", coding), ("if-none-match", &etag)])
            .await;
        assert_eq!((again.status.as_u16(), again.bytes.len()), (304, 0), "{coding}");
        assert_eq!(again.header("etag"), etag);
    }
    etags.dedup();
    assert_eq!(etags.len(), 3, "a strong validator names one coding");
    assert!(etags.iter().all(|etag| etag.starts_with('"')), "{etags:?}");
}

#[tokio::test]
async fn the_host_header_is_never_believed() {
    for origin in ["", "https://quality.example"] {
        let site = Site::at_origin(Vec::new(), origin);
        let evil = [
            ("host", "evil.example"),
            ("x-forwarded-host", "evil.example"),
            ("forwarded", "host=evil.example"),
        ];
        let mut paths = pages();
        paths.extend(
            ["/sitemap.xml", "/robots.txt", "/nothing", "/products/", "/products.json"]
                .map(str::to_owned),
        );
        // The page of downloads does without its files until they are written.
        assert_eq!(site.get("/data/files.json").await.status, 200);
        for path in paths {
            let got = site.get_with(&path, &evil).await;
            assert!(!got.text().contains("evil.example"), "{path}");
            assert!(
                !got.headers.values().any(|v| v.as_bytes().windows(4).any(|w| w == b"evil")),
                "{path}"
            );
            let mut other = site.get(&path).await;
            assert_eq!(got.bytes, other.bytes, "{path}");
            other.bytes.clear();
        }
    }
}

#[tokio::test]
async fn an_address_that_is_too_long_is_said_to_be() {
    let site = Site::new();
    let got = site.get(&format!("/products?q={}", "a".repeat(9_000))).await;
    assert_eq!(got.status, 414);
    let got = site.get(&format!("/products?q={}", "a".repeat(300))).await;
    assert_eq!(got.status, 400);
    let many: Vec<String> = (0..70).map(|i| format!("year={i}")).collect();
    assert_eq!(site.get(&format!("/products?{}", many.join("&"))).await.status, 400);
}

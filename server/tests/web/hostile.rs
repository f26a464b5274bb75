//! Whatever is asked, the answer is one of the contract's: thousands of requests with values nobody meant, from a seed.

use axum::body::Body;
use axum::http::Request;

use super::fixture::Site;

/// Requests sent.
const REQUESTS: usize = 5_000;

/// Statuses that the contract knows.
const KNOWN: [u16; 17] =
    [200, 206, 303, 304, 307, 308, 400, 404, 405, 406, 410, 413, 414, 415, 416, 429, 503];

/// Values nobody meant, as they stand in an address.
const VALUES: [&str; 52] = [
    "",
    "0",
    "1",
    "-1",
    "00",
    "01",
    "18446744073709551615",
    "18446744073709551616",
    "9223372036854775808",
    "99999999999999999999999999999999999999",
    "1e9",
    "0x10",
    "NaN",
    "true",
    "null",
    "%00",
    "a%00b",
    "%FF",
    "%C3%28",
    "%ED%A0%80",
    "%F0%9F%98%80",
    "%E2%80%AE",
    "%EF%BB%BF",
    "%",
    "%2",
    "%zz",
    "%252e%252e%252f",
    "..",
    ".",
    "..%2F..%2Fetc%2Fpasswd",
    "%27%20OR%201%3D1--",
    "%22%3E%3Cscript%3E",
    "%0D%0ASet-Cookie:x=1",
    "2026-02-30",
    "0000-00-00",
    "9999-12-31",
    "10000-01-01",
    "-0001-01-01",
    "2024-02-29",
    "262143-01-01",
    "1970-01-01",
    "+",
    "%20",
    "zh-Hans",
    "foshan-standard",
    "product",
    "valid",
    "recorded",
    "440606",
    "44M3QMX9D2R4",
    "%E7%93%B7%E7%A0%96",
    "p-d58030165a9c",
];

/// Whole numbers below a bound, from a seed (SplitMix64; the bias of the remainder does not matter here).
fn random(mut state: u64) -> impl FnMut(usize) -> usize {
    move |bound| {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ z >> 31) as usize % bound.max(1)
    }
}

fn value(of: &mut impl FnMut(usize) -> usize) -> String {
    match of(20) {
        0 => VALUES[of(VALUES.len())].repeat(1 + of(40)),
        1 => "x".repeat(1 + of(9_000)),
        2 => "%E7%A0%96".repeat(1 + of(300)),
        3 => of(usize::MAX / 2).to_string(),
        _ => VALUES[of(VALUES.len())].to_owned(),
    }
}

#[tokio::test]
async fn no_request_of_five_thousand_is_a_500_and_failures_of_the_api_are_problems() {
    let site = Site::new();
    let document = site.get("/api/v1/openapi.json").await.json();
    let mut routes: Vec<(String, Vec<String>)> = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        let named = item["get"]["parameters"].as_array().into_iter().flatten();
        let query = named.filter(|parameter| parameter["in"] == "query");
        let names = query.map(|parameter| parameter["name"].as_str().expect("a name").to_owned());
        routes.push((path.clone(), names.collect()));
    }
    for place in server::web::router::PLACES {
        let names = ["q", "page", "as_of", "known", "size", "code", "of"].map(str::to_owned);
        routes.push((place.pattern.to_owned(), names.to_vec()));
    }
    assert!(routes.len() > 80, "{}", routes.len());
    let mut of = random(20_261_122);
    let mut met: std::collections::BTreeMap<u16, usize> = std::collections::BTreeMap::new();
    for i in 0..REQUESTS {
        let (pattern, names) = &routes[i % routes.len()];
        let mut path = String::new();
        let mut rest = pattern.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            let (_, tail) = after.split_once('}').expect("a pattern");
            path += before;
            path += &value(&mut of);
            rest = tail;
        }
        path += rest;
        if of(6) == 0 && path != "/" {
            path += [".json", ".csv", ".txt", ".atom", ".feed.json", "/", ".exe"][of(7)];
        }
        if of(4) == 0 {
            path = ["/en", "/zh-Hant", "/zz", "/en/en"][of(4)].to_owned() + &path;
        }
        let mut query = Vec::new();
        for _ in 0..of(5) {
            let name = match of(8) {
                0 => value(&mut of),
                1 => ["as_of", "known", "size", "page", "per_page", "q"][of(6)].to_owned(),
                _ if names.is_empty() => "x".to_owned(),
                _ => names[of(names.len())].clone(),
            };
            // Now and then the same one again and again.
            for _ in 0..if of(12) == 0 { 80 } else { 1 } {
                query.push(format!("{name}={}", value(&mut of)));
            }
        }
        let mark = if query.is_empty() { "" } else { "?" };
        let address = format!("{path}{mark}{}", query.join("&"));
        let method = ["GET", "GET", "GET", "GET", "GET", "HEAD", "POST", "DELETE", "PATCH"][of(9)];
        let mut request = Request::builder().method(method).uri(&address);
        for (name, values) in [
            ("accept", ["application/json", "text/html", "*/*;q=0", "image/png"]),
            ("accept-encoding", ["br", "gzip;q=nan", "identity;q=0", "*;q=0"]),
            ("range", ["bytes=0-0", "bytes=-1", "bytes=99999999999999999999-", "lines=1-"]),
            ("if-none-match", ["*", "\"x\"", "W/\"", "\u{7f}"]),
        ] {
            if of(5) == 0 {
                request = request.header(name, values[of(4)]);
            }
        }
        // What is no address or no head at all does not get as far as the portal.
        let Ok(request) = request.body(Body::from(vec![b'x'; of(300)])) else { continue };
        let got = site.send(request).await;
        let status = got.status.as_u16();
        *met.entry(status).or_default() += 1;
        assert!(KNOWN.contains(&status), "{method} {address}: {status}");
        let kind = got.header("content-type");
        let failed = status >= 400 && method == "GET";
        // What a code opens is a verdict whatever its status.
        let verdict = path.contains("/verify/") || path.starts_with("/api/v1/s/");
        if failed && path.starts_with("/api/v1/") && !verdict {
            // A record that is not there says so as the page's JSON does, with what is known of its key.
            let told = kind == "application/json" && matches!(status, 404 | 410);
            assert!(kind == "application/problem+json" || told, "{address}: {status} {kind}");
        }
        for wrong in ["set-cookie", "x-powered-by"] {
            assert!(!got.headers.contains_key(wrong), "{address}");
        }
    }
    // The requests were of many sorts.
    for status in [200, 400, 404, 405, 414] {
        assert!(met.get(&status).is_some_and(|n| *n > 20), "{met:?}");
    }
}

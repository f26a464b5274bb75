//! 429, through real sockets.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;

use server::web::assets::Assets;
use server::web::index::Indexes;
use server::web::{Portal, Quota, Settings, listen, service};

use super::fixture::{self, Site};

/// Serves a fixture's register with a quota until the sender is dropped.
async fn serve(
    site: &Site,
    quota: Option<Quota>,
) -> (SocketAddr, tokio::sync::oneshot::Sender<()>) {
    let indexes = Indexes::open(&site.path, Box::new(fixture::clock)).expect("indexes");
    let settings = Settings { quota, ..Settings::default() };
    let portal = Portal::new(indexes, Assets::load().expect("assets"), settings);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    tokio::spawn(listen::serve(listener, service(Arc::new(portal)), async move {
        let _ = stopped.await;
    }));
    (address, stop)
}

/// One request from behind a proxy: head and body of the answer.
async fn ask(to: SocketAddr, path: &str, from: &str, accept: &str) -> (u16, String) {
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: {from}\r\nAccept: {accept}\r\nConnection: close\r\n\r\n"
    );
    let text = tokio::task::spawn_blocking(move || {
        let mut socket = TcpStream::connect(to).expect("a connection");
        socket.write_all(request.as_bytes()).expect("sent");
        let mut bytes = Vec::new();
        socket.read_to_end(&mut bytes).expect("an answer");
        String::from_utf8_lossy(&bytes).into_owned()
    })
    .await
    .expect("asked");
    let status = text.get(9..12).and_then(|status| status.parse().ok()).expect("a status");
    (status, text)
}

#[tokio::test]
async fn a_network_that_asks_too_much_waits_and_pages_and_verdicts_do_not() {
    let site = Site::new();
    let proxies = vec!["127.0.0.1".parse().expect("a network")];
    let (to, _stop) = serve(&site, Some(Quota { per_minute: 30, proxies })).await;
    let json = "application/json";
    let greedy = "192.0.2.7";
    for left in [20, 10, 0] {
        let (status, text) = ask(to, "/products.csv", greedy, "*/*").await;
        assert_eq!(status, 200);
        assert!(text.contains("ratelimit-policy: \"network\";q=30;w=60\r\n"), "{text}");
        let said = text.split("ratelimit: \"network\";r=").nth(1).expect("the limit is said");
        let said: u32 = said.split(';').next().and_then(|r| r.parse().ok()).expect("a number");
        assert!((left..left + 3).contains(&said), "{said} for {left}");
    }
    let (status, text) = ask(to, "/api/v1/changes", "192.0.2.99", json).await;
    assert_eq!(status, 429, "the same /24: {text}");
    assert!(text.contains("content-type: application/problem+json\r\n"), "{text}");
    assert!(text.contains("\"status\":429") && text.contains("/about#too-many-requests"), "{text}");
    let wait = text.split("retry-after: ").nth(1).expect("Retry-After");
    let wait: u32 = wait.split("\r\n").next().and_then(|w| w.parse().ok()).expect("seconds");
    assert!((1..=60).contains(&wait), "{wait}");
    // As a page it is a page.
    let (status, text) = ask(to, "/en/changes", greedy, "text/html").await;
    assert_eq!(status, 429);
    assert!(text.contains("<h1>Please try again later</h1>"), "{text}");
    // What readers need is never refused.
    for path in
        ["/products", "/en/", "/q/44M3QMX9D2R4", "/api/v1/verify/44M3QMX9D2R4", "/data/schema.json"]
    {
        let (status, text) = ask(to, path, greedy, json).await;
        assert!(status == 200 || status == 404, "{path}: {status}");
        assert!(!text.contains("ratelimit"), "{path} is not counted");
    }
    // Another network has its own share.
    assert_eq!(ask(to, "/products.csv", "198.51.100.1", "*/*").await.0, 200);
    assert_eq!(ask(to, "/products.csv", "2001:db8::1", "*/*").await.0, 200);
}

#[tokio::test]
async fn who_asks_is_not_what_a_stranger_says_and_no_quota_counts_nobody() {
    let site = Site::new();
    // Nobody named the proxy: its clients are not counted as one, and cannot choose a bucket.
    for quota in [Some(Quota { per_minute: 10, proxies: Vec::new() }), None] {
        let (to, _stop) = serve(&site, quota).await;
        for _ in 0..5 {
            let (status, text) = ask(to, "/products.csv", "192.0.2.7", "*/*").await;
            assert_eq!(status, 200);
            assert!(!text.contains("ratelimit"), "{text}");
        }
    }
}

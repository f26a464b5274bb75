//! Alive, ready, counted; and what headers cannot do to what is kept.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;

use server::web::assets::Assets;
use server::web::index::Indexes;
use server::web::{Portal, Quota, Settings, listen, service, watch};

use super::fixture::{self, PRODUCT, Site};

/// A portal with both of its listeners, until it is dropped.
struct Served {
    public: SocketAddr,
    private: SocketAddr,
    _stop: tokio::sync::oneshot::Sender<()>,
}

async fn serve(site: &Site, settings: Settings) -> Served {
    let indexes = Indexes::open(&site.path, Box::new(fixture::clock)).expect("indexes");
    let portal = Arc::new(Portal::new(indexes, Assets::load().expect("assets"), settings));
    let bind = || tokio::net::TcpListener::bind("127.0.0.1:0");
    let (public, private) = (bind().await.expect("a port"), bind().await.expect("a port"));
    let at = |listener: &tokio::net::TcpListener| listener.local_addr().expect("an address");
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let served = Served { public: at(&public), private: at(&private), _stop: stop };
    tokio::spawn(watch::serve(private, Arc::clone(&portal)));
    tokio::spawn(listen::serve(public, service(portal), async move {
        let _ = stopped.await;
    }));
    served
}

/// Status, head and body of one request.
async fn ask(to: SocketAddr, path: &str, headers: &str) -> (u16, String, Vec<u8>) {
    let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\n{headers}Connection: close\r\n\r\n");
    let bytes = tokio::task::spawn_blocking(move || {
        let mut socket = TcpStream::connect(to).expect("a connection");
        socket.write_all(request.as_bytes()).expect("sent");
        let mut bytes = Vec::new();
        socket.read_to_end(&mut bytes).expect("an answer");
        bytes
    })
    .await
    .expect("asked");
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
    let head = String::from_utf8(bytes[..end].to_vec()).expect("ASCII");
    let status = head.get(9..12).and_then(|status| status.parse().ok()).expect("a status");
    (status, head, bytes[end + 4..].to_vec())
}

/// Name with labels to value; every rule of the text format that a scraper relies on is held.
fn parse(text: &str) -> BTreeMap<String, f64> {
    let mut families: BTreeMap<&str, &str> = BTreeMap::new();
    let mut samples = BTreeMap::new();
    let mut current = "";
    assert!(text.ends_with('\n'));
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("# HELP ") {
            let (name, about) = rest.split_once(' ').expect("words");
            assert!(!about.is_empty() && !families.contains_key(name), "{name} comes once");
            current = name;
            continue;
        }
        if let Some(rest) = line.strip_prefix("# TYPE ") {
            let (name, kind) = rest.split_once(' ').expect("a type");
            assert_eq!(name, current, "the type follows the help");
            assert!(["counter", "gauge", "histogram"].contains(&kind), "{line}");
            assert_eq!(kind == "counter", name.ends_with("_total"), "{line}");
            families.insert(name, kind);
            continue;
        }
        let (series, value) = line.rsplit_once(' ').expect("a value");
        let name = series.split('{').next().expect("a name");
        assert!(name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'), "{line}");
        let family = match families.get(current) {
            Some(&"histogram") => ["_bucket", "_sum", "_count"]
                .iter()
                .find_map(|ending| name.strip_suffix(ending))
                .expect("a part of a histogram"),
            _ => name,
        };
        assert_eq!(family, current, "samples stand together below their type");
        if let Some(labels) = series.strip_prefix(name).filter(|labels| !labels.is_empty()) {
            let inner = labels.strip_prefix('{').and_then(|l| l.strip_suffix('}')).expect("braces");
            for label in inner.split(',') {
                let (label, quoted) = label.split_once('=').expect("a label");
                assert!(label.bytes().all(|b| b.is_ascii_lowercase()), "{line}");
                assert!(quoted.len() >= 2 && quoted.starts_with('"') && quoted.ends_with('"'));
            }
        }
        let value: f64 = value.parse().expect("a number");
        assert!(value >= 0.0, "{line}");
        assert!(samples.insert(series.to_owned(), value).is_none(), "{series} comes once");
    }
    for (class, count) in classes(&samples, "liangbiao_request_seconds_count") {
        let mut before = 0.0;
        for (series, value) in &samples {
            let bucket = format!("liangbiao_request_seconds_bucket{{class=\"{class}\"");
            if series.starts_with(&bucket) {
                assert!(*value <= count, "{series}");
                if series.contains("+Inf") {
                    assert_eq!(*value, count, "{series}");
                }
            }
        }
        // In the order they are written, buckets never fall.
        for line in text.lines().filter(|line| {
            line.starts_with(&format!("liangbiao_request_seconds_bucket{{class=\"{class}\""))
        }) {
            let value: f64 = line.rsplit_once(' ').expect("a value").1.parse().expect("a number");
            assert!(value >= before, "{line}");
            before = value;
        }
    }
    samples
}

fn classes(samples: &BTreeMap<String, f64>, name: &str) -> Vec<(String, f64)> {
    let begin = format!("{name}{{class=\"");
    let of = |(series, value): (&String, &f64)| {
        let class = series.strip_prefix(&begin)?.split('"').next()?;
        Some((class.to_owned(), *value))
    };
    samples.iter().filter_map(of).collect()
}

#[tokio::test]
async fn requests_are_counted_as_they_were_and_only_on_the_private_listener() {
    let site = Site::new();
    let proxies = vec!["127.0.0.1".parse().expect("a network")];
    let quota = Some(Quota { per_minute: 10, proxies });
    let served = serve(&site, Settings { quota, ..Settings::default() }).await;
    for (path, status, times) in [
        ("/products", 200, 3),
        ("/products?q=%E5%86%B0%E7%AE%B1", 200, 2),
        ("/q/44M3QMX9D2R4", 404, 2),
        ("/nothing", 404, 1),
        ("/products?colour=red", 400, 1),
        ("/changes", 200, 2),
        ("/changes", 429, 1),
        ("/metrics", 404, 1),
    ] {
        for _ in 0..times {
            let (found, ..) = ask(served.public, path, "X-Forwarded-For: 192.0.2.7\r\n").await;
            assert_eq!(found, status, "{path}");
        }
    }
    let (status, head, body) = ask(served.private, "/metrics", "").await;
    assert_eq!(status, 200);
    assert!(head.contains("content-type: text/plain; version=0.0.4; charset=utf-8"), "{head}");
    let samples = parse(std::str::from_utf8(&body).expect("UTF-8"));
    let value = |series: &str| samples.get(series).copied().unwrap_or(-1.0);
    let requests = |class: &str, status: u16| {
        value(&format!("liangbiao_requests_total{{class=\"{class}\",status=\"{status}\"}}"))
    };
    assert_eq!(requests("page", 200), 3.0);
    assert_eq!(requests("page", 404), 2.0, "/nothing and /metrics");
    assert_eq!((requests("search", 200), requests("search", 400)), (2.0, 1.0));
    assert_eq!((requests("export", 200), requests("export", 429)), (2.0, 1.0));
    assert_eq!(requests("code", 404), 2.0);
    let all: f64 = samples
        .iter()
        .filter(|(s, _)| s.starts_with("liangbiao_requests_total"))
        .map(|(_, v)| v)
        .sum();
    let timed: f64 =
        classes(&samples, "liangbiao_request_seconds_count").iter().map(|(_, count)| count).sum();
    assert_eq!((all, timed), (13.0, 13.0), "every request is counted once, and timed");
    assert_eq!(value("liangbiao_limited_total"), 1.0);
    assert_eq!(value("liangbiao_connections_total"), 13.0);
    assert_eq!(value("liangbiao_answers_total{from=\"front\"}"), 4.0, "asked again: 2 + 1 + 1");
    assert_eq!(value("liangbiao_log_size"), value("liangbiao_indexed_size"));
    assert!(value("liangbiao_log_size") > 20.0);
    assert_eq!((value("liangbiao_ready"), value("liangbiao_stale_seconds")), (1.0, 0.0));
    assert_eq!(value("liangbiao_index_builds_total"), 1.0);
    assert!(value("liangbiao_index_build_seconds") > 0.0);
    if cfg!(target_os = "linux") {
        assert!(value("liangbiao_memory_bytes") > 10e6);
    }
    for class in ["code", "asset", "page", "search", "export", "past", "upload", "probe"] {
        assert_eq!(value(&format!("liangbiao_shed_total{{class=\"{class}\"}}")), 0.0, "{class}");
    }
    assert_eq!(ask(served.private, "/products", "").await.0, 404, "nothing else is served there");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_page_that_many_ask_for_at_once_is_made_once() {
    let site = Site::with(crate::verify::records());
    let served = serve(&site, Settings::default()).await;
    let code = format!("/q/{}", crate::verify::code(1).as_str());
    let pages = ["/products", code.as_str(), "/products?q=%E5%86%B0%E7%AE%B1"];
    for page in pages {
        let (first, ..) = ask(served.public, page, "").await;
        let asked: Vec<_> = (0..24)
            .map(|_| {
                let path = format!("/en{page}");
                let to = served.public;
                tokio::spawn(async move { ask(to, &path, "").await })
            })
            .collect();
        let mut bodies = std::collections::BTreeSet::new();
        for one in asked {
            let (status, _, body) = one.await.expect("no panic");
            assert_eq!(status, first, "{page}");
            bodies.insert(body);
        }
        assert_eq!(bodies.len(), 1, "{page}: everybody has the same");
    }
    let (_, _, body) = ask(served.private, "/metrics", "").await;
    let samples = parse(std::str::from_utf8(&body).expect("UTF-8"));
    let made = samples["liangbiao_answers_total{from=\"made\"}"];
    assert_eq!(made, 2.0 * pages.len() as f64, "each page in each language once");
}

#[tokio::test]
async fn a_portal_whose_register_is_gone_is_alive_and_not_ready() {
    let site = Site::new();
    let served = serve(&site, Settings { scan_facts: true, ..Settings::default() }).await;
    for listener in [served.public, served.private] {
        for (path, says) in [("/healthz", "\"status\":\"ok\""), ("/readyz", "\"status\":\"ready\"")]
        {
            let (status, head, body) = ask(listener, path, "").await;
            let body = String::from_utf8(body).expect("UTF-8");
            assert_eq!(status, 200, "{path}: {body}");
            assert!(body.contains(says), "{path}: {body}");
            assert!(head.contains("cache-control: no-store"), "{head}");
        }
    }
    let beside: Vec<_> = std::fs::read_dir(site.path.parent().expect("a folder"))
        .expect("a folder")
        .map(|file| file.expect("a file").file_name().into_string().expect("UTF-8"))
        .filter(|name| name.contains("ready"))
        .collect();
    assert_eq!(beside, Vec::<String>::new(), "what was tried is gone again");
    let raw = rusqlite::Connection::open(&site.path).expect("the file");
    raw.execute_batch("ALTER TABLE view_head RENAME TO lost").expect("damaged");
    for listener in [served.public, served.private] {
        let (status, head, body) = ask(listener, "/readyz", "").await;
        let body = String::from_utf8(body).expect("UTF-8");
        assert_eq!(status, 503, "{body}");
        assert!(head.contains("retry-after: "), "{head}");
        assert!(body.contains("not ready") && !body.contains("register.db"), "{body}");
        assert_eq!(ask(listener, "/healthz", "").await.0, 200, "the process is alive");
    }
    let (_, _, body) = ask(served.private, "/metrics", "").await;
    let samples = parse(std::str::from_utf8(&body).expect("UTF-8"));
    assert_eq!(samples["liangbiao_ready"], 0.0);
}

#[tokio::test]
async fn headers_that_are_no_part_of_the_key_change_no_byte() {
    let site = Site::new();
    let record = format!("/products/{PRODUCT}");
    let odd: Vec<(&str, String)> = [
        ("host", "evil.example"),
        ("host", ""),
        ("x-forwarded-host", "evil.example"),
        ("x-forwarded-proto", "http"),
        ("x-forwarded-scheme", "nothttps"),
        ("x-forwarded-port", "1"),
        ("x-forwarded-prefix", "/evil"),
        ("forwarded", "host=evil.example;proto=http"),
        ("x-original-url", "/en/"),
        ("x-rewrite-url", "/en/"),
        ("x-http-method-override", "POST"),
        ("x-host", "evil.example"),
        ("origin", "https://evil.example"),
        ("referer", "https://evil.example/"),
        ("user-agent", "Googlebot"),
        ("accept-language", "en, zh-Hant;q=0.1"),
        ("accept-charset", "utf-7"),
        ("accept", "text/html;q=0.1, */*"),
        ("accept", "image/webp"),
        ("cookie", "lang=en; size=large"),
        ("authorization", "Basic eDp5"),
        ("cache-control", "no-cache"),
        ("pragma", "no-cache"),
        ("save-data", "on"),
        ("sec-fetch-dest", "script"),
        ("te", "trailers"),
        ("via", "1.1 evil"),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .into_iter()
    .chain([("x-long", "x".repeat(4_000))])
    .collect();
    for path in
        ["/", "/products?q=%E5%86%B0", &record, "/en/products.json", "/q/44M3QMX9D2R4", "/nothing"]
    {
        let plain = site.get(path).await;
        // The odd request comes first for half of them: what it leaves behind is what others get.
        for (i, (name, value)) in odd.iter().enumerate() {
            let address = format!("{path}{}size=large", if path.contains('?') { "&" } else { "?" });
            let address = if path.ends_with(".json") || path == "/nothing" {
                path.to_owned()
            } else {
                address
            };
            let (first, second) = match i % 2 {
                0 => (&[(*name, value.as_str())][..], &[][..]),
                _ => (&[][..], &[(*name, value.as_str())][..]),
            };
            let one = site.get_with(&address, first).await;
            let two = site.get_with(&address, second).await;
            assert_eq!(one.status, two.status, "{path} {name}");
            assert!(one.bytes == two.bytes, "{path}: {name}: {value} changes what is sent");
            let (mut a, mut b) = (one.headers, two.headers);
            a.remove("date");
            b.remove("date");
            assert_eq!(a, b, "{path} {name}");
            assert!(!String::from_utf8_lossy(&one.bytes).contains("evil"), "{path} {name}");
        }
        let again = site.get(path).await;
        assert!(again.bytes == plain.bytes && again.headers == plain.headers, "{path}");
    }
}

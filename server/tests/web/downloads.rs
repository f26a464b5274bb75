//! The register as files over HTTP: addresses, ranges, the log from an index on.

use std::io::Read as _;

use axum::body::Body;
use axum::http::Request;
use register::Kind;
use server::store::{Log as _, Register};
use sha2::{Digest, Sha256};

use crate::fixture::{Got, PRODUCT, Site, TODAY, draft, product};

fn unpacked(got: &Got) -> String {
    let mut text = String::new();
    flate2::read::GzDecoder::new(&got.bytes[..]).read_to_string(&mut text).expect("gzip of UTF-8");
    text
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn log_size(site: &Site) -> u64 {
    Register::open(&site.path).expect("a register").log_size().expect("a size")
}

async fn latest(site: &Site, name: &str) -> String {
    let got = site.get(&format!("/data/latest/{name}")).await;
    assert_eq!(got.status, 303, "{name}: {}", got.text());
    assert_eq!(got.header("cache-control"), "no-store");
    got.header("location").to_owned()
}

#[tokio::test]
async fn every_file_listed_is_there_as_it_is_listed() {
    let site = Site::new();
    let size = log_size(&site);
    let got = site.get("/data/files.json").await;
    assert_eq!((got.status.as_u16(), got.header("access-control-allow-origin")), (200, "*"));
    let list = got.json();
    assert_eq!((&list["as_of"], &list["log_size"]), (&TODAY.into(), &size.into()));
    let files = list["files"].as_array().expect("files");
    let packed = 2 + Kind::ALL.len() + 1;
    assert_eq!(files.len(), 2 * packed + Kind::ALL.len(), "lines, database, tables, log; Parquet");
    for file in files {
        let path = file["path"].as_str().expect("a path");
        assert!(path.contains(&format!("-{TODAY}-{size}.")), "{path}: day and log size");
        let got = site.get(path).await;
        assert_eq!(got.status, 200, "{path}");
        let (kind, magic): (&str, &[u8]) = match path.rsplit('.').next() {
            Some("gz") => ("application/gzip", b"\x1f\x8b"),
            Some("zst") => ("application/zstd", b"\x28\xb5\x2f\xfd"),
            _ => ("application/vnd.apache.parquet", b"PAR1"),
        };
        assert_eq!((got.header("content-type"), &file["media_type"]), (kind, &kind.into()));
        assert!(got.bytes.starts_with(magic), "{path}");
        assert_eq!(got.header("content-encoding"), "", "a file, not a coded page");
        assert_eq!(got.header("accept-ranges"), "bytes");
        assert_eq!(got.header("access-control-allow-origin"), "*");
        assert_eq!(file["sha256"], sha256(&got.bytes), "{path}");
        assert_eq!(file["bytes"], got.bytes.len());
        assert_eq!(got.header("etag"), format!("\"{}\"", sha256(&got.bytes)));
        assert_eq!(got.header("content-length"), got.bytes.len().to_string());
        let name = file["latest"].as_str().expect("a path").strip_prefix("/data/latest/");
        assert_eq!(latest(&site, name.expect("behind latest")).await, path);
    }
    let all = unpacked(&site.get(&latest(&site, "all.jsonl.gz").await).await);
    let record: serde_json::Value = all
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"))
        .find(|line| line["key"] == PRODUCT)
        .expect("the product");
    let twin = site.get(&format!("/products/{PRODUCT}.json")).await.json();
    for member in ["kind", "key", "record", "valid_from", "seq", "recorded_at", "source", "reason"]
    {
        assert_eq!(record[member], twin[member], "{member} is as in the record's JSON");
    }
}

#[tokio::test]
async fn a_download_that_broke_off_goes_on_where_it_stopped() {
    let site = Site::new();
    let path = latest(&site, "all.jsonl.gz").await;
    let whole = site.get(&path).await;
    let (length, etag) = (whole.bytes.len(), whole.header("etag").to_owned());
    let part = async |range: &str| site.get_with(&path, &[("range", range)]).await;

    let (first, second) = (part("bytes=0-999").await, part("bytes=1000-").await);
    assert_eq!((first.status.as_u16(), second.status.as_u16()), (206, 206));
    assert_eq!(first.header("content-range"), format!("bytes 0-999/{length}"));
    assert_eq!(first.header("content-length"), "1000");
    assert_eq!(first.header("etag"), etag);
    assert_eq!([first.bytes, second.bytes].concat(), whole.bytes);
    assert_eq!(part("bytes=-7").await.bytes, whole.bytes[length - 7..]);

    let beyond = part(&format!("bytes={length}-")).await;
    assert_eq!((beyond.status.as_u16(), beyond.bytes.len()), (416, 0));
    assert_eq!(beyond.header("content-range"), format!("bytes */{length}"));

    let same = site.get_with(&path, &[("range", "bytes=5-6"), ("if-range", &etag)]).await;
    assert_eq!((same.status.as_u16(), same.bytes.len()), (206, 2));
    let other = site.get_with(&path, &[("range", "bytes=5-6"), ("if-range", "\"x\"")]).await;
    assert_eq!((other.status.as_u16(), other.bytes.len()), (200, length));
    let known = site.get_with(&path, &[("if-none-match", &etag)]).await;
    assert_eq!((known.status.as_u16(), known.bytes.len()), (304, 0));

    let head = site.send(Request::head(&path).body(Body::empty()).expect("a request")).await;
    assert_eq!((head.status.as_u16(), head.bytes.len()), (200, 0));
    assert_eq!(head.header("content-length"), length.to_string());
}

#[tokio::test]
async fn the_log_is_read_on_from_where_one_left_off() {
    let site = Site::new();
    let size = log_size(&site);
    let (mut path, mut lines) = ("/data/entries.jsonl?since=0".to_owned(), Vec::new());
    loop {
        let got = site.get(&path).await;
        assert_eq!(
            (got.status.as_u16(), got.header("content-type")),
            (200, "application/x-ndjson")
        );
        lines.extend(got.text().lines().map(str::to_owned));
        match got.header("link").strip_prefix('<').and_then(|link| link.split_once('>')) {
            Some((next, "; rel=\"next\"")) => path = next.to_owned(),
            Some(other) => panic!("{other:?}"),
            None => break,
        }
    }
    assert_eq!(lines.len() as u64, size);
    let file = unpacked(&site.get(&latest(&site, "entries.jsonl.gz").await).await);
    assert_eq!(lines, file.lines().collect::<Vec<_>>(), "the file of the log says the same");
    for (seq, line) in lines.iter().enumerate() {
        let entry: register::Entry = serde_json::from_str(line).expect("an entry");
        assert_eq!(entry.seq, seq as u64);
    }
    let end = site.get(&format!("/data/entries.jsonl?since={size}")).await;
    assert_eq!((end.status.as_u16(), end.text().as_str()), (200, ""));
    for bad in [
        format!("since={}", size + 1),
        "since=x".into(),
        "since=-1".into(),
        "since=1&since=2".into(),
    ] {
        let got = site.get(&format!("/data/entries.jsonl?{bad}")).await;
        assert_eq!(got.status, 400, "{bad}");
    }
}

#[tokio::test]
async fn what_is_not_offered_is_a_404_and_what_is_not_known_a_400() {
    let site = Site::new();
    for path in [
        "/data/x",
        "/data/files.json.part",
        "/data/..%2fregister.db",
        "/data/liangbiao-all-2026-11-22-1.jsonl.gz",
        "/data/latest/all.jsonl",
        "/data/latest/..%2f..%2fregister.db",
        "/en/data/files.json",
    ] {
        assert_eq!(site.get(path).await.status, 404, "{path}");
    }
    for path in ["/data/files.json?x=1", "/data/latest/all.jsonl.gz?x=1", "/data/entries.jsonl?x=1"]
    {
        assert_eq!(site.get(path).await.status, 400, "{path}");
    }
}

#[tokio::test]
async fn a_longer_log_gets_files_of_its_own_and_old_ones_go() {
    let site = Site::new();
    let folder = site.folder.path().join("register.db.files");
    let register = Register::open(&site.path).expect("a register");
    let first = latest(&site, "product.csv.gz").await;
    for n in 0..4 {
        let more = draft(
            Kind::Product,
            &format!("p-00000000009{n}"),
            "2024-01-01",
            register::ReasonCode::Listed,
            product("家用电冰箱", &format!("SL-9{n}")),
        );
        register.append(&mut [more].into_iter()).expect("appended");
        // The set before is offered until the newer one is whole, then the newer one is.
        let size = log_size(&site).to_string();
        let mut tries = 0;
        while !latest(&site, "product.csv.gz").await.contains(&size) {
            tries += 1;
            assert!(tries < 600, "no files of the log of {size} entries");
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
    }
    assert_eq!(site.get(&first).await.status, 404, "swept away");
    let kept = std::fs::read_dir(&folder).expect("the folder").count();
    assert_eq!(kept, 2, "the newest, and the one a download may be in the middle of");
}

#[tokio::test]
async fn files_that_were_changed_on_disk_are_never_sent_as_they_were() {
    let site = Site::new();
    let path = latest(&site, "all.jsonl.gz").await;
    let set = format!("{TODAY}-{}", log_size(&site));
    let name = path.strip_prefix("/data/").expect("a file");
    let file = site.folder.path().join("register.db.files").join(set).join(name);
    std::fs::write(&file, b"short").expect("written");
    assert_eq!(site.get(&path).await.status, 503);
    let again = site.get(&path).await;
    assert_eq!(again.status, 200, "made anew");
    assert_eq!(again.header("etag"), format!("\"{}\"", sha256(&again.bytes)));
    assert!(unpacked(&again).contains(PRODUCT));
}

//! `/match`: lists looked up by the server, for readers without scripts.

use axum::body::Body;
use axum::http::Request;

use crate::fixture::{Got, HOLDER, PRODUCT, Site};

const BOUNDARY: &str = "--------boundary";

/// Sends a form of these fields.
async fn post(site: &Site, path: &str, fields: &[(&str, &[u8])]) -> Got {
    let mut body = Vec::new();
    for (name, value) in fields {
        let file = if *name == "file" { "; filename=\"list.csv\"" } else { "" };
        let head = format!(
            "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"{file}\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(value);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    let request = Request::post(path)
        .header("content-type", format!("multipart/form-data; boundary={BOUNDARY}"))
        .body(Body::from(body))
        .expect("a request");
    site.send(request).await
}

/// Text of a page without its tags.
fn plain(html: &str) -> String {
    let mut out = String::new();
    for part in html.split('<') {
        out.push_str(part.split_once('>').map_or(part, |(_, text)| text));
        out.push(' ');
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn every_line_is_answered_with_what_it_was_found_by_and_its_status() {
    let site = Site::new();
    let list = format!(
        "{HOLDER}\n示例電器有限公司\n\n{PRODUCT}\n没有这家有限公司\n91350100M000100Y4Z\n44M3-QMX9-D2R4"
    );
    let got = post(&site, "/match", &[("list", list.as_bytes())]).await;
    assert_eq!((got.status.as_u16(), got.header("cache-control")), (200, "no-store"));
    let html = got.text();
    let text = plain(&html);
    for said in [
        "共 6 行：确定 2，可能 1，编码 1，没有 2。",
        &format!("1 · 确定 {HOLDER} 示例电器有限公司 ，存续，统一社会信用代码"),
        "2 · 可能 示例電器有限公司 示例电器有限公司 ，存续，名称相同",
        "5 · 没有 没有这家有限公司",
        "6 · 没有 91350100M000100Y4Z 号码的校验位不对",
        "7 · 编码 44M3-QMX9-D2R4 打开这个编码的核验页",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(html.contains(&format!("href=\"/enterprises/{HOLDER}\"")), "{html}");
    for (prefix, said) in [("/zh-Hant", "共 6 行：確定 2"), ("/en", "6 lines: 2 certain")] {
        let got = post(&site, &format!("{prefix}/match"), &[("list", list.as_bytes())]).await;
        let text = plain(&got.text());
        assert!(text.contains(said), "{prefix}: {text}");
    }
    // Every record that is named answers.
    for link in html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        if link.starts_with("/products/") || link.starts_with("/enterprises/") {
            assert_eq!(site.get(link).await.status, 200, "{link}");
        }
    }
}

#[tokio::test]
async fn a_file_is_read_as_office_programs_write_it() {
    let site = Site::new();
    let (bytes, _, _) = encoding_rs::GB18030.encode("序号,名称\r\n1,示例电器有限公司\r\n");
    let got = post(&site, "/match", &[("list", b""), ("file", &bytes)]).await;
    let text = plain(&got.text());
    assert!(
        text.contains("2 · 可能 1,示例电器有限公司 示例电器有限公司 ，存续，名称相同"),
        "{text}"
    );
    // Both fields are one list.
    let file = "\u{feff}甲乙丙有限公司".as_bytes();
    let got = post(&site, "/match", &[("list", HOLDER.as_bytes()), ("file", file)]).await;
    let text = plain(&got.text());
    assert!(text.contains("共 2 行：确定 1，可能 0，编码 0，没有 1。"), "{text}");
}

#[tokio::test]
async fn what_is_no_list_is_refused_with_what_to_do() {
    let site = Site::new();
    let many = "甲乙丙有限公司\n".repeat(501);
    let long = "示".repeat(40_000);
    for (list, status, said) in [
        (&b""[..], 400, "名单是空的"),
        (b"  \n\t\n", 400, "名单是空的"),
        (many.as_bytes(), 400, "一次最多核对 500 行，这份名单有 501 行"),
        (long.as_bytes(), 413, "一次最多 64 KB"),
        (b"PK\x03\x04\x00\x00", 415, "请另存为 CSV"),
        (b"\xff\xff\xff", 415, "请另存为 CSV"),
    ] {
        let got = post(&site, "/match", &[("list", list)]).await;
        assert_eq!(got.status, status, "{said}");
        assert!(got.text().contains(said), "{said}: {}", got.text());
    }
    let request = Request::post("/match").body(Body::from("list=x")).expect("a request");
    assert_eq!(site.send(request).await.status, 400);
    let request = Request::put("/match").body(Body::empty()).expect("a request");
    let got = site.send(request).await;
    assert_eq!((got.status.as_u16(), got.header("allow")), (405, "GET, HEAD, POST"));
}

#[tokio::test]
async fn looking_up_keeps_nothing() {
    let site = Site::new();
    let before = site.get("/products.json").await.json()["log_size"].clone();
    let files = || std::fs::read_dir(site.folder.path()).expect("a folder").count();
    let there = files();
    post(&site, "/match", &[("list", HOLDER.as_bytes())]).await;
    assert_eq!(site.get("/products.json").await.json()["log_size"], before);
    assert_eq!(files(), there);
}

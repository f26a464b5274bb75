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

/// Runs the command on the fixture's register, with a text on its standard input.
fn run(site: &Site, words: &[&str], typed: &[u8]) -> std::process::Output {
    use std::io::Write as _;
    use std::process::{Command, Stdio};
    let mut child = Command::new(env!("CARGO_BIN_EXE_liangbiao"))
        .args(["match", "--register"])
        .arg(&site.path)
        .args(["--as-of", crate::fixture::TODAY])
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    // A program that refuses its words reads no list.
    let _ = child.stdin.take().expect("its input").write_all(typed);
    child.wait_with_output().expect("it ends")
}

/// Grades of a result's lines, from their JSON.
fn grades(output: &std::process::Output) -> Vec<(u64, String)> {
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout.clone()).expect("UTF-8");
    let line = |line: &str| {
        let json: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let grade = json["grade"].as_str().expect("a grade").to_owned();
        (json["line"].as_u64().expect("a number"), grade)
    };
    text.lines().map(line).collect()
}

#[test]
fn the_command_reads_every_form_of_a_list_and_never_writes_over_a_result() {
    let site = Site::new();
    let list = format!("{HOLDER}\n示例電器有限公司\n\n没有这家有限公司\n44M3-QMX9-D2R4\n");
    let said = [(1, "certain"), (2, "possible"), (4, "none"), (5, "code")];
    let said = said.map(|(line, grade)| (line, grade.to_owned())).to_vec();
    assert_eq!(grades(&run(&site, &["-", "--json"], list.as_bytes())), said);
    let place = |name: &str| site.folder.path().join(name).to_string_lossy().into_owned();
    let (text, csv, xlsx) = (place("list.txt"), place("list.csv"), place("list.xlsx"));
    // As office programs of the country save it.
    let (bytes, _, lossy) = encoding_rs::GB18030.encode(&list);
    assert!(!lossy);
    std::fs::write(&text, &bytes).expect("written");
    std::fs::write(&csv, &bytes).expect("written");
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in list.lines().enumerate() {
        sheet.write(u32::try_from(row).expect("few"), 0, line).expect("a cell");
    }
    book.save(&xlsx).expect("written");
    for file in [&text, &csv, &xlsx] {
        assert_eq!(grades(&run(&site, &[file, "--json"], b"")), said, "{file}");
    }
    let out = place("result.csv");
    let done = run(&site, &[&csv, "--out", &out], b"");
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    let summary = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(summary.contains("4 lines: 1 certain, 1 possible, 1 codes, 1 none"), "{summary}");
    let result = std::fs::read_to_string(&out).expect("a result");
    let rows: Vec<&str> = result.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(rows.len(), 5, "{result}");
    assert_eq!(format!("{}\r\n", rows[0]), lookup::HEAD);
    assert!(rows[1].contains(HOLDER), "{result}");
    // A second run leaves the first one's result alone.
    let again = run(&site, &[&text, "--out", &out], b"");
    assert_eq!(again.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&again.stderr).contains(&out), "{again:?}");
    assert_eq!(std::fs::read_to_string(&out).expect("a result"), result);
    let nowhere = place("none.csv");
    for (words, typed, says) in [
        (vec!["-"], &b"\n \n"[..], "the list is empty"),
        (vec!["-"], &[0xff, 0xff, 0xff][..], "neither UTF-8 nor GB 18030"),
        (vec![nowhere.as_str()], b"", "none.csv"),
    ] {
        let refused = run(&site, &words, typed);
        assert_eq!(refused.status.code(), Some(1), "{words:?}");
        let text = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(text.contains(says), "{text}");
    }
}

//! How pages are quoted, and that what was quoted stays.

use register::{Kind, ReasonCode};
use serde_json::{Value, json};
use server::store::{FixedClock, Log, Register};
use sha2::{Digest, Sha256};

use crate::fixture::{PRODUCT, Site, TODAY, clock, draft, grant, pages, product};

fn address(of: &str, file: &str) -> String {
    let of = form_urlencoded::Serializer::new(String::new()).append_pair("of", of).finish();
    format!("/cite{file}?{of}")
}

/// What a page is about: the frame around it speaks of the register as it stands.
fn content(html: &str) -> &str {
    let from = html.find("<main").expect("a main part");
    &html[from..html.find("</main>").expect("its end")]
}

/// Where two texts part.
fn difference(was: &str, is: &str) -> String {
    let same = was.chars().zip(is.chars()).take_while(|(a, b)| a == b).count();
    let near =
        |text: &str| text.chars().skip(same.saturating_sub(80)).take(400).collect::<String>();
    format!("said\n{}\nand now says\n{}", near(was), near(is))
}

#[tokio::test]
async fn a_quoted_page_says_what_its_data_was_and_where() {
    let site = Site::at_origin(Vec::new(), "https://quality.example");
    let got = site.get(&address("/en/products?status=valid", ".json")).await;
    assert_eq!(got.header("content-type"), "application/vnd.citationstyles.csl+json");
    let csl: Value = got.json();
    let url = csl[0]["URL"].as_str().expect("a link");
    let size = site.get("/products.json").await.json()["log_size"].clone();
    assert_eq!(
        url,
        format!("https://quality.example/en/products?status=valid&as_of={TODAY}&known={size}")
    );
    let data = format!("/en/products.csv?status=valid&as_of={TODAY}&known={size}");
    let bytes = site.get(&data).await.bytes;
    let hash: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let page = site.get(&address("/en/products?status=valid", "")).await.text();
    let text = site.get(&address("/en/products?status=valid", ".txt")).await.text();
    let bibtex = site.get(&address("/en/products?status=valid", ".bib")).await.text();
    assert!(bibtex.starts_with("@misc{liangbiao-"), "{bibtex}");
    for form in [&page, &text, &bibtex, &csl.to_string()] {
        assert!(form.contains(&hash), "no hash in {form}");
        assert!(form.contains(TODAY), "no day in {form}");
    }
    // Every page that has another day leads here, and says its own address.
    let list = site.get("/en/products?status=valid").await.text();
    assert!(list.contains("/en/cite?of=%2Fen%2Fproducts%3Fstatus%3Dvalid"), "{list}");
    assert!(!site.get("/en/about").await.text().contains("/cite?of="));
}

#[tokio::test]
async fn what_cannot_be_quoted_is_said() {
    let site = Site::new();
    for of in [
        "https://evil.example/",
        "//evil.example/products",
        "/nothing",
        "/products/p-000000000000",
        "/about",
        "/q/44M3QMX9D2R4",
        "/products.csv",
        "/products?nonsense=1",
        "/products?known=999999",
        "/cite",
    ] {
        let got = site.get(&address(of, "")).await;
        assert!([400, 404].contains(&got.status.as_u16()), "{of}: {}", got.status);
    }
}

/// Quoted pages, their data and their quotations, before and after the register went on.
#[tokio::test]
async fn a_fixed_link_gives_the_same_bytes_for_ever() {
    let site = Site::new();
    let size = site.get("/products.json").await.json()["log_size"].as_u64().expect("a size");
    let fixed = |path: &str, suffix: &str| format!("{path}{suffix}?as_of={TODAY}&known={size}");
    let mut before = Vec::new();
    for path in pages() {
        let page = site.get(&fixed(&path, "")).await;
        // Pages of today only refuse a day; what changed between two days is fixed by its own address.
        if page.status != 200 || path == "/changes" {
            assert!(page.status == 400 || path == "/changes", "{path}");
            continue;
        }
        let cited = site.get(&address(&format!("{path}?as_of={TODAY}&known={size}"), ".txt")).await;
        assert_eq!(cited.status, 200, "{path}: {}", cited.text());
        let mut kept = vec![
            (fixed(&path, ""), content(&page.text()).to_owned()),
            (address(&fixed(&path, ""), ".txt"), cited.text()),
        ];
        for suffix in [".json", ".csv"] {
            let twin = site.get(&fixed(&path, suffix)).await;
            if twin.status == 200 {
                kept.push((fixed(&path, suffix), twin.text()));
            }
        }
        before.push((path, kept));
    }
    assert!(before.len() > 25, "only {} pages have another day", before.len());
    // A grant withdrawn, a name corrected for the past, a new product that is older than the quotation.
    let clock = std::sync::Arc::new(FixedClock(clock()));
    let other = Register::open_with_clock(&site.path, clock).expect("the same register");
    let mut ended = grant(PRODUCT, "FSB-2023-0012", "withdrawn", "2028-06-30");
    ended["exit_reason"] = json!("mark_misuse");
    let key = "foshan-standard/FSB-2023-0012";
    let renamed = product("示例改名冰箱", "SL-100A");
    let later = [
        draft(Kind::Listing, key, "2026-11-20", ReasonCode::Withdrawn, ended),
        draft(Kind::Product, PRODUCT, "2026-11-01", ReasonCode::Corrected, renamed),
    ];
    other.append(&mut later.into_iter()).expect("appended");
    let now = site.get(&format!("/products/{PRODUCT}")).await.text();
    assert!(now.contains("示例改名冰箱"), "the register went on");
    for (path, kept) in before {
        for (address, was) in kept {
            let got = site.get(&address).await.text();
            let is = if address.contains(".json")
                || address.contains(".csv")
                || address.contains(".txt")
            {
                got
            } else {
                content(&got).to_owned()
            };
            assert!(is == was, "{path}: {address} {}", difference(&was, &is));
        }
    }
}

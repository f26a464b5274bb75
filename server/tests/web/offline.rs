//! The signed copy and what makes the portal an app on a phone.

use register::code::CreditCode;
use register::id::Gtin;
use register::note::NoteKey;
use register::offline::{Copy, CopyNote, Found};
use register::status_list::Kept;
use register::verdict::Outcome;
use register::{Kind, ReasonCode};
use serde_json::json;
use server::keys::Founding;

use crate::fixture::{HOLDER, PRODUCT, Site, TODAY, clock, draft, product};

/// A code in force and one that was withdrawn.
fn codes() -> [CreditCode; 3] {
    [1, 2, 3].map(|n| CreditCode::mint_model("44", [n; 16]).expect("a province"))
}

/// A product with a barcode of its own and two codes, the later of them replaced.
const ALONE: &str = "p-000000000040";

/// A register with codes and, where asked, the keys a register is made with.
fn site(with_keys: bool, origin: &str) -> Site {
    let [valid, withdrawn, draft_only] = codes();
    let code = |code: &CreditCode, status: &str| {
        let body = json!({
            "level": "model", "product": PRODUCT, "holder": HOLDER, "status": status,
            "issued_on": "2024-01-01", "expires_on": "2027-12-31",
        });
        draft(Kind::Code, code.as_str(), "2024-01-01", ReasonCode::Granted, body)
    };
    let mut alone = product("示例壶", "SL-40");
    alone["gtins"] = json!(["4006381333931"]);
    let of_alone = |n, from: &str, status| {
        let mut one = code(&CreditCode::mint_model("44", [n; 16]).expect("a province"), status);
        one.body["product"] = json!(ALONE);
        one.body["issued_on"] = json!(from);
        one
    };
    let site = Site::at_origin(
        vec![
            code(&valid, "valid"),
            code(&withdrawn, "withdrawn"),
            code(&draft_only, "draft"),
            draft(Kind::Product, ALONE, "2023-06-30", ReasonCode::Listed, alone),
            of_alone(40, "2024-01-01", "valid"),
            of_alone(41, "2024-06-01", "superseded"),
        ],
        origin,
    );
    if with_keys {
        Founding::random(&site.path).expect("keys").write().expect("written");
    }
    site
}

/// The copy as a browser gets it.
async fn fetched(site: &Site) -> (String, Copy) {
    let note = site.get("/offline/copy.txt").await.text();
    let key: NoteKey = site.get("/offline/key.txt").await.text().trim().parse().expect("a key");
    let signed = register::note::Note::parse(&note).expect("a note");
    let text = CopyNote::parse(signed.text_signed_by(&key).expect("signed")).expect("a copy");
    let mut files = Vec::new();
    for name in ["keys", "codes", "status", "barcodes"] {
        let file = text.file(name).expect(name);
        let got = site.get(&format!("/offline/{name}-{}", &file.sha256[..16])).await;
        assert_eq!(got.header("cache-control"), "public, max-age=31536000, immutable", "{name}");
        assert!(file.is(&got.bytes), "{name} is not what the note says");
        files.push(got.bytes);
    }
    let keys = String::from_utf8(files[0].clone()).expect("lines");
    let copy =
        Copy::open(&note, &key, &keys, files[1].clone(), &files[2], &files[3]).expect("a copy");
    (note, copy)
}

#[tokio::test]
async fn the_copy_is_signed_and_tells_each_code_as_its_page_does() {
    let site = site(true, "https://quality.example");
    let (note, copy) = fetched(&site).await;
    assert!(note.starts_with("quality.example/offline\nliangbiao offline copy 1\n"));
    assert_eq!(
        (copy.note().origin.as_str(), copy.note().day.to_string()),
        ("https://quality.example", TODAY.to_owned())
    );
    let jwks = site.get("/.well-known/jwks.json").await.bytes;
    assert!(copy.note().file("jwks").is_some_and(|file| file.is(&jwks)));
    assert!(copy.note().file("shelf-products").is_some());
    let [valid, withdrawn, draft_only] = codes();
    for code in [valid, withdrawn, draft_only] {
        let online = site.get(&format!("/q/{code}.json")).await.json();
        let outcome = online["outcome"].as_str().expect("an outcome").to_owned();
        let outcome = Outcome::ALL.into_iter().find(|one| one.code() == outcome).expect("known");
        let answer = copy.code(code.as_str(), clock());
        assert_eq!(answer.outcome, Outcome::CannotTell, "{code}");
        match (Kept::of(outcome), answer.found) {
            (Some(kept), Some(Found::Code(item, found))) => {
                assert_eq!(found, kept, "{code}");
                assert_eq!((item.goods.model, item.goods.name), ("SL-100A", "家用电冰箱"));
                assert_eq!(item.goods.holder, "示例电器有限公司");
                assert_eq!(item.until.map(|day| day.to_string()).as_deref(), Some("2027-12-31"));
            }
            (None, found) => assert_eq!(found, Some(Found::Nothing), "{code}"),
            other => panic!("{code}: {other:?}"),
        }
    }
    // A barcode leads to the code a lot leads to online; one that several products state to none.
    let gtin = |text: &str| Gtin::parse(text).expect("a barcode");
    let online = site.get("/01/04006381333931/10/L1").await;
    let to = format!("/q/{}?lot=L1", CreditCode::mint_model("44", [40; 16]).expect("a province"));
    assert_eq!(online.header("location"), to);
    let own = copy.code_of(&gtin("4006381333931")).expect("a code");
    assert_eq!(format!("/q/{own}?lot=L1"), to);
    assert_eq!(copy.code_of(&gtin("09521234543213")), None);
    // The same log, the same day, the same key: the same bytes.
    assert_eq!(fetched(&site).await.0, note);
}

#[tokio::test]
async fn without_a_key_or_an_origin_the_portal_says_so_and_goes_on() {
    let bare = site(false, "");
    for path in ["/offline/copy.txt", "/offline/key.txt", "/offline/codes-0123456789abcdef"] {
        assert_eq!(bare.get(path).await.status, 404, "{path}");
    }
    let page = bare.get("/en/offline").await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("This register has no key that signs its log"));
    assert!(!page.text().contains("data-do=\"keep\""));
    let keyed = site(true, "");
    // Without an address the register's own id says whose copy it is.
    assert!(fetched(&keyed).await.0.starts_with(&format!("{}/offline\n", "a".repeat(32))));
    assert!(keyed.get("/en/offline").await.text().contains("data-do=\"keep\""));
    assert_eq!(keyed.get("/offline/nothing").await.status, 404);
}

#[tokio::test]
async fn worker_and_manifest_come_fresh_under_policies_of_their_own() {
    let site = site(true, "");
    let worker = site.get("/sw.js").await;
    assert_eq!(worker.header("content-type"), "text/javascript; charset=utf-8");
    assert_eq!(worker.header("cache-control"), "public, no-cache");
    let policy = worker.header("content-security-policy");
    assert_eq!(policy, "default-src 'none'; connect-src 'self'; frame-ancestors 'none'");
    let text = worker.text();
    assert!(text.starts_with("const BUILD = {") && text.contains("\"/en\""));
    for (path, start) in [("", "/scan"), ("/zh-Hant", "/zh-Hant/scan"), ("/en", "/en/scan")] {
        let got = site.get(&format!("{path}/manifest.webmanifest")).await;
        assert_eq!(got.header("content-type"), "application/manifest+json");
        assert_eq!(got.json()["start_url"], start);
        let sizes: Vec<String> = got.json()["icons"]
            .as_array()
            .expect("icons")
            .iter()
            .map(|icon| format!("{} {}", icon["sizes"], icon["purpose"]).replace('"', ""))
            .collect();
        for wanted in
            ["any any", "192x192 any", "512x512 any", "192x192 maskable", "512x512 maskable"]
        {
            assert!(sizes.iter().any(|size| size == wanted), "{wanted} is not among {sizes:?}");
        }
        for icon in got.json()["icons"].as_array().expect("icons") {
            assert_eq!(site.get(icon["src"].as_str().expect("a path")).await.status, 200);
        }
    }
    assert_eq!(site.get("/en/sw.js").await.status, 404, "one worker for all languages");
}

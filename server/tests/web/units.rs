//! Verdicts on unit codes, and on lots of a product.

use std::sync::Arc;
use std::time::{Duration, Instant};

use register::code::{Batch, CreditCode, Pepper, unit_key};
use register::{Draft, Kind, Lang, Reason, ReasonCode};
use serde_json::{Value, json};
use server::keys::Folder;
use server::store::{FixedClock, Register};
use server::web::answer::{self, Asking};
use server::web::assets::Assets;
use server::web::index::Indexes;
use server::web::router::{self, Found};
use server::web::{Portal, Settings};

use crate::fixture::{Got, HOLDER, Site, clock, draft};
use crate::verify::{PLAIN, code, records};

/// A site with a batch of unit codes of one product.
pub struct Units {
    /// The site.
    pub site: Site,
    /// The codes.
    pub codes: Vec<CreditCode>,
    /// The key of their batch.
    pub batch: String,
    pepper: Pepper,
}

fn body(level: &str, product: &str, status: &str) -> serde_json::Value {
    json!({
        "level": level, "product": product, "holder": HOLDER, "issued_on": "2024-03-01",
        "issuer": "示例平台", "status": status,
    })
}

impl Units {
    /// `count` units of the plain product, on a site made with `settings`.
    pub fn new(count: u8, settings: Settings) -> Units {
        let site = Site::set(records(), settings);
        let pepper = Folder::of(&site.path).pepper_or_new(true).expect("a pepper");
        let codes: Vec<CreditCode> = (1..=count).map(|n| CreditCode::mint_unit([n; 16])).collect();
        let batch = Batch::new(codes.iter().map(|code| pepper.hash(code)));
        let mut body = body("U-batch", PLAIN, "valid");
        let root: String = batch.root().iter().map(|byte| format!("{byte:02x}")).collect();
        body["batch_root"] = json!(root);
        let key = batch.key();
        let record = draft(Kind::Code, &key, "2024-03-01", ReasonCode::Granted, body);
        let units = Units { site, codes, batch: key, pepper };
        units
            .register()
            .append_with(None, Some(&batch), &mut std::iter::once(Ok(record)))
            .expect("in");
        units
    }

    fn register(&self) -> Register {
        Register::open_with_clock(&self.site.path, Arc::new(FixedClock(clock()))).expect("open")
    }

    fn change(&self, key: &str, level: &str, status: &str, reason: ReasonCode) {
        let mut body = body(level, PLAIN, status);
        if level == "U-batch" {
            let root = self.site_batch_root();
            body["batch_root"] = json!(root);
        }
        let change = Draft {
            reason: Reason::said(reason, Some("标签被盗".to_owned())),
            ..draft(Kind::Code, key, "2026-11-20", reason, body)
        };
        self.register()
            .append_with(None, None, &mut std::iter::once(Ok(change)))
            .expect("appended");
    }

    fn site_batch_root(&self) -> String {
        let hashes = self.codes.iter().map(|code| self.pepper.hash(code));
        Batch::new(hashes).root().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    async fn verdict(&self, code: &CreditCode) -> Got {
        self.site.get_with(&format!("/q/{code}"), &[("accept-encoding", "br")]).await
    }
}

fn unbrotli(bytes: &[u8]) -> String {
    let mut back = Vec::new();
    brotli::BrotliDecompress(&mut &bytes[..], &mut back).expect("brotli");
    String::from_utf8(back).expect("UTF-8")
}

#[tokio::test]
async fn a_shared_page_is_the_page_the_code_would_have_alone() {
    let units = Units::new(40, Settings::default());
    let portal = Portal::new(
        Indexes::open(&units.site.path, Box::new(clock)).expect("indexes"),
        Assets::load().expect("assets"),
        Settings { office: "示例市场监管局".to_owned(), ..Settings::default() },
    );
    let present = portal.indexes().present().expect("a moment");
    let wrong = CreditCode::mint_unit([0xee; 16]);
    let mut sizes = Vec::new();
    for code in units.codes.iter().step_by(13).chain([&wrong]) {
        for lang in Lang::ALL {
            for query in [None, Some("size=large")] {
                let path = format!("{}/q/{code}", lang.prefix());
                let Found::Route(route) = router::find(&path) else { panic!("no route") };
                let asking = Asking::parse(route, query).expect("asked");
                let alone =
                    answer::render(&portal, portal.indexes(), &asking, &present, present.at)
                        .expect("rendered");
                let alone = String::from_utf8(alone.body).expect("UTF-8");
                let path = query.map_or(path.clone(), |query| format!("{path}?{query}"));
                let plain = units.site.get(&path).await;
                assert_eq!(plain.text(), alone, "{path}");
                assert_eq!(plain.status, if code == &wrong { 404 } else { 200 });
                let br = units.site.get_with(&path, &[("accept-encoding", "br")]).await;
                assert_eq!(unbrotli(&br.bytes), alone, "{path}");
                assert_eq!(br.status, plain.status);
                assert!(br.header("content-security-policy").contains("sha256-"));
                sizes.push(br.bytes.len());
            }
        }
    }
    println!("spliced pages, bytes: {sizes:?}");
    assert!(sizes.iter().all(|size| *size <= 7_000), "{sizes:?}");
    // A validator is of one code's page.
    let (one, other) = (units.verdict(&units.codes[0]).await, units.verdict(&units.codes[1]).await);
    assert_ne!(one.header("etag"), other.header("etag"));
    let path = format!("/q/{}", units.codes[0]);
    let etag = one.header("etag").to_owned();
    let headers = [("accept-encoding", "br"), ("if-none-match", &*etag)];
    assert_eq!(units.site.get_with(&path, &headers).await.status, 304);
}

#[tokio::test]
async fn what_is_said_of_a_unit_or_its_batch_shows_with_the_next_answer() {
    let units = Units::new(5, Settings::default());
    let [first, second, ..] = &units.codes[..] else { panic!("five codes") };
    for code in [first, second] {
        assert!(unbrotli(&units.verdict(code).await.bytes).contains("<span>有效"));
    }
    // One unit: said in another process, as far as the site can tell.
    let key = unit_key(&units.batch, &units.pepper.hash(first));
    units.change(&key, "U", "suspended", ReasonCode::Suspended);
    assert!(unbrotli(&units.verdict(first).await.bytes).contains("<span>暂停"));
    assert!(unbrotli(&units.verdict(second).await.bytes).contains("<span>有效"));
    // Then all of them.
    units.change(&units.batch, "U-batch", "withdrawn", ReasonCode::Withdrawn);
    for code in &units.codes[1..] {
        assert!(unbrotli(&units.verdict(code).await.bytes).contains("<span>已撤销"), "{code}");
    }
}

/// A code that differs from `code` in one place, its check character made right again.
fn almost(code: &CreditCode, place: usize) -> CreditCode {
    const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    let place = place % 15;
    let old = code.as_str().as_bytes()[place];
    let new =
        ALPHABET.bytes().cycle().skip_while(|c| *c != old).nth(1 + place % 29).expect("cycle");
    let mut body = code.as_str().as_bytes()[..15].to_vec();
    body[place] = new;
    let body = String::from_utf8(body).expect("ASCII");
    ALPHABET
        .chars()
        .find_map(|check| CreditCode::parse(&format!("{body}{check}")).ok())
        .expect("one check character is right")
}

/// Pages, JSON and times of codes one character away from an issued one, beside those of any other code.
/// Times are compared pair by pair, one right after the other, so that other work on the machine falls on
/// both alike: of so many pairs about half must go each way.
#[tokio::test]
async fn a_code_that_is_almost_right_is_answered_like_any_wrong_one() {
    const PAIRS: usize = 1_500;
    let units = Units::new(60, Settings::default());
    let random = |n: usize| {
        let mut bytes = [0u8; 16];
        for (i, byte) in bytes.iter_mut().enumerate() {
            *byte = (n.wrapping_mul(0x9e37_79b9) >> (i % 4 * 8)) as u8 ^ (i as u8).wrapping_mul(31);
        }
        CreditCode::mint_unit(bytes)
    };
    let ask = async |code: &CreditCode| -> (Got, Duration) {
        let started = Instant::now();
        let got = units.verdict(code).await;
        (got, started.elapsed())
    };
    let (mut slower, mut gaps) = (0usize, Vec::new());
    for n in 0..PAIRS {
        let near = almost(&units.codes[n % units.codes.len()], n);
        let far = random(n);
        // In no order that comes back: what takes its time at every fourth request would always meet the same of
        // the two. (The finalizer of SplitMix64.)
        let mixed = (n as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let ((a, near_took), (b, far_took)) = match (mixed ^ (mixed >> 27)) >> 63 {
            0 => (ask(&near).await, ask(&far).await),
            _ => {
                let far = ask(&far).await;
                (ask(&near).await, far)
            }
        };
        assert_eq!((a.status.as_u16(), b.status.as_u16()), (404, 404), "{near} {far}");
        slower += usize::from(near_took > far_took);
        gaps.push(near_took.as_nanos() as f64 - far_took.as_nanos() as f64);
        if n % 50 == 0 {
            let plain = |got: &Got, code: &CreditCode| {
                let spelled = app::pages::verify::spelled(&code.grouped());
                unbrotli(&got.bytes)
                    .replace(code.as_str(), "CODE")
                    .replace(&code.grouped(), "CODE")
                    .replace(&spelled, "CODE")
            };
            assert_eq!(plain(&a, &near), plain(&b, &far), "the same words");
            assert_eq!(a.bytes.len(), b.bytes.len(), "the same length");
        }
    }
    gaps.sort_by(f64::total_cmp);
    println!("almost right was slower in {slower} of {PAIRS}; median gap {} ns", gaps[PAIRS / 2]);
    // Five standard deviations of a fair coin.
    let allowed = (5.0 * (PAIRS as f64).sqrt() / 2.0) as usize;
    assert!(slower.abs_diff(PAIRS / 2) <= allowed, "{slower} of {PAIRS}");
}

/// `liangbiao verify` over the site's register: its exit code and what it printed.
fn verify(site: &Site, words: &[&str]) -> (Option<i32>, String) {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_liangbiao"));
    let output = command.arg("verify").args(words).arg("--register").arg(&site.path).output();
    let output = output.expect("the command");
    (output.status.code(), String::from_utf8(output.stdout).expect("UTF-8"))
}

#[tokio::test]
async fn a_lot_in_the_address_is_held_against_the_recalls_that_name_lots() {
    const LAMP: &str = "p-000000000020";
    let mut records = records();
    let mut product = crate::fixture::product("示例壶", "SL-20");
    product["gtins"] = json!(["09521111111115"]);
    product["standards"] = json!([]);
    let mut grant = crate::fixture::grant(LAMP, "N-20", "valid", "2028-06-30");
    grant["scheme"] = json!("made-up-scheme");
    // The command below answers on the day the test runs.
    grant["valid_until"] = json!("2099-06-30");
    let recall = json!({
        "number": "2026-020", "authority": "示例局", "region": "CN", "alert_type": "recall",
        "producer": { "name": "示例电器有限公司", "uscc": HOLDER }, "product_name": "示例壶",
        "models": ["SL-20"], "lots": ["L2401", "L2402"], "started_on": "2026-08-01",
        "status": "in_progress", "hazard": "可能漏电",
    });
    let on = |kind, key: &str, body| draft(kind, key, "2023-06-30", ReasonCode::Listed, body);
    records.extend([
        on(Kind::Product, LAMP, product),
        on(Kind::Listing, "made-up-scheme/20", grant),
        on(Kind::Recall, "示例局/2026-020", recall),
    ]);
    // Without a code, the lot leads to the product; with one, to its verdict.
    let site = Site::with(records.clone());
    let got = site.get("/01/09521111111115/10/L2401").await;
    assert_eq!(got.header("location"), format!("/products/{LAMP}"));
    let old = code(30);
    let of = |code: &CreditCode, from: &str, status| {
        let mut body = body("M", LAMP, status);
        body["issued_on"] = json!(from);
        draft(Kind::Code, code.as_str(), from, ReasonCode::Granted, body)
    };
    records.push(of(&old, "2024-03-01", "superseded"));
    records.push(of(&code(31), "2024-02-01", "valid"));
    records.push(of(&code(32), "2024-05-01", "draft"));
    let site = Site::with(records);
    let plain = code(31);
    assert_eq!(
        site.get("/01/09521111111115").await.header("location"),
        format!("/products/{LAMP}")
    );
    for (lot, outcome, words) in [
        ("L2401", "recalled", "正在召回"),
        ("l2402", "recalled", "正在召回"),
        ("L2499", "valid_but_notice", "不含所查的批次L2499"),
        ("A%2FB%22%3C", "valid_but_notice", "不含所查的批次A/B&quot;&lt;"),
    ] {
        let got = site.get(&format!("/en/01/09521111111115/10/{lot}")).await;
        assert_eq!(got.status, 303, "{lot}");
        let to = got.header("location").to_owned();
        assert!(to.starts_with(&format!("/en/q/{plain}?lot=")), "{to}");
        let path = to.trim_start_matches("/en");
        let page = site.get(path).await;
        let html = page.text();
        assert_eq!(page.status, 200, "{lot}");
        assert!(html.contains("登记的是整个型号") && html.contains("批次 <b>"), "{lot}: {html}");
        assert!(
            html.contains(words) || html.contains(&words.replace("&quot;", "\"")),
            "{lot}: {html}"
        );
        let json = site.get(&path.replace("?", ".json?")).await.json();
        assert_eq!(json["outcome"], outcome, "{lot}");
        assert!(json["lot"].is_string() && json["links"]["page"].as_str() == Some(path), "{json}");
        // The command gives the same verdict.
        let typed = percent_encoding::percent_decode_str(lot).decode_utf8_lossy();
        let (code, said) = verify(&site, &[plain.as_str(), "--lot", &typed, "--json"]);
        let said: Value = serde_json::from_str(&said).expect("JSON");
        for name in ["outcome", "reasons", "sentence", "lot", "code"] {
            assert_eq!(said[name], json[name], "{lot}: {name}");
        }
        assert_eq!(code, Some(i32::from(outcome == "recalled")), "{lot}");
        // The other languages keep the lot.
        assert!(html.contains(&to.replace('&', "&amp;")), "{lot}: {to}");
    }
    // Without a lot, any item may be one of those recalled.
    assert_eq!(site.get(&format!("/q/{plain}.json")).await.json()["outcome"], "recalled");
    for bad in ["L%20X", "%E6%89%B9", &"9".repeat(21)] {
        let got = site.get(&format!("/q/{plain}?lot={bad}")).await;
        assert_eq!(got.status, 400, "{bad}");
        assert!(got.text().contains("lot"), "{bad}");
    }
    for bad in ["L X", "批", &"9".repeat(21), ""] {
        assert_eq!(verify(&site, &[plain.as_str(), "--lot", bad]).0, Some(2), "{bad}");
    }
    assert_eq!(
        verify(&site, &[&"1".repeat(212), "--lot", "L2401"]).0,
        Some(2),
        "a statement has no lot"
    );
    assert_eq!(site.get(&format!("/q/{plain}?lot=")).await.status, 200, "left empty");
    assert_eq!(site.get("/products?lot=X").await.status, 400, "of verdicts only");
}

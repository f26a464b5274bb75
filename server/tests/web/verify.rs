//! What a scanned code opens, over the real router.

use register::code::{CreditCode, Statement};
use register::signature::{Algorithm, SecretKey, Signer};
use register::{Draft, Kind, ReasonCode};
use serde_json::{Value, json};
use server::code::issue::IN_CREDIT_FILE;
use server::store::{FixedClock, Log, Register};

use crate::fixture::{Got, HOLDER, PRODUCT, Site, WITHDRAWN, clock, draft, grant, product};

/// A product with a maker of its own, never evaluated by itself, in a scheme that is current.
pub const PLAIN: &str = "p-000000000010";
/// A product under recall.
pub const RECALLED: &str = "p-000000000011";
/// A product whose grant ran out.
const OVER: &str = "p-000000000012";
const SCHEME: &str = "made-up-scheme";

/// A code by number.
pub fn code(n: u8) -> CreditCode {
    CreditCode::mint_model("44", [n; 16]).expect("a province")
}

fn of(n: u8, product: &str, status: &str) -> Draft {
    let body = json!({
        "level": "M", "product": product, "holder": HOLDER, "issued_on": "2024-03-01",
        "issuer": "示例平台", "status": status, "expected_pack": ["耗电量 0.35 kW·h/d"],
        "redress": { "pay_first": true, "insurer": "示例保险公司", "limit_fen": 2_000_000 },
        "credit_sections": [{
            "section": "honours", "text": "示例奖", "source": "示例局", "date": "2024-05-01",
        }, {
            "section": "penalties", "text": IN_CREDIT_FILE, "source": "示例平台", "date": "2024-03-01",
        }],
    });
    let reason = match status {
        "valid" => ReasonCode::Granted,
        "suspended" => ReasonCode::Suspended,
        "cancelled" => ReasonCode::Cancelled,
        _ => ReasonCode::Listed,
    };
    draft(Kind::Code, code(n).as_str(), "2024-03-01", reason, body)
}

/// Records with codes of every standing.
pub fn records() -> Vec<Draft> {
    let listed = |kind, key: &str, body| draft(kind, key, "2023-06-30", ReasonCode::Listed, body);
    let own = |product: &str, until: &str| {
        let mut body = grant(product, &format!("N-{product}"), "valid", until);
        body["scheme"] = json!(SCHEME);
        body
    };
    let plain = |name: &str, model: &str, gtin: &str| {
        let mut body = product(name, model);
        body["gtins"] = json!([gtin]);
        body["standards"] = json!([]);
        body
    };
    vec![
        listed(
            Kind::Scheme,
            SCHEME,
            json!({
                "name_zh": "示例名录", "name_en": "Made-up scheme", "authority": "示例局",
                "legal_basis": [{ "document": "示例文件", "clause": "一" }], "subject": ["product"],
                "status": "current", "proves": "列入了名录。", "does_not_prove": "不证明每一件都合格。",
            }),
        ),
        listed(Kind::Product, PLAIN, plain("示例灯", "SL-10", "09521234543213")),
        listed(Kind::Product, RECALLED, plain("示例壶", "SL-11", "")),
        listed(Kind::Product, OVER, plain("示例桌", "SL-12", "")),
        listed(Kind::Listing, "made-up-scheme/1", own(PLAIN, "2028-06-30")),
        listed(Kind::Listing, "made-up-scheme/2", own(RECALLED, "2028-06-30")),
        listed(Kind::Listing, "made-up-scheme/3", own(OVER, "2025-06-30")),
        listed(
            Kind::Recall,
            "示例局/2026-009",
            json!({
                "number": "2026-009", "authority": "示例局", "region": "CN", "alert_type": "recall",
                "producer": { "name": "示例电器有限公司", "uscc": HOLDER },
                "product_name": "示例壶", "models": ["SL-11"], "started_on": "2026-08-01",
                "status": "in_progress", "hazard": "可能漏电",
            }),
        ),
        of(1, PLAIN, "valid"),
        of(2, WITHDRAWN, "valid"),
        of(3, PLAIN, "suspended"),
        of(4, PLAIN, "cancelled"),
        of(5, PLAIN, "draft"),
        of(6, RECALLED, "valid"),
        of(7, OVER, "valid"),
        of(8, PRODUCT, "valid"),
    ]
}

fn site() -> Site {
    Site::at_origin(records(), "https://liangbiao.example")
}

async fn verdict(site: &Site, code: &str) -> Value {
    site.get(&format!("/q/{code}.json")).await.json()
}

/// Code, status, outcome, head word in three languages.
const FACES: [(u8, u16, &str, [&str; 3]); 8] = [
    (1, 200, "valid", ["有效", "有效", "Valid"]),
    (2, 200, "withdrawn", ["已撤销", "已撤銷", "Withdrawn"]),
    (3, 200, "suspended", ["暂停", "暫停", "Suspended"]),
    (4, 200, "withdrawn", ["已注销", "已註銷", "Cancelled"]),
    (5, 404, "unknown", ["没有查到", "沒有查到", "Not found"]),
    (6, 200, "recalled", ["正在召回", "正在召回", "Under recall"]),
    (7, 200, "expired", ["已过期", "已過期", "Expired"]),
    (9, 404, "unknown", ["没有查到", "沒有查到", "Not found"]),
];

#[tokio::test]
async fn every_verdict_has_its_page_its_json_and_its_text() {
    let site = site();
    for (n, status, outcome, words) in FACES {
        let code = code(n);
        for (prefix, word) in ["", "/zh-Hant", "/en"].into_iter().zip(words) {
            let path = format!("{prefix}/q/{}", code.as_str());
            let page = site.get_with(&path, &[("accept", "text/html,*/*")]).await;
            assert_eq!(page.status, status, "{path}: {}", page.text());
            let html = page.text();
            assert!(html.contains("role=\"status\""), "{path}");
            assert!(html.contains(&format!("<span>{word}")), "{path}: {word}");
            assert!(html.contains(&code.grouped()), "{path}");
            assert!(html.contains("liangbiao.example"), "{path}: the domain to look for");
            assert!(
                !html.contains("<script") && !html.contains("<link rel=\"stylesheet\""),
                "{path}"
            );
            let text = site.get_with(&path, &[("accept", "text/plain")]).await;
            assert_eq!(text.status, status, "{path}");
            assert_eq!(text.header("content-type"), "text/plain; charset=utf-8", "{path}");
            assert!(text.text().starts_with(word), "{path}: {}", text.text());
            let json = site.get_with(&path, &[("accept", "application/json")]).await;
            assert_eq!(
                (json.status.as_u16(), json.header("content-type")),
                (status, "application/json")
            );
            assert_eq!(json.json()["outcome"], outcome, "{path}: {}", json.text());
            for got in [&page, &text, &json] {
                assert!(
                    got.header("vary").contains("Accept,")
                        || got.header("vary").ends_with("Accept")
                );
            }
            let twin = site.get(&format!("{path}.json")).await;
            assert_eq!(twin.bytes, json.bytes, "{path}.json is the same answer");
            assert_eq!(site.get(&format!("{path}.txt")).await.bytes, text.bytes, "{path}.txt");
        }
    }
}

#[tokio::test]
async fn a_valid_page_says_what_to_compare_and_what_it_does_not_prove() {
    let site = site();
    let html = site.get(&format!("/q/{}", code(1).as_str())).await.text();
    for part in [
        "SL-10",
        "示例电器有限公司",
        "09521234543213",
        "耗电量 0.35 kW·h/d",
        "不证明每一件都合格",
        "不是政府的质量担保",
        "先行赔付",
        "20,000 元",
        "示例奖",
        "12315",
        "登记经过",
    ] {
        assert!(html.contains(part), "{part}");
    }
    assert!(!html.contains("正品") && !html.contains("假货"), "a model code proves neither");
    // What is left to the credit file is a link into it, in the reader's language.
    assert!(!html.contains(IN_CREDIT_FILE), "{html}");
    let english = site.get(&format!("/en/q/{}?size=large", code(1).as_str())).await.text();
    for (html, link) in [
        (
            &html,
            format!("href=\"/enterprises/{HOLDER}/credit#penalties\" class=\"lk\">行政处罚</a>"),
        ),
        (
            &english,
            format!(
                "href=\"/en/enterprises/{HOLDER}/credit?size=large#penalties\" class=\"lk\">penalties</a>"
            ),
        ),
    ] {
        assert!(html.contains(&link), "{link}: {html}");
    }
    let json = verdict(&site, code(1).as_str()).await;
    assert_eq!(json["links"]["product"], format!("/products/{PLAIN}"));
    for language in ["zh-Hans", "zh-Hant", "en"] {
        assert!(json["sentence"][language].as_str().is_some_and(|text| !text.is_empty()));
    }
    assert!(json.get("log_time").is_none(), "a body that is kept holds no time of day");
}

#[tokio::test]
async fn a_code_is_read_as_people_type_it() {
    let site = site();
    let code = code(1);
    let fullwidth: String = code
        .as_str()
        .chars()
        .map(|c| char::from_u32(u32::from(c) + 0xfee0).expect("full width"))
        .collect();
    for typed in
        [code.as_str().to_lowercase(), code.grouped(), code.grouped().replace('-', " "), fullwidth]
    {
        let path = format!("/q/{}", server::web::router::segment(&typed).replace("%20", "+"));
        let path = path.replace('+', "%20");
        let json = site.get_with(&path, &[("accept", "application/json")]).await.json();
        assert_eq!(
            (&json["outcome"], &json["code"]),
            (&json!("valid"), &json!(code.as_str())),
            "{typed}"
        );
    }
    assert_eq!(site.get(&format!("/Q/{}", code.as_str())).await.status, 200);
}

#[tokio::test]
async fn a_malformed_code_is_told_what_is_wrong_with_it() {
    let site = site();
    let valid = code(1);
    // One character taken for another: the check character finds it and does not say where.
    let swapped = valid.as_str().replacen(valid.as_str().chars().nth(5).expect("twelve"), "Y", 1);
    for (typed, words) in [
        ("44M3QMX9D2", "读到10位"),
        ("44M3QMX9D2S4", "第11位"),
        (swapped.as_str(), "校验位不符"),
        ("44M3QMX9D2R4%E2%80%8B", "U+200B"),
        ("%D0%90%D0%92", "第1位"),
    ] {
        let got = site.get(&format!("/q/{typed}")).await;
        assert_eq!(got.status, 400, "{typed}");
        assert!(got.text().contains(words), "{typed}: {}", got.text());
        assert!(got.text().contains("<form"), "{typed}: the way to try again");
    }
    let long = "A".repeat(3_000);
    let got = site.get(&format!("/q/{long}")).await;
    assert_eq!(got.status, 400);
    assert!(got.bytes.len() < 40_000, "what was typed is not printed back whole");
    for hostile in
        ["%3Cscript%3Ealert(1)%3C%2Fscript%3E", "%22%20onfocus%3Dalert(1)", "%E2%80%AEabc"]
    {
        let got = site.get(&format!("/q/{hostile}")).await;
        assert_eq!(got.status, 400);
        let html = got.text();
        for bad in ["<script", "=\"\" onfocus", "\u{202e}"] {
            assert!(!html.contains(bad), "{hostile}: {bad}: {html}");
        }
    }
}

#[tokio::test]
async fn a_made_up_code_among_real_ones_says_so() {
    let source = json!({
        "publisher": "示例", "title": "示例数据", "retrieved_on": "2026-01-10",
        "file_hash": "0".repeat(64), "licence": "CC0", "sample": true,
        "coverage": { "from": "2023-01-01", "to": "2023-12-31", "complete": "unknown" },
    });
    let mut records = records();
    records.push(draft(Kind::Source, "made-up", "2023-07-01", ReasonCode::Listed, source));
    for record in &mut records {
        if record.key == code(1).as_str() {
            record.source.id = "made-up".to_owned();
        }
    }
    let site = Site::with(records);
    for (n, sample) in [(1, true), (3, false)] {
        let path = format!("/q/{}", code(n).as_str());
        let html = site.get(&path).await.text();
        assert_eq!(html.contains("（示例）</small></h2>"), sample, "{path}");
        let text = site.get(&format!("{path}.txt")).await.text();
        assert_eq!(text.contains("（示例）"), sample, "{path}: {text}");
        let json = site.get(&format!("{path}.json")).await.json();
        assert_eq!(json.get("sample").is_some(), sample, "{path}");
    }
}

#[tokio::test]
async fn the_style_within_is_the_one_the_policy_names() {
    let site = site();
    for code in [code(1), code(9)] {
        let got = site.get(&format!("/q/{}", code.as_str())).await;
        let html = got.text();
        let style = html.split_once("<style>").and_then(|(_, rest)| rest.split_once("</style>"));
        let (style, _) = style.expect("a style");
        let policy = server::web::reply::verdict_csp(style);
        assert_eq!(got.header("content-security-policy"), policy);
        assert!(!policy.contains("unsafe-inline") && !policy.contains("script-src"));
        assert!(!style.is_empty());
    }
}

#[tokio::test]
async fn a_withdrawal_shows_with_the_next_answer() {
    let site = site();
    let path = format!("/q/{}", code(1).as_str());
    let before = site.get(&path).await;
    assert_eq!(site.get(&path).await.bytes, before.bytes, "kept");
    let clock = std::sync::Arc::new(FixedClock(clock()));
    let other = Register::open_with_clock(&site.path, clock).expect("the same register");
    let mut change = of(1, PLAIN, "withdrawn");
    change.valid_from = "2026-11-20".parse().expect("a day");
    change.reason.code = ReasonCode::Withdrawn;
    change.reason.text = Some("抽查不合格".to_owned());
    other.append(&mut std::iter::once(change)).expect("appended");
    let after: Got = site.get(&path).await;
    assert_ne!(before.header("etag"), after.header("etag"));
    assert!(after.text().contains("已撤销") && after.text().contains("2026-11-20"));
    assert_eq!(verdict(&site, code(1).as_str()).await["outcome"], "withdrawn");
}

#[tokio::test]
async fn what_is_typed_leads_to_where_it_is_answered() {
    let site = site();
    let code = code(1);
    for (typed, to) in [
        (code.grouped(), format!("/q/{}", code.grouped())),
        (
            format!("https://other.example/q/{}", code.as_str().to_lowercase()),
            format!("/q/{}", code.as_str()),
        ),
        (
            "https://id.example/01/09521234543213/10/A1".to_owned(),
            "/01/09521234543213/10/A1".to_owned(),
        ),
        ("9521234543213".to_owned(), "/01/09521234543213".to_owned()),
        ("javascript:alert(1)".to_owned(), "/q/javascript%3Aalert(1)".to_owned()),
        ("//evil.example".to_owned(), "/q/__evil.example".to_owned()),
        (String::new(), "/scan".to_owned()),
    ] {
        let query: String =
            form_urlencoded::Serializer::new(String::new()).append_pair("code", &typed).finish();
        let got = site.get(&format!("/en/q?{query}&size=large")).await;
        assert_eq!(got.status, 303, "{typed}");
        assert_eq!(got.header("location"), format!("/en{to}?size=large"), "{typed}");
    }
    assert_eq!(site.get("/q?colour=red").await.status, 400);
}

#[tokio::test]
async fn a_digital_link_walks_up_to_the_product() {
    let site = site();
    for path in ["/01/09521234543213", "/01/09521234543213/21/44M3"] {
        let got = site.get(path).await;
        assert_eq!(got.status, 303, "{path}");
        assert!(got.header("location").starts_with("/products/p-"), "{path}");
    }
    for path in
        ["/01/04006381333931", "/01/09521234543214", "/01/9521234543213", "/01/09521234543213/99/1"]
    {
        assert_eq!(site.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn a_statement_is_judged_by_the_key_of_its_day() {
    let key = SecretKey::from_bytes(Algorithm::Ed25519, &[7; 32]).expect("a key");
    let public = key.public_key();
    let record = |from: &str, status: &str, reason| {
        let body = json!({
            "algorithm": "ed25519", "public_key": public.to_record(), "holder": "示例平台",
            "valid_from": "2024-01-01", "status": status,
        });
        draft(Kind::Key, &public.id().to_string(), from, reason, body)
    };
    let mut all = records();
    all.push(record("2024-01-01", "active", ReasonCode::Listed));
    let site = Site::at_origin(all, "https://liangbiao.example");
    let sign = |issued: &str, expires: &str| {
        let day = |text: &str| text.parse().expect("a day");
        Statement::sign(code(1), None, day(issued), day(expires), &key).expect("signed").digits()
    };
    let good = sign("2024-06-01", "2027-06-01");
    let page = site.get(&format!("/s/{good}")).await;
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(page.text().contains("签名声明") && page.text().contains("2027-06-01"));
    let outcome = |got: Got| got.json()["outcome"].as_str().unwrap_or_default().to_owned();
    assert_eq!(outcome(site.get(&format!("/s/{good}.json")).await), "valid");
    // A digit of the signature changed; a key of another day; nothing that is a statement.
    let mut forged = good.clone().into_bytes();
    forged[211] = if forged[211] == b'1' { b'2' } else { b'1' };
    let forged = String::from_utf8(forged).expect("digits");
    assert_eq!(outcome(site.get(&format!("/s/{forged}.json")).await), "malformed");
    assert_eq!(site.get("/s/123").await.status, 400);
    assert_eq!(
        outcome(site.get(&format!("/s/{}.json", sign("2024-06-01", "2025-06-01"))).await),
        "expired"
    );
    let early = sign("2023-06-01", "2027-06-01");
    assert_ne!(outcome(site.get(&format!("/s/{early}.json")).await), "valid");
    let keys = site.get("/.well-known/jwks.json").await;
    assert_eq!(keys.header("content-type"), "application/jwk-set+json");
    assert_eq!(keys.json()["keys"][0]["kid"], public.id().to_string());
}

#[tokio::test]
async fn a_register_that_cannot_be_read_is_not_taken_for_an_empty_one() {
    let site = site();
    let path = format!("/q/{}", code(1).as_str());
    assert_eq!(site.get(&path).await.status, 200);
    // The file is there and is no register any more.
    std::fs::write(&site.path, vec![0x5a; 64 * 1024]).expect("written");
    let other = format!("/en/q/{}", code(2).as_str());
    let got = site.get(&other).await;
    assert_eq!(got.status, 503, "{}", got.text());
    assert!(got.text().contains("Cannot tell now"), "{}", got.text());
    assert_eq!(got.header("cache-control"), "no-store");
    let json = site.get_with(&other, &[("accept", "application/json")]).await;
    assert_eq!((json.status.as_u16(), &json.json()["outcome"]), (503, &json!("cannot_tell")));
}

/// brotli 11 of the whole answer, as the budget counts it. The icon is the one other request.
#[tokio::test]
async fn no_verdict_is_heavier_than_its_budget() {
    let site = site();
    let mut sizes = Vec::new();
    for (n, ..) in FACES {
        for prefix in ["", "/zh-Hant", "/en"] {
            let got = site
                .get_with(&format!("{prefix}/q/{}", code(n).as_str()), &[("accept-encoding", "br")])
                .await;
            assert_eq!(got.header("content-encoding"), "br");
            sizes.push(got.bytes.len());
        }
    }
    println!("verdict pages, bytes: {sizes:?}");
    assert!(sizes.iter().all(|size| *size <= 7_000), "{sizes:?}");
}

#[tokio::test]
async fn a_recall_of_the_same_brand_and_goods_is_shown_as_possible_and_changes_nothing() {
    let with = |more: Vec<Draft>| {
        let mut all = records();
        all.push(of(12, PRODUCT, "valid"));
        all.extend(more);
        Site::at_origin(all, "https://liangbiao.example")
    };
    let recall = |n: u8, name: &str, more: Value| {
        let mut body = json!({
            "number": format!("B-{n}"), "authority": "示例局", "region": "CN",
            "alert_type": "recall", "product_name": name, "started_on": "2026-07-01",
            "status": "announced",
        });
        body.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap());
        draft(Kind::Recall, &format!("示例局/B-{n}"), "2026-07-01", ReasonCode::Listed, body)
    };
    let code = code(12);
    let before = verdict(&with(Vec::new()), code.as_str()).await;
    let same = (1..=4).map(|n| recall(n, &format!("示例牌{n}号电冰箱"), json!({})));
    let other = [
        recall(5, "示例牌冰箱贴", json!({})),
        recall(6, "示例牌商用电冰箱", json!({})),
        recall(7, "示例牌七号电冰箱", json!({ "models": ["ZZ-900Q"] })),
        recall(8, "别家牌电冰箱", json!({})),
    ];
    let site = with(same.chain(other).collect());
    let after = verdict(&site, code.as_str()).await;
    for what in ["outcome", "reasons", "sentence"] {
        assert_eq!(before[what], after[what], "{what}: a name changes no verdict");
    }
    assert!(before.get("possible_matches").is_none_or(|v| v.as_array().unwrap().len() < 3));
    assert_eq!(after["possible_matches"].as_array().map(Vec::len), Some(3), "{after:#}");
    let words = [
        ("", "可能相关，仅按名称匹配", "不影响核验结果", "见产品页面"),
        ("/zh-Hant", "可能相關，僅按名稱匹配", "不影響核驗結果", "見產品頁面"),
        ("/en", "Possible match, name only", "do not change the verdict", "on the product’s page"),
    ];
    for (prefix, heading, note, more) in words {
        let path = format!("{prefix}/q/{}", code.as_str());
        let html = site.get(&path).await.text();
        for part in [heading, note, more] {
            let found = html.contains(part)
                || html.contains(&part.replace('’', "&#39;"))
                || html.contains(&part.replace('’', "'"));
            assert!(found, "{path}: {part}");
        }
        assert!(html.contains("号电冰箱") && !html.contains("<script"), "{path}");
        for not in ["冰箱贴", "商用", "七号", "别家牌"] {
            assert!(!html.contains(not), "{path}: {not}");
        }
        let text = site.get(&format!("{path}.txt")).await.text();
        assert!(text.contains(heading) && text.contains(note), "{text}");
        let got = site.get_with(&path, &[("accept-encoding", "br")]).await;
        assert!(got.bytes.len() <= 7_000, "{path}: {}", got.bytes.len());
    }
    // The product's page has all of them, each once.
    let product = site.get(&format!("/products/{PRODUCT}")).await.text();
    assert!((1..=4).all(|n| product.contains(&format!("示例牌{n}号电冰箱"))));
}

#[tokio::test]
async fn a_code_on_record_has_its_artwork() {
    let site = site();
    let path = format!("/q/{}/label", code(1).as_str());
    for prefix in ["", "/zh-Hant", "/en"] {
        let page = site.get(&format!("{prefix}{path}")).await;
        assert_eq!(page.status, 200, "{}", page.text());
        let html = page.text();
        assert!(html.contains(&format!("{path}.svg")) && html.contains("15"), "{html}");
        assert!(html.contains(&format!("https://liangbiao.example/q/{}", code(1).as_str())));
    }
    let svg = site.get(&format!("{path}.svg")).await;
    assert_eq!((svg.status.as_u16(), svg.header("content-type")), (200, "image/svg+xml"));
    assert!(svg.text().contains(&code(1).grouped()) && svg.text().contains("liangbiao.example"));
    let png = site.get(&format!("{path}.png")).await;
    assert_eq!((png.status.as_u16(), png.header("content-type")), (200, "image/png"));
    assert!(png.bytes.starts_with(b"\x89PNG\r\n\x1a\n"));
    for missing in [format!("/q/{}/label.svg", code(99).as_str()), "/q/abc/label".to_owned()] {
        assert_eq!(site.get(&missing).await.status, 404, "{missing}");
    }
    // Without a public address there is nothing to print, and the page says so.
    let inside = Site::with(records());
    assert!(inside.get(&path).await.text().contains("--origin"));
    assert_eq!(inside.get(&format!("{path}.svg")).await.status, 404);
}

#[tokio::test]
async fn a_code_in_the_search_field_leads_to_its_verdict() {
    let site = site();
    let html = site.get(&format!("/en/products?q={}", code(1).grouped())).await.text();
    assert!(html.contains(&format!("href=\"/en/q/{}\"", code(1).as_str())), "{html}");
    let product = site.get(&format!("/products/{PLAIN}")).await.text();
    assert!(product.contains(&format!("href=\"/q/{}\"", code(1).as_str())));
    let report = site.get(&format!("/12315?code={}", code(1).as_str())).await;
    assert!(report.status == 200 && report.text().contains(code(1).as_str()));
    assert_eq!(site.get("/12315?code=nonsense").await.status, 200);
}

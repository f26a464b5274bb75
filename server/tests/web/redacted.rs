//! What was taken out of the register is out of every answer of a portal that runs on.

use std::io::Read as _;
use std::sync::Arc;

use register::{Draft, Kind, ReasonCode};
use serde_json::json;
use server::store::{FixedClock, Register, Take};

use crate::fixture::{Got, HOLDER, Site, TODAY, clock, draft};

const NUMBER: &str = "示例罚2025-7";
const ACT: &str = "冒用示例标志";
const TRADER: &str = "92440606MA4X00000A";
const NAME: &str = "示例人甲小吃店";

fn drafts() -> Vec<Draft> {
    let penalty = json!({
        "number": NUMBER, "authority": "示例局",
        "party": { "name": "示例电器有限公司", "uscc": HOLDER }, "act": ACT,
        "basis": [{ "law": "示例质量法", "article": "第一条" }], "measure": ["fine"],
        "content": "罚款9876元", "decided_on": "2025-05-10", "publish_until": "2099-05-10",
        "status": "in_force",
    });
    let trader = json!({
        "name_zh": NAME, "uscc": TRADER, "place": "440606", "status": "active",
        "roles": ["producer"],
    });
    vec![
        draft(Kind::Penalty, NUMBER, "2025-05-10", ReasonCode::Published, penalty),
        draft(Kind::Enterprise, TRADER, "2024-01-01", ReasonCode::Listed, trader),
    ]
}

/// As a reader gets it: unpacked where it is a file.
fn text(got: &Got) -> String {
    let mut text = String::new();
    match flate2::read::GzDecoder::new(&got.bytes[..]).read_to_string(&mut text) {
        Ok(_) => text,
        Err(_) => String::from_utf8_lossy(&got.bytes).into_owned(),
    }
}

fn key(key: &str) -> String {
    app::model::encode_key(key)
}

#[tokio::test]
async fn a_running_portal_forgets_what_was_taken_out() {
    let site = Site::with(drafts());
    let size = site.get("/products.json").await.json()["log_size"].as_u64().expect("a size");
    let fixed = format!("as_of={TODAY}&known={size}");
    let mut addresses = Vec::new();
    for prefix in ["", "/zh-Hant", "/en"] {
        for page in [
            &format!("/penalties/{}", key(NUMBER)),
            &format!("/penalties/{}.json", key(NUMBER)),
            "/penalties",
            "/penalties.json",
            "/penalties.csv",
            &format!("/enterprises/{HOLDER}"),
            &format!("/enterprises/{HOLDER}/credit"),
            &format!("/enterprises/{HOLDER}/credit.json"),
            &format!("/enterprises/{TRADER}"),
            &format!("/enterprises/{TRADER}.json"),
            "/enterprises",
            "/enterprises.json",
            "/changes",
            "/changes.csv",
            "/changes.json",
        ] {
            addresses.push(format!("{prefix}{page}"));
            addresses.push(format!("{prefix}{page}?{fixed}"));
        }
    }
    addresses.push("/data/files.json".to_owned());
    addresses.push(format!("/data/liangbiao-all-{TODAY}-{size}.jsonl.gz"));
    addresses.push(format!("/data/liangbiao-penalty-{TODAY}-{size}.csv.gz"));
    addresses.push(format!("/data/liangbiao-entries-{TODAY}-{size}.jsonl.gz"));
    let secrets = [ACT, "9876", NAME];
    let mut told = [0; 3];
    // Asked twice: the second answer comes out of the caches.
    for _ in 0..2 {
        for address in &addresses {
            let got = site.get(address).await;
            assert_eq!(got.status, 200, "{address}: {}", got.text());
            let text = text(&got);
            for (n, secret) in told.iter_mut().zip(secrets) {
                *n += usize::from(text.contains(secret));
            }
        }
    }
    assert!(told.iter().all(|n| *n > 20), "it was shown: {told:?}");

    let other = Register::open_with_clock(&site.path, Arc::new(FixedClock(clock())))
        .expect("the same register");
    let take = |kind, key: &str, fields: &[&str]| Take {
        kind,
        key: key.to_owned(),
        fields: fields.iter().map(|field| (*field).to_owned()).collect(),
        reason: "依法院裁定".to_owned(),
    };
    let takes = [
        take(Kind::Penalty, NUMBER, &["act", "content"]),
        take(Kind::Enterprise, TRADER, &["name_zh"]),
    ];
    other.redact(&takes).expect("taken out");

    for address in
        addresses.iter().chain([&format!("/data/liangbiao-all-{TODAY}-{}.jsonl.gz", size + 2)])
    {
        let got = site.get(address).await;
        let text = text(&got);
        for secret in secrets {
            assert!(!text.contains(secret), "{secret} in {address}");
        }
        // The files of before are gone; pages answer.
        let file = address.starts_with("/data/liangbiao");
        assert!(got.status == 200 || file, "{address}: {}", got.status);
    }
    // Pages say so, those of the past as well.
    for (prefix, words, note) in [
        ("", "已删去，只留承诺值", "依规定删去的内容：违法事实、处罚内容。"),
        ("/zh-Hant", "已刪去，只留承諾值", "依規定刪去的內容：違法事實、處罰內容。"),
        ("/en", "removed, kept as a commitment", "Removed as the law demands: Act, Penalty."),
    ] {
        for query in [String::new(), format!("?{fixed}")] {
            let page = site.get(&format!("{prefix}/penalties/{}{query}", key(NUMBER))).await.text();
            assert!(page.contains(words), "{prefix}{query}: {page}");
            assert!(page.contains(note), "{prefix}{query}: {page}");
        }
        let trader = site.get(&format!("{prefix}/enterprises/{TRADER}")).await.text();
        assert!(trader.contains(TRADER), "its code is what is left of its name");
    }
    let now = site.get(&format!("/penalties/{}.json", key(NUMBER))).await.json();
    assert_eq!(now["removed"], json!(["act", "content"]));
    assert_eq!(now["reason"]["code"], "redacted");
    assert!(now["record"].get("act").is_none());
    let then = site.get(&format!("/penalties/{}.json?{fixed}", key(NUMBER))).await.json();
    assert_eq!(then["removed"], json!(["act", "content"]));
    assert_eq!(
        then["reason"]["code"], "published",
        "what was known then, without what was removed"
    );
    let open = site.get("/penalties/%E7%A4%BA%E4%BE%8B%E7%BD%9A2024-1.json").await.json();
    assert!(open.get("removed").is_none(), "{open}");
}

//! Whatever a list or a reader writes, no page runs it.

use register::{Draft, Kind, ReasonCode};
use serde_json::{Value, json};

use crate::fixture::{HOLDER, STANDARD, Site, draft};

/// Text that would run somewhere if it were not escaped.
const CORPUS: [&str; 8] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'><svg/onload=alert(1)>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
];

/// What must not be in a page outside an attribute or text.
fn runs(html: &str) -> Option<&'static str> {
    let html = html.to_lowercase();
    [
        "<script>alert",
        "<img src=x",
        "<svg/onload",
        "<iframe",
        "\"javascript:",
        "\" onerror",
        "' onerror",
    ]
    .into_iter()
    .find(|bad| html.contains(bad))
}

fn poison(value: &mut Value, text: &str) {
    match value {
        Value::String(field) => *field = format!("{field}{text}"),
        Value::Array(list) => list.iter_mut().for_each(|one| poison(one, text)),
        Value::Object(object) => object
            .iter_mut()
            // Keys and codes keep their form: they are checked before they are stored.
            .filter(|(name, _)| {
                !matches!(
                    name.as_str(),
                    "subject"
                        | "holder"
                        | "scheme"
                        | "status"
                        | "direction"
                        | "kind"
                        | "key"
                        | "granted_on"
                        | "valid_until"
                        | "evaluated_on"
                        | "published_on"
                        | "started_on"
                        | "limit"
                        | "value"
                        | "score"
                        | "full_mark"
                        | "place"
                        | "method_equivalent"
                        | "result"
                        | "products"
                        | "enterprises"
                )
            })
            .for_each(|(_, field)| poison(field, text)),
        _ => {}
    }
}

fn poisoned(text: &str) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = crate::fixture::drafts()
        .into_iter()
        .filter(|draft| draft.source.id == "list-2023")
        .collect();
    for draft in &mut drafts {
        let mut body = Value::Object(draft.body.clone());
        poison(&mut body, text);
        draft.body = body.as_object().cloned().expect("an object");
        draft.reason.text = Some(text.to_owned());
        draft.source.locator.file = Some(text.to_owned());
    }
    drafts.push(draft(
        Kind::Product,
        "p-00000000000f",
        "2024-01-01",
        ReasonCode::Listed,
        json!({
            "name_zh": text, "holder": HOLDER, "brand": text, "model": text, "category": text,
            "sector": text, "standards": [text, STANDARD], "status": "on_sale", "gtins": [text],
        }),
    ));
    drafts.push(draft(
        Kind::Notice,
        "示例局/2025-01-01/url",
        "2025-01-01",
        ReasonCode::Published,
        json!({ "type": "warning", "title": text, "published_on": "2025-01-01", "issuer": text,
                "url": "javascript:alert(1)" }),
    ));
    drafts
}

#[tokio::test]
async fn no_field_of_a_record_reaches_a_page_unescaped() {
    for text in CORPUS {
        let site = Site::with(poisoned(text));
        let mut paths = crate::fixture::pages();
        // What does not fit here is not what does not fit in the fixture.
        paths.retain(|path| !path.starts_with("/inconsistencies/"));
        let found = site.get("/inconsistencies.json?per_page=100").await.json();
        let found = found["items"].as_array().expect("items").iter();
        paths.extend(found.map(|one| one["links"]["page"].as_str().expect("a page").to_owned()));
        paths.extend(
            ["/products/p-00000000000f", "/notices/%E7%A4%BA%E4%BE%8B%E5%B1%80_2025-01-01_url"]
                .map(str::to_owned),
        );
        for path in paths {
            for prefix in ["", "/en"] {
                let path =
                    if path == "/" { format!("{prefix}/") } else { format!("{prefix}{path}") };
                let path = if path == "/en/" { "/en".to_owned() } else { path };
                let got = site.get(&path).await;
                assert_eq!(got.status, 200, "{path}");
                assert_eq!(runs(&got.text()), None, "{path} with {text}");
            }
        }
    }
}

#[tokio::test]
async fn nothing_a_reader_writes_reaches_a_page_unescaped() {
    let site = Site::new();
    for text in CORPUS {
        let coded: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
        for path in [
            format!("/products?q={coded}"),
            format!("/en/systems?q={coded}"),
            format!("/products?category={coded}"),
            format!("/products?enterprise={coded}&brand={coded}"),
            format!("/products?{coded}=1"),
            format!("/products?as_of={coded}"),
            format!("/products/{coded}"),
            format!("/{coded}"),
            format!("/directories/foshan-standard?q={coded}"),
        ] {
            for accept in ["text/html", "application/json"] {
                let got = site.get_with(&path, &[("accept", accept)]).await;
                if got.header("content-type").starts_with("text/html") {
                    assert_eq!(runs(&got.text()), None, "{path}");
                }
            }
        }
    }
}

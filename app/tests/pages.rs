//! Every page type, in three languages, from fictional models and from hostile ones.

#[path = "../preview/models/mod.rs"]
mod models;

use std::io::Write;

use app::model::Look;
use models::{Maker, every_page, every_verdict};
use register::Lang;

const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</title></script><svg/onload=alert(1)>",
    "<!--<!>-->",
    "javascript:alert(1)",
    "{{7*7}}${7*7}",
    "\u{202e}gnp.exe",
];

fn brotli(text: &str) -> usize {
    let mut out = Vec::new();
    {
        let mut writer = brotli::CompressorWriter::new(&mut out, 1 << 16, 11, 22);
        writer.write_all(text.as_bytes()).unwrap();
    }
    out.len()
}

/// The start tags of a document, without comments and text.
fn tags(html: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        let after = &rest[open..];
        let mut quote = None;
        let end = after.char_indices().find(|(_, c)| {
            match (quote, c) {
                (None, '"' | '\'') => quote = Some(*c),
                (Some(q), c) if q == *c => quote = None,
                (None, '>') => return true,
                _ => {}
            }
            false
        });
        let Some((end, _)) = end else { break };
        found.push(&after[..=end]);
        rest = &after[end + 1..];
    }
    found
}

#[test]
fn a_hostile_value_in_any_field_stays_text() {
    for lang in Lang::ALL {
        let all = |maker| -> Vec<(String, String)> {
            let pages = every_page(lang, false, maker).into_iter();
            let verdicts = every_verdict(lang, maker).into_iter();
            pages
                .map(|(name, html)| (name.to_owned(), html))
                .chain(verdicts.map(|(look, html)| (format!("{look:?}"), html)))
                .collect()
        };
        let plain = all(Maker { x: "" });
        for x in HOSTILE {
            for ((name, clean), (_, html)) in plain.iter().zip(all(Maker { x })) {
                let names = |html: &str| -> Vec<String> {
                    tags(html)
                        .iter()
                        .map(|t| {
                            t.trim_start_matches('<')
                                .split([' ', '>', '/'])
                                .next()
                                .unwrap_or("")
                                .to_owned()
                        })
                        .filter(|t| {
                            matches!(
                                t.as_str(),
                                "script" | "img" | "iframe" | "object" | "style" | "base"
                            )
                        })
                        .collect()
                };
                assert_eq!(
                    names(clean),
                    names(&html),
                    "{name} in {lang:?} grew an element from {x}"
                );
                for tag in tags(&html) {
                    let quoted: String = {
                        // Attribute values cut out: what is left must hold no event handler.
                        let mut out = String::new();
                        let mut inside = false;
                        for c in tag.chars() {
                            if c == '"' {
                                inside = !inside;
                            } else if !inside {
                                out.push(c);
                            }
                        }
                        out
                    };
                    assert!(
                        !quoted.contains(" on") && !quoted.contains("/on"),
                        "{name} in {lang:?}: handler in {tag}"
                    );
                    assert!(!tag.contains("href=\"javascript"), "{name}: {tag}");
                }
            }
        }
    }
}

#[test]
fn what_a_verdict_does_not_say_stands_under_a_heading_of_its_own() {
    for (look, html) in every_verdict(Lang::En, Maker { x: "" }) {
        let heading = match look {
            Look::Unknown => "What “not found” does not mean",
            look if look.holds() => "What this code does not prove",
            _ => "What this result does not mean",
        };
        for other in ["“not found” does not mean", "code does not prove", "result does not mean"]
        {
            assert_eq!(html.contains(other), heading.contains(other), "{look:?}: {other}");
        }
        // Made-up codes are marked one by one where others are real.
        assert_eq!(html.contains("(sample)</small></h2>"), look == Look::Valid, "{look:?}");
    }
}

#[test]
fn structured_data_is_valid_and_cannot_end_its_element() {
    for x in ["", HOSTILE[3]] {
        for (name, html) in every_page(Lang::ZhHans, false, Maker { x }) {
            for block in html.split("<script type=\"application/ld+json\">").skip(1) {
                let json = block.split("</script>").next().unwrap();
                serde_json::from_str::<serde_json::Value>(json)
                    .unwrap_or_else(|e| panic!("{name}: {e}: {json}"));
            }
        }
    }
}

#[test]
fn a_page_has_one_heading_its_language_its_landmarks_and_nothing_inline() {
    for lang in Lang::ALL {
        for large in [false, true] {
            for (name, html) in every_page(lang, large, Maker { x: "" }) {
                let at = format!("{name} in {lang:?}, large {large}");
                let count = |what: &str| html.matches(what).count();
                assert!(html.starts_with("<!doctype html><html"), "{at}");
                assert_eq!(count("<h1"), 1, "{at}: headings");
                assert_eq!(count("<main"), 1, "{at}");
                assert_eq!(count("<header"), 1, "{at}");
                assert_eq!(count("<footer"), 1, "{at}");
                assert_eq!(count("style=\""), 0, "{at}: style attribute");
                assert_eq!(count("<style"), 0, "{at}");
                assert!(
                    html.contains(
                        ["lang=\"zh-CN\"", "lang=\"zh-Hant\"", "lang=\"en\""][lang as usize]
                    ),
                    "{at}"
                );
                assert_eq!(html.contains("class=\"large\""), large, "{at}");
                assert!(!html.contains("<!>") && !html.contains("<!--"), "{at}: markers left");
                for script in html.split("<script").skip(1) {
                    let tag = script.split('>').next().unwrap();
                    assert!(
                        tag.contains("src=") && script[tag.len() + 1..].starts_with("</script>")
                            || tag.contains("application/ld+json"),
                        "{at}: inline script"
                    );
                }
                // Every id once, every label for a field that is there.
                let mut ids: Vec<&str> =
                    html.split(" id=\"").skip(1).filter_map(|s| s.split('"').next()).collect();
                let all = ids.len();
                ids.sort_unstable();
                ids.dedup();
                assert_eq!(ids.len(), all, "{at}: an id twice");
                for label in html.split(" for=\"").skip(1).filter_map(|s| s.split('"').next()) {
                    assert!(ids.contains(&label), "{at}: label for {label}");
                }
                // Every icon that is used is drawn.
                for icon in html.split("href=\"#i-").skip(1).filter_map(|s| s.split('"').next()) {
                    assert!(html.contains(&format!("id=\"i-{icon}\"")), "{at}: icon {icon}");
                }
                // Levels of headings go down one at a time.
                let mut last = 0;
                for level in html.split("<h").skip(1).filter_map(|s| s.chars().next()?.to_digit(10))
                {
                    assert!(level <= last + 1, "{at}: h{level} after h{last}");
                    last = level;
                }
            }
        }
    }
}

#[test]
fn links_inside_the_portal_keep_language_and_size() {
    for (name, html) in every_page(Lang::En, true, Maker { x: "" }) {
        let main = html.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
        for href in
            main.split("<a").skip(1).filter_map(|a| a.split("href=\"").nth(1)?.split('"').next())
        {
            if href.starts_with('/')
                && !href.contains(".json")
                && !href.contains(".csv")
                && !href.contains(".atom")
                && !href.starts_with("/log/")
                && !href.contains("known=")
            {
                assert!(href.starts_with("/en/"), "{name}: {href}");
                assert!(href.contains("size=large"), "{name}: {href}");
            }
        }
    }
}

#[test]
fn a_page_stays_within_what_a_phone_should_download() {
    for (name, html) in every_page(Lang::ZhHans, false, Maker { x: "" }) {
        let bytes = brotli(&html);
        println!("{name}: {} bytes, {bytes} brotli", html.len());
        assert!(bytes <= 10_000, "{name}: {bytes} bytes");
    }
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let read = |path: &str| std::fs::read_to_string(root.join(path)).unwrap();
    let sheet = read("style/liangbiao.css");
    assert_eq!(sheet.matches('{').count(), sheet.matches('}').count(), "a rule is not closed");
    let css = brotli(&read("style/liangbiao.css"));
    let boot = brotli(&read("public/boot.js"));
    println!("style sheet {css}, boot script {boot}");
    assert!(css <= 6_000, "style sheet: {css}");
    assert!(boot <= 1_000, "boot script: {boot}");
}

#[test]
fn a_very_long_name_and_an_empty_register_still_make_pages() {
    let long = "很长的名字".repeat(60);
    for lang in Lang::ALL {
        for (name, html) in every_page(lang, false, Maker { x: &long }) {
            assert!(html.ends_with("</html>"), "{name}");
        }
        use app::model::*;
        let at = models::context(lang, false, "/");
        assert!(
            app::pages::home::render(
                &PageContext { log_size: 0, ..at.clone() },
                &HomePage::default()
            )
            .contains("<h1")
        );
        assert!(app::pages::list::render(&at, &ListPage::default()).contains("<h1"));
        assert!(app::pages::data::render(&at, &DataPage::default()).contains("<h1"));
        assert!(app::pages::enterprise::render(&at, &EnterprisePage::default()).contains("<h1"));
        assert!(app::pages::standard::render(&at, &StandardPage::default()).contains("<h1"));
        assert!(app::pages::notice::render(&at, &NoticePage::default()).contains("<h1"));
        assert!(app::pages::directory::render(&at, &DirectoryPage::default()).contains("<h1"));
    }
}

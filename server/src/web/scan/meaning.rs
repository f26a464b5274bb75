//! What a scanned text is: ours, an ordinary bar code, another site's address, or just text.
//!
//! The browser's camera asks the same question in `public/camera.js`; both are held to
//! `end2end/meanings.json`. The rules are narrow on purpose: what is not plainly an address of this
//! site is not ours, and what is not plainly an address is text.

use register::code::{CreditCode, DigitalLink, Statement};
use scanner_decode::{Format, Found};

use crate::web::router::segment;

/// What a text is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// An address of this site, as a path of it; `code` says whether it leads to a verdict.
    Own {
        /// The path, with a language if the address has one.
        path: String,
        /// It is the address of a code (`/q/`, `/01/`, `/s/`).
        code: bool,
    },
    /// A quality credit code on its own, its check character right.
    Code(CreditCode),
    /// A number of GS1, its check digit right.
    Goods(String),
    /// An address of another site.
    Foreign {
        /// Host, and port if there is one, in lower case.
        domain: String,
        /// A quality credit code where this site's addresses have theirs.
        code: Option<CreditCode>,
    },
    /// Anything else.
    Text,
}

/// What `found` is for the site at `origin` (`https://quality.example`; empty: the site does not know
/// its address, and no address is its own).
#[must_use]
pub fn of(found: &Found, origin: &str) -> Meaning {
    let text = &found.text;
    if found.format != Format::Qr {
        return Meaning::Goods(text.clone());
    }
    if let Some(path) = own_path(text, origin) {
        let code = of_code(path).is_some();
        return Meaning::Own { path: path.to_owned(), code };
    }
    if let Some((domain, rest)) = address(text) {
        let code = match of_code(rest) {
            Some((Place::Code, segment)) => CreditCode::parse(segment).ok(),
            _ => None,
        };
        return Meaning::Foreign { domain, code };
    }
    let bare = text.len() <= 24 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    match bare.then(|| CreditCode::parse(text).ok()).flatten() {
        Some(code) => Meaning::Code(code),
        None => Meaning::Text,
    }
}

/// The path, without query and fragment, of an address of this site.
fn own_path<'t>(text: &'t str, origin: &str) -> Option<&'t str> {
    let (head, rest) = text.split_at_checked(origin.len())?;
    (!origin.is_empty() && head.eq_ignore_ascii_case(origin) && rest.starts_with('/'))
        .then_some(())?;
    let path = rest.split(['?', '#']).next().unwrap_or_default();
    // Nothing that a path of this site needs no other character for; `//host` would be another site.
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"/-._~%".contains(&b);
    (path.bytes().all(plain) && !path.contains("//") && !path.contains("..")).then_some(path)
}

/// Where codes have their addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// `/q/`
    Code,
    /// `/01/`
    Link,
    /// `/s/`
    Statement,
}

/// What stands behind `q/`, `01/` or `s/` in a path, if it has the form of a code's address. The letter
/// may be a capital, as in symbols printed in capitals alone.
fn of_code(path: &str) -> Option<(Place, &str)> {
    let path = path.strip_prefix('/')?;
    let path = path.strip_prefix("zh-Hant/").or(path.strip_prefix("en/")).unwrap_or(path);
    let (place, rest) = path.split_once('/')?;
    let place = match place {
        "q" | "Q" => Place::Code,
        "01" => Place::Link,
        "s" | "S" => Place::Statement,
        _ => return None,
    };
    (!rest.is_empty()).then_some((place, rest))
}

/// The path a typed or scanned text leads to. Only the path of an address counts here, whatever its host:
/// the answer is this register's own.
#[must_use]
pub fn path_of(typed: &str) -> String {
    // The longest thing worth reading is a statement's address.
    const TYPED_MAX: usize = 400;
    let typed: String = typed.chars().take(TYPED_MAX).collect();
    if typed.is_empty() {
        return "/scan".to_owned();
    }
    if CreditCode::parse(&typed).is_ok() {
        return format!("/q/{}", segment(&typed));
    }
    match address(&typed).and_then(|(_, path)| of_code(path)) {
        Some((Place::Code, code)) => return format!("/q/{}", segment(&code.to_uppercase())),
        Some((Place::Statement, digits)) => return format!("/s/{}", segment(digits)),
        Some((Place::Link, rest)) => {
            if let Ok(link) = DigitalLink::parse(&format!("/01/{rest}")) {
                return link.to_string();
            }
        }
        None => {}
    }
    let digits: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    if Statement::parse(&digits).is_ok() {
        return format!("/s/{digits}");
    }
    if let Ok(gtin) = register::id::Gtin::parse(&digits) {
        return DigitalLink::of(gtin).to_string();
    }
    format!("/q/{}", segment(&typed))
}

/// Host and path of an address of the web whose host is written in plain characters.
fn address(text: &str) -> Option<(String, &str)> {
    let colon = text.find("://")?;
    let scheme = &text[..colon];
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    let rest = &text[colon + 3..];
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    // What stands before an @ is a name to log in with, put there to look like a host.
    let domain = authority.rsplit('@').next().unwrap_or_default().to_ascii_lowercase();
    let plain = domain.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.:[]".contains(&b));
    let path = path.split(['?', '#']).next().unwrap_or_default();
    (plain && domain.bytes().any(|b| b.is_ascii_alphanumeric())).then_some((domain, path))
}

/// Most characters of a text that are shown.
pub const SHOWN_CHARS_MAX: usize = 500;

/// A text to be looked at: what does not show, or makes other text show differently, is written as its
/// number; and whether it was cut.
#[must_use]
pub fn visible(text: &str) -> (String, bool) {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars().take(SHOWN_CHARS_MAX) {
        if hides(c) {
            shown.push_str(&format!("⟨U+{:04X}⟩", c as u32));
        } else {
            shown.push(c);
        }
    }
    (shown, text.chars().nth(SHOWN_CHARS_MAX).is_some())
}

/// A text for a field to be typed over: what does not show is left out, and it is cut to a line or two.
#[must_use]
pub fn retyped(text: &str) -> String {
    const TYPED_CHARS_MAX: usize = 60;
    text.chars().filter(|c| !hides(*c) && *c != '\u{fffd}').take(TYPED_CHARS_MAX).collect()
}

/// Control characters, and those of Unicode that have no shape of their own: direction marks, zero-width
/// characters, fillers, variation selectors, tags.
fn hides(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn texts_mean_what_the_shared_table_says() {
        let table: Value =
            serde_json::from_str(include_str!("../../../../end2end/meanings.json")).expect("JSON");
        let cases = table["cases"].as_array().expect("a list");
        assert!(cases.len() > 30);
        for case in cases {
            let format = match case["format"].as_str() {
                Some("ean_13") => Format::Ean13,
                _ => Format::Qr,
            };
            let text = case["text"].as_str().expect("a text").to_owned();
            let origin = table["origin"].as_str().expect("an origin");
            let got = match of(&Found { text: text.clone(), format }, origin) {
                Meaning::Own { path, code } => json!({ "is": "own", "path": path, "leads": code }),
                Meaning::Code(code) => json!({ "is": "code", "code": code.as_str() }),
                Meaning::Goods(gtin) => json!({ "is": "goods", "gtin": gtin }),
                Meaning::Foreign { domain, code } => json!({
                    "is": "foreign", "domain": domain, "code": code.map(|code| code.as_str().to_owned()),
                }),
                Meaning::Text => json!({ "is": "text" }),
            };
            assert_eq!(got, case["means"], "{text:?}");
            if let Some(shown) = case["shown"].as_str() {
                assert_eq!(visible(&text), (shown.to_owned(), false));
            }
        }
    }

    #[test]
    fn a_site_that_does_not_know_its_address_calls_none_its_own() {
        let found =
            Found { text: "https://quality.example/q/44M3QMX9D2R4".into(), format: Format::Qr };
        let Meaning::Foreign { domain, code } = of(&found, "") else { panic!("not foreign") };
        assert_eq!(
            (&*domain, code.map(|c| c.grouped()).as_deref()),
            ("quality.example", Some("44M3-QMX9-D2R4"))
        );
    }

    #[test]
    fn a_typed_text_leads_where_its_address_does_whatever_the_host() {
        for (typed, path) in [
            ("", "/scan"),
            ("44m3-qmx9-d2r4", "/q/44m3-qmx9-d2r4"),
            ("https://quality.example/en/q/44m3qmx9d2r4?x", "/q/44M3QMX9D2R4"),
            ("HTTPS://EVIL.EXAMPLE/Q/44M3QMX9D2R4", "/q/44M3QMX9D2R4"),
            ("https://quality.example/01/09521234543213/10/L1", "/01/09521234543213/10/L1"),
            ("https://quality.example/s/0123", "/s/0123"),
            ("9521234543213", "/01/09521234543213"),
            ("javascript:alert(1)", &format!("/q/{}", segment("javascript:alert(1)"))),
        ] {
            assert_eq!(path_of(typed), path, "{typed}");
        }
        assert_eq!(retyped("44\u{200b}M3\u{202e}\u{fffd}QM"), "44M3QM");
        assert_eq!(retyped(&"长".repeat(100)).chars().count(), 60);
    }

    #[test]
    fn a_long_text_is_cut_and_says_so() {
        let (shown, cut) = visible(&"长".repeat(SHOWN_CHARS_MAX + 1));
        assert_eq!((shown.chars().count(), cut), (SHOWN_CHARS_MAX, true));
        assert_eq!(visible(&"a".repeat(SHOWN_CHARS_MAX)), ("a".repeat(SHOWN_CHARS_MAX), false));
    }
}

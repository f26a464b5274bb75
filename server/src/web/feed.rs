//! Feeds: Atom (RFC 4287) and JSON Feed 1.1 (<https://www.jsonfeed.org/version/1.1/>).
//!
//! Addresses are absolute where `--origin` is set, as readers of feeds want them, else paths.

use chrono::{DateTime, SecondsFormat, Utc};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use register::Lang;
use serde_json::json;
use sha2::{Digest, Sha256};

/// Media type of Atom.
pub const ATOM: &str = "application/atom+xml; charset=utf-8";
/// Media type of JSON Feed.
pub const JSON_FEED: &str = "application/feed+json; charset=utf-8";

/// A feed.
#[derive(Clone, Debug, Default)]
pub struct Feed {
    /// Language.
    pub lang: Lang,
    /// What it is about.
    pub title: String,
    /// Whose register it is.
    pub author: String,
    /// Address of the page of the same query.
    pub page: String,
    /// Address of the feed itself.
    pub own: String,
    /// What the feed's id is made of: the register and the query, not the address.
    pub identity: String,
    /// When it last changed.
    pub updated: DateTime<Utc>,
    /// Newest first.
    pub entries: Vec<Item>,
}

/// One entry of a feed.
#[derive(Clone, Debug, Default)]
pub struct Item {
    /// What its id is made of.
    pub identity: String,
    /// Title.
    pub title: String,
    /// Text.
    pub text: String,
    /// Address of the page about it.
    pub page: String,
    /// When it was written.
    pub updated: DateTime<Utc>,
    /// Codes: change and kind.
    pub tags: Vec<String>,
}

/// An id that stays the same wherever the register is published: a UUID of our own making, version 8
/// (RFC 9562, 5.8), from the hash of what is named.
#[must_use]
pub fn id(identity: &str) -> String {
    let hash = Sha256::digest(identity.as_bytes());
    let mut bytes = [0u8; 16];
    bytes.copy_from_slice(&hash[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let parts = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]];
    format!("urn:uuid:{}", parts.join("-"))
}

fn instant(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Characters XML 1.0 does not allow are left out; sources may hold them.
fn allowed(text: &str) -> String {
    let allowed = |c: &char| {
        matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}')
            || *c > '\u{ffff}'
    };
    text.chars().filter(allowed).collect()
}

struct Atom(Writer<Vec<u8>>);

impl Atom {
    fn event(&mut self, event: Event<'_>) {
        // Writing to memory cannot fail.
        let _ = self.0.write_event(event);
    }

    fn text(&mut self, name: &str, text: &str) {
        self.event(Event::Start(BytesStart::new(name)));
        self.event(Event::Text(BytesText::new(&allowed(text))));
        self.event(Event::End(BytesEnd::new(name)));
    }

    fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.event(Event::Empty(start));
    }
}

/// The feed as Atom.
#[must_use]
pub fn atom(feed: &Feed) -> Vec<u8> {
    let mut xml = Atom(Writer::new(Vec::new()));
    xml.event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)));
    let root = BytesStart::new("feed")
        .with_attributes([("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", feed.lang.tag())]);
    xml.event(Event::Start(root));
    xml.text("id", &id(&feed.identity));
    xml.text("title", &feed.title);
    xml.text("updated", &instant(feed.updated));
    xml.event(Event::Start(BytesStart::new("author")));
    xml.text("name", &feed.author);
    xml.event(Event::End(BytesEnd::new("author")));
    xml.empty("link", &[("rel", "self"), ("type", "application/atom+xml"), ("href", &feed.own)]);
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &feed.page)]);
    for item in &feed.entries {
        xml.event(Event::Start(BytesStart::new("entry")));
        xml.text("id", &id(&item.identity));
        xml.text("title", &item.title);
        xml.text("updated", &instant(item.updated));
        xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &item.page)]);
        for tag in &item.tags {
            xml.empty("category", &[("term", tag)]);
        }
        xml.text("summary", &item.text);
        xml.event(Event::End(BytesEnd::new("entry")));
    }
    xml.event(Event::End(BytesEnd::new("feed")));
    let mut bytes = xml.0.into_inner();
    bytes.push(b'\n');
    bytes
}

/// The feed as JSON Feed 1.1.
#[must_use]
pub fn json_feed(feed: &Feed) -> Vec<u8> {
    let items: Vec<_> = feed
        .entries
        .iter()
        .map(|item| {
            json!({
                "id": id(&item.identity), "url": item.page, "title": item.title,
                "content_text": item.text, "date_published": instant(item.updated), "tags": item.tags,
            })
        })
        .collect();
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1", "title": feed.title,
        "home_page_url": feed.page, "feed_url": feed.own, "language": feed.lang.tag(),
        "authors": [{ "name": feed.author }], "items": items,
    });
    let mut bytes = feed.to_string().into_bytes();
    bytes.push(b'\n');
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_says_the_same_in_both_forms_and_no_text_becomes_markup() {
        let feed = Feed {
            title: "变动 <&>".to_owned(),
            page: "/changes?kind=product&axis=recorded".to_owned(),
            entries: vec![Item {
                identity: "r 7".to_owned(),
                title: "a\u{0}b</title><script>".to_owned(),
                text: "&lt; \u{b}x".to_owned(),
                tags: vec!["left".to_owned()],
                ..Item::default()
            }],
            ..Feed::default()
        };
        let xml = String::from_utf8(atom(&feed)).unwrap();
        assert!(xml.contains("<title>变动 &lt;&amp;&gt;</title>"), "{xml}");
        assert!(xml.contains("<title>ab&lt;/title&gt;&lt;script&gt;</title>"), "{xml}");
        assert!(xml.contains("kind=product&amp;axis=recorded"), "{xml}");
        assert!(!xml.contains('\u{b}') && xml.contains("&amp;lt; x"), "{xml}");
        let json: serde_json::Value = serde_json::from_slice(&json_feed(&feed)).unwrap();
        let own = json["items"][0]["id"].as_str().unwrap();
        assert!(xml.contains(&format!("<id>{own}</id>")));
        assert_eq!(json["items"][0]["tags"][0], "left");
    }

    #[test]
    fn an_id_is_a_uuid_of_version_8_and_depends_on_what_it_names_alone() {
        let one = id("register 12");
        assert_eq!(one, id("register 12"));
        assert_ne!(one, id("register 13"));
        let uuid = one.strip_prefix("urn:uuid:").unwrap();
        assert_eq!(uuid.len(), 36);
        assert_eq!(uuid.as_bytes()[14], b'8');
        assert!(b"89ab".contains(&uuid.as_bytes()[19]));
    }
}

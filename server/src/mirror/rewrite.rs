//! Making the portal's pages fit a plain host: links lead to files, forms that need a server go.
//!
//! The pages are written by this program, so their markup is known: attributes in double quotes, `<`, `&` and quotes
//! escaped inside them. Text is never touched, since it holds no `<`.

use std::collections::{HashMap, HashSet};

use app::model::mirror::{SUFFIX, asking, page_file, part};
use app::pages::mirror as pages;
use register::Lang;
use serde_json::Value;

use super::Order;
use super::plan::Plan;
use crate::store::At;
use crate::web::reply::Policy;

/// Policy of a page without scripts of its own.
pub const STILL: &str = Policy::Still.csp();

/// Turns addresses of the portal into those of the mirror.
#[derive(Debug)]
pub struct Rewriter {
    addresses: HashSet<String>,
    searched: HashSet<String>,
    moved: HashMap<String, String>,
    languages: Vec<Lang>,
    /// The mirror's own day and log size, as parameters: a page asked for by them is the page that is there.
    present: [String; 2],
}

impl Rewriter {
    /// For the files of a plan.
    #[must_use]
    pub fn new(plan: &Plan, order: &Order, at: At) -> Rewriter {
        Rewriter {
            addresses: plan.addresses.clone(),
            searched: plan.searched.clone(),
            moved: plan.moved.clone(),
            languages: order.languages.clone(),
            present: [format!("as_of={}", at.as_of), format!("known={}", at.known)],
        }
    }

    /// Where a link of a page in `lang` leads in the mirror; none: as it is, it leads elsewhere.
    #[must_use]
    pub fn to(&self, address: &str, lang: Lang) -> Option<String> {
        if !address.starts_with('/') || address.starts_with("//") {
            return None;
        }
        let (rest, fragment) = match address.find('#') {
            Some(at) => address.split_at(at),
            None => (address, ""),
        };
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let pairs: Vec<&str> =
            query.split('&').filter(|pair| !pair.is_empty() && *pair != "size=large").collect();
        let pairs: Vec<&str> = match pairs.iter().any(|pair| pair.starts_with("of=")) {
            // A page to be quoted is named with its own day.
            true => pairs,
            false => {
                pairs.into_iter().filter(|pair| !self.present.iter().any(|p| p == pair)).collect()
            }
        };
        let file = self.file(path, &pairs).unwrap_or_else(|| self.about(rest, lang));
        Some(file + fragment)
    }

    fn file(&self, path: &str, pairs: &[&str]) -> Option<String> {
        let there = |address: String| self.addresses.contains(&address).then_some(address);
        let query = pairs.join("&");
        if let Some(to) = self.moved.get(path) {
            return there(to.clone());
        }
        let dated =
            pairs.iter().any(|pair| pair.starts_with("as_of=") || pair.starts_with("known="));
        // A list that stands in a mirror already says so itself.
        let stem = path.strip_suffix(SUFFIX).unwrap_or(path);
        if !pairs.is_empty() && !dated && self.searched.contains(stem) {
            let number = query.strip_prefix("page=").and_then(|number| number.parse().ok());
            return match number {
                Some(number) => there(part(stem, SUFFIX, number)),
                None => Some(format!("{stem}{SUFFIX}?{query}")),
            };
        }
        let (lang, plain) = Lang::of_path(path);
        if let [one] = pairs
            && let Some(number) = one.strip_prefix("page=").and_then(|number| number.parse().ok())
        {
            return there(part(stem, SUFFIX, number));
        }
        if pairs.is_empty() {
            let file = there(path.to_owned()).or_else(|| there(page_file(path)));
            // A code without a page is asked of the signed copy, which says what can be said.
            let code = plain.strip_prefix("/q/").filter(|code| !code.contains('/'));
            let offline = page_file(&format!("{}/offline", lang.prefix()));
            return file.or_else(|| {
                let code = code.filter(|_| self.addresses.contains(&offline))?;
                Some(asking(lang.prefix(), code))
            });
        }
        // The page on complaints is there, without the code it would name.
        if plain == "/12315" {
            return there(page_file(path));
        }
        None
    }

    /// The page about the mirror, with what was asked for.
    fn about(&self, asked: &str, lang: Lang) -> String {
        let lang = match self.languages.contains(&lang) {
            true => lang,
            false => self.languages.first().copied().unwrap_or_default(),
        };
        let page = page_file(&format!("{}{}", lang.prefix(), pages::PATH));
        let asked: String = form_urlencoded::byte_serialize(asked.as_bytes()).collect();
        format!("{page}?to={asked}")
    }

    /// A page of the portal as a page of the mirror. `policy`: its content security policy, which no header of a plain
    /// host will say.
    #[must_use]
    pub fn page(&self, html: &str, lang: Lang, policy: &str) -> String {
        const CHARSET: &str = "<meta charset=\"utf-8\">";
        let mut out = String::with_capacity(html.len() + 2_048);
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            let (text, tagged) = rest.split_at(at);
            out.push_str(text);
            let end = tag_end(tagged);
            let (tag, after) = tagged.split_at(end);
            rest = after;
            if tag.starts_with("<form")
                && let Some(close) = rest.find("</form>")
            {
                let form = &rest[..close];
                match self.form(tag, lang) {
                    Some(tag) => out.push_str(&tag),
                    None => {
                        // Two of them in one list would say the same twice.
                        if !tag.contains("class=\"inl\"") || !form.contains("name=\"sort\"") {
                            out.push_str(&pages::no_form(lang));
                        }
                        rest = &rest[close + "</form>".len()..];
                    }
                }
                continue;
            }
            self.tag(&mut out, tag, lang);
            if tag == CHARSET {
                out.push_str("<meta http-equiv=\"Content-Security-Policy\" content=\"");
                out.push_str(&stated(policy));
                out.push_str("\">");
            }
        }
        out.push_str(rest);
        out
    }

    /// The opening tag of a form that works in the mirror, where the browser answers it.
    fn form(&self, tag: &str, lang: Lang) -> Option<String> {
        let (before, action) = tag.split_once("action=\"")?;
        let (action, after) = action.split_once('"')?;
        if tag.contains("method=\"post\"") {
            return None;
        }
        let path = action.split('?').next().unwrap_or_default();
        let to = if Lang::of_path(path).1 == "/q" {
            let offline = page_file(&format!("{}/offline", lang.prefix()));
            self.addresses.contains(&offline).then_some(offline)?
        } else if self.searched.contains(path) && !tag.contains("noprint") {
            page_file(path)
        } else {
            return None;
        };
        Some(format!("{before}action=\"{to}\"{after}"))
    }

    /// A tag with its links made to lead to files.
    fn tag(&self, out: &mut String, tag: &str, lang: Lang) {
        let mut rest = tag;
        loop {
            let found = ["href=\"", "src=\""]
                .iter()
                .filter_map(|name| rest.find(name).map(|at| at + name.len()))
                .min();
            let Some(at) = found else { break };
            let (before, value) = rest.split_at(at);
            out.push_str(before);
            let Some((value, after)) = value.split_once('"') else {
                rest = value;
                break;
            };
            match self.to(&value.replace("&amp;", "&"), lang) {
                Some(to) => out.push_str(&to.replace('&', "&amp;")),
                None => out.push_str(value),
            }
            out.push('"');
            rest = after;
        }
        out.push_str(rest);
    }

    /// A list's JSON: the links of its items and its next page lead to files; what would need a server is left out.
    #[must_use]
    pub fn list_json(&self, bytes: &[u8], lang: Lang) -> Vec<u8> {
        let Ok(mut value) = serde_json::from_slice::<Value>(bytes) else { return bytes.to_vec() };
        let mapped = |link: &Value| -> Option<String> {
            let link = link.as_str()?;
            let to = match link.split_once(".json?page=") {
                Some((stem, number)) => part(stem, ".json", number.parse().ok()?),
                None => self.to(link, lang)?,
            };
            let plain = to.split('?').next().unwrap_or_default();
            (self.addresses.contains(plain) && !to.contains("?to=")).then_some(to)
        };
        let next = mapped(&value["next"]);
        if let Some(object) = value.as_object_mut() {
            object.remove("next");
            object.extend(next.map(|next| ("next".to_owned(), Value::from(next))));
        }
        for item in value["items"].as_array_mut().into_iter().flatten() {
            if let Some(links) = item.get_mut("links").and_then(Value::as_object_mut) {
                let kept =
                    links.iter().filter_map(|(name, to)| Some((name.clone(), mapped(to)?.into())));
                *links = kept.collect();
            }
        }
        format!("{value}\n").into_bytes()
    }

    /// The list of the register's files: one name each, and no address that takes a parameter.
    #[must_use]
    pub fn files_json(&self, bytes: &[u8]) -> Vec<u8> {
        let Ok(mut value) = serde_json::from_slice::<Value>(bytes) else { return bytes.to_vec() };
        if let Some(object) = value.as_object_mut() {
            object.remove("entries");
        }
        for file in value["files"].as_array_mut().into_iter().flatten() {
            if let Some(object) = file.as_object_mut() {
                object.remove("latest");
            }
        }
        format!("{value}\n").into_bytes()
    }
}

/// Where a tag ends: behind the first `>` outside quotes.
fn tag_end(text: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// A policy as a `<meta>` may state it: without `frame-ancestors`, which only a header can; with the mirror's script.
fn stated(policy: &str) -> String {
    let mut parts: Vec<String> = policy
        .split(';')
        .map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|part| !part.is_empty() && !part.starts_with("frame-ancestors"))
        .collect();
    if !parts.iter().any(|part| part.starts_with("script-src")) {
        parts.push("script-src 'self'".to_owned());
    }
    parts.join("; ").replace('"', "&quot;")
}

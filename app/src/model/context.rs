//! What every page knows about its request and about the register.

use register::Lang;

/// How much of the register is made up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sample {
    /// Nothing.
    #[default]
    None,
    /// Some sources; the word 示例 stands wherever such a value appears.
    Some,
    /// Everything but the built-in reference tables.
    All,
}

/// URLs of the static files, with their content hashes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assets {
    /// Style sheet.
    pub css: String,
    /// Text of the style sheet that stands in the pages of verdicts.
    pub verify_css: String,
    /// Boot script of the list island (`type="module"`, external).
    pub boot: String,
    /// The island's JavaScript module, imported by the boot script at the first touch; empty: no island.
    pub island: String,
    /// The island's wasm, beside the module.
    pub wasm: String,
    /// Script of the scan page (`type="module"`): waits for the tap.
    pub scan: String,
    /// The camera, imported after the tap.
    pub camera: String,
    /// The worker that decodes.
    pub scan_worker: String,
    /// The decoder's JavaScript module, imported by the worker; empty: no decoder.
    pub scanner: String,
    /// What the camera, the worker and the decoder weigh on the way, in bytes.
    pub scanner_bytes: u64,
    /// Script that keeps the portal on a phone and answers from what is kept.
    pub offline: String,
    /// The verifier's JavaScript module, imported by that script; empty: no verifier.
    pub verifier: String,
    /// The module that checks SM2, imported when a signature is one: the addresses of its JavaScript
    /// and its wasm with a space between; empty: none.
    pub verifier_sm2: String,
    /// Script that tells what is new since the reader last looked.
    pub seen: String,
    /// Script of the recount page: waits for the tap.
    pub recount: String,
    /// The program that counts again, imported after the tap; empty: none.
    pub recounter: String,
    /// Script of the page that looks lists up: waits for the press of the button.
    pub lookup: String,
    /// The program that looks them up, imported after it; empty: none.
    pub lookup_wasm: String,
    /// Script of the check of a page: waits for the tap.
    pub check: String,
    /// What it imports after the tap.
    pub checking: String,
    /// The program that checks, imported with it; empty: none.
    pub checker: String,
    /// Script of a static mirror's pages: how many days old it is.
    pub mirror: String,
    /// Icon of the site.
    pub icon: String,
}

/// What a page knows besides its model.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageContext {
    /// Language of the page.
    pub lang: Lang,
    /// Large type (`size=large`).
    pub large: bool,
    /// Whether the sample strip stands on top.
    pub sample: Sample,
    /// Domain readers are told to look for; empty: the sentence is left out.
    pub domain: String,
    /// Name of the authority that publishes this register, in the page's language; may be empty.
    pub office: String,
    /// Path of this page without language prefix, percent-encoded, e.g. `/products`.
    pub path: String,
    /// Canonical query of this page without `?` and without `size`; may be empty.
    pub query: String,
    /// Entries in the log.
    pub log_size: u64,
    /// When the last entry was recorded, Beijing time, `2026-11-21 22:51`; empty: the log is empty.
    pub recorded_at: String,
    /// The same with its offset, for `<time datetime>`: `2026-11-21T22:51:07+08:00`.
    pub recorded_at_iso: String,
    /// The day the page speaks of.
    pub day: String,
    /// Set when the reader asked for another day.
    pub as_of: Option<String>,
    /// Set when the reader asked for an earlier log size.
    pub known: Option<u64>,
    /// Where this page can be quoted as of its day; empty: it is of today only.
    #[cfg(feature = "ssr")]
    pub cite: String,
    /// Where this page is checked against the log; empty: it is no record's page, or this node does not sign.
    #[cfg(feature = "ssr")]
    pub check: String,
    /// Days after its answer that a case is kept; none: readers cannot report errors here.
    #[cfg(feature = "ssr")]
    pub reports: Option<u32>,
    /// This node signs the log, so that every entry has a proof to link to.
    pub proofs: bool,
    /// Set on the pages of a static mirror.
    #[cfg(feature = "ssr")]
    pub mirror: Option<super::Mirror>,
    /// Static files.
    #[cfg(feature = "ssr")]
    pub assets: Assets,
    /// `https://liangbiao.example`, from configuration, never from the Host header; empty: canonical
    /// links are paths.
    pub origin: String,
}

impl PageContext {
    /// A link of this site in the page's language, size and time; absolute links are returned as they are.
    /// `to` is a path without language prefix, with or without a query and a fragment.
    #[must_use]
    pub fn href(&self, to: &str) -> String {
        if !to.starts_with('/') {
            return to.to_owned();
        }
        if is_timeless(to) {
            return self.now(to);
        }
        let mut extra = Vec::new();
        if let Some(day) = &self.as_of {
            extra.push(format!("as_of={day}"));
        }
        if let Some(known) = self.known {
            extra.push(format!("known={known}"));
        }
        self.link(self.lang, self.large, to, &extra)
    }

    /// Like [`PageContext::href`], but of the present: without `as_of` and `known`.
    #[must_use]
    pub fn now(&self, to: &str) -> String {
        if to.starts_with('/') { self.link(self.lang, self.large, to, &[]) } else { to.to_owned() }
    }

    /// A link to a file that is the same in every language and size (`.json`, `.csv`): the page's own
    /// path with `suffix` and its query.
    #[must_use]
    pub fn twin(&self, suffix: &str) -> String {
        let path = if self.path == "/" { "/index" } else { &self.path };
        join_query(&format!("{}{path}{suffix}", self.lang.prefix()), &self.query)
    }

    /// This very page in another language or size.
    #[must_use]
    pub fn here(&self, lang: Lang, large: bool) -> String {
        self.link(lang, large, &join_query(&self.path, &self.query), &[])
    }

    /// The canonical URL of this page in `lang` (normal size), absolute where the origin is configured.
    #[must_use]
    pub fn canonical(&self, lang: Lang) -> String {
        format!("{}{}", self.origin, self.here(lang, false))
    }

    fn link(&self, lang: Lang, large: bool, to: &str, extra: &[String]) -> String {
        let (rest, fragment) = match to.split_once('#') {
            Some((rest, fragment)) => (rest, Some(fragment)),
            None => (to, None),
        };
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let path = match (lang.prefix(), path) {
            ("", path) => path.to_owned(),
            (prefix, "/") => prefix.to_owned() + "/",
            (prefix, path) => format!("{prefix}{path}"),
        };
        let mut pairs: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty()).collect();
        for pair in extra {
            let name = pair.split('=').next().unwrap_or_default();
            if !pairs.iter().any(|p| p.split('=').next() == Some(name)) {
                pairs.push(pair);
            }
        }
        if large && !pairs.contains(&"size=large") {
            pairs.push("size=large");
        }
        let mut link = join_query(&path, &pairs.join("&"));
        if let Some(fragment) = fragment {
            link.push('#');
            link.push_str(fragment);
        }
        link
    }
}

/// Whether a path is about no day but today: it takes neither `as_of` nor `known`.
fn is_timeless(to: &str) -> bool {
    const FOLDERS: [&str; 16] = [
        "report",
        "case",
        "check",
        "cite",
        "12315",
        "about",
        "methods",
        "privacy",
        "accessibility",
        "scan",
        "offline",
        "q",
        "s",
        "01",
        "log",
        "shelf",
    ];
    let first = to.trim_start_matches('/').split(['/', '?', '#', '.']).next().unwrap_or_default();
    FOLDERS.contains(&first)
}

fn join_query(path: &str, query: &str) -> String {
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_keeps_language_size_and_day() {
        let page = PageContext {
            lang: Lang::En,
            large: true,
            path: "/products".into(),
            query: "place=4406&as_of=2025-01-01".into(),
            as_of: Some("2025-01-01".into()),
            ..PageContext::default()
        };
        assert_eq!(page.href("/products/p-1"), "/en/products/p-1?as_of=2025-01-01&size=large");
        assert_eq!(page.href("/data#log"), "/en/data?as_of=2025-01-01&size=large#log");
        assert_eq!(page.href("/methods"), "/en/methods?size=large");
        assert_eq!(page.href("/q/44M3QMX9D2R4"), "/en/q/44M3QMX9D2R4?size=large");
        assert_eq!(page.href("https://example.org/a"), "https://example.org/a");
        assert_eq!(page.now("/"), "/en/?size=large");
        assert_eq!(page.here(Lang::ZhHans, false), "/products?place=4406&as_of=2025-01-01");
        assert_eq!(page.twin(".csv"), "/en/products.csv?place=4406&as_of=2025-01-01");
        assert_eq!(
            page.href("/products?as_of=2020-01-01"),
            "/en/products?as_of=2020-01-01&size=large"
        );
    }
}

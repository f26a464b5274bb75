//! How to quote a page: its fixed link, what it held, and the same for programs that keep references.

use register::Lang;
use serde_json::json;

use crate::i18n::{cite as words, count, fill};

/// A page quoted as of a day and a log size.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Citation {
    /// Language of the page.
    pub lang: Lang,
    /// Its title.
    pub title: String,
    /// Who publishes the register; may be empty.
    pub office: String,
    /// The fixed address, with the portal's origin where it is configured.
    pub url: String,
    /// The same without the origin.
    pub path: String,
    /// Path of the data behind it; empty: it has none.
    pub data: String,
    /// SHA-256 of that data as it is sent without coding, 64 hex digits; empty: it has none.
    pub sha256: String,
    /// The day, `2026-11-21`.
    pub day: String,
    /// Entries of the log.
    pub known: u64,
    /// The signed checkpoint over that many entries (C2SP tlog-checkpoint); none without the log's key.
    pub checkpoint: Option<String>,
    /// The data is made up.
    pub sample: bool,
}

impl Citation {
    /// Root of the checkpoint, base64; empty without one.
    #[must_use]
    pub fn root(&self) -> &str {
        self.checkpoint.as_deref().and_then(|note| note.lines().nth(2)).unwrap_or_default()
    }

    /// One paragraph of plain text.
    #[must_use]
    pub fn text(&self) -> String {
        let lang = self.lang;
        let office = match (self.office.as_str(), lang) {
            ("", _) => String::new(),
            (office, Lang::En) => format!("{office}, "),
            (office, _) => format!("{office}："),
        };
        let n = count(self.known);
        let mut text = fill(
            words::AS_TEXT.to(lang),
            &[
                ("o", &office),
                ("t", &self.title),
                ("r", words::REGISTER.to(lang)),
                ("d", &self.day),
                ("n", &n),
                ("u", &self.url),
            ],
        );
        let mut more = |sentence: String| {
            text.push(' ');
            text.push_str(&sentence);
        };
        if !self.sha256.is_empty() {
            more(fill(words::AS_TEXT_HASH.to(lang), &[("h", &self.sha256)]));
        }
        if !self.root().is_empty() {
            more(fill(words::AS_TEXT_ROOT.to(lang), &[("c", self.root())]));
        }
        if self.sample {
            more(words::SAMPLE.to(lang).to_owned());
        }
        text
    }

    /// A name for the entry that is the same for the same content.
    fn id(&self) -> String {
        let tail: String = self.sha256.chars().take(8).collect();
        let tail = if tail.is_empty() { self.known.to_string() } else { tail };
        format!("liangbiao-{}-{tail}", self.day)
    }

    fn note(&self) -> String {
        let mut parts = vec![format!("as of {}, log size {}", self.day, self.known)];
        if !self.sha256.is_empty() {
            parts.push(format!("sha256 {}", self.sha256));
        }
        if !self.root().is_empty() {
            parts.push(format!("log root {}", self.root()));
        }
        if self.sample {
            parts.push(words::SAMPLE.to(Lang::En).to_owned());
        }
        parts.join("; ")
    }

    fn author(&self) -> &str {
        if self.office.is_empty() { words::REGISTER.to(self.lang) } else { &self.office }
    }

    /// A BibTeX entry. Braces keep titles as they are; what TeX would read as its own is escaped.
    #[must_use]
    pub fn bibtex(&self) -> String {
        let (year, month) = (self.day.get(..4).unwrap_or_default(), self.day.get(5..7));
        let mut lines = vec![
            format!("@misc{{{},", self.id()),
            format!("  title = {{{{{}}}}},", tex(&self.title)),
            format!("  author = {{{{{}}}}},", tex(self.author())),
            format!("  howpublished = {{{}}},", tex(words::REGISTER.to(self.lang))),
            format!("  year = {{{year}}},"),
        ];
        lines.extend(month.map(|month| format!("  month = {{{month}}},")));
        lines.push(format!("  note = {{{}}},", tex(&self.note())));
        // `url` is read word for word by the packages that print it.
        lines.push(format!("  url = {{{}}}", self.url.replace(['{', '}', '\\'], "")));
        lines.push("}\n".to_owned());
        lines.join("\n")
    }

    /// CSL-JSON, a list of one item.
    #[must_use]
    pub fn csl_json(&self) -> serde_json::Value {
        let date: Vec<u32> = self.day.split('-').filter_map(|part| part.parse().ok()).collect();
        json!([{
            "id": self.id(),
            "type": if self.sha256.is_empty() { "webpage" } else { "dataset" },
            "title": self.title,
            "author": [{ "literal": self.author() }],
            "container-title": words::REGISTER.to(self.lang),
            "publisher": self.author(),
            "issued": { "date-parts": [date] },
            "URL": self.url,
            "version": self.known.to_string(),
            "language": self.lang.tag(),
            "note": self.note(),
        }])
    }
}

/// Text of a BibTeX field: characters with a meaning of their own are escaped, braces stay balanced.
fn tex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => {
                out.push('\\');
                out.push(c);
            }
            '\\' => out.push_str(r"\textbackslash{}"),
            '~' => out.push_str(r"\textasciitilde{}"),
            '^' => out.push_str(r"\textasciicircum{}"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn citation() -> Citation {
        Citation {
            lang: Lang::En,
            title: "100% {cotton} & \\more_".to_owned(),
            office: "Office of Examples".to_owned(),
            url: "https://quality.example/en/products?as_of=2026-11-21&known=9".to_owned(),
            path: "/en/products?as_of=2026-11-21&known=9".to_owned(),
            data: "/en/products.csv?as_of=2026-11-21&known=9".to_owned(),
            sha256: "ab".repeat(32),
            day: "2026-11-21".to_owned(),
            known: 9,
            checkpoint: Some("liangbiao/register/x\n9\nROOT=\n\n— sig\n".to_owned()),
            sample: false,
        }
    }

    #[test]
    fn every_form_says_the_link_the_day_the_hash_and_the_root() {
        let cited = citation();
        let csl = cited.csl_json();
        assert_eq!(csl[0]["issued"]["date-parts"], json!([[2026, 11, 21]]));
        for text in [cited.text(), cited.bibtex(), csl.to_string()] {
            for part in [cited.url.as_str(), &cited.sha256, "ROOT="] {
                assert!(text.contains(part), "{part} is not in {text}");
            }
            assert!(text.contains("2026"));
        }
        assert!(cited.text().starts_with("Office of Examples, “100%"));
    }

    #[test]
    fn a_title_cannot_break_a_bibtex_entry() {
        let text = citation().bibtex();
        assert!(text.contains(r"{{100\% \{cotton\} \& \textbackslash{}more\_}}"), "{text}");
        let plain = text.replace(r"\{", "").replace(r"\}", "");
        assert_eq!(plain.matches('{').count(), plain.matches('}').count());
    }

    #[test]
    fn without_data_or_key_nothing_is_made_up() {
        let cited = Citation { sha256: String::new(), checkpoint: None, ..citation() };
        assert!(!cited.text().contains("SHA-256") && !cited.text().contains("Root"));
        assert_eq!(cited.csl_json()[0]["type"], "webpage");
    }
}

//! Standard numbers: national, industry, local, group, enterprise and foreign.

use std::sync::LazyLock;

mod written;

pub use written::is_written;

use regex_lite::Regex;

use crate::message::{Code, Message};

/// A standard number read from print: its parts, its one written form, and the text as printed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct StandardNumber {
    /// Which family of numbers.
    pub family: Family,
    /// `GB/T`, `DB44/T`, `T/FSAS`, `Q/GDMD`, `ISO/IEC`.
    pub prefix: String,
    /// `19851.11`, `62552-3`.
    pub number: String,
    /// Year of the edition; absent where the number names no edition.
    pub year: Option<u16>,
    /// The text as printed.
    pub raw: String,
    /// Separator before the year in the written form: `:` for ISO and its like, else `-`.
    separator: char,
}

/// The families of standard numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are the vocabulary itself")]
pub enum Family {
    National,
    Industry,
    Local,
    Group,
    Enterprise,
    International,
    Foreign,
}

struct Patterns {
    foreign: Regex,
    national: Regex,
    group: Regex,
    /// Numbers some associations begin with letters (`T/PTSHOES GS001-2017`), beyond the reference's pattern.
    lettered_group: Regex,
    enterprise: Regex,
}

/// `None` would mean that a pattern below is not a regular expression; a test holds that it is.
static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    let regex = |pattern: &str| Regex::new(pattern).ok();
    Some(Patterns {
        foreign: regex(
            r"^(ISO/IEC|ISO|IEC|EN ISO|EN|ASTM|JIS|DIN|BS EN|BS|UL|ANSI)\s?([A-Z]{0,2}\s?\d+(?:[.-]\d+)*[A-Z]?)(?::(\d{4})|-(\d{2}|\d{4}))?$",
        )?,
        national: regex(
            r"^(GB(?:/[TZ])?|JJ[FG]|DB\d{2}(?:\d{2})?(?:/[TZ])?|[A-Z]{2}(?:/[TZ])?)\s?(\d+(?:\.\d+)*[A-Z]?)-(\d{4}|\d{2})$",
        )?,
        lettered_group: regex(r"^T/([A-Z]+[A-Z0-9]*)\s([A-Z]{1,4}\d+(?:[.-]\d+)*)-(\d{4})$")?,
        group: regex(r"^T/([A-Z]+[A-Z0-9]*?)\s?(\d+(?:\.\d+)*)-(\d{4})$")?,
        enterprise: regex(
            r"^Q/([A-Z0-9\x{4e00}-\x{9fff}]+?)\s?(\d+(?:\.\d+)*[A-Z]?)-(\d{4}|\d{2})$",
        )?,
    })
});

/// The text in the form in which numbers are recognised: NFKC, upper case, one kind of dash and
/// slash, single spaces, none round the dash before the year; a title in 《》 after it dropped.
#[must_use]
pub fn normalise(text: &str) -> String {
    let mut out = String::new();
    for c in super::text::nfkc(text).chars().flat_map(char::to_uppercase) {
        match c {
            '《' => break,
            '—' | '–' | '－' | '‐' | '‑' | '−' | '―' | '─' => out.push('-'),
            '／' | '∕' => out.push('/'),
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    let mut out = out.trim().to_owned();
    for (before, after, mark) in [(" -", "- ", "-"), (" /", "/ ", "/"), (" :", ": ", ":")] {
        if out.contains(before) || out.contains(after) {
            out = out.replace(before, mark).replace(after, mark);
        }
    }
    // A doubled dash (——) is one separator.
    while out.contains("--") {
        out = out.replace("--", "-");
    }
    local(&out).or_else(|| named_twice(&out)).unwrap_or(out)
}

/// Local standards as platforms print them: `DB 37/T 2904-2019`, and `DB12/ 684-2016` for mandatory ones.
fn local(text: &str) -> Option<String> {
    let rest = text.strip_prefix("DB")?.trim_start();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (place, rest) = rest.split_at(digits);
    let rest = rest
        .strip_prefix('/')
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        .unwrap_or(rest);
    let gap = if rest.starts_with(|c: char| c.is_ascii_digit()) { " " } else { "" };
    Some(format!("DB{place}{gap}{rest}"))
}

/// A group standard whose association is printed twice: `T/CSGF T/CSGF024-2023`.
fn named_twice(text: &str) -> Option<String> {
    let (first, rest) = text.split_once(' ')?;
    (first.starts_with("T/") && rest.starts_with(first)).then(|| rest.to_owned())
}

impl StandardNumber {
    /// Reads a number with its year. Foreign forms are tried before national ones (`UL 858`, `EN 71-1`).
    ///
    /// # Errors
    /// E08 where no form fits.
    pub fn parse(text: &str) -> Result<StandardNumber, Message> {
        let refused = || Message::new(Code::E08).value(text);
        // No number is this long; anything longer is a sentence in the wrong column.
        const BYTES_MAX: usize = 300;
        if text.len() > BYTES_MAX {
            return Err(refused());
        }
        let normal = normalise(text);
        let patterns = PATTERNS.as_ref().ok_or_else(refused)?;
        // The first two characters decide between associations' numbers and all others; what is tried, and in
        // which order, is the reference's list.
        let found = match normal.get(..2) {
            _ if !normal.bytes().any(|b| b.is_ascii_digit()) => None,
            Some("T/") => {
                Self::association(&patterns.group, Family::Group, "T/", &normal).or_else(|| {
                    Self::association(&patterns.lettered_group, Family::Group, "T/", &normal)
                })
            }
            Some("Q/") => {
                Self::association(&patterns.enterprise, Family::Enterprise, "Q/", &normal)
            }
            _ => Self::foreign(patterns, &normal).or_else(|| Self::national(patterns, &normal)),
        };
        let mut found = found.ok_or_else(refused)?;
        text.clone_into(&mut found.raw);
        Ok(found)
    }

    fn foreign(patterns: &Patterns, normal: &str) -> Option<StandardNumber> {
        let parts = patterns.foreign.captures(normal)?;
        let prefix = parts.get(1)?.as_str();
        let colon = parts.get(3);
        let mut number = parts.get(2)?.as_str().to_owned();
        let year = match (colon, parts.get(4)) {
            (Some(year), _) => Some(year.as_str().parse().ok()?),
            (None, Some(year)) if year.as_str().len() == 4 => Some(year.as_str().parse().ok()?),
            (None, Some(edition)) => {
                // ASTM and its like write two digits of any century: kept as printed, not read as a year.
                number.push('-');
                number.push_str(edition.as_str());
                None
            }
            (None, None) => None,
        };
        let international = matches!(prefix, "ISO" | "IEC" | "ISO/IEC");
        Some(StandardNumber {
            family: if international { Family::International } else { Family::Foreign },
            prefix: prefix.to_owned(),
            number,
            year,
            raw: String::new(),
            separator: if colon.is_some() { ':' } else { '-' },
        })
    }

    fn national(patterns: &Patterns, normal: &str) -> Option<StandardNumber> {
        let parts = patterns.national.captures(normal)?;
        let prefix = parts.get(1)?.as_str();
        let family = if prefix.starts_with("GB") || prefix.starts_with("JJ") {
            Family::National
        } else if prefix.starts_with("DB") {
            Family::Local
        } else {
            Family::Industry
        };
        Some(StandardNumber {
            family,
            prefix: prefix.to_owned(),
            number: parts.get(2)?.as_str().to_owned(),
            year: Some(edition_year(parts.get(3)?.as_str())?),
            raw: String::new(),
            separator: '-',
        })
    }

    fn association(
        pattern: &Regex,
        family: Family,
        mark: &str,
        normal: &str,
    ) -> Option<StandardNumber> {
        let parts = pattern.captures(normal)?;
        Some(StandardNumber {
            family,
            prefix: format!("{mark}{}", parts.get(1)?.as_str()),
            number: parts.get(2)?.as_str().to_owned(),
            year: Some(edition_year(parts.get(3)?.as_str())?),
            raw: String::new(),
            separator: '-',
        })
    }

    /// The organisation of a group or enterprise standard, e.g. `FSAS`.
    #[must_use]
    pub fn organisation(&self) -> Option<&str> {
        self.prefix.strip_prefix("T/").or_else(|| self.prefix.strip_prefix("Q/"))
    }

    /// Whether the number itself says that the standard is mandatory (GB without /T or /Z).
    #[must_use]
    pub fn mandatory(&self) -> bool {
        self.prefix == "GB"
    }

    /// The form without separators, for search: `gbt41002015`.
    #[must_use]
    pub fn compact(&self) -> String {
        compact(&self.to_string())
    }

    /// The written form with leading zeros of its number dropped; two standards equal in it raise W06.
    #[must_use]
    pub fn loose(&self) -> String {
        let mut number = String::new();
        let mut start = true;
        let mut chars = self.number.chars().peekable();
        while let Some(c) = chars.next() {
            if start && c == '0' && chars.peek().is_some_and(char::is_ascii_digit) {
                continue;
            }
            start = !c.is_ascii_digit();
            number.push(c);
        }
        StandardNumber { number, raw: String::new(), ..self.clone() }.to_string()
    }

    /// The form in a URL path: `GB_T-19851.11-2005`. It is resolved by look-up, never reversed.
    #[must_use]
    pub fn path(&self) -> String {
        path(&self.to_string())
    }
}

impl std::fmt::Display for StandardNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "{} {}", self.prefix, self.number)?;
        match self.year {
            Some(year) => write!(f, "{}{year:04}", self.separator),
            None => Ok(()),
        }
    }
}

/// A number's written form where it is one, e.g. for keys of cited standards.
#[must_use]
pub fn key(text: &str) -> Option<String> {
    StandardNumber::parse(text).ok().map(|number| number.to_string())
}

/// Letters and digits only, lower case: what two spellings of one number have in common.
#[must_use]
pub fn compact(text: &str) -> String {
    super::text::nfkc(text)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// A standard's key in a URL path: `/` becomes `_` and a space `-`.
#[must_use]
pub fn path(key: &str) -> String {
    key.replace('/', "_").replace(' ', "-")
}

/// Two-digit years are 19yy.
fn edition_year(text: &str) -> Option<u16> {
    let year: u16 = text.parse().ok()?;
    Some(if text.len() == 2 { 1900 + year } else { year })
}

#[cfg(test)]
#[path = "standard_number_tests.rs"]
mod tests;

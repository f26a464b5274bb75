//! The three languages everything readers see is written in.

/// A language of the portal. Plain Chinese comes first: it is the original, the others follow it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lang {
    /// 简体中文, at the root of the site.
    #[default]
    ZhHans,
    /// 繁體中文, under `/zh-Hant`.
    ZhHant,
    /// English, under `/en`.
    En,
}

impl Lang {
    /// All, in the order of every `[zh, hant, en]` table.
    pub const ALL: [Lang; 3] = [Lang::ZhHans, Lang::ZhHant, Lang::En];

    /// Position in a `[zh, hant, en]` table.
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// Language tag (RFC 5646), as in `lang` and `hreflang`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        ["zh-Hans", "zh-Hant", "en"][self as usize]
    }

    /// Path prefix: empty, `/zh-Hant` or `/en`.
    #[must_use]
    pub const fn prefix(self) -> &'static str {
        ["", "/zh-Hant", "/en"][self as usize]
    }

    /// This language's entry of a `[zh, hant, en]` table.
    #[must_use]
    pub fn of<'t, T: ?Sized>(self, table: &[&'t T; 3]) -> &'t T {
        table[self as usize]
    }

    /// The language of a path and the path without its prefix (`/en/products` → English, `/products`).
    #[must_use]
    pub fn of_path(path: &str) -> (Lang, &str) {
        for lang in [Lang::ZhHant, Lang::En] {
            match path.strip_prefix(lang.prefix()) {
                Some("") => return (lang, "/"),
                Some(rest) if rest.starts_with('/') => return (lang, rest),
                _ => {}
            }
        }
        (Lang::ZhHans, path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_is_a_whole_segment() {
        assert_eq!(Lang::of_path("/en/products"), (Lang::En, "/products"));
        assert_eq!(Lang::of_path("/zh-Hant"), (Lang::ZhHant, "/"));
        assert_eq!(Lang::of_path("/enterprises"), (Lang::ZhHans, "/enterprises"));
        for lang in Lang::ALL {
            assert_eq!(lang.of(&["zh-Hans", "zh-Hant", "en"]), lang.tag());
        }
    }
}

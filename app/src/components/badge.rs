//! The badge: a small SVG with the state of a product, a code or an enterprise, for other people's pages.
//!
//! It is a picture of its own with a ground of its own, so that it reads the same on light and dark pages. Nothing in it
//! is a link or a script; what it says to a screen reader stands in `title` and `desc`.

use leptos::prelude::*;
use register::Lang;

use super::chart::escape;
use super::frame::shape;
use crate::i18n::{Words, badge as words, fill, verify};
use crate::model::{Look, PageContext};

/// Height of a badge in CSS pixels.
pub const HEIGHT: u32 = 44;

/// What a badge says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Badge {
    /// What it is about.
    pub name: String,
    /// The state in words.
    pub state: String,
    /// The day it is of, `2026-11-22`.
    pub day: String,
    /// Name of the icon.
    pub icon: &'static str,
    /// How it looks.
    pub tone: Tone,
}

/// Colour of a badge. Only what is valid is green.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the pages' tones")]
pub enum Tone {
    Ok,
    Warn,
    Bad,
    Off,
    #[default]
    Unknown,
}

impl Tone {
    /// Ground of the icon, the icon, the words. Contrast of each pair is at least 4.5 to 1.
    const fn colours(self) -> [&'static str; 3] {
        match self {
            Tone::Ok => ["#166534", "#fff", "#166534"],
            Tone::Warn => ["#ffc533", "#1a1a17", "#7a4a00"],
            Tone::Bad => ["#a3141c", "#fff", "#a3141c"],
            Tone::Off => ["#4b5058", "#fff", "#4b5058"],
            Tone::Unknown => ["#2f4f7f", "#fff", "#2f4f7f"],
        }
    }
}

impl Badge {
    /// The badge of a verdict: the word and the shape of its page.
    #[must_use]
    pub fn of_look(lang: Lang, look: Look, name: String, day: String) -> Badge {
        let (ground, icon, word) = verify::head(look);
        let tone = match ground {
            "" => Tone::Ok,
            "v-warn" => Tone::Warn,
            "v-bad" => Tone::Bad,
            "v-off" => Tone::Off,
            _ => Tone::Unknown,
        };
        Badge { name, state: word.to(lang).to_owned(), day, icon, tone }
    }

    /// The badge of a product in no directory.
    #[must_use]
    pub fn not_listed(lang: Lang, name: String, day: String) -> Badge {
        let state = words::NOT_LISTED.to(lang).to_owned();
        Badge { name, state, day, icon: "dash", tone: Tone::Unknown }
    }

    /// The SVG.
    #[must_use]
    pub fn svg(&self, lang: Lang) -> String {
        /// A name longer than this is cut: it is spoken, and the file is to stay small.
        const NAME_CHARS_MAX: usize = 40;
        let name = match self.name.char_indices().nth(NAME_CHARS_MAX) {
            Some((end, _)) => format!("{}…", &self.name[..end]),
            None => self.name.clone(),
        };
        let with = |words: Words, values: &[(&str, &str)]| escape(&fill(words.to(lang), values));
        let title = with(words::TITLE, &[("n", &name), ("w", &self.state)]);
        let desc = with(words::DESC, &[("d", &self.day)]);
        let line = fill(words::REGISTER.to(lang), &[("d", &self.day)]);
        let width = 60 + width(&self.state, 16).max(width(&line, 12));
        let [ground, mark, ink] = self.tone.colours();
        let (tag, state, line) = (lang.tag(), escape(&self.state), escape(&line));
        let shape = shape(self.icon);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{HEIGHT}\" viewBox=\"0 0 {width} {HEIGHT}\" \
             role=\"img\" aria-labelledby=\"t d\" lang=\"{tag}\"><title id=\"t\">{title}</title><desc id=\"d\">{desc}</desc>\
             <path fill=\"#fff\" stroke=\"{ground}\" d=\"M.5.5h{right}v43H.5z\"/><path fill=\"{ground}\" d=\"M0 0h44v44H0z\"/>\
             <g fill=\"{mark}\" transform=\"translate(10 10)\">{shape}</g>\
             <g font-family=\"system-ui,PingFang SC,Microsoft YaHei,Noto Sans CJK SC,sans-serif\">\
             <text x=\"52\" y=\"20\" font-size=\"16\" font-weight=\"700\" fill=\"{ink}\">{state}</text>\
             <text x=\"52\" y=\"37\" font-size=\"12\" fill=\"#54524a\">{line}</text></g></svg>\n",
            right = width - 1,
        )
    }
}

/// Width of a text in CSS pixels at a size, on the safe side: a character of Chinese is a square.
fn width(text: &str, size: u32) -> u32 {
    let tenths: u32 = text.chars().map(|c| if c.is_ascii() { 6 } else { 10 }).sum();
    tenths * size / 10
}

/// How to put the badge of this page on another site; on pages that have one.
pub fn snippet(page: &PageContext, name: &str) -> Option<AnyView> {
    // A copy does not hear of a withdrawal: a badge of it would be believed for too long.
    if page.mirror.is_some() {
        return None;
    }
    let lang = page.lang;
    let at = format!("{}{}{}", page.origin, lang.prefix(), page.path);
    let alt = fill(words::ALT.to(lang), &[("n", name)]);
    let code = format!(
        "<a href=\"{at}\"><img src=\"{at}/badge.svg\" alt=\"{}\" height=\"{HEIGHT}\"></a>",
        escape(&alt)
    );
    let view = view! {
        <details class="noprint">
            <summary>{words::SITE.to(lang)}</summary>
            <p class="sm">{words::SITE_TEXT.to(lang)}</p>
            <p><img src=format!("{}{}/badge.svg", lang.prefix(), page.path) alt=alt height=HEIGHT.to_string() loading="lazy" /></p>
            <pre class="box"><code>{code}</code></pre>
        </details>
    }
    .into_any();
    Some(view)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance (WCAG 2.2) of `#rrggbb` or `#rgb`.
    fn luminance(colour: &str) -> f64 {
        let hex: String = match &colour[1..] {
            short if short.len() == 3 => short.chars().flat_map(|c| [c, c]).collect(),
            long => long.to_owned(),
        };
        let part = |at: usize| {
            let c = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(0) + 0.7152 * part(2) + 0.0722 * part(4)
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn every_badge_is_small_readable_and_green_only_where_the_verdict_is_valid() {
        for lang in Lang::ALL {
            for look in Look::ALL {
                let name = "示例 <&\"' ".repeat(20);
                let badge = Badge::of_look(lang, look, name, "2026-11-22".to_owned());
                let svg = badge.svg(lang);
                assert!(svg.len() <= 1_500, "{look:?} {lang:?}: {} bytes", svg.len());
                assert_eq!(svg.contains("#166534"), look == Look::Valid, "{look:?}");
                assert!(svg.contains("2026-11-22") && svg.contains(&badge.state), "{look:?}");
                assert!(svg.contains("role=\"img\"") && !svg.contains("<示"), "{svg}");
                assert!(svg.contains("<path"), "{look:?}: a shape beside the word");
            }
        }
        for tone in [Tone::Ok, Tone::Warn, Tone::Bad, Tone::Off, Tone::Unknown] {
            let [ground, mark, ink] = tone.colours();
            assert!(contrast(ground, mark) >= 4.5 && contrast(ink, "#ffffff") >= 4.5, "{tone:?}");
        }
    }
}

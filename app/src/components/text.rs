//! The smallest pieces: icon, status, date, link.

use leptos::prelude::*;
use register::Lang;

use crate::i18n::{changes, record as words, site};
use crate::model::{Link, PageContext, Status};

/// One of the page's icons. The word beside it says the same, so it is hidden from screen readers.
pub fn icon(name: &str) -> AnyView {
    let name = format!("#i-{name}");
    view! { <svg class="i" aria-hidden="true"><use href=name /></svg> }.into_any()
}

/// Text, where there is any: an empty text would be printed as a space.
#[must_use]
pub fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// A date that does not break over lines.
pub fn date(day: &str) -> AnyView {
    view! { <time>{day.to_owned()}</time> }.into_any()
}

/// Icon and word of a status.
pub fn status(lang: Lang, status: &Status) -> AnyView {
    let (tone, shape, word) = words::status(status.of, &status.code);
    view! { <span class=format!("st {tone}")>{icon(shape)}{word.to(lang)}</span> }.into_any()
}

/// The date that goes with a status: until when it holds, or since when it does not.
pub fn status_date(lang: Lang, status: &Status) -> Option<AnyView> {
    let (word, day) = super::status::day_of(status)?;
    Some(view! { {word.to(lang)}" "{date(day)} }.into_any())
}

/// A hidden field.
pub fn hidden(name: &str, value: &str) -> AnyView {
    view! { <input type="hidden" name=name.to_owned() value=value.to_owned() /> }.into_any()
}

/// Whether a link from data may be followed: only this site's paths and the web.
#[must_use]
pub fn is_safe(href: &str) -> bool {
    href.starts_with("https://")
        || href.starts_with("http://")
        || href.starts_with('#')
        || (href.starts_with('/') && !href.starts_with("//"))
}

/// Whether a text holds Chinese characters.
fn chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// A text of the data. On an English page it may be Chinese still, and then says so (WCAG 3.1.2).
pub fn data(lang: Lang, text: &str) -> AnyView {
    match lang {
        Lang::En if chinese(text) => {
            view! { <span lang="zh-Hans">{text.to_owned()}</span> }.into_any()
        }
        _ => text.to_owned().into_any(),
    }
}

/// Words, linked where there is somewhere to go.
pub fn link(page: &PageContext, to: &Link) -> AnyView {
    match &to.href {
        Some(href) if is_safe(href) => {
            let tongue = (page.lang == Lang::En && chinese(&to.text)).then_some("zh-Hans");
            view! { <a href=page.href(href) lang=tongue>{to.text.clone()}</a> }.into_any()
        }
        _ => data(page.lang, &to.text),
    }
}

/// Where the script says what is new since this device's reader last looked; `keep`: with the buttons to
/// remember and forget. Without script it stays hidden, and on pages of another time it is not there.
pub fn seen(page: &PageContext, keep: bool) -> Option<AnyView> {
    let lang = page.lang;
    if page.as_of.is_some() || page.known.is_some() || page.log_size == 0 {
        return None;
    }
    let href = format!("{}&known_from=", page.now("/changes?axis=recorded"));
    let keep = keep.then(|| (changes::SEEN_KEEP.to(lang), changes::SEEN_FORGET.to(lang)));
    Some(
        view! {
            <p class="inl gap3 noprint" id="seen" hidden=true data-size=page.log_size data-day=page.day.clone()
                data-href=href data-fresh=changes::SEEN.to(lang) data-none=changes::SEEN_NONE.to(lang)
                data-keep=keep.map(|(word, _)| word) data-forget=keep.map(|(_, word)| word)></p>
        }
        .into_any(),
    )
}

/// The word 示例 after a value of a sample source, where only part of the register is made up.
pub fn sample_mark(lang: Lang, sample: bool) -> Option<AnyView> {
    sample.then(|| {
        view! { " "<small class="q">{["（", "（", "("][lang as usize]}{site::SAMPLE_MARK.to(lang)}{["）", "）", ")"][lang as usize]}</small> }
            .into_any()
    })
}

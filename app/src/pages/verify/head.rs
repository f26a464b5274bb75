//! The verdict itself: shape, word, sentence, day, and what was checked.

use leptos::prelude::*;
use register::Lang;

use super::{colon, name_and_model};
use crate::components::text::{date, icon, some};
use crate::i18n::and;
use crate::i18n::verify::{self as words, Look};
use crate::model::{PageContext, VerifyPage};

pub(super) fn verdict(page: &PageContext, model: &VerifyPage) -> AnyView {
    let lang = page.lang;
    let (ground, shape, word) = words::head(model.look);
    let about = model.goods.as_ref().map(|goods| {
        view! { <span class="vh">{colon(lang)}{name_and_model(goods)}</span> }
    });
    let (before, after) = words::WHEN.to(lang).split_once("{d}").unwrap_or_default();
    let (middle, after) = after.split_once("{t}").unwrap_or((after, ""));
    let written = (!page.recorded_at.is_empty()).then(|| {
        view! { {some(middle)}<time datetime=page.recorded_at_iso.clone()>{page.recorded_at.clone()}</time>{some(after)} }
    });
    // Ticks stand under "valid" only.
    let checked = match model.look {
        _ if model.checked.is_empty() => None,
        Look::Valid => {
            let lines: Vec<_> = model
                .checked
                .iter()
                .map(|line| view! { <li>{icon("ok")}{line.clone()}</li> }.into_any())
                .collect();
            Some(view! { <ul class="wit">{lines}</ul> }.into_any())
        }
        _ => {
            let line = model.checked.join(and(lang));
            Some(view! { <p class="wit">{words::CHECKED.to(lang)}{line}</p> }.into_any())
        }
    };
    view! {
        <div class=format!("verdict {ground}").trim_end().to_owned() role="status"><div class="wrap">
            <h1>{icon(shape)}<span>{word.to(lang)}{about}</span></h1>
            <p class="say">{dated(&without_head(&model.sentence, lang))}</p>
            <p class="when">{some(before)}{date(&page.day)}{written}</p>
            {checked}
        </div></div>
    }
    .into_any()
}

/// The sentence without the word that stands large above it: `已撤销：登记自…` → `登记自…`.
fn without_head(sentence: &str, lang: Lang) -> String {
    const HEAD_CHARACTERS_MAX: usize = 16;
    let Some((head, rest)) = sentence.split_once(colon(lang)) else { return sentence.to_owned() };
    let short = head.chars().count() <= HEAD_CHARACTERS_MAX
        && !head.contains(['，', ','])
        && !head.chars().any(|c| c.is_ascii_digit());
    if !short {
        return sentence.to_owned();
    }
    capital(rest)
}

/// A text that begins a line: with a capital, where its script has them.
pub(super) fn capital(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

/// A text whose dates do not break over lines.
pub(super) fn dated(text: &str) -> Vec<AnyView> {
    const DATE: usize = 10;
    let is_date = |part: &[u8]| {
        part.iter().enumerate().all(|(i, b)| match i {
            4 | 7 => *b == b'-',
            _ => b.is_ascii_digit(),
        })
    };
    let mut parts = Vec::new();
    let mut from = 0;
    let mut at = 0;
    while let Some(part) = text.as_bytes().get(at..at + DATE) {
        if is_date(part) {
            // Both ends are ASCII, so both are boundaries of characters.
            parts.extend(some(&text[from..at]).map(|plain| plain.to_owned().into_any()));
            parts.push(date(&text[at..at + DATE]));
            at += DATE;
            from = at;
        } else {
            at += 1;
        }
    }
    parts.extend(some(&text[from..]).map(|plain| plain.to_owned().into_any()));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_large_word_is_not_said_twice() {
        for (lang, sentence, shown) in [
            (Lang::ZhHans, "已撤销：登记自2023-10-02起不再有效。", "登记自2023-10-02起不再有效。"),
            (
                Lang::En,
                "Not found: the register has no such number.",
                "The register has no such number.",
            ),
            (
                Lang::ZhHans,
                "登记有效，但有需要留意的事项：已停产。",
                "登记有效，但有需要留意的事项：已停产。",
            ),
            (
                Lang::En,
                "No longer valid since 2023-10-02 (withdrawn): 抽查不合格.",
                "No longer valid since 2023-10-02 (withdrawn): 抽查不合格.",
            ),
            (Lang::En, "Valid", "Valid"),
        ] {
            assert_eq!(without_head(sentence, lang), shown);
        }
    }

    #[test]
    fn dates_in_a_text_stay_whole() {
        let html = |text: &str| Owner::new().with(|| dated(text).to_html().replace("<!>", ""));
        assert_eq!(html("自2023-10-02起"), "自<time>2023-10-02</time>起");
        assert_eq!(html("2023-10-02"), "<time>2023-10-02</time>");
        assert_eq!(html("第2023-10号"), "第2023-10号");
        assert_eq!(html(""), "");
    }
}

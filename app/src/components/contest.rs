//! The line that stands on a record while it is contested.

use leptos::prelude::*;

use super::text::{data, link, some};
use crate::i18n::desk::word;
use crate::i18n::{contest as words, fill, report};
use crate::model::{Contested, PageContext};

/// What is said of a mark, sentence by sentence; the first is the heading.
#[must_use]
pub fn sentences(page: &PageContext, of: &Contested) -> Vec<String> {
    let lang = page.lang;
    let values = [("d", of.since.as_str())];
    let since = match some(&of.what) {
        Some(what) => {
            let what = word(&report::WHATS, what, lang);
            fill(words::SINCE_CASE.to(lang), &[values[0], ("w", &what)])
        }
        None => fill(words::SINCE.to(lang), &values),
    };
    let mut all = vec![since, words::CALM.to(lang).to_owned()];
    if !of.due.is_empty() {
        // Days are written so that they sort as texts.
        let sentence = if page.day > of.due { words::LATE } else { words::DUE };
        all.push(fill(sentence.to(lang), &[("d", &of.due)]));
    }
    if !of.case.is_empty() {
        all.push(fill(words::CASE.to(lang), &[("n", &of.case)]));
    }
    if let Some(basis) = some(&of.basis) {
        let basis = word(&words::BASES, basis, lang);
        all.push(fill(words::BASIS.to(lang), &[("b", &basis)]));
    }
    all
}

/// The line; nothing where the record is not contested.
pub fn contested<'c>(
    page: &PageContext,
    marks: impl IntoIterator<Item = &'c Contested>,
) -> Option<AnyView> {
    let lang = page.lang;
    let space = ["", "", " "][lang as usize];
    let marks: Vec<_> = marks
        .into_iter()
        .map(|of| {
            let mut sentences = sentences(page, of);
            let since = sentences.remove(0);
            let colon = ["：", "：", ": "][lang as usize];
            let about = of.about.as_ref().map(|to| view! { {link(page, to)}{colon} });
            let says = some(&of.words).map(|said| {
                view! { <p class="sm">{words::SAYS.to(lang)}{data(lang, said)}</p> }
            });
            let rest = sentences.join(space);
            let stop = ["。", "。", ". "][lang as usize];
            view! { <p>{about}<b>{since}</b>{stop}{rest}</p>{says} }.into_any()
        })
        .collect();
    (!marks.is_empty()).then(|| {
        view! { <div class="box gap3" role="note" aria-label=words::LABEL.to(lang)>{marks}</div> }
            .into_any()
    })
}

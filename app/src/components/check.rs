//! The control that checks a page against the log, and the words its script shows.
//!
//! Without a script the control is a link to the page that says how to check by hand. That page also holds the words,
//! which the script takes from there after the tap: no record page carries them.

use leptos::prelude::*;

use super::text::icon;
use crate::i18n::check as words;
use crate::model::{PageContext, RecordMeta};

/// The icon of a line's look.
fn shape(look: &str) -> &'static str {
    match look {
        "ok" => "ok",
        "bad" => "bad",
        _ => "unk",
    }
}

/// The control, under the citation of a record's page.
pub fn control(page: &PageContext, meta: &RecordMeta) -> Option<AnyView> {
    let assets = &page.assets;
    if page.check.is_empty() || assets.checker.is_empty() || assets.check.is_empty() {
        return None;
    }
    let lang = page.lang;
    let day = page.as_of.clone().unwrap_or_else(|| page.day.clone());
    let known = page.known.unwrap_or(page.log_size);
    Some(
        view! {
            <section
                class="sec noprint"
                id="proof"
                data-kind=meta.kind.clone()
                data-key=meta.key.clone()
                data-day=day
                data-known=known.to_string()
                data-status=meta.status.clone()
                data-program=assets.checker.clone()
                data-run=assets.checking.clone()
            >
                <h2>{words::H2.to(lang)}</h2>
                <p class="sm q">{words::TEXT.to(lang)}</p>
                <p class="acts"><a class="btn b2" href=page.now(&page.check) rel="nofollow" data-off=words::OFFLINE.to(lang) data-busy=words::BUSY.to(lang)>{words::DO.to(lang)}</a></p>
                <div class="chk" role="status"></div>
            </section>
        }
        .into_any(),
    )
}

/// The words of the script's answers, out of sight.
pub fn answers(page: &PageContext) -> AnyView {
    let lang = page.lang;
    let lines: Vec<_> = words::LINES
        .iter()
        .map(|(word, look, text)| {
            view! { <li data-say=*word><span class=*look>{icon(shape(look))}</span><span>{text.to(lang)}</span></li> }.into_any()
        })
        .collect();
    let outcomes: Vec<_> = words::OUTCOMES
        .iter()
        .map(|(word, look, text)| {
            view! { <h3 data-is=*word><span class=format!("st {look}")>{icon(shape(look))}{text.to(lang)}</span></h3> }.into_any()
        })
        .collect();
    let not: Vec<_> = [words::NOT_TRUE, words::NOT_WHOLE, words::NOT_SAME, words::NOT_PROGRAM]
        .into_iter()
        .map(|line| view! { <li>{line.to(lang)}</li> }.into_any())
        .collect();
    view! {
        <div hidden id="answers">
            {outcomes}
            <p data-part="todo">{words::FAILED_DO.to(lang)}</p>
            <ul>{lines}</ul>
            <div data-part="not"><h4>{words::NOT_H.to(lang)}</h4><ul class="do2">{not}</ul></div>
            <details data-part="before"><summary>{words::SEEN_BEFORE.to(lang)}</summary><pre class="box"><code></code></pre></details>
            <details data-part="now"><summary>{words::SEEN_NOW.to(lang)}</summary><pre class="box"><code></code></pre></details>
            <p class="acts" data-part="forget"><button class="btn b2" type="button">{words::FORGET.to(lang)}</button></p>
            <p data-part="forgotten">{words::FORGOTTEN.to(lang)}</p>
        </div>
    }
    .into_any()
}

//! `/check?of=…`: what stands behind a page, and how to check it by hand.

use leptos::prelude::*;

use crate::components::check::answers;
use crate::components::frame::{Head, Section, crumb, document};
use crate::components::record::section;
use crate::components::text::date;
use crate::i18n::{check as words, comma, count, fill, log};
use crate::model::{CheckPage, CheckRole, PageContext};

/// The document.
#[must_use]
pub fn render(page: &PageContext, model: &CheckPage) -> String {
    let lang = page.lang;
    let title = words::PAGE.to(lang);
    let head = Head {
        title: format!("{title} {}", model.of.text),
        description: words::LEAD.to(lang).to_owned(),
        noindex: true,
        ..Head::default()
    };
    document(page, head, Section::Data, || {
        let of = model.of.href.clone().unwrap_or_default();
        view! {
            {crumb(page, &[(model.of.text.clone(), of.clone())], title)}
            <div class="head"><h1>{title}</h1><p class="lead">{words::LEAD.to(lang)}</p></div>
            <p class="gap4">{words::OF.to(lang)}" "<a href=page.now(&of)>{model.of.text.clone()}</a></p>
            {section(lang, words::BEHIND, behind(page, model))}
            {section(lang, words::BY_HAND, by_hand(page, model))}
            {section(lang, words::NOT_H, view! {
                <ul class="do2">{[words::NOT_TRUE, words::NOT_WHOLE, words::NOT_SAME].map(|line| view! { <li>{line.to(lang)}</li> }.into_any()).into_iter().collect::<Vec<_>>()}</ul>
            }.into_any())}
            {answers(page)}
        }
        .into_any()
    })
}

fn behind(page: &PageContext, model: &CheckPage) -> AnyView {
    let lang = page.lang;
    let rows: Vec<_> = model
        .entries
        .iter()
        .map(|entry| {
            let role = match entry.role {
                CheckRole::Record => words::R_RECORD,
                CheckRole::Joined => words::R_JOINED,
                CheckRole::History => words::R_HISTORY,
            };
            let n = count(entry.seq);
            let name = fill(log_entry(lang), &[("n", &n)]);
            let proof = (!model.key.is_empty()).then(|| {
                let label = fill(words::PROOF_OF.to(lang), &[("n", &n)]);
                view! { <a class="lk" href=format!("/log/proof/{}.tlog-proof", entry.seq) aria-label=label>{words::PROOF.to(lang)}</a> }
            });
            view! {
                <li><article>
                    <div><h3>{entry.kind.clone()}" "<code>{entry.key.clone()}</code></h3><p class="sm q">{name}{comma(lang)}{date(&entry.valid_from)}{comma(lang)}{role.to(lang)}</p></div>
                    <div>{proof}</div>
                </article></li>
            }
            .into_any()
        })
        .collect();
    let more = (model.left_out > 0).then(|| {
        view! { <p class="src">{fill(words::MORE.to(lang), &[("n", &count(model.left_out))])}</p> }
    });
    view! {
        <p class="sm q">{words::BEHIND_TEXT.to(lang)}</p>
        <ol class="rows r2">{rows}</ol>
        {more}
        <p class="inl gap3"><a class="lk" href=page.twin(".json")>{words::BUNDLE.to(lang)}</a><a class="lk" href=model.data.clone()>{words::DATA.to(lang)}</a></p>
    }
    .into_any()
}

/// “entry n”, as on the histories.
fn log_entry(lang: register::Lang) -> &'static str {
    crate::i18n::record::ENTRY_N.to(lang)
}

fn by_hand(page: &PageContext, model: &CheckPage) -> AnyView {
    let lang = page.lang;
    if model.key.is_empty() {
        return view! { <p>{words::NO_KEY.to(lang)}</p> }.into_any();
    }
    let origin = if page.origin.is_empty() { "https://…" } else { &page.origin };
    let command =
        format!("liangbiao log verify {origin} --keep checkpoint.txt --key '{}'", model.key);
    view! {
        <p>{words::STEP_1.to(lang)}</p>
        <pre class="box"><code>{command}</code></pre>
        <p>{words::STEP_2.to(lang)}</p>
        <p>{words::STEP_3.to(lang)}</p>
        <p><a class="lk" href=page.now("/log")>{log::LINK.to(lang)}</a></p>
    }
    .into_any()
}

//! `/notices/{id}`: a notice or a recall.

use leptos::prelude::*;

use crate::components::contest;
use crate::components::frame::{Head, Section, crumb, document};
use crate::components::record as blocks;
use crate::components::text::{date, is_safe, link, sample_mark, status, status_date};
use crate::i18n::{comma, list, record as words};
use crate::model::{NoticePage, PageContext};

/// The document.
#[must_use]
pub fn render(page: &PageContext, model: &NoticePage) -> String {
    let lang = page.lang;
    let kind = if model.recall { words::RECALL } else { words::NOTICE };
    let head = Head {
        title: model.title.clone(),
        description: [
            kind.to(lang),
            model.title.as_str(),
            model.issuer.as_str(),
            model.date.as_str(),
        ]
        .join(comma(lang)),
        noindex: page.as_of.is_some() || page.known.is_some(),
        ..Head::default()
    };
    document(page, head, Section::Notices, || {
        let steps = [(list::H_NOTICES.to(lang).to_owned(), "/notices".to_owned())];
        let parts: Vec<_> = model
            .sections
            .iter()
            .filter(|(_, text)| text.iter().any(|p| !p.is_empty()))
            .map(|(label, text)| {
                let text: Vec<_> =
                    text.iter().map(|p| view! { <p>{p.clone()}</p> }.into_any()).collect();
                view! { <section class="sec"><h2>{label.clone()}</h2>{text}</section> }.into_any()
            })
            .collect();
        let about = (!model.about.is_empty()).then(|| {
            let lines: Vec<_> =
                model.about.iter().map(|l| view! { <li>{link(page, l)}</li> }.into_any()).collect();
            blocks::section(lang, words::NAMED, view! { <ul class="do2">{lines}</ul> }.into_any())
        });
        let original = model.url.as_ref().filter(|url| is_safe(url)).map(|url| {
            view! { <p><a class="lk" href=url.clone()>{words::ORIGINAL.to(lang)}</a></p> }
        });
        view! {
            {crumb(page, &steps, kind.to(lang))}
            <div class="head wide"><h1>{model.title.clone()}{sample_mark(lang, model.meta.sample)}</h1></div>
            <div class="strip">
                {status(lang, &model.status)}
                {status_date(lang, &model.status).map(|d| view! { <span>{d}</span> })}
                <span>{model.issuer.clone()}</span>
                {(!model.date.is_empty()).then(|| view! { <span>{date(&model.date)}</span> })}
            </div>
            {contest::contested(page, &model.meta.contested)}
            <div class="cols side">
                <div>{parts}{about}{crate::components::supervision::findings(page, &model.meta.findings)}{blocks::history(page, &model.history, &model.meta)}{blocks::cite(page, &model.meta)}</div>
                <div>
                    {blocks::section(lang, words::FACTS, view! { {blocks::facts(page, &model.facts)}{original}{blocks::sources(page, &model.sources)} }.into_any())}
                    {blocks::problem(page, &model.meta)}
                </div>
            </div>
        }
        .into_any()
    })
}

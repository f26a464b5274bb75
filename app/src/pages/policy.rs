//! `/policies/{id}`: what a document says, who is responsible, what became of its targets.

use leptos::prelude::*;
use register::Lang;

use crate::components::frame::{Head, Section, crumb, document};
use crate::components::policy::{self as parts, anchor, chinese};
use crate::components::record as blocks;
use crate::components::text::{link, status, status_date};
use crate::i18n::{comma, count, policy as words, record};
use crate::model::{Clause, PageContext, PolicyPage, Status, StatusOf};

/// The document.
#[must_use]
pub fn render(page: &PageContext, model: &PolicyPage) -> String {
    let lang = page.lang;
    let head = Head {
        title: model.title.clone(),
        description: [model.title.as_str(), model.number.as_str()].join(comma(lang)),
        noindex: page.as_of.is_some() || page.known.is_some(),
        ..Head::default()
    };
    document(page, head, Section::Policies, || main(page, model))
}

fn main(page: &PageContext, model: &PolicyPage) -> AnyView {
    let lang = page.lang;
    let steps = [(words::H_POLICIES.to(lang).to_owned(), "/policies".to_owned())];
    let number =
        (!model.number.is_empty()).then(|| view! { <p class="lead">{model.number.clone()}</p> });
    let note = (!model.note.is_empty()).then(|| view! { <p>{model.note.clone()}</p> });
    let clauses: Vec<_> = model.clauses.iter().map(|clause| one(page, clause)).collect();
    let standings: Vec<_> = model
        .standings
        .iter()
        .map(|(code, n)| {
            let state = Status { of: StatusOf::Target, code: code.clone(), ..Status::default() };
            let href = format!("/targets?status={code}&policy={}", model.meta.key);
            view! { <div><dt><a href=page.href(&href)>{status(lang, &state)}</a></dt><dd>{count(*n)}</dd></div> }.into_any()
        })
        .collect();
    let standings = if standings.is_empty() {
        view! { <p>{words::NO_TARGETS.to(lang)}</p> }.into_any()
    } else {
        view! { <dl class="nums small">{standings}</dl> }.into_any()
    };
    let source =
        model.summarised.then(|| view! { <p class="src">{words::MEASURES_SRC.to(lang)}</p> });
    let issuers = view! { <ul class="do2">{parts::offices(page, &model.issuers)}</ul> };
    let hash = view! {
        <p class="sm">{words::HASH_TEXT.to(lang)}</p>
        <p class="box"><code>{model.text_hash.clone()}</code></p>
    };
    view! {
        {crumb(page, &steps, if model.number.is_empty() { &model.title } else { &model.number })}
        <div class="head wide"><h1>{model.title.clone()}</h1>{number}</div>
        <div class="strip">
            {status(lang, &model.status)}
            {status_date(lang, &model.status).map(|day| view! { <span>{day}</span> })}
        </div>
        <div class="cols side">
            <div>
                <section class="sec"><h2>{words::MEASURES.to(lang)}</h2>{clauses}{source}</section>
                {blocks::history(page, &model.history, &model.meta)}
                {blocks::cite(page, &model.meta)}
            </div>
            <div>
                {blocks::section(lang, words::ITS_TARGETS, standings)}
                {blocks::section(lang, words::ISSUERS, issuers.into_any())}
                {blocks::section(lang, record::FACTS, view! { {blocks::facts(page, &model.facts)}{note}{blocks::sources(page, &model.sources)} }.into_any())}
                {blocks::section(lang, words::HASH, hash.into_any())}
            </div>
        </div>
    }
    .into_any()
}

fn one(page: &PageContext, clause: &Clause) -> AnyView {
    let lang = page.lang;
    let heading = if clause.heading.is_empty() {
        clause.number.clone()
    } else {
        format!("{} {}", clause.number, clause.heading)
    };
    let line = |word: crate::i18n::Words, links: &[crate::model::Link]| {
        (!links.is_empty())
            .then(|| view! { <p class="sm q">{word.to(lang)}{blocks::joined(page, links)}</p> })
    };
    let systems = clause.systems.as_ref().map(|to| view! { <p class="sm">{link(page, to)}</p> });
    let targets = (!clause.targets.is_empty()).then(|| parts::targets(page, &clause.targets, true));
    let body = view! {
        <p lang=chinese(lang)>{clause.text.clone()}</p>
        {line(words::LEAD_BY, &clause.lead)}
        {line(words::WITH, &clause.co)}
        {targets}
        {systems}
    };
    // Only the two Chinese scripts read the heading in the page's own language.
    let tag = (lang != Lang::ZhHans).then_some("zh-Hans");
    view! { <section class="gap2" id=anchor(&clause.number)><h3 lang=tag>{heading}</h3>{body}</section> }
        .into_any()
}

//! `/systems/{id}`: a system the policy documents name: what it is, its legal basis, where it is on this site or
//! plainly that no data is loaded.

use leptos::prelude::*;

use crate::components::frame::{Head, Section, crumb, document};
use crate::components::record as blocks;
use crate::components::text::{link, status};
use crate::i18n::{count, fill, list, record as words};
use crate::model::{Fact, Link, PageContext, Status, StatusOf, SystemPage};

/// The document.
#[must_use]
pub fn render(page: &PageContext, model: &SystemPage) -> String {
    let lang = page.lang;
    let head = Head {
        title: model.name.clone(),
        description: if model.meaning.is_empty() {
            model.name.clone()
        } else {
            model.meaning.clone()
        },
        noindex: page.as_of.is_some() || page.known.is_some(),
        ..Head::default()
    };
    document(page, head, Section::Systems, || {
        let steps = [(list::H_SYSTEMS.to(lang).to_owned(), "/systems".to_owned())];
        let state = Status {
            of: StatusOf::System,
            code: if model.loaded > 0 { "loaded" } else { "empty" }.to_owned(),
            ..Status::default()
        };
        let line = |word: crate::i18n::Words, text: &str| Fact {
            label: word.to(lang).to_owned(),
            values: vec![Link::plain(text)],
        };
        let facts = [
            line(words::SYS_GROUP, &model.group),
            line(words::SYS_STANDING, &model.standing),
            line(words::SYS_USERS, &model.users.join(crate::i18n::and(lang))),
            line(words::SYS_KIND, &model.kind),
        ];
        let places: Vec<_> =
            model.places.iter().map(|l| view! { <li>{link(page, l)}</li> }.into_any()).collect();
        let places = (!places.is_empty()).then(|| view! { <ul class="do2">{places}</ul> });
        let there = if model.loaded > 0 {
            let n = fill(words::SYS_LOADED.to(lang), &[("n", &count(model.loaded))]);
            view! { <p>{n}</p>{places} }.into_any()
        } else {
            let how = (!model.template.is_empty()).then(|| {
                view! { <p>{words::SYS_HOW.to(lang)}</p>{model.template.lines().map(|line| view! { <p class="box"><code>{line.to_owned()}</code></p> }.into_any()).collect::<Vec<_>>()} }
            });
            view! { <p>{words::SYS_NONE.to(lang)}</p>{how}{places} }.into_any()
        };
        let related = (!model.related.is_empty()).then(|| {
            let lines: Vec<_> = model
                .related
                .iter()
                .map(|l| view! { <li>{link(page, l)}</li> }.into_any())
                .collect();
            blocks::section(
                lang,
                words::SYS_RELATED,
                view! { <ul class="do2">{lines}</ul> }.into_any(),
            )
        });
        view! {
            {crumb(page, &steps, &model.name)}
            <div class="head wide"><h1>{model.name.clone()}</h1><p class="lead">{model.meaning.clone()}</p></div>
            <div class="strip">{status(lang, &state)}<span>{model.group.clone()}</span></div>
            <div class="cols side">
                <div>{blocks::section(lang, words::SYS_WHERE, there)}{blocks::section(lang, words::SYS_BASIS, blocks::facts(page, &model.basis).into_any())}</div>
                <div>{blocks::section(lang, words::FACTS, blocks::facts(page, &facts).into_any())}{related}</div>
            </div>
        }
        .into_any()
    })
}

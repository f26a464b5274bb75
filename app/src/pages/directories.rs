//! `/directories`: all schemes, those with data first.

use leptos::prelude::*;

use crate::components::frame::{Head, Section, document};
use crate::components::text::{link, status};
use crate::i18n::{comma, count, fill, record as words};
use crate::model::{DirectoryCard, DirectoryIndexPage, PageContext};

/// The document.
#[must_use]
pub fn render(page: &PageContext, model: &DirectoryIndexPage) -> String {
    let lang = page.lang;
    let head = Head {
        title: words::DIR_INDEX.to(lang).to_owned(),
        description: words::DIR_LEAD.to(lang).to_owned(),
        noindex: page.as_of.is_some() || page.known.is_some(),
        ..Head::default()
    };
    let (with, without): (Vec<_>, Vec<_>) =
        model.schemes.iter().partition(|s| s.current + s.ended > 0);
    document(page, head, Section::Directories, || {
        let with = (!with.is_empty()).then(|| {
            view! { <section class="sec"><h2>{words::DIR_WITH.to(lang)}</h2>{cards(page, &with)}</section> }
        });
        let without = (!without.is_empty()).then(|| {
            view! {
                <section class="sec">
                    <h2>{words::DIR_WITHOUT.to(lang)}</h2>
                    <p class="q">{words::DIR_WITHOUT_TEXT.to(lang)}</p>
                    {cards(page, &without)}
                </section>
            }
        });
        view! {
            <div class="head"><h1>{words::DIR_INDEX.to(lang)}</h1><p class="lead">{words::DIR_LEAD.to(lang)}</p></div>
            {with}{without}
        }
        .into_any()
    })
}

fn cards(page: &PageContext, cards: &[&DirectoryCard]) -> AnyView {
    let lang = page.lang;
    let rows: Vec<_> = cards
        .iter()
        .map(|card| {
            let line = [card.authority.as_str(), card.subject.as_str()]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(comma(lang));
            let numbers = (card.current + card.ended > 0).then(|| {
                let n = fill(words::DIR_CURRENT.to(lang), &[("n", &count(card.current))]);
                let e = fill(words::DIR_ENDED.to(lang), &[("n", &count(card.ended))]);
                view! { <p class="num"><b>{n}</b></p><p class="sm q">{e}</p> }
            });
            let state = (card.status.code != "current").then(|| status(lang, &card.status));
            view! { <li><article><div><h3>{link(page, &card.link)}</h3><p class="sm q">{line}</p><p class="sm">{state}</p></div><div>{numbers}</div></article></li> }
                .into_any()
        })
        .collect();
    view! { <ol class="rows r2">{rows}</ol> }.into_any()
}
